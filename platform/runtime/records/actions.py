"""The buttons of a record: which may be used now, what they would fill in, and using one."""

from collections.abc import Mapping
from typing import Any

from joinery.directory import Actor
from joinery.forms import Action, Field, ParseContext, ValueProblem
from joinery.formulas import FormulaProblem, evaluate
from joinery.kernel import Forbidden, InvalidInput, Issue, NotFound, pointer
from joinery.runtime.formulas.far_values import FarValues, in_scope, values_for
from joinery.runtime.kinds import ACTION
from joinery.runtime.records.batch import save_many
from joinery.runtime.records.buttons import done_conversions, standing, stands_on
from joinery.runtime.records.context import record_context
from joinery.runtime.records.conversion_json import CONVERTED, conversions_of
from joinery.runtime.records.open_form import OpenForm, open_form
from joinery.runtime.records.operations import Operation
from joinery.runtime.records.page import usable_actions
from joinery.runtime.records.record_rights import on_new, on_record
from joinery.runtime.records.sent_records import sent_fields, show_context, show_record
from joinery.runtime.records.stored_record import require_record
from joinery.runtime.unit import Unit
from joinery.runtime.workflows.locks import locks_of

#: Where a record's answer says which buttons stand on it now: no field can have this key.
ALLOWED_NOW = "$actions"
#: Where it says what a running workflow locks of the record.
LOCKED = "$locked"
#: Where it says which values wait for approval beside it.
WAITING = "$waiting"

Values = Mapping[str, Any]


def show_with_actions(at: OpenForm, values: Values) -> dict[str, Any]:
    """A record as JSON, with the buttons that the actor may use on it now, what it was converted into, and
    what a workflow locks of it, or lets wait beside it.

    Of forms that have no buttons, or that no conversion knows, nothing is said about these.
    """
    shown = show_record(at, values)
    done = done_conversions(at, values["id"])
    if at.form.actions:
        shown[ALLOWED_NOW] = [action.key for action in standing(at, values, done)]
    if at.form.converts:
        shown[CONVERTED] = conversions_of(at, values["id"], done)
    for locks in locks_of(at, [values["id"]]).values():
        shown[LOCKED] = locks[0].json(at)
        for lock in locks:
            if lock.proposed and lock.shown:
                shown[WAITING] = lock.waiting_json(at)
    return shown


def read_action(
    unit: Unit, actor: Actor, app_key: str, form_key: str, record_id: int, key: str
) -> dict[str, Any]:
    """What a button would fill in: the form and, as far as the actor may read them there, the values.

    Raises NotFound for a button he may not use (or that converts, which the preview of conversions is for),
    Forbidden for one that does not stand on this record.
    """
    at, action, values = _open(unit, actor, app_key, form_key, record_id, key)
    target = on_new(at.beside(action.form)) if action.kind == "create" else on_record(at, values)
    given = _given(at, action, values)
    fields = [
        field
        for field in sent_fields(target, given)
        if field.key in target.form.plan.open and field.key in target.access.readable
    ]
    parsing = record_context(target, [], {}, FarValues(target)).parsing
    parsed = {}
    for field in fields:
        parsed[field.key] = _parsed(field, given[field.key], parsing)
    context = show_context(target, [parsed], fields)
    return {
        "form": action.form,
        "values": {
            field.key: None
            if parsed[field.key] is None
            else field.type.to_json(field, parsed[field.key], context)
            for field in fields
        },
    }


def run_action(
    unit: Unit,
    actor: Actor,
    app_key: str,
    form_key: str,
    record_id: int,
    key: str,
    revision: int,
    values: Values,
    *,
    confirmed: bool = False,
) -> dict[str, Any]:
    """Use a button on a record that was read at `revision`; answers with the record and what was created.

    `values` are what the person filled in; what duplicate rules only warn of is saved when it is `confirmed`.
    Raises as saving a record does, NotFound for a button he may not use (or that converts, which conversions
    do), Forbidden for one that does not stand on this record.
    """
    at, action, stored = _open(unit, actor, app_key, form_key, record_id, key)
    created = None
    if action.kind == "create":
        created = _create(at, action, stored, values, confirmed)
    else:
        _set(at, action, stored, revision, values, confirmed)
    return {"record": show_with_actions(at, require_record(at, record_id)), "created": created}


def _parsed(field: Field, value: Any, parsing: ParseContext) -> Any:
    """A value as its field holds it; one that does not fit is left for the person to fill in."""
    try:
        return None if value is None or value == "" else field.type.parse(field, value, parsing)
    except ValueProblem:
        return None


def _open(
    unit: Unit, actor: Actor, app_key: str, form_key: str, record_id: int, key: str
) -> tuple[OpenForm, Action, dict[str, Any]]:
    at = open_form(unit, actor, app_key, form_key)
    stored = require_record(at, record_id)
    action = next((found for found in usable_actions(at) if found.key == key), None)
    if action is None or action.kind == "convert":
        raise NotFound(kind=ACTION)
    if not stands_on(at, action, stored, FarValues(at)):
        label = action.definition.label
        raise Forbidden(action=label, details={"action": key})
    return at, action, stored


def _given(at: OpenForm, action: Action, values: Values) -> dict[str, Any]:
    """The values of a button's expressions for a record; an error gives nothing."""
    far = FarValues(at)
    given: dict[str, Any] = {}
    for key, checked in action.values.items():
        value = evaluate(checked, values_for(at, checked, values, far), at.evaluation)
        given[key] = None if isinstance(value, FormulaProblem) else value
    if action.relation is not None:
        key, value = at.app.compiled.forms[action.form].pointing(action.relation, values["id"])
        given[key] = value
    return given


def _set(
    at: OpenForm, action: Action, stored: Values, revision: int, values: Values, confirmed: bool
) -> None:
    asked = frozenset(action.definition.ask)
    if unasked := [key for key in values if key not in asked]:
        raise InvalidInput(
            issues=[Issue(pointer(key), "action_does_not_ask", {"key": key[:60]}) for key in unasked]
        )
    save_many(
        at,
        [
            Operation(
                values=values,
                given=_given(at, action, stored),
                granted=asked,
                record_id=stored["id"],
                revision=revision,
            )
        ],
        confirmed=confirmed,
    )


def _create(at: OpenForm, action: Action, stored: Values, values: Values, confirmed: bool) -> dict[str, Any]:
    there = at.beside(action.form)
    there.access.require("create")
    given = {key: value for key, value in _given(at, action, stored).items() if key not in values}
    [saved] = save_many(there, [Operation(values=values, given=given)], confirmed=confirmed)
    seen = in_scope(there, there.access.rows, saved.values)
    title = saved.values["title"] if seen else None
    return {"app": at.form.app, "form": action.form, "id": saved.id, "title": title}
