"""The task centre: what people have to do in workflows, did, started and were told of."""

from typing import Any

from flask import Blueprint

from joinery.runtime.workflows import (
    batch_deciding,
    deciding,
    inbox,
    own_settings,
    saved_filters,
    signing,
    task_page,
    task_people,
    tasks,
)
from joinery.web.call import Call, operation

blueprint = Blueprint("tasks", __name__)

_TEXT: dict[str, Any] = {"type": "string", "maxLength": 200}
_BOX: dict[str, dict[str, Any]] = {
    "box": {
        "enum": ["todo", "done", "started", "copied"],
        "description": "what one has to do (the default), did, started, or was told of",
    }
}
_FILTER: dict[str, dict[str, Any]] = {
    "app": _TEXT,
    "form": _TEXT,
    "workflow": _TEXT,
    "node": {**_TEXT, "description": "key of a node"},
    "initiator": {"type": "integer", "minimum": 1, "description": "id of a user"},
    "search": {**_TEXT, "description": "words of the title"},
    "from": {**_TEXT, "description": "opened on this day or moment or later"},
    "until": {**_TEXT, "description": "opened before this day or moment"},
    "overdue": {"type": "boolean", "description": "only what is late"},
    "sort": {"enum": ["-opened_at", "opened_at"]},
    "limit": {"type": "integer", "minimum": 1, "maximum": 200},
    "cursor": _TEXT,
}


@blueprint.get("/tasks")
@operation(query={**_BOX, **_FILTER}, answer="TaskPage")
def list_tasks(call: Call) -> dict[str, Any]:
    """A page of one of the boxes of the caller, over all apps or narrowed down."""
    return tasks.list_tasks(call.unit, call.actor, call.query)


@blueprint.get("/tasks/counts")
@operation(answer="TaskCounts")
def count_tasks(call: Call) -> dict[str, Any]:
    """How much the caller has to do, by app too, what is late, and copies that he has not opened."""
    return tasks.count_tasks(call.unit, call.actor)


@blueprint.get("/tasks/facets")
@operation(query={**_BOX, "app": _TEXT}, answer="TaskFacets")
def task_facets(call: Call) -> dict[str, Any]:
    """What a box can be filtered by."""
    return tasks.facets(call.unit, call.actor, call.query)


@blueprint.get("/tasks/<record_id:task_id>")
@operation(answer="TaskDetail")
def get_task(call: Call, task_id: int) -> dict[str, Any]:
    """One task of the caller with its record, as far as its node lets him see it, and the workflow."""
    return task_page.get_task(call.unit, call.actor, task_id)


@blueprint.get("/tasks/<record_id:task_id>/people")
@operation(
    query={
        "decision": {
            "enum": ["reassign", "add_approver", "ask"],
            "description": "what they would be named for",
        },
        "search": _TEXT,
    },
    answer="Users",
)
def list_task_people(call: Call, task_id: int) -> dict[str, Any]:
    """The first 50 people whom a decision of a task of the caller may name, by name."""
    return task_people.people_of_task(call.unit, call.actor, task_id, call.query)


@blueprint.post("/tasks/<record_id:task_id>/decision")
@operation(
    query={name: _FILTER[name] for name in ("app", "workflow", "initiator", "search", "overdue")},
    body="Decide",
    answer="Decided",
)
def decide(call: Call, task_id: int) -> dict[str, Any]:
    """Decide, with values of the fields that may be changed; 409 when somebody was faster.

    The next task that is told is one of those that the query leaves of what is to do.
    """
    return deciding.decide(call.unit, call.actor, task_id, call.body, call.query)


@blueprint.post("/tasks/decisions")
@operation(body="DecideMany", answer="DecidedMany")
def decide_many(call: Call) -> dict[str, Any]:
    """Decide many tasks alike, each for itself: those that are refused come back with the reason."""
    return batch_deciding.decide_many(call.unit, call.actor, call.body)


@blueprint.get("/me/delegations")
@operation(answer="Delegations")
def list_delegations(call: Call) -> dict[str, Any]:
    """Who decides for the caller while he is away."""
    return own_settings.list_delegations(call.unit, call.actor)


@blueprint.post("/me/delegations")
@operation(body="AddDelegation", answer="Delegation", status=201, session_only=True)
def add_delegation(call: Call) -> dict[str, Any]:
    """Let somebody decide for the caller while he is away."""
    return own_settings.add_delegation(call.unit, call.actor, call.body)


@blueprint.delete("/me/delegations/<record_id:delegation_id>")
@operation(status=204, session_only=True)
def drop_delegation(call: Call, delegation_id: int) -> None:
    """End a delegation that the caller gave."""
    own_settings.drop_delegation(call.unit, call.actor, delegation_id)


@blueprint.get("/me/task-filters")
@operation(answer="TaskFilters")
def list_filters(call: Call) -> dict[str, Any]:
    """Filters of the boxes that the caller keeps; those of what is to do with how many tasks they leave."""
    return saved_filters.list_filters(call.unit, call.actor)


@blueprint.post("/me/task-filters")
@operation(body="AddTaskFilter", answer="TaskFilter", status=201)
def add_filter(call: Call) -> dict[str, Any]:
    """Keep a filter of a box under a name."""
    return saved_filters.add_filter(call.unit, call.actor, call.body)


@blueprint.patch("/me/task-filters/<record_id:filter_id>")
@operation(body="ChangeTaskFilter", answer="TaskFilter")
def change_filter(call: Call, filter_id: int) -> dict[str, Any]:
    """Give a filter another name or query, or let its box open with it."""
    return saved_filters.change_filter(call.unit, call.actor, filter_id, call.body)


@blueprint.delete("/me/task-filters/<record_id:filter_id>")
@operation(status=204)
def drop_filter(call: Call, filter_id: int) -> None:
    """Forget a filter of one's own."""
    saved_filters.drop_filter(call.unit, call.actor, filter_id)


@blueprint.get("/me/notification-settings")
@operation(answer="NotificationSettings")
def read_notification_settings(call: Call) -> dict[str, Any]:
    """About which kinds of notifications the caller gets mails."""
    return own_settings.read_mails(call.unit, call.actor)


@blueprint.put("/me/notification-settings")
@operation(body="NotificationSettings", answer="NotificationSettings")
def set_notification_settings(call: Call) -> dict[str, Any]:
    """Choose about which kinds of notifications one gets mails; kinds that are missing stay as they are."""
    return own_settings.set_mails(call.unit, call.actor, call.body["mail"])


@blueprint.get("/me/phrases")
@operation(answer="Phrases")
def list_phrases(call: Call) -> dict[str, Any]:
    """Sentences that the caller often writes when he decides."""
    return own_settings.list_phrases(call.unit, call.actor)


@blueprint.post("/me/phrases")
@operation(body="AddPhrase", answer="Phrase", status=201)
def add_phrase(call: Call) -> dict[str, Any]:
    """Keep a sentence."""
    return own_settings.add_phrase(call.unit, call.actor, call.body["text"])


@blueprint.delete("/me/phrases/<record_id:phrase_id>")
@operation(status=204)
def drop_phrase(call: Call, phrase_id: int) -> None:
    """Forget a sentence of one's own."""
    own_settings.drop_phrase(call.unit, call.actor, phrase_id)


@blueprint.get("/me/signature")
@operation(answer="KeptSignature", session_only=True)
def read_signature(call: Call) -> dict[str, Any]:
    """The signature that the caller keeps; none for whoever only looks on as somebody else."""
    if call.session is not None and call.session.previewed_by is not None:
        return {"signature": None}
    return signing.kept_signature(call.unit, call.actor)


@blueprint.put("/me/signature")
@operation(body="KeepSignature", answer="KeptSignature", session_only=True)
def keep_signature(call: Call) -> dict[str, Any]:
    """Keep a signature for the next time."""
    return signing.keep_signature(call.unit, call.actor, call.body["signature"])


@blueprint.delete("/me/signature")
@operation(status=204, session_only=True)
def forget_signature(call: Call) -> None:
    """Keep it no longer; what was signed with it stays signed."""
    signing.forget_signature(call.unit, call.actor)


@blueprint.get("/notifications")
@operation(
    query={
        "unread": {"type": "boolean", "description": "only what was not seen yet"},
        "cursor": _TEXT,
        "limit": {"type": "integer", "minimum": 1, "maximum": 100},
    },
    answer="Notifications",
)
def list_notifications(call: Call) -> dict[str, Any]:
    """What the caller was told, the newest first."""
    query = call.query
    return inbox.list_notifications(
        call.unit,
        call.actor,
        unread=query.get("unread", False),
        cursor=query.get("cursor"),
        limit=query.get("limit", 30),
    )


@blueprint.post("/notifications/read")
@operation(body="ReadNotifications", answer="UnreadNotifications")
def read_notifications(call: Call) -> dict[str, Any]:
    """Note that the caller saw these, or all."""
    return inbox.mark_read(call.unit, call.actor, call.body.get("notifications"))
