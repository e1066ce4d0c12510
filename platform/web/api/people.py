"""The people and departments of the workspace."""

from typing import Any

from flask import Blueprint

from joinery.kernel import InvalidInput, Issue
from joinery.runtime.people import external, people
from joinery.web.call import Call, operation

blueprint = Blueprint("people", __name__)


@blueprint.get("/users")
@operation(
    answer="Users",
    query={
        "search": {"type": "string", "maxLength": 200, "description": "part of a name or an address"},
        "ids": {"type": "string", "maxLength": 5000, "description": "exactly these, separated by commas"},
        "external": {"type": "boolean", "description": "people of external organisations too"},
        "limit": {"type": "integer", "minimum": 1, "maximum": 1000},
    },
)
def list_users(call: Call) -> dict[str, Any]:
    """The people of the workspace."""
    ids = _ids(call.query.get("ids", ""))
    found = people.list_users(
        call.unit,
        call.actor,
        search=call.query.get("search", ""),
        ids=ids,
        external=call.query.get("external", False),
        limit=call.query.get("limit", 50),
    )
    return {"users": found}


@blueprint.get("/departments")
@operation(answer="Departments")
def list_departments(call: Call) -> dict[str, Any]:
    """The organisation tree, flat."""
    return {"departments": people.list_departments(call.unit, call.actor)}


@blueprint.get("/organisations")
@operation(answer="Organisations")
def list_organisations(call: Call) -> dict[str, Any]:
    """The external organisations that are switched on; people of one are told of their own."""
    return {"organisations": external.offered_organisations(call.unit, call.actor)}


def _ids(text: str) -> list[int]:
    parts = [part.strip() for part in text.split(",") if part.strip()]
    if not all(part.isascii() and part.isdigit() and len(part) <= 18 for part in parts):
        raise InvalidInput(issues=[Issue("/ids", "not_ids")])
    return [int(part) for part in parts]
