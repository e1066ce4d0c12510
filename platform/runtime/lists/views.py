"""Ways to list records: those of the app, personal ones, and those somebody shared."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict
from typing import Any

from joinery.directory import Actor
from joinery.forms import View, check_view, resolve_view, settings_json
from joinery.kernel import Forbidden, InvalidInput, LimitExceeded, NotFound
from joinery.permissions import is_shown_to
from joinery.runtime.kinds import VIEW
from joinery.runtime.records.open_form import OpenForm, open_form
from joinery.runtime.unit import Unit
from joinery.storage import saved_views
from joinery.storage.saved_views import SavedView

#: What a saved view keeps beside its name.
_KEPT = (
    "kind",
    "columns",
    "column_widths",
    "frozen",
    "filter",
    "sort",
    "group_by",
    "card",
    "measure",
    "totals",
    "colors",
    "quick_filters",
    "calendar",
    "gallery",
    "tree",
)

MOST_VIEWS = 200

_VIEWS = {"en": "saved views", "zh": "已保存的视图数"}
_CHANGE_VIEW = {"en": "change somebody else's view", "zh": "修改他人的视图"}


def saved_by_form(unit: Unit, actor: Actor, app_key: str) -> dict[str, list[SavedView]]:
    """The actor's own views of an app and those shared with everybody, by form."""
    found: dict[str, list[SavedView]] = {}
    for view in _views_for(unit, actor, app_key):
        found.setdefault(view.form, []).append(view)
    return found


def _views_for(unit: Unit, actor: Actor, app_key: str) -> Sequence[SavedView]:
    """What one's own people share is for themselves; people from outside have only views of their own."""
    return saved_views.list_views(unit, app_key, owner=actor.user_id, shared=actor.organisation_id is None)


def views_of(at: OpenForm, saved: Iterable[SavedView]) -> list[dict[str, Any]]:
    """All views of a form that the actor may choose from, without the fields he may not read."""
    whole = at.actor.administers(at.form.app)
    own = [
        {**_show(view), "source": "app"}
        for definition in at.form.definition.views.values()
        if (whole or is_shown_to(definition.visible_to, at.actor, at.directory))
        and (view := resolve_view(at.form, definition, at.access.queried, at.names))
    ]
    return own + [shown for view in saved if (shown := show_saved(at, view))]


def create_view(
    unit: Unit, actor: Actor, app_key: str, form_key: str, sent: Mapping[str, Any]
) -> dict[str, Any]:
    """Save a view; raises InvalidInput naming every problem."""
    at = open_form(unit, actor, app_key, form_key)
    definition = _checked(at, {name: sent[name] for name in _KEPT if name in sent}, sent["label"])
    if len(_views_for(unit, actor, app_key)) >= MOST_VIEWS:
        raise LimitExceeded(limit=_VIEWS, maximum=MOST_VIEWS)
    view_id = saved_views.add_view(
        unit,
        app=app_key,
        form=form_key,
        owner=_owner(actor),
        label=_cleaned(sent["label"]),
        shared=bool(sent.get("shared")),
        definition=definition,
    )
    return _answer(at, view_id)


def change_view(
    unit: Unit, actor: Actor, app_key: str, form_key: str, view_id: int, sent: Mapping[str, Any]
) -> dict[str, Any]:
    """Change a view of one's own; an administrator may change any shared one.

    Raises NotFound, Forbidden and InvalidInput.
    """
    at = open_form(unit, actor, app_key, form_key)
    view = _own_view(at, view_id)
    label = sent.get("label", view.label)
    changed = {**view.definition, **{name: sent[name] for name in _KEPT if name in sent}}
    saved_views.change_view(
        unit,
        view_id,
        label=_cleaned(label),
        shared=bool(sent.get("shared", view.shared)),
        definition=_checked(at, changed, label),
    )
    return _answer(at, view_id)


def delete_view(unit: Unit, actor: Actor, app_key: str, form_key: str, view_id: int) -> None:
    """Delete a view of one's own; an administrator may delete any shared one."""
    at = open_form(unit, actor, app_key, form_key)
    saved_views.delete_view(unit, _own_view(at, view_id).id)


def show_saved(at: OpenForm, saved: SavedView) -> dict[str, Any] | None:
    """A saved view as the interface knows views; None when this actor could not use it."""
    document = {**saved.definition, "key": f"view_{saved.id}", "label": saved.label}
    view = resolve_view(at.form, document, at.access.queried, at.names)
    if view is None:
        return None
    return {
        **_show(view),
        "source": "shared" if saved.shared else "personal",
        "id": saved.id,
        "mine": saved.owner == at.actor.user_id,
    }


def _show(view: View) -> dict[str, Any]:
    return {
        "key": view.key,
        "label": view.label,
        "kind": view.kind,
        "columns": view.columns,
        "column_widths": dict(view.column_widths or {}),
        "frozen": view.frozen,
        "filter": view.filter_text,
        "sort": view.sort_text,
        "group_by": view.group_by,
        "card": view.card,
        "measure": view.measure,
        "totals": view.totals,
        "colors": [asdict(rule) for rule in view.colors],
        "quick_filters": [asdict(item) for item in view.quick_filters],
        **settings_json(view),
    }


def _answer(at: OpenForm, view_id: int) -> dict[str, Any]:
    shown = show_saved(at, _own_view(at, view_id))
    assert shown is not None, "a view that was just checked can be shown"
    return shown


def _own_view(at: OpenForm, view_id: int) -> SavedView:
    view = saved_views.get_view(at.unit, view_id)
    visible = view is not None and (view.shared or view.owner == at.actor.user_id)
    if view is None or not visible or (view.app, view.form) != (at.form.app, at.form.key):
        raise NotFound(kind=VIEW)
    if view.owner != at.actor.user_id and not at.actor.administers(at.form.app):
        raise Forbidden(action=_CHANGE_VIEW)
    return view


def _checked(at: OpenForm, definition: dict[str, Any], label: str) -> dict[str, Any]:
    _, issues = check_view(at.form, {**definition, "label": _cleaned(label)}, at.access.queried, at.names)
    if issues:
        raise InvalidInput(issues=issues)
    return definition


def _owner(actor: Actor) -> int:
    assert actor.user_id is not None, "only people save views"
    return actor.user_id


def _cleaned(text: str) -> str:
    """A name without what a database or a page cannot hold."""
    return "".join(char for char in text if char.isprintable()).strip()
