"""Deadlines of tasks: reminders before and after, and what happens when one is over."""

from collections.abc import Mapping
from typing import Any

from joinery.workflows.model import START, Task
from joinery.workflows.work import Work

Json = Mapping[str, Any]


def with_deadline(work: Work, task: Task) -> Task:
    """Start the timers of a task that was opened."""
    due = {} if task.node == START else work.node(task.node).settings.get("due")
    if not due:
        return task
    due_at = _moment(work, due["after"], work.now)
    timers = [work.start_timer("due", due_at)]
    for reminder in due.get("remind", ()):
        sign = -1 if "before" in reminder else 1
        at = _moment(work, reminder.get("before") or reminder["after"], due_at, sign)
        # A reminder before the task is there would come with it.
        if at > work.now:
            timers.append(work.start_timer("remind", at))
    return work.put_task(task, due_at=due_at, timers=tuple(timers))


def _moment(work: Work, duration: Json, start: Any, sign: int = 1) -> Any:
    return work.world.add(sign * duration["amount"], duration["unit"], start)
