"""Sessions of signed-in people: a random token in the browser, only its hash in the database."""

import hashlib
import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any

import sqlalchemy as sa

from joinery.directory import Actor
from joinery.kernel import NotSignedIn
from joinery.storage import UnitOfWork, Workspace, directory, system_tables
from joinery.storage.ready_statements import ready

#: A session ends when it was not used for this long.
LIFETIME = timedelta(days=14)

#: Nothing longer can be a token of ours.
LONGEST_TOKEN = 100

#: Characters of a token's hash that name a session.
KEY_LENGTH = 32

#: How old the note of the last use may become before it is written again.
_SEEN_EVERY = timedelta(minutes=10)

_user = system_tables.user
_member = system_tables.member
_session = system_tables.session
_workspace = system_tables.workspace


@dataclass(frozen=True, slots=True, kw_only=True)
class SignedIn:
    """The person of a session; `language` and `theme` are the personal choices, or the workspace's."""

    id: int
    name: str
    email: str
    language: str
    theme: str
    demo: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class KeyUse:
    """The API key of a call: whether it may write, and the only apps it may enter; None for all."""

    id: int
    name: str
    writes: bool
    apps: frozenset[str] | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Session:
    """A living session: who, where, and the token that writing calls must carry.

    While an administrator looks at the workspace as somebody else, `user` and `actor` are that person,
    `previewed_by` is the administrator, and nothing can be changed. A call by API key has a session for
    itself alone, with `key` and without tokens.
    """

    user: SignedIn
    actor: Actor
    workspace: Workspace
    csrf_token: str
    token_hash: str
    previewed_by: SignedIn | None = None
    preview_user_id: int | None = None
    key: KeyUse | None = None


def token_hash(token: str) -> str:
    """What is stored of a token: tokens are random, so one round of SHA-256 is enough."""
    return hashlib.sha256(token.encode("utf-8", "surrogatepass")).hexdigest()


_WORKSPACE_FIELDS = tuple(Workspace.__dataclass_fields__)

#: What `session_from` makes a session of: columns of a user, his membership and the workspace.
PERSON_COLUMNS = (
    _user.c.id.label("user_id"),
    _user.c.name.label("user_name"),
    _user.c.email,
    _user.c.language.label("user_language"),
    _user.c.theme,
    _user.c.demo.label("demo_user"),
    _member.c.is_admin,
    _member.c.roles,
    _member.c.department_ids,
    *(_workspace.c[name].label(f"w_{name}") for name in _WORKSPACE_FIELDS),
)

_FIND = (
    sa.select(
        _session.c.token_hash,
        _session.c.csrf_token,
        _session.c.last_seen_at,
        _session.c.preview_user_id,
        *PERSON_COLUMNS,
    )
    .join(_user, _user.c.id == _session.c.user_id)
    .join(_workspace, _workspace.c.id == _session.c.workspace_id)
    .join(
        _member,
        sa.and_(_member.c.user_id == _user.c.id, _member.c.workspace_id == _workspace.c.id),
    )
    .where(
        _session.c.token_hash == sa.bindparam("hash"),
        _session.c.expires_at > sa.bindparam("now"),
        system_tables.is_here(),
    )
)


def open_session(
    unit: UnitOfWork, user_id: int, workspace_id: int, now: datetime, **origin: str | None
) -> str:
    """A new session of a user in a workspace; the token is returned once and never stored.

    `origin` may hold `address` and `user_agent`. Sessions that have ended are removed on the way.
    """
    token = secrets.token_urlsafe(32)
    unit.connection.execute(
        _session.delete().where(_session.c.user_id == user_id, _session.c.expires_at <= now)
    )
    unit.connection.execute(
        _session.insert().values(
            token_hash=token_hash(token),
            user_id=user_id,
            workspace_id=workspace_id,
            csrf_token=secrets.token_urlsafe(32),
            created_at=now,
            last_seen_at=now,
            expires_at=now + LIFETIME,
            address=origin.get("address"),
            user_agent=(origin.get("user_agent") or "")[:300],
        )
    )
    return token


def session_of(unit: UnitOfWork, token: str, now: datetime) -> Session | None:
    """The living session of a token, its end moved on by its use; None when there is none."""
    hashed = token_hash(token)
    row = _find(unit, hashed, now)
    if row is None:
        return None
    if now - row["last_seen_at"] > _SEEN_EVERY:
        unit.connection.execute(
            _session.update()
            .where(_session.c.token_hash == hashed)
            .values(last_seen_at=now, expires_at=now + LIFETIME)
        )
    return session_from(row)


def with_rights(unit: UnitOfWork, session: Session) -> Session:
    """The session with all that the directory knows of its person's rights, or of whom it looks on as.

    A preview counts only while its administrator is one, and the person is here.
    """
    known = directory.load(unit)
    user, where = session.user, {"language": session.user.language, "workspace": session.workspace.key}
    actor = known.actor(user.id, **where)
    if actor is None:
        raise NotSignedIn()
    if session.key is not None:
        return replace(session, actor=replace(actor, apps=session.key.apps))
    shown = known.actor(session.preview_user_id, **where) if session.preview_user_id else None
    if shown is None or shown.user_id is None or not actor.is_admin:
        return replace(session, actor=actor)
    as_person = replace(user, id=shown.user_id, name=shown.name, email=shown.email)
    return replace(session, actor=shown, user=as_person, previewed_by=user)


def set_preview(unit: UnitOfWork, session: Session, user_id: int | None) -> None:
    """Let a session look on as this person from the next request on; None as its own."""
    unit.connection.execute(
        _session.update().where(_session.c.token_hash == session.token_hash).values(preview_user_id=user_id)
    )


def reload(unit: UnitOfWork, session: Session, now: datetime) -> Session:
    """The same session after the person behind it was changed."""
    row = _find(unit, session.token_hash, now)
    if row is None:
        raise NotSignedIn()
    return session_from(row)


def close_session(unit: UnitOfWork, session: Session) -> None:
    """End a session; its token is worth nothing from now on."""
    unit.connection.execute(_session.delete().where(_session.c.token_hash == session.token_hash))


def close_sessions_of(unit: UnitOfWork, user_id: int) -> None:
    """End every session of a user, as after a new password."""
    unit.connection.execute(_session.delete().where(_session.c.user_id == user_id))


def close_sessions_here(unit: UnitOfWork, user_id: int) -> None:
    """End every session of a user in the unit's workspace."""
    unit.connection.execute(
        _session.delete().where(_session.c.user_id == user_id, _session.c.workspace_id == unit.workspace.id)
    )


def list_sessions(unit: UnitOfWork, current: Session, now: datetime) -> list[dict[str, Any]]:
    """The living sessions of the person of `current`, in all workspaces, the one used last first.

    `key` names a session without opening it: the beginning of the hash of its token.
    """
    rows = unit.connection.execute(
        sa.select(
            _session.c.token_hash,
            _session.c.created_at,
            _session.c.last_seen_at,
            _session.c.address,
            _session.c.user_agent,
        )
        .where(_session.c.user_id == current.user.id, _session.c.expires_at > now)
        .order_by(_session.c.last_seen_at.desc(), _session.c.token_hash)
    )
    return [
        {
            "key": row.token_hash[:KEY_LENGTH],
            "current": row.token_hash == current.token_hash,
            "created_at": row.created_at,
            "last_seen_at": row.last_seen_at,
            "address": row.address,
            "user_agent": row.user_agent,
        }
        for row in rows
    ]


def is_used_from(unit: UnitOfWork, user_id: int, address: str | None, now: datetime) -> bool:
    """Whether somebody is signed in, in a session that lives, from this network address."""
    statement = sa.exists().where(
        _session.c.user_id == user_id, _session.c.address == address, _session.c.expires_at > now
    )
    return address is not None and bool(unit.connection.execute(sa.select(statement)).scalar_one())


def end_session(unit: UnitOfWork, current: Session, key: str) -> bool:
    """End one of one's own sessions by its key; False when there is none such."""
    ended = unit.connection.execute(
        _session.delete().where(
            _session.c.user_id == current.user.id, sa.func.left(_session.c.token_hash, KEY_LENGTH) == key
        )
    )
    return ended.rowcount > 0


def end_other_sessions(unit: UnitOfWork, current: Session) -> None:
    """End all of one's own sessions but this one."""
    unit.connection.execute(
        _session.delete().where(
            _session.c.user_id == current.user.id, _session.c.token_hash != current.token_hash
        )
    )


def last_seen(unit: UnitOfWork, user_ids: Sequence[int]) -> Mapping[int, datetime]:
    """When these people last used one of their living sessions in the unit's workspace."""
    rows = unit.connection.execute(
        sa.select(_session.c.user_id, sa.func.max(_session.c.last_seen_at).label("seen"))
        .where(_session.c.user_id.in_(user_ids), _session.c.workspace_id == unit.workspace.id)
        .group_by(_session.c.user_id)
    )
    return {row.user_id: row.seen for row in rows}


def _find(unit: UnitOfWork, hashed: str, now: datetime) -> Mapping[str, Any] | None:
    """The row of a living session: what every request asks for first."""
    statement = unit.memory.get(("session",), lambda: ready(unit, _FIND))
    return next(iter(statement.rows(unit, {"hash": hashed, "now": now})), None)


def session_from(row: Mapping[str, Any], key: KeyUse | None = None) -> Session:
    """The session of a row with PERSON_COLUMNS and, unless it is a call by `key`, the session's own."""
    workspace = Workspace(**{name: row[f"w_{name}"] for name in _WORKSPACE_FIELDS})
    user = SignedIn(
        id=row["user_id"],
        name=row["user_name"],
        email=row["email"],
        language=row["user_language"] or workspace.language,
        theme=row["theme"] or "system",
        demo=row["demo_user"],
    )
    actor = Actor(
        user_id=user.id,
        name=user.name,
        email=user.email,
        roles=frozenset(row["roles"]),
        is_admin=row["is_admin"],
        department_ids=tuple(row["department_ids"]),
        language=user.language,
        workspace=workspace.key,
    )
    return Session(
        user=user,
        actor=actor,
        workspace=workspace,
        csrf_token="" if key else row["csrf_token"],
        token_hash="" if key else row["token_hash"],
        preview_user_id=None if key else row["preview_user_id"],
        key=key,
    )
