"""The boxes: what the actor has to do, did, started, and was told of."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from joinery.directory import Actor, Directory
from joinery.kernel import InvalidInput, Issue
from joinery.runtime.records.open_form import open_app
from joinery.runtime.unit import Unit
from joinery.runtime.workflows.definitions import at_version
from joinery.runtime.workflows.people import person, persons
from joinery.runtime.workflows.words import decision_label, node_label, status_label
from joinery.storage import apps, directory, workflow_tasks
from joinery.storage.workflow_instances import StoredInstance
from joinery.storage.workflow_tasks import Box, BoxFilter, StoredTask

Json = dict[str, Any]
Query = Mapping[str, Any]

PAGE = 50

#: Decisions that many tasks can be given at once.
AT_ONCE = ("approve", "reject", "submit")


def list_tasks(unit: Unit, actor: Actor, query: Query) -> Json:
    """One page of a box of the actor; raises InvalidInput for a wrong cursor or day."""
    name: Box = query.get("box", "todo")
    wanted = filter_of(unit, actor, query)
    limit = query.get("limit", PAGE)
    found = workflow_tasks.box(unit, user_of(actor), name, wanted, limit + 1)
    page = found[:limit]
    return {
        "tasks": show_rows(unit, name, page),
        "next_cursor": str(_id_of(page[-1])) if len(found) > limit else None,
    }


def count_tasks(unit: Unit, actor: Actor) -> Json:
    """How much the actor has to do, in all and by app, what of it is late, and copies he has not opened."""
    return workflow_tasks.counts(unit, user_of(actor), unit.now, actor.apps)


def facets(unit: Unit, actor: Actor, query: Query) -> Json:
    """What a box can be filtered by: the apps, workflows, nodes and initiators in it."""
    rows = workflow_tasks.facets(unit, user_of(actor), query.get("box", "todo"), actor.apps)
    people = directory.load(unit)
    installed = {one.key for one in apps.list_apps(unit)}
    keys = [key for key in dict.fromkeys(row["app"] for row in rows) if key in installed]
    shown = [row for row in rows if row["app"] in keys and query.get("app") in (None, row["app"])]
    initiators = [row["initiator"] for row in shown if row["initiator"] is not None]
    return {
        "apps": [
            {"key": key, "label": open_app(unit, key).compiled.definition.label} for key in sorted(keys)
        ],
        "workflows": _workflows(unit, shown),
        "nodes": _nodes(unit, shown),
        "initiators": sorted(persons(people, initiators), key=lambda one: one["name"]),
    }


def filter_of(unit: Unit, actor: Actor, query: Query) -> BoxFilter:
    """What is asked for; raises InvalidInput for a cursor or day that is none."""
    issues: list[Issue] = []
    cursor = query.get("cursor")
    if cursor is not None and not (cursor.isascii() and cursor.isdigit() and len(cursor) < 19):
        issues.append(Issue("/cursor", "wrong_cursor"))
    zone = ZoneInfo(unit.workspace.time_zone)
    since, until = (_moment(query.get(name), name, zone, issues) for name in ("from", "until"))
    if issues:
        raise InvalidInput(issues=issues)
    return BoxFilter(
        apps=actor.apps,
        app=query.get("app"),
        form=query.get("form"),
        workflow=query.get("workflow"),
        node=query.get("node"),
        initiator=query.get("initiator"),
        status=query.get("status"),
        search=(query.get("search") or "").strip() or None,
        since=since,
        until=until,
        waiting_for=query.get("waiting_for"),
        overdue=unit.now if query.get("overdue") else None,
        oldest_first=query.get("sort") == "opened_at",
        after=int(cursor) if cursor is not None else None,
    )


def show_rows(
    unit: Unit,
    box: str,
    rows: Sequence[tuple[StoredTask | None, StoredInstance]],
    tasks: Sequence[StoredTask] | None = None,
) -> list[Json]:
    """Entries of a box as the API tells them; `tasks` are those of the instances, where they are known."""
    people = directory.load(unit)
    if tasks is None:
        tasks = workflow_tasks.of_instances(unit, [one.id for _, one in rows]) if rows else ()
    waiting: dict[int, list[int]] = {}
    for task in tasks:
        if task.state == "open" and task.kind != "copy":
            waiting.setdefault(task.instance_id, []).append(task.user_id)
    return [show_row(unit, people, box, task, one, waiting.get(one.id, ())) for task, one in rows]


def show_row(
    unit: Unit,
    people: Directory,
    box: str,
    task: StoredTask | None,
    instance: StoredInstance,
    waiting: Sequence[int],
) -> Json:
    """A task with its instance; in the box of what one started the instance alone."""
    workflow, _ = at_version(unit, instance.version_id)
    node = workflow.nodes.get(task.node) if task else None
    decision = task.decision if task else None
    offered = (node.settings.get("decisions", {}) if node else {}) if task and task.state == "open" else None
    at_once: list[str] = []
    signed: list[str] = []
    if offered is not None and node is not None and node.settings.get("batch", True):
        usual = ("approve", "reject") if node.type == "approval" else ("submit",)
        if task is not None and task.kind in ("decide", "fill"):
            at_once = [key for key in usual if offered.get(key) is not False]
            signed = [key for key in at_once if (offered.get(key) or {}).get("signature", "no") == "required"]
    return {
        "id": task.id if task else None,
        "box": box,
        "kind": task.kind if task else "instance",
        "state": task.state if task else None,
        "app": instance.app,
        "form": instance.form,
        "form_label": form_label(unit, instance),
        "record": {"id": instance.record_id, "title": instance.title},
        "instance": {
            "id": instance.id,
            "workflow": instance.workflow,
            "label": workflow.label,
            "status": instance.status,
            "status_label": status_label(workflow, instance.status),
        },
        "node": {"key": task.node, "label": node_label(workflow, task.node)} if task else None,
        "initiator": person(people, instance.initiator),
        "for_user": person(people, task.for_user_id) if task else None,
        "opened_at": task.opened_at if task else instance.started_at,
        "due_at": task.due_at if task else None,
        "decided_at": task.decided_at if task else instance.ended_at,
        "decision": decision,
        "decision_label": decision_label(node, decision) if decision else None,
        "comment": task.comment if task else None,
        "read": task is None or task.read_at is not None,
        "waiting_for": persons(people, waiting),
        "batch": at_once,
        "signed": signed,
    }


def form_label(unit: Unit, instance: StoredInstance) -> Mapping[str, str]:
    """What the form of an instance is called; its key where it is no longer there."""
    installed = {one.key for one in apps.list_apps(unit)}
    if instance.app in installed:
        form = open_app(unit, instance.app).compiled.forms.get(instance.form)
        if form is not None:
            return form.label
    return {"en": instance.form, "zh": instance.form}


def user_of(actor: Actor) -> int:
    """The user who acts; the system has no boxes."""
    assert actor.user_id is not None, "only people who are signed in have tasks"
    return actor.user_id


def _workflows(unit: Unit, rows: Sequence[Query]) -> list[Json]:
    found: dict[tuple[str, str], Json] = {}
    for row in rows:
        known = open_app(unit, row["app"]).compiled.definition.workflows.get(row["workflow"])
        label = known.label if known else {"en": row["workflow"], "zh": row["workflow"]}
        told = {"app": row["app"], "key": row["workflow"], "label": label}
        found.setdefault((row["app"], row["workflow"]), told)
    return [found[key] for key in sorted(found)]


def _nodes(unit: Unit, rows: Sequence[Query]) -> list[Json]:
    found: dict[tuple[str, str, str], Json] = {}
    for row in rows:
        if row["node"] is None:
            continue
        known = open_app(unit, row["app"]).compiled.definition.workflows.get(row["workflow"])
        label = node_label(known, row["node"]) if known else {"en": row["node"], "zh": row["node"]}
        told = {"app": row["app"], "workflow": row["workflow"], "key": row["node"], "label": label}
        found.setdefault((row["app"], row["workflow"], row["node"]), told)
    return [found[key] for key in sorted(found)]


def _id_of(row: tuple[StoredTask | None, StoredInstance]) -> int:
    task, instance = row
    return task.id if task is not None else instance.id


def _moment(text: str | None, name: str, zone: ZoneInfo, issues: list[Issue]) -> datetime | None:
    if text is None:
        return None
    try:
        found = datetime.fromisoformat(text)
    except ValueError:
        issues.append(Issue(f"/{name}", "not_a_day"))
        return None
    return found.replace(tzinfo=zone) if found.tzinfo is None else found
