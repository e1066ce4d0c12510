"""Who administers some apps and departments only, as administrators of the workspace say."""

from typing import Any

from flask import Blueprint

from joinery.runtime.people import administrators
from joinery.web.call import Call, operation

blueprint = Blueprint("administrators", __name__, url_prefix="/administrators")


@blueprint.get("")
@operation(access="admin", answer="Administrators")
def list_administrators(call: Call) -> dict[str, Any]:
    """The application administrators: people, and roles, each with its circle of apps and departments."""
    return {"administrators": administrators.list_circles(call.unit)}


@blueprint.post("")
@operation(access="admin", body="NewAdministrator", answer="Administrator", status=201, session_only=True)
def give_circle(call: Call) -> dict[str, Any]:
    """Let a person, or all who have a role, administer some apps and departments."""
    return administrators.give_circle(call.unit, call.actor, call.body)


@blueprint.patch("/<record_id:circle_id>")
@operation(access="admin", body="ChangeAdministrator", answer="Administrator", session_only=True)
def change_circle(call: Call, circle_id: int) -> dict[str, Any]:
    """Widen or narrow what is administered, from the very next request on."""
    return administrators.change_circle(call.unit, call.actor, circle_id, call.body)


@blueprint.delete("/<record_id:circle_id>")
@operation(access="admin", status=204, session_only=True)
def take_circle(call: Call, circle_id: int) -> None:
    """Let a person, or a role, administer nothing any more."""
    administrators.take_circle(call.unit, call.actor, circle_id)
