"""Export of what the caller may see."""

from flask import Blueprint, Response

from joinery.runtime.lists import exports
from joinery.web.call import Call, operation
from joinery.web.downloads import attachment
from joinery.web.list_parameters import list_parameters

blueprint = Blueprint("exports", __name__)

_QUERY = {
    **list_parameters("limit", "cursor", "count", "expand"),
    "format": {"type": "string", "enum": ["csv", "xlsx"]},
    "language": {"type": "string", "enum": ["en", "zh-CN"], "description": "of labels and options"},
}


@blueprint.get("/apps/<app>/forms/<form>/export")
@operation(query=_QUERY, answer="file", media=tuple(exports.MEDIA_TYPES.values()))
def export_records(call: Call, app: str, form: str) -> Response:
    """The records a list would show, all of them, as a file."""
    query = dict(call.query)
    found = exports.export_records(
        call.services, call.unit, call.actor, app, form, format=query.pop("format", "csv"), query=query
    )
    return attachment(found.name, found.content, found.media_type)
