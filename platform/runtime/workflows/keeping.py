"""Keeping what became of an instance: its state, tasks and history, and telling people."""

from collections.abc import Sequence
from typing import Any

from joinery.runtime.records.open_form import OpenForm
from joinery.runtime.unit import Unit
from joinery.runtime.workflows import telling
from joinery.storage import workflow_instances, workflow_tasks
from joinery.storage.workflow_instances import StoredStep
from joinery.workflows import Instance, Notify, Step, Task, instance_json


def keep(
    unit: Unit,
    before: Instance,
    after: Instance,
    steps: Sequence[Step],
    told: Sequence[Notify],
    at: OpenForm,
) -> None:
    """Store what changed of an instance, `before` being what is stored of it."""
    workflow_instances.save(
        unit,
        after.id,
        status=after.status,
        ended_at=after.ended_at,
        state=instance_json(after),
    )
    ids = _keep_tasks(unit, before, after)
    workflow_instances.add_steps(unit, [_stored(after.id, step) for step in steps])
    telling.tell(at, after, told, ids)


def _keep_tasks(unit: Unit, before: Instance, after: Instance) -> dict[int, int]:
    """Store new and changed tasks; the ids of the new ones by number."""
    known = {task.id: task for task in before.tasks}
    fresh = [task for task in after.tasks if task.id not in known]
    for task in after.tasks:
        if task.id in known and task != known[task.id]:
            workflow_tasks.change(unit, after.id, task.id, **_columns(task))
    return workflow_tasks.add_many(
        unit, [{"instance_id": after.id, "number": task.id, **_columns(task)} for task in fresh]
    )


def _columns(task: Task) -> dict[str, Any]:
    return {
        "node": task.node,
        "kind": task.kind,
        "user_id": task.user,
        "for_user_id": task.for_user,
        "state": task.state,
        "opened_at": task.opened_at,
        "due_at": task.due_at,
        "decided_at": task.decided_at,
        "decision": task.decision,
        "comment": task.comment,
    }


def _stored(instance_id: int, step: Step) -> StoredStep:
    return StoredStep(
        instance_id=instance_id,
        number=step.number,
        node=step.node,
        token=step.token,
        event=step.event,
        at=step.at,
        user_id=step.user,
        task=step.task,
        detail=step.detail,
    )
