"""The permission groups of a form that somebody is in, and the rows that each gives him."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from joinery.directory import Rights
from joinery.forms import Form, PermissionGroup
from joinery.formulas import BOOLEAN, Checked, compile_formula


@dataclass(frozen=True, slots=True, kw_only=True)
class Membership:
    """A group that somebody is in, and the rows it gives him; `condition` None stands for all its rows.

    `told_apart` is equal for memberships that give the same rows, None for all rows; of lines it is about the
    records around them, whose rows they go by.
    """

    group: PermissionGroup
    condition: Checked | None
    told_apart: str | None

    def gives(self, action: str) -> bool:
        """Whether the group grants an action on some records."""
        return action in self.group.actions and self.group.rows != "none"


@lru_cache(maxsize=4096)
def memberships(form: Form, rights: Rights) -> tuple[Membership, ...]:
    """The groups of a form that people with these rights are in: by role, by the kind of their external
    organisation, or because the workspace says so.

    A role that somebody has in some departments only admits to the records of those departments. Lines
    belong to their record, whose form says which records those are.
    """
    return find_memberships(form, rights)


def find_memberships(form: Form, rights: Rights) -> tuple[Membership, ...]:
    """The same without remembering it, for forms that come and go."""
    found = []
    home = form.parent or form.key
    for group in form.groups or ():
        if _is_meant(group, rights) or f"{form.app}.{home}.{group.key}" in rights.groups:
            found.append(_membership(group, group.condition, ""))
        elif rights.external is None and (roles := group.roles & rights.department_roles):
            limited = group.condition if form.parent else _in_departments(form, group, sorted(roles))
            found.append(_membership(group, limited, f"{group.department} {sorted(roles)} "))
    return tuple(found)


def _membership(group: PermissionGroup, condition: Checked | None, department: str) -> Membership:
    if condition is not None:
        return Membership(group=group, condition=condition, told_apart=condition.text)
    around = "" if group.around == "all" else group.around
    return Membership(group=group, condition=None, told_apart=f"{department}{around}" or None)


def _is_meant(group: PermissionGroup, rights: Rights) -> bool:
    """Whether the definition itself puts somebody into a group; roles are for one's own people alone."""
    if rights.external is not None:
        return rights.external in group.external
    return bool(group.roles & rights.roles)


def _in_departments(form: Form, group: PermissionGroup, roles: Iterable[str]) -> Checked:
    """The rows of a group that belong to departments for which somebody has one of these roles."""
    there = [f'HASROLE("{role}", ME(), {group.department})' for role in roles]
    parts = [there[0] if len(there) == 1 else f"OR({', '.join(there)})"]
    if group.condition is not None:
        parts.append(group.condition.text)
    text = parts[0] if len(parts) == 1 else f"AND({', '.join(parts)})"
    return compile_formula(text, form.names, expects=BOOLEAN)
