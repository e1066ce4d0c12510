"""What happens when timers fire: reminders, deadlines, and what nodes started them for."""

from collections.abc import Mapping, Sequence
from typing import Any

from joinery.kernel import FormulaError
from joinery.workflows.asking import add_task, people_of, settle
from joinery.workflows.deadlines import LATER, later_steps
from joinery.workflows.deciding import close_decided, note_decision
from joinery.workflows.events import Decided, TimerFired
from joinery.workflows.model import START, Task
from joinery.workflows.node_type import NODE_TYPES
from joinery.workflows.offers import return_targets
from joinery.workflows.returning import send_back
from joinery.workflows.work import Work

Json = Mapping[str, Any]


def fire(work: Work, event: TimerFired) -> None:
    """Let a timer fire; one that nobody waits for any more does nothing."""
    kind = event.name.partition(":")[0]
    for token in list(work.tokens.values()):
        if event.name in token.timers:
            left = tuple(name for name in token.timers if name != event.name)
            token = work.put(token, timers=left)
            work.note("timer", token, timer=kind)
            NODE_TYPES[work.node(token.node).type].timer_fired(work, token, kind)
            return
    for task in list(work.tasks.values()):
        if event.name in task.timers:
            task = work.put_task(task, timers=tuple(name for name in task.timers if name != event.name))
            if kind == "remind":
                work.note("reminded", task=task, people=[task.user])
                work.tell("due", [task.user], task)
            elif kind == "due":
                _overdue(work, task, work.node(task.node).settings.get("due", {}))
            else:
                steps, number = later_steps(work, task), int(kind.removeprefix(f"{LATER}-"))
                # A newer version may say less about the time after the deadline.
                if number < len(steps):
                    _overdue(work, task, steps[number])
            return


def _overdue(work: Work, task: Task, step: Json) -> None:
    """Do what a step says whose time has come: at the deadline, or some time after it."""
    then = step.get("then", "nothing")
    work.note("timer", task=task, timer="due", then=then)
    work.tell("overdue", [task.user], task)
    token = work.tokens[task.token]
    if then in ("approve", "reject"):
        decision = "submit" if task.kind == "fill" and then == "approve" else then
        if decision == "submit" or task.kind == "decide":
            note_decision(work, task, Decided(task.id, task.user, decision), "deadline")
            settle(work, token)
    elif then == "return":
        # What is named may not have been gone through.
        for name in (step.get("back", "previous"), "previous"):
            targets = return_targets(work.workflow, work.instance, task, (name,))
            if targets:
                break
        done = close_decided(work, task, Decided(task.id, task.user, "return"), "deadline")
        send_back(work, token, targets[0] if targets else START, done, straight=False, user=None)
    elif then == "escalate":
        _escalate(work, task, step["to"])


def _escalate(work: Work, task: Task, rules: Sequence[Json]) -> None:
    """Ask those above beside the person: whoever decides first decides for both."""
    token = work.tokens[task.token]
    asked = {one.user for one in work.tasks_of(token) if one.state in ("open", "held", "queued")}
    try:
        found = people_of(rules, work.instance, work.world)
    except FormulaError:
        # The rule means nothing any more: somebody has to look into it.
        found = work.world.administrators()
    people = [user for user in found if user not in asked]
    if not people:
        return
    work.note("escalated", task=task, people=people)
    work.put_task(task, either=True)
    for user in people:
        added = add_task(work, token, user, task.kind, state="queued", root=task.root, either=True)
        # Whoever was escalated to has no deadline of his own: it would go round.
        work.put_task(added, state="open")
        work.tell("task", [user], added)
