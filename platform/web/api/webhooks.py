"""Calls of other systems by workflows, and the secrets that they use."""

from typing import Any

from flask import Blueprint

from joinery.runtime.webhooks import deliveries, named_secrets
from joinery.runtime.webhooks.sealing import sealer_of
from joinery.web.call import Call, operation

blueprint = Blueprint("webhooks", __name__)


@blueprint.get("/webhook-calls")
@operation(
    access="admin",
    answer="WebhookCalls",
    query={
        "state": {"enum": ["waiting", "done", "failed", "void"]},
        "app": {"type": "string", "maxLength": 60},
        "limit": {"type": "integer", "minimum": 1, "maximum": 200},
        "cursor": {"type": "string", "maxLength": 200},
    },
    session_only=True,
)
def list_calls(call: Call) -> dict[str, Any]:
    """The calls that workflows made, the newest first; those of runs that have ended for 30 days."""
    return deliveries.list_calls(call.unit, call.actor, **call.query)


@blueprint.post("/webhook-calls/<record_id:call_id>/retry")
@operation(access="admin", body="Nothing", answer="WebhookCall", session_only=True)
def retry_call(call: Call, call_id: int) -> dict[str, Any]:
    """Try a call once more, under the same key unless the other side certainly did nothing about it."""
    return deliveries.retry_call(call.unit, call.actor, call_id)


@blueprint.get("/secrets")
@operation(access="some_admin", answer="Secrets", session_only=True)
def list_secrets(call: Call) -> dict[str, Any]:
    """The names of the secrets that workflows may use; nobody is told their values."""
    return {"secrets": named_secrets.list_secrets(call.unit)}


@blueprint.put("/secrets/<name>")
@operation(access="admin", body="PutSecret", answer="Secrets", session_only=True)
def put_secret(call: Call, name: str) -> dict[str, Any]:
    """Make a secret, or give it another value."""
    sealer = sealer_of(call.services.settings)
    named_secrets.put_secret(call.unit, call.actor, name, call.body["value"], call.body["hosts"], sealer)
    return {"secrets": named_secrets.list_secrets(call.unit)}


@blueprint.delete("/secrets/<name>")
@operation(access="admin", answer="Secrets", session_only=True)
def drop_secret(call: Call, name: str) -> dict[str, Any]:
    """Delete a secret; calls that need it fail from then on."""
    named_secrets.drop_secret(call.unit, call.actor, name)
    return {"secrets": named_secrets.list_secrets(call.unit)}
