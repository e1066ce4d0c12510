"""What the permission groups of a draft would change for people: records, actions, buttons and fields."""

import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from joinery.definitions import JOINT, load_app
from joinery.directory import Actor, Directory, User
from joinery.forms import Form, compile_app
from joinery.formulas import BOOLEAN, check
from joinery.kernel import InvalidDefinition, InvalidInput, Issue, pointer
from joinery.permissions import FormAccess, RowScope, access_in_draft
from joinery.runtime.apps.apps import ACTIONS as IN_ORDER
from joinery.runtime.apps.drafts import get_draft
from joinery.runtime.apps.publishing import check_definition
from joinery.runtime.records.open_form import OpenForm, open_form
from joinery.runtime.unit import Unit
from joinery.storage.scope_counts import count_scopes

#: People that are suggested, and looked at in one question.
MOST_SUGGESTED = 12
MOST_PEOPLE = 20

#: What may be done with records that exist: for these the records are counted.
COUNTED = ("view", "edit", "delete")

#: For one count, and for all counts of one question; what is left then is answered without numbers.
COUNT_MILLISECONDS = 1500
ALL_SECONDS = 6.0


@dataclass(frozen=True, slots=True, kw_only=True)
class _Comparison:
    """The form as it is published, for the one who asks, and as the draft has it (None: no longer there)."""

    at: OpenForm
    draft: Form | None
    until: float


def effect_of_draft(
    unit: Unit, actor: Actor, app_key: str, form_key: str, users: Sequence[int] | None = None
) -> dict[str, Any]:
    """Compare for people what the published groups of a form give them with what the draft would.

    Without `users` people are suggested: one for each role, kind of external organisation and group. Of each
    person `records` says by action ("view", "edit", "delete") how many records there are `before` and `after`
    and how many are `gained` and `lost`, None where that cannot be counted (yet).
    Raises NotFound, InvalidDefinition for a draft with mistakes, InvalidInput for people who are not here.
    """
    at = open_form(unit, actor, app_key, form_key)
    document = get_draft(unit, actor, app_key)["document"]
    if issues := check_definition(document, app_key):
        raise InvalidDefinition(issues=issues)
    draft = compile_app(load_app(document)).forms.get(form_key)
    people = _suggested(at, draft) if users is None else _chosen(at.directory, users)
    comparison = _Comparison(at=at, draft=draft, until=time.monotonic() + ALL_SECONDS)
    return {"people": [_compare(comparison, user) for user in people]}


def _chosen(known: Directory, users: Sequence[int]) -> list[User]:
    found = {user_id: known.user(user_id) for user_id in dict.fromkeys(users)}
    issues = [
        Issue(pointer("users", place), "no_such_person", {"id": user_id})
        for place, user_id in enumerate(users)
        if (user := found[user_id]) is None or not user.active
    ]
    if issues:
        raise InvalidInput(issues=issues)
    return [user for user in found.values() if user is not None]


def _suggested(at: OpenForm, draft: Form | None) -> list[User]:
    """For each role, kind of external organisation and group of the form one person, nobody twice, and no
    administrators."""
    found: dict[int, User] = {}
    for members in _circles(at, draft):
        new = next((one for one in members if one.id not in found and not one.is_admin), None)
        if new is not None and not any(one.id in found for one in members):
            found[new.id] = new
    return list(found.values())[:MOST_SUGGESTED]


def _circles(at: OpenForm, draft: Form | None) -> Iterator[list[User]]:
    active = [user for user in at.directory.users if user.active]
    groups = [*((draft and draft.groups) or ()), *(at.form.groups or ())]
    for role in dict.fromkeys(role for group in groups for role in sorted(group.roles)):
        yield [
            one for one in active if role in one.roles or role in {held.role for held in one.department_roles}
        ]
    for kind in dict.fromkeys(kind for group in groups for kind in sorted(group.external)):
        yield [one for one in active if at.directory.kind_of(one) == kind]
    for name in dict.fromkeys(f"{at.form.app}.{at.form.key}.{group.key}" for group in groups):
        yield [one for one in active if name in at.directory.groups_of(one.id)]


def _compare(comparison: _Comparison, user: User) -> dict[str, Any]:
    at, draft = comparison.at, comparison.draft
    person = at.directory.actor(user.id, language=at.actor.language, workspace=at.actor.workspace)
    assert person is not None, "only people who are here are compared"
    seen = at.seen_by(person)
    before = seen.access
    after = _nothing() if draft is None else access_in_draft(person, draft)
    return {
        "user": {"id": user.id, "name": user.name, "organisation": _organisation(at.directory, user)},
        "roles": [{"key": key, "label": _role_label(at, key)} for key in sorted(_roles_of(user))],
        "administrator": person.administers(at.form.app),
        "records": {action: _records(comparison, seen, before, after, action) for action in COUNTED},
        "actions": _difference(
            [one for one in IN_ORDER if before.allows(one)], [one for one in IN_ORDER if after.allows(one)]
        ),
        "buttons": _difference(_buttons(at.form, before), _buttons(draft, after)),
        "fields": _fields(at, person, draft),
    }


def _organisation(known: Directory, user: User) -> str | None:
    found = None if user.organisation_id is None else known.organisation(user.organisation_id)
    return found.name if found else None


def _roles_of(user: User) -> frozenset[str]:
    return user.roles.union(one.role for one in user.department_roles)


def _role_label(at: OpenForm, key: str) -> Mapping[str, str] | None:
    found = at.app.compiled.definition.roles.get(key) or at.directory.roles.get(key)
    return found.label if found else None


def _nothing() -> FormAccess:
    return FormAccess(actions=frozenset(), scopes={}, readable=frozenset(), writable=frozenset())


def _records(
    comparison: _Comparison, seen: OpenForm, before: FormAccess, after: FormAccess, action: str
) -> dict[str, int] | None:
    left = comparison.until - time.monotonic()
    scope = _as_published(comparison.at.form, after.rows_for(action))
    if left <= 0 or scope is None:
        return None
    told = count_scopes(
        seen.unit,
        seen.table,
        before.rows_for(action),
        scope,
        seen.evaluation,
        milliseconds=min(COUNT_MILLISECONDS, int(left * 1000) + 1),
    )
    if told is None:
        return None
    return {"before": told.before, "after": told.after, "gained": told.gained, "lost": told.lost}


def _as_published(form: Form, scope: RowScope) -> RowScope | None:
    """A scope of the draft over the records as they are; None where it looks at what is not there yet."""
    if scope.condition is None:
        return scope
    checked, _ = check(scope.condition.text, form.names, expects=BOOLEAN)
    if checked is None:
        return None
    return RowScope(kind="condition", reason=scope.reason, condition=checked)


def _difference(before: Sequence[str], after: Sequence[str]) -> dict[str, list[str]]:
    return {
        "gained": [one for one in after if one not in before],
        "lost": [one for one in before if one not in after],
    }


def _buttons(form: Form | None, access: FormAccess) -> list[str]:
    if form is None or not access.allows("view"):
        return []
    return [key for key in form.definition.actions if access.allows_button(key)]


def _fields(at: OpenForm, person: Actor, draft: Form | None) -> list[dict[str, Any]]:
    """The fields that are reached otherwise; those of lines as "lines.price".

    Where that differs from record to record, `before` and `after` are the most on any of them, and
    `before_elsewhere` and `after_elsewhere` the least; None where all records are alike.
    """
    before = _reaches(at.form, person)
    after = {} if draft is None else _reaches(draft, person)
    return [
        {
            "key": key,
            "before": before.get(key, _HIDDEN)[0],
            "before_elsewhere": before.get(key, _HIDDEN)[1],
            "after": after.get(key, _HIDDEN)[0],
            "after_elsewhere": after.get(key, _HIDDEN)[1],
        }
        for key in {**after, **before}
        if before.get(key, _HIDDEN) != after.get(key, _HIDDEN)
    ]


#: How a field is reached at most and, where that is less on other records, at least.
_Reach = tuple[str, str | None]
_HIDDEN: _Reach = ("hidden", None)


def _reaches(form: Form, person: Actor) -> dict[str, _Reach]:
    found: dict[str, _Reach] = {}
    for prefix, one in (("", form), *((f"{key}{JOINT}", lines) for key, lines in form.line_forms.items())):
        access = access_in_draft(person, one)
        found |= {f"{prefix}{key}": _reach(access, key) for key in one.order}
    return found


def _reach(access: FormAccess, key: str) -> _Reach:
    least = access.reach(key)
    most = least if access.varying is None else access.varying.somewhere.reach(key)
    return most, None if least == most else least
