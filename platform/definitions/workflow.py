"""What an app says about its workflows; the JSON becomes frozen values here.

What only the type of a node knows about stays JSON in `settings`; `joinery.workflows` reads it.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

from joinery.definitions.audience import Audience, dump_audience, load_audience

Json = Mapping[str, Any]
Text = Mapping[str, str]

#: Until when the initiator may withdraw an instance.
WithdrawRule = Literal["never", "before_decision", "any_time"]
#: When that is stored which sets off a start.
SaveRule = Literal["at_once", "when_approved"]


@dataclass(frozen=True, slots=True, kw_only=True)
class StartDefinition:
    """What starts an instance: a new record, a change of one of `fields` (of any when there are none), a
    button, a schedule, a program. `when` is a condition over the record; `roles` may press the button, () for
    everybody who may change the record. What sets off a start that is saved "when_approved" is kept beside
    the record until the workflow ends as approved. Only by those of `allowed_to` it starts, None is for
    everybody.
    """

    on: Literal["create", "change", "button", "schedule", "automation"]
    label: Text | None = None
    fields: tuple[str, ...] = ()
    when: str | None = None
    roles: tuple[str, ...] = ()
    allowed_to: Audience | None = None
    confirm: Text | None = None
    save: SaveRule = "at_once"
    #: Of a schedule: on which `days` of week or month (1 is Monday, or the first; -1 the last of a month),
    #: at what time, and of which records: those whose date, {"field": .., "offset": days}, has come, or all.
    every: Literal["day", "week", "month"] = "day"
    days: tuple[int, ...] = ()
    at: str = "00:00"
    date: Mapping[str, Any] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class LockDefinition:
    """What others do not change while it runs: `fields` (None for all) but for `apart_from`."""

    fields: tuple[str, ...] | None = None
    apart_from: tuple[str, ...] = ()

    def holds(self, key: str) -> bool:
        """Whether the field of this key is locked."""
        return (self.fields is None or key in self.fields) and key not in self.apart_from


@dataclass(frozen=True, slots=True, kw_only=True)
class NodeDefinition:
    """One box of a workflow; `next` is the node to go on with, None where its type has other ways or none."""

    key: str
    type: str
    label: Text
    next: str | None = None
    #: The option of the state field that is set when it is entered.
    state: str | None = None
    settings: Json = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class WorkflowDefinition:
    """An approval workflow over the records of `form`.

    `state` names the choice field (under "field") and its option for each status that has one.
    """

    app: str
    key: str
    label: Text
    form: str
    first: str
    description: Text | None = None
    icon: str | None = None
    enabled: bool = True
    #: Whom it is shown to: its buttons and its runs; None is everybody who sees the record.
    visible_to: Audience | None = None
    starts: tuple[StartDefinition, ...] = ()
    title: str | None = None
    state: Mapping[str, str] = field(default_factory=dict)
    lock: LockDefinition = field(default_factory=LockDefinition)
    withdraw: WithdrawRule = "before_decision"
    #: In the order of the document.
    nodes: Mapping[str, NodeDefinition] = field(default_factory=dict)
    #: Scenarios by key, as JSON.
    tests: Mapping[str, Json] = field(default_factory=dict)


#: Properties of a node that do not belong to its type.
_COMMON = ("type", "label", "next", "state")


def load_workflow(app: str, key: str, body: Json) -> WorkflowDefinition:
    """A workflow of this key from its JSON, which must have passed the checks."""
    return WorkflowDefinition(
        app=app,
        key=key,
        label=body["label"],
        form=body["form"],
        first=body["first"],
        description=body.get("description"),
        icon=body.get("icon"),
        enabled=body.get("enabled", True),
        visible_to=load_audience(body),
        starts=tuple(_load_start(start) for start in body["starts"]),
        title=body.get("title"),
        state=dict(body.get("state", {})),
        lock=_load_lock(body.get("lock", {"fields": "all"})),
        withdraw=body.get("withdraw", "before_decision"),
        nodes={name: _load_node(name, node) for name, node in body["nodes"].items()},
        tests=dict(body.get("tests", {})),
    )


def dump_workflow(workflow: WorkflowDefinition) -> dict[str, Any]:
    """The JSON of a workflow, without what is the default anyway."""
    body = {
        "label": workflow.label,
        "description": workflow.description,
        "icon": workflow.icon,
        "form": workflow.form,
        "enabled": None if workflow.enabled else False,
        **dump_audience(workflow.visible_to),
        "starts": [dump_start(start) for start in workflow.starts],
        "title": workflow.title,
        "state": dict(workflow.state),
        "lock": _dump_lock(workflow.lock),
        "withdraw": None if workflow.withdraw == "before_decision" else workflow.withdraw,
        "first": workflow.first,
        "nodes": {key: _dump_node(node) for key, node in workflow.nodes.items()},
        "tests": dict(workflow.tests),
    }
    return {name: value for name, value in body.items() if value not in (None, {}) or name == "visible_to"}


def _load_start(body: Json) -> StartDefinition:
    return StartDefinition(
        on=body["on"],
        label=body.get("label"),
        fields=tuple(body.get("fields", ())),
        when=body.get("when"),
        roles=tuple(body.get("roles", ())),
        allowed_to=load_audience(body, "allowed_to"),
        confirm=body.get("confirm"),
        save=body.get("save", "at_once"),
        every=body.get("every", "day"),
        days=tuple(body.get("days", ())),
        at=body.get("at", "00:00"),
        date={"offset": 0, **body["date"]} if "date" in body else None,
    )


def dump_start(start: StartDefinition) -> dict[str, Any]:
    """The JSON of a start, without what is the default anyway."""
    body = {
        "on": start.on,
        "label": start.label,
        "fields": list(start.fields),
        "when": start.when,
        "roles": list(start.roles),
        **dump_audience(start.allowed_to, "allowed_to"),
        "confirm": start.confirm,
        "save": None if start.save == "at_once" else start.save,
        "every": None if start.every == "day" else start.every,
        "days": list(start.days),
        "at": start.at if start.on == "schedule" else None,
        "date": None if start.date is None else dict(start.date),
    }
    return {name: value for name, value in body.items() if value or name == "allowed_to"}


def _load_lock(body: Json) -> LockDefinition:
    fields = body["fields"]
    return LockDefinition(
        fields=None if fields == "all" else tuple(fields), apart_from=tuple(body.get("except", ()))
    )


def _dump_lock(lock: LockDefinition) -> dict[str, Any] | None:
    if lock == LockDefinition():
        return None
    body: dict[str, Any] = {"fields": "all" if lock.fields is None else list(lock.fields)}
    return body | ({"except": list(lock.apart_from)} if lock.apart_from else {})


def _load_node(key: str, body: Json) -> NodeDefinition:
    return NodeDefinition(
        key=key,
        type=body["type"],
        label=body["label"],
        next=body.get("next"),
        state=body.get("state"),
        settings={name: value for name, value in body.items() if name not in _COMMON},
    )


def _dump_node(node: NodeDefinition) -> dict[str, Any]:
    head = {"type": node.type, "label": node.label, **node.settings, "next": node.next, "state": node.state}
    return {name: value for name, value in head.items() if value is not None}
