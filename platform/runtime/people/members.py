"""The people of a workspace, as administrators keep them: departments, roles, managers, who left."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from joinery.directory import Actor, DepartmentRole, Directory, Management, User
from joinery.kernel import LANGUAGES, DuplicateValue, InvalidInput, Issue, Issues, NotFound
from joinery.runtime import audit
from joinery.runtime.api_keys import keys
from joinery.runtime.kinds import USER
from joinery.runtime.people import people, sessions
from joinery.runtime.people.limits import check_address, check_place, require_managed, require_seen
from joinery.runtime.people.organising import app_roles, directory_to_change, note
from joinery.runtime.people.sign_in_limit import account_key, forget_attempts, locked_accounts
from joinery.runtime.unit import Unit
from joinery.storage import directory, organisation, signatures

STATES = ("active", "invited", "inactive")

_MEMBERSHIP = ("is_admin", "department_ids", "manager_id", "organisation_id")
#: What makes somebody part of one's own organisation; of these people from outside have nothing.
_INSIDE = ("is_admin", "department_ids", "roles", "department_roles", "manager_id")


def list_people(
    unit: Unit,
    actor: Actor,
    *,
    search: str = "",
    state: str | None = None,
    department: int | None = None,
    with_below: bool = True,
    role: str | None = None,
    offset: int = 0,
    limit: int = 50,
) -> dict[str, Any]:
    """A page of the people whom the actor sees in the order of their names, how many match, and how many are
    in each state."""
    known = directory.load(unit)
    may = Management(known, actor)
    needle = search.strip().casefold()
    wanted = None if department is None else _departments(known, department, with_below=with_below)
    found = [
        user
        for user in known.own_people
        if not user.service
        and may.sees(user)
        and (needle in user.name.casefold() or needle in user.email.casefold())
        and (wanted is None or wanted.intersection(user.department_ids))
        and (role is None or role in user.roles or any(one.role == role for one in user.department_roles))
    ]
    counts = {each: sum(state_of(user) == each for user in found) for each in STATES}
    shown = [user for user in found if state is None or state_of(user) == state]
    shown.sort(key=lambda user: (user.name.casefold(), user.id))
    page = shown[offset : offset + limit]
    return {
        "people": with_state(unit, actor, known, page),
        "total": len(shown),
        "counts": counts,
    }


def read_person(unit: Unit, actor: Actor, user_id: int) -> dict[str, Any]:
    """One of the people whom the actor sees; raises NotFound."""
    known = directory.load(unit)
    return with_state(unit, actor, known, [require_seen(known, actor, user_id)])[0]


def add_person(unit: Unit, actor: Actor, sent: Mapping[str, Any]) -> dict[str, Any]:
    """Somebody new, who has no password yet; raises InvalidInput and DuplicateValue with every problem."""
    known = directory_to_change(unit)
    issues = Issues(people.identity_issues(sent["email"].strip(), sent["name"]))
    _check_membership(unit, issues, known, None, sent)
    check_place(issues, known, actor, None, sent)
    if issues:
        raise InvalidInput(issues=issues)
    return _noted(unit, actor, "user_added", None, _insert(unit, sent))


def add_service_account(unit: Unit, actor: Actor, sent: Mapping[str, Any]) -> dict[str, Any]:
    """A user that is a program, and never has a password; raises InvalidInput with every problem."""
    known = directory_to_change(unit)
    issues = Issues(people.identity_issues(None, sent["name"]))
    _check_membership(unit, issues, known, None, sent)
    if issues:
        raise InvalidInput(issues=issues)
    return _noted(unit, actor, "service_account_added", None, _insert(unit, sent, service=True))


def add_people(
    unit: Unit, actor: Actor, those: Sequence[Mapping[str, Any]], common: Mapping[str, Any]
) -> list[dict[str, Any]]:
    """Several new people, each with a `name` and an `email`, all with the same place in the organisation.

    All of them or nobody: raises InvalidInput with every problem, `/people/3/email` and the like.
    """
    known = directory_to_change(unit)
    issues = Issues()
    _check_membership(unit, issues, known, None, common)
    check_place(issues, known, actor, None, common)
    seen: set[str] = set()
    for place, one in enumerate(those):
        email = one["email"].strip()
        issues.extend(people.identity_issues(email, one["name"]), under=f"/people/{place}")
        if email.casefold() in seen:
            issues.add(f"/people/{place}/email", "given_twice")
        elif people.id_of(unit, email) is not None:
            issues.add(f"/people/{place}/email", "email_taken")
        seen.add(email.casefold())
    if issues:
        raise InvalidInput(issues=issues)
    added = [_insert(unit, {**common, **one}) for one in those]
    changed = directory.read(unit)
    found = [person_json(changed, _require(changed, user_id)) for user_id in added]
    for person in found:
        note(unit, actor, "user_added", None, person)
    return [{**person, "manages": True, "last_seen_at": None, "locked_until": None} for person in found]


def change_person(unit: Unit, actor: Actor, user_id: int, sent: Mapping[str, Any]) -> dict[str, Any]:
    """Change somebody's name, address or place in the organisation; raises NotFound and InvalidInput.

    Name and address belong to the person in every workspace, so they can be changed only for people who
    work in this one alone.
    """
    known = directory_to_change(unit)
    before = require_managed(known, actor, user_id)
    issues = Issues()
    identity = {name: sent[name].strip() for name in ("name", "email") if name in sent}
    changed = {name: value for name, value in identity.items() if value != getattr(before, name)}
    if changed:
        issues.extend(people.identity_issues(changed.get("email"), changed.get("name")))
        if before.service and "email" in changed:
            issues.add("/email", "service_without_password")
        if organisation.works_elsewhere(unit, user_id):
            issues.extend(Issue(f"/{name}", "user_works_elsewhere") for name in changed)
        check_address(issues, known, actor, changed)
    _check_membership(unit, issues, known, before, sent)
    check_place(issues, known, actor, before, sent)
    if issues:
        raise InvalidInput(issues=issues)
    if "email" in changed and people.id_of(unit, changed["email"]) not in (None, user_id):
        raise DuplicateValue(issues=[Issue("/email", "email_taken")])
    if changed:
        organisation.change_user(unit, user_id, **changed)
    _save_membership(unit, user_id, sent)
    return _noted(unit, actor, "user_changed", person_json(known, before), user_id)


def deactivate_person(
    unit: Unit, actor: Actor, user_id: int, *, leaves_heads: bool = False
) -> dict[str, Any]:
    """Somebody left: he can no longer sign in, his sessions and API keys end, the signature that he kept is
    forgotten, and he heads no department.

    With `leaves_heads` the departments are about to be handed over by a job.
    Raises NotFound, and InvalidInput for oneself and for the last administrator.
    """
    known = directory_to_change(unit)
    before = require_managed(known, actor, user_id) if user_id != actor.user_id else _require(known, user_id)
    if user_id == actor.user_id:
        raise InvalidInput(issues=[Issue("", "not_oneself")])
    if _is_last_administrator(known, before):
        raise InvalidInput(issues=[Issue("", "last_administrator")])
    organisation.change_member(unit, user_id, active=False)
    sessions.close_sessions_here(unit, user_id)
    keys.revoke_keys_of(unit, actor, user_id)
    signatures.forget(unit, user_id)
    if not leaves_heads:
        take_from_heads(unit, known, user_id)
    return _noted(unit, actor, "user_deactivated", person_json(known, before), user_id)


def take_from_heads(unit: Unit, known: Directory, user_id: int) -> None:
    """Let somebody head no department any more."""
    for department in known.departments:
        if user_id in department.head_ids:
            heads = [head for head in department.head_ids if head != user_id]
            organisation.change_department(unit, department.id, head_ids=heads)


def activate_person(unit: Unit, actor: Actor, user_id: int) -> dict[str, Any]:
    """Somebody who left is back; raises NotFound."""
    known = directory_to_change(unit)
    before = require_managed(known, actor, user_id)
    organisation.change_member(unit, user_id, active=True)
    return _noted(unit, actor, "user_activated", person_json(known, before), user_id)


def unlock_person(unit: Unit, actor: Actor, user_id: int) -> dict[str, Any]:
    """Let somebody sign in again whose account is locked after wrong passwords; raises NotFound."""
    known = directory.load(unit)
    user = require_managed(known, actor, user_id)
    if locked_accounts(unit, [user.email], unit.now):
        audit.record(unit, actor, "account_unlocked", subject=user.name, after={"id": user_id})
    forget_attempts(unit, [account_key(user.email)], unit.now)
    return with_state(unit, actor, known, [user])[0]


def state_of(user: User) -> str:
    """Whether somebody is here, has been invited, or left."""
    if not user.active:
        return "inactive"
    return "invited" if user.invited else "active"


def person_json(known: Directory, user: User) -> dict[str, Any]:
    """Somebody as administrators see him; `manager` is who that is in the end, named or not."""
    manager = known.manager(user.id)
    named = None if manager is None else known.user(manager)
    return {
        "id": user.id,
        "name": user.name,
        "email": user.email,
        "state": state_of(user),
        "is_admin": user.is_admin,
        "department_ids": list(user.department_ids),
        "roles": sorted(user.roles),
        "department_roles": [
            {"role": one.role, "department_id": one.department_id} for one in user.department_roles
        ],
        "organisation_id": user.organisation_id,
        "manager_id": user.manager_id,
        "manager": None if named is None else {"id": named.id, "name": named.name},
    }


def _noted(
    unit: Unit, actor: Actor, kind: str, before: Mapping[str, Any] | None, user_id: int
) -> dict[str, Any]:
    changed = directory.read(unit)
    after = person_json(changed, _require(changed, user_id))
    note(unit, actor, kind, before, after)
    return with_state(unit, actor, changed, [_require(changed, user_id)])[0]


def with_state(unit: Unit, actor: Actor, known: Directory, users: Sequence[User]) -> list[dict[str, Any]]:
    """People as administrators see them: whether the actor `manages` each, when each was here last and until
    when he is locked out."""
    may = Management(known, actor)
    seen = sessions.last_seen(unit, [user.id for user in users])
    locked = locked_accounts(unit, [user.email for user in users], unit.now)
    return [
        {
            **person_json(known, user),
            "manages": may.manages(user),
            "last_seen_at": seen.get(user.id),
            "locked_until": locked.get(user.email),
        }
        for user in users
    ]


def _insert(unit: Unit, sent: Mapping[str, Any], *, service: bool = False) -> int:
    """Somebody new, as checked; gives the id."""
    user_id = people.insert_user(
        unit,
        email=sent["email"].strip(),
        name=sent["name"].strip(),
        password_hash=directory.NO_PASSWORD,
        language=sent.get("language"),
        service=service,
    )
    _save_membership(unit, user_id, sent)
    return user_id


def _require(known: Directory, user_id: int) -> User:
    found = known.user(user_id)
    if found is None:
        raise NotFound(kind=USER)
    return found


def _departments(known: Directory, department: int, *, with_below: bool) -> frozenset[int]:
    return known.tree.with_below(department) if with_below else frozenset({department})


def _is_last_administrator(known: Directory, user: User) -> bool:
    others = (
        one for one in known.users if one.is_admin and one.active and not one.invited and not one.service
    )
    return user.is_admin and user.active and not user.service and all(one.id == user.id for one in others)


def _check_membership(
    unit: Unit, issues: Issues, known: Directory, before: User | None, sent: Mapping[str, Any]
) -> None:
    """Everything that is wrong with somebody's place in the organisation."""
    if before is not None and before.organisation_id is not None:
        for name in _INSIDE:
            if sent.get(name):
                issues.add(f"/{name}", "person_is_external", name=before.name)
    seen: set[int] = set()
    for place, department_id in enumerate(sent.get("department_ids", ())):
        _check_department(issues, f"/department_ids/{place}", known, before, department_id)
        if department_id in seen:
            issues.add(f"/department_ids/{place}", "given_twice")
        seen.add(department_id)
    kept = before.roles if before else frozenset()
    roles = {*app_roles(unit), *known.roles}
    for place, role in enumerate(sent.get("roles", ())):
        if role not in roles and role not in kept:
            issues.add(f"/roles/{place}", "no_such_role", role=role[:60])
    for place, given in enumerate(sent.get("department_roles", ())):
        if given["role"] not in roles:
            issues.add(f"/department_roles/{place}/role", "no_such_role", role=given["role"][:60])
        path = f"/department_roles/{place}/department_id"
        _check_department(issues, path, known, before, given["department_id"])
    _check_manager(issues, known, before, sent)
    loses_admin = before is not None and sent.get("is_admin") is False
    if loses_admin and before is not None and _is_last_administrator(known, before):
        issues.add("/is_admin", "last_administrator")
    if sent.get("language") is not None and sent["language"] not in LANGUAGES:
        issues.add("/language", "not_offered", allowed=", ".join(LANGUAGES))


def _check_department(
    issues: Issues, path: str, known: Directory, before: User | None, department_id: int
) -> None:
    """An open department, or one in which he is already."""
    department = known.department(department_id)
    if department is None or not (department.active or (before and department_id in before.department_ids)):
        issues.add(path, "no_such_department", id=department_id)


def _check_manager(issues: Issues, known: Directory, before: User | None, sent: Mapping[str, Any]) -> None:
    manager_id = sent.get("manager_id")
    if manager_id is None:
        return
    manager = known.user(manager_id)
    kept = before is not None and before.manager_id == manager_id
    if manager is None or manager.organisation_id is not None or not (manager.active or kept):
        issues.add("/manager_id", "no_such_person", id=manager_id)
    elif before is not None and (
        manager_id == before.id or before.id in _named_chain(known, before, manager_id)
    ):
        issues.add("/manager_id", "manager_circle", name=manager.name)


def _named_chain(known: Directory, user: User, manager_id: int) -> tuple[int, ...]:
    """The managers above somebody's new manager, as they would be then."""
    changed = [replace(user, manager_id=manager_id) if one.id == user.id else one for one in known.users]
    return Directory(changed, known.departments).manager_chain(manager_id)


def _save_membership(unit: Unit, user_id: int, sent: Mapping[str, Any]) -> None:
    values = {name: sent[name] for name in _MEMBERSHIP if name in sent}
    if "roles" in sent:
        values["roles"] = sorted(set(sent["roles"]))
    if values:
        organisation.change_member(unit, user_id, **values)
    if "department_roles" in sent:
        given = {DepartmentRole(**one) for one in sent["department_roles"]}
        organisation.set_department_roles(unit, user_id, given)
    if sent.get("language") is not None:
        organisation.change_user(unit, user_id, language=sent["language"])
