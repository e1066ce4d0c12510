"""Changing one's own password while signed in."""

import sqlalchemy as sa

from joinery.kernel import InvalidInput, Issue
from joinery.runtime.people import sessions
from joinery.runtime.people.password_policy import new_password_issues
from joinery.runtime.people.passwords import hash_password, password_matches
from joinery.runtime.people.sessions import Session
from joinery.runtime.people.sign_in_limit import attempt_key, count_attempt, forget_attempts
from joinery.runtime.services import Services
from joinery.storage import organisation, system_tables

_user = system_tables.user


def change_password(services: Services, session: Session, *, current: str, password: str) -> None:
    """A new password for whoever is signed in; all other sessions of the person end.

    Raises InvalidInput for a wrong current password (a session alone is no proof of who sits there) and for
    what the workspace asks of passwords, and TooManyRequests after too many wrong ones.
    """
    key = attempt_key(f"own {session.user.id}", None)
    with services.unit(None) as unit:
        count_attempt(unit, key, unit.now)
    with services.unit(session.workspace.key) as unit:
        stored = unit.connection.execute(
            sa.select(_user.c.password_hash).where(_user.c.id == session.user.id)
        ).scalar_one()
        if session.user.demo or not password_matches(current, stored):
            raise InvalidInput(issues=[Issue("/current", "password_wrong")])
        own = (session.user.name, session.user.email)
        if issues := new_password_issues(unit, password, "/password", own=own):
            raise InvalidInput(issues=issues)
        forget_attempts(unit, [key], unit.now)
        organisation.change_user(unit, session.user.id, password_hash=hash_password(password))
        sessions.end_other_sessions(unit, session)
