"""Service accounts: users that are programs. They have roles like people, no password, and keys."""

import secrets
from collections.abc import Mapping
from typing import Any

from joinery.directory import Actor
from joinery.kernel import NotFound
from joinery.runtime.api_keys import keys
from joinery.runtime.kinds import SERVICE_ACCOUNT
from joinery.runtime.people import members
from joinery.runtime.unit import Unit
from joinery.storage import directory


def list_accounts(unit: Unit) -> list[dict[str, Any]]:
    """The service accounts of the workspace with their keys, in the order of their names."""
    known = directory.load(unit)
    accounts = sorted(
        (user for user in known.users if user.service), key=lambda user: (user.name.casefold(), user.id)
    )
    held: dict[int, list[dict[str, Any]]] = {user.id: [] for user in accounts}
    for key in keys.keys_of(unit, list(held)):
        held[key["user"]["id"]].append(key)
    return [{**members.person_json(known, user), "keys": held[user.id]} for user in accounts]


def add_account(unit: Unit, actor: Actor, sent: Mapping[str, Any]) -> dict[str, Any]:
    """A new service account; raises InvalidInput with every problem, as `members.add_person`."""
    # Nobody reads mail there: the name ends in a domain that can never exist.
    email = f"service-{secrets.token_hex(8)}@service.invalid"
    person = members.add_service_account(unit, actor, {**sent, "email": email})
    # An account never signs in: when it was here last say its keys.
    without = ("last_seen_at", "locked_until")
    return {**{name: value for name, value in person.items() if name not in without}, "keys": []}


def make_key(unit: Unit, actor: Actor, user_id: int, sent: Mapping[str, Any]) -> dict[str, Any]:
    """A new key of a service account, with its `token`; raises NotFound for people, and InvalidInput."""
    account = directory.load(unit).user(user_id)
    if account is None or not account.service:
        raise NotFound(kind=SERVICE_ACCOUNT)
    return keys.make_key(unit, actor, user_id, sent)
