"""API keys as people and administrators keep them: made, listed, revoked."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

import sqlalchemy as sa

from joinery.directory import Actor, User
from joinery.kernel import InvalidInput, Issue, Issues, NotFound
from joinery.runtime import audit
from joinery.runtime.api_keys.tokens import hash_of, new_token
from joinery.runtime.kinds import API_KEY, USER
from joinery.runtime.unit import Unit
from joinery.storage import apps, directory, system_tables

LONGEST_NAME = 100

#: Keys that one person may have at the same time.
MOST_KEYS = 50

_key = system_tables.api_key

_TOLD = ("id", "prefix", "name", "writes", "apps", "created_at", "expires_at", "last_used_at", "last_address")


def list_own(unit: Unit, actor: Actor) -> list[dict[str, Any]]:
    """One's own keys, the newest first; those that were revoked are gone, those that expired are told so."""
    return _listed(unit, [_key.c.user_id == actor.user_id])


def list_all(unit: Unit) -> list[dict[str, Any]]:
    """The keys of everybody in the workspace."""
    return _listed(unit, [])


def keys_of(unit: Unit, user_ids: Sequence[int]) -> list[dict[str, Any]]:
    """The keys of these users."""
    return _listed(unit, [_key.c.user_id.in_(user_ids)])


def make_own(unit: Unit, actor: Actor, sent: Mapping[str, Any]) -> dict[str, Any]:
    """A new key of one's own with its `token`, which is told this once.

    `sent` has `name`, `writes`, and perhaps `apps` and `expires_at`. Raises InvalidInput with every problem.
    """
    if actor.user_id is None:
        raise NotFound(kind=USER)
    return make_key(unit, actor, actor.user_id, sent)


def make_key(unit: Unit, actor: Actor, user_id: int, sent: Mapping[str, Any]) -> dict[str, Any]:
    """A new key of a user, as `make_own`; who may make it is the caller's business."""
    owner = directory.load(unit).user(user_id)
    if owner is None:
        raise NotFound(kind=USER)
    name, expires_at = sent["name"].strip(), sent.get("expires_at")
    wanted = sorted(set(sent["apps"])) if sent.get("apps") is not None else None
    issues = Issues()
    if not name or len(name) > LONGEST_NAME or not name.isprintable():
        issues.add("/name", "not_a_name", maximum=LONGEST_NAME)
    ends = _moment(issues, expires_at, unit.now)
    _check_apps(unit, issues, wanted)
    if not owner.active:
        issues.add("", "no_such_person", id=user_id)
    elif len(keys_of(unit, [user_id])) >= MOST_KEYS:
        issues.add("", "too_many_keys", maximum=MOST_KEYS)
    if issues:
        raise InvalidInput(issues=issues)
    token = new_token()
    key_id: int = unit.connection.execute(
        _key.insert()
        .values(
            prefix=token.prefix,
            secret_hash=hash_of(token),
            user_id=user_id,
            workspace_id=unit.workspace.id,
            name=name,
            writes=sent["writes"],
            apps=wanted,
            created_at=unit.now,
            created_by=actor.user_id,
            expires_at=ends,
        )
        .returning(_key.c.id)
    ).scalar_one()
    made = _listed(unit, [_key.c.id == key_id])[0]
    audit.record(unit, actor, "api_key_made", subject=_subject(made), after=_noted(made))
    return {**made, "token": token.text}


def revoke_own(unit: Unit, actor: Actor, key_id: int) -> None:
    """End one of one's own keys at once; raises NotFound."""
    _revoke(unit, actor, [_key.c.id == key_id, _key.c.user_id == actor.user_id], required=True)


def revoke_any(unit: Unit, actor: Actor, key_id: int) -> None:
    """End any key of the workspace at once; raises NotFound."""
    _revoke(unit, actor, [_key.c.id == key_id], required=True)


def revoke_keys_of(unit: Unit, actor: Actor, user_id: int) -> None:
    """End all keys of somebody who leaves the workspace; they do not come back with him."""
    _revoke(unit, actor, [_key.c.user_id == user_id], required=False)


def _revoke(unit: Unit, actor: Actor, which: list[Any], *, required: bool) -> None:
    ended = _listed(unit, which)
    if required and not ended:
        raise NotFound(kind=API_KEY)
    ids = [key["id"] for key in ended]
    unit.connection.execute(_key.update().where(_key.c.id.in_(ids)).values(revoked_at=unit.now))
    for key in ended:
        audit.record(unit, actor, "api_key_revoked", subject=_subject(key), before=_noted(key))


def _listed(unit: Unit, which: list[Any]) -> list[dict[str, Any]]:
    """The keys of the unit's workspace that were not revoked."""
    known = directory.load(unit)
    rows = unit.connection.execute(
        sa.select(_key.c.user_id, *(_key.c[name] for name in _TOLD))
        .where(_key.c.workspace_id == unit.workspace.id, _key.c.revoked_at.is_(None), *which)
        .order_by(_key.c.id.desc())
    ).mappings()
    return [
        {
            **{name: row[name] for name in _TOLD},
            "expired": row["expires_at"] is not None and row["expires_at"] <= unit.now,
            "user": _user_json(row["user_id"], known.user(row["user_id"])),
        }
        for row in rows
    ]


def _user_json(user_id: int, user: User | None) -> dict[str, Any]:
    return {
        "id": user_id,
        "name": user.name if user else "",
        "service": user is not None and user.service,
    }


def _noted(key: Mapping[str, Any]) -> dict[str, Any]:
    """What the audit log keeps of a key: enough to know it, nothing that opens anything."""
    told = {name: key[name] for name in ("id", "prefix", "writes", "apps", "expires_at", "last_used_at")}
    return {**told, "user_id": key["user"]["id"]}


def _subject(key: Mapping[str, Any]) -> str:
    return f"{key['name']} ({key['user']['name']})"


def _moment(issues: Issues, text: str | None, now: datetime) -> datetime | None:
    """The moment a key ends; None for a key that does not."""
    if text is None:
        return None
    try:
        found = datetime.fromisoformat(text)
    except ValueError:
        found = None
    if found is None or found.tzinfo is None:
        issues.add("/expires_at", "not_a_moment")
        return None
    if found <= now:
        issues.add("/expires_at", "key_ends_before")
    return found


def _check_apps(unit: Unit, issues: Issues, wanted: Sequence[str] | None) -> None:
    if wanted is None:
        return
    known = {installed.key for installed in apps.list_apps(unit)}
    if not wanted:
        issues.add("/apps", "key_without_apps")
    issues.extend(
        Issue(f"/apps/{place}", "no_such_app", {"app": app[:60]})
        for place, app in enumerate(wanted)
        if app not in known
    )
