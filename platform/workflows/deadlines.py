"""Deadlines of tasks: reminders before and after, what happens when one is over, and what some time later."""

from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Any

from joinery.workflows.model import START, Task, Token
from joinery.workflows.moments import moment_of
from joinery.workflows.work import Work

Json = Mapping[str, Any]

#: What a timer is called that lets a further step after the deadline happen, with the number of the step.
LATER = "later"


def with_deadline(work: Work, task: Task) -> Task:
    """Start the timers of a task that was opened."""
    due = _due_of(work, task.node)
    if not due:
        return task
    return _started(work, task, due, _deadline(work, due))


def follow_record(work: Work, token: Token) -> None:
    """Let the open tasks at a token have the deadline that the record says now, with all that hangs on it."""
    due = _due_of(work, token.node)
    if "until" not in due:
        return
    now = _deadline(work, due)
    for task in work.tasks_of(token):
        # Whoever it was escalated to has no deadline.
        beside = task.either and task.id != task.root and task.due_at is None
        if task.state == "open" and task.kind != "answer" and task.due_at != now and not beside:
            work.cancel_timers(task.timers)
            moved = _started(work, task, due, now)
            work.note("rescheduled", task=moved, due=now.isoformat() if now else None)


def later_steps(work: Work, task: Task) -> tuple[Json, ...]:
    """What the node of a task says about the time after its deadline."""
    return tuple(_due_of(work, task.node).get("later", ()))


def _due_of(work: Work, node: str) -> Json:
    found: Json = {} if node == START else work.node(node).settings.get("due") or {}
    return found


def _deadline(work: Work, due: Json) -> datetime | None:
    """By when a task that is opened now is to be decided; None where the record does not say."""
    if "until" in due:
        return moment_of(due["until"], work.world, ends=True)
    return _moment(work, due["after"], work.now)


def _started(work: Work, task: Task, due: Json, due_at: datetime | None) -> Task:
    timers = () if due_at is None else tuple(_timers(work, due, due_at))
    return work.put_task(task, due_at=due_at, timers=timers)


def _timers(work: Work, due: Json, due_at: datetime) -> Iterator[str]:
    yield work.start_timer("due", due_at)
    for reminder in due.get("remind", ()):
        sign = -1 if "before" in reminder else 1
        at = _moment(work, reminder.get("before") or reminder["after"], due_at, sign)
        # A reminder before the task is there would come with it.
        if at > work.now:
            yield work.start_timer("remind", at)
    for number, step in enumerate(due.get("later", ())):
        yield work.start_timer(f"{LATER}-{number}", _moment(work, step["after"], due_at))


def _moment(work: Work, duration: Json, start: datetime, sign: int = 1) -> datetime:
    return work.world.add(sign * duration["amount"], duration["unit"], start)
