"""Deciding a task: the values that the person filled in and the decision are one transaction."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any

from joinery.definitions import JOINT
from joinery.directory import Actor
from joinery.kernel import Conflict, InvalidInput, InvalidRecord, Issue, pointer
from joinery.runtime.records.batch import prepare_many, refuse, save_many
from joinery.runtime.records.operations import Operation
from joinery.runtime.unit import Unit
from joinery.runtime.workflows.calls import is_first
from joinery.runtime.workflows.instance_json import show_instances
from joinery.runtime.workflows.people import person
from joinery.runtime.workflows.proposals import proposer_at
from joinery.runtime.workflows.runner import Runner, hold_found
from joinery.runtime.workflows.signing import sent_signature
from joinery.runtime.workflows.task_access import OPEN, OpenTask, open_task
from joinery.runtime.workflows.tasks import filter_of, show_rows, user_of
from joinery.runtime.workflows.words import decision_label
from joinery.storage import signatures, workflow_instances, workflow_tasks
from joinery.storage.workflow_proposals import Proposal
from joinery.storage.workflow_tasks import BoxFilter
from joinery.workflows import Decided, RecordChanged, Signature, Task, asked_with, decisions_of

Body = Mapping[str, Any]


class TaskDecided(Conflict):
    """The task can no longer be decided; `details["decided"]` says who did so, how and when."""

    code = "task_decided"


def decide(unit: Unit, actor: Actor, task_id: int, body: Body, query: Body | None = None) -> dict[str, Any]:
    """Decide a task of one's own and answer with what became of it, and the next of what `query` leaves.

    Raises NotFound, TaskDecided, InvalidInput or InvalidRecord, StaleRevision for values, and what the
    engine refuses.
    """
    wanted = filter_of(unit, actor, query or {})
    opened = open_task(unit, actor, task_id)
    runner = carry_out(unit, actor, opened, body, sent_signature(body))
    return _answer(opened, runner, wanted)


def carry_out(unit: Unit, actor: Actor, opened: OpenTask, body: Body, signature: Signature | None) -> Runner:
    """Decide a task that was opened: the record first, then the instance are held.

    Whoever says the same once more under the same `key` did not hear the answer: nothing is done again.
    """
    runner = hold_found(unit, actor, opened.instance, save_many)
    decision = body["decision"]
    if not is_first(unit, user_of(actor), f"task:{opened.task.id}:{decision}", body.get("key")):
        return runner
    task = _still_open(opened, runner)
    people = tuple(body.get("users", ())) or ((body["user"],) if "user" in body else ())
    _check_people(opened, people)
    if body.get("values"):
        _save(opened, runner, body)
    # Who adds somebody after himself has agreed by that.
    offers = decisions_of(runner.workflow, runner.instance, task.id)
    if any(offer.complete for offer in asked_with(offers, decision, body.get("where"))):
        _require_filled(opened, runner)
    decided = Decided(
        task=task.id,
        user=user_of(actor),
        decision=decision,
        comment=(body.get("comment") or "").strip() or None,
        to=body.get("to"),
        then=body.get("then"),
        people=people,
        where=body.get("where"),
        signed=signature is not None,
    )
    # Other ways of the run may wait for what was filled in here.
    runner.advance(decided, *([RecordChanged()] if body.get("values") else []))
    if signature is not None:
        signatures.add(unit, runner.instance.id, task.id, signature)
    runner.end_for_parent()
    return runner


def next_task(unit: Unit, actor: Actor, after: int, wanted: BoxFilter | None = None) -> int | None:
    """What the actor has to do after a task, of what a filter leaves: the one below it, else the newest."""
    wanted = wanted or BoxFilter(apps=actor.apps)
    below = workflow_tasks.box(unit, user_of(actor), "todo", replace(wanted, after=after), 1)
    found = below or workflow_tasks.box(unit, user_of(actor), "todo", replace(wanted, after=None), 2)
    return next((task.id for task, _ in found if task is not None and task.id != after), None)


def _still_open(opened: OpenTask, runner: Runner) -> Task:
    """The task as it is now that nobody else can decide it; raises TaskDecided when it is no longer open."""
    found = next((task for task in runner.instance.tasks if task.id == opened.task.number), None)
    if found is not None and found.state in OPEN:
        return found
    decided = _who_decided(opened, runner, found)
    name = decided["by"]["name"] if decided["by"] else "–"
    raise TaskDecided(by=name, decision=decided["decision_label"], details={"decided": decided})


def _who_decided(opened: OpenTask, runner: Runner, own: Task | None) -> dict[str, Any]:
    """Who decided at the node last, and how."""
    done = [task for task in runner.instance.tasks if task.node == opened.task.node and task.state == "done"]
    last = own if own is not None and own.state == "done" else (done[-1] if done else None)
    decision = (last.decision if last else None) or runner.instance.status
    return {
        "by": person(opened.at.directory, last.user if last else None),
        "at": last.decided_at if last else None,
        "decision": decision,
        "decision_label": decision_label(opened.node, decision),
    }


def _save(opened: OpenTask, runner: Runner, body: Body) -> None:
    """Store what the person filled in; raises Forbidden for fields that the task does not let him change."""
    values = body["values"]
    closed = [key for key in values if key not in opened.editable]
    if closed:
        issues = [
            Issue(f"/values{pointer(key)}", "workflow_field_not_open", {"key": key[:60]}) for key in closed
        ]
        raise InvalidInput(issues=issues)
    _keep_lines(opened, runner, values)
    operation = Operation(
        values=values,
        granted=opened.editable,
        record_id=opened.instance.record_id,
        revision=body.get("revision") if runner.record is not None else None,
        runs=runner.runs,
        path="/values",
    )
    if runner.waiting is not None:
        amended = _with_other_columns(opened, values, runner.waiting)
        _amend(runner, replace(operation, values=amended), runner.waiting)
        return
    [saved] = save_many(opened.at, [operation])
    runner.take(saved.values)


def _keep_lines(opened: OpenTask, runner: Runner, values: Mapping[str, Any]) -> None:
    """Raise InvalidInput where lines come or go of which only columns may be changed."""
    issues = []
    for subform in sorted(opened.fixed & values.keys()):
        sent = values[subform]
        known = [line.get("id") for line in runner.values.get(subform) or ()]
        named = [line.get("id") for line in sent if isinstance(line, dict)] if isinstance(sent, list) else []
        if named != known:
            label = opened.at.form.fields[subform].label
            issues.append(Issue(f"/values{pointer(subform)}", "workflow_lines_fixed", {"label": label}))
    if issues:
        raise InvalidInput(issues=issues)


def _with_other_columns(opened: OpenTask, values: Mapping[str, Any], waiting: Proposal) -> dict[str, Any]:
    """What is to wait: of lines that stay as many, the columns that were not sent wait as they did."""
    kept = {
        subform: [{**was, **now} for was, now in zip(waiting.values[subform], values[subform], strict=True)]
        for subform in opened.fixed & values.keys() & waiting.values.keys()
    }
    return {**values, **kept}


def _amend(runner: Runner, operation: Operation, waiting: Proposal) -> None:
    """Let other values wait, as far as they could be saved together with those that wait already."""
    there = proposer_at(runner.at, waiting)
    values = {**waiting.values, **operation.values}
    granted = operation.granted.union(waiting.granted)
    whole = replace(operation, values=values, granted=granted, proposed=True)
    refuse(prepare_many(there, [whole], confirmed=True))
    runner.amend(operation.values)


def _require_filled(opened: OpenTask, runner: Runner) -> None:
    """Raise InvalidRecord naming every field that the task requires and the record lacks."""
    values = runner.values
    missing = [key for key in sorted(opened.required) if values.get(key) in (None, "", [], ())]
    fields = opened.at.form.fields
    issues = [
        Issue(f"/values{pointer(key)}", "workflow_field_needed", {"label": fields[key].label})
        for key in missing
    ]
    issues += _columns_needed(opened, values)
    if issues:
        raise InvalidRecord(issues=issues)


def _columns_needed(opened: OpenTask, values: Mapping[str, Any]) -> Iterator[Issue]:
    """The lines that lack what the task requires of each."""
    for name in sorted(opened.needed_columns):
        subform, _, column = name.partition(JOINT)
        label = opened.at.form.line_forms[subform].fields[column].label
        for place, line in enumerate(values.get(subform) or ()):
            if line.get(column) in (None, "", [], ()):
                at = f"/values{pointer(subform, place, column)}"
                yield Issue(at, "workflow_field_needed", {"label": label})


def _check_people(opened: OpenTask, people: tuple[int, ...]) -> None:
    """Raise InvalidInput for people whom the actor may not know or who cannot be asked."""
    known = opened.at.lookup
    wrong = [
        Issue(f"/users/{place}", "workflow_unknown_user")
        for place, user_id in enumerate(people)
        if (user := known.user(user_id)) is None or not user.active
    ]
    if wrong:
        raise InvalidInput(issues=wrong)


def _answer(opened: OpenTask, runner: Runner, wanted: BoxFilter) -> dict[str, Any]:
    unit, actor = opened.at.unit, opened.at.actor
    instance = workflow_instances.get(unit, opened.instance.id)
    assert instance is not None, "it was held in this transaction"
    tasks = workflow_tasks.of_instances(unit, [instance.id])
    task = next(one for one in tasks if one.id == opened.task.id)
    [shown] = show_rows(unit, "done" if task.state == "done" else "todo", [(task, instance)], tasks)
    [told] = show_instances(opened.at, [instance], runner.record, tasks)
    return {"task": shown, "workflow": told, "next_task": next_task(unit, actor, task.id, wanted)}
