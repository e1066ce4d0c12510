"""What an actor may do with one record where his permission groups differ from record to record."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any

from joinery.definitions import owner_key
from joinery.permissions import IN_GROUPS, RowScope
from joinery.runtime.formulas.far_values import FarValues, in_scope
from joinery.runtime.records.open_form import OpenForm

Values = Mapping[str, Any]


def on_record(at: OpenForm, values: Values, far: FarValues | None = None) -> OpenForm:
    """The form with what the actor may do on this record of it."""
    if at.access.varying is None:
        return at
    return replace(at, access=at.access.on(groups_of(at, values, far)))


def on_new(at: OpenForm) -> OpenForm:
    """The form with what the actor may do on a record that is being created."""
    return at if at.access.new is None else replace(at, access=at.access.for_new())


def lines_on_record(at: OpenForm, values: Values, far: FarValues | None = None) -> dict[str, OpenForm]:
    """By subform its lines with what the actor may do with those of this record."""
    found = {key: at.beside(form.key) for key, form in at.form.line_forms.items()}
    if all(there.access.varying is None for there in found.values()):
        return found
    groups = groups_of(at, values, far)
    return {key: replace(there, access=there.access.on(groups)) for key, there in found.items()}


def lines_on_new(at: OpenForm) -> dict[str, OpenForm]:
    """By subform its lines with what the actor may do with those of a record that is being created."""
    return {key: on_new(at.beside(form.key)) for key, form in at.form.line_forms.items()}


def groups_of(at: OpenForm, values: Values, far: FarValues | None = None) -> frozenset[str]:
    """Those of the groups that make a difference whose rows the record is among.

    Records that were read within the actor's row scope know it; for others it is found out.
    """
    known: frozenset[str] | None = values.get(IN_GROUPS)
    if known is not None:
        return known
    return frozenset(
        key
        for key, condition in at.access.rows.groups
        if in_scope(at, RowScope(kind="condition", reason=key, condition=condition), values, far)
    )


def legible(at: OpenForm, values: Values) -> Values:
    """What an expression of the actor's own may look at of a record."""
    if at.access.varying is None:
        return values
    readable = on_record(at, values).access.readable
    return {key: value for key, value in values.items() if owner_key(key) in readable}


def limits(at: OpenForm, here: OpenForm, keys: Iterable[str]) -> dict[str, list[str]]:
    """Which of these fields are hidden, masked and not to be changed with the rights of `here`.

    That is told of fields that are shown elsewhere, or may be changed there, with those of `at`.
    """
    every, own = at.access, here.access
    shown = [key for key in keys if every.shows(key) or key in every.readable_somewhere]
    return {
        "hidden": [key for key in shown if not own.shows(key)],
        "masked": [key for key in shown if key in own.masked],
        "read_only": [key for key in shown if key in every.writable_somewhere and key not in own.writable],
    }


def without_groups(values: Values) -> dict[str, Any]:
    """The values of a record that has changed: which groups it was among tells nothing of it now."""
    return {key: value for key, value in values.items() if key != IN_GROUPS}
