"""Records as calendars, trees and the pickers of relations ask for them."""

from typing import Any

from flask import Blueprint

from joinery.runtime.lists import calendar, choices, tree
from joinery.web.call import Call, operation

blueprint = Blueprint("record_views", __name__, url_prefix="/apps/<app>/forms/<form>/records")


@blueprint.post("/calendar")
@operation(body="CalendarQuery", answer="RecordPage")
def list_period(call: Call, app: str, form: str) -> dict[str, Any]:
    """The records that touch a stretch of days, by when they begin."""
    return calendar.list_period(call.unit, call.actor, app, form, call.body)


@blueprint.post("/tree")
@operation(body="TreeQuery", answer="TreePage")
def list_branch(call: Call, app: str, form: str) -> dict[str, Any]:
    """The records below one in a tree, or what is found with all that is above it."""
    return tree.list_branch(call.unit, call.actor, app, form, call.body)


@blueprint.post("/choices")
@operation(body="ChoiceQuery", answer="ChoicePage")
def list_choices(call: Call, app: str, form: str) -> dict[str, Any]:
    """The records that a relation may point at, with what stands in the form; those used lately first."""
    return choices.list_choices(call.unit, call.actor, app, form, call.body)
