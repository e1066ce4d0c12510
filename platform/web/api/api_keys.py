"""API keys of one's own, those of everybody for administrators, and service accounts.

Keys are made and ended in a session only: a key makes no other.
"""

from typing import Any

from flask import Blueprint

from joinery.runtime.api_keys import keys, service_accounts
from joinery.web.call import Call, operation

blueprint = Blueprint("api_keys", __name__)


@blueprint.get("/me/api-keys")
@operation(answer="ApiKeys", session_only=True)
def list_own_keys(call: Call) -> dict[str, Any]:
    """One's own API keys, with when and from where each was used last."""
    return {"keys": keys.list_own(call.unit, call.actor)}


@blueprint.post("/me/api-keys")
@operation(body="NewApiKey", answer="NewApiKeyMade", session_only=True)
def make_own_key(call: Call) -> dict[str, Any]:
    """Make an API key that has one's own permissions, or fewer; its token is told this once."""
    return keys.make_own(call.unit, call.actor, call.body)


@blueprint.delete("/me/api-keys/<record_id:key_id>")
@operation(status=204, session_only=True)
def revoke_own_key(call: Call, key_id: int) -> None:
    """End one of one's own API keys at once."""
    keys.revoke_own(call.unit, call.actor, key_id)


@blueprint.get("/api-keys")
@operation(access="admin", answer="ApiKeys", session_only=True)
def list_all_keys(call: Call) -> dict[str, Any]:
    """The API keys of everybody in the workspace."""
    return {"keys": keys.list_all(call.unit)}


@blueprint.delete("/api-keys/<record_id:key_id>")
@operation(access="admin", status=204, session_only=True)
def revoke_any_key(call: Call, key_id: int) -> None:
    """End an API key of anybody at once."""
    keys.revoke_any(call.unit, call.actor, key_id)


@blueprint.get("/service-accounts")
@operation(access="admin", answer="ServiceAccounts", session_only=True)
def list_accounts(call: Call) -> dict[str, Any]:
    """Users that are programs, each with its keys."""
    return {"accounts": service_accounts.list_accounts(call.unit)}


@blueprint.post("/service-accounts")
@operation(access="admin", body="NewServiceAccount", answer="ServiceAccount", session_only=True)
def add_account(call: Call) -> dict[str, Any]:
    """Add a user that is a program: it has roles like people, and no password."""
    return service_accounts.add_account(call.unit, call.actor, call.body)


@blueprint.post("/service-accounts/<record_id:user_id>/api-keys")
@operation(access="admin", body="NewApiKey", answer="NewApiKeyMade", session_only=True)
def make_account_key(call: Call, user_id: int) -> dict[str, Any]:
    """Make an API key of a service account; its token is told this once."""
    return service_accounts.make_key(call.unit, call.actor, user_id, call.body)
