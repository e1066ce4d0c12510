"""The buttons of a record."""

from typing import Any

from flask import Blueprint

from joinery.runtime.records import actions as record_actions
from joinery.runtime.records.duplicates import CONFIRM_DUPLICATES
from joinery.web.call import Call, operation

blueprint = Blueprint(
    "record_actions",
    __name__,
    url_prefix="/apps/<app>/forms/<form>/records/<record_id:record_id>/actions/<action>",
)


@blueprint.get("")
@operation(answer="ActionPrefill")
def read_action(call: Call, app: str, form: str, record_id: int, action: str) -> dict[str, Any]:
    """What a button would fill in, for a form to be completed first."""
    return record_actions.read_action(call.unit, call.actor, app, form, record_id, action)


@blueprint.post("")
@operation(body="RunAction", answer="ActionDone")
def run_action(call: Call, app: str, form: str, record_id: int, action: str) -> dict[str, Any]:
    """Use a button: its condition is checked again, and everything is saved as by hand."""
    body = call.body
    return record_actions.run_action(
        call.unit,
        call.actor,
        app,
        form,
        record_id,
        action,
        body["revision"],
        body.get("values", {}),
        confirmed=body.get("confirm") == CONFIRM_DUPLICATES,
    )
