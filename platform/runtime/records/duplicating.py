"""Copying a record: what a copy begins with, and storing it as any new record is stored."""

from collections.abc import Iterator, Mapping
from typing import Any

from joinery.directory import Actor
from joinery.forms import Field
from joinery.runtime.records.both_ends import split_ends
from joinery.runtime.records.open_form import OpenForm, open_form
from joinery.runtime.records.record_rights import lines_on_new, lines_on_record, on_new, on_record
from joinery.runtime.records.records import save_new
from joinery.runtime.records.sent_records import show_lines, show_records
from joinery.runtime.records.stored_record import require_record
from joinery.runtime.unit import Unit

Values = Mapping[str, Any]


def values_of_copy(unit: Unit, actor: Actor, app_key: str, form_key: str, record_id: int) -> dict[str, Any]:
    """The `values` that a copy of a record begins with, for somebody to complete; writes nothing.

    What the actor may read and write, lines without their ids; neither what is computed, numbered or unique,
    nor records that he may not see, nor the lists of other forms. Raises NotFound, Forbidden.
    """
    at = open_form(unit, actor, app_key, form_key, "create")
    return {"values": _copied(at, require_record(at, record_id))}


def duplicate_record(
    unit: Unit,
    actor: Actor,
    app_key: str,
    form_key: str,
    record_id: int,
    values: Values,
    *,
    confirmed: bool = False,
) -> dict[str, Any]:
    """Store a copy of a record that differs from it in `values` (null empties), and answer with it.

    Everything is as for any new record, but that it may hold the files which the actor reads in the first.
    Raises NotFound and what creating a record raises.
    """
    at = open_form(unit, actor, app_key, form_key, "create")
    copied = require_record(at, record_id)
    own, ends = split_ends(at, values)
    return save_new(at, {**_copied(at, copied), **own}, ends, copied=copied, confirmed=confirmed)


def _copied(at: OpenForm, record: Values) -> dict[str, Any]:
    """The values of a copy as they are sent."""
    lines, new_lines = lines_on_record(at, record), lines_on_new(at)
    taken = list(_fields(on_record(at, record), on_new(at)))
    keys = [field.key for field in taken if not field.lines]
    [shown] = show_records(at, [record], keys)
    found = {key: _seen(at.form.fields[key], shown[key]) for key in keys}
    for field in taken:
        if field.lines and record[field.key]:
            key = field.key
            found[key] = _copied_lines(lines[key], new_lines[key], record[key])
    return {key: value for key, value in found.items() if value is not None}


def _copied_lines(there: OpenForm, new: OpenForm, lines: Any) -> list[dict[str, Any]]:
    fields = list(_fields(there, new))
    return [
        {field.key: value for field in fields if (value := _seen(field, line[field.key])) is not None}
        for line in show_lines(there, lines)
    ]


def _fields(at: OpenForm, new: OpenForm) -> Iterator[Field]:
    """The fields that a copy takes over: those read of the record `at` that may be filled in of a new one."""
    for key, field in at.form.plan.open.items():
        if key in at.access.readable & new.access.writable and not _is_its_own(field):
            yield field


def _is_its_own(field: Field) -> bool:
    """Whether no other record may have the value of this field: it is numbered or unique."""
    return field.system or field.type.assigned or field.definition.unique


def _seen(field: Field, value: Any) -> Any:
    """A value without records that are deleted or not the actor's to see: these have no title."""
    if value is None or not field.type.targets(field):
        return value
    if isinstance(value, list):
        return [one for one in value if one["title"] is not None] or None
    return None if value["title"] is None else value
