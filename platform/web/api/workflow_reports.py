"""What administrators of an app learn about its workflows."""

from typing import Any

from flask import Blueprint

from joinery.runtime.workflows import reports
from joinery.web.call import Call, operation

blueprint = Blueprint("workflow_reports", __name__)

_DAY = {"type": "string", "maxLength": 10, "format": "date"}


@blueprint.get("/apps/<app>/workflow-facts")
@operation(access="app_admin", answer="WorkflowFacts")
def workflow_facts(call: Call, app: str) -> dict[str, Any]:
    """Of each published workflow when and by whom it was published, and how many runs there are."""
    return reports.workflow_facts(call.unit, app)


@blueprint.get("/apps/<app>/workflow-durations")
@operation(
    access="app_admin",
    query={
        "workflow": {"type": "string", "maxLength": 60},
        "from": {**_DAY, "description": "what ended on this day or later"},
        "until": {**_DAY, "description": "what ended on this day or before"},
    },
    answer="WorkflowDurations",
)
def durations(call: Call, app: str) -> dict[str, Any]:
    """How long the nodes of workflows took, and the people who were asked there, the slowest first."""
    return reports.durations(call.unit, app, call.query)
