"""Workflows that are being drawn: their mistakes, and how their scenarios go."""

from typing import Any

from flask import Blueprint

from joinery.runtime.apps import rehearsing
from joinery.runtime.workflows import simulating
from joinery.web.call import Call, operation
from joinery.web.errors import issues_json

blueprint = Blueprint("workflow_drafts", __name__)


@blueprint.post("/apps/<app>/workflows/<workflow>/check")
@operation(access="app_admin", body="TryWorkflow", answer="WorkflowIssues")
def check_workflow(call: Call, app: str, workflow: str) -> dict[str, Any]:
    """What is wrong with a workflow of the draft, or with the one that is sent in its place."""
    drawn = call.body.get("workflow")
    issues = [
        *rehearsing.check_workflow(call.unit, call.actor, app, workflow, drawn),
        *rehearsing.check_secrets(call.unit, call.actor, app, workflow, drawn),
    ]
    return {"issues": issues_json(issues, call.actor.language)}


@blueprint.post("/apps/<app>/workflows/<workflow>/test")
@operation(access="app_admin", body="TryWorkflow", answer="WorkflowTests")
def run_tests(call: Call, app: str, workflow: str) -> dict[str, Any]:
    """Play the scenarios of a workflow of the draft, or of the one that is sent in its place."""
    tests = rehearsing.run_tests(call.unit, call.actor, app, workflow, call.body.get("workflow"))
    language = call.actor.language
    return {"tests": [{**test, "issues": issues_json(test["issues"], language)} for test in tests]}


@blueprint.post("/apps/<app>/workflows/<workflow>/simulate")
@operation(access="app_admin", body="SimulateWorkflow", answer="WorkflowSimulation")
def simulate_workflow(call: Call, app: str, workflow: str) -> dict[str, Any]:
    """Play a workflow through with a record and the people there are; nothing is stored, nobody is told."""
    told = simulating.simulate_workflow(call.unit, call.actor, app, workflow, call.body)
    return {**told, "issues": issues_json(told["issues"], call.actor.language)}
