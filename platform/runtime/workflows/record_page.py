"""The workflows of one record: what runs on it and ran, and what the actor may start."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from joinery.definitions import StartDefinition, WorkflowDefinition
from joinery.directory import Actor
from joinery.runtime.formulas.far_values import in_scope
from joinery.runtime.records.open_form import OpenForm, open_form
from joinery.runtime.records.stored_record import require_record
from joinery.runtime.unit import Unit
from joinery.runtime.workflows.definitions import is_allowed, run_is_shown, shown_of_form
from joinery.runtime.workflows.instance_json import show_instances
from joinery.runtime.workflows.world import RecordWorld
from joinery.storage import workflow_instances, workflow_tasks
from joinery.storage.workflow_instances import StoredInstance

Values = Mapping[str, Any]


def workflows_of(unit: Unit, actor: Actor, app: str, form: str, record_id: int) -> dict[str, Any]:
    """The runs on a record that are shown to the actor, the newest first, and what he may start.

    Raises NotFound.
    """
    at = open_form(unit, actor, app, form)
    values = require_record(at, record_id)
    instances = workflow_instances.history_of(unit, app, form, record_id)
    running = {one.workflow for one in instances if one.ended_at is None}
    return {
        "instances": show_instances(at, _shown(at, instances), values),
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
    for workflow in shown_of_form(at):
        for start in workflow.starts if workflow.enabled else ():
            stands = start.on == "button" and _may_press(at, start, values)
            if stands and (start.when is None or world.condition(start.when)):
                yield workflow, start
                break


def _shown(at: OpenForm, runs: Sequence[StoredInstance]) -> Sequence[StoredInstance]:
    """Runs of workflows that are shown to the actor, and those in which he has a part."""
    apart = [one.id for one in runs if not run_is_shown(at, one)]
    user = at.actor.user_id
    own = workflow_tasks.holds_task(at.unit, user, apart) if user is not None else set()
    return [one for one in runs if one.id not in apart or one.id in own or one.initiator == user]


def may_press(at: OpenForm, start: StartDefinition) -> bool:
    """Whether the actor may press a button at all: it names him, or nobody and he may change records."""
    return is_allowed(at, start) if _names_people(start) else at.access.allows("edit")


def _may_press(at: OpenForm, start: StartDefinition, values: Values) -> bool:
    """Those whom it names, else everybody who may change the record."""
    within = _names_people(start) or in_scope(at, at.access.rows_for("edit"), values)
    return may_press(at, start) and within


def _names_people(start: StartDefinition) -> bool:
    return bool(start.roles) or start.allowed_to is not None
