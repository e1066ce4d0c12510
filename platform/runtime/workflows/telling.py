"""Telling people what they have to do and what became of what they started."""

from typing import Any

from joinery.runtime.records.open_form import OpenForm
from joinery.runtime.workflows.words import MAILED
from joinery.storage import notifications, own_workflow_settings
from joinery.workflows import Instance, Notify

#: The job that mails notifications.
MAIL = "workflow_mail"


def tell(at: OpenForm, instance: Instance, wish: Notify, new_tasks: dict[int, int]) -> None:
    """Tell the people of a wish within the product, and by mail those who get mails of this kind.

    `new_tasks` are the ids of tasks that were just stored, by number.
    """
    unit = at.unit
    task = None if wish.task is None else instance.task(wish.task)
    tasks = {task.user: new_tasks[task.id]} if task is not None and task.id in new_tasks else {}
    node = task.node if task is not None else None
    data: dict[str, Any] = {"node": node, **wish.detail, "by": at.actor.user_id}
    ids = notifications.add_many(
        unit, wish.users, wish.kind, unit.now, instance_id=instance.id, tasks=tasks, data=data
    )
    chosen = own_workflow_settings.mails_of(unit, ids) if ids else {}
    usual = MAILED.get(wish.kind, False)
    mailed = [number for user, number in ids.items() if chosen.get((user, wish.kind), usual)]
    if mailed:
        unit.defer(MAIL, {"notifications": mailed})
