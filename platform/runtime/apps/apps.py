"""The apps of a workspace as one actor may see them: what there is to open, and the menu."""

from collections.abc import Callable, Mapping
from typing import Any

from joinery.definitions import MenuGroup, MenuItem
from joinery.directory import Actor
from joinery.kernel import NotFound
from joinery.permissions import is_shown_to
from joinery.runtime.kinds import APP
from joinery.runtime.lists import views
from joinery.runtime.records.open_form import OpenForm, open_app, viewable_forms
from joinery.runtime.unit import Unit
from joinery.storage import apps, directory
from joinery.storage.apps import LoadedApp

Json = dict[str, Any]
Entry = MenuItem | MenuGroup

#: In the order in which interfaces offer them.
ACTIONS = (
    "view", "create", "edit", "batch", "delete", "restore", "import", "export", "print", "share", "comment",
)  # fmt: skip


def list_apps(unit: Unit, actor: Actor) -> list[dict[str, Any]]:
    """The apps in which the actor may view at least one form, or administer."""
    loaded = [
        apps.load(unit, installed.key) for installed in apps.list_apps(unit) if actor.may_enter(installed.key)
    ]
    return [_head(app) for app in loaded if _may_open(unit, actor, app)]


def _may_open(unit: Unit, actor: Actor, app: LoadedApp) -> bool:
    """Whether the app is shown to the actor: there is something in it for him, and it is meant for him."""
    if actor.administers(app.compiled.definition.key):
        return True
    meant = is_shown_to(app.compiled.definition.visible_to, actor, directory.load(unit))
    return meant and any(viewable_forms(unit, actor, app))


def get_app(unit: Unit, actor: Actor, app_key: str) -> dict[str, Any]:
    """An app with its menu and its forms, both only as far as the actor may view; raises NotFound."""
    app = open_app(unit, app_key)
    if not _may_open(unit, actor, app):
        raise NotFound(kind=APP)
    forms = {at.form.key: at for at in viewable_forms(unit, actor, app)}
    people = directory.load(unit)
    whole = actor.administers(app_key)

    def is_meant(one: Entry) -> bool:
        return whole or is_shown_to(one.visible_to, actor, people)

    saved = views.saved_by_form(unit, actor, app_key)
    return {
        **_head(app),
        "menu": [
            shown for entry in app.compiled.definition.menu if (shown := _entry(entry, forms, is_meant))
        ],
        "forms": {key: _form(at, saved.get(key, ())) for key, at in forms.items()},
    }


def get_definition(unit: Unit, actor: Actor, app_key: str) -> dict[str, Any]:
    """The document of the published version."""
    return dict(open_app(unit, app_key).compiled.definition.document)


def allowed_actions(at: OpenForm) -> list[str]:
    """What the actor may do with the form."""
    return [action for action in ACTIONS if at.access.allows(action)]


def _head(app: LoadedApp) -> dict[str, Any]:
    definition = app.compiled.definition
    return {
        "key": definition.key,
        "label": definition.label,
        "icon": definition.icon,
        "version": app.version,
    }


def _form(at: OpenForm, saved: Any) -> dict[str, Any]:
    definition = at.form.definition
    return {
        "label": definition.label,
        "plural": definition.plural,
        "icon": definition.icon,
        "color": definition.color,
        "actions": allowed_actions(at),
        "views": views.views_of(at, saved),
    }


def _entry(entry: Entry, forms: Mapping[str, OpenForm], meant: Callable[[Entry], bool]) -> Json | None:
    """A menu entry without what one may not view or is not `meant` for one; None when nothing is left."""
    if not meant(entry):
        return None
    if isinstance(entry, MenuItem):
        if entry.form not in forms:
            return None
        usable = {view["key"] for view in views.views_of(forms[entry.form], ())} if entry.view else ()
        return {"form": entry.form, **({"view": entry.view} if entry.view in usable else {})}
    items = [item for inner in entry.items if (item := _entry(inner, forms, meant))]
    if not items:
        return None
    return {"group": entry.key, "label": entry.label, "icon": entry.icon, "items": items}
