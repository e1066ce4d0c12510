"""Whether records can be found by the fields that uniqueness and duplicate rules compare."""

from collections.abc import Iterator, Mapping
from typing import Any

from joinery.definitions.catalogue import Catalogue
from joinery.definitions.names import AppNames
from joinery.definitions.references import match_fields
from joinery.definitions.shape import entries, part_of
from joinery.formulas import Checked, Type
from joinery.kernel import Issue, pointer

Json = Mapping[str, Any]

#: Kinds of values with many ways to write the same.
TEXT_KINDS = frozenset(["text"])

#: Ways to compare that any value bears.
_FOR_ALL = "exact"


def can_be_matched(type_name: str, found: Type | None, catalogue: Catalogue) -> bool:
    """Whether records can be found by the one value of a field of this type."""
    if found is None or type_name == "formula":
        return False
    # What relations and people hold has an index, though a list is sorted by their names.
    single = catalogue.is_sortable(type_name) or found.kind in (
        "record",
        "user",
        "department",
        "organisation",
    )
    return single and found.kind not in ("boolean", "list")


def uniqueness_issues(names: AppNames, checked: Mapping[str, Checked]) -> Iterator[Issue]:
    """Ways of comparing that do not suit their field, and conditions that no index can hold."""
    for form in names.forms:
        for key, rule in entries(part_of(names.forms[form], "unique")):
            at = pointer("forms", form, "unique", key)
            yield from _comparing_issues(f"{at}/fields", names, form, rule.get("fields"))
            if (when := checked.get(f"{at}/when")) is not None:
                yield from (issue.under(f"{at}/when") for issue in _when_issues(names, form, when))


def _when_issues(names: AppNames, form: str, when: Checked) -> Iterator[Issue]:
    """Why the database cannot guard uniqueness under this condition."""
    place = {"position": 0, "length": len(when.text)}
    for path in sorted(when.paths):
        stored = len(path) == 1 and names.field_type(form, path[0]) not in (None, "formula")
        if not stored:
            yield Issue("", "definition_when_far", {**place, "name": "{" + ".".join(path) + "}"})
    if name := when.not_in_index:
        yield Issue("", "definition_when_not_in_index", {**place, "name": name})


def duplicate_rule_issues(names: AppNames, catalogue: Catalogue) -> Iterator[Issue]:
    """Rules whose two ends do not fit each other."""
    for form in names.forms:
        for key, rule in entries(part_of(names.forms[form], "duplicates")):
            at = pointer("forms", form, "duplicates", key)
            yield from _comparing_issues(f"{at}/match", names, form, rule.get("match"))
            own = [name for _, name, _ in match_fields(rule.get("match"))]
            targets = rule.get("with")
            for index, target in enumerate(targets if isinstance(targets, list) else ()):
                if isinstance(target, dict) and target.get("form") in names.forms:
                    yield from _end_issues(f"{at}/with/{index}", names, form, own, target)


def _end_issues(at: str, names: AppNames, form: str, own: list[str], target: Json) -> Iterator[Issue]:
    there = target["form"]
    if "match" not in target:
        for name in own:
            if name not in names.fields(there):
                yield Issue(f"{at}/form", "definition_unknown_field", {"name": name, "suggestion": None})
        fields = own
    else:
        fields = [name for _, name, _ in match_fields(target["match"])]
        if len(fields) != len(own):
            yield Issue(f"{at}/match", "definition_match_count", {"limit": len(own), "form": there})
            return
    for name, other in zip(own, fields, strict=True):
        kinds = _kind(names, form, name), _kind(names, there, other)
        if None not in kinds and kinds[0] != kinds[1]:
            yield Issue(at, "definition_match_kinds", {"name": name, "other": other})


def _comparing_issues(at: str, names: AppNames, form: str, items: Any) -> Iterator[Issue]:
    for index, name, said in match_fields(items):
        how = said.get("as", _FOR_ALL)
        kind = _kind(names, form, name)
        if how != _FOR_ALL and kind is not None and kind not in TEXT_KINDS:
            yield Issue(f"{at}/{index}/as", "definition_as_needs_text", {"name": how, "field": name})


def _kind(names: AppNames, form: str, key: str) -> str | None:
    """The kind of a field's values; None where something else is wrong with the field."""
    found = names.types(form).get(key) if names.field_type(form, key) else None
    if found is None or found.kind == "blank":
        return None
    return f"{found.kind} {found.form}" if found.kind == "record" else found.kind
