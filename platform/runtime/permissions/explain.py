"""Why somebody can or cannot see or change a record: which permission group says so, and its condition."""

from collections.abc import Collection, Mapping
from typing import Any

from joinery.directory import Actor, Directory, User
from joinery.forms import PermissionGroup
from joinery.kernel import NotFound
from joinery.permissions import ACTIONS, Membership, RowScope, memberships, rights_of
from joinery.runtime.formulas.far_values import FarValues, in_scope
from joinery.runtime.kinds import USER
from joinery.runtime.records.open_form import OpenForm, open_form
from joinery.runtime.records.record_rights import on_record, without_groups
from joinery.runtime.records.stored_record import require_record
from joinery.runtime.unit import Unit

Values = Mapping[str, Any]

#: Actions that are about a record that exists already, in the order in which they are told.
_ABOUT_RECORDS = ("view", "edit", "batch", "delete", "restore", "export", "print", "share", "comment")


def explain_access(
    unit: Unit, actor: Actor, app_key: str, form_key: str, record_id: int, user_id: int
) -> dict[str, Any]:
    """What a person may do with a record and with each of its fields, and the groups that say so.

    `unlimited` says why there is nothing to explain: "administrator", or "no_groups" of a form that is open
    to everybody. Every group of the form is told, with `member_by` ("role", "department_role", "workspace",
    None for groups he is not in), the `condition` that holds for him and whether it `holds` for the record
    (None where there is none or he is not in the group). Raises NotFound.
    """
    at = open_form(unit, actor, app_key, form_key)
    values = require_record(at, record_id, deleted=None)
    user = at.directory.user(user_id)
    person = at.directory.actor(user_id, language=actor.language, workspace=actor.workspace)
    if user is None or person is None:
        raise NotFound(kind=USER)
    seen = at.seen_by(person)
    far = FarValues(seen)
    values = without_groups(values)
    here = on_record(seen, values, far)
    held = {one.group.key: one for one in memberships(at.form, person.rights)}
    groups = [
        _tell_group(seen, group, held.get(group.key), user, values, far) for group in at.form.groups or ()
    ]
    return {
        "user": {"id": user.id, "name": user.name},
        "record": {"id": record_id, "title": values["title"]},
        "unlimited": _unlimited(at, person),
        "actions": {
            action: seen.access.allows(action) and in_scope(seen, seen.access.rows_for(action), values, far)
            for action in _ABOUT_RECORDS
        },
        "may": sorted(seen.access.actions & (ACTIONS - set(_ABOUT_RECORDS))),
        # The person's own first: those are what most questions are about.
        "groups": sorted(groups, key=lambda group: group["member_by"] is None),
        "fields": {key: here.access.reach(key) for key in at.form.order},
        "field_groups": _field_groups(here, [one["key"] for one in groups if _is_among(one)]),
    }


def _is_among(told: Mapping[str, Any]) -> bool:
    """Whether a group that was told gives the person rights on the record."""
    return told["member_by"] is not None and told["rows"] != "none" and told["holds"] is not False


def _field_groups(here: OpenForm, among: Collection[str]) -> dict[str, list[str]]:
    """For each field the groups by which it is as open on the record as it is; none for hidden ones."""
    groups = [group for group in here.form.groups or () if group.key in among and group.sees]
    rights = {group.key: rights_of(here.form, group) for group in groups}
    return {
        key: [
            group
            for group, one in rights.items()
            if one.reach(key) == here.access.reach(key) and one.reach(key) != "hidden"
        ]
        for key in here.form.order
    }


def _unlimited(at: OpenForm, person: Actor) -> str | None:
    if person.administers(at.form.app):
        return "administrator"
    return "no_groups" if at.form.groups is None and person.external is None else None


def _tell_group(
    seen: OpenForm,
    group: PermissionGroup,
    held: Membership | None,
    user: User,
    values: Values,
    far: FarValues,
) -> dict[str, Any]:
    condition = held.condition if held else group.condition
    holds = None
    if held and condition is not None:
        wanted = RowScope(kind="condition", reason=group.key, condition=condition)
        holds = in_scope(seen, wanted, values, far)
    return {
        "key": group.key,
        "label": group.label,
        "actions": sorted(group.actions),
        "roles": [{"key": key, "label": _role_label(seen, key)} for key in sorted(group.roles)],
        "member_by": _member_by(seen.directory, group, held, user, f"{seen.form.app}.{seen.form.key}"),
        "rows": group.rows,
        "condition": None if condition is None else condition.text,
        "holds": holds,
        "hidden_fields": sorted(group.hidden_fields - group.masked_fields.keys()),
        "masked_fields": sorted(group.masked_fields),
        "read_only_fields": sorted(group.read_only_fields),
    }


def _role_label(seen: OpenForm, key: str) -> Mapping[str, str] | None:
    found = seen.app.compiled.definition.roles.get(key) or seen.directory.roles.get(key)
    return found.label if found else None


def _member_by(
    known: Directory, group: PermissionGroup, held: Membership | None, user: User, place: str
) -> str | None:
    if held is None:
        return None
    if user.organisation_id is not None:
        return "organisation" if known.kind_of(user) in group.external else "workspace"
    if group.roles & user.roles:
        return "role"
    return "workspace" if f"{place}.{group.key}" in known.groups_of(user.id) else "department_role"
