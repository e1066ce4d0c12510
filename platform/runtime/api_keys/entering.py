"""A call by API key: whose rights it has, that it was used, and that it does not call too often."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

import sqlalchemy as sa

from joinery.kernel import NotSignedIn, TooManyRequests
from joinery.runtime.api_keys.tokens import is_right, read_token
from joinery.runtime.people import sessions
from joinery.runtime.people.sessions import KeyUse, Session
from joinery.storage import UnitOfWork, system_tables
from joinery.storage.ready_statements import ready

_key = system_tables.api_key
_user = system_tables.user
_member = system_tables.member
_workspace = system_tables.workspace

_MINUTE = timedelta(minutes=1)


class WrongApiKey(NotSignedIn):
    """There is no such key, it ended, or its person left; which of these is not said."""

    code = "wrong_api_key"


_FIND = (
    sa.select(
        _key.c.id.label("key_id"),
        _key.c.secret_hash,
        _key.c.name.label("key_name"),
        _key.c.writes,
        _key.c.apps,
        *sessions.PERSON_COLUMNS,
    )
    .join(_user, _user.c.id == _key.c.user_id)
    .join(_workspace, _workspace.c.id == _key.c.workspace_id)
    .join(_member, sa.and_(_member.c.user_id == _user.c.id, _member.c.workspace_id == _workspace.c.id))
    .where(
        _key.c.prefix == sa.bindparam("prefix"),
        _key.c.revoked_at.is_(None),
        sa.or_(_key.c.expires_at.is_(None), _key.c.expires_at > sa.bindparam("now")),
        system_tables.is_here(),
    )
)


def session_by_key(unit: UnitOfWork, text: str, now: datetime) -> Session:
    """What a call by this key works with: a session that has no cookie and no CSRF token.

    Raises WrongApiKey for every key that does not open anything (any longer).
    """
    token = read_token(text)
    if token is None:
        raise WrongApiKey()
    statement = unit.memory.get(("api_key",), lambda: ready(unit, _FIND))
    row = next(iter(statement.rows(unit, {"prefix": token.prefix, "now": now})), None)
    right = is_right(token, row["secret_hash"] if row else None)
    if row is None or not right:
        raise WrongApiKey()
    return sessions.session_from(row, key=_key_of(row))


def count_call(unit: UnitOfWork, key: KeyUse, now: datetime, *, address: str | None, most: int) -> None:
    """Note the use of a key and count it, in a short transaction of its own that all processes share.

    Raises TooManyRequests from the call after `most` on, until a minute has passed since the first of them.
    """
    fresh = sa.or_(_key.c.counted_from.is_(None), _key.c.counted_from <= now - _MINUTE)
    unit.connection.execute(sa.text("SET LOCAL synchronous_commit = off"))
    row = unit.connection.execute(
        _key.update()
        .where(_key.c.id == key.id)
        .values(
            last_used_at=now,
            last_address=address,
            calls=sa.case((fresh, 1), else_=_key.c.calls + 1),
            counted_from=sa.case((fresh, now), else_=_key.c.counted_from),
        )
        .returning(_key.c.calls, _key.c.counted_from)
    ).one_or_none()
    if row is not None and row.calls > most:
        raise KeyCallsTooOften(seconds=int((row.counted_from + _MINUTE - now).total_seconds()) + 1)


class KeyCallsTooOften(TooManyRequests):
    """More calls by one key than a minute may have; `seconds` until the next is answered."""

    code = "key_calls_too_often"


def _key_of(row: Mapping[str, Any]) -> KeyUse:
    apps = row["apps"]
    return KeyUse(
        id=row["key_id"],
        name=row["key_name"],
        writes=row["writes"],
        apps=None if apps is None else frozenset(apps),
    )
