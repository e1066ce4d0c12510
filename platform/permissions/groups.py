"""Permission groups add up: what one of an actor's groups grants, no other group takes away."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from joinery.definitions import MaskDefinition
from joinery.directory import Actor, Rights
from joinery.forms import Form, PermissionGroup
from joinery.formulas import BOOLEAN, Checked, compile_formula
from joinery.permissions.access import ACTIONS, FormAccess
from joinery.permissions.row_scope import EVERYTHING, NOTHING, RowScope

#: Actions on existing records; who may do one of them to a record may also see it.
_ON_RECORDS = frozenset({"edit", "batch", "delete", "restore", "export", "comment"})
_WRITING = frozenset({"create", "edit"})

#: Actions that come with another one as long as no group of the form names them.
_COMES_WITH = {"comment": "view", "batch": "edit"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Membership:
    """A group that somebody is in, and the rows it gives him; `condition` None stands for all its rows."""

    group: PermissionGroup
    condition: Checked | None

    def gives(self, action: str) -> bool:
        """Whether the group grants an action on some records."""
        return action in self.group.actions and self.group.rows != "none"


#: Of a form in an app that one may not enter.
_NONE = FormAccess(actions=frozenset(), scopes={}, readable=frozenset(), writable=frozenset())


def access_for(actor: Actor, form: Form) -> FormAccess:
    """What the actor may do on the form.

    Administrators know no limits, nor do one's own people on forms without groups; people of external
    organisations have only what a group gives them.
    """
    return access_with(actor.rights, form)


def access_with(rights: Rights, form: Form) -> FormAccess:
    """What people with these rights may do on the form."""
    if rights.apps is not None and form.app not in rights.apps:
        return _NONE
    if _is_unlimited(rights, form):
        return _full_access(form)
    return _granted_access(form, rights)


def _is_unlimited(rights: Rights, form: Form) -> bool:
    return rights.administers(form.app) or (form.groups is None and rights.external is None)


def access_in_draft(actor: Actor, form: Form) -> FormAccess:
    """What the actor would have on a form of a draft; drafts come and go, so nothing of it is remembered."""
    if _is_unlimited(actor.rights, form):
        return _unlimited_access(form)
    return _access_of(form, _find_memberships(form, actor.rights))


@lru_cache(maxsize=4096)
def memberships(form: Form, rights: Rights) -> tuple[Membership, ...]:
    """The groups of a form that people with these rights are in: by role, by the kind of their external
    organisation, or because the workspace says so.

    A role that somebody has in some departments only admits to the records of those departments. Lines
    belong to their record, whose form says which records those are.
    """
    return _find_memberships(form, rights)


def _find_memberships(form: Form, rights: Rights) -> tuple[Membership, ...]:
    found = []
    home = form.parent or form.key
    for group in form.groups or ():
        if _is_meant(group, rights) or f"{form.app}.{home}.{group.key}" in rights.groups:
            found.append(Membership(group=group, condition=group.condition))
        elif rights.external is None and (roles := group.roles & rights.department_roles):
            limited = group.condition if form.parent else _in_departments(form, group, sorted(roles))
            found.append(Membership(group=group, condition=limited))
    return tuple(found)


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


@lru_cache(maxsize=512)
def _full_access(form: Form) -> FormAccess:
    return _unlimited_access(form)


def _unlimited_access(form: Form) -> FormAccess:
    return FormAccess(
        actions=ACTIONS,
        scopes=dict.fromkeys(ACTIONS, EVERYTHING),
        readable=_all_keys(form),
        writable=frozenset(form.plan.open),
    )


@lru_cache(maxsize=4096)
def _granted_access(form: Form, rights: Rights) -> FormAccess:
    return _access_of(form, memberships(form, rights))


def _access_of(form: Form, held: Sequence[Membership]) -> FormAccess:
    granted = {action: [one for one in held if action in one.group.actions] for action in ACTIONS}
    # Changing many records together is changing each of them.
    granted["batch"] = [one for one in granted["batch"] if "edit" in one.group.actions]
    granted["view"] = [one for one in held if one.group.actions & (_ON_RECORDS | {"view"})]
    for action, other in _COMES_WITH.items():
        if not any(action in group.actions for group in form.groups or ()):
            granted[action] = granted[other]
    scopes = {action: _added_up(form, found) for action, found in granted.items() if found}
    groups = [one.group for one in held]
    readable = _readable(form, groups)
    return FormAccess(
        actions=frozenset(scopes),
        scopes=scopes,
        readable=readable,
        writable=_writable(form, groups),
        masked=_masked(groups, readable),
        buttons=_buttons(groups),
    )


def _all_keys(form: Form) -> frozenset[str]:
    return frozenset((*form.fields, *form.system_fields))


def _readable(form: Form, groups: Iterable[PermissionGroup]) -> frozenset[str]:
    """Fields that some group shows; a group without actions shows nothing."""
    keys = _all_keys(form)
    return frozenset().union(*(keys - group.hidden_fields for group in groups if group.actions))


def _writable(form: Form, groups: Iterable[PermissionGroup]) -> frozenset[str]:
    """Fields that some group with a writing action lets one fill in."""
    keys = frozenset(form.plan.open)
    writing = (group for group in groups if group.actions & _WRITING)
    return frozenset().union(*(keys - group.hidden_fields - group.read_only_fields for group in writing))


def _masked(groups: Iterable[PermissionGroup], readable: frozenset[str]) -> Mapping[str, MaskDefinition]:
    """Fields that no group shows whole but some group in part; of several parts the largest counts."""
    found: dict[str, MaskDefinition] = {}
    for group in groups:
        for key, mask in group.masked_fields.items() if group.actions else ():
            known = found.get(key)
            if key not in readable and (known is None or _shown(known) < _shown(mask)):
                found[key] = mask
    return found


def _shown(mask: MaskDefinition) -> int:
    return mask.first + mask.last


def _buttons(groups: Iterable[PermissionGroup]) -> frozenset[str] | None:
    named: set[str] = set()
    for group in groups:
        if group.buttons is None:
            return None
        named |= group.buttons
    return frozenset(named)


def _added_up(form: Form, held: Sequence[Membership]) -> RowScope:
    """The rows of several groups together; the reason names the groups that contribute."""
    giving = [one for one in held if one.group.rows != "none"]
    if not giving:
        return NOTHING
    unlimited = [one.group.key for one in giving if one.condition is None]
    if unlimited:
        return RowScope(kind="everything", reason=_reason(unlimited))
    conditions = {one.condition.text: one.condition for one in giving if one.condition}
    reason = _reason(one.group.key for one in giving)
    if len(conditions) == 1:
        return RowScope(kind="condition", reason=reason, condition=next(iter(conditions.values())))
    # A condition that fails for a record must not take away what another group grants.
    text = "OR(" + ", ".join(f"IFERROR({part}, FALSE)" for part in conditions) + ")"
    return RowScope(
        kind="condition", reason=reason, condition=compile_formula(text, form.names, expects=BOOLEAN)
    )


def _reason(keys: Iterable[str]) -> str:
    return "permission groups: " + ", ".join(keys)
