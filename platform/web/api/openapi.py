"""The API about itself."""

from typing import Any

from flask import Blueprint, current_app

from joinery.runtime.records.open_form import viewable_everywhere
from joinery.web.call import Call, operation
from joinery.web.openapi import describe_api

blueprint = Blueprint("openapi", __name__)


@blueprint.get("/openapi.json")
@operation(access="public", answer="Definition")
def get_openapi(call: Call) -> dict[str, Any]:
    """This description, in OpenAPI 3.1; with the forms the caller may view."""
    forms = list(viewable_everywhere(call.unit, call.actor)) if call.session else []
    return describe_api(current_app, forms)
