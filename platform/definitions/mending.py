"""A malformed document made fit to be looked at further, so that its other problems show at once as well."""

from collections.abc import Iterable, Mapping
from typing import Any

from joinery.kernel import Issue

#: Problems that leave a value usable: something is missing beside it, or it is only named badly.
HARMLESS = frozenset(
    [
        "definition_missing_property",
        "definition_bad_key",
        "definition_bad_name_length",
        "definition_too_few_entries",
        "definition_wrong_constant",
    ]
)

#: What to cut out of a value: None all of it, else what to cut out of its parts.
_Cuts = dict[str, Any] | None


def mended(document: Any, issues: Iterable[Issue]) -> Mapping[str, Any]:
    """The document without the values that `issues` complain about.

    Entries of lists become None, so that the others keep their places.
    """
    cuts: _Cuts = {}
    for issue in issues:
        if issue.code not in HARMLESS:
            cuts = _with_cut(cuts, issue.path.split("/")[1:])
    left = _without(document, cuts)
    return left if isinstance(left, dict) else {}


def _with_cut(cuts: _Cuts, parts: list[str]) -> _Cuts:
    if cuts is None or not parts:
        return None
    name = parts[0].replace("~1", "/").replace("~0", "~")
    cuts[name] = _with_cut(cuts.get(name, {}), parts[1:])
    return cuts


def _without(value: Any, cuts: _Cuts) -> Any:
    if cuts is None:
        return None
    if isinstance(value, dict):
        kept = ((name, part) for name, part in value.items() if cuts.get(name, {}) is not None)
        return {name: _without(part, cuts[name]) if name in cuts else part for name, part in kept}
    if isinstance(value, list):
        return [_without(part, cuts.get(str(index), {})) for index, part in enumerate(value)]
    return value
