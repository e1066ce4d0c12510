"""The working calendar of the workspace."""

from typing import Any

from flask import Blueprint, request

from joinery.kernel import InvalidInput, Issue
from joinery.runtime.people import calendar_import, working_calendar
from joinery.web.call import Call, operation

blueprint = Blueprint("calendar", __name__, url_prefix="/calendar")


@blueprint.get("")
@operation(answer="Calendar")
def read_calendar(call: Call) -> dict[str, Any]:
    """The days of the week that are worked, and every day that differs from the week."""
    return working_calendar.read_calendar(call.unit)


@blueprint.patch("")
@operation(access="admin", body="ChangeCalendar", answer="Calendar")
def change_calendar(call: Call) -> dict[str, Any]:
    """Change the week or single days; formulas that follow the calendar are computed anew by jobs."""
    return working_calendar.change_calendar(call.unit, call.actor, call.body)


@blueprint.post("/import")
@operation(
    access="admin",
    body="multipart",
    answer="CalendarImported",
    query={"dry_run": {"type": "boolean", "description": "only say what would change"}},
)
def import_calendar(call: Call) -> dict[str, Any]:
    """Holidays and make-up days from a CSV file or workbook with the columns date, kind and name."""
    sent = request.files.get("file")
    if sent is None:
        raise InvalidInput(issues=[Issue("/file", "member_required", {"name": "file"})])
    return calendar_import.import_calendar(
        call.unit,
        call.actor,
        name=sent.filename or "",
        content=sent.stream.read(),
        dry_run=call.query.get("dry_run", False),
    )
