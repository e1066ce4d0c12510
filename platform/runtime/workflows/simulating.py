"""A workflow of the draft, played through with a record and the people of the workspace: nothing happens."""

from collections.abc import Mapping
from typing import Any

from joinery.definitions import load_workflow
from joinery.directory import Actor
from joinery.kernel import FormulaError, InvalidDefinition, pointer
from joinery.runtime.apps.rehearsing import check_workflow, drawn_workflow
from joinery.runtime.records.open_form import open_unchecked
from joinery.runtime.records.stored_record import require_record
from joinery.runtime.unit import Unit
from joinery.runtime.workflows.imagining import ImaginedRecord, imagined_values
from joinery.runtime.workflows.scenario_records import scenario_record
from joinery.runtime.workflows.simulation_json import simulation_json
from joinery.workflows import Move, simulate

Json = dict[str, Any]


def simulate_workflow(unit: Unit, actor: Actor, app_key: str, key: str, body: Mapping[str, Any]) -> Json:
    """What would happen, and to whom; `issues` are about the first decision that is not possible.

    Raises NotFound, InvalidDefinition while the workflow has mistakes, InvalidRecord for values that cannot
    be read, LimitExceeded.
    """
    if issues := check_workflow(unit, actor, app_key, key, body.get("workflow")):
        raise InvalidDefinition(issues=[issue.under(pointer("workflow")) for issue in issues])
    drawn = drawn_workflow(unit, actor, app_key, key, body.get("workflow"))
    workflow = load_workflow(app_key, key, drawn)
    own = open_unchecked(unit, actor, app_key, workflow.form)
    record = body.get("record")
    before = None if record is None else require_record(own, record)
    at = own.as_anybody()
    values = imagined_values(at, before, body.get("values", {}), {})
    initiator = body.get("initiator", actor.user_id)
    world = ImaginedRecord(at, values, initiator, unit.now)
    try:
        played = simulate(workflow, world, initiator, [_move(one) for one in body.get("decisions", ())])
    except FormulaError as error:
        # It looks at fields that are in the draft alone.
        raise InvalidDefinition(issues=error.issues) from error
    return {**simulation_json(own, workflow, played), "record": scenario_record(own, key, drawn, values)}


def _move(decided: Mapping[str, Any]) -> Move:
    return Move(
        node=decided["node"],
        decision=decided["decision"],
        user=decided.get("user"),
        comment=decided.get("comment"),
        to=decided.get("to"),
        then=decided.get("then"),
        people=tuple(decided.get("users", ())),
        where=decided.get("where"),
        signed=decided.get("signature", False),
        values=decided.get("values", {}),
        after=decided.get("after"),
        until=decided.get("until", "next"),
        alone=decided.get("alone", False),
    )
