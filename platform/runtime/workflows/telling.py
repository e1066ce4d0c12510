"""Telling people what they have to do and what became of what they started."""

from collections.abc import Mapping, Sequence
from typing import Any

from joinery.runtime.records.open_form import OpenForm
from joinery.runtime.unit import Unit
from joinery.runtime.workflows.words import MAILED
from joinery.storage import notifications, own_workflow_settings, workflow_tasks
from joinery.workflows import Instance, Notify

#: Kinds that are about a task of who is told.
_OWN = ("task", "urge", "due", "overdue", "asked")

#: The job that mails notifications.
MAIL = "workflow_mail"


def tell(at: OpenForm, instance: Instance, wishes: Sequence[Notify], new_tasks: Mapping[int, int]) -> None:
    """Tell the people of wishes within the product, and by mail those who get mails of such a kind.

    `new_tasks` are the ids of tasks that were just stored, by number.
    """
    unit = at.unit
    about = {wish.task for wish in wishes if wish.kind in _OWN and wish.task is not None}
    ids_of = new_tasks
    if about - new_tasks.keys():
        ids_of = {one.number: one.id for one in workflow_tasks.of_instances(unit, [instance.id])}
    told = [_told(at, instance, wish, user, ids_of) for wish in wishes for user in wish.users]
    if not told:
        return
    store(unit, told)


def store(unit: Unit, told: Sequence[Mapping[str, Any]]) -> None:
    """Store notifications, and let those be mailed whose people get mails of such a kind."""
    ids = notifications.add_many(unit, told)
    chosen = own_workflow_settings.mails_of(unit, [one["user_id"] for one in told])
    mailed = [
        number
        for number, one in zip(ids, told, strict=True)
        if chosen.get((one["user_id"], one["kind"]), MAILED.get(one["kind"], False))
    ]
    if mailed:
        unit.defer(MAIL, {"notifications": mailed})


def _told(
    at: OpenForm, instance: Instance, wish: Notify, user: int, ids_of: Mapping[int, int]
) -> dict[str, Any]:
    task = None if wish.task is None else instance.task(wish.task)
    own = task is not None and task.user == user
    return {
        "user_id": user,
        "kind": wish.kind,
        "at": at.unit.now,
        "instance_id": instance.id,
        "task_id": ids_of.get(task.id) if task is not None and own else None,
        "data": {"node": task.node if task is not None else None, **wish.detail, "by": at.actor.user_id},
    }
