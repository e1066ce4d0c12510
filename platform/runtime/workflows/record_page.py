"""The workflows of one record: what runs on it and ran, and what the actor may start."""

from collections.abc import Iterator, Mapping
from typing import Any

from joinery.definitions import StartDefinition, WorkflowDefinition
from joinery.directory import Actor
from joinery.runtime.formulas.far_values import in_scope
from joinery.runtime.records.open_form import OpenForm, open_form
from joinery.runtime.records.stored_record import require_record
from joinery.runtime.unit import Unit
from joinery.runtime.workflows.definitions import of_form
from joinery.runtime.workflows.instance_json import show_instances
from joinery.runtime.workflows.world import RecordWorld
from joinery.storage import workflow_instances

Values = Mapping[str, Any]


def workflows_of(unit: Unit, actor: Actor, app: str, form: str, record_id: int) -> dict[str, Any]:
    """All runs on a record, the newest first, and what may be started; raises NotFound."""
    at = open_form(unit, actor, app, form)
    values = require_record(at, record_id)
    instances = workflow_instances.history_of(unit, app, form, record_id)
    running = {one.workflow for one in instances if one.ended_at is None}
    return {
        "instances": show_instances(at, instances, values),
        "startable": [
            {
                "workflow": workflow.key,
                "label": start.label or workflow.label,
                "confirm": start.confirm,
            }
            for workflow, start in startable(at, values)
            if workflow.key not in running
        ],
    }


def startable(at: OpenForm, values: Values) -> Iterator[tuple[WorkflowDefinition, StartDefinition]]:
    """The workflows that the actor may start on a record now, whether or not they run there already."""
    world = RecordWorld(at, values, at.actor.user_id)
    for workflow in of_form(at.app, at.form.key):
        for start in workflow.starts if workflow.enabled else ():
            stands = start.on == "button" and _may_press(at, start, values)
            if stands and (start.when is None or world.condition(start.when)):
                yield workflow, start
                break


def _may_press(at: OpenForm, start: StartDefinition, values: Values) -> bool:
    """Those with one of its roles, else everybody who may change the record."""
    if start.roles:
        return at.actor.is_admin or bool(at.actor.roles.intersection(start.roles))
    return at.access.allows("edit") and in_scope(at, at.access.rows_for("edit"), values)
