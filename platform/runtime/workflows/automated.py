"""Starts by programs: automations of an app, and service accounts that call the API."""

from collections.abc import Mapping
from typing import Any

from joinery.definitions import WorkflowDefinition
from joinery.kernel import Forbidden
from joinery.runtime.records.open_form import OpenForm
from joinery.runtime.workflows.definitions import of_form
from joinery.runtime.workflows.runner import Runner, Runs, Save, begin
from joinery.runtime.workflows.world import RecordWorld

Values = Mapping[str, Any]

START: Mapping[str, str] = {"en": "start this workflow on this record", "zh": "对此记录发起该流程"}


def may_act_as_program(at: OpenForm, key: str) -> bool:
    """Whether the actor may start a workflow of the form as an automation does.

    Service accounts may, and who administers the app, where it has such a start and is switched on.
    """
    account = None if at.actor.user_id is None else at.directory.user(at.actor.user_id)
    program = account is not None and account.service
    named = any(one.key == key and _is_automated(one) for one in of_form(at.app, at.form.key))
    return named and (program or at.actor.administers(at.form.app))


def start_by_automation(
    at: OpenForm,
    key: str,
    values: Values,
    initiator: int | None,
    save: Save,
    *,
    outer: Runs = (),
    comment: str | None = None,
) -> Runner | None:
    """Start a workflow on a record that this transaction holds, as a program names it.

    None where it runs on the record already. Raises Forbidden where it has no start by automation, is
    switched off, or the condition of none of them holds.
    """
    workflow = at.app.compiled.definition.workflows.get(key)
    world = RecordWorld(at, values, initiator)
    starts = workflow.starts if workflow is not None and _is_automated(workflow) else ()
    if not any(one.on == "automation" and (one.when is None or world.condition(one.when)) for one in starts):
        raise Forbidden(action=START)
    return begin(at, key, values, initiator, save, outer=outer, comment=comment)


def _is_automated(workflow: WorkflowDefinition) -> bool:
    return workflow.enabled and any(start.on == "automation" for start in workflow.starts)
