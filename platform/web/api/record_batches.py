"""What was done to many records in one go: the latest of it, and taking it back."""

from typing import Any

from flask import Blueprint

from joinery.runtime import jobs
from joinery.runtime.records import batch_jobs, batch_undo
from joinery.web.call import Call, operation
from joinery.web.errors import issues_json

blueprint = Blueprint("record_batches", __name__, url_prefix="/apps/<app>/forms/<form>/records/batches")


@blueprint.get("")
@operation(answer="RecordBatches")
def list_batches(call: Call, app: str, form: str) -> dict[str, Any]:
    """One's own latest batches of this form, the newest first; administrators get everybody's."""
    return batch_undo.list_batches(call.unit, call.actor, app, form)


@blueprint.post("/<record_id:batch>/undo")
@operation(answer="BatchTakenBack")
def undo_batch(call: Call, app: str, form: str, batch: int) -> dict[str, Any]:
    """Take back what a batch did, but for what somebody changed since."""
    done = batch_undo.undo_batch(call.unit, call.actor, app, form, batch)
    return {**done, "issues": issues_json(done["issues"], call.actor.language)}


@blueprint.post("/<record_id:batch>/undo-job")
@operation(answer="JobStarted", status=202)
def start_undo(call: Call, app: str, form: str, batch: int) -> dict[str, Any]:
    """Have a job take back a batch of very many records; its `summary` is what undoing answers."""
    state = batch_jobs.start_batch_undo(call.unit, call.actor, app, form, batch)
    return {"job": jobs.job_json(call.unit, state)}
