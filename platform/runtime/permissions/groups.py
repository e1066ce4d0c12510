"""The permission groups of a form with the people in them, and whom the workspace puts there."""

from collections import Counter
from collections.abc import Iterable, Mapping
from typing import Any

from joinery.definitions import JOINT, AppNames, FormDefinition, PermissionGroupDefinition, names_in_app
from joinery.directory import Actor, Directory, GroupMember, User
from joinery.forms import catalogue
from joinery.kernel import InvalidInput, Issues, NotFound
from joinery.runtime.apps.drafts import get_draft
from joinery.runtime.kinds import FORM, GROUP
from joinery.runtime.people.organising import check_people, directory_to_change, note
from joinery.runtime.permissions.fields import permission_fields
from joinery.runtime.records.open_form import open_app
from joinery.runtime.unit import Unit
from joinery.storage import directory, organisation

#: Names of people shown of one group; the count tells of all.
MOST_NAMED = 20


def list_groups(unit: Unit, app_key: str, form_key: str) -> dict[str, Any]:
    """The published groups of a form, each with who is in it and why; raises NotFound.

    `groups` is None for a form without groups, which is open to everybody of the workspace.
    """
    form = _form(unit, app_key, form_key)
    if form.permissions is None:
        return {"groups": None}
    known = directory.load(unit)
    return {
        "groups": [_describe(known, app_key, form_key, group) for group in form.permissions.values()],
    }


def list_all_groups(unit: Unit, actor: Actor, app_key: str) -> dict[str, Any]:
    """For every form of the draft: who is in each of its groups, and what can be said about its fields.

    `groups` of a form is None where it is open to everybody, `published` names those that people can be put
    into by now. The draft may still have mistakes: what is no group or field is left out. Raises NotFound.
    """
    names = names_in_app(get_draft(unit, actor, app_key)["document"], catalogue())
    known = directory.load(unit)
    published = open_app(unit, app_key).compiled.definition.forms
    return {
        "roles": _roles(names, known),
        "forms": {
            form: {
                "groups": _drafted(known, app_key, form, body.get("permissions")),
                "published": list((published[form].permissions or {}) if form in published else ()),
                "fields": permission_fields(names, form),
            }
            for form, body in names.forms.items()
            if JOINT not in form
        },
    }


def _drafted(
    known: Directory, app_key: str, form: str, groups: Mapping[str, Any] | None
) -> list[dict[str, Any]] | None:
    if groups is None:
        return None
    return [
        _describe(
            known,
            app_key,
            form,
            PermissionGroupDefinition(
                key=key,
                label=group.get("label"),
                roles=tuple(group.get("roles", ())),
                external=tuple(group.get("external", ())),
            ),
        )
        for key, group in groups.items()
    ]


def _roles(names: AppNames, known: Directory) -> list[dict[str, Any]]:
    """The roles that groups may name: those of the app's draft, then those of the workspace."""
    labels = {key: role.get("label") or {"en": key} for key, role in names.roles.items()}
    labels |= {key: role.label for key, role in known.roles.items() if key not in labels}
    held = Counter(role for user in known.users if user.active for role in _roles_of(user))
    return [{"key": key, "label": label, "people": held[key]} for key, label in labels.items()]


def change_members(
    unit: Unit, actor: Actor, app_key: str, form_key: str, group_key: str, members: Mapping[str, Any]
) -> dict[str, Any]:
    """Put these `users` (ids), `departments` ({id, with_below}) and external `organisations` (ids) into a
    group, in place of those before; without `organisations` those stay.

    People with one of the group's roles are in it anyway. Raises NotFound, InvalidInput naming every problem.
    """
    group = _group(_form(unit, app_key, form_key), group_key)
    known = directory_to_change(unit)
    issues = Issues()
    check_people(issues, "/users", members["users"], known, external=True)
    _check_departments(issues, members["departments"], known)
    _check_organisations(issues, members.get("organisations", ()), known)
    if issues:
        raise InvalidInput(issues=issues)
    name = f"{app_key}.{form_key}.{group_key}"
    before = [one for one in known.group_members if one.group == name]
    wanted = [GroupMember(group=name, kind="user", id=user_id) for user_id in members["users"]]
    wanted += [
        GroupMember(group=name, kind="department", id=one["id"], with_below=one.get("with_below", True))
        for one in members["departments"]
    ]
    if "organisations" in members:
        wanted += [GroupMember(group=name, kind="organisation", id=one) for one in members["organisations"]]
    else:
        wanted += [one for one in before if one.kind == "organisation"]
    organisation.save_group_members(unit, app_key, form_key, group_key, wanted)
    told = (as_noted(name, before), as_noted(name, wanted))
    note(unit, actor, "permission_group_members_changed", *told, app=app_key)
    unit.forget_workspace()
    return _describe(directory.read(unit), app_key, form_key, group)


def _form(unit: Unit, app_key: str, form_key: str) -> FormDefinition:
    form = open_app(unit, app_key).compiled.definition.forms.get(form_key)
    if form is None:
        raise NotFound(kind=FORM)
    return form


def _group(form: FormDefinition, key: str) -> PermissionGroupDefinition:
    group = (form.permissions or {}).get(key)
    if group is None:
        raise NotFound(kind=GROUP)
    return group


def _check_departments(issues: Issues, departments: Iterable[Mapping[str, Any]], known: Directory) -> None:
    seen: set[int] = set()
    for place, one in enumerate(departments):
        found = known.department(one["id"])
        if found is None or not found.active:
            issues.add(f"/departments/{place}/id", "no_such_department", id=one["id"])
        elif one["id"] in seen:
            issues.add(f"/departments/{place}", "given_twice")
        seen.add(one["id"])


def _check_organisations(issues: Issues, ids: Iterable[int], known: Directory) -> None:
    seen: set[int] = set()
    for place, organisation_id in enumerate(ids):
        if known.organisation(organisation_id) is None:
            issues.add(f"/organisations/{place}", "no_such_organisation", id=organisation_id)
        elif organisation_id in seen:
            issues.add(f"/organisations/{place}", "given_twice")
        seen.add(organisation_id)


def _describe(
    known: Directory, app_key: str, form_key: str, group: PermissionGroupDefinition
) -> dict[str, Any]:
    name = f"{app_key}.{form_key}.{group.key}"
    members = [one for one in known.group_members if one.group == name]
    inside = [user for user in known.users if user.active and _is_inside(known, name, group, user)]
    return {
        "key": group.key,
        "label": group.label,
        "roles": list(group.roles),
        "users": [
            {"id": user.id, "name": user.name}
            for one in members
            if one.kind == "user" and (user := known.user(one.id))
        ],
        "departments": [
            {"id": one.id, "name": found.name, "with_below": one.with_below}
            for one in members
            if one.kind == "department" and (found := known.department(one.id))
        ],
        "external": list(group.external),
        "organisations": [
            {"id": partner.id, "name": partner.name}
            for one in members
            if one.kind == "organisation" and (partner := known.organisation(one.id))
        ],
        "people": {
            "count": len(inside),
            "names": [user.name for user in inside[:MOST_NAMED]],
        },
    }


def _is_inside(known: Directory, name: str, group: PermissionGroupDefinition, user: User) -> bool:
    if user.organisation_id is not None:
        return known.kind_of(user) in group.external or name in known.groups_of(user.id)
    return bool(_roles_of(user).intersection(group.roles)) or name in known.groups_of(user.id)


def _roles_of(user: User) -> frozenset[str]:
    """What somebody is in the whole workspace or in some departments."""
    return user.roles.union(one.role for one in user.department_roles)


def as_noted(name: str, members: Iterable[GroupMember]) -> dict[str, Any]:
    """Who is in a group, "app.form.group", as the audit log keeps it."""
    told = [{"kind": one.kind, "id": one.id, "with_below": one.with_below} for one in members]
    return {"id": name, "members": told}
