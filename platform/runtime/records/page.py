"""What the page of a record has besides its fields, as one actor may see it: lists, buttons, the timeline."""

from collections.abc import Iterator
from typing import Any

from joinery.definitions import RelatedList, lists_of_layout, owner_key
from joinery.forms import Action, Inverse, check_filter, usable_sort
from joinery.runtime.apps.apps import allowed_actions
from joinery.runtime.records.open_form import OpenForm

Json = dict[str, Any]


def related_lists(at: OpenForm) -> list[Json]:
    """The other ends of relations to this form, as far as the actor may view the records there."""
    placed = [item.key for item in lists_of_layout(at.form.definition.layout)]
    wanted = {key: place for place, key in enumerate(dict.fromkeys((*placed, *at.form.definition.related)))}
    inverses = sorted(at.form.inverses, key=lambda inverse: wanted.get(inverse.key, len(wanted)))
    return [_related(at, inverse) for inverse in inverses if may_list(at, inverse)]


def may_list(at: OpenForm, inverse: Inverse) -> bool:
    """Whether the actor may see the records at the other end and what they point with."""
    there = at.beside(inverse.form)
    return there.access.allows("view") and owner_key(inverse.field) in there.access.queried


def listed_form(at: OpenForm, inverse: Inverse) -> OpenForm:
    """The form whose records the other end of a relation lists: of one in lines, those around the lines."""
    there = at.beside(inverse.form)
    return there if there.form.parent is None else there.beside(there.form.parent)


def _related(at: OpenForm, inverse: Inverse) -> Json:
    there = listed_form(at, inverse)
    own, key = there.form.key == inverse.form, owner_key(inverse.field)
    return {
        "key": inverse.key,
        "label": inverse.label,
        "app": at.form.app,
        "form": there.form.key,
        "field": key if own else f"{at.beside(inverse.form).form.subform}.{key}",
        "type": at.beside(inverse.form).form.fields[key].type.name,
        "single": inverse.single,
        "columns": [key for key in inverse.columns if key in there.access.queried],
        # A record is not begun from a relation of its lines.
        "actions": [action for action in allowed_actions(there) if own or action != "create"],
    }


def placed_list(at: OpenForm, item: RelatedList) -> Json | None:
    """A list of the layout without the fields the actor may not read.

    None when he may not see it at all, or when its filter looks at what he may not read.
    """
    inverse = next((found for found in at.form.inverses if found.key == item.key), None)
    if inverse is None or not may_list(at, inverse):
        return None
    there = listed_form(at, inverse)
    if item.filter is not None and check_filter(there.names, item.filter)[1]:
        return None
    return {
        "list": item.key,
        "label": item.label or inverse.label,
        "display": item.display,
        "columns": [key for key in item.columns or inverse.columns if key in there.access.queried],
        "filter": item.filter,
        "sort": usable_sort(there.form, item.sort, there.access.queried),
        "limit": item.limit,
        "summary": [
            {"field": key, "fn": fn} for key, fn in item.summary.items() if key in there.access.queried
        ],
    }


def usable_actions(at: OpenForm) -> Iterator[Action]:
    """The buttons that the actor may use on some records."""
    for action in at.form.actions.values():
        if not at.access.allows_button(action.key):
            continue
        roles = action.definition.roles
        if roles and not at.actor.administers(at.form.app) and not at.actor.roles.intersection(roles):
            continue
        if action.kind == "create":
            if at.beside(action.form).access.allows("create"):
                yield action
        elif at.access.allows("edit"):
            yield action


def describe_action(at: OpenForm, action: Action) -> Json:
    """What an interface needs to draw a button and to ask what it has to."""
    definition = action.definition
    return {
        "key": action.key,
        "label": definition.label,
        "kind": action.kind,
        "icon": definition.icon,
        "primary": definition.primary,
        "confirm": definition.confirm,
        "ask": [key for key in definition.ask if key in at.access.readable_somewhere],
        "form": action.form,
        "conversion": definition.conversion,
    }


def timeline_lists(at: OpenForm) -> dict[str, str]:
    """The related lists that stand in the timeline, each with the field that says when."""
    inverses = {inverse.key: inverse for inverse in at.form.inverses}
    return {
        key: moment
        for key, moment in at.form.definition.timeline.items()
        if (inverse := inverses.get(key))
        and may_list(at, inverse)
        and at.beside(inverse.form).form.parent is None
        and moment in at.beside(inverse.form).access.readable
    }
