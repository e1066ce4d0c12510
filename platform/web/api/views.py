"""Saved views: personal ones and those shared with everybody who may view the form."""

from typing import Any

from flask import Blueprint

from joinery.runtime.lists import views
from joinery.web.call import Call, operation

blueprint = Blueprint("views", __name__, url_prefix="/apps/<app>/forms/<form>/views")


@blueprint.post("")
@operation(body="NewView", answer="View", status=201)
def create_view(call: Call, app: str, form: str) -> dict[str, Any]:
    """Save a view."""
    return views.create_view(call.unit, call.actor, app, form, call.body)


@blueprint.patch("/<record_id:view_id>")
@operation(body="ViewChange", answer="View")
def change_view(call: Call, app: str, form: str, view_id: int) -> dict[str, Any]:
    """Change a view of one's own."""
    return views.change_view(call.unit, call.actor, app, form, view_id, call.body)


@blueprint.delete("/<record_id:view_id>")
@operation(status=204)
def delete_view(call: Call, app: str, form: str, view_id: int) -> None:
    """Delete a view of one's own."""
    views.delete_view(call.unit, call.actor, app, form, view_id)
