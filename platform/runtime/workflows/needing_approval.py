"""What somebody saves that has to be approved first: which workflow keeps it beside the record."""

from collections.abc import Mapping, Sequence
from typing import Any

from joinery.definitions import StartDefinition, WorkflowDefinition
from joinery.forms import Draft
from joinery.kernel import Conflict
from joinery.runtime.records.open_form import OpenForm
from joinery.runtime.records.operations import Operation
from joinery.runtime.workflows.definitions import is_allowed, is_shown, of_form
from joinery.runtime.workflows.locks import SOME_WORKFLOW
from joinery.runtime.workflows.world import RecordWorld

Approvals = Sequence[tuple[WorkflowDefinition, StartDefinition]]


class NeedsApproval(Conflict):
    """What was to be saved has to be approved by a workflow first; `params["key"]` is its key.

    Saving one record turns it into a proposal; who saves many at once is refused.
    """

    code = "needs_approval"


def approvals_of(at: OpenForm) -> Approvals:
    """The starts of a form's workflows by which what is saved waits."""
    if at.form.parent is not None:
        return ()
    return [
        (workflow, start)
        for workflow in of_form(at.app, at.form.key)
        for start in workflow.starts
        if workflow.enabled and start.save == "when_approved" and is_allowed(at, start)
    ]


def approval_needed(
    at: OpenForm,
    approvals: Approvals,
    operation: Operation,
    before: Mapping[str, Any] | None,
    draft: Draft,
) -> NeedsApproval | None:
    """Why this cannot be saved at once; what workflows save, and records with a past, need no approval."""
    if operation.runs or operation.past is not None or not approvals:
        return None
    sent = {*operation.values, *operation.given}.intersection(draft.changed)
    for workflow, start in approvals:
        if start.on != ("create" if before is None else "change"):
            continue
        if before is not None and not (sent.intersection(start.fields) if start.fields else sent):
            continue
        world = RecordWorld(at, draft.values, at.actor.user_id)
        if start.when is None or world.condition(start.when):
            label = workflow.label if is_shown(at, workflow) else SOME_WORKFLOW
            return NeedsApproval(workflow=label, key=workflow.key)
    return None
