"""Workflows that are being drawn: what is wrong with them, and how their scenarios go."""

from collections.abc import Mapping
from typing import Any

from joinery.definitions import check_app, load_app
from joinery.directory import Actor
from joinery.forms import CompiledApp, compile_app
from joinery.formulas import EvaluationContext
from joinery.kernel import InvalidDefinition, Issue, NotFound, pointer
from joinery.runtime.apps.drafts import get_draft
from joinery.runtime.unit import Unit
from joinery.runtime.webhooks.named_secrets import secret_issues
from joinery.storage import calendar
from joinery.workflows import catalogue, rehearsal_issues, rehearse

Json = Mapping[str, Any]

WORKFLOW = {"en": "workflow", "zh": "流程"}


def require_rehearsed(unit: Unit, app: CompiledApp) -> None:
    """Raise InvalidDefinition naming all that goes otherwise than the scenarios of an app expect."""
    if issues := tuple(rehearsal_issues(app, rehearsal_context(unit))):
        raise InvalidDefinition(issues=issues)


def rehearsal_context(unit: Unit) -> EvaluationContext:
    """The moment and the calendar of the workspace, and nobody in it."""
    zone = unit.workspace.time_zone
    return EvaluationContext(now=unit.now, time_zone=zone, calendar=calendar.load(unit))


def check_workflow(
    unit: Unit, actor: Actor, app_key: str, key: str, workflow: Json | None = None
) -> list[Issue]:
    """The issues of a workflow of the draft, or of this one in its place; paths start at the workflow."""
    document = _document(unit, actor, app_key, key, workflow)
    at = pointer("workflows", key)
    issues = (issue for issue in check_app(document, catalogue()) if (issue.path + "/").startswith(at + "/"))
    return [Issue(issue.path.removeprefix(at), issue.code, issue.params) for issue in issues]


def check_secrets(
    unit: Unit, actor: Actor, app_key: str, key: str, workflow: Json | None = None
) -> list[Issue]:
    """The places of the same workflow that name secrets which the workspace does not have."""
    document = _document(unit, actor, app_key, key, workflow)
    at = pointer("workflows", key)
    issues = secret_issues(unit, {**document, "workflows": {key: document["workflows"][key]}})
    return [Issue(issue.path.removeprefix(at), issue.code, issue.params) for issue in issues]


def run_tests(
    unit: Unit, actor: Actor, app_key: str, key: str, workflow: Json | None = None
) -> list[dict[str, Any]]:
    """How each scenario of a workflow of the draft goes, or of this one in its place.

    Raises NotFound, and InvalidDefinition while the workflow or the app around it has mistakes.
    """
    document = _document(unit, actor, app_key, key, workflow)
    if issues := check_app(document, catalogue()):
        raise InvalidDefinition(issues=issues)
    app = compile_app(load_app(document))
    found = app.definition.workflows[key]
    context = rehearsal_context(unit)
    tests = []
    for name, scenario in found.tests.items():
        told = rehearse(app, found, scenario, context)
        tests.append(
            {
                "key": name,
                "label": scenario["label"],
                "passed": not told.issues,
                "path": list(told.path),
                "at": list(told.at),
                "status": told.status,
                "issues": list(told.issues),
            }
        )
    return tests


def drawn_workflow(unit: Unit, actor: Actor, app_key: str, key: str, workflow: Json | None = None) -> Json:
    """The JSON of a workflow of the draft, or the one in its place; raises NotFound."""
    found: Json = _document(unit, actor, app_key, key, workflow)["workflows"][key]
    return found


def _document(unit: Unit, actor: Actor, app_key: str, key: str, workflow: Json | None) -> dict[str, Any]:
    """The draft, with a workflow put into its place; raises NotFound when there is none."""
    document = get_draft(unit, actor, app_key)["document"]
    others = document.get("workflows")
    workflows = {**others} if isinstance(others, dict) else {}
    if workflow is not None:
        workflows[key] = workflow
    if key not in workflows:
        raise NotFound(kind=WORKFLOW)
    return {**document, "workflows": workflows}
