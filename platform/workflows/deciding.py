"""Deciding a task: who may, with what, and what becomes of the node."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any

from joinery.kernel import InvalidInput, Issue
from joinery.workflows.asking import add_task, settle
from joinery.workflows.errors import InstanceEnded, NotYours, TaskClosed, refused
from joinery.workflows.events import Decided, Reassigned
from joinery.workflows.model import START, Task, Token
from joinery.workflows.moving import finish, go_to, leave
from joinery.workflows.offers import Offer, asked_with, decisions_of
from joinery.workflows.ranges import Among, outside
from joinery.workflows.returning import send_back
from joinery.workflows.work import Work


def decide(work: Work, event: Decided) -> None:
    """Let somebody decide his task.

    Raises TaskClosed, NotYours, and InvalidInput naming what is missing or not offered.
    """
    task = open_task_of(work, event.task)
    if task.user != event.user:
        raise NotYours
    offers = decisions_of(work.workflow, work.instance, task.id)
    asked = asked_with(offers, event.decision, event.where)
    if not asked:
        raise refused("/decision", "workflow_decision_not_offered", name=event.decision)
    _require_said(event, asked)
    if any(offer.complete for offer in asked):
        _require_checks(work, task)
    if asked[0].among is not None:
        _require_among(work, task, event.people, asked[0].among)
    event = replace(event, people=tuple(dict.fromkeys(event.people)))
    _DECISIONS[event.decision](work, work.tokens[task.token], task, event)


def open_task_of(work: Work, number: int) -> Task:
    """A task that is to be decided; raises TaskClosed."""
    task = work.tasks.get(number)
    if task is None or task.state != "open" or work.instance.ended_at is not None:
        raise TaskClosed
    return task


def _require_said(event: Decided, asked: tuple[Offer, ...]) -> None:
    issues = []
    offer = asked[0]
    if any(one.comment == "required" for one in asked) and not event.comment:
        issues.append(Issue("/comment", "workflow_comment_required"))
    if any(one.signature == "required" for one in asked) and not event.signed:
        issues.append(Issue("/signature", "workflow_signature_required"))
    if event.signed and all(one.signature == "no" for one in asked):
        issues.append(Issue("/signature", "workflow_not_signed"))
    if offer.to and event.to is not None and event.to not in offer.to:
        issues.append(Issue("/to", "workflow_no_return_there"))
    if offer.then and event.then is not None and event.then not in offer.then:
        issues.append(Issue("/then", "workflow_not_possible"))
    if offer.where and event.where is not None and event.where not in offer.where:
        issues.append(Issue("/where", "workflow_not_possible"))
    if event.decision in ("reassign", "add_approver", "ask") and not event.people:
        issues.append(Issue("/users", "workflow_people_required"))
    if issues:
        raise InvalidInput(issues=issues)


def _require_checks(work: Work, task: Task) -> None:
    """Raise InvalidInput for what the node checks and does not hold."""
    settings = work.node(task.node).settings
    failed = [
        Issue("/values", "rule", {"text": text})
        for condition, text in settings.get("validations", {}).items()
        if not work.world.condition(condition)
    ]
    if failed:
        raise InvalidInput(issues=failed)


def _go_on(work: Work, token: Token, task: Task, event: Decided) -> None:
    """Approve or submit."""
    done = note_decision(work, task, event)
    _tell_initiator(work, done)
    if task.node == START:
        leave(work, token)
        go_to(work, work.put(token, back=None, after=(START,)), token.back or work.workflow.first)
    else:
        settle(work, token)


def _reject(work: Work, token: Token, task: Task, event: Decided) -> None:
    _tell_initiator(work, note_decision(work, task, event))
    settle(work, token)


def close_decided(work: Work, task: Task, event: Decided, by_rule: str | None = None) -> Task:
    """Let a task be done; of those of whom one is enough it takes the tasks of the others along."""
    done = work.close(
        task,
        "done",
        decision=event.decision,
        comment=event.comment,
        decided_at=work.now,
        by_rule=by_rule,
        signed=event.signed,
    )
    for other in work.tasks_of(work.tokens[task.token]):
        if other.root == task.root and other.either and other.state in ("open", "held", "queued"):
            work.close(other)
    return done


def note_decision(work: Work, task: Task, event: Decided, by_rule: str | None = None) -> Task:
    """Let a task be done, and say so in the history."""
    done = close_decided(work, task, event, by_rule)
    user = None if by_rule else event.user
    work.note(
        "decided",
        task=done,
        user=user,
        decision=event.decision,
        comment=event.comment,
        for_user=task.for_user,
        rule=by_rule,
        signed=done.signed or None,
    )
    return done


def _tell_initiator(work: Work, task: Task) -> None:
    initiator = work.instance.initiator
    if initiator is not None and initiator != task.user:
        work.tell("decided", [initiator], task, decision=task.decision, comment=task.comment)


def _return(work: Work, token: Token, task: Task, event: Decided) -> None:
    offer = next(one for one in decisions_of(work.workflow, work.instance, task.id) if one.key == "return")
    target, then = event.to or offer.to[0], event.then or offer.then[0]
    done = close_decided(work, task, event)
    send_back(work, token, target, done, straight=then == "straight_back", user=event.user)


def _reassign(work: Work, token: Token, task: Task, event: Decided) -> None:
    if len(event.people) > 1:
        raise refused("/users", "workflow_one_person")
    hand_over(work, token, task, event.people[0], user=event.user, comment=event.comment)


def reassign(work: Work, event: Reassigned) -> None:
    """Let an administrator give a task to somebody else."""
    if work.instance.ended_at is not None:
        raise InstanceEnded
    task = work.tasks.get(event.task)
    if task is None or task.state not in ("open", "queued", "held"):
        raise TaskClosed
    hand_over(work, work.tokens[task.token], task, event.to, user=event.user, comment=event.reason)


def hand_over(work: Work, token: Token, task: Task, to: int, *, user: int, comment: str | None) -> None:
    """Give a task to somebody else, who stands where its holder stood."""
    _require_new(work, token, [to])
    state = task.state
    work.close(task)
    work.note("reassigned", task=task, user=user, comment=comment, people=[to])
    # A question goes on as it was asked, and by whom.
    asked: dict[str, Any] = {"added_by": user}
    if task.kind == "answer":
        asked = {"added_by": task.added_by, "comment": task.comment}
    added = add_task(work, token, to, task.kind, state=state, root=task.root, **asked)
    added = work.put_task(added, either=task.either)
    # In turn, he has the place of whom he stands for.
    _put_before(work, added, task)


def _put_before(work: Work, added: Task, place: Task) -> None:
    order = [one for one in work.tasks.values() if one.id != added.id]
    at = next(number for number, one in enumerate(order) if one.id == place.id)
    order.insert(at, work.tasks[added.id])
    work.tasks = {one.id: one for one in order}


def _add_approver(work: Work, token: Token, task: Task, event: Decided) -> None:
    _require_new(work, token, event.people)
    where = event.where or next(
        one.where[0]
        for one in decisions_of(work.workflow, work.instance, task.id)
        if one.key == "add_approver"
    )
    people = list(event.people)
    work.note("added", task=task, user=event.user, comment=event.comment, people=people, where=where)
    root = None if where == "beside" else task.root
    if where == "before":
        work.cancel_timers(task.timers)
        work.put_task(task, state="held", timers=())
    elif where == "after":
        agreed = work.close(
            task,
            "done",
            decision="approve",
            comment=event.comment,
            decided_at=work.now,
            signed=event.signed,
        )
        work.note(
            "decided",
            task=agreed,
            user=event.user,
            decision="approve",
            comment=event.comment,
            signed=event.signed or None,
        )
    for user in event.people:
        add_task(work, token, user, task.kind, root=root, added_by=event.user)


def _ask(work: Work, token: Token, task: Task, event: Decided) -> None:
    for user in event.people:
        if user == event.user or not work.world.is_active(user):
            raise refused("/users", "workflow_cannot_ask")
    work.note("asked", task=task, user=event.user, comment=event.comment, people=list(event.people))
    for user in event.people:
        # The question stands in the comment until it is answered.
        add_task(work, token, user, "answer", added_by=event.user, comment=event.comment)


def _answer(work: Work, token: Token, task: Task, event: Decided) -> None:
    done = work.close(task, "done", decision="answer", comment=event.comment, decided_at=work.now)
    work.note("answered", task=done, user=event.user, decision="answer", comment=event.comment)
    if task.added_by is not None:
        work.tell("answered", [task.added_by], done, comment=event.comment)


def _hold(work: Work, token: Token, task: Task, event: Decided) -> None:
    work.put_task(task, comment=event.comment)
    work.note("held", task=task, user=event.user, comment=event.comment)


def _withdraw(work: Work, token: Token, task: Task, event: Decided) -> None:
    note_decision(work, task, event)
    work.note("withdrawn", token, user=event.user, comment=event.comment)
    finish(work, "withdrawn")


def _require_among(work: Work, task: Task, people: Sequence[int], among: Among) -> None:
    """Raise InvalidInput for people whom the node does not let somebody name."""
    wrong = outside(among, task.user, people, work.instance, work.world)
    issues = [
        Issue(f"/users/{place}", "workflow_not_among") for place, user in enumerate(people) if user in wrong
    ]
    if issues:
        raise InvalidInput(issues=issues)


def _require_new(work: Work, token: Token, people: Iterable[int]) -> None:
    """Raise InvalidInput for people who are asked here already, or cannot be asked."""
    asked = {task.user for task in work.tasks_of(token) if task.state in ("open", "queued", "held")}
    for place, user in enumerate(people):
        if user in asked:
            raise refused(f"/users/{place}", "workflow_asked_already")
        if not work.world.is_active(user):
            raise refused(f"/users/{place}", "workflow_cannot_ask")


_DECISIONS: Mapping[str, Callable[[Work, Token, Task, Decided], None]] = {
    "approve": _go_on,
    "submit": _go_on,
    "reject": _reject,
    "return": _return,
    "reassign": _reassign,
    "add_approver": _add_approver,
    "ask": _ask,
    "answer": _answer,
    "hold": _hold,
    "withdraw": _withdraw,
}
