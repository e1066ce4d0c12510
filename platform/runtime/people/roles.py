"""The roles of a workspace: its own, and those that apps bring along."""

from collections.abc import Mapping
from typing import Any

from joinery.directory import Actor, Management
from joinery.kernel import InvalidInput, Issues, NotFound, is_key
from joinery.runtime.kinds import ROLE
from joinery.runtime.people.administrators import forget_role
from joinery.runtime.people.organising import app_roles, check_name, directory_to_change, note
from joinery.runtime.unit import Unit
from joinery.storage import directory, organisation


def list_roles(unit: Unit, actor: Actor) -> list[dict[str, Any]]:
    """All roles with how many active people have each, those that apps bring first.

    `departments` counts the people who have it for single departments; counted are those whom the actor
    sees. `gives` says whether he may give a role.
    """
    known = directory.load(unit)
    may = Management(known, actor)
    here = [user for user in known.users if user.active and may.sees(user)]
    found = [(key, label, "app") for key, label in app_roles(unit).items()]
    given = {key for key, _, _ in found}
    found += [(role.key, role.label, "workspace") for role in known.roles.values() if role.key not in given]
    return [
        {
            "key": key,
            "label": dict(label),
            "source": source,
            "gives": may.gives_role(key),
            "people": sum(key in user.roles for user in here),
            "in_departments": sum(any(one.role == key for one in user.department_roles) for user in here),
        }
        for key, label, source in found
    ]


def save_role(unit: Unit, actor: Actor, key: str, label: Mapping[str, str]) -> dict[str, Any]:
    """Make a role of the workspace, or give it another label; raises InvalidInput.

    A role that an app brings is labelled in the app's definition.
    """
    known = directory_to_change(unit)
    issues = Issues()
    if not is_key(key):
        issues.add("/key", "not_a_key", name=key[:60])
    elif key in app_roles(unit):
        issues.add("/key", "role_of_app")
    for language, text in label.items():
        check_name(issues, f"/label/{language}", text)
    if not label:
        issues.add("/label", "role_without_label")
    if issues:
        raise InvalidInput(issues=issues)
    cleaned = {language: text.strip() for language, text in label.items()}
    before = known.roles.get(key)
    organisation.save_role(unit, key, cleaned)
    kind = "role_created" if before is None else "role_changed"
    note(
        unit,
        actor,
        kind,
        None if before is None else {"id": key, "label": dict(before.label)},
        {"id": key, "label": cleaned},
    )
    unit.forget_workspace()
    return next(role for role in list_roles(unit, actor) if role["key"] == key)


def delete_role(unit: Unit, actor: Actor, key: str) -> None:
    """Delete a role of the workspace; nobody has it any more. Raises NotFound."""
    known = directory_to_change(unit)
    role = known.roles.get(key)
    if role is None:
        raise NotFound(kind=ROLE)
    people = sorted(user.id for user in known.users if key in user.roles)
    organisation.delete_role(unit, key)
    note(unit, actor, "role_deleted", {"id": key, "label": dict(role.label), "people": people}, None)
    forget_role(unit, actor, known, key)
