"""Permission groups as administrators see and fill them, and why somebody may do something."""

from typing import Any

from flask import Blueprint

from joinery.runtime.permissions import explain, groups
from joinery.web.call import Call, operation

blueprint = Blueprint("permissions", __name__, url_prefix="/apps/<app>/forms/<form>")


@blueprint.get("/permission-groups")
@operation(access="admin", answer="PermissionGroups")
def list_groups(call: Call, app: str, form: str) -> dict[str, Any]:
    """The published permission groups of a form, each with who is in it and why."""
    return groups.list_groups(call.unit, app, form)


@blueprint.put("/permission-groups/<group>/members")
@operation(access="admin", body="SaveGroupMembers", answer="PermissionGroup")
def change_members(call: Call, app: str, form: str, group: str) -> dict[str, Any]:
    """Put people and departments into a group besides those who have one of its roles."""
    return groups.change_members(call.unit, call.actor, app, form, group, call.body)


@blueprint.get("/records/<record_id:record_id>/access/<record_id:user_id>")
@operation(access="admin", answer="ExplainedAccess")
def explain_access(call: Call, app: str, form: str, record_id: int, user_id: int) -> dict[str, Any]:
    """What a person may do with a record and its fields, and which permission groups say so."""
    return explain.explain_access(call.unit, call.actor, app, form, record_id, user_id)
