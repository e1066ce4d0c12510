"""What there is: apps, their forms, and how a form looks to the caller."""

from typing import Any

from flask import Blueprint

from joinery.runtime.apps import apps, descriptions
from joinery.web.call import Call, operation

blueprint = Blueprint("apps", __name__)


@blueprint.get("/apps")
@operation(answer="Apps")
def list_apps(call: Call) -> dict[str, Any]:
    """The apps the caller may open."""
    return {"apps": apps.list_apps(call.unit, call.actor)}


@blueprint.get("/apps/<app>")
@operation(answer="App")
def get_app(call: Call, app: str) -> dict[str, Any]:
    """An app with its menu and forms, as far as the caller may view them."""
    return apps.get_app(call.unit, call.actor, app)


@blueprint.get("/apps/<app>/definition")
@operation(access="app_admin", answer="Definition")
def get_definition(call: Call, app: str) -> dict[str, Any]:
    """The document of the published version."""
    return apps.get_definition(call.unit, call.actor, app)


@blueprint.get("/apps/<app>/forms/<form>/describe")
@operation(answer="FormDescription")
def describe_form(call: Call, app: str, form: str) -> dict[str, Any]:
    """The fields, layout, views and actions of a form for the caller."""
    return descriptions.describe_form(call.unit, call.actor, app, form)
