"""A run of a workflow as the API tells it: where it is, what happened, what is expected."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any

from joinery.definitions import Label, NodeDefinition, WorkflowDefinition
from joinery.directory import Actor
from joinery.kernel import label_key
from joinery.runtime.records.open_form import OpenForm
from joinery.runtime.workflows.definitions import at_version
from joinery.runtime.workflows.people import person, persons
from joinery.runtime.workflows.proposals import proposed_record, show_proposal
from joinery.runtime.workflows.words import decision_label, node_label, status_label, step_label
from joinery.runtime.workflows.world import RecordWorld
from joinery.storage import signatures, workflow_instances, workflow_proposals, workflow_tasks
from joinery.storage.workflow_instances import StoredInstance, StoredStep
from joinery.storage.workflow_proposals import Proposal
from joinery.storage.workflow_tasks import StoredTask
from joinery.workflows import Expected, Instance, Signature, predict, read_instance, show_signature

Json = dict[str, Any]
Values = Mapping[str, Any]

#: Steps that people are told; the others say how the engine got there.
TOLD = frozenset(
    {
        "started", "decided", "returned", "reassigned", "added", "skipped", "withdrawn", "cancelled",
        "moved", "urged", "timer", "failed", "retried", "asked", "answered", "held", "copied", "ended",
        "escalated", "reminded", "migrated", "entered", "left", "applied", "called", "told",
        "reactivated",
    }
)  # fmt: skip


def show_instances(
    at: OpenForm,
    instances: Sequence[StoredInstance],
    record: Values | None,
    tasks: Sequence[StoredTask] | None = None,
) -> list[Json]:
    """Instances of one record as it is stored; None of one that only waits for approval, or is deleted.

    `tasks` are all of theirs, where they are known.
    """
    proposals = workflow_proposals.of_instances(
        at.unit, [one.id for one in instances if one.state.get("proposal")]
    )
    ids = [one.id for one in instances]
    if tasks is None:
        tasks = workflow_tasks.of_instances(at.unit, ids) if ids else ()
    signed = signatures.of_tasks(at.unit, [task.id for task in tasks if task.state == "done"])
    steps = workflow_instances.steps_of(at.unit, ids) if ids else ()
    return [
        show_instance(
            at,
            one,
            record,
            proposals.get(one.id),
            [task for task in tasks if task.instance_id == one.id],
            [step for step in steps if step.instance_id == one.id],
            {
                task.number: signed[task.id]
                for task in tasks
                if task.instance_id == one.id and task.id in signed
            },
        )
        for one in instances
    ]


def show_instance(
    at: OpenForm,
    one: StoredInstance,
    record: Values | None,
    proposal: Proposal | None,
    tasks: Sequence[StoredTask],
    steps: Sequence[StoredStep],
    signed: Mapping[int, Signature],
) -> Json:
    """One instance with its tasks and steps, and the values that wait or waited for it.

    `signed` are the signatures by the number of the task.
    """
    workflow, version = at_version(at.unit, one.version_id)
    instance = read_instance(one.state)
    waits = instance.holds_back and instance.ended_at is None
    values = proposed_record(at, record, proposal) if waits and proposal else record or {}
    expected = _expected(at, workflow, instance, values)
    return {
        "id": one.id,
        "app": one.app,
        "form": one.form,
        "record": {"id": one.record_id, "title": one.title},
        "workflow": one.workflow,
        "label": workflow.label,
        "number": version.number,
        "status": one.status,
        "status_label": status_label(workflow, one.status),
        "initiator": person(at.directory, one.initiator),
        "started_at": one.started_at,
        "ended_at": one.ended_at,
        "nodes": [_node(at, node, instance, tasks, steps, expected) for node in workflow.nodes.values()],
        "edges": list(_edges(workflow, steps, expected)),
        "steps": [_step(at, workflow, step, steps, signed) for step in steps if step.event in TOLD],
        "tasks": [
            {
                "id": task.id,
                "node": task.node,
                "kind": task.kind,
                "user": person(at.directory, task.user_id),
                "for_user": person(at.directory, task.for_user_id),
                "state": task.state,
                "opened_at": task.opened_at,
                "due_at": task.due_at,
            }
            for task in tasks
        ],
        "expected": [
            {
                "node": stop.node,
                "label": node_label(workflow, stop.node),
                "people": persons(at.directory, stop.people),
            }
            for stop in expected
        ],
        "proposal": show_proposal(at, record, proposal, waits=waits) if proposal else None,
        "may": may(at.actor, workflow, one, tasks),
    }


def may(
    actor: Actor, workflow: WorkflowDefinition, one: StoredInstance, tasks: Iterable[StoredTask]
) -> dict[str, bool]:
    """What the actor may do with an instance besides deciding his tasks."""
    runs, administers = one.ended_at is None, actor.administers(one.app)
    mine = one.initiator is not None and one.initiator == actor.user_id
    unsaved = bool(one.state.get("unsaved"))
    decided = any(task.state == "done" and task.kind == "decide" and task.decision for task in tasks)
    withdraw = workflow.withdraw == "any_time" or (workflow.withdraw == "before_decision" and not decided)
    return {
        "withdraw": runs and mine and withdraw,
        "urge": runs and (mine or administers) and one.status == "running",
        "cancel": (runs or unsaved) and administers,
        "move": runs and administers,
        "reassign": runs and administers,
        "reactivate": administers and not runs,
        "retry": administers and (one.status == "stuck" or unsaved),
    }


def _expected(
    at: OpenForm, workflow: WorkflowDefinition, instance: Instance, values: Values
) -> Sequence[Expected]:
    if instance.ended_at is not None:
        return ()
    return predict(workflow, instance, RecordWorld(at, values, instance.initiator))


def _node(
    at: OpenForm,
    node: NodeDefinition,
    instance: Instance,
    tasks: Sequence[StoredTask],
    steps: Sequence[StoredStep],
    expected: Sequence[Expected],
) -> Json:
    own = [step for step in steps if step.node == node.key]
    entered = [step.at for step in own if step.event == "entered"]
    left = [step.at for step in own if step.event == "left"]
    current = any(token.node == node.key for token in instance.tokens if token.state == "active")
    foreseen = next((stop for stop in expected if stop.node == node.key), None)
    here = [task for task in tasks if task.node == node.key]
    if current:
        state = "current"
        people: Iterable[int] = [task.user_id for task in here if task.state in ("open", "held", "queued")]
    elif entered:
        state = "done"
        people = [task.user_id for task in here if task.state == "done"]
    elif foreseen is not None:
        state, people = "expected", foreseen.people
    else:
        state, people = "skipped" if instance.ended_at is not None else "future", ()
    return {
        "key": node.key,
        "type": node.type,
        "label": node.label,
        "state": state,
        "people": persons(at.directory, people),
        "entered_at": entered[-1] if entered else None,
        "left_at": left[-1] if left and not current else None,
        "visits": len(entered),
        "took_s": _took(own),
    }


def _took(own: Sequence[StoredStep]) -> int | None:
    """Seconds that the visits of a node took that are over; None where none is."""
    entered: dict[int | None, datetime] = {}
    spans: list[timedelta] = []
    for step in own:
        if step.event == "entered":
            entered[step.token] = step.at
        elif step.event == "left" and step.token in entered:
            spans.append(step.at - entered.pop(step.token))
    return round(sum(spans, timedelta()).total_seconds()) if spans else None


def ways_of(node: NodeDefinition) -> Iterator[tuple[str, Label | None]]:
    """Where one may come from a node, each with what the way is called."""
    if node.next is not None:
        yield node.next, None
    for branch in node.settings.get("branches", {}).values():
        yield branch["next"], branch["label"]
    if "rejected" in node.settings:
        yield node.settings["rejected"], {"en": "Rejected", "zh": "拒绝"}
    if "failed" in node.settings:
        yield node.settings["failed"], {"en": "Failed", "zh": "失败"}
    if "timed_out" in node.settings:
        yield node.settings["timed_out"], {"en": "Too late", "zh": "超时"}


def _edges(
    workflow: WorkflowDefinition, steps: Sequence[StoredStep], expected: Sequence[Expected]
) -> Iterator[Json]:
    gone = set(_gone(steps))
    foreseen = {(source, stop.node) for stop in expected for source in stop.after}
    for node in workflow.nodes.values():
        for target, label in ways_of(node):
            way = (node.key, target)
            told = {"taken": way in gone, "expected": way in foreseen}
            yield {"from": node.key, "to": target, "label": label, **told}


def _gone(steps: Sequence[StoredStep]) -> Iterator[tuple[str, str]]:
    """The ways that were gone: where a node was entered, from the one that was left for it."""
    for step in steps:
        source = step.detail.get("from") if step.event == "entered" else None
        if source is not None and step.node is not None:
            yield source, step.node


def _step(
    at: OpenForm,
    workflow: WorkflowDefinition,
    step: StoredStep,
    steps: Sequence[StoredStep],
    signed: Mapping[int, Signature],
) -> Json:
    detail = step.detail
    signature = signed.get(step.task) if detail.get("signed") and step.task is not None else None
    decision, to = detail.get("decision"), detail.get("to")
    node = workflow.nodes.get(step.node) if step.node is not None else None
    return {
        "number": step.number,
        "node": step.node,
        "label": step_label(workflow, step.event, step.node, detail),
        "event": step.event,
        "at": step.at,
        "user": person(at.directory, step.user_id),
        "comment": detail.get("comment") or detail.get("reason") or _said(at, detail.get("message")),
        "signature": show_signature(signature) if signature else None,
        "duration_s": _duration(step, steps),
        "decision": decision,
        "decision_label": decision_label(node, decision) if decision else None,
        "rule": detail.get("rule"),
        "people": persons(at.directory, detail.get("people", ())),
        "to": node_label(workflow, None if to == "start" else to) if isinstance(to, str) else None,
    }


def _said(at: OpenForm, words: Any) -> str | None:
    """What the machine said, in the reader's language."""
    return words.get(label_key(at.actor.language)) if isinstance(words, Mapping) else None


def _duration(step: StoredStep, steps: Sequence[StoredStep]) -> int | None:
    """Seconds that a node took until this step, where it ends something."""
    if step.event not in ("decided", "left", "returned"):
        return None
    since = [
        one.at
        for one in steps
        if one.event == "entered" and one.node == step.node and one.number < step.number
    ]
    return round((step.at - since[-1]).total_seconds()) if since else None
