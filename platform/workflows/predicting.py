"""What is expected to come: judged by the conditions and people of this moment."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from joinery.definitions import WorkflowDefinition
from joinery.kernel import FormulaError
from joinery.workflows.asking import asked_at, instead_of_nobody
from joinery.workflows.model import START, Instance
from joinery.workflows.node_type import NODE_TYPES
from joinery.workflows.world import World


@dataclass(frozen=True, slots=True, kw_only=True)
class Expected:
    """A node that will probably be entered, from which ones, and who will be asked there."""

    node: str
    people: tuple[int, ...] = ()
    after: tuple[str, ...] = ()


def predict(workflow: WorkflowDefinition, instance: Instance, world: World) -> Sequence[Expected]:
    """The nodes that will be entered from here on when everybody agrees, nearest first.

    Nothing is told of what comes behind an expression that means nothing any more.
    """
    if instance.ended_at is not None:
        return ()
    waiting = [
        (token.node, key)
        for token in instance.tokens
        for key in _after(workflow, token.node, token.back, world)
    ]
    found: dict[str, Expected] = {}
    while waiting:
        source, key = waiting.pop(0)
        if key not in found:
            found[key] = _expected(workflow, key, instance, world)
            waiting += [(key, then) for then in _after(workflow, key, None, world)]
        found[key] = replace(found[key], after=(*found[key].after, source))
    return tuple(found.values())


def _after(workflow: WorkflowDefinition, key: str, back: str | None, world: World) -> tuple[str, ...]:
    if back is not None:
        return (back,)
    if key == START:
        return (workflow.first,)
    try:
        return NODE_TYPES[workflow.nodes[key].type].expected(workflow.nodes[key], world)
    except FormulaError:
        return ()


def _expected(workflow: WorkflowDefinition, key: str, instance: Instance, world: World) -> Expected:
    node = workflow.nodes[key]
    if "assignees" not in node.settings:
        return Expected(node=key)
    try:
        people = asked_at(node, instance, world)
    except FormulaError:
        return Expected(node=key)
    if not people and NODE_TYPES[node.type].asks:
        people = instead_of_nobody(node, world)[1]
    return Expected(node=key, people=people)
