"""Links by which somebody chooses a password: who was invited, or forgot it.

The token is told once, to the administrator who asks for it; only its hash is kept.
"""

import secrets
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

import sqlalchemy as sa

from joinery.directory import Actor, Management, User
from joinery.kernel import InvalidInput, Issue, NotFound
from joinery.runtime.kinds import PASSWORD_LINK
from joinery.runtime.mail.letters import password_letter
from joinery.runtime.mail.outbox import queue_mail
from joinery.runtime.people import members, sessions
from joinery.runtime.people.limits import require_managed
from joinery.runtime.people.organising import directory_to_change, note
from joinery.runtime.people.password_policy import new_password_issues, read_policy
from joinery.runtime.people.passwords import hash_password
from joinery.runtime.people.sign_in import Origin, find_user, note_sign_in
from joinery.runtime.people.sign_in_limit import (
    BY_ADDRESS,
    account_key,
    attempt_key,
    count_attempt,
    forget_attempts,
)
from joinery.runtime.services import Services
from joinery.runtime.unit import Unit
from joinery.storage import directory, organisation, system_tables, touch_directories_of

LIFETIME = timedelta(days=7)
LONGEST_TOKEN = 100

#: Links that are mailed to one address, and asked for by one caller, before either has to wait.
_OF_ADDRESS = replace(BY_ADDRESS, free=3)
_OF_CALLER = replace(BY_ADDRESS, free=30)

_link = system_tables.password_link
_user = system_tables.user
_member = system_tables.member
_workspace = system_tables.workspace


def make_link(unit: Unit, actor: Actor, user_id: int, *, address: str, send: bool = False) -> dict[str, Any]:
    """A new link for somebody who is here; links made for him before are void. `send` mails it too.

    `address` is where links begin: "https://crm.example.com". An application administrator is not told the
    token: it would let him act as somebody who may more than he does. The link goes out by mail alone.

    Raises NotFound and OutsideCircle, and InvalidInput for people who left or who work in another workspace
    too: their password opens that one as well.
    """
    known = directory_to_change(unit)
    user = require_managed(known, actor, user_id)
    mailed_alone = not Management(known, actor).everything
    link = _make_link(unit, actor, user, address=address, send=send or mailed_alone)
    return {**link, "token": None} if mailed_alone else link


def _make_link(unit: Unit, actor: Actor, user: User, *, address: str, send: bool) -> dict[str, Any]:
    user_id = user.id
    if not user.active:
        raise InvalidInput(issues=[Issue("", "no_such_person", {"id": user_id})])
    if user.service:
        raise InvalidInput(issues=[Issue("", "service_without_password")])
    if organisation.works_elsewhere(unit, user_id):
        raise InvalidInput(issues=[Issue("", "user_works_elsewhere")])
    kind = "user_invited" if user.invited else "password_link_made"
    note(unit, actor, kind, None, {"id": user_id})
    link = new_link(unit, user_id, unit.workspace.id)
    if send:
        mail_link(unit, user_id, link, address=address, by=actor.name)
    return link


def invite(
    unit: Unit, actor: Actor, those: Sequence[Mapping[str, Any]], common: Mapping[str, Any], *, address: str
) -> list[dict[str, Any]]:
    """New people, each with a link that is mailed too; see `members.add_people`."""
    return [
        {"person": person, "link": _link_of_new(unit, actor, person["id"], address=address)}
        for person in members.add_people(unit, actor, those, common)
    ]


def _link_of_new(unit: Unit, actor: Actor, user_id: int, *, address: str) -> dict[str, Any]:
    """The link of somebody whom the actor has just added, with no more rights than he could give."""
    user = directory_to_change(unit).user(user_id)
    assert user is not None, "just added"
    return _make_link(unit, actor, user, address=address, send=True)


def invite_added(unit: Unit, actor: Actor, added: Sequence[int], *, address: str) -> None:
    """Mail a link to each of these people, who have just been added and have no password yet."""
    for user_id in added:
        note(unit, actor, "user_invited", None, {"id": user_id})
        link = new_link(unit, user_id, unit.workspace.id)
        mail_link(unit, user_id, link, address=address, by=actor.name)


def mail_link(unit: Unit, user_id: int, link: Mapping[str, Any], *, address: str, by: str = "") -> None:
    """Queue the mail that brings somebody his link, in his language."""
    row = unit.connection.execute(
        sa.select(_user.c.name, _user.c.email, _user.c.language, _user.c.password_hash).where(
            _user.c.id == user_id
        )
    ).one()
    invited = row.password_hash == directory.NO_PASSWORD
    letter = password_letter(
        unit.workspace,
        invited=invited,
        name=row.name,
        link=f"{address}/password#{link['token']}",
        until=link["expires_at"],
        language=row.language or unit.workspace.language,
        by=by,
    )
    queue_mail(unit, kind="invitation" if invited else "new_password", address=row.email, letter=letter)


def forgot_password(services: Services, email: str, origin: Origin) -> None:
    """Mail a link to whoever signs in with this address; nobody learns whether there is such a person.

    Raises TooManyRequests for an address, or a caller, that asks too often.
    """
    with services.unit(None) as unit:
        count_attempt(unit, attempt_key("forgot", origin.address), unit.now, limit=_OF_CALLER)
        count_attempt(unit, attempt_key(f"forgot {email}", None), unit.now, limit=_OF_ADDRESS)
        found = find_user(unit, email)
        # Whoever reads a kept mail could come in elsewhere too.
        if found is None or found.demo or (services.mailer is None and _works_in_several(unit, found.id)):
            return
        key = unit.connection.execute(
            sa.select(_workspace.c.key).where(_workspace.c.id == found.workspace_id)
        ).scalar_one()
    with services.unit(key) as unit:
        link = new_link(unit, found.id, found.workspace_id)
        mail_link(unit, found.id, link, address=services.settings.address)


def _works_in_several(unit: Unit, user_id: int) -> bool:
    count = sa.select(sa.func.count()).where(_member.c.user_id == user_id, _member.c.active)
    return bool(unit.connection.execute(count).scalar_one() > 1)


def new_link(unit: Unit, user_id: int, workspace_id: int) -> dict[str, Any]:
    """The `token` of a new link and when it ends; links made for this person before are void."""
    token = secrets.token_urlsafe(32)
    expires_at = unit.now + LIFETIME
    unit.connection.execute(_link.delete().where(_link.c.user_id == user_id))
    unit.connection.execute(
        _link.insert().values(
            token_hash=sessions.token_hash(token),
            user_id=user_id,
            workspace_id=workspace_id,
            expires_at=expires_at,
        )
    )
    return {"token": token, "expires_at": expires_at}


def read_link(services: Services, token: str) -> dict[str, Any]:
    """Whom a link is for and how long a password is at least, told to whoever has it; raises NotFound as
    `choose_password` does."""
    with services.unit(None) as unit:
        row = unit.connection.execute(_living(token, unit.now)).one_or_none()
        if row is None:
            raise NotFound(kind=PASSWORD_LINK)
    with services.unit(row.key) as unit:
        return {
            "shortest": read_policy(unit)["shortest"],
            "name": row.name,
            "email": row.email,
            "workspace": row.workspace,
            "invited": row.password_hash == directory.NO_PASSWORD,
            "expires_at": row.expires_at,
        }


def choose_password(services: Services, *, token: str, password: str, origin: Origin) -> str:
    """Use a link: the password is set, every older session ends; returns the token of a new session.

    An account that was locked by wrong passwords is free again.

    Raises NotFound for a link that is wrong, used, too old or of somebody who left, InvalidInput for the
    password; then the link can be used again.
    """
    with services.unit(None) as unit:
        found = unit.connection.execute(_living(token, unit.now)).one_or_none()
        if found is None:
            raise NotFound(kind=PASSWORD_LINK)
    with services.unit(found.key) as unit:
        row = unit.connection.execute(_living(token, unit.now).with_for_update(of=_link)).one_or_none()
        if row is None:
            raise NotFound(kind=PASSWORD_LINK)
        if issues := new_password_issues(unit, password, "/password", own=(row.name, row.email)):
            raise InvalidInput(issues=issues)
        unit.connection.execute(_link.delete().where(_link.c.user_id == row.user_id))
        organisation.change_user(unit, row.user_id, password_hash=hash_password(password))
        touch_directories_of(unit, row.user_id)
        sessions.close_sessions_of(unit, row.user_id)
        keys = (account_key(row.email), attempt_key(row.email, origin.address))
        forget_attempts(unit, keys, unit.now)
        note_sign_in(unit, row.user_id, row.name, origin, "signed_in_by_link")
        return sessions.open_session(
            unit,
            row.user_id,
            row.workspace_id,
            unit.now,
            address=origin.address,
            user_agent=origin.user_agent,
        )


def _living(token: str, now: datetime) -> sa.Select[Any]:
    """The link of this token, unless it ended or the person left."""
    return (
        sa.select(
            _link.c.user_id,
            _link.c.workspace_id,
            _link.c.expires_at,
            _user.c.name,
            _user.c.email,
            _user.c.password_hash,
            _workspace.c.key,
            _workspace.c.name.label("workspace"),
        )
        .join(_user, _user.c.id == _link.c.user_id)
        .join(_workspace, _workspace.c.id == _link.c.workspace_id)
        .join(
            _member,
            sa.and_(_member.c.user_id == _link.c.user_id, _member.c.workspace_id == _link.c.workspace_id),
        )
        .where(
            _link.c.token_hash == sessions.token_hash(token[:LONGEST_TOKEN]),
            _link.c.expires_at > now,
            ~_user.c.service,
            system_tables.is_here(),
        )
    )
