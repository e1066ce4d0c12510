"""What only the database can say about records that are about to be saved, asked once for all of them."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from joinery.forms import Field
from joinery.kernel import Issue, pointer
from joinery.runtime.records.open_form import OpenForm
from joinery.storage import records, trees

if TYPE_CHECKING:
    from joinery.runtime.records.operations import Prepared

#: The place of a record among those that are prepared, and what is wrong with it.
Finding = tuple[int, Issue]


def as_told(at: OpenForm, issue: Issue) -> Issue:
    """An issue as the actor may know it: of a hidden field neither its name nor what is wrong with it.

    A rule of the form speaks for itself, whatever it looks at.
    """
    key, _, inside = issue.path.removeprefix("/").partition("/")
    if key in at.form.line_forms and key in at.access.readable:
        place, _, of_line = inside.partition("/")
        if not of_line:
            return issue
        there = at.beside(at.form.line_forms[key].key)
        told = as_told(there, replace(issue, path="/" + of_line))
        return replace(told, path=pointer(key, place) + told.path)
    if at.form.field(key) is None or key in at.access.readable or issue.code == "record_unknown_field":
        return issue
    return replace(issue, path="") if "rule" in issue.params else Issue("", "record_hidden_field")


def relation_issues(at: OpenForm, prepared: "Sequence[Prepared]") -> Iterator[Finding]:
    """Changed relations to records that do not exist, were deleted, or that the actor may not see."""
    changed: dict[str, list[tuple[int, Field, int, str]]] = {}
    fields = [field for field in at.form.fields.values() if field.type.targets(field)]
    for place, field, value in _changed(prepared, fields):
        before = (prepared[place].before or {}).get(field.key)
        for form, record_id in _newly_named(field, before, value):
            changed.setdefault(form, []).append((place, field, record_id, pointer(field.key)))
    for place, field, (form, record_id), path in _changed_in_lines(at, prepared):
        changed.setdefault(form, []).append((place, field, record_id, path))
    for form_key, found in changed.items():
        there = at.beside(form_key)
        ids = sorted({value for _, _, value, _ in found})
        visible = (
            records.titles(at.unit, there.table, ids, there.access.rows, at.evaluation, lock=True)
            if there.access.allows("view")
            else {}
        )
        for place, field, value, path in found:
            if value not in visible:
                yield place, Issue(path, "related_record_missing", {"label": field.label})


def circle_issues(at: OpenForm, prepared: "Sequence[Prepared]") -> Iterator[Finding]:
    """Relations declared as trees that would put a record below itself.

    Whoever changes such a relation holds it for all of the form until he is done: two who move branches below
    each other at the same moment would both see a tree.
    """
    for field in at.form.fields.values():
        if not field.settings.get("tree"):
            continue
        moved = {
            record.operation.record_id: (place, value)
            for place, found, value in _changed(prepared, [field])
            if found is field and (record := prepared[place]).operation.record_id is not None
        }
        if not moved:
            continue
        trees.hold_tree(at.unit, at.table, field.key)
        parents: dict[int, int] = trees.parents_above(
            at.unit, at.table, field.key, [value for _, value in moved.values()]
        )
        parents |= {record_id: value for record_id, (_, value) in moved.items() if record_id is not None}
        for record_id, (place, _) in moved.items():
            if record_id is not None and _is_above_itself(record_id, parents):
                yield place, Issue(pointer(field.key), "relation_circle", {"label": field.label})


def _is_above_itself(record_id: int, parents: Mapping[int, int]) -> bool:
    current, seen = parents.get(record_id), set[int]()
    while current is not None and current not in seen:
        if current == record_id:
            return True
        seen.add(current)
        current = parents.get(current)
    return False


def _changed(prepared: "Sequence[Prepared]", fields: Sequence[Field]) -> Iterator[tuple[int, Field, Any]]:
    """Every new value of these fields, with the place of its record; records in error are passed over."""
    if not fields:
        return
    for place, record in enumerate(prepared):
        if record.draft is None or record.error is not None:
            continue
        for field in fields:
            pair = record.draft.changed.get(field.key)
            if pair is not None and pair[1] is not None:
                yield place, field, pair[1]


def _newly_named(field: Field, before: Any, value: Any) -> Iterator[tuple[str, int]]:
    """The records that a value names, each by form and id, and the one before did not."""
    known = field.type.records_in(field, before)
    return (found for found in field.type.records_in(field, value) if found not in known)


def _changed_in_lines(
    at: OpenForm, prepared: "Sequence[Prepared]"
) -> Iterator[tuple[int, Field, tuple[str, int], str]]:
    """Every record newly named in a line, with the place of the line's record and its own in there."""
    for subform, form in at.form.line_forms.items():
        fields = [field for field in form.fields.values() if field.type.targets(field) and not field.system]
        for place, record in enumerate(prepared if fields else ()):
            if record.draft is None or record.error is not None or subform not in record.draft.changed:
                continue
            old, new = record.draft.changed[subform]
            stored = {line["id"]: line for line in old or ()}
            for row, line in enumerate(new or ()):
                before = stored.get(line["id"], {})
                for field in fields:
                    if line is not before and line[field.key] is not None:
                        for found in _newly_named(field, before.get(field.key), line[field.key]):
                            yield place, field, found, pointer(subform, row, field.key)
