"""Workflows on records and as a whole: what runs, starting, withdrawing, and what administrators do.

The calls of administrators name a run or an app in their body, so that the use case asks whether the caller
administers that app.
"""

from typing import Any

from flask import Blueprint

from joinery.runtime.workflows import managing, migrating, overseeing, record_page, starting
from joinery.web.call import Call, operation

blueprint = Blueprint("workflows", __name__)

_OF_RECORD = "/apps/<app>/forms/<form>/records/<record_id:record_id>/workflow"
_TEXT = {"type": "string", "maxLength": 200}


@blueprint.get(_OF_RECORD)
@operation(answer="RecordWorkflows")
def record_workflows(call: Call, app: str, form: str, record_id: int) -> dict[str, Any]:
    """The workflows that run or ran on a record, and those that the caller may start on it."""
    return record_page.workflows_of(call.unit, call.actor, app, form, record_id)


@blueprint.post(_OF_RECORD)
@operation(body="StartWorkflow", answer="WorkflowInstance", status=201)
def start_workflow(call: Call, app: str, form: str, record_id: int) -> dict[str, Any]:
    """Start a workflow that has a button; a service account also one that is started by automation."""
    return managing.start(call.unit, call.actor, app, form, record_id, call.body)


@blueprint.get("/workflows/startable")
@operation(query={"app": _TEXT}, answer="StartableWorkflows")
def list_startable(call: Call) -> dict[str, Any]:
    """The workflows that the caller may start, with a new record or on one that is there."""
    return starting.list_startable(call.unit, call.actor, call.query.get("app"))


@blueprint.get("/apps/<app>/workflows/<workflow>/startable-records")
@operation(query={"search": _TEXT}, answer="StartableRecords")
def startable_records(call: Call, app: str, workflow: str) -> dict[str, Any]:
    """Records on which the caller may start a workflow by its button now."""
    return starting.startable_records(call.unit, call.actor, app, workflow, call.query.get("search"))


@blueprint.get("/workflow-instances")
@operation(
    access="some_admin",
    query={
        "app": _TEXT,
        "form": _TEXT,
        "workflow": _TEXT,
        "initiator": {"type": "integer", "minimum": 1, "description": "id of a user"},
        "waiting_for": {"type": "integer", "minimum": 1, "description": "id of a user whose turn it is"},
        "status": {**_TEXT, "description": "stuck, approved ...; those that have not ended when missing"},
        "search": {**_TEXT, "description": "words of the title"},
        "limit": {"type": "integer", "minimum": 1, "maximum": 200},
        "cursor": _TEXT,
    },
    answer="TaskPage",
)
def list_instances(call: Call) -> dict[str, Any]:
    """Runs of workflows of the apps that the caller administers."""
    return overseeing.list_instances(call.unit, call.actor, call.query)


@blueprint.get("/workflow-instances/facets")
@operation(access="some_admin", query={"app": _TEXT}, answer="InstanceFacets")
def instance_facets(call: Call) -> dict[str, Any]:
    """What runs of the apps that the caller administers can be filtered by, and how many cannot go on."""
    return overseeing.instance_facets(call.unit, call.actor, call.query.get("app"))


@blueprint.post("/workflow-instances/reassign")
@operation(access="some_admin", body="ReassignMany", answer="ReassignedMany")
def reassign_many(call: Call) -> dict[str, Any]:
    """Give the open tasks of many runs to somebody else, with a reason; what is refused says why."""
    return overseeing.reassign_many(call.unit, call.actor, call.body)


@blueprint.get("/workflow-instances/<record_id:instance_id>")
@operation(answer="WorkflowInstance")
def get_instance(call: Call, instance_id: int) -> dict[str, Any]:
    """One run of a workflow, for those who see its record or have a part in it."""
    return managing.get_instance(call.unit, call.actor, instance_id)


@blueprint.post("/workflow-instances/<record_id:instance_id>/withdraw")
@operation(body="WithdrawInstance", answer="WorkflowInstance")
def withdraw(call: Call, instance_id: int) -> dict[str, Any]:
    """Take back what one started."""
    return managing.withdraw(call.unit, call.actor, instance_id, call.body.get("comment"))


@blueprint.post("/workflow-instances/<record_id:instance_id>/urge")
@operation(body="Nothing", answer="WorkflowInstance")
def urge(call: Call, instance_id: int) -> dict[str, Any]:
    """Remind those whose turn it is."""
    return managing.urge(call.unit, call.actor, instance_id)


@blueprint.post("/workflow-instances/<record_id:instance_id>/cancel")
@operation(access="some_admin", body="ManageInstance", answer="WorkflowInstance")
def cancel(call: Call, instance_id: int) -> dict[str, Any]:
    """End a run for good, with a reason."""
    return managing.cancel(call.unit, call.actor, instance_id, call.body["reason"])


@blueprint.post("/workflow-instances/<record_id:instance_id>/move")
@operation(access="some_admin", body="MoveInstance", answer="WorkflowInstance")
def move(call: Call, instance_id: int) -> dict[str, Any]:
    """Let a run go on at another node, with a reason."""
    return managing.move(
        call.unit, call.actor, instance_id, call.body["to"], call.body["reason"], call.body.get("token")
    )


@blueprint.post("/workflow-instances/<record_id:instance_id>/reactivate")
@operation(access="some_admin", body="ReactivateInstance", answer="WorkflowInstance")
def reactivate(call: Call, instance_id: int) -> dict[str, Any]:
    """Let a run that has ended go on at a node, with a reason."""
    return managing.reactivate(call.unit, call.actor, instance_id, call.body["to"], call.body["reason"])


@blueprint.post("/workflow-instances/<record_id:instance_id>/reassign")
@operation(access="some_admin", body="ReassignTask", answer="WorkflowInstance")
def reassign(call: Call, instance_id: int) -> dict[str, Any]:
    """Give an open task of a run to somebody else, with a reason."""
    body = call.body
    return managing.reassign(call.unit, call.actor, instance_id, body["task"], body["user"], body["reason"])


@blueprint.post("/workflow-instances/<record_id:instance_id>/retry")
@operation(access="some_admin", body="Nothing", answer="WorkflowInstance")
def retry(call: Call, instance_id: int) -> dict[str, Any]:
    """Try once more what failed in a run that is stuck."""
    return managing.retry(call.unit, call.actor, instance_id)


@blueprint.post("/workflow-instances/migrate")
@operation(
    access="some_admin",
    body="MigrateInstances",
    answer="MigratedInstances",
    query={"preview": {"type": "boolean", "description": "only say what would happen"}},
)
def migrate(call: Call) -> dict[str, Any]:
    """Move runs to the newest version of their workflow, as far as what they stand at is still there."""
    body = call.body
    return migrating.migrate(
        call.unit,
        call.actor,
        body["app"],
        body["workflow"],
        body.get("instances"),
        reason=body.get("reason", ""),
        preview=call.query.get("preview", False),
    )


@blueprint.get("/apps/<app>/workflows/<workflow>/versions")
@operation(access="app_admin", answer="WorkflowVersions")
def list_versions(call: Call, app: str, workflow: str) -> dict[str, Any]:
    """The versions of a workflow, the newest first, each with how many runs are on it."""
    return managing.list_versions(call.unit, call.actor, app, workflow)
