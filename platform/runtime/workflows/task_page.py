"""One task with all that its page needs: the record as the node shows it, the decisions, where it stands."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from joinery.directory import Actor
from joinery.kernel import NotFound
from joinery.runtime.apps.descriptions import describe_open
from joinery.runtime.kinds import TASK
from joinery.runtime.records.history import show_entries
from joinery.runtime.records.record_rights import lines_on_record
from joinery.runtime.records.sent_records import show_record
from joinery.runtime.records.stored_record import require_record
from joinery.runtime.unit import Unit
from joinery.runtime.workflows.deciding import next_task
from joinery.runtime.workflows.effects import SOURCE
from joinery.runtime.workflows.instance_json import show_instances
from joinery.runtime.workflows.proposals import proposed_record
from joinery.runtime.workflows.runner import proposal_of
from joinery.runtime.workflows.task_access import OPEN, OpenTask, open_task
from joinery.runtime.workflows.tasks import show_rows
from joinery.runtime.workflows.words import decision_label, node_label
from joinery.storage import history, workflow_tasks
from joinery.workflows import EVERYBODY, decisions_of, read_instance

Json = dict[str, Any]

#: Changes of a record that are looked through for what is new to somebody.
MOST_CHANGES = 200


def get_task(unit: Unit, actor: Actor, task_id: int) -> Json:
    """A task of the actor's own; opening it notes that he saw it. Raises NotFound."""
    opened = open_task(unit, actor, task_id)
    at, task = opened.at, opened.task
    record = stored_record(opened)
    instance = read_instance(opened.instance.state)
    proposal = proposal_of(unit, instance)
    waits = proposal is not None and (record is None or instance.holds_back)
    values = proposed_record(at, record, proposal) if proposal and waits else record or {}
    # Who only looks on, or calls with a key that only reads, leaves no trace.
    if task.read_at is None and unit.writes:
        workflow_tasks.mark_read(unit, task.id, unit.now)
    [shown] = show_rows(unit, "done" if task.state == "done" else "todo", [(task, opened.instance)])
    [workflow] = show_instances(at, [opened.instance], record)
    return {
        "task": {**shown, "read": True},
        "decisions": _decisions(opened),
        "record": show_record(at, values),
        "fields": {
            "readable": sorted(at.access.readable),
            "editable": sorted(opened.editable),
            "required": sorted(opened.required),
        },
        "describe": _describe(opened, values),
        "print": opened.printable,
        "intro": opened.node.settings.get("texts", {}).get("intro") if opened.node is not None else None,
        "changed": _changed(opened, values),
        "workflow": workflow,
        "next_task": next_task(unit, actor, task.id),
    }


def stored_record(opened: OpenTask) -> dict[str, Any] | None:
    """The record, None of one that only waits; raises NotFound where it was deleted."""
    if opened.instance.record_id is None:
        return None
    try:
        return require_record(opened.at, opened.instance.record_id)
    except NotFound as error:
        raise NotFound(kind=TASK) from error


def _decisions(opened: OpenTask) -> list[Json]:
    """What the actor may decide now."""
    if opened.task.state not in OPEN or opened.node is None:
        return []
    instance = read_instance(opened.instance.state)
    return [
        {
            "key": one.key,
            "label": decision_label(opened.node, one.key),
            "comment": one.comment,
            "signature": one.signature,
            "to": [
                {"key": key, "label": node_label(opened.workflow, None if key == "start" else key)}
                for key in one.to
            ],
            "then": list(one.then),
            "where": list(one.where),
            "limited": one.among not in (None, EVERYBODY),
        }
        for one in decisions_of(opened.workflow, instance, opened.task.number)
    ]


def _describe(opened: OpenTask, values: Mapping[str, Any]) -> Json:
    """The form as the task shows it; its page asks for nothing else of the form."""
    described = describe_open(opened.at, ())
    fields = {
        key: {**field, "required": key in opened.required} for key, field in described["fields"].items()
    }
    for key in opened.fixed & fields.keys():
        # The page offers no lines to add and none to remove.
        count = len(values.get(key) or ())
        settings = {**fields[key].get("settings", {}), "min_lines": count, "max_lines": count}
        fields[key] = {**fields[key], "settings": settings}
    return {
        **described,
        "fields": fields,
        "live": False,
        "program": None,
        "record_actions": [],
        "views": [],
        "workflows": [],
    }


def _changed(opened: OpenTask, values: Mapping[str, Any]) -> list[Json]:
    """What of the record is new to the actor: since he last decided here, or since it was started."""
    at, instance = opened.at, opened.instance
    if instance.record_id is None:
        return []
    since = _last_seen(opened)
    entries, _ = history.of_record(
        at.unit, instance.app, instance.form, instance.record_id, cursor=None, limit=MOST_CHANGES, line=None
    )
    found: dict[str, Json] = {}
    # What the workflow itself and the reader did is not new to him.
    told = [
        one for one in entries if one.at >= since and one.source != SOURCE and one.actor != at.actor.user_id
    ]
    for entry in show_entries(at, told, lines_on_record(at, values)):
        for change in entry["changes"]:
            if change["field"] in at.form.fields and "old" in change:
                # The newest come first: what it is now is that of the newest, what it was of the oldest.
                now = {
                    "field": change["field"],
                    "after": change["new"],
                    "by": entry["actor"],
                    "at": entry["at"],
                }
                found.setdefault(change["field"], now)["before"] = change["old"]
    return [one for one in found.values() if one["before"] != one["after"]]


def _last_seen(opened: OpenTask) -> datetime:
    tasks = workflow_tasks.of_instances(opened.at.unit, [opened.instance.id])
    own = [task.decided_at for task in tasks if task.user_id == opened.task.user_id and task.decided_at]
    return max(own, default=opened.instance.started_at)
