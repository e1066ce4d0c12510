"""What administrators look over: the runs of their apps, and many of these handed over at once."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from joinery.definitions import Label
from joinery.directory import Actor
from joinery.kernel import PlatformError, issue_message, label_key
from joinery.runtime.records.open_form import open_app
from joinery.runtime.unit import Unit
from joinery.runtime.workflows.definitions import at_version
from joinery.runtime.workflows.managing import reassign
from joinery.runtime.workflows.people import persons
from joinery.runtime.workflows.tasks import PAGE, filter_of, show_rows
from joinery.runtime.workflows.words import STATUSES, node_label, status_label
from joinery.storage import apps, directory, workflow_instances, workflow_tasks, workflow_versions
from joinery.storage.database_errors import is_retryable
from joinery.storage.workflow_instances import StoredInstance, StoredStep

Json = dict[str, Any]

NOBODY: Label = {"en": "Nobody was found who could be asked.", "zh": "找不到处理人。"}


def list_instances(unit: Unit, actor: Actor, query: Mapping[str, Any]) -> Json:
    """A page of runs of the apps that the actor administers, the newest first: those that have not ended, or
    those of one status. What cannot go on says why, in his language."""
    wanted = replace(filter_of(unit, actor, query), apps=actor.administered)
    limit = query.get("limit", PAGE)
    found = workflow_tasks.instances(unit, wanted, limit + 1)
    page = found[:limit]
    reasons = _reasons(unit, actor, page)
    rows = show_rows(unit, "all", [(None, one) for one in page])
    return {
        "tasks": [{**row, "failure": reasons.get(row["instance"]["id"])} for row in rows],
        "next_cursor": str(page[-1].id) if len(found) > limit else None,
    }


def instance_facets(unit: Unit, actor: Actor, app: str | None) -> Json:
    """What runs can be filtered by: workflows of the apps that the actor administers, as they ran or may run,
    how they can stand, for whom they wait; and how many cannot go on."""
    keys = [one.key for one in apps.list_apps(unit) if actor.administers(one.key) and app in (None, one.key)]
    workflows: dict[tuple[str, str], Json] = {}
    statuses: dict[str, Mapping[str, str]] = dict(STATUSES)
    for key in keys:
        published = open_app(unit, key).compiled.definition.workflows
        for name, version in workflow_versions.newest(unit, key).items():
            workflow = published.get(name)
            label = version.definition["label"] if workflow is None else workflow.label
            workflows[key, name] = {"app": key, "key": name, "label": label}
        for workflow in published.values():
            for node in workflow.nodes.values():
                result = node.settings.get("result") if node.type == "end" else None
                if result is not None:
                    statuses.setdefault(result, status_label(workflow, result))
    people = directory.load(unit)
    return {
        "workflows": [workflows[one] for one in sorted(workflows)],
        "statuses": [{"key": key, "label": label} for key, label in statuses.items()],
        "waiting_for": sorted(
            persons(people, workflow_tasks.asked_in(unit, keys)), key=lambda one: one["name"]
        ),
        "stuck": workflow_tasks.count_stuck(unit, keys),
    }


def reassign_many(unit: Unit, actor: Actor, body: Mapping[str, Any]) -> Json:
    """Give the open tasks of these runs, or those of one person in them, to somebody else.

    Each task for itself: how many went over, and which did not and why.
    """
    done = 0
    refused: list[Json] = []
    for instance_id in sorted(set(body["instances"])):
        for task_id in _open_tasks(unit, instance_id, body.get("from")):
            point = unit.connection.begin_nested()
            try:
                reassign(unit, actor, instance_id, task_id, body["user"], body["reason"])
                unit.line.settle()
                point.commit()
                done += 1
            except PlatformError as error:
                if is_retryable(error) or not point.is_active:
                    raise
                point.rollback()
                refused.append(_refusal(unit, actor, instance_id, error))
    return {"reassigned": done, "refused": refused}


def _open_tasks(unit: Unit, instance_id: int, user: int | None) -> list[int]:
    return [
        task.id
        for task in workflow_tasks.of_instances(unit, [instance_id])
        if task.state == "open" and task.kind != "copy" and user in (None, task.user_id)
    ]


def _refusal(unit: Unit, actor: Actor, instance_id: int, error: PlatformError) -> Json:
    found = workflow_instances.get(unit, instance_id)
    known = found is not None and actor.administers(found.app)
    words = (error.message(actor.language), *(issue_message(one, actor.language) for one in error.issues))
    return {"id": instance_id, "title": found.title if found and known else "", "message": " ".join(words)}


def _reasons(unit: Unit, actor: Actor, runs: Sequence[StoredInstance]) -> Mapping[int, Json]:
    """Where runs cannot go on, and why, by run: what failed last."""
    held = {one.id: one for one in runs if one.status == "stuck" or one.state.get("unsaved")}
    failed = workflow_instances.failures_of(unit, held)
    return {step.instance_id: _reason(unit, actor, held[step.instance_id], step) for step in failed}


def _reason(unit: Unit, actor: Actor, run: StoredInstance, step: StoredStep) -> Json:
    workflow, _ = at_version(unit, run.version_id)
    said = step.detail.get("message", NOBODY)
    return {
        "node": node_label(workflow, step.node) if step.node is not None else None,
        "message": said[label_key(actor.language)],
        "at": step.at,
    }
