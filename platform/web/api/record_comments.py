"""What people say about records, the timeline it stands in, their files, and who is mentioned."""

from typing import Any

from flask import Blueprint

from joinery.runtime.records import comments, record_files, timeline
from joinery.web.call import Call, operation

blueprint = Blueprint("record_comments", __name__)

_RECORD = "/apps/<app>/forms/<form>/records/<record_id:record_id>"


@blueprint.get(f"{_RECORD}/timeline")
@operation(
    query={
        "kinds": {
            "type": "string",
            "maxLength": 1000,
            "description": "history, comments, files and related lists, with commas; all when missing",
        },
        "cursor": {"type": "string", "maxLength": 300},
        "limit": {"type": "integer", "minimum": 1, "maximum": timeline.LARGEST_PAGE},
    },
    answer="Timeline",
)
def record_timeline(call: Call, app: str, form: str, record_id: int) -> dict[str, Any]:
    """History, comments, files and related activity of a record, mixed by time, newest first."""
    return timeline.record_timeline(call.unit, call.actor, app, form, record_id, **call.query)


@blueprint.get(f"{_RECORD}/files")
@operation(answer="RecordFiles")
def list_files(call: Call, app: str, form: str, record_id: int) -> dict[str, Any]:
    """All files of a record: in its fields, its lines and its comments, newest first, at most 1,000."""
    return record_files.record_files(call.unit, call.actor, app, form, record_id)


@blueprint.get(f"{_RECORD}/people")
@operation(query={"search": {"type": "string", "maxLength": 200}}, answer="People")
def people_who_see(call: Call, app: str, form: str, record_id: int) -> dict[str, Any]:
    """People who may see a record: those a comment may mention."""
    search = call.query.get("search", "")
    found = comments.people_who_see(call.unit, call.actor, app, form, record_id, search)
    return {"people": found}


@blueprint.post(f"{_RECORD}/comments")
@operation(body="CommentText", answer="Comment", status=201)
def add_comment(call: Call, app: str, form: str, record_id: int) -> dict[str, Any]:
    """Comment on a record, with files of one's own; @[id] in the text mentions somebody."""
    body = call.body
    return comments.add_comment(
        call.unit, call.actor, app, form, record_id, body["text"], body.get("files", ())
    )


@blueprint.patch(f"{_RECORD}/comments/<record_id:comment_id>")
@operation(body="CommentText", answer="Comment")
def change_comment(call: Call, app: str, form: str, record_id: int, comment_id: int) -> dict[str, Any]:
    """Give a comment of one's own another text, and other files where they are sent."""
    body = call.body
    return comments.change_comment(
        call.unit, call.actor, app, form, record_id, comment_id, body["text"], body.get("files")
    )


@blueprint.delete(f"{_RECORD}/comments/<record_id:comment_id>")
@operation(status=204)
def delete_comment(call: Call, app: str, form: str, record_id: int, comment_id: int) -> None:
    """Delete a comment of one's own; administrators delete anybody's."""
    comments.delete_comment(call.unit, call.actor, app, form, record_id, comment_id)


@blueprint.get("/mentions")
@operation(
    query={"unread": {"type": "boolean"}, "limit": {"type": "integer", "minimum": 1, "maximum": 200}},
    answer="Mentions",
)
def my_mentions(call: Call) -> dict[str, Any]:
    """Comments that mention the caller, the newest first."""
    return comments.my_mentions(call.unit, call.actor, **call.query)


@blueprint.post("/mentions/read")
@operation(body="ReadMentions", status=204)
def read_mentions(call: Call) -> None:
    """Note that the caller saw these mentions; all of them without `comments`."""
    comments.read_mentions(call.unit, call.actor, call.body.get("comments"))
