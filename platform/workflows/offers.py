"""What somebody may decide with a task, as his node says or as is usual."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Literal

from joinery.definitions import WorkflowDefinition
from joinery.workflows.model import START, Instance, Task
from joinery.workflows.moving import nodes_before
from joinery.workflows.people_settings import NAMING, SIGNED
from joinery.workflows.ranges import EVERYBODY, Among

Json = Mapping[str, Any]
Said = Literal["no", "optional", "required"]

#: Decisions that are offered unless the node says otherwise.
_USUAL = {
    "decide": ("approve", "reject", "return", "reassign", "add_approver", "ask"),
    "fill": ("submit", "reassign", "ask"),
}
#: Decisions that a node may offer besides.
_BESIDES = {"decide": ("hold",), "fill": ("return", "hold")}

#: Decisions that need a reason unless the node says otherwise.
_WITH_COMMENT = frozenset({"reject", "return", "ask", "hold", "answer"})

#: Decisions with which it goes on, and those for which a node may ask for the same completeness.
_COMPLETE = ("approve", "submit")
_MAY_BE_COMPLETE = ("reject", "return")


@dataclass(frozen=True, slots=True, kw_only=True)
class Offer:
    """A decision that is offered. `to` are the nodes it may go back to, nearest first, and "start"; `then`
    what may be chosen for afterwards, `where` where an approver may be added. `complete` says that what the
    node requires and checks must hold. `among` is whom it may name, None where it names nobody.
    """

    key: str
    comment: Said = "optional"
    signature: Said = "no"
    complete: bool = False
    to: tuple[str, ...] = ()
    then: tuple[str, ...] = ()
    where: tuple[str, ...] = ()
    among: Among | None = None


def decisions_of(workflow: WorkflowDefinition, instance: Instance, number: int) -> tuple[Offer, ...]:
    """What may be decided now with the task of this number."""
    task = instance.task(number)
    if task is None or task.state != "open":
        return ()
    if task.kind == "answer":
        return (Offer(key="answer", comment="required"),)
    if task.node == START:
        return (Offer(key="submit", complete=True), Offer(key="withdraw"))
    said = workflow.nodes[task.node].settings.get("decisions", {})
    usual = [key for key in _USUAL[task.kind] if said.get(key) is not False]
    besides = [key for key in _BESIDES[task.kind] if said.get(key, False) is not False]
    offers = (_offer(workflow, instance, task, key, said.get(key) or {}) for key in [*usual, *besides])
    return tuple(offer for offer in offers if offer.key != "return" or offer.to)


def asked_with(offers: Iterable[Offer], decision: str, where: str | None = None) -> tuple[Offer, ...]:
    """All offers whose comment and signature a decision is asked for; () when it is not offered."""
    known = {offer.key: offer for offer in offers}
    offer = known.get(decision)
    if offer is None:
        return ()
    # Who adds somebody after himself approves by that.
    agrees = decision == "add_approver" and (where or offer.where[0]) == "after"
    return (offer, known["approve"]) if agrees and "approve" in known else (offer,)


def _offer(workflow: WorkflowDefinition, instance: Instance, task: Task, key: str, said: Json) -> Offer:
    usual: Said = "required" if key in _WITH_COMMENT else "optional"
    offer = {
        "key": key,
        "comment": said.get("comment", usual),
        "signature": said.get("signature", "no") if key in SIGNED else "no",
        "among": said.get("among", EVERYBODY) if key in NAMING else None,
        "complete": key in _COMPLETE or (key in _MAY_BE_COMPLETE and said.get("complete", False)),
    }
    if key == "return":
        then = said.get("then", "again")
        choices = ("again", "straight_back") if then == "choose" else (then,)
        targets = return_targets(workflow, instance, task, said.get("to", ("start", "any")))
        return Offer(**offer, to=targets, then=choices)
    if key == "add_approver":
        return Offer(**offer, where=tuple(said.get("where", ("before", "after", "beside"))))
    return Offer(**offer)


def return_targets(
    workflow: WorkflowDefinition, instance: Instance, task: Task, allowed: tuple[str, ...] | list[str]
) -> tuple[str, ...]:
    """Where a task may be returned to, of what is allowed: only where people were asked already."""
    before = nodes_before(workflow, task.node)
    visited = [key for key in reversed(instance.visited) if key in before]
    found: list[str] = []
    for name in allowed:
        match name:
            case "start":
                found.append(START)
            case "previous":
                found.append(visited[0] if visited else START)
            case "any":
                found += visited
            case _ if name in visited:
                found.append(name)
    return tuple(dict.fromkeys(sorted(found, key=lambda key: key == START)))
