"""The entry form while somebody types: computed values, open fields, problems. Never writes."""

from collections.abc import Mapping
from typing import Any

from joinery.directory import Actor
from joinery.forms import RecordContext, live_rules, prepare_record
from joinery.runtime.formulas.far_values import FarValues
from joinery.runtime.records.checks import as_told
from joinery.runtime.records.context import record_context
from joinery.runtime.records.duplicates import (
    BLOCKED,
    find_matches,
    holders_json,
    match_issue,
    match_json,
    tell,
)
from joinery.runtime.records.open_form import OpenForm, open_form
from joinery.runtime.records.operations import Operation, Prepared
from joinery.runtime.records.record_rights import lines_on_new, lines_on_record
from joinery.runtime.records.sent_records import show_context, show_lines
from joinery.runtime.records.stored_record import require_record
from joinery.runtime.records.uniqueness import taken_issues, taken_keys
from joinery.runtime.records.write_rights import to_write, with_line_rights
from joinery.runtime.unit import Unit


def prepare(
    unit: Unit,
    actor: Actor,
    app_key: str,
    form_key: str,
    values: Mapping[str, Any],
    record_id: int | None = None,
    copy_of: int | None = None,
) -> dict[str, Any]:
    """What saving these values would give: `values` to take over, the state of `fields` and `sections`.

    A new record may be a copy of another, whose files it may hold.
    `issues` are Issue values; the web layer puts them into words. Raises NotFound for a record that is
    not there, Forbidden when the actor may not create or change records here.
    """
    at = open_form(unit, actor, app_key, form_key, "create" if record_id is None else "edit")
    before = None if record_id is None else require_record(at, record_id)
    copied = None if copy_of is None else require_record(at, copy_of)
    operation = Operation(values=values, record_id=record_id, copied=copied)
    context = record_context(at, [operation], {} if before is None else {before["id"]: before}, FarValues(at))
    here, context, lines = _rights(at, context, before)
    state = live_rules(
        at.form, before, values, context, writable=here.access.writable, readable=here.access.readable
    )
    return {
        "values": _show(here, lines, state.values),
        "fields": {key: dict(found) for key, found in state.fields.items() if key in here.access.readable},
        "lines": {
            key: [_readable_states(there, states) for states in state.lines[key]]
            for key, there in lines.items()
            if key in state.lines and key in here.access.readable
        },
        "sections": {key: {"visible": visible} for key, visible in state.sections.items()},
        "issues": [as_told(here, issue) for issue in state.issues],
    }


def find_duplicates(
    unit: Unit,
    actor: Actor,
    app_key: str,
    form_key: str,
    values: Mapping[str, Any],
    record_id: int | None = None,
) -> dict[str, Any]:
    """What is there already of values that somebody is typing; raises as `prepare`.

    `matches` are the records that duplicate rules and uniqueness find, `issues` what saving would refuse:
    Issue values that the web layer puts into words.
    """
    at = open_form(unit, actor, app_key, form_key, "create" if record_id is None else "edit")
    if not at.form.duplicate_rules and not at.form.unique:
        return {"matches": [], "issues": []}
    before = None if record_id is None else require_record(at, record_id)
    operation = Operation(values=values, record_id=record_id)
    context = record_context(at, [operation], {} if before is None else {before["id"]: before}, FarValues(at))
    here, context, _ = _rights(at, context, before)
    draft = prepare_record(
        at.form, before, values, context, writable=here.access.writable, readable=here.access.readable
    )
    prepared = [Prepared(operation=operation, before=before, draft=draft)]
    found = tell(at, find_matches(at, prepared, None))
    taken = list(taken_keys(at, prepared))
    issues = [issue for told in found if (issue := match_issue(at, told)).code in BLOCKED]
    issues += [issue for key, places in taken for _, issue in taken_issues(at, key, places)]
    return {
        "matches": [
            *(match for key, places in taken for _, ids in places for match in holders_json(at, key, ids)),
            *(match_json(at, told) for told in found),
        ],
        "issues": [as_told(at, issue) for issue in issues],
    }


def _rights(
    at: OpenForm, context: RecordContext, before: Mapping[str, Any] | None
) -> tuple[OpenForm, RecordContext, Mapping[str, OpenForm]]:
    """The form and its lines with the rights on this record, and the context with those on the lines."""
    far = FarValues(at)
    lines = lines_on_new(at) if before is None else lines_on_record(at, before, far)
    return to_write(at, before, far), with_line_rights(context, at, before, far), lines


def _readable_states(there: OpenForm, states: Mapping[str, Mapping[str, bool]]) -> dict[str, Any]:
    return {key: dict(found) for key, found in states.items() if key in there.access.readable}


def _show(at: OpenForm, lines_at: Mapping[str, OpenForm], values: Mapping[str, Any]) -> dict[str, Any]:
    fields = [field for key in values if key in at.access.readable and (field := at.form.field(key))]
    context = show_context(at, [values], fields)
    lines = {
        field.key: show_lines(lines_at[field.key], values[field.key] or ()) for field in fields if field.lines
    }
    fields = [field for field in fields if not field.lines]
    return lines | {
        field.key: None
        if values[field.key] is None
        else field.type.to_json(field, values[field.key], context)
        for field in fields
    }
