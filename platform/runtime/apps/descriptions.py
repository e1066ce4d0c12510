"""A form described for those who draw it or program against it, as one actor may see and write it."""

from collections.abc import Mapping, Sequence
from typing import Any

from joinery.definitions import BY_FORM, LayoutItem, RelatedList, Section, Tab, owner_key
from joinery.directory import Actor
from joinery.forms import Field, live_program, usable_sort
from joinery.formulas import CALENDAR, PARENT_RECORD, THIS_RECORD, Checked, calendar_json
from joinery.runtime.apps.apps import allowed_actions
from joinery.runtime.apps.updating import updating_fields
from joinery.runtime.lists import views
from joinery.runtime.records.conversion_json import describe_conversions
from joinery.runtime.records.lines import line_forms
from joinery.runtime.records.open_form import OpenForm, open_form
from joinery.runtime.records.page import (
    describe_action,
    placed_list,
    related_lists,
    timeline_lists,
    usable_actions,
)
from joinery.runtime.records.record_rights import limits, on_new
from joinery.runtime.records.uniqueness import looked_at_by
from joinery.runtime.unit import Unit
from joinery.runtime.workflows.definitions import shown_of_form
from joinery.storage.saved_views import SavedView


def describe_form(unit: Unit, actor: Actor, app_key: str, form_key: str) -> dict[str, Any]:
    """Everything about a form that does not depend on a single record; raises NotFound."""
    at = open_form(unit, actor, app_key, form_key)
    return describe_open(at, views.saved_by_form(unit, actor, app_key).get(form_key, ()))


def describe_open(at: OpenForm, saved: Sequence[SavedView]) -> dict[str, Any]:
    """The same of a form that was opened; `saved` are the views that people keep of it."""
    definition = at.form.definition
    shown = shown_fields(at)
    return {
        "app": at.form.app,
        "key": at.form.key,
        "label": definition.label,
        "plural": definition.plural,
        "icon": definition.icon,
        "color": definition.color,
        "description": definition.description,
        "title": definition.title,
        "fields": {key: _describe_field(at, field) for key, field in shown.items()},
        "order": [key for key in at.form.order if key in shown],
        "layout": _layout(at, definition.complete_layout(), shown),
        "facts": [key for key in definition.facts if key in shown or key in at.form.system_fields],
        "related": related_lists(at),
        "views": views.views_of(at, saved),
        "actions": allowed_actions(at),
        "record_actions": [describe_action(at, action) for action in usable_actions(at)],
        "timeline": timeline_lists(at),
        "live": at.form.live,
        "duplicates": _compared_fields(at),
        "conversions": describe_conversions(at),
        "updating": sorted(updating_fields(at) & shown.keys()),
        "program": _program(at, shown),
        "workflows": [{"key": workflow.key, "label": workflow.label} for workflow in shown_of_form(at)],
        "system_fields": {
            key: _describe_field(at, field)
            for key, field in at.form.system_fields.items()
            if key in at.access.readable_somewhere
        },
        "new": _limits_on_new(at, shown),
    }


def _limits_on_new(at: OpenForm, shown: Mapping[str, Field]) -> dict[str, list[str]] | None:
    """Which fields are closed on a new record and not on others, as a record tells it of itself."""
    return limits(at, on_new(at), (*shown, "owner")) if at.access.differs else None


def _compared_fields(at: OpenForm) -> list[str]:
    """The fields that duplicate rules and uniqueness look at, conditions included."""
    rules = [(rule.fields, rule.when) for rule in at.form.duplicate_rules]
    rules += [(key.fields, key.when) for key in at.form.unique]
    compared = frozenset[str]().union(*(looked_at_by(fields, when) for fields, when in rules))
    return sorted(compared & at.access.readable_somewhere)


def _program(at: OpenForm, shown: Mapping[str, Field]) -> dict[str, Any] | None:
    """What the entry form computes by itself, for those who may fill it in."""
    if not at.form.live or not (at.access.allows("create") or at.access.allows("edit")):
        return None
    lines = {key: _known(there) for key, there in line_forms(at).items() if key in shown}
    return _live(at, lines)


def _known(at: OpenForm) -> frozenset[str]:
    """The fields that are at hand where records are entered."""
    return at.access.readable & (shown_fields(at).keys() | at.form.system_fields.keys())


def _live(at: OpenForm, beside: Mapping[str, frozenset[str]]) -> dict[str, Any]:
    viewer = at.evaluation
    program = live_program(at.form, _known(at), beside)
    told: dict[str, Any] = {
        "user_id": viewer.user_id,
        "department_ids": viewer.department_ids,
        "organisation_id": viewer.organisation_id,
        "roles": viewer.roles,
        "time_zone": viewer.time_zone,
    }
    if CALENDAR in program["follows"]:
        told["calendar"] = calendar_json(viewer.calendar)
    return {**program, "viewer": told}


def shown_fields(at: OpenForm) -> dict[str, Field]:
    """The fields an interface shows to this actor; hidden ones can still be used in expressions."""
    return {
        key: field
        for key, field in at.form.fields.items()
        if (at.access.shows(key) or key in at.access.readable_somewhere)
        and not field.definition.hidden
        and not field.system
    }


def _describe_field(at: OpenForm, field: Field) -> dict[str, Any]:
    definition = field.definition
    described = {
        "type": field.type.name,
        "label": definition.label,
        "help": definition.help,
        "placeholder": definition.placeholder,
        "required": definition.required == "TRUE",
        "unique": definition.unique,
        "read_only": field.type.computed
        or definition.read_only == "TRUE"
        or field.key not in at.access.writable_somewhere,
        "masked": field.key in at.access.masked and field.key not in at.access.readable_somewhere,
        "sortable": field.type.sortable and field.key in at.access.queried,
        "groupable": field.type.groupable and field.key in at.access.queried,
        "settings": _settings(at, field),
    }
    if field.formula is not None:
        described["result"] = field.settings["result"]
    if field.lines:
        described |= _describe_lines(at, at.beside(field.lines))
    return described


def _describe_lines(at: OpenForm, there: OpenForm) -> dict[str, Any]:
    """The fields of the lines of a subform, their order, and what an entry form computes of a line."""
    shown = shown_fields(there)
    may_write = at.access.allows("create") or at.access.allows("edit")
    return {
        "fields": {key: _describe_field(there, field) for key, field in shown.items()},
        "order": [key for key in there.form.order if key in shown],
        "live": _live(there, {PARENT_RECORD: _known(at)}) if may_write else None,
    }


def _settings(at: OpenForm, field: Field) -> Mapping[str, Any]:
    """The settings; how a value is computed is for administrators, for it may name hidden fields."""
    settings = dict(field.settings)
    if not at.actor.administers(at.form.app):
        settings.pop("formula", None)
    if field.lines:
        settings.pop("fields")
        settings |= _default_lines(at.beside(field.lines), field)
    if field.branches:
        settings |= _branch_settings(at, field)
    elif field.references:
        settings |= _relation_settings(at, field, at.beside(field.references))
        settings = {name: value for name, value in settings.items() if value is not None}
    return settings


def _branch_settings(at: OpenForm, field: Field) -> dict[str, Any]:
    """What differs in the settings of a relation to one of several forms, by form."""
    told: dict[str, dict[str, Any]] = {
        branch.settings["form"]: {
            **{name: branch.settings[name] for name in BY_FORM if name in branch.settings},
            **_relation_settings(at, branch, at.beside(branch.settings["form"])),
        }
        for branch in field.branches
    }
    inverse = field.settings.get("inverse")
    columns: list[str] = next((one["inverse"]["columns"] for one in told.values() if "inverse" in one), [])
    return {
        "forms": [form for form, one in told.items() if one["can_view"]],
        "can_view": any(one["can_view"] for one in told.values()),
        **{
            name: {form: one[name] for form, one in told.items() if one["can_view"] and one.get(name)}
            for name in BY_FORM
        },
        **({"inverse": {**inverse, "columns": columns}} if inverse else {}),
    }


def _default_lines(there: OpenForm, field: Field) -> dict[str, Any]:
    """What new records begin with, without the fields of lines that the reader may not read.

    How a value is computed is for administrators, as with formulas.
    """
    given = field.settings.get("default_lines", 0)
    if isinstance(given, int):
        return {"default_lines": given}
    whole = there.actor.administers(there.form.app)
    readable = on_new(there).access.readable
    told = [
        {
            key: value
            for key, value in line.items()
            if key in readable and (whole or not isinstance(value, str))
        }
        for line in given
    ]
    return {"default_lines": told}


def _relation_settings(at: OpenForm, field: Field, there: OpenForm) -> dict[str, Any]:
    """What differs in the settings of a relation from reader to reader; None for what he is not told.

    A condition that looks at a field hidden from him cannot narrow what he is offered.
    """
    told: dict[str, Any] = {"can_view": there.access.allows("view")}
    if field.filter is not None and not _may_know(at, there, field.filter):
        told["filter"] = None
    if (columns := field.settings.get("columns")) is not None:
        told["columns"] = [key for key in columns if key in there.access.queried]
    if sort := field.settings.get("sort"):
        told["sort"] = usable_sort(there.form, sort, there.access.queried)
    if field.fill:
        fill = field.settings["fill"]
        told["fill"] = {
            key: fill[key]
            for key, checked in field.fill.items()
            if key in at.access.readable and _may_know(at, there, checked)
        }
    if inverse := field.settings.get("inverse"):
        listed = [key for key in inverse.get("columns", ()) if key in at.access.queried]
        told["inverse"] = {**inverse, "columns": listed}
    return told


def _may_know(at: OpenForm, there: OpenForm, checked: Checked) -> bool:
    """Whether the reader may read all that an expression over a related record looks at."""
    here = {path[1:] for path in checked.paths if path[0] == THIS_RECORD}
    here |= {path for path in checked.paths if path[0] == PARENT_RECORD}
    own = {owner_key(path[0]) for path in here if path[0] != PARENT_RECORD}
    outside = (THIS_RECORD, PARENT_RECORD)
    related = {owner_key(path[0]) for path in checked.paths if path[0] not in outside}
    if at.form.parent is not None:
        around = {owner_key(path[1]) for path in here if path[0] == PARENT_RECORD and len(path) > 1}
        if not around <= at.beside(at.form.parent).access.readable:
            return False
    return own <= at.access.readable and related <= there.access.readable


def _layout(at: OpenForm, items: tuple[LayoutItem, ...], shown: Mapping[str, Field]) -> list[Any]:
    """The layout without the fields and lists that are not shown, and without what is empty then."""
    kept: list[Any] = []
    for item in items:
        match item:
            case str():
                kept += [item] if item in shown else []
            case RelatedList():
                kept += [found] if (found := placed_list(at, item)) else []
            case Tab():
                content = _layout(at, item.content, shown)
                kept += [{"tab": item.key, "label": item.label, "content": content}] if content else []
            case Section():
                content = _layout(at, item.content, shown)
                kept += [_section(item, content)] if content else []
    return kept


def _section(section: Section, content: list[Any]) -> dict[str, Any]:
    return {
        "section": section.key,
        "label": section.label,
        "columns": section.columns,
        "collapsed": section.collapsed,
        "conditional": section.visible is not None,
        "content": content,
    }
