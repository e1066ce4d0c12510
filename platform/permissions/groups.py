"""Permission groups add up: what one of an actor's groups grants, no other group takes away."""

from collections.abc import Iterable
from functools import lru_cache

from joinery.directory import Actor
from joinery.forms import Form, PermissionGroup
from joinery.formulas import BOOLEAN, compile_formula
from joinery.permissions.access import ACTIONS, FormAccess
from joinery.permissions.row_scope import EVERYTHING, NOTHING, RowScope

#: Actions on existing records; who may do one of them to a record may also see it.
_ON_RECORDS = frozenset({"edit", "delete", "restore", "export", "comment"})
_WRITING = frozenset({"create", "edit"})


def access_for(actor: Actor, form: Form) -> FormAccess:
    """What the actor may do on the form; administrators and forms without groups know no limits."""
    if actor.is_admin or form.groups is None:
        return _full_access(form)
    return _granted_access(form, actor.roles)


@lru_cache(maxsize=512)
def _full_access(form: Form) -> FormAccess:
    return FormAccess(
        actions=ACTIONS,
        scopes=dict.fromkeys(ACTIONS, EVERYTHING),
        readable=_all_keys(form),
        writable=frozenset(form.plan.open),
    )


@lru_cache(maxsize=512)
def _granted_access(form: Form, roles: frozenset[str]) -> FormAccess:
    groups = [group for group in form.groups or () if group.roles & roles]
    granted = {action: [group for group in groups if action in group.actions] for action in ACTIONS}
    granted["view"] = [group for group in groups if group.actions & (_ON_RECORDS | {"view"})]
    if not any("comment" in group.actions for group in form.groups or ()):
        # As long as no group says otherwise, who may see a record may say something about it.
        granted["comment"] = granted["view"]
    scopes = {action: _added_up(form, found) for action, found in granted.items() if found}
    return FormAccess(
        actions=frozenset(scopes),
        scopes=scopes,
        readable=_readable(form, groups),
        writable=_writable(form, groups),
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


def _added_up(form: Form, groups: list[PermissionGroup]) -> RowScope:
    """The rows of several groups together; the reason names the groups that contribute."""
    giving = [group for group in groups if group.rows != "none"]
    if not giving:
        return NOTHING
    unlimited = [group.key for group in giving if group.condition is None]
    if unlimited:
        return RowScope(kind="everything", reason=_reason(unlimited))
    conditions = {group.condition.text: group.condition for group in giving if group.condition}
    reason = _reason(group.key for group in giving)
    if len(conditions) == 1:
        return RowScope(kind="condition", reason=reason, condition=next(iter(conditions.values())))
    # A condition that fails for a record must not take away what another group grants.
    text = "OR(" + ", ".join(f"IFERROR({part}, FALSE)" for part in conditions) + ")"
    return RowScope(
        kind="condition", reason=reason, condition=compile_formula(text, form.names, expects=BOOLEAN)
    )


def _reason(keys: Iterable[str]) -> str:
    return "permission groups: " + ", ".join(keys)
