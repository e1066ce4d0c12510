"""Long work: how far it is, stop it, let it go on."""

from typing import Any

from flask import Blueprint

from joinery.runtime import jobs
from joinery.web.call import Call, operation

blueprint = Blueprint("jobs", __name__, url_prefix="/jobs/<record_id:job_id>")


@blueprint.get("")
@operation(answer="Job")
def get_job(call: Call, job_id: int) -> dict[str, Any]:
    """A job of one's own; administrators see all."""
    return jobs.read_job(call.unit, call.actor, job_id)


@blueprint.post("/cancel")
@operation(answer="Job")
def cancel_job(call: Call, job_id: int) -> dict[str, Any]:
    """Stop a job; what it has done stays."""
    return jobs.cancel_job(call.unit, call.actor, job_id)


@blueprint.post("/resume")
@operation(answer="Job")
def resume_job(call: Call, job_id: int) -> dict[str, Any]:
    """Let a job that failed or was cancelled go on where it stopped."""
    return jobs.resume_job(call.unit, call.actor, job_id)
