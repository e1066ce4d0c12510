"""Conversions as callers see them, as far as they may."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from joinery.definitions import Label
from joinery.forms import Target
from joinery.kernel import Issue
from joinery.runtime.records.open_form import OpenForm
from joinery.runtime.records.page import usable_actions
from joinery.runtime.records.record_rights import on_new
from joinery.runtime.records.sent_records import show_context
from joinery.storage import conversions, records
from joinery.storage.conversions import StoredConversion
from joinery.storage.match_keys import find_by_key

if TYPE_CHECKING:
    from joinery.runtime.records.operations import Prepared

#: Where a record's answer says what it was converted into and out of: no field can have this key.
CONVERTED = "$conversions"

#: So many records that are there already are offered.
MOST_OFFERED = 5


def describe_conversions(at: OpenForm) -> list[dict[str, Any]]:
    """The conversions of a form that the actor finds a button of on some of its records."""
    usable = {action.definition.conversion for action in usable_actions(at)}
    return [
        {
            "key": key,
            "label": conversion.definition.label,
            "icon": conversion.definition.icon,
            "targets": [
                {"key": target.key, "form": target.form, "label": label_of(at.beside(target.form), target)}
                for target in conversion.targets
            ],
        }
        for key, conversion in at.form.conversions.items()
        if key in usable
    ]


def conversions_of(at: OpenForm, record_id: int, done: Sequence[StoredConversion]) -> dict[str, Any]:
    """What a record was converted into and out of, as far as the actor may see it."""
    made_by = conversions.that_made(at.unit, at.form.app, at.form.key, record_id) if at.form.is_made else []
    return {
        "done": [conversion_json(at, one) for one in done],
        "made_by": [origin for form, one in made_by if (origin := _origin(at, form, one, record_id))],
    }


def _origin(at: OpenForm, form: str, done: StoredConversion, record_id: int) -> dict[str, Any] | None:
    """The record that a conversion began with; None when the actor may not see it."""
    record = _record(at, form, done.record_id)
    if record is None:
        return None
    own = next(one for one in done.targets if (one["form"], one["id"]) == (at.form.key, record_id))
    conversion = at.beside(form).form.conversions.get(done.key)
    return {
        "key": done.key,
        "label": conversion.definition.label if conversion else None,
        "at": done.at.isoformat(),
        "by": _person(at, done.by),
        "created": own["created"],
        "form": form,
        "form_label": at.beside(form).form.label,
        "record": record,
    }


def _person(at: OpenForm, user_id: int | None) -> dict[str, Any] | None:
    by = at.directory.user(user_id) if user_id is not None else None
    return None if by is None else {"id": by.id, "name": by.name}


def label_of(there: OpenForm, target: Target) -> Label:
    """What a target is called."""
    return target.definition.label or there.form.label


def may_undo(at: OpenForm, done: StoredConversion) -> bool:
    """Whether the actor may undo it: whoever did it, or may delete all that was made."""
    if at.actor.administers(at.form.app) or (done.by is not None and done.by == at.actor.user_id):
        return True
    made = (one["form"] for one in done.targets if one["created"])
    forms = at.app.compiled.forms
    return all(form in forms and at.beside(form).access.allows("delete") for form in made)


def conversion_json(at: OpenForm, done: StoredConversion) -> dict[str, Any]:
    """A conversion that was done; records that the actor may not see are named by their form alone."""
    conversion = at.form.conversions.get(done.key)
    labels = (
        {target.key: label_of(at.beside(target.form), target) for target in conversion.targets}
        if conversion
        else {}
    )
    return {
        "key": done.key,
        "label": conversion.definition.label if conversion else None,
        "at": done.at.isoformat(),
        "by": _person(at, done.by),
        "can_undo": may_undo(at, done),
        "targets": [
            {
                "key": one["key"],
                "form": one["form"],
                "label": labels.get(one["key"]),
                "created": one["created"],
                "record": _record(at, one["form"], one["id"]),
            }
            for one in done.targets
        ],
    }


def _record(at: OpenForm, form: str, record_id: int) -> dict[str, Any] | None:
    if form not in at.app.compiled.forms:
        return None
    there = at.beside(form)
    if not there.access.allows("view"):
        return None
    titles = records.titles(at.unit, there.table, [record_id], there.access.rows, at.evaluation)
    return {"id": record_id, "title": titles[record_id]} if record_id in titles else None


def target_preview(
    at: OpenForm, target: Target, found: "Prepared", issues: Sequence[Issue]
) -> dict[str, Any]:
    """What would be made, with the fields to show and the records that are there already.

    Shown are the fields that get a value, that must have one, and what is wrong with.
    """
    there = on_new(at.beside(target.form))
    assert found.draft is not None, "a rehearsed record has a draft"
    required = [key for key, when in there.form.plan.required if when is None and key not in target.values]
    wrong = [issue.path.rpartition("/")[2] for issue in issues]
    shown = [
        key
        for key in dict.fromkeys((*target.values, *required, *wrong))
        if key in there.access.readable and key not in target.definition.links
    ]
    fields = [there.form.fields[key] for key in shown if key in there.form.fields]
    context = show_context(there, [found.draft.values], fields)
    return {
        "key": target.key,
        "form": target.form,
        "label": label_of(there, target),
        "optional": target.definition.optional,
        "can_create": there.access.allows("create"),
        "fields": [field.key for field in fields],
        "values": {
            field.key: None
            if (value := found.draft.values[field.key]) is None
            else field.type.to_json(field, value, context)
            for field in fields
        },
        "existing": _existing(there, target, found),
        "matches": list(found.matches),
    }


def _existing(there: OpenForm, target: Target, found: "Prepared") -> list[dict[str, Any]]:
    """Records the actor may see that agree in one of the compared fields."""
    assert found.draft is not None, "a rehearsed record has a draft"
    if not there.access.allows("view"):
        return []
    ids: dict[int, None] = {}
    for key in target.match:
        value = found.draft.values.get(key[0].field)
        if value is None or key[0].field not in there.access.readable:
            continue
        for one in find_by_key(
            there.unit, there.table, key, key, [(value,)], there.evaluation, limit=MOST_OFFERED
        ):
            ids |= dict.fromkeys(one.ids)
    titles = records.titles(there.unit, there.table, ids, there.access.rows, there.evaluation)
    return [{"id": found_id, "title": titles[found_id]} for found_id in ids if found_id in titles]
