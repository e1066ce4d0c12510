"""A workflow of the draft, played through with a record and the people of the workspace: nothing happens."""

from collections.abc import Mapping
from typing import Any

from joinery.definitions import WorkflowDefinition, load_workflow
from joinery.directory import Actor
from joinery.kernel import FormulaError, InvalidDefinition, pointer
from joinery.runtime.apps.rehearsing import check_workflow, drawn_workflow
from joinery.runtime.records.open_form import OpenForm, open_unchecked
from joinery.runtime.records.stored_record import require_record
from joinery.runtime.unit import Unit
from joinery.runtime.workflows.imagining import ImaginedRecord, imagined_values
from joinery.runtime.workflows.people import person, persons
from joinery.runtime.workflows.words import decision_label, node_label
from joinery.workflows import (
    CreateRecord,
    Effect,
    Move,
    SetFields,
    Simulation,
    StartChildren,
    Step,
    UpdateRecords,
    predict,
    simulate,
)

Json = dict[str, Any]

_KINDS: Mapping[type, str] = {
    SetFields: "set_fields",
    CreateRecord: "create_record",
    UpdateRecords: "update_records",
    StartChildren: "start_children",
}


def simulate_workflow(unit: Unit, actor: Actor, app_key: str, key: str, body: Mapping[str, Any]) -> Json:
    """What would happen, and to whom; `issues` are about the first decision that is not possible.

    Raises NotFound, InvalidDefinition while the workflow has mistakes, InvalidRecord for values that cannot
    be read, LimitExceeded.
    """
    if issues := check_workflow(unit, actor, app_key, key, body.get("workflow")):
        raise InvalidDefinition(issues=[issue.under(pointer("workflow")) for issue in issues])
    workflow = load_workflow(app_key, key, drawn_workflow(unit, actor, app_key, key, body.get("workflow")))
    at = open_unchecked(unit, actor, app_key, workflow.form)
    record = body.get("record")
    before = None if record is None else require_record(at, record)
    at = at.as_anybody()
    values = imagined_values(at, before, body.get("values", {}), {})
    initiator = body.get("initiator", actor.user_id)
    world = ImaginedRecord(at, values, initiator, unit.now)
    try:
        played = simulate(workflow, world, initiator, [_move(one) for one in body.get("decisions", ())])
    except FormulaError as error:
        # It looks at fields that are in the draft alone.
        raise InvalidDefinition(issues=error.issues) from error
    return _told(at, workflow, played)


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
        values=decided.get("values", {}),
        after=decided.get("after"),
    )


def _told(at: OpenForm, workflow: WorkflowDefinition, played: Simulation) -> Json:
    instance = played.instance
    return {
        "status": instance.status,
        "steps": [_step(at, workflow, step) for step in played.steps],
        "tasks": [
            {
                "node": task.node,
                "label": node_label(workflow, task.node),
                "user": person(at.directory, task.user),
                "kind": task.kind,
                "state": task.state,
                "opened_at": task.opened_at,
                "due_at": task.due_at,
            }
            for task in instance.tasks
        ],
        "effects": [told for effect in played.effects if (told := _effect(effect)) is not None],
        "expected": [
            {
                "node": stop.node,
                "label": node_label(workflow, stop.node),
                "people": persons(at.directory, stop.people),
            }
            for stop in predict(workflow, instance, played.world)
        ],
        "issues": list(played.issues),
    }


def _step(at: OpenForm, workflow: WorkflowDefinition, step: Step) -> Json:
    decision, to = step.detail.get("decision"), step.detail.get("to")
    node = workflow.nodes.get(step.node) if step.node is not None else None
    return {
        "number": step.number,
        "node": step.node,
        "label": node_label(workflow, step.node),
        "event": step.event,
        "at": step.at,
        "user": person(at.directory, step.user),
        "people": persons(at.directory, step.detail.get("people", ())),
        "decision": decision,
        "decision_label": decision_label(node, decision) if decision else None,
        "comment": step.detail.get("comment"),
        "to": node_label(workflow, to) if isinstance(to, str) else None,
    }


def _effect(effect: Effect) -> Json | None:
    """What would be done to data; None for what only concerns people and time."""
    kind = _KINDS.get(type(effect))
    if kind is None:
        return None
    fields = sorted(effect.values) if isinstance(effect, SetFields) else []
    return {"kind": kind, "node": getattr(effect, "node", None), "fields": fields}
