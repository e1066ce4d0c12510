"""The workflows of an app as they are run: what starts by the newest version, what runs by its own."""

from collections.abc import Mapping

from joinery.definitions import StartDefinition, WorkflowDefinition, load_workflow
from joinery.permissions import is_shown_to
from joinery.runtime.records.open_form import OpenForm
from joinery.runtime.unit import Unit
from joinery.storage import workflow_versions
from joinery.storage.apps import LoadedApp
from joinery.storage.workflow_instances import StoredInstance
from joinery.storage.workflow_versions import WorkflowVersion


def of_form(app: LoadedApp, form: str) -> tuple[WorkflowDefinition, ...]:
    """The workflows of the published version that are about a form."""
    workflows = app.compiled.definition.workflows.values()
    return tuple(workflow for workflow in workflows if workflow.form == form)


def shown_of_form(at: OpenForm) -> tuple[WorkflowDefinition, ...]:
    """The workflows of a form that are shown to the actor."""
    return tuple(workflow for workflow in of_form(at.app, at.form.key) if is_shown(at, workflow))


def run_is_shown(at: OpenForm, run: StoredInstance) -> bool:
    """Whether runs of a workflow are shown to the actor: as the published version says, else their own."""
    published = at.app.compiled.definition.workflows.get(run.workflow)
    return is_shown(at, published or at_version(at.unit, run.version_id)[0])


def is_shown(at: OpenForm, workflow: WorkflowDefinition) -> bool:
    """Whether a workflow is shown to the actor."""
    whole = at.actor.administers(at.form.app)
    return whole or is_shown_to(workflow.visible_to, at.actor, at.directory)


def is_allowed(at: OpenForm, start: StartDefinition) -> bool:
    """Whether the actor is among those by whom something starts; everybody is where it names nobody."""
    if not start.roles and start.allowed_to is None:
        return True
    if at.actor.administers(at.form.app) or at.actor.roles.intersection(start.roles):
        return True
    return start.allowed_to is not None and is_shown_to(start.allowed_to, at.actor, at.directory)


def newest(unit: Unit, app: LoadedApp) -> Mapping[str, WorkflowVersion]:
    """The newest version of each workflow, read once per published version of the app."""
    key = ("newest workflows", unit.schema, app.compiled.definition.key, app.version)
    return unit.memory.get(key, lambda: workflow_versions.newest(unit, app.compiled.definition.key))


def at_version(unit: Unit, version_id: int) -> tuple[WorkflowDefinition, WorkflowVersion]:
    """The workflow that an instance runs by."""
    version = workflow_versions.get(unit, version_id)

    def load() -> WorkflowDefinition:
        return load_workflow(version.app, version.workflow, version.definition)

    return unit.memory.get(("workflow", unit.schema, version_id), load), version
