"""Which of some conditions hold for which records, for instance to colour them in a list."""

from collections.abc import Sequence
from typing import Any

from joinery.directory import Actor
from joinery.formulas import Checked
from joinery.kernel import InvalidInput, Issues, pointer
from joinery.runtime.lists.conditions import caller_condition
from joinery.runtime.records.open_form import open_form
from joinery.runtime.unit import Unit
from joinery.storage.condition_marks import run_marks


def mark_records(
    unit: Unit, actor: Actor, app_key: str, form_key: str, ids: Sequence[int], conditions: Sequence[str]
) -> dict[str, Any]:
    """For each record the places of the conditions that hold, by its id; others are left out.

    Conditions know the fields the actor may read, and only records he may see are looked at. Raises
    InvalidInput naming every wrong condition.
    """
    at = open_form(unit, actor, app_key, form_key)
    issues = Issues()
    checked: list[Checked] = []
    for place, text in enumerate(conditions):
        path = pointer("conditions", place)
        found = caller_condition(at, text, issues, path)
        if found is not None and not found.sql:
            issues.add(path, "filter_not_in_database")
        elif found is not None:
            checked.append(found)
        elif not text.strip():
            issues.add(path, "wrong_shape")
    if issues:
        raise InvalidInput(issues=issues)
    marks = run_marks(unit, at.table, ids, checked, at.access.rows, at.evaluation, at.reach)
    return {"marks": {str(record_id): places for record_id, places in marks.items()}}
