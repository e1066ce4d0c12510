"""Sign in, sign out, and the first administrator."""

import secrets
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

import sqlalchemy as sa

from joinery.directory import Actor
from joinery.kernel import NotFound, WrongSignIn
from joinery.runtime import audit
from joinery.runtime.kinds import SETUP_LINK
from joinery.runtime.people import people, sessions
from joinery.runtime.people.passwords import password_matches
from joinery.runtime.people.sessions import Session
from joinery.runtime.people.sign_in_limit import (
    BY_ACCOUNT,
    account_key,
    attempt_key,
    count_attempt,
    forget_attempts,
)
from joinery.runtime.services import Services
from joinery.runtime.settings import FIRST_WORKSPACE
from joinery.runtime.unit import Unit
from joinery.storage import system_tables

SETUP_LINK_LIFETIME = timedelta(days=3)

_user = system_tables.user
_member = system_tables.member
_workspace = system_tables.workspace
_link = system_tables.setup_link


@dataclass(frozen=True, slots=True, kw_only=True)
class Origin:
    """Where a sign-in comes from; `loopback` is true only for this machine itself, not for a proxy on it."""

    address: str | None = None
    user_agent: str | None = None
    loopback: bool = False


def sign_in(services: Services, email: str, password: str, origin: Origin) -> str:
    """The token of a new session. The count of failures holds even though the attempt fails.

    Raises WrongSignIn without saying what is wrong, and TooManyRequests after too many failures, of this
    caller or of all who try the account.
    """
    keys = [attempt_key(email, origin.address)]
    locked_until = None
    with services.unit(None) as unit:
        count_attempt(unit, keys[0], unit.now)
        found = find_user(unit, email)
        if found is None or not sessions.is_used_from(unit, found.id, origin.address, unit.now):
            keys.append(account_key(email))
            locked_until = count_attempt(unit, keys[1], unit.now, limit=BY_ACCOUNT)
    right = password_matches(password, found.password_hash if found else None)
    if found is None or not right or not _may_sign_in(services, found, origin):
        if found is not None:
            _note(services, found, origin, "sign_in_failed")
            if locked_until is not None:
                _note(services, found, origin, "account_locked", until=locked_until)
        raise WrongSignIn()
    _note(services, found, origin, "signed_in")
    with services.unit(None) as unit:
        forget_attempts(unit, keys, unit.now)
        return sessions.open_session(
            unit,
            found.id,
            found.workspace_id,
            unit.now,
            address=origin.address,
            user_agent=origin.user_agent,
        )


def _note(services: Services, found: "_Found", origin: Origin, kind: str, **more: datetime) -> None:
    """Keep in the log of the workspace who came, or tried to."""
    with services.unit(found.workspace_key) as unit:
        note_sign_in(unit, found.id, found.name, origin, kind, **more)


def note_sign_in(unit: Unit, user_id: int, name: str, origin: Origin, kind: str, **more: datetime) -> None:
    """Keep in the log of the unit's workspace that somebody came in, or tried to, and with what."""
    unit.address = origin.address
    actor = Actor(user_id=user_id, name=name, workspace=unit.workspace.key)
    audit.record(unit, actor, kind, after={"browser": (origin.user_agent or "")[:300], **more})


def sign_out(unit: Unit, session: Session) -> None:
    """End this session."""
    by = session.previewed_by or session.user
    audit.record(unit, replace(session.actor, user_id=by.id, name=by.name), "signed_out")
    sessions.close_session(unit, session)


def setup_needed(unit: Unit) -> bool:
    """Whether nobody can sign in yet: the operator's one-time link makes the first administrator."""
    return unit.connection.execute(sa.select(sa.exists().where(_user.c.active))).scalar_one() is False


def make_setup_link(unit: Unit) -> str:
    """The token of a new one-time link; links made before are void."""
    token = secrets.token_urlsafe(24)
    unit.connection.execute(_link.delete())
    unit.connection.execute(
        _link.insert().values(
            token_hash=sessions.token_hash(token), expires_at=unit.now + SETUP_LINK_LIFETIME
        )
    )
    return token


def create_first_admin(
    services: Services, *, token: str, email: str, name: str, password: str, origin: Origin
) -> str:
    """Use the one-time link: makes the first administrator and signs in; returns the session's token.

    Raises NotFound for a link that is wrong, used or too old, InvalidInput for what was typed.
    """
    with services.unit(FIRST_WORKSPACE) as unit:
        _use_link(unit, token, unit.now)
        user_id = people.add_user(unit, email=email, name=name, password=password, is_admin=True)
        return sessions.open_session(
            unit,
            user_id,
            unit.workspace.id,
            unit.now,
            address=origin.address,
            user_agent=origin.user_agent,
        )


def _use_link(unit: Unit, token: str, now: datetime) -> None:
    used = unit.connection.execute(
        _link.update()
        .where(
            _link.c.token_hash == sessions.token_hash(token),
            _link.c.used_at.is_(None),
            _link.c.expires_at > now,
        )
        .values(used_at=now)
    )
    if used.rowcount != 1 or not setup_needed(unit):
        raise NotFound(kind=SETUP_LINK)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Found:
    id: int
    name: str
    password_hash: str
    demo: bool
    workspace_id: int
    workspace_key: str


def find_user(unit: Unit, email: str) -> _Found | None:
    """The active user of this address, in the workspace joined first."""
    if "\x00" in email or not email.isprintable():
        return None
    row = (
        unit.connection.execute(
            sa.select(
                _user.c.id,
                _user.c.name,
                _user.c.password_hash,
                _user.c.demo,
                _member.c.workspace_id,
                _workspace.c.key.label("workspace_key"),
            )
            .join(_member, _member.c.user_id == _user.c.id)
            .join(_workspace, _workspace.c.id == _member.c.workspace_id)
            .where(
                sa.func.lower(_user.c.email) == email.strip().lower(),
                system_tables.is_here(),
                ~_user.c.service,
            )
            .order_by(_member.c.workspace_id)
            .limit(1)
        )
        .mappings()
        .one_or_none()
    )
    return _Found(**row) if row else None


def _may_sign_in(services: Services, found: _Found, origin: Origin) -> bool:
    """Everybody knows the demo's password, so it opens only the demo and only from this machine."""
    return not found.demo or (services.settings.demo and origin.loopback)
