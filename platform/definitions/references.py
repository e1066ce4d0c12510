"""Every mention of a form, field, view, role or inverse in an app, found in one walk.

The checks, renaming and "where is this used" all read from here, so that none of them forgets a place.
The walk bears any document that passed `shape_issues` or was mended after it.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any, Literal

from joinery.definitions.names import forms_behind
from joinery.definitions.relations import BY_FORM, RELATION_TYPES, TO_ANY
from joinery.definitions.shape import entries, part_of
from joinery.definitions.subforms import JOINT, SUBFORM, line_form_key
from joinery.kernel import pointer

Json = Mapping[str, Any]

#: The form at the other end of each inverse.
_Behind = Mapping[tuple[str, str], str]

#: What a mentioned field is wanted for; "own" and the likes of it exclude system fields.
Use = Literal[
    "any",
    "own",
    "title",
    "sort",
    "group",
    "measure",
    "search",
    "kanban",
    "fill",
    "moment",
    "caption",
    "cover",
    "badge",
    "tree",
    "match",
    "subform",
    "mask",
    "department",
    "state",
    "team",
    "link",
]

#: What dates can be grouped by, and how many fields groups can be made of.
PERIODS = frozenset(["day", "week", "month", "quarter", "year"])
MOST_LEVELS = 3

PLACEHOLDER = re.compile(r"\{([^{}]*)\}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Reference:
    """`name` is mentioned at `path` (a JSON pointer).

    `kind` says what is named, `form` on which form it should be ("" for forms and roles), and `use`
    what a field is wanted for. `within` is the workflow of a node, the field of an option.
    """

    path: str
    name: str
    form: str = ""
    kind: Literal[
        "field", "form", "view", "role", "inverse", "action", "conversion", "workflow", "node", "option"
    ] = "field"
    use: Use = "any"
    within: str = ""


def references_in(document: Json) -> Iterator[Reference]:
    """Every mention by name, in the order of the document, but for those of workflows.

    Mentions inside expressions are not among them.
    """
    forms = part_of(document, "forms")
    behind = forms_behind(forms)
    for form, body in entries(forms):
        at = pointer("forms", form)
        yield from _title(at, form, body)
        for key, field in entries(part_of(body, "fields")):
            yield from _settings(f"{at}{pointer('fields', key)}", form, field)
        yield from _layout(f"{at}/layout", form, body.get("layout", ()), behind)
        yield from _listed(f"{at}/facts", form, body.get("facts"))
        for part, keys in part_of(body, "team").items():
            yield from _listed(f"{at}/team/{part}", form, keys, use="team")
        yield from _listed(f"{at}/search", form, body.get("search"), use="search")
        for index, name in _texts(body.get("related")):
            yield Reference(path=f"{at}/related/{index}", name=name, form=form, kind="inverse")
        for key, action in entries(part_of(body, "actions")):
            yield from _action(at + pointer("actions", key), form, action, behind)
        yield from _timeline(f"{at}/timeline", form, part_of(body, "timeline"), behind)
        for index, name in _texts(body.get("view_order")):
            yield Reference(path=f"{at}/view_order/{index}", name=name, form=form, kind="view")
        for key, view in entries(part_of(body, "views")):
            yield from _view(f"{at}{pointer('views', key)}", form, view)
        for key, rule in entries(part_of(body, "rules")):
            yield from _listed(f"{at}{pointer('rules', key)}/fields", form, rule.get("fields"))
        for key, rule in entries(part_of(body, "unique")):
            yield from _match(f"{at}{pointer('unique', key)}/fields", form, rule.get("fields"))
        for key, rule in entries(part_of(body, "duplicates")):
            yield from _duplicate_rule(f"{at}{pointer('duplicates', key)}", form, rule)
        for key, conversion in entries(part_of(body, "conversions")):
            yield from _conversion(at + pointer("conversions", key), form, conversion, behind)
        for key, group in entries(part_of(body, "permissions")):
            yield from _permission_group(f"{at}{pointer('permissions', key)}", form, group)
    yield from _audience("", document)
    yield from _menu("/menu", document.get("menu"))


def title_fields(template: str) -> Iterator[str]:
    """The fields a title template names."""
    return (found.group(1) for found in PLACEHOLDER.finditer(template))


def sort_keys(sort: str) -> Iterator[tuple[str, bool]]:
    """The fields of a sort text, each with whether it descends: "-created_at,company"."""
    for part in sort.split(","):
        name = part.strip()
        yield name.removeprefix("-"), name.startswith("-")


def group_levels(group_by: str) -> Iterator[tuple[str, str | None]]:
    """The fields of a grouping, each with the period of a date: "owner,due:month"."""
    for part in filter(None, group_by.split(",")):
        name, _, period = part.strip().partition(":")
        yield name, period or None


def _title(at: str, form: str, body: Json) -> Iterator[Reference]:
    for name in title_fields(body.get("title", "")):
        yield Reference(path=f"{at}/title", name=name, form=form, use="title")


def _settings(at: str, form: str, field: Json) -> Iterator[Reference]:
    """What a relation names: the form it points at, the columns of its inverse list, the fields it fills."""
    if field.get("type") == SUBFORM:
        yield from _default_lines(at, form, field)
    if field.get("type") not in RELATION_TYPES:
        return
    # The other end of a relation in lines lists the records around them.
    columns = part_of(field, "inverse").get("columns")
    yield from _listed(f"{at}/inverse/columns", form.partition(JOINT)[0], columns)
    fill = part_of(field, "fill")
    if field["type"] == TO_ANY:
        for index, name in _texts(field.get("forms")):
            yield Reference(path=f"{at}/forms/{index}", name=name, kind="form")
        for part in BY_FORM:
            for name in part_of(field, part):
                yield Reference(path=f"{at}/{part}{pointer(name)}", name=name, kind="form")
        for name in part_of(field, "columns"):
            yield from _listed(f"{at}/columns{pointer(name)}", name, part_of(field, "columns")[name])
        for name in part_of(field, "sort"):
            yield from _sorted(f"{at}/sort{pointer(name)}", name, part_of(field, "sort")[name])
        for name in part_of(part_of(field, "inverse"), "keys"):
            yield Reference(path=f"{at}/inverse/keys{pointer(name)}", name=name, kind="form")
        filled = [(pointer(target, name), name) for target in fill for name in part_of(fill, target)]
    else:
        if isinstance(target := field.get("form"), str):
            yield Reference(path=f"{at}/form", name=target, kind="form")
            yield from _listed(f"{at}/columns", target, field.get("columns"))
            yield from _sorted(f"{at}/sort", target, field.get("sort"))
        filled = [(pointer(name), name) for name in fill]
    for place, name in filled:
        yield Reference(path=f"{at}/fill{place}", name=name, form=form, use="fill")


def _default_lines(at: str, form: str, field: Json) -> Iterator[Reference]:
    """The fields that the lines of a new record begin with."""
    lines = line_form_key(form, at.rpartition("/")[2])
    found = field.get("default_lines")
    for index, line in enumerate(found if isinstance(found, list) else ()):
        for name in line if isinstance(line, dict) else ():
            path = f"{at}/default_lines/{index}{pointer(name)}"
            yield Reference(path=path, name=name, form=lines, use="fill")


def _layout(at: str, form: str, items: Iterable[Any], behind: _Behind) -> Iterator[Reference]:
    for index, item in enumerate(items):
        if isinstance(item, str):
            yield Reference(path=f"{at}/{index}", name=item, form=form, use="own")
        elif isinstance(item, dict) and "list" in item:
            yield from _related_list(f"{at}/{index}", form, item, behind)
        elif isinstance(item, dict):
            yield from _layout(f"{at}/{index}/content", form, item.get("content", ()), behind)


def _related_list(at: str, form: str, item: Json, behind: _Behind) -> Iterator[Reference]:
    """A list of the layout: the inverse, and fields of the form at the other end."""
    name = item.get("list")
    if not isinstance(name, str):
        return
    yield Reference(path=f"{at}/list", name=name, form=form, kind="inverse")
    if there := behind.get((form, name)):
        yield from _listed(f"{at}/columns", there, item.get("columns"))
        yield from _sorted(f"{at}/sort", there, item.get("sort"))
        for key in part_of(item, "summary"):
            yield Reference(path=f"{at}/summary{pointer(key)}", name=key, form=there, use="measure")


def _action(at: str, form: str, action: Json, behind: _Behind) -> Iterator[Reference]:
    """A button: who may use it, what it asks for, and the fields that get a value."""
    for index, role in _texts(action.get("roles")):
        yield Reference(path=f"{at}/roles/{index}", name=role, kind="role")
    if isinstance(name := action.get("list"), str):
        yield Reference(path=f"{at}/list", name=name, form=form, kind="inverse")
    if isinstance(name := action.get("form"), str):
        yield Reference(path=f"{at}/form", name=name, kind="form")
    if isinstance(name := action.get("conversion"), str):
        yield Reference(path=f"{at}/conversion", name=name, form=form, kind="conversion")
    yield from _listed(f"{at}/ask", form, action.get("ask"), use="fill")
    if owner := target_of_action(form, action, behind):
        for key in part_of(action, "values"):
            yield Reference(path=f"{at}/values{pointer(key)}", name=key, form=owner, use="fill")


def target_of_action(form: str, action: Json, behind: _Behind) -> str:
    """The form whose fields a button gives values; "" when that cannot be told."""
    if action.get("kind") != "create":
        return form
    there = behind.get((form, str(action.get("list")))) or action.get("form")
    return there if isinstance(there, str) else ""


def _timeline(at: str, form: str, lists: Json, behind: _Behind) -> Iterator[Reference]:
    for name, field in lists.items():
        yield Reference(path=at + pointer(name), name=name, form=form, kind="inverse")
        if isinstance(field, str) and (there := behind.get((form, name))):
            yield Reference(path=at + pointer(name), name=field, form=there, use="moment")


def _audience(at: str, body: Json) -> Iterator[Reference]:
    """The roles to which something is shown; people and departments are those of a workspace."""
    for index, name in _texts(part_of(body, "visible_to").get("roles")):
        yield Reference(path=f"{at}/visible_to/roles/{index}", name=name, kind="role")


def _view(at: str, form: str, view: Json) -> Iterator[Reference]:
    yield from _audience(at, view)
    yield from _listed(f"{at}/columns", form, view.get("columns"))
    yield from _sorted(f"{at}/sort", form, view.get("sort"))
    if group_by := view.get("group_by"):
        use: Use = "kanban" if view.get("kind") == "kanban" else "group"
        for name in [group_by] if use == "kanban" else [name for name, _ in group_levels(group_by)]:
            yield Reference(path=f"{at}/group_by", name=name, form=form, use=use)
    yield from _listed(f"{at}/card", form, view.get("card"))
    if measure := view.get("measure"):
        yield Reference(path=f"{at}/measure", name=measure, form=form, use="measure")
    for name in part_of(view, "totals"):
        yield Reference(path=at + pointer("totals", name), name=name, form=form)
    yield from _view_kinds(at, form, view)
    for part in ("colors", "quick_filters"):
        for index, item in enumerate(view.get(part) or ()):
            if isinstance(name := item.get("field"), str):
                yield Reference(path=f"{at}/{part}/{index}/field", name=name, form=form)


def _view_kinds(at: str, form: str, view: Json) -> Iterator[Reference]:
    """What the settings of a calendar, of cards and of a tree name."""
    wanted: list[tuple[str, str, Use]] = [
        ("calendar", "start", "moment"),
        ("calendar", "end", "moment"),
        ("gallery", "cover", "cover"),
        ("tree", "parent", "tree"),
    ]
    for part, setting, use in wanted:
        if isinstance(name := part_of(view, part).get(setting), str):
            yield Reference(path=f"{at}/{part}/{setting}", name=name, form=form, use=use)
    for part in ("calendar", "gallery"):
        for name in title_fields(part_of(view, part).get("title") or ""):
            yield Reference(path=f"{at}/{part}/title", name=name, form=form, use="caption")
    gallery = part_of(view, "gallery")
    for index, item in enumerate(gallery.get("fields") or ()):
        if isinstance(name := item.get("field"), str):
            yield Reference(path=f"{at}/gallery/fields/{index}/field", name=name, form=form)
    yield from _listed(f"{at}/gallery/badges", form, gallery.get("badges"), use="badge")


def _permission_group(at: str, form: str, group: Json) -> Iterator[Reference]:
    for index, name in _texts(group.get("roles")):
        yield Reference(path=f"{at}/roles/{index}", name=name, kind="role")
    for name in ("hidden_fields", "read_only_fields", "writable_fields"):
        for mention in _listed(f"{at}/{name}", form, group.get(name)):
            yield from with_line_field(mention)
    for name in part_of(group, "masked_fields"):
        path = at + pointer("masked_fields", name)
        yield from with_line_field(Reference(path=path, name=name, form=form, use="mask"))
    for index, name in _texts(group.get("buttons")):
        yield Reference(path=f"{at}/buttons/{index}", name=name, form=form, kind="action")
    if isinstance(department := group.get("department"), str):
        yield Reference(path=f"{at}/department", name=department, form=form, use="department")


def with_line_field(mention: Reference) -> Iterator[Reference]:
    """`lines.cost` mentions the subform, and the field of its lines."""
    subform, joint, field = mention.name.partition(JOINT)
    if not joint:
        yield mention
        return
    yield replace(mention, name=subform, use="subform")
    yield replace(mention, name=field, form=line_form_key(mention.form, subform))


def match_fields(items: Any) -> Iterator[tuple[int, str, Json]]:
    """The compared fields of a list, each with its place and what is said about it ({} when nothing is)."""
    for index, item in enumerate(items if isinstance(items, list) else ()):
        if isinstance(item, str):
            yield index, item, {}
        elif isinstance(item, dict) and isinstance(name := item.get("field"), str):
            yield index, name, item


def _match(at: str, form: str, items: Any) -> Iterator[Reference]:
    for index, name, said in match_fields(items):
        path = f"{at}/{index}/field" if said else f"{at}/{index}"
        yield Reference(path=path, name=name, form=form, use="match")


def _duplicate_rule(at: str, form: str, rule: Json) -> Iterator[Reference]:
    yield from _match(f"{at}/match", form, rule.get("match"))
    targets = rule.get("with")
    for index, target in enumerate(targets if isinstance(targets, list) else ()):
        if not isinstance(target, dict) or not isinstance(there := target.get("form"), str):
            continue
        yield Reference(path=f"{at}/with/{index}/form", name=there, kind="form")
        if "match" in target:
            yield from _match(f"{at}/with/{index}/match", there, target["match"])


def _conversion(at: str, form: str, conversion: Json, behind: _Behind) -> Iterator[Reference]:
    for name in part_of(conversion, "require"):
        yield Reference(path=at + pointer("require", name), name=name, form=form, use="fill")
    for key, target in entries(part_of(conversion, "targets")):
        yield from _target(f"{at}{pointer('targets', key)}", target)
    for name in part_of(conversion, "set"):
        yield Reference(path=at + pointer("set", name), name=name, form=form, use="fill")
    yield from _links(f"{at}/links", form, conversion.get("links"))
    for name, links in entries(part_of(conversion, "move")):
        path = at + pointer("move", name)
        yield Reference(path=path, name=name, form=form, kind="inverse")
        if there := behind.get((form, name)):
            yield from _links(path, there, links)


def _target(at: str, target: Json) -> Iterator[Reference]:
    if not isinstance(there := target.get("form"), str):
        return
    yield Reference(path=f"{at}/form", name=there, kind="form")
    for name in part_of(target, "values"):
        yield Reference(path=at + pointer("values", name), name=name, form=there, use="fill")
    yield from _links(f"{at}/links", there, target.get("links"))
    yield from _match(f"{at}/match", there, target.get("match"))


def _links(at: str, form: str, links: Any) -> Iterator[Reference]:
    """Relations of a form; which targets they get is checked with the conversion."""
    for name in links if isinstance(links, dict) else ():
        yield from with_line_field(Reference(path=at + pointer(name), name=name, form=form, use="fill"))


def _menu(at: str, menu: Any) -> Iterator[Reference]:
    for index, entry in enumerate(menu or ()):
        if not isinstance(entry, dict):
            continue
        yield from _audience(f"{at}/{index}", entry)
        if "group" in entry:
            yield from _menu(f"{at}/{index}/items", entry.get("items"))
            continue
        form, view = entry.get("form"), entry.get("view")
        if form:
            yield Reference(path=f"{at}/{index}/form", name=form, kind="form")
        if form and view:
            yield Reference(path=f"{at}/{index}/view", name=view, form=form, kind="view")


def _listed(at: str, form: str, names: Any, use: Use = "any") -> Iterator[Reference]:
    for index, name in _texts(names):
        yield Reference(path=f"{at}/{index}", name=name, form=form, use=use)


def _sorted(at: str, form: str, sort: Any) -> Iterator[Reference]:
    """The fields of a sort text; none where it is not one, or blank."""
    if isinstance(sort, str) and sort:
        for name, _ in sort_keys(sort):
            yield Reference(path=at, name=name, form=form, use="sort")


def _texts(items: Any) -> Iterator[tuple[int, str]]:
    listed = items if isinstance(items, list) else ()
    return ((index, item) for index, item in enumerate(listed) if isinstance(item, str))
