"""Which buttons stand on a record, for one actor, now."""

from collections.abc import Iterator, Mapping
from typing import Any

from joinery.forms import Action
from joinery.formulas import Checked
from joinery.permissions import RowScope
from joinery.runtime.formulas.far_values import FarValues, in_scope
from joinery.runtime.records.open_form import OpenForm
from joinery.runtime.records.page import usable_actions
from joinery.runtime.records.record_rights import on_record
from joinery.storage import conversions
from joinery.storage.conversions import StoredConversion

Values = Mapping[str, Any]


def standing(
    at: OpenForm, values: Values, done: list[StoredConversion], far: FarValues | None = None
) -> Iterator[Action]:
    """The buttons that the actor may use on a record now, of which `done` are the conversions that hold."""
    found = far or FarValues(at)
    closed = {one.key for one in done}
    for action in usable_actions(at):
        if stands_on(at, action, values, found) and action.definition.conversion not in closed:
            yield action


def done_conversions(at: OpenForm, record_id: int) -> list[StoredConversion]:
    """The conversions of a record that hold; asks nothing of a form without any."""
    return conversions.of_record(at.unit, at.form.app, at.form.key, record_id) if at.form.conversions else []


def stands_on(at: OpenForm, action: Action, values: Values, far: FarValues) -> bool:
    """Whether a button's condition holds for a record, and the actor may change that where it does so.

    That a record is not converted twice is not looked at here.
    """
    if not on_record(at, values, far).access.allows_button(action.key):
        return False
    if action.kind != "create" and not in_scope(at, at.access.rows_for("edit"), values, far):
        return False
    conditions = [action.condition]
    if action.definition.conversion is not None:
        conditions.append(at.form.conversions[action.definition.conversion].when)
    return all(condition is None or _holds(at, condition, values, far) for condition in conditions)


def _holds(at: OpenForm, condition: Checked, values: Values, far: FarValues) -> bool:
    wanted = RowScope(kind="condition", reason="the button's condition", condition=condition)
    return in_scope(at, wanted, values, far)
