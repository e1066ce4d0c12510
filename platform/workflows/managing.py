"""What the initiator and administrators do with an instance as a whole."""

from joinery.definitions import WorkflowDefinition
from joinery.workflows.asking import ask_initiator
from joinery.workflows.errors import CannotWithdraw, InstanceEnded, InstanceRuns, refused
from joinery.workflows.events import Cancelled, Moved, Reactivated, Retried, Urged, Withdrawn
from joinery.workflows.model import START, Instance, Token
from joinery.workflows.moving import arrive, drop, finish, go_to, leave, release_joins, start
from joinery.workflows.nesting import jump
from joinery.workflows.work import Work


def may_be_withdrawn(workflow: WorkflowDefinition, instance: Instance) -> bool:
    """Whether its initiator may take an instance back now."""
    decided = any(
        task.state == "done" and task.decision is not None and task.by_rule is None and task.node != START
        for task in instance.tasks
    )
    rule = workflow.withdraw
    there = instance.ended_at is None and instance.initiator is not None
    return there and (rule == "any_time" or (rule == "before_decision" and not decided))


def withdraw(work: Work, event: Withdrawn) -> None:
    """Let the initiator take it back; raises CannotWithdraw."""
    _require_running(work)
    if event.user != work.instance.initiator or not may_be_withdrawn(work.workflow, work.instance):
        raise CannotWithdraw
    work.note("withdrawn", user=event.user, comment=event.comment)
    finish(work, "withdrawn")


def urge(work: Work, event: Urged) -> None:
    """Remind all who are asked now."""
    _require_running(work)
    asked = [task for task in work.tasks.values() if task.state == "open"]
    work.note("urged", user=event.user, people=[task.user for task in asked])
    for task in asked:
        work.tell("urge", [task.user], task)


def cancel(work: Work, event: Cancelled) -> None:
    """End it; of one that has ended, give up the values that could not be set."""
    if work.instance.ended_at is not None and work.instance.unsaved:
        work.note("cancelled", user=event.user, reason=event.reason)
        work.change(unsaved={})
        return
    _require_running(work)
    work.note("cancelled", user=event.user, reason=event.reason)
    finish(work, "cancelled")


def move(work: Work, event: Moved) -> None:
    """Put a token, or all of the instance, at a node."""
    _require_running(work)
    if event.to != START and event.to not in work.workflow.nodes:
        raise refused("/to", "workflow_no_such_node", name=event.to)
    if event.token is None or event.to == START:
        token = _one_token(work)
    elif event.token in work.tokens:
        token = work.tokens[event.token]
    else:
        raise refused("/token", "workflow_no_such_token")
    work.note("moved", token, user=event.user, reason=event.reason, to=event.to)
    leave(work, token)
    token = work.put(jump(work, token, event.to), after=())
    work.change(fresh=work.instance.counter)
    if event.to == START:
        token = work.put(token, node=START, state="active", waits=None, entering=False, visit=work.number())
        work.note("entered", token)
        ask_initiator(work, token)
    else:
        go_to(work, token, event.to)
    release_joins(work)


def reactivate(work: Work, event: Reactivated) -> None:
    """Let one that has ended go on at a node, where people are asked anew; raises InstanceRuns."""
    if work.instance.ended_at is None:
        raise InstanceRuns
    if event.to not in work.workflow.nodes:
        raise refused("/to", "workflow_no_such_node", name=event.to)
    work.note("reactivated", user=event.user, reason=event.reason, to=event.to)
    # Approvals before this count no more, nor do values that its end could not set.
    fresh = work.instance.counter
    work.change(status="running", ended_at=None, result=None, unsaved={}, insisted=False, fresh=fresh)
    token = work.put(Token(id=work.number(), node=START, entered_at=work.now, after=(START,)))
    go_to(work, jump(work, token, event.to), event.to, state=work.workflow.state.get("running"))


def _one_token(work: Work) -> Token:
    """One token in place of all there are."""
    first, *others = work.tokens.values()
    for other in others:
        drop(work, other)
    return first


def retry(work: Work, event: Retried) -> None:
    """Let stuck tokens try their nodes once more, and values that could not be set."""
    work.change(insisted=bool(work.instance.proposal))
    for key, values in work.instance.unsaved.items():
        rest = {one: said for one, said in work.instance.unsaved.items() if one != key}
        work.note("retried", user=event.user)
        work.change(unsaved={**rest, work.set_values(values): values})
    for token in list(work.tokens.values()):
        if token.state == "stuck" and event.token in (None, token.id):
            work.note("retried", token, user=event.user)
            token = work.put(token, state="active", visit=work.number())
            if token.node == START and token.entering:
                start(work, token)
            elif token.node == START:
                ask_initiator(work, token)
            elif token.entering:
                go_to(work, token, token.node)
            else:
                arrive(work, token)


def _require_running(work: Work) -> None:
    if work.instance.ended_at is not None:
        raise InstanceEnded
