"""A workflow that was played through, as the API tells it."""

from collections.abc import Iterator, Mapping
from typing import Any

from joinery.definitions import WorkflowDefinition
from joinery.forms import Field, ValueProblem
from joinery.runtime.formulas.far_values import FarValues
from joinery.runtime.records.context import record_context
from joinery.runtime.records.open_form import OpenForm
from joinery.runtime.records.sent_records import show_context
from joinery.runtime.webhooks.requests import request_of
from joinery.runtime.workflows.people import person, persons
from joinery.runtime.workflows.templates import shown
from joinery.runtime.workflows.words import decision_label, node_label, status_label, step_label
from joinery.runtime.workflows.world import RecordWorld
from joinery.workflows import (
    CallWebhook,
    CreateRecord,
    Notify,
    SendMessage,
    SetFields,
    Simulation,
    StartChildren,
    Step,
    Task,
    UpdateRecords,
    Waking,
    Wish,
    decisions_of,
    may_be_withdrawn,
    predict,
)

Json = dict[str, Any]

_KINDS: Mapping[type, str] = {
    SetFields: "set_fields",
    CreateRecord: "create_record",
    UpdateRecords: "update_records",
    StartChildren: "start_children",
    CallWebhook: "call_webhook",
    SendMessage: "send_message",
    Notify: "notify",
}


def simulation_json(at: OpenForm, workflow: WorkflowDefinition, played: Simulation) -> Json:
    """What happened, where it stands and what would come; values only where `at` lets them be read."""
    instance = played.instance
    return {
        "status": instance.status,
        "status_label": status_label(workflow, instance.status),
        "now": played.world.now,
        "wakes_at": played.wakes.at if played.wakes else None,
        "wakes": _waking(workflow, played.wakes),
        "may_withdraw": may_be_withdrawn(workflow, instance),
        "settled": list(played.settled),
        "steps": [_step(at, workflow, step) for step in played.steps],
        "tasks": [_task(at, workflow, played, task) for task in instance.tasks],
        "effects": [
            told for wish in played.wishes if (told := _effect(at, workflow, played, wish)) is not None
        ],
        "expected": [
            {
                "node": stop.node,
                "label": node_label(workflow, stop.node),
                "people": persons(at.directory, stop.people),
            }
            for stop in predict(workflow, instance, played.world)
        ],
        "issues": list(played.issues),
    }


def _task(at: OpenForm, workflow: WorkflowDefinition, played: Simulation, task: Task) -> Json:
    node = workflow.nodes.get(task.node)
    return {
        "node": task.node,
        "label": node_label(workflow, task.node),
        "user": person(at.directory, task.user),
        "for_user": person(at.directory, task.for_user),
        "kind": task.kind,
        "state": task.state,
        "added_by": person(at.directory, task.added_by),
        "opened_at": task.opened_at,
        "due_at": task.due_at,
        "decisions": [
            {
                "key": one.key,
                "label": decision_label(node, one.key),
                "to": [
                    {"key": key, "label": node_label(workflow, None if key == "start" else key)}
                    for key in one.to
                ],
                "then": list(one.then),
                "where": list(one.where),
                "signature": one.signature,
            }
            for one in decisions_of(workflow, played.instance, task.id)
        ],
    }


def _waking(workflow: WorkflowDefinition, wakes: Waking | None) -> Json | None:
    if wakes is None:
        return None
    label = node_label(workflow, wakes.node)
    return {"at": wakes.at, "kind": wakes.kind, "node": wakes.node, "label": label}


def _step(at: OpenForm, workflow: WorkflowDefinition, step: Step) -> Json:
    decision, to = step.detail.get("decision"), step.detail.get("to")
    node = workflow.nodes.get(step.node) if step.node is not None else None
    return {
        "number": step.number,
        "node": step.node,
        "label": step_label(workflow, step.event, step.node, step.detail),
        "from": step.detail.get("from"),
        "event": step.event,
        "at": step.at,
        "user": person(at.directory, step.user),
        "people": persons(at.directory, step.detail.get("people", ())),
        "decision": decision,
        "decision_label": decision_label(node, decision) if decision else None,
        "comment": step.detail.get("comment"),
        "signed": step.detail.get("signed", False),
        "to": node_label(workflow, to) if isinstance(to, str) else None,
    }


def _effect(at: OpenForm, workflow: WorkflowDefinition, played: Simulation, wish: Wish) -> Json | None:
    """What would be done to data, and who would be told; None for what only concerns time."""
    effect = wish.effect
    kind = _KINDS.get(type(effect))
    if kind is None:
        return None
    notice = effect if isinstance(effect, Notify) else None
    task = played.instance.task(notice.task) if notice is not None and notice.task is not None else None
    node = getattr(effect, "node", None) if task is None else task.node
    values = list(_values(at, workflow, wish))
    return {
        "kind": kind,
        "node": node,
        "label": node_label(workflow, node) if node is not None else None,
        "step": wish.step,
        "at": wish.world.now,
        "fields": [one["key"] for one in values],
        "values": values,
        "call": _call(workflow, wish),
        "notice": notice.kind if notice is not None else None,
        "people": persons(at.directory, effect.users if isinstance(effect, Notify | SendMessage) else ()),
    }


def _call(workflow: WorkflowDefinition, wish: Wish) -> Json | None:
    """What would be called; secrets are only named."""
    if not isinstance(wish.effect, CallWebhook) or not isinstance(wish.world, RecordWorld):
        return None
    request = request_of(workflow.nodes[wish.effect.node].settings, wish.world)
    return {
        "method": request["method"],
        "url": shown(request["url"]),
        "body": shown(request.get("body", ())) or None,
    }


def _values(at: OpenForm, workflow: WorkflowDefinition, wish: Wish) -> Iterator[Json]:
    """The values that fields would get, in words; "" where they are emptied or may not be read."""
    there, values = at, dict[str, Any]()
    match wish.effect:
        case SetFields(values=given):
            values = dict(given)
        case CreateRecord(node=node) | UpdateRecords(node=node):
            settings = workflow.nodes[node].settings
            there = at.beside(_target(at, settings))
            if isinstance(wish.effect, CreateRecord):
                values = {key: wish.world.evaluate(text) for key, text in settings.get("values", {}).items()}
            else:
                # Which records these are, and so what they get, shows only when it happens.
                values = dict.fromkeys(settings.get("values", {}))
    for key, value in sorted(values.items()):
        field = there.form.field(key)
        if field is not None:
            shown = value is not None and key in there.access.readable
            yield {"key": key, "label": field.label, "text": _text(there, field, value) if shown else ""}


def _target(at: OpenForm, settings: Mapping[str, Any]) -> str:
    """The form of the records that a node makes or changes."""
    linked = at.form.relations.get(str(settings.get("relation")))
    if linked is not None and linked.references is not None:
        return linked.references
    inverse = next((one for one in at.form.inverses if one.key == settings.get("list")), None)
    if inverse is None:
        return str(settings.get("form", at.form.key))
    return at.app.compiled.forms[inverse.form].parent or inverse.form


def _text(at: OpenForm, field: Field, value: Any) -> str:
    """A value as people read it; an expression may have given it in another shape than the field stores."""
    try:
        value = field.type.parse(field, value, record_context(at, (), {}, FarValues(at)).parsing)
    except ValueProblem:
        return str(value)
    return field.type.to_text(field, value, show_context(at, [{field.key: value}], [field]))
