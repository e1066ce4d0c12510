"""What an upgrade of a suite does to an app, place by place, for the person who decides about it."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from joinery.definitions import Difference, Merge, MergeConflict, differences
from joinery.kernel import dump_json

Document = Mapping[str, Any]

#: Places of one kind that are told; of more only the number.
MOST_TOLD = 500
#: Characters of a value as JSON beyond which a report does not show it; in conflicts it always does.
_LONGEST = 300

#: Parts of a definition that give rights.
_RIGHTS = frozenset({"permissions", "roles"})
#: What the merge always takes from the suite.
_VERSION = "/version"


def report_of(own: Document, suite: Document, merge: Merge) -> dict[str, Any]:
    """`taken`: what changes in the app; `kept`: where it goes on to differ from the suite; the conflicts.

    `rights` are those among `taken` that give or change rights. A conflict is an `orphan` when the suite no
    longer has what the app goes on with. Each place has its path and, for people, the labels along it.
    """
    decided = [conflict.path for conflict in merge.conflicts]
    # People know the parts by the names they have here now.
    documents = (own, suite)
    taken = [one for one in differences(own, merge.document) if _is_open(one.path, decided)]
    kept = [one for one in differences(suite, merge.document) if _is_open(one.path, decided)]
    return {
        "taken": [_told(one, documents) for one in taken[:MOST_TOLD]],
        "taken_count": len(taken),
        "kept": [_told(one, documents) for one in kept[:MOST_TOLD]],
        "kept_count": len(kept),
        "rights": [_told(one, documents) for one in taken if _gives_rights(one)][:MOST_TOLD],
        "conflicts": [_conflict(one, documents) for one in merge.conflicts],
    }


def _is_open(path: str, decided: Iterable[str]) -> bool:
    """Whether a place is none of a conflict and not inside of one."""
    return path != _VERSION and not any(path == one or path.startswith(one + "/") for one in decided)


def _gives_rights(one: Difference) -> bool:
    return not _RIGHTS.isdisjoint(_tokens(one.path)) or (
        isinstance(one.after, Mapping) and "permissions" in one.after
    )


def _told(one: Difference, documents: Sequence[Document]) -> dict[str, Any]:
    return {
        "path": one.path,
        "where": list(_where(one.path, documents)),
        "change": "order"
        if one.order
        else "added"
        if one.before is None
        else "removed"
        if one.after is None
        else "changed",
        "before": _short(one.before),
        "after": _short(one.after),
    }


def _conflict(one: MergeConflict, documents: Sequence[Document]) -> dict[str, Any]:
    return {
        "path": one.path,
        "where": list(_where(one.path, documents)),
        "base": one.base,
        "own": one.own,
        "suite": one.suite,
        "side": one.side,
        "orphan": one.suite is None and one.own is not None and one.side == "own",
    }


def _short(value: Any) -> Any:
    """A value that fits into a line; of a larger one its label."""
    if len(dump_json(value)) <= _LONGEST:
        return value
    return value.get("label") if isinstance(value, Mapping) else None


def _where(path: str, documents: Sequence[Document]) -> Iterator[Any]:
    """What people call the parts along a path: a label of both languages, else the key."""
    found: list[Any] = list(documents)
    for token in _tokens(path):
        found = [_part(one, token) for one in found]
        labels = (one.get("label") for one in found if isinstance(one, Mapping))
        yield next((label for label in labels if isinstance(label, Mapping)), token)


def _part(value: Any, token: str) -> Any:
    if isinstance(value, Mapping):
        return value.get(token)
    if isinstance(value, list):
        return next((one for one in value if isinstance(one, Mapping) and token in one.values()), None)
    return None


def _tokens(path: str) -> list[str]:
    """The parts of a JSON pointer."""
    return [token.replace("~1", "/").replace("~0", "~") for token in path.split("/")[1:]]
