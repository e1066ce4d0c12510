"""Uploaded files."""

from typing import Any

from flask import Blueprint, Response, request

from joinery.kernel import InvalidInput, Issue
from joinery.runtime import files
from joinery.runtime.workflows import task_files
from joinery.web.call import Call, operation
from joinery.web.downloads import attachment

blueprint = Blueprint("files", __name__)


@blueprint.post("/files")
@operation(body="multipart", answer="File", status=201)
def upload_file(call: Call) -> dict[str, Any]:
    """Upload a file; it is visible to its owner until a record refers to it."""
    sent = request.files.get("file")
    if sent is None:
        raise InvalidInput(issues=[Issue("/file", "member_required", {"name": "file"})])
    return files.upload_file(call.unit, call.actor, sent.filename or "", sent.mimetype, sent.stream.read())


@blueprint.get("/files/<record_id:file_id>")
@operation(
    query={
        "app": {"type": "string", "maxLength": 40},
        "form": {"type": "string", "maxLength": 40},
        "record": {"type": "integer", "minimum": 1},
        "field": {"type": "string", "maxLength": 81, "description": 'in a line "lines.photo"'},
        "comment": {"type": "integer", "minimum": 1},
        "task": {"type": "integer", "minimum": 1, "description": "a task of the caller that shows it"},
    },
    answer="file",
)
def download_file(call: Call, file_id: int) -> Response:
    """A file the caller uploaded, or one in a field or a comment of a record the caller may read.

    With `task` one in a `field` of what that task shows, as it is or as it would be once approved.
    """
    query = dict(call.query)
    task = query.pop("task", None)
    if task is None:
        found = files.download_file(call.unit, call.actor, file_id, **query)
    else:
        found = task_files.task_file(call.unit, call.actor, task, file_id, query.get("field"))
    return attachment(found.name, found.content)
