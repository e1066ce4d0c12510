"""Which fields somebody may fill in of a record that is saved: by his rights on it before and after."""

from collections.abc import Iterator, Mapping
from typing import Any

from joinery.definitions import POSITION
from joinery.forms import Draft, RecordContext
from joinery.formulas import PARENT_RECORD, Checked
from joinery.kernel import Issue, pointer
from joinery.permissions import RowScope, matches
from joinery.runtime.formulas.far_values import FarValues
from joinery.runtime.records.open_form import OpenForm
from joinery.runtime.records.operations import Operation
from joinery.runtime.records.record_rights import lines_on_new, lines_on_record, on_new, on_record

Values = Mapping[str, Any]


def to_write(at: OpenForm, before: Values | None, far: FarValues) -> OpenForm:
    """The form with what the actor may do on the stored record `before`, None for a new one."""
    return on_new(at) if before is None else on_record(at, before, far)


def with_line_rights(
    context: RecordContext, at: OpenForm, before: Values | None, far: FarValues
) -> RecordContext:
    """The context with what the actor may do with the lines of this record."""
    if not at.form.line_forms:
        return context
    lines = lines_on_new(at) if before is None else lines_on_record(at, before, far)
    return context.with_line_fields(
        {key: (there.access.writable, there.access.readable) for key, there in lines.items()}
    )


def outside_after(at: OpenForm, operation: Operation, before: Values | None, draft: Draft) -> Iterator[Issue]:
    """Fields that the actor sent and may not fill in of the record as it is now.

    So nobody writes a field that is closed to him by moving the record to where it is open, or the other way
    round; what he might write before is looked at elsewhere.
    """
    scope = at.access.rows_for("create" if before is None else "edit")
    if not scope.groups:
        return
    groups = [key for key, condition in scope.groups if _is_in(at, key, condition, draft)]
    sent = draft.changed.keys() & operation.values.keys() - operation.granted
    rights = at.access.filling if before is None else at.access.varying
    if rights is not None:
        writable = rights.on(groups).writable
        for key in sorted(sent - writable):
            yield Issue(pointer(key), "record_read_only_field", {"label": at.form.fields[key].label})
    for subform in sorted(sent & at.form.line_forms.keys()):
        there = at.beside(at.form.line_forms[subform].key)
        rights = there.access.filling if before is None else there.access.varying
        if rights is not None:
            yield from _lines_outside(there, subform, draft.changed[subform], rights.on(groups).writable)


def _is_in(at: OpenForm, key: str, condition: Checked, draft: Draft) -> bool:
    scope = RowScope(kind="condition", reason=key, condition=condition)
    return matches(scope, draft.names_for(condition), at.evaluation)


def _lines_outside(
    there: OpenForm, subform: str, change: tuple[Any, Any], writable: frozenset[str]
) -> Iterator[Issue]:
    old, new = change
    stored = {line["id"]: line for line in old or ()}
    closed = there.form.plan.open.keys() - writable - {PARENT_RECORD, POSITION}
    for place, line in enumerate(new or ()):
        known = stored.get(line.get("id"), {})
        for key in sorted(closed):
            if line.get(key) != known.get(key):
                label = there.form.fields[key].label
                yield Issue(pointer(subform, place, key), "record_read_only_field", {"label": label})
