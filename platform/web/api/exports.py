"""Export of what the caller may see."""

from typing import Any

from flask import Blueprint, Response

from joinery.runtime import jobs
from joinery.runtime.lists import export_jobs, exports
from joinery.runtime.lists.export_names import RELATIONS
from joinery.web.call import Call, operation
from joinery.web.downloads import attachment
from joinery.web.list_parameters import list_parameters

blueprint = Blueprint("exports", __name__)

_QUERY = {
    **list_parameters("limit", "cursor", "count", "expand"),
    "format": {"type": "string", "enum": ["csv", "xlsx"]},
    "relations": {
        "type": "string",
        "enum": list(RELATIONS),
        "description": "how related records are named: by title, or so that an import finds them again: by a "
        "unique field (by number where it has none, or it is blank), or by number",
    },
    "language": {"type": "string", "enum": ["en", "zh-CN"], "description": "of labels and options"},
}


@blueprint.get("/apps/<app>/forms/<form>/export")
@operation(query=_QUERY, answer="file", media=tuple(exports.MEDIA_TYPES.values()), noted=True)
def export_records(call: Call, app: str, form: str) -> Response:
    """The records a list would show, all of them, as a file."""
    query = dict(call.query)
    found = exports.export_records(
        call.services, call.unit, call.actor, app, form, format=query.pop("format", "csv"), query=query
    )
    return attachment(found.name, found.content, found.media_type)


@blueprint.post("/apps/<app>/forms/<form>/export")
@operation(query=_QUERY, answer="ExportStarted", noted=True)
def start_export(call: Call, app: str, form: str) -> dict[str, Any]:
    """Have a job write the file when there are many records: more than 20,000, or as the operator says.

    Without a job (null) the file comes at once by GET of the same address.
    """
    query = dict(call.query)
    state = export_jobs.start_export(
        call.services, call.unit, call.actor, app, form, format=query.pop("format", "csv"), query=query
    )
    return {"job": None if state is None else jobs.job_json(call.unit, state)}


@blueprint.get("/jobs/<record_id:job_id>/download")
@operation(answer="file", media=tuple(exports.MEDIA_TYPES.values()))
def download_export(call: Call, job_id: int) -> Response:
    """The file that an export job made; only for who started it, and as long as the rights are the same."""
    found = export_jobs.download(call.services, call.unit, call.actor, job_id)
    return attachment(found.name, found.content, found.media_type)
