"""Runs of workflows from outside of their tasks: starting, taking back, and what administrators do."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from joinery.directory import Actor
from joinery.kernel import Conflict, Forbidden, InvalidInput, Issue, NotFound
from joinery.permissions import EVERYTHING
from joinery.runtime import audit
from joinery.runtime.kinds import INSTANCE, RECORD, WORKFLOW
from joinery.runtime.records.batch import save_many
from joinery.runtime.records.open_form import open_app, open_form, open_unchecked
from joinery.runtime.records.stored_record import require_record
from joinery.runtime.unit import Unit
from joinery.runtime.workflows.automated import START, may_act_as_program, start_by_automation
from joinery.runtime.workflows.calls import is_first
from joinery.runtime.workflows.definitions import run_is_shown, shown_of_form
from joinery.runtime.workflows.instance_json import show_instances
from joinery.runtime.workflows.people import person
from joinery.runtime.workflows.record_page import startable
from joinery.runtime.workflows.runner import Runner, begin, hold
from joinery.runtime.workflows.tasks import user_of
from joinery.runtime.workflows.words import node_label, status_label
from joinery.storage import directory, records, workflow_instances, workflow_tasks, workflow_versions
from joinery.storage.workflow_instances import StoredInstance
from joinery.workflows import (
    Cancelled,
    Event,
    Moved,
    Reactivated,
    Reassigned,
    Retried,
    Urged,
    UrgedLately,
    Withdrawn,
)

Json = dict[str, Any]

#: How long after urging the same person may urge again.
URGE_AFTER = timedelta(hours=4)

WITHDRAW: Mapping[str, str] = {"en": "withdraw this workflow now", "zh": "撤回此流程"}
URGE: Mapping[str, str] = {"en": "urge people in this workflow", "zh": "催办此流程"}
ADMINISTER: Mapping[str, str] = {"en": "administer the workflows of this app", "zh": "管理此应用的流程"}


class AlreadyRunning(Conflict):
    """The workflow runs on the record already."""

    code = "workflow_already_running"


def start(unit: Unit, actor: Actor, app: str, form: str, record_id: int, body: Mapping[str, Any]) -> Json:
    """Start a workflow that has a button, or as a program one that is started so, on a record that the actor
    may see.

    Said once more under the same `key` it is told what became of it. Raises NotFound for a record or workflow
    that is not there for him, Forbidden when it may not be started here and now, AlreadyRunning.
    """
    key = body["workflow"]
    at = open_form(unit, actor, app, form)
    require_record(at, record_id)
    automated = may_act_as_program(at, key)
    if not automated and not any(found.key == key for found in shown_of_form(at)):
        raise NotFound(kind=WORKFLOW)
    values = records.get(
        unit, at.table, record_id, at.access.rows, at.evaluation, for_update=True, lines=True
    )
    if values is None:
        raise NotFound(kind=RECORD)
    if not is_first(unit, user_of(actor), f"start:{app}:{form}:{record_id}:{key}", body.get("key")):
        runs = workflow_instances.history_of(unit, app, form, record_id)
        return _tell(unit, actor, next(run.id for run in runs if run.workflow == key))
    if any(workflow.key == key for workflow, _ in startable(at, values)):
        runner = begin(at, key, values, user_of(actor), save_many, comment=body.get("comment"))
    elif automated:
        comment = body.get("comment")
        runner = start_by_automation(at, key, values, user_of(actor), save_many, comment=comment)
    else:
        raise Forbidden(action=START)
    if runner is None:
        raise AlreadyRunning()
    return _tell(unit, actor, runner.instance.id)


def get_instance(unit: Unit, actor: Actor, instance_id: int) -> Json:
    """A run on a record that the actor sees, or in which he has a part; raises NotFound."""
    _visible(unit, actor, instance_id)
    return _tell(unit, actor, instance_id)


def withdraw(unit: Unit, actor: Actor, instance_id: int, comment: str | None) -> Json:
    """Take back what one started; raises NotFound, Forbidden when it is too late or not allowed."""
    stored = _visible(unit, actor, instance_id)
    if stored.initiator != actor.user_id:
        raise Forbidden(action=WITHDRAW)
    return _happen(unit, actor, instance_id, Withdrawn(user_of(actor), comment))


def urge(unit: Unit, actor: Actor, instance_id: int) -> Json:
    """Remind those whose turn it is; only the initiator and administrators may.

    Raises UrgedLately where the same person did so within the last hours.
    """
    stored = _visible(unit, actor, instance_id)
    if stored.initiator != actor.user_id and not actor.administers(stored.app):
        raise Forbidden(action=URGE)
    lately = unit.now - URGE_AFTER
    if any(
        step.event == "urged" and step.user_id == actor.user_id and step.at > lately
        for step in workflow_instances.steps_of(unit, [instance_id])
    ):
        raise UrgedLately(hours=round(URGE_AFTER.total_seconds() / 3600))
    return _happen(unit, actor, instance_id, Urged(user_of(actor)))


def cancel(unit: Unit, actor: Actor, instance_id: int, reason: str) -> Json:
    """End a run for good."""
    return _manage(unit, actor, instance_id, Cancelled(user_of(actor), reason), "workflow_cancelled", reason)


def move(unit: Unit, actor: Actor, instance_id: int, to: str, reason: str, token: int | None) -> Json:
    """Let a run go on at the node `to`; with `token` only that way of it."""
    event = Moved(user_of(actor), token, to, reason)
    return _manage(unit, actor, instance_id, event, "workflow_moved", reason)


def reassign(unit: Unit, actor: Actor, instance_id: int, task_id: int, user: int, reason: str) -> Json:
    """Give an open task of a run to somebody else."""
    _administered(unit, actor, instance_id)
    task = workflow_tasks.get(unit, task_id)
    if task is None or task.instance_id != instance_id:
        raise InvalidInput(issues=[Issue("/task", "workflow_unknown_task")])
    found = directory.load(unit).user(user)
    if found is None or not found.active:
        raise InvalidInput(issues=[Issue("/user", "workflow_unknown_user")])
    event = Reassigned(user_of(actor), task.number, user, reason)
    return _manage(unit, actor, instance_id, event, "workflow_reassigned", reason)


def retry(unit: Unit, actor: Actor, instance_id: int) -> Json:
    """Try once more what failed."""
    return _manage(unit, actor, instance_id, Retried(user_of(actor), None), "workflow_retried", None)


def reactivate(unit: Unit, actor: Actor, instance_id: int, to: str, reason: str) -> Json:
    """Let a run that has ended go on at the node `to`.

    Raises AlreadyRunning where another one of the workflow runs on the record, InstanceRuns, and NotFound
    where the record was deleted.
    """
    stored = _administered(unit, actor, instance_id)
    # Nobody starts one on the record while it is held.
    hold(unit, actor, instance_id, save_many)
    ids = [] if stored.record_id is None else [stored.record_id]
    others = workflow_instances.of_records(unit, stored.app, stored.form, ids)
    if any(one.workflow == stored.workflow and one.id != instance_id for one in others):
        raise AlreadyRunning()
    event = Reactivated(user_of(actor), to, reason)
    return _manage(unit, actor, instance_id, event, "workflow_reactivated", reason)


def list_versions(unit: Unit, actor: Actor, app: str, workflow: str) -> Json:
    """The versions of a workflow, the newest first; raises NotFound."""
    open_app(unit, app)
    found = workflow_versions.history(unit, app, workflow)
    if not found:
        raise NotFound(kind=WORKFLOW)
    people = directory.load(unit)
    return {
        "versions": [
            {
                "number": one.number,
                "published_at": one.published_at,
                "published_by": person(people, one.published_by),
                "running": running,
                "definition": one.definition,
            }
            for one, running in found
        ]
    }


def _manage(unit: Unit, actor: Actor, instance_id: int, event: Event, kind: str, reason: str | None) -> Json:
    """What administrators do to a run; the log keeps how it stood before and after.

    Raises NotFound, and Forbidden for somebody who sees the run and does not administer its app.
    """
    stored = _administered(unit, actor, instance_id)
    runner = hold(unit, actor, instance_id, save_many)
    before = _standing(runner)
    runner.advance(event)
    after = {"instance": instance_id, "workflow": stored.workflow, "reason": reason, **_standing(runner)}
    subject = f"{stored.app}.{stored.form}: {stored.title}"
    audit.record(unit, actor, kind, subject=subject, before=before, after=after, app=stored.app)
    runner.end_for_parent()
    return _tell(unit, actor, instance_id)


def _standing(runner: Runner) -> Json:
    """Where a run is, and whose turn it is."""
    instance = runner.instance
    places = dict.fromkeys(token.node for token in instance.tokens)
    return {
        "status": status_label(runner.workflow, instance.status),
        "nodes": [node_label(runner.workflow, place) for place in places],
        "turn_of": [task.user for task in instance.tasks if task.state in ("open", "held")],
    }


def _happen(unit: Unit, actor: Actor, instance_id: int, event: Event) -> Json:
    runner = hold(unit, actor, instance_id, save_many)
    runner.advance(event)
    runner.end_for_parent()
    return _tell(unit, actor, instance_id)


def _administered(unit: Unit, actor: Actor, instance_id: int) -> StoredInstance:
    found = _visible(unit, actor, instance_id)
    if not actor.administers(found.app):
        raise Forbidden(action=ADMINISTER)
    return found


def _visible(unit: Unit, actor: Actor, instance_id: int) -> StoredInstance:
    """An instance that is shown to the actor, of a record that he may see; or that he started, or in which he
    has a task."""
    found = workflow_instances.get(unit, instance_id)
    if found is None or not actor.may_enter(found.app):
        raise NotFound(kind=INSTANCE)
    if actor.administers(found.app) or found.initiator == actor.user_id:
        return found
    if workflow_tasks.holds_task(unit, user_of(actor), [instance_id]):
        return found
    at = open_unchecked(unit, actor, found.app, found.form)
    ids = [] if found.record_id is None else [found.record_id]
    there = at.access.allows("view") and records.titles(unit, at.table, ids, at.access.rows, at.evaluation)
    if not there or not run_is_shown(at, found):
        raise NotFound(kind=INSTANCE)
    return found


def _tell(unit: Unit, actor: Actor, instance_id: int) -> Json:
    stored = workflow_instances.get(unit, instance_id)
    assert stored is not None, "it was looked up before"
    at = open_unchecked(unit, actor, stored.app, stored.form)
    record = None
    if stored.record_id is not None:
        record = records.get(unit, at.table, stored.record_id, EVERYTHING, at.evaluation, lines=True)
    [shown] = show_instances(at, [stored], record)
    return shown
