"""Search over everything the caller may see."""

from typing import Any

from flask import Blueprint

from joinery.runtime.lists import search
from joinery.web.call import Call, operation

blueprint = Blueprint("search", __name__)


@blueprint.get("/search")
@operation(
    query={
        "q": {"type": "string", "maxLength": 200, "description": "text that stands somewhere in the record"},
        "limit": {"type": "integer", "minimum": 1, "maximum": 100},
    },
    answer="Search",
)
def search_everywhere(call: Call) -> dict[str, Any]:
    """Records of all forms that hold a text."""
    return search.search_everywhere(
        call.unit, call.actor, call.query.get("q", ""), call.query.get("limit", 20)
    )
