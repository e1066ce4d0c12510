"""The workspaces somebody belongs to, and going from one to another without signing in again."""

from typing import Any

import sqlalchemy as sa

from joinery.kernel import DuplicateValue, InvalidInput, Issue, NotFound
from joinery.runtime import audit
from joinery.runtime.kinds import USER, WORKSPACE
from joinery.runtime.people import people, sessions
from joinery.runtime.people.sessions import Session
from joinery.runtime.people.sign_in import Origin, note_sign_in
from joinery.runtime.services import Services
from joinery.runtime.unit import Unit
from joinery.storage import organisation, system_tables, touch_directory

_user = system_tables.user
_member = system_tables.member
_workspace = system_tables.workspace


def list_own_workspaces(unit: Unit, session: Session) -> list[dict[str, Any]]:
    """The workspaces in which the person of a session is active, by name; `current` is the session's.

    Whoever is looked on as somebody else has this one alone.
    """
    found = [row for row in _own(unit, session.user.id) if _is_told(session, row.key)]
    return [{"key": row.key, "name": row.name, "current": row.key == session.workspace.key} for row in found]


def switch_workspace(services: Services, unit: Unit, session: Session, key: str, origin: Origin) -> str:
    """Leave this session's workspace for another of one's own; the token of the new session.

    The old token is worth nothing from then on. Raises NotFound for every workspace in which the person is
    not active, whether it is there or not.
    """
    row = next((one for one in _own(unit, session.user.id) if one.key == key), None)
    if row is None or not _is_told(session, key):
        raise NotFound(kind=WORKSPACE)
    audit.record(unit, session.actor, "signed_out")
    with services.unit(key) as there:
        note_sign_in(there, session.user.id, session.user.name, origin, "signed_in")
    sessions.close_session(unit, session)
    return sessions.open_session(
        unit,
        session.user.id,
        row.id,
        unit.now,
        address=origin.address,
        user_agent=origin.user_agent,
    )


def join_workspace(unit: Unit, *, email: str, is_admin: bool, roles: list[str]) -> None:
    """Make somebody who signs in already a member of the unit's workspace too.

    Raises NotFound for an unknown address, DuplicateValue for a member, and InvalidInput for one who left.
    """
    user_id = people.id_of(unit, email)
    if user_id is None:
        raise NotFound(kind=USER)
    member = unit.connection.execute(
        sa.select(_member.c.active).where(
            _member.c.user_id == user_id, _member.c.workspace_id == unit.workspace.id
        )
    ).one_or_none()
    if member is not None and not member.active:
        raise InvalidInput(issues=[Issue("/email", "member_left")])
    if member is not None:
        raise DuplicateValue(issues=[Issue("/email", "member_already")])
    unit.connection.execute(_member.insert().values(workspace_id=unit.workspace.id, user_id=user_id))
    organisation.change_member(unit, user_id, is_admin=is_admin, roles=sorted(roles))
    touch_directory(unit)


def _is_told(session: Session, key: str) -> bool:
    return session.previewed_by is None or key == session.workspace.key


def _own(unit: Unit, user_id: int) -> list[sa.Row[Any]]:
    statement = (
        sa.select(_workspace.c.id, _workspace.c.key, _workspace.c.name)
        .join(_member, _member.c.workspace_id == _workspace.c.id)
        .join(_user, _user.c.id == _member.c.user_id)
        .where(_user.c.id == user_id, _user.c.active, _member.c.active)
        .order_by(sa.func.lower(_workspace.c.name), _workspace.c.id)
    )
    return list(unit.connection.execute(statement))
