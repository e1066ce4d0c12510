"""What the workspace asks of new passwords."""

from typing import Any

from flask import Blueprint

from joinery.runtime.people import password_policy
from joinery.runtime.people.sign_in_rules import sign_in_rules
from joinery.web.call import Call, operation

blueprint = Blueprint("password_policy", __name__, url_prefix="/password-policy")


@blueprint.get("")
@operation(answer="SignInRules")
def read_policy(call: Call) -> dict[str, Any]:
    """How long a new password is at least, and when accounts are locked, links and sessions end."""
    return sign_in_rules(call.unit)


@blueprint.put("")
@operation(access="admin", body="PasswordPolicy", answer="SignInRules", session_only=True)
def change_policy(call: Call) -> dict[str, Any]:
    """Ask for longer passwords, or shorter ones, from now on; those in use stay."""
    password_policy.change_policy(call.unit, call.actor, call.body["shortest"])
    return sign_in_rules(call.unit)
