"""Permission groups add up: what one of an actor's groups grants, no other group takes away."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import lru_cache

from joinery.directory import Actor, Rights
from joinery.forms import Form
from joinery.formulas import Checked
from joinery.permissions.access import ACTIONS, FormAccess
from joinery.permissions.adding_up import rights_on_new, rights_on_records, rights_to_fill, rows_of
from joinery.permissions.memberships import Membership, find_memberships, memberships
from joinery.permissions.row_scope import EVERYTHING

#: Actions that come with another one as long as no group of the form names them.
_COMES_WITH = {"comment": "view", "batch": "edit", "print": "view", "share": "edit"}

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
    return _access_of(form, actor.rights, find_memberships)


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
    return _access_of(form, rights, memberships)


def _access_of(
    form: Form, rights: Rights, held_by: Callable[[Form, Rights], Sequence[Membership]]
) -> FormAccess:
    held = held_by(form, rights)
    granted = {action: [one for one in held if action in one.group.actions] for action in ACTIONS}
    # Changing many records together, or a team, is changing each of them.
    for action in ("batch", "share"):
        granted[action] = [one for one in granted[action] if "edit" in one.group.actions]
    granted["view"] = [one for one in held if one.group.sees]
    for action, other in _COMES_WITH.items():
        if not any(action in group.actions for group in form.groups or ()):
            granted[action] = granted[other]
    everywhere, varying = rights_on_records(form, granted["view"])
    filling = rights_to_fill(form, granted["create"])
    lines = [_access_of(one, rights, held_by) for one in form.line_forms.values()]
    scopes = {action: rows_of(form, found) for action, found in granted.items() if found}
    if varying or any(one.varying for one in lines):
        marked = _conditions(granted["view"])
        scopes = {action: replace(scope, groups=marked) for action, scope in scopes.items()}
    if "create" in scopes:
        # Of a new record other groups tell what may be filled in.
        differ = filling or any(one.filling for one in lines)
        marked = _conditions(granted["create"]) if differ else ()
        scopes["create"] = replace(scopes["create"], groups=marked)
    somewhere = varying.somewhere if varying else everywhere
    return FormAccess(
        actions=frozenset(scopes),
        scopes=scopes,
        readable=everywhere.readable,
        writable=everywhere.writable,
        masked=everywhere.masked,
        buttons=somewhere.buttons,
        new=rights_on_new(form, granted["create"], everywhere),
        varying=varying,
        filling=filling,
    )


def _conditions(held: Sequence[Membership]) -> tuple[tuple[str, Checked], ...]:
    return tuple((one.group.key, one.condition) for one in held if one.condition is not None)


def _all_keys(form: Form) -> frozenset[str]:
    return frozenset((*form.fields, *form.system_fields))
