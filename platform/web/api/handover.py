"""What somebody has, and handing it to successors."""

from typing import Any

from flask import Blueprint

from joinery.runtime.handover import belongings, jobs
from joinery.web.call import Call, operation
from joinery.web.errors import issues_json

blueprint = Blueprint("handover", __name__, url_prefix="/users/<record_id:user_id>")


@blueprint.get("/belongings")
@operation(access="people_admin", answer="Belongings")
def read_belongings(call: Call, user_id: int) -> dict[str, Any]:
    """What somebody has: records that name him, by form and field, views, departments, people he manages."""
    return belongings.read_belongings(call.unit, call.actor, user_id)


@blueprint.post("/handover")
@operation(access="people_admin", body="HandOver", answer="HandedOver", session_only=True)
def hand_over(call: Call, user_id: int) -> dict[str, Any]:
    """Hand what somebody has to successors, all at once; many records are left to a job."""
    done = jobs.start_handover(call.unit, call.actor, user_id, call.body)
    return {**done, "issues": issues_json(done["issues"], call.actor.language)}
