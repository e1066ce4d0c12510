"""The people of a workspace: who they are, and what each may change about himself."""

import re
from collections.abc import Iterable, Mapping
from typing import Any

import sqlalchemy as sa

from joinery.definitions import Label
from joinery.directory import Actor, Directory, User
from joinery.kernel import LANGUAGES, DuplicateValue, InvalidInput, Issue, Issues, NotFound
from joinery.runtime.kinds import USER
from joinery.runtime.people import sessions
from joinery.runtime.people.organising import app_roles
from joinery.runtime.people.password_policy import new_password_issues
from joinery.runtime.people.passwords import hash_password
from joinery.runtime.people.sessions import Session
from joinery.runtime.unit import Unit
from joinery.storage import (
    directory,
    organisation,
    system_tables,
    touch_directories_of,
    touch_directory,
)

THEMES = ("system", "light", "dark")

_EMAIL = re.compile(r"[^@\s,;<>\"'\x00]+@[^@\s,;<>\"'\x00]+\.[^@\s,;<>\"'\x00]+")
_LONGEST_EMAIL = 254
_LONGEST_NAME = 100

_ADMINISTRATOR: Label = {"en": "Administrator", "zh": "管理员"}
_KINDS: Mapping[str, Label] = {
    "customer": {"en": "Customer (external)", "zh": "客户（外部）"},
    "dealer": {"en": "Dealer (external)", "zh": "经销商（外部）"},
    "supplier": {"en": "Supplier (external)", "zh": "供应商（外部）"},
}

_user = system_tables.user
_member = system_tables.member
_organisation = system_tables.external_organisation


#: What `me` tells.
ME = ("user", "workspace", "csrf_token", "previewed_by")


def me(session: Session) -> dict[str, Any]:
    """Who is signed in and where, as the interface wants to know it."""
    user, workspace, by = session.user, session.workspace, session.previewed_by
    return {
        "user": {
            "id": user.id,
            "name": user.name,
            "email": user.email,
            "language": user.language,
            "theme": user.theme,
            "is_admin": session.actor.is_admin,
            "roles": sorted(session.actor.roles),
            "external": session.actor.external,
            "circle": _circle(session.actor),
        },
        "workspace": {
            "key": workspace.key,
            "name": workspace.name,
            "time_zone": workspace.time_zone,
            "currency": workspace.currency,
            "demo": workspace.demo,
        },
        "csrf_token": session.csrf_token,
        "previewed_by": {"id": by.id, "name": by.name} if by else None,
    }


def _circle(actor: Actor) -> dict[str, Any] | None:
    """Which apps an application administrator administers (None: all), and whether he manages people."""
    if actor.is_admin or actor.circle is None:
        return None
    apps = actor.circle.apps
    return {"apps": None if apps is None else sorted(apps), "people": actor.administers_people}


def change_me(unit: Unit, actor: Actor, changes: Mapping[str, str]) -> None:
    """Change one's own `name`, `language` or `theme`; raises InvalidInput."""
    issues = Issues()
    if "name" in changes:
        issues.extend(_name_issues(changes["name"], "/name"))
    if "language" in changes and changes["language"] not in LANGUAGES:
        issues.add("/language", "not_offered", allowed=", ".join(LANGUAGES))
    if "theme" in changes and changes["theme"] not in THEMES:
        issues.add("/theme", "not_offered", allowed=", ".join(THEMES))
    if issues:
        raise InvalidInput(issues=issues)
    if changes:
        unit.connection.execute(_user.update().where(_user.c.id == actor.user_id).values(**changes))
    if "name" in changes and actor.user_id is not None:
        touch_directories_of(unit, actor.user_id)


def list_users(
    unit: Unit,
    actor: Actor,
    *,
    search: str = "",
    ids: Iterable[int] = (),
    external: bool = False,
    limit: int = 50,
) -> list[dict[str, Any]]:
    """The active people whose name or address holds `search`; with `ids` exactly those, active or not.

    With `external` the people of external organisations too, after all others; whoever is of one himself
    learns of those of his organisation only.
    """
    known = directory.load(unit).known_to(actor)
    offered = known.users if external or actor.organisation_id is not None else known.own_people
    wanted = tuple(ids)
    if wanted:
        found = [user for user_id in wanted if (user := known.user(user_id))]
    else:
        needle = search.strip().casefold()
        found = [user for user in offered if user.active and _matches(user, needle)]
        found.sort(
            key=lambda user: (
                user.organisation_id is not None,
                not user.name.casefold().startswith(needle),
                user.name.casefold(),
                user.id,
            )
        )
    return [user_json(known, user) for user in found[:limit]]


def user_json(known: Directory, user: User) -> dict[str, Any]:
    """Somebody as he can be chosen, with the name of the external organisation that he is of."""
    found = None if user.organisation_id is None else known.organisation(user.organisation_id)
    return {
        "id": user.id,
        "name": user.name,
        "email": user.email,
        "organisation": found.name if found else None,
    }


def list_departments(unit: Unit, actor: Actor) -> list[dict[str, Any]]:
    """The organisation tree without closed departments, flat, in the order in which they are shown."""
    return [
        {"id": department.id, "name": department.name, "parent_id": department.parent_id}
        for department in directory.load(unit).known_to(actor).departments
        if department.active
    ]


def demo_sign_ins(unit: Unit) -> list[dict[str, Any]]:
    """The demo users of the workspace with what each of them is, in the order in which they were made."""
    rows = unit.connection.execute(
        sa.select(_user.c.email, _member.c.roles, _member.c.is_admin, _organisation.c.kind)
        .join(_member, _member.c.user_id == _user.c.id)
        .outerjoin(_organisation, _organisation.c.id == _member.c.organisation_id)
        .where(_member.c.workspace_id == unit.workspace.id, _user.c.demo, system_tables.is_here())
        .order_by(_user.c.id)
    )
    labels = {"admin": _ADMINISTRATOR, **_KINDS, **app_roles(unit)}
    found = []
    for row in rows:
        role = "admin" if row.is_admin else row.kind or next(iter(row.roles), "member")
        found.append({"email": row.email, "role": role, "label": labels.get(role, {"en": role, "zh": role})})
    return found


def add_user(
    unit: Unit,
    *,
    email: str,
    name: str,
    password: str,
    is_admin: bool = False,
    roles: Iterable[str] = (),
    department_ids: Iterable[int] = (),
    language: str | None = None,
    demo: bool = False,
) -> int:
    """A new user who is a member of the unit's workspace; returns the id.

    Raises InvalidInput for what cannot be an address, a name or a password (those of the demo are known to
    everybody, and not judged), DuplicateValue for a taken address.
    """
    email = email.strip()
    issues = identity_issues(email, name)
    if not demo:
        issues += new_password_issues(unit, password, "/password", own=(name, email))
    if issues:
        raise InvalidInput(issues=issues)
    user_id = insert_user(
        unit,
        email=email,
        name=name.strip(),
        password_hash=hash_password(password),
        language=language,
        demo=demo,
    )
    organisation.change_member(
        unit, user_id, is_admin=is_admin, roles=sorted(roles), department_ids=list(department_ids)
    )
    touch_directory(unit)
    return user_id


def insert_user(
    unit: Unit,
    *,
    email: str,
    name: str,
    password_hash: str,
    language: str | None,
    demo: bool = False,
    service: bool = False,
) -> int:
    """Somebody new in the unit's workspace, of no department; raises DuplicateValue for a taken address."""
    if id_of(unit, email) is not None:
        raise DuplicateValue(issues=[Issue("/email", "email_taken")])
    user_id: int = unit.connection.execute(
        _user.insert()
        .values(
            email=email,
            name=name,
            password_hash=password_hash,
            language=language,
            demo=demo,
            service=service,
            created_at=unit.now,
        )
        .returning(_user.c.id)
    ).scalar_one()
    unit.connection.execute(_member.insert().values(workspace_id=unit.workspace.id, user_id=user_id))
    return user_id


def set_password(unit: Unit, *, email: str, password: str) -> None:
    """A new password for the user of this address, whose sessions end.

    Raises NotFound, and InvalidInput for what the unit's workspace does not accept.
    """
    user_id = id_of(unit, email)
    if user_id is None:
        raise NotFound(kind=USER)
    name = unit.connection.execute(sa.select(_user.c.name).where(_user.c.id == user_id)).scalar_one()
    if issues := new_password_issues(unit, password, "/password", own=(name, email)):
        raise InvalidInput(issues=issues)
    organisation.change_user(unit, user_id, password_hash=hash_password(password))
    touch_directories_of(unit, user_id)
    sessions.close_sessions_of(unit, user_id)


def id_of(unit: Unit, email: str) -> int | None:
    """Whoever signs in with this address, in whatever workspace."""
    if "\x00" in email:
        return None
    found: int | None = unit.connection.execute(
        sa.select(_user.c.id).where(sa.func.lower(_user.c.email) == email.strip().lower())
    ).scalar_one_or_none()
    return found


def identity_issues(email: str | None, name: str | None) -> list[Issue]:
    """What is wrong with an address and a name; None is not looked at."""
    wrong_email = [] if email is None else _email_issues(email)
    return wrong_email + ([] if name is None else _name_issues(name, "/name"))


def _matches(user: User, needle: str) -> bool:
    return needle in user.name.casefold() or needle in user.email.casefold()


def _email_issues(email: str) -> list[Issue]:
    if len(email) > _LONGEST_EMAIL or not _EMAIL.fullmatch(email) or not email.isprintable():
        return [Issue("/email", "not_an_email")]
    return []


def _name_issues(name: str, path: str) -> list[Issue]:
    if not name.strip() or len(name) > _LONGEST_NAME or not name.isprintable():
        return [Issue(path, "not_a_name", {"maximum": _LONGEST_NAME})]
    return []
