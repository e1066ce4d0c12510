"""What saving records means to workflows, in the transaction of the save: some start, some were waiting."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from joinery.definitions import StartDefinition, WorkflowDefinition
from joinery.permissions import EVERYTHING
from joinery.runtime.records.open_form import OpenForm
from joinery.runtime.records.operations import Prepared, Saved
from joinery.runtime.workflows.definitions import at_version, is_allowed, of_form
from joinery.runtime.workflows.locks import may_be_locked
from joinery.runtime.workflows.runner import Runs, Save, begin, running
from joinery.runtime.workflows.world import RecordWorld
from joinery.storage import records, workflow_instances
from joinery.storage.workflow_instances import StoredInstance
from joinery.workflows import NODE_TYPES, RecordChanged

Written = tuple[Prepared, Saved]


def follow(at: OpenForm, written: Sequence[Written], save: Save) -> bool:
    """Let workflows act on records that were just written; whether one of them did.

    Records that existed before they came here (imports with a past) start nothing.
    """
    if at.form.parent is not None or not may_be_locked(at):
        return False
    changed = {done.id: record for record, done in written if done.changed and record.operation.past is None}
    starting = {key: found for key, record in changed.items() if (found := list(_starts(at, record)))}
    waiting = _waiting(at, changed)
    touched = {*starting, *(one.record_id for one in waiting)}
    if not touched:
        return False
    acted = False
    for one in waiting:
        assert one.record_id is not None, "it was found by its record"
        values = _stored(at, one.record_id)
        outer = changed[one.record_id].operation.runs
        running(at, one.id, values, save, outer=outer).advance(RecordChanged())
        acted = True
    for record_id, found in starting.items():
        for workflow, start in found:
            if _start(at, workflow, start, record_id, save, changed[record_id].operation.runs):
                acted = True
    return acted


def _starts(at: OpenForm, record: Prepared) -> Iterator[tuple[WorkflowDefinition, StartDefinition]]:
    """The starts that a save may set off; a run starts nothing of its own kind again."""
    within = {key for _, key in record.operation.runs}
    for workflow in of_form(at.app, at.form.key):
        if not workflow.enabled or workflow.key in within:
            continue
        for start in workflow.starts:
            if _meant(start, record) and is_allowed(at, start):
                yield workflow, start


def _meant(start: StartDefinition, record: Prepared) -> bool:
    if start.save == "when_approved":
        # What sets it off is proposed, not saved.
        return False
    if record.before is None:
        return start.on == "create"
    changed = record.draft.changed if record.draft is not None else {}
    return start.on == "change" and (not start.fields or any(key in changed for key in start.fields))


def _waiting(at: OpenForm, changed: Mapping[int, Prepared]) -> list[StoredInstance]:
    """Instances that wait for something of these records, but for those that save them."""
    stored = [key for key, record in changed.items() if record.before is not None]
    if not stored:
        return []
    found = workflow_instances.of_records(at.unit, at.form.app, at.form.key, stored)
    return [
        one
        for one in found
        if _waits(at, one)
        and one.id not in {number for number, _ in changed[one.record_id or 0].operation.runs}
    ]


def _waits(at: OpenForm, one: StoredInstance) -> bool:
    nodes = at_version(at.unit, one.version_id)[0].nodes
    standing = (nodes.get(token["node"]) for token in one.state["tokens"])
    return any(node is not None and NODE_TYPES[node.type].follows_record(node) for node in standing)


def _start(
    at: OpenForm,
    workflow: WorkflowDefinition,
    start: StartDefinition,
    record_id: int,
    save: Save,
    outer: Runs,
) -> bool:
    values = _stored(at, record_id)
    world = RecordWorld(at, values, at.actor.user_id)
    if start.when is not None and not world.condition(start.when):
        return False
    return begin(at, workflow.key, values, at.actor.user_id, save, outer=outer) is not None


def _stored(at: OpenForm, record_id: int) -> Mapping[str, Any]:
    """A record of this transaction as it is stored now: workflows before this one may have changed it."""
    found = records.get(at.unit, at.table, record_id, EVERYTHING, at.evaluation, lines=True)
    assert found is not None, "it was written in this transaction"
    return found
