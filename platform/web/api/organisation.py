"""The organisation as administrators keep it: departments, people, roles."""

from typing import Any

from flask import Blueprint, Response, request

from joinery.kernel import InvalidInput, Issue
from joinery.runtime.organisation_import import imports
from joinery.runtime.organisation_import.rows import template
from joinery.runtime.people import departments, members, password_links, roles
from joinery.web.call import Call, operation
from joinery.web.downloads import attachment

blueprint = Blueprint("organisation", __name__)


@blueprint.get("/organisation")
@operation(access="people_admin", answer="Organisation")
def read_organisation(call: Call) -> dict[str, Any]:
    """All departments with their heads, closed ones included."""
    return {"departments": departments.list_departments(call.unit, call.actor)}


@blueprint.post("/organisation/import")
@operation(
    access="admin",
    body="multipart",
    answer="OrganisationImported",
    query={
        "dry_run": {"type": "boolean", "description": "only say what would change"},
        "invite": {"type": "boolean", "description": "mail new people a link for their password"},
    },
    session_only=True,
)
def import_organisation(call: Call) -> dict[str, Any]:
    """Departments (columns department, below, heads) or people (columns e-mail, name, departments, head of,
    manager, roles, language) from a CSV file or workbook; what is there already is changed."""
    sent = request.files.get("file")
    if sent is None:
        raise InvalidInput(issues=[Issue("/file", "member_required", {"name": "file"})])
    return imports.import_organisation(
        call.unit,
        call.actor,
        name=sent.filename or "",
        content=sent.stream.read(),
        dry_run=call.query.get("dry_run", False),
        invite=call.query.get("invite", False),
        address=call.services.settings.address,
    )


@blueprint.get("/organisation/template")
@operation(
    access="admin",
    answer="file",
    media=("text/csv",),
    query={"kind": {"enum": ["people", "departments"]}},
)
def organisation_template(call: Call) -> Response:
    """An empty file with the columns that an import of people or departments knows."""
    kind = call.query.get("kind", "people")
    return attachment(f"{kind}.csv", template(kind, call.actor.language), "text/csv; charset=utf-8")


@blueprint.post("/departments")
@operation(access="people_admin", body="NewDepartment", answer="Department", status=201)
def create_department(call: Call) -> dict[str, Any]:
    """Make a department."""
    return departments.create_department(call.unit, call.actor, call.body)


@blueprint.patch("/departments/<record_id:department_id>")
@operation(access="people_admin", body="ChangeDepartment", answer="Department")
def change_department(call: Call, department_id: int) -> dict[str, Any]:
    """Change the name, the heads or the place of a department, or open it again."""
    return departments.change_department(call.unit, call.actor, department_id, call.body)


@blueprint.delete("/departments/<record_id:department_id>")
@operation(access="people_admin", answer="Department")
def close_department(call: Call, department_id: int) -> dict[str, Any]:
    """Close a department in which nobody is left; records go on naming it."""
    return departments.close_department(call.unit, call.actor, department_id)


@blueprint.get("/people")
@operation(
    access="people_admin",
    answer="PersonPage",
    query={
        "search": {"type": "string", "maxLength": 200, "description": "part of a name or an address"},
        "state": {"enum": [*members.STATES]},
        "department": {"type": "integer", "minimum": 1},
        "with_below": {"type": "boolean", "description": "also departments below; true unless told"},
        "role": {"type": "string", "maxLength": 40},
        "offset": {"type": "integer", "minimum": 0, "maximum": 1_000_000},
        "limit": {"type": "integer", "minimum": 1, "maximum": 500},
    },
)
def list_people(call: Call) -> dict[str, Any]:
    """The people with their departments, roles and managers."""
    return members.list_people(call.unit, call.actor, **call.query)


@blueprint.get("/users/<record_id:user_id>")
@operation(access="people_admin", answer="Person")
def read_person(call: Call, user_id: int) -> dict[str, Any]:
    """One of the people."""
    return members.read_person(call.unit, call.actor, user_id)


@blueprint.post("/users")
@operation(access="people_admin", body="NewPerson", answer="Person", status=201, session_only=True)
def add_person(call: Call) -> dict[str, Any]:
    """Add somebody, who gets a password by an invitation."""
    return members.add_person(call.unit, call.actor, call.body)


@blueprint.post("/invitations")
@operation(access="people_admin", body="Invite", answer="Invited", session_only=True)
def invite(call: Call) -> dict[str, Any]:
    """Add people who get a password by a link of their own; all of them or nobody."""
    common = {name: value for name, value in call.body.items() if name != "people"}
    return {
        "invited": password_links.invite(
            call.unit, call.actor, call.body["people"], common, address=call.services.settings.address
        )
    }


@blueprint.patch("/users/<record_id:user_id>")
@operation(access="people_admin", body="ChangePerson", answer="Person", session_only=True)
def change_person(call: Call, user_id: int) -> dict[str, Any]:
    """Change somebody's name, address or place in the organisation."""
    return members.change_person(call.unit, call.actor, user_id, call.body)


@blueprint.post("/users/<record_id:user_id>/deactivate")
@operation(access="people_admin", answer="Person", session_only=True)
def deactivate_person(call: Call, user_id: int) -> dict[str, Any]:
    """Somebody left: his sessions end at once, and he can no longer sign in."""
    return members.deactivate_person(call.unit, call.actor, user_id)


@blueprint.post("/users/<record_id:user_id>/activate")
@operation(access="people_admin", answer="Person", session_only=True)
def activate_person(call: Call, user_id: int) -> dict[str, Any]:
    """Somebody who left is back."""
    return members.activate_person(call.unit, call.actor, user_id)


@blueprint.post("/users/<record_id:user_id>/unlock")
@operation(access="people_admin", answer="Person", session_only=True)
def unlock_person(call: Call, user_id: int) -> dict[str, Any]:
    """Let somebody sign in again whose account is locked after many wrong passwords."""
    return members.unlock_person(call.unit, call.actor, user_id)


@blueprint.post("/users/<record_id:user_id>/password-link")
@operation(access="people_admin", body="MakePasswordLink", answer="PasswordLink", session_only=True)
def make_password_link(call: Call, user_id: int) -> dict[str, Any]:
    """Make a one-time link by which somebody chooses a password, the first or another; mail it if told."""
    return password_links.make_link(
        call.unit,
        call.actor,
        user_id,
        address=call.services.settings.address,
        send=call.body.get("send", False),
    )


@blueprint.get("/roles")
@operation(access="some_admin", answer="Roles")
def list_roles(call: Call) -> dict[str, Any]:
    """The roles of the workspace and those that apps bring, with how many people have each."""
    return {"roles": roles.list_roles(call.unit, call.actor)}


@blueprint.put("/roles/<role>")
@operation(access="admin", body="SaveRole", answer="Role")
def save_role(call: Call, role: str) -> dict[str, Any]:
    """Make a role of the workspace, or give it another label."""
    return roles.save_role(call.unit, call.actor, role, call.body["label"])


@blueprint.delete("/roles/<role>")
@operation(access="admin", status=204)
def delete_role(call: Call, role: str) -> None:
    """Delete a role of the workspace; nobody has it any more."""
    roles.delete_role(call.unit, call.actor, role)
