"""Carrying out what an instance wishes for: each wish once for ever, in the instance's own transaction."""

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any

from joinery.definitions import NodeDefinition
from joinery.forms import Inverse
from joinery.kernel import Forbidden, PlatformError
from joinery.permissions import EVERYTHING
from joinery.runtime.records.open_form import OpenForm
from joinery.runtime.records.operations import Operation
from joinery.runtime.webhooks.queueing import call_webhook
from joinery.runtime.workflows.messages import send_message
from joinery.storage import records, workflow_instances
from joinery.storage.database_errors import is_retryable
from joinery.storage.lines import records_of
from joinery.workflows import (
    ApplyProposal,
    CallWebhook,
    CancelTimer,
    ChildEnded,
    CreateRecord,
    Effect,
    EffectDone,
    EffectFailed,
    Event,
    GiveUpChildren,
    RecordChanged,
    SendMessage,
    SetFields,
    StartChildren,
    StartTimer,
    UpdateRecords,
    words_of,
)

if TYPE_CHECKING:
    from joinery.runtime.workflows.runner import Runner

#: The job that lets a timer fire.
TIMER = "workflow_timer"
#: What history says was at work.
SOURCE = "workflow"
#: Records of a related list that one node changes or starts workflows on.
MOST_RELATED = 1000

NO_SUCH_LIST = {"en": "use a related list that is no longer there", "zh": "使用已不存在的关联列表"}

NO_SUCH_RELATION = {"en": "use a relation that is no longer there", "zh": "使用已不存在的关联字段"}

Values = Mapping[str, Any]


def perform(runner: "Runner", effect: Effect) -> Iterable[Event]:
    """Carry out an effect; the events that follow from it.

    What the data refuses (a rule of a form, a value that is taken) leaves nothing behind but a failed step.
    """
    unit = runner.unit
    if isinstance(effect, CancelTimer):
        # The timer fires all the same; an instance that no longer waits for it does nothing.
        return ()
    if isinstance(effect, StartTimer):
        if workflow_instances.claim_effect(unit, effect.key, unit.now):
            unit.defer(TIMER, {"instance": runner.instance.id, "timer": effect.name}, at=effect.at)
        return ()
    point = unit.connection.begin_nested()
    try:
        # A call that is tried again is the same effect: its own row says how often it is made.
        again = isinstance(effect, CallWebhook)
        if not again and not workflow_instances.claim_effect(unit, effect.key, unit.now):
            return ()
        follows = tuple(_change_data(runner, effect))
        unit.line.settle()
        point.commit()
    except PlatformError as error:
        if is_retryable(error) or not point.is_active:
            raise
        point.rollback()
        return (EffectFailed(effect.key, *words_of(error).values()),)
    return follows


def _change_data(runner: "Runner", effect: Effect) -> Iterable[Event]:
    match effect:
        case SetFields():
            runner.set_fields(effect.values)
            return (EffectDone(effect.key), RecordChanged())
        case ApplyProposal():
            runner.apply(anyway=effect.anyway)
            return (EffectDone(effect.key), RecordChanged())
        case CreateRecord():
            made = _create(runner, runner.workflow.nodes[effect.node])
            return (EffectDone(effect.key, made),)
        case UpdateRecords():
            count = _update(runner, runner.workflow.nodes[effect.node])
            return (EffectDone(effect.key, {"count": count}),)
        case CallWebhook():
            return call_webhook(runner, effect)
        case SendMessage():
            return (EffectDone(effect.key, send_message(runner, effect)),)
        case StartChildren():
            return _start_children(runner, effect)
        case GiveUpChildren():
            runner.give_up(effect.children)
            return ()
    raise TypeError(f"nothing carries out {effect}")


def _create(runner: "Runner", node: NodeDefinition) -> dict[str, Any]:
    """Make the record that a node describes; where it is."""
    given = {key: runner.world.evaluate(text) for key, text in node.settings["values"].items()}
    if "list" in node.settings:
        there, inverse = _related(runner.at, node.settings["list"])
        key, value = there.form.pointing(inverse.field, runner.record_id)
        given[key] = value
    else:
        there = runner.at.beside(node.settings["form"])
    [saved] = runner.save(
        there.as_anybody(), [Operation(values={}, given=given, runs=runner.runs)], source=SOURCE
    )
    return {"form": there.form.key, "id": saved.id}


def _update(runner: "Runner", node: NodeDefinition) -> int:
    """Give the records of a related list, or the one of a relation, values; how many there were."""
    if "list" in node.settings:
        there, stored = _listed(runner, node.settings["list"])
    else:
        there, stored = _linked(runner, node.settings["relation"])
    operations = []
    for values in stored:
        world = runner.world.beside(there, values)
        when = node.settings.get("when")
        if when is None or world.condition(when):
            given = {key: world.evaluate(text) for key, text in node.settings["values"].items()}
            operations.append(Operation(values={}, given=given, record_id=values["id"], runs=runner.runs))
    if operations:
        runner.save(there.as_anybody(), operations, source=SOURCE)
    return len(operations)


def _start_children(runner: "Runner", effect: StartChildren) -> Iterable[Event]:
    node = runner.workflow.nodes[effect.node]
    if "list" in node.settings:
        there, stored = _listed(runner, node.settings["list"])
    else:
        there, stored = runner.at, [runner.stored]
    started, ended = [], []
    for values in stored:
        child = runner.start_child(there, node.settings["workflow"], values, node.settings.get("wait", True))
        if child is not None:
            started.append(child.id)
            if child.ended_at is not None:
                ended.append((child.id, child.status))
    yield EffectDone(effect.key, {"children": started})
    if node.settings.get("wait", True):
        for number, status in ended:
            yield ChildEnded(number, status)


def _listed(runner: "Runner", key: str) -> tuple[OpenForm, list[Values]]:
    """The records of a related list, locked; of one in lines those around them."""
    there, inverse = _related(runner.at, key)
    unit = runner.unit
    ids = records.referring_ids(unit, there.table, inverse.field, [runner.record_id], limit=MOST_RELATED)
    if there.form.parent is not None:
        ids = sorted(set(records_of(unit, there.table, ids).values()))
        there = there.beside(there.form.parent)
    found = records.get_many(
        unit, there.table, ids, EVERYTHING, there.evaluation, for_update=True, lines=True
    )
    return there, list(found.values())


def _linked(runner: "Runner", key: str) -> tuple[OpenForm, list[Values]]:
    """The record that a relation names, locked; none when it names none."""
    field = runner.at.form.relations.get(key)
    if field is None or field.references is None:
        raise Forbidden(action=NO_SUCH_RELATION)
    there = runner.at.beside(field.references)
    ids = [one for one in [runner.values.get(key)] if one is not None]
    found = records.get_many(
        runner.unit, there.table, ids, EVERYTHING, there.evaluation, for_update=True, lines=True
    )
    return there, list(found.values())


def _related(at: OpenForm, key: str) -> tuple[OpenForm, Inverse]:
    inverse = next((found for found in at.form.inverses if found.key == key), None)
    if inverse is None:
        raise Forbidden(action=NO_SUCH_LIST)
    return at.beside(inverse.form), inverse
