"""The designer's calls: drafts, publishing, versions, suites."""

from typing import Any

from flask import Blueprint

from joinery.runtime.apps import app_expressions, drafts, publishing, unconverted, upgrading, versions
from joinery.runtime.formulas import fields as formula_fields
from joinery.web.call import Call, operation

blueprint = Blueprint("publishing", __name__)


@blueprint.get("/apps/<app>/draft")
@operation(access="app_admin", answer="Draft")
def get_draft(call: Call, app: str) -> dict[str, Any]:
    """What a designer is changing, or the published document when nobody is."""
    return drafts.get_draft(call.unit, call.actor, app)


@blueprint.put("/apps/<app>/draft")
@operation(access="app_admin", body="SaveDraft", answer="Draft")
def save_draft(call: Call, app: str) -> dict[str, Any]:
    """Keep a draft; it may still have mistakes."""
    return drafts.save_draft(call.unit, call.actor, app, call.body["document"], call.body.get("revision"))


@blueprint.patch("/apps/<app>/draft")
@operation(access="app_admin", body="ChangeDraft", answer="Draft")
def change_draft(call: Call, app: str) -> dict[str, Any]:
    """Change parts of the draft, each by its JSON pointer, and leave the rest as it is."""
    return drafts.change_draft(call.unit, call.actor, app, call.body["changes"], call.body.get("revision", 0))


@blueprint.post("/apps/<app>/publish")
@operation(
    access="app_admin",
    body="Publish",
    answer="Plan",
    query={"preview": {"type": "boolean", "description": "only say what would happen"}},
)
def publish_app(call: Call, app: str) -> dict[str, Any]:
    """Publish a document, the draft when none is sent; with `preview` only show the plan."""
    document = call.body.get("document")
    if call.query.get("preview"):
        return publishing.preview_publish(call.unit, call.actor, app, document)
    return publishing.publish_app(
        call.unit,
        call.actor,
        app,
        document,
        plan_id=call.body.get("plan_id"),
        note=call.body.get("note", ""),
    )


@blueprint.post("/apps/<app>/upgrade")
@operation(
    access="admin",
    body="UpgradeApp",
    answer="Upgrade",
    query={"preview": {"type": "boolean", "description": "only say what would happen"}},
)
def upgrade_app(call: Call, app: str) -> dict[str, Any]:
    """Bring the newest version of its suite into an app, keeping what was changed; conflicts are listed."""
    if call.query.get("preview"):
        told = {name: value for name, value in call.body.items() if name != "plan_id"}
        return upgrading.preview_upgrade(call.unit, call.actor, app, **told)
    return upgrading.upgrade_app(call.unit, call.actor, app, **call.body)


@blueprint.get("/apps/<app>/upgrades")
@operation(access="admin", answer="Upgrades")
def list_upgrades(call: Call, app: str) -> dict[str, Any]:
    """The upgrades of an app to newer versions of its suite, newest first, each with its report."""
    return {"upgrades": upgrading.list_upgrades(call.unit, app)}


@blueprint.get("/apps/<app>/formulas")
@operation(access="app_admin", answer="FormulaFields")
def list_formula_fields(call: Call, app: str) -> dict[str, Any]:
    """The computed fields of the published version, and the jobs that still fill them."""
    return {"fields": formula_fields.list_formula_fields(call.unit, call.actor, app)}


@blueprint.get("/apps/<app>/draft/expressions")
@operation(access="app_admin", answer="AppExpressions")
def list_expressions(call: Call, app: str) -> dict[str, Any]:
    """The conditions and computations of the draft, formula fields left out, each with its place."""
    return {"expressions": app_expressions.list_expressions(call.unit, call.actor, app)}


@blueprint.get("/apps/<app>/versions")
@operation(access="app_admin", answer="Versions")
def list_versions(call: Call, app: str) -> dict[str, Any]:
    """All published versions, newest first."""
    return {"versions": versions.list_versions(call.unit, call.actor, app)}


@blueprint.post("/apps/<app>/versions/<record_id:number>/restore")
@operation(access="app_admin", answer="Plan")
def restore_version(call: Call, app: str, number: int) -> dict[str, Any]:
    """Publish an earlier version again, as a new one."""
    return versions.restore_version(call.unit, call.actor, app, number)


@blueprint.get("/apps/<app>/unconverted")
@operation(
    access="app_admin",
    answer="Unconverted",
    query={
        "form": {"type": "string", "maxLength": 40, "description": "only values of this form"},
        "field": {"type": "string", "maxLength": 40, "description": "only values of this field"},
        "cursor": {"type": "integer", "minimum": 0},
        "limit": {"type": "integer", "minimum": 1, "maximum": 1000},
    },
)
def list_unconverted(call: Call, app: str) -> dict[str, Any]:
    """Values that a changed field could not take over."""
    return unconverted.list_unconverted(call.unit, call.actor, app, **call.query)


@blueprint.delete("/apps/<app>/unconverted/<record_id:value_id>")
@operation(access="app_admin", status=204)
def forget_unconverted(call: Call, app: str, value_id: int) -> None:
    """Take a value off that list."""
    unconverted.forget_unconverted(call.unit, call.actor, app, value_id)


@blueprint.post("/suites/install")
@operation(access="admin", body="InstallSuite", answer="Plan")
def install_suite(call: Call) -> dict[str, Any]:
    """Install a suite, by its key or as a document."""
    return publishing.install_suite(call.unit, call.actor, call.body.get("document"), call.body.get("suite"))
