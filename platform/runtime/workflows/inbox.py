"""What the actor was told within the product."""

from collections.abc import Collection, Mapping
from typing import Any

from joinery.directory import Actor
from joinery.kernel import InvalidInput, Issue, label_key, message
from joinery.runtime.unit import Unit
from joinery.runtime.workflows.definitions import at_version
from joinery.runtime.workflows.people import person
from joinery.runtime.workflows.words import MAILED, decision_label, node_label, status_label
from joinery.storage import directory, notifications, workflow_instances
from joinery.storage.notifications import StoredNotification
from joinery.storage.workflow_instances import StoredInstance


def list_notifications(
    unit: Unit, actor: Actor, *, unread: bool = False, cursor: str | None = None, limit: int = 30
) -> dict[str, Any]:
    """A page of what the actor was told, the newest first, and how much of all of it he has not seen."""
    assert actor.user_id is not None, "only people who are signed in are told things"
    found = notifications.of_user(unit, actor.user_id, unread=unread, before=_before(cursor), limit=limit + 1)
    page = found[:limit]
    shown = [told for one in page if (told := _json(unit, actor, one)) is not None]
    return {
        "notifications": shown,
        "unread": notifications.count_unread(unit, actor.user_id),
        "next_cursor": str(page[-1].id) if len(found) > limit else None,
    }


def mark_read(unit: Unit, actor: Actor, ids: Collection[int] | None) -> dict[str, Any]:
    """Note that the actor saw these, or all when None; how much is left."""
    assert actor.user_id is not None, "only people who are signed in are told things"
    notifications.mark_read(unit, actor.user_id, ids, unit.now)
    return {"unread": notifications.count_unread(unit, actor.user_id)}


def _json(unit: Unit, actor: Actor, one: StoredNotification) -> dict[str, Any] | None:
    instance = None if one.instance_id is None else workflow_instances.get(unit, one.instance_id)
    if instance is None or not actor.may_enter(instance.app):
        return None
    people = directory.load(unit)
    by = person(people, one.data.get("by"))
    return {
        "id": one.id,
        "kind": one.kind,
        "text": text_of(unit, actor.language, one.kind, instance, one.data),
        "at": one.at,
        "read": one.read_at is not None,
        "task": one.task_id,
        "app": instance.app,
        "form": instance.form,
        "record": {"id": instance.record_id, "title": instance.title},
        "by": by,
    }


def text_of(unit: Unit, language: str, kind: str, instance: StoredInstance, data: Mapping[str, Any]) -> str:
    """A notification in words; a message says what its node made of the record."""
    if kind == "message":
        return "\n\n".join(filter(None, (data["subject"], data["text"])))
    workflow, _ = at_version(unit, instance.version_id)
    by = person(directory.load(unit), data.get("by"))
    key = label_key(language)
    words = {
        "title": instance.title or f"#{instance.record_id}",
        "workflow": workflow.label[key],
        "node": node_label(workflow, data.get("node"))[key],
        "status": status_label(workflow, data.get("status") or instance.status)[key],
        "decision": decision_label(None, data.get("decision") or "approve")[key],
        "by": by["name"] if by else workflow.label[key],
    }
    return message(f"notify_{kind}" if kind in MAILED else "notify_other", language, words)


def _before(cursor: str | None) -> int | None:
    if cursor is None:
        return None
    if not (cursor.isascii() and cursor.isdigit() and len(cursor) < 19):
        raise InvalidInput(issues=[Issue("/cursor", "wrong_cursor")])
    return int(cursor)
