"""Application administrators: who administers which apps and departments, as workspace administrators say.

What a circle lets somebody do is asked where it is done: of an app by `Actor.administers`, of people and
departments by `directory.Management`.
"""

from collections.abc import Mapping
from typing import Any

from joinery.directory import Actor, Directory, GivenCircle
from joinery.kernel import InvalidInput, Issues, NotFound
from joinery.runtime.kinds import CIRCLE
from joinery.runtime.people.organising import app_roles, directory_to_change, note
from joinery.runtime.unit import Unit
from joinery.storage import apps, circles, directory


def list_circles(unit: Unit) -> list[dict[str, Any]]:
    """All circles, in the order in which they were given."""
    known = directory.load(unit)
    return [_told(unit, known, given) for given in known.circles]


def give_circle(unit: Unit, actor: Actor, sent: Mapping[str, Any]) -> dict[str, Any]:
    """Make a person (`user_id`) or all who have a `role` application administrators; raises InvalidInput."""
    known = directory_to_change(unit)
    issues = Issues()
    _check_holder(unit, issues, known, sent.get("user_id"), sent.get("role"))
    _check_circle(unit, issues, known, None, sent)
    if issues:
        raise InvalidInput(issues=issues)
    holder = {"user_id": sent.get("user_id"), "role": sent.get("role")}
    values = {"apps": None, "department_ids": [], "roles": [], **_values(sent)}
    circle_id = circles.add(unit, **holder, **values, given_at=unit.now, given_by=actor.user_id)
    return _noted(unit, actor, "circle_given", None, circle_id)


def change_circle(unit: Unit, actor: Actor, circle_id: int, sent: Mapping[str, Any]) -> dict[str, Any]:
    """Widen or narrow a circle, from the very next request on; raises NotFound and InvalidInput."""
    known = directory_to_change(unit)
    before = _require(known, circle_id)
    issues = Issues()
    _check_circle(unit, issues, known, before, sent)
    if issues:
        raise InvalidInput(issues=issues)
    if values := _values(sent):
        circles.change(unit, circle_id, **values)
    return _noted(unit, actor, "circle_changed", _as_noted(unit, known, before), circle_id)


def take_circle(unit: Unit, actor: Actor, circle_id: int) -> None:
    """Whoever had it administers nothing by it any more; raises NotFound."""
    known = directory_to_change(unit)
    before = _require(known, circle_id)
    circles.remove(unit, circle_id)
    note(unit, actor, "circle_taken", _as_noted(unit, known, before), None)
    unit.forget_workspace()


def forget_role(unit: Unit, actor: Actor, known: Directory, role: str) -> None:
    """A role is gone, and with it what people administer by it; one of the same key begins with nothing."""
    for given in known.circles:
        if given.role == role:
            circles.remove(unit, given.id)
            note(unit, actor, "circle_taken", _as_noted(unit, known, given), None)


def _values(sent: Mapping[str, Any]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    if "apps" in sent:
        found["apps"] = None if sent["apps"] is None else sorted(set(sent["apps"]))
    if "department_ids" in sent:
        found["department_ids"] = list(dict.fromkeys(sent["department_ids"]))
    if "roles" in sent:
        found["roles"] = sorted(set(sent["roles"]))
    return found


def _check_holder(
    unit: Unit, issues: Issues, known: Directory, user_id: int | None, role: str | None
) -> None:
    """One person of one's own, or one role, that has no circle yet."""
    if (user_id is None) == (role is None):
        issues.add("/user_id", "circle_of_whom")
    elif user_id is not None:
        user = known.user(user_id)
        if user is None or not user.active or user.service:
            issues.add("/user_id", "no_such_person", id=user_id)
        elif user.organisation_id is not None:
            issues.add("/user_id", "person_is_external", name=user.name)
        elif user.is_admin:
            issues.add("/user_id", "circle_of_administrator", name=user.name)
        elif any(one.user_id == user_id for one in known.circles):
            issues.add("/user_id", "circle_given_already")
    elif role not in _roles(unit, known):
        issues.add("/role", "no_such_role", role=str(role)[:60])
    elif any(one.role == role for one in known.circles):
        issues.add("/role", "circle_given_already")


def _check_circle(
    unit: Unit, issues: Issues, known: Directory, before: GivenCircle | None, sent: Mapping[str, Any]
) -> None:
    """What is in a circle is there, or was in it already; something has to be in it."""
    kept_apps = (before.apps if before else None) or frozenset()
    kept_departments = before.department_ids if before else ()
    installed = {one.key for one in apps.list_apps(unit)}
    for place, app in enumerate(sent.get("apps") or ()):
        if app not in installed and app not in kept_apps:
            issues.add(f"/apps/{place}", "no_such_app", app=app[:60])
    for place, department_id in enumerate(sent.get("department_ids", ())):
        department = known.department(department_id)
        if department is None or not (department.active or department_id in kept_departments):
            issues.add(f"/department_ids/{place}", "no_such_department", id=department_id)
    roles = _roles(unit, known) | (before.roles if before else frozenset())
    giving = {one.role for one in known.circles} | {sent.get("role")}
    for place, role in enumerate(sent.get("roles", ())):
        if role not in roles:
            issues.add(f"/roles/{place}", "no_such_role", role=role[:60])
        elif role in giving:
            issues.add(f"/roles/{place}", "role_of_administrators")
    some_apps = sent.get("apps", before.apps if before else frozenset())
    departments = sent.get("department_ids", before.department_ids if before else ())
    if some_apps is not None and not some_apps and not departments:
        issues.add("", "circle_empty")


def _roles(unit: Unit, known: Directory) -> frozenset[str]:
    return frozenset((*app_roles(unit), *known.roles))


def _require(known: Directory, circle_id: int) -> GivenCircle:
    found = next((one for one in known.circles if one.id == circle_id), None)
    if found is None:
        raise NotFound(kind=CIRCLE)
    return found


def _noted(
    unit: Unit, actor: Actor, kind: str, before: Mapping[str, Any] | None, circle_id: int
) -> dict[str, Any]:
    known = directory.read(unit)
    given = _require(known, circle_id)
    note(unit, actor, kind, before, _as_noted(unit, known, given))
    unit.forget_workspace()
    return _told(unit, known, given)


def _as_noted(unit: Unit, known: Directory, given: GivenCircle) -> dict[str, Any]:
    """A circle as the audit log keeps it, under the name of whoever has it."""
    user = None if given.user_id is None else known.user(given.user_id)
    labels = {**{key: one.label for key, one in known.roles.items()}, **app_roles(unit)}
    label = dict(labels.get(given.role or "", {})) or given.role
    holder = {"name": user.name if user else label, "user_id": given.user_id, "role": given.role}
    return {"id": given.id, **holder, **_content(given)}


def _content(given: GivenCircle) -> dict[str, Any]:
    return {
        "apps": None if given.apps is None else sorted(given.apps),
        "department_ids": list(given.department_ids),
        "roles": sorted(given.roles),
    }


def _told(unit: Unit, known: Directory, given: GivenCircle) -> dict[str, Any]:
    names = known.user_names()
    return {
        "id": given.id,
        "person": _named(names, given.user_id),
        "role": given.role,
        **_content(given),
        "given_at": given.given_at,
        "given_by": _named(names, given.given_by),
    }


def _named(names: Mapping[int, str], user_id: int | None) -> dict[str, Any] | None:
    return None if user_id is None else {"id": user_id, "name": names.get(user_id, f"#{user_id}")}
