"""Letting what somebody saves wait for approval beside the record."""

from dataclasses import replace
from typing import Any

from joinery.runtime.records.actions import show_with_actions
from joinery.runtime.records.batch import prepare_many, refuse, save_many
from joinery.runtime.records.open_form import OpenForm
from joinery.runtime.records.operations import Operation
from joinery.runtime.records.sent_records import show_record
from joinery.runtime.records.stored_record import require_record
from joinery.runtime.workflows.locks import locks_of
from joinery.runtime.workflows.needing_approval import NeedsApproval
from joinery.runtime.workflows.proposals import base_of
from joinery.runtime.workflows.runner import Runner, begin
from joinery.storage.workflow_proposals import Proposal

Json = dict[str, Any]

#: Where an answer says that what was just sent waits, and in which run: no field can have this key.
PROPOSED = "$proposed"


def propose(at: OpenForm, operation: Operation, needed: NeedsApproval, *, confirmed: bool) -> Json:
    """Let what was to be saved wait for the workflow that `needed` names.

    The answer is the record as it is now, a new one as it would be, without an id.

    Raises what saving raises, LockedByWorkflow where something waits already.
    """
    [prepared] = prepare_many(at, [replace(operation, proposed=True, copied=None)], confirmed=confirmed)
    refuse([prepared])
    assert prepared.draft is not None, "what is right has a draft"
    key, stored = needed.params["key"], prepared.before
    changed = prepared.draft.changed
    sent = {name: value for name, value in operation.values.items() if stored is None or name in changed}
    proposal = Proposal(
        instance_id=0,
        proposed_by=at.actor.user_id,
        values=sent,
        base={} if stored is None else base_of(at, stored, sent),
        confirmed=confirmed,
    )
    runner = begin(at, key, stored, at.actor.user_id, save_many, proposal=proposal)
    if runner is None:
        assert stored is not None, "of a new record nothing can run yet"
        found = locks_of(at, [stored["id"]])[stored["id"]]
        raise next(lock for lock in found if lock.key == key).error(at)
    return _answer(at, runner)


def _answer(at: OpenForm, runner: Runner) -> Json:
    if runner.record is not None:
        shown = show_with_actions(at, require_record(at, runner.record_id))
    else:
        shown = show_record(at, runner.values)
    return {**shown, PROPOSED: runner.instance.id}
