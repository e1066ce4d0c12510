"""What an application administrator may change of people and departments; workspace administrators anything.

Nothing is looked at but `directory.Management`, which knows the circle; here it becomes errors for people.
"""

from collections.abc import Mapping
from typing import Any

from joinery.directory import Actor, DepartmentRole, Directory, Management, User
from joinery.kernel import Forbidden, InvalidInput, Issues, NotFound
from joinery.runtime.kinds import DEPARTMENT, USER

MANAGE_PERSON = {"en": "change this person", "zh": "修改此成员"}


class OutsideCircle(Forbidden):
    """Somebody is not wholly in the circle of the application administrator who acts."""

    code = "outside_circle"


def require_seen(known: Directory, actor: Actor, user_id: int) -> User:
    """A person whom the actor is shown among the people he manages; raises NotFound."""
    user = known.user(user_id)
    if user is None or not Management(known, actor).sees(user):
        raise NotFound(kind=USER)
    return user


def require_managed(known: Directory, actor: Actor, user_id: int) -> User:
    """A person whom the actor may change; raises NotFound and OutsideCircle."""
    user = require_seen(known, actor, user_id)
    if not Management(known, actor).manages(user):
        raise OutsideCircle(action=MANAGE_PERSON, name=user.name)
    return user


def check_place(
    issues: Issues, known: Directory, actor: Actor, before: User | None, sent: Mapping[str, Any]
) -> None:
    """What an application administrator would change beyond his circle of somebody's place.

    Departments: all of them stay in the circle, and there is one. Roles: those he may give are given and
    taken, in his departments; whatever else the person has stays. Nobody gets him as a manager, for he would
    see what his people see.
    """
    may = Management(known, actor)
    if may.everything:
        return
    _check_departments(issues, may, before, sent)
    for place, role in _changed(before.roles if before else frozenset(), sent.get("roles")):
        if not may.gives_role(role):
            issues.add(f"/roles{place}", "role_outside_circle", role=role[:60])
    given = sent.get("department_roles")
    wanted = None if given is None else [DepartmentRole(**one) for one in given]
    for place, one in _changed(frozenset(before.department_roles if before else ()), wanted):
        if not (may.gives_role(one.role) and may.manages_department(one.department_id)):
            issues.add(f"/department_roles{place}", "role_outside_circle", role=one.role[:60])
    if sent.get("is_admin", False) != (before is not None and before.is_admin):
        issues.add("/is_admin", "administrators_only")
    if sent.get("organisation_id") is not None:
        issues.add("/organisation_id", "administrators_only")
    manager_id = sent.get("manager_id")
    if manager_id is not None and (before is None or manager_id != before.manager_id):
        check_successor(issues, known, actor, "/manager_id", manager_id)


def check_address(issues: Issues, known: Directory, actor: Actor, changed: Mapping[str, Any]) -> None:
    """Whoever changes the address can ask for a new password: that is for workspace administrators."""
    if "email" in changed and not Management(known, actor).everything:
        issues.add("/email", "administrators_only")


def check_successor(issues: Issues, known: Directory, actor: Actor, path: str, user_id: int) -> None:
    """Somebody who gets what another one has: one whom the actor manages, so not himself."""
    user = known.user(user_id)
    if user is not None and not Management(known, actor).manages(user):
        issues.add(path, "person_outside_circle", name=user.name)


def check_department(
    known: Directory, actor: Actor, department_id: int | None, sent: Mapping[str, Any]
) -> None:
    """Raise NotFound for a department outside the circle, InvalidInput for what would leave it.

    The topmost departments of a circle keep their place and stay open: they were given as they are.
    """
    may = Management(known, actor)
    if may.everything:
        return
    if department_id is not None and not may.manages_department(department_id):
        raise NotFound(kind=DEPARTMENT)
    issues = Issues()
    before = None if department_id is None else known.department(department_id)
    if before is None or "parent_id" in sent or "before_id" in sent:
        above = sent.get("parent_id", before.parent_id if before else None)
        from_here = before is None or may.arranges_department(before.id)
        if not (may.manages_department(above) and from_here):
            issues.add("/parent_id", "department_outside_circle")
    kept = before.head_ids if before else ()
    for place, head in enumerate(sent.get("head_ids", ())):
        if head not in kept:
            check_successor(issues, known, actor, f"/head_ids/{place}", head)
    if issues:
        raise InvalidInput(issues=issues)


def require_arranged(known: Directory, actor: Actor, department_id: int) -> None:
    """Raise NotFound or InvalidInput unless the actor may close a department."""
    check_department(known, actor, department_id, {})
    if not Management(known, actor).arranges_department(department_id):
        issues = Issues()
        issues.add("", "department_outside_circle")
        raise InvalidInput(issues=issues)


def _check_departments(issues: Issues, may: Management, before: User | None, sent: Mapping[str, Any]) -> None:
    if before is not None and "department_ids" not in sent:
        return
    wanted = sent.get("department_ids", ())
    for place, department_id in enumerate(wanted):
        if not may.manages_department(department_id):
            issues.add(f"/department_ids/{place}", "department_outside_circle")
    if not wanted:
        issues.add("/department_ids", "department_of_circle_needed")


def _changed(before: Any, wanted: Any) -> list[tuple[str, Any]]:
    """What is given, each with its place in `wanted`, and what is taken, which has none."""
    if wanted is None:
        return []
    given = [(f"/{place}", one) for place, one in enumerate(wanted) if one not in before]
    return [*given, *(("", one) for one in before if one not in set(wanted))]
