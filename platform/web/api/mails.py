"""Mails of the workspace: on their way, sent, failed, or kept where no mail server is known."""

from typing import Any

from flask import Blueprint

from joinery.runtime.mail import outbox
from joinery.web.call import Call, operation

blueprint = Blueprint("mails", __name__, url_prefix="/mails")


@blueprint.get("")
@operation(
    access="admin",
    answer="Mails",
    query={
        "offset": {"type": "integer", "minimum": 0, "maximum": 1_000_000},
        "limit": {"type": "integer", "minimum": 1, "maximum": 200},
    },
    session_only=True,
)
def list_mails(call: Call) -> dict[str, Any]:
    """The mails of the last 30 days, the newest first; `configured` says whether there is a mail server."""
    found = outbox.list_mails(call.unit, **call.query)
    return {**found, "configured": call.services.settings.mail_server is not None}


@blueprint.get("/<record_id:mail_id>")
@operation(access="admin", answer="Mail", session_only=True)
def read_mail(call: Call, mail_id: int) -> dict[str, Any]:
    """One of the mails."""
    return outbox.read_mail(call.unit, mail_id)
