"""One event after another: what becomes of an instance, and what it wishes for."""

from joinery.definitions import WorkflowDefinition
from joinery.workflows.deciding import decide, reassign
from joinery.workflows.events import (
    Cancelled,
    ChildEnded,
    Decided,
    EffectDone,
    EffectFailed,
    Event,
    Moved,
    Reactivated,
    Reassigned,
    RecordChanged,
    Retried,
    Started,
    TimerFired,
    Urged,
    Withdrawn,
)
from joinery.workflows.managing import cancel, move, reactivate, retry, urge, withdraw
from joinery.workflows.model import START, Instance
from joinery.workflows.moving import arrive, begin, get_stuck, go_to, let_arrive, stuck_without_meaning
from joinery.workflows.node_type import NODE_TYPES
from joinery.workflows.timing import fire
from joinery.workflows.work import Outcome, Work
from joinery.workflows.world import World


def step(workflow: WorkflowDefinition, instance: Instance, event: Event, world: World) -> Outcome:
    """What an event makes of an instance.

    Pure: the same arguments give the same outcome, and nothing is changed. Raises TaskClosed, InstanceEnded,
    NotYours, CannotWithdraw, InvalidInput or LimitExceeded for what cannot be done. Timers, effects and
    children that nobody waits for any more do nothing.
    """
    work = Work(workflow, instance, world)
    match event:
        case Started():
            work.change(initiator=event.initiator)
            work.note("started", user=event.initiator, comment=event.comment)
            begin(work)
        case Decided():
            decide(work, event)
        case TimerFired():
            fire(work, event)
        case RecordChanged():
            _record_changed(work)
        case EffectDone():
            _effect_done(work, event)
        case EffectFailed():
            _effect_failed(work, event)
        case ChildEnded():
            _child_ended(work, event)
        case Withdrawn():
            withdraw(work, event)
        case Urged():
            urge(work, event)
        case Moved():
            move(work, event)
        case Reactivated():
            reactivate(work, event)
        case Cancelled():
            cancel(work, event)
        case Reassigned():
            reassign(work, event)
        case Retried():
            retry(work, event)
    let_arrive(work)
    return work.outcome()


def _effect_done(work: Work, event: EffectDone) -> None:
    unsaved = work.instance.unsaved
    if event.key in unsaved:
        work.change(unsaved={key: values for key, values in unsaved.items() if key != event.key})
    token = next((one for one in work.tokens.values() if one.waits == event.key), None)
    if token is None:
        return
    entering = token.entering
    token = work.put(token, waits=None, entering=False)
    if token.node == START:
        go_to(work, token, work.workflow.first)
    elif entering:
        arrive(work, token)
    else:
        NODE_TYPES[work.node(token.node).type].effect_done(work, token, event.result)


def _effect_failed(work: Work, event: EffectFailed) -> None:
    words = {"en": event.en, "zh": event.zh}
    token = next((one for one in work.tokens.values() if one.waits == event.key), None)
    if token is not None:
        begun = token.node != START and not token.entering
        own = NODE_TYPES[work.node(token.node).type] if begun else None
        if own is None or not own.effect_failed(work, token, event.key, words):
            get_stuck(work, token, "failed", message=words)
    elif event.key in work.instance.unsaved:
        work.note("failed", message=words)
        work.tell("stuck", work.world.administrators(), message=words)


def _record_changed(work: Work) -> None:
    for number in list(work.tokens):
        token = work.tokens.get(number)
        if token is None or token.state != "active" or token.waits is not None or token.node == START:
            continue
        node = work.node(token.node)
        if NODE_TYPES[node.type].follows_record(node):
            with stuck_without_meaning(work, token):
                NODE_TYPES[node.type].record_changed(work, token)


def _child_ended(work: Work, event: ChildEnded) -> None:
    token = next((one for one in work.tokens.values() if event.child in one.children), None)
    if token is not None:
        left = tuple(child for child in token.children if child != event.child)
        token = work.put(token, children=left)
        NODE_TYPES[work.node(token.node).type].child_ended(work, token, event.status)
