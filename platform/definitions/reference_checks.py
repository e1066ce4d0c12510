"""Whether everything an app mentions exists and suits the place where it is mentioned."""

from collections.abc import Callable, Collection, Iterator, Mapping
from itertools import chain
from typing import Any

from joinery.definitions.catalogue import Catalogue
from joinery.definitions.match_checks import can_be_matched
from joinery.definitions.names import SYSTEM_TYPES, AppNames
from joinery.definitions.references import (
    MOST_LEVELS,
    PERIODS,
    PLACEHOLDER,
    Reference,
    group_levels,
    references_in,
    title_fields,
)
from joinery.definitions.relations import TO_ONE
from joinery.definitions.shape import entries, part_of
from joinery.definitions.subforms import SUBFORM, is_line_form
from joinery.definitions.suggestions import nearest, shortened
from joinery.definitions.view_kinds import SETTLED_KINDS
from joinery.definitions.workflow_references import workflow_references
from joinery.formulas import Type
from joinery.kernel import Issue, pointer

Json = Mapping[str, Any]

#: Uses that want a field of the form itself, not one of the system's.
OWN_USES = frozenset(
    [
        "own",
        "title",
        "search",
        "measure",
        "kanban",
        "cover",
        "badge",
        "tree",
        "match",
        "subform",
        "mask",
        "department",
        "state",
        "team",
    ]
)

#: Kinds of values that read well in a title.
TITLE_KINDS = frozenset(["text", "choice", "number", "money", "percent", "date", "datetime", "time"])
#: What a caption may name besides: it is made for one reader, who sees of others what he may.
CAPTION_KINDS = TITLE_KINDS | {"user", "department", "organisation", "record"}

#: What each kind of button understands besides what all have.
ACTION_PROPERTIES = {
    "set": ("values", "ask"),
    "create": ("values", "list", "form"),
    "convert": ("conversion",),
}
ACTION_SETTINGS = frozenset(name for own in ACTION_PROPERTIES.values() for name in own)
#: The kinds of values that can be grouped by periods.
DATES = frozenset(["date", "datetime"])

#: The lists of fields of a permission group; `other_fields` says what holds for all others.
_NAMED_IN_GROUPS = ("hidden_fields", "masked_fields", "read_only_fields", "writable_fields")

#: What everybody who sees a record is told about it.
ALWAYS_SHOWN = frozenset(["id", "revision", "title"])

#: System fields that somebody may fill in.
WRITABLE_SYSTEM_FIELDS = frozenset(["owner"])


def reference_issues(document: Json, names: AppNames, catalogue: Catalogue) -> Iterator[Issue]:
    """Mentions of things that do not exist, or that do not suit their place."""
    suits = _Suitability(names, catalogue)
    for mention in chain(references_in(document), workflow_references(document, names.node_shapes)):
        if mention.form and mention.form not in names.forms:
            continue  # the mention of the form itself is reported
        known = _known(mention, names)
        if mention.name not in known:
            yield _unknown(mention, known)
        elif mention.kind == "field" and not suits.suits(mention):
            yield Issue(mention.path, f"definition_cannot_{mention.use}", {"name": mention.name})


def _known(mention: Reference, names: AppNames) -> Collection[str]:
    match mention.kind:
        case "form":
            return [form for form in names.forms if not is_line_form(form)]
        case "role":
            return names.roles
        case "view":
            return names.views(mention.form)
        case "action":
            return part_of(names.forms[mention.form], "actions")
        case "workflow":
            return names.workflows
        case "node":
            return part_of(names.workflows[mention.within], "nodes")
        case "option":
            return names.options(mention.form, mention.within) or ()
        case "conversion":
            return part_of(names.forms[mention.form], "conversions")
        case "inverse":
            return [
                inverse.key
                for inverse in names.inverses
                if inverse.target == mention.form and not inverse.field.startswith("$")
            ]
        case _:
            return names.fields(mention.form) if mention.use in OWN_USES else names.types(mention.form)


def _unknown(mention: Reference, known: Collection[str]) -> Issue:
    params = {"name": shortened(mention.name), "suggestion": nearest(mention.name, known)}
    return Issue(mention.path, f"definition_unknown_{mention.kind}", params)


class _Suitability:
    """Which fields will do for which use; a field of unknown type will do for everything."""

    def __init__(self, names: AppNames, catalogue: Catalogue) -> None:
        self._names = names
        self._catalogue = catalogue
        self._tests: Mapping[str, Callable[[str, Type | None], bool]] = {
            "title": lambda name, found: found is not None and found.kind in TITLE_KINDS,
            "sort": lambda name, found: catalogue.is_sortable(name),
            "group": lambda name, found: catalogue.is_groupable(name),
            "search": lambda name, found: catalogue.is_searchable(name),
            "measure": lambda name, found: found is not None and found.is_numeric,
            "kanban": lambda name, found: name == "choice",
            "state": lambda name, found: name == "choice",
            "moment": lambda name, found: found is not None and found.kind in DATES,
            "caption": lambda name, found: found is not None and found.kind in CAPTION_KINDS,
            "cover": lambda name, found: name == "image",
            "badge": lambda name, found: name in ("choice", "multi_choice"),
            "match": lambda name, found: can_be_matched(name, found, catalogue),
            "fill": lambda name, found: not catalogue.is_computed(name),
            "subform": lambda name, found: name == SUBFORM,
            "mask": lambda name, found: (
                found is not None and found.kind == "text" and catalogue.is_sortable(name)
            ),
            "department": lambda name, found: found is not None and found.kind == "department",
            "team": lambda name, found: name == "users",
            "link": lambda name, found: name == TO_ONE,
        }

    def suits(self, mention: Reference) -> bool:
        """Whether the mentioned field will do."""
        test = self._tests.get(mention.use)
        if test is None:
            return True
        if mention.name in SYSTEM_TYPES:
            if mention.use in ("moment", "measure", "caption"):
                return test("", SYSTEM_TYPES[mention.name])
            return mention.use != "fill" or mention.name in WRITABLE_SYSTEM_FIELDS
        type_name = self._names.field_type(mention.form, mention.name)
        if type_name is None:
            return True
        return test(type_name, self._names.types(mention.form).get(mention.name))


def title_issues(names: AppNames) -> Iterator[Issue]:
    """Title templates whose braces do not pair, and forms that have nothing to make a title of."""
    for form, body in entries(names.forms):
        template = body.get("title")
        if template is None:
            hiding = _hiding_groups(body)
            shown = (key for key in names.fields(form) if key not in hiding)
            if not any(_is_text(names.types(form)[key]) for key in shown):
                yield Issue(pointer("forms", form), "definition_no_title", {})
        elif _has_odd_braces(template):
            yield Issue(pointer("forms", form, "title"), "definition_bad_title", {})


def _has_odd_braces(template: str) -> bool:
    return bool(set(PLACEHOLDER.sub("", template)) & {"{", "}"})


def hidden_title_issues(names: AppNames) -> Iterator[Issue]:
    """Titles that would tell what a permission group hides: everybody who sees a record is told its title."""
    for form, body in entries(names.forms):
        hiding = _hiding_groups(body)
        titled = {name for name in title_fields(body.get("title", "")) if name in hiding}
        for name in sorted(titled):
            params = {"name": name, "group": hiding[name]}
            yield Issue(pointer("forms", form, "title"), "definition_title_hidden", params)
        for group, rights in entries(part_of(body, "permissions")):
            at = pointer("forms", form, "permissions", group)
            for part in ("hidden_fields", "masked_fields"):
                for place, name in enumerate(rights.get(part) or ()):
                    if name in ALWAYS_SHOWN:
                        last = place if part == "hidden_fields" else name
                        yield Issue(at + pointer(part, last), "definition_always_shown", {"name": name})


def _hiding_groups(form: Json) -> dict[str, str]:
    """Fields that are hidden or masked, each with a group that does so."""
    found: dict[str, str] = {}
    for group, rights in entries(part_of(form, "permissions")):
        named = {name for part in _NAMED_IN_GROUPS for name in rights.get(part) or ()}
        hidden = {*(rights.get("hidden_fields") or ()), *part_of(rights, "masked_fields")}
        if rights.get("other_fields") == "hidden":
            hidden |= part_of(form, "fields").keys() - named
        found |= dict.fromkeys(hidden, group)
    return found


def view_issues(names: AppNames) -> Iterator[Issue]:
    """Views without what their kind needs, and groupings, calendars and trees that make no sense."""
    for form in names.forms:
        for key, view in entries(names.views(form)):
            at = pointer("forms", form, "views", key)
            kind = view.get("kind")
            if kind != "kanban":
                yield from _grouping_issues(names, form, view.get("group_by") or "", f"{at}/group_by")
            elif "group_by" not in view:
                yield Issue(at, "definition_kanban_without_group", {})
            if kind in SETTLED_KINDS and kind not in view:
                yield Issue(at, "definition_view_without_settings", {"kind": kind})
            yield from _calendar_issues(names, form, part_of(view, "calendar"), f"{at}/calendar")
            yield from _tree_issues(names, form, part_of(view, "tree").get("parent"), f"{at}/tree/parent")
            for part in ("calendar", "gallery"):
                if _has_odd_braces(part_of(view, part).get("title") or ""):
                    yield Issue(f"{at}/{part}/title", "definition_bad_title", {})


def _calendar_issues(names: AppNames, form: str, calendar: Json, at: str) -> Iterator[Issue]:
    """An end that is a day where the start is a moment, or the other way round."""
    found = [names.types(form).get(str(calendar.get(name))) for name in ("start", "end")]
    kinds = {one.kind for one in found if one is not None and one.kind in DATES}
    if len(kinds) > 1:
        yield Issue(f"{at}/end", "definition_calendar_kinds", {"name": calendar["end"]})


def _tree_issues(names: AppNames, form: str, parent: Any, at: str) -> Iterator[Issue]:
    """A relation that may lead in circles, or away from the form."""
    field = names.fields(form).get(parent) if isinstance(parent, str) else None
    if field is None:
        return
    if field.get("type") != TO_ONE or field.get("form") != form or field.get("tree") is not True:
        yield Issue(at, "definition_cannot_tree", {"name": parent})


def _grouping_issues(names: AppNames, form: str, group_by: str, path: str) -> Iterator[Issue]:
    levels = [*group_levels(group_by)]
    if len(levels) > MOST_LEVELS:
        yield Issue(path, "definition_group_levels", {"most": MOST_LEVELS})
    for name, period in levels:
        found = names.types(form).get(name)
        if period and found is not None and (period not in PERIODS or found.kind not in DATES):
            yield Issue(path, "definition_group_period", {"name": name, "period": shortened(period)})


def action_issues(names: AppNames) -> Iterator[Issue]:
    """Buttons that have what their kind cannot use, or lack what it needs."""
    for form, body in entries(names.forms):
        for key, action in entries(part_of(body, "actions")):
            at = pointer("forms", form, "actions", key)
            kind = action.get("kind")
            own = ACTION_PROPERTIES.get(str(kind))
            if own is None:
                continue
            for name in action:
                if name in ACTION_SETTINGS and name not in own:
                    yield Issue(f"{at}/{name}", "definition_not_for_action", {"name": name, "kind": kind})
            if kind == "set" and not (action.get("values") or action.get("ask")):
                yield Issue(at, "definition_action_without_values", {})
            if kind == "create" and ("list" in action) == ("form" in action):
                yield Issue(at, "definition_action_target", {})
            if kind == "convert" and "conversion" not in action:
                yield Issue(at, "definition_action_conversion", {})


def _is_text(found: Type | None) -> bool:
    return found is not None and found.kind in ("text", "blank")
