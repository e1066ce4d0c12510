"""Permission groups as administrators see and fill them, and why somebody may do something."""

from typing import Any

from flask import Blueprint

from joinery.runtime.permissions import effect, explain, groups
from joinery.web.call import Call, operation

blueprint = Blueprint("permissions", __name__, url_prefix="/apps/<app>")


@blueprint.get("/draft/permissions")
@operation(access="app_admin", answer="DraftPermissions")
def list_all_groups(call: Call, app: str) -> dict[str, Any]:
    """Who is in each permission group of the draft, and what groups can say about each field."""
    return groups.list_all_groups(call.unit, call.actor, app)


@blueprint.post("/draft/permissions/effect")
@operation(access="app_admin", body="AskPermissionEffect", answer="PermissionEffect")
def effect_of_draft(call: Call, app: str) -> dict[str, Any]:
    """What the draft's groups of a form would change for people; without `users` for one of each role."""
    return effect.effect_of_draft(call.unit, call.actor, app, call.body["form"], call.body.get("users"))


@blueprint.get("/forms/<form>/permission-groups")
@operation(access="app_admin", answer="PermissionGroups")
def list_groups(call: Call, app: str, form: str) -> dict[str, Any]:
    """The published permission groups of a form, each with who is in it and why."""
    return groups.list_groups(call.unit, app, form)


@blueprint.put("/forms/<form>/permission-groups/<group>/members")
@operation(access="app_admin", body="SaveGroupMembers", answer="PermissionGroup", session_only=True)
def change_members(call: Call, app: str, form: str, group: str) -> dict[str, Any]:
    """Put people and departments into a group besides those who have one of its roles."""
    return groups.change_members(call.unit, call.actor, app, form, group, call.body)


@blueprint.get("/forms/<form>/records/<record_id:record_id>/access/<record_id:user_id>")
@operation(access="app_admin", answer="ExplainedAccess")
def explain_access(call: Call, app: str, form: str, record_id: int, user_id: int) -> dict[str, Any]:
    """What a person may do with a record and its fields, and which permission groups say so."""
    return explain.explain_access(call.unit, call.actor, app, form, record_id, user_id)
