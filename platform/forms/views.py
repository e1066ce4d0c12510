"""Views: ways to list the records of a form, from the app or saved by people."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from typing import Any

from joinery.definitions import (
    VIEW_KINDS,
    CalendarSettings,
    ColorRule,
    GallerySettings,
    Label,
    QuickFilter,
    TreeSettings,
    ViewDefinition,
    dump_settings,
)
from joinery.forms.form import Field, Form
from joinery.forms.listing import Sort, check_filter, may_read, nearest, parse_sort
from joinery.forms.view_kinds import calendar_settings, gallery_settings, tree_settings
from joinery.forms.view_parts import color_rules, grouping, quick_filters, totals
from joinery.formulas import Checked, Names
from joinery.kernel import Issues

#: Columns of a list when the view names none.
DEFAULT_COLUMNS = 8


@dataclass(frozen=True, slots=True, kw_only=True)
class View:
    """A view as one reader may use it: every field it names is readable.

    `filter` is compiled; `filter_text` is how it was written. `group_by` is the grouping as text, `totals`
    are functions by field (None: the usual ones). `column_widths` are in pixels, `frozen` counts
    the columns that stay while the list is scrolled sideways.
    """

    key: str
    label: Label
    kind: str = "list"
    columns: tuple[str, ...] = ()
    filter: Checked | None = None
    filter_text: str | None = None
    sort: Sort = ()
    group_by: str | None = None
    card: tuple[str, ...] = ()
    measure: str | None = None
    totals: Mapping[str, str] | None = None
    colors: tuple[ColorRule, ...] = ()
    quick_filters: tuple[QuickFilter, ...] = ()
    calendar: CalendarSettings | None = None
    gallery: GallerySettings | None = None
    tree: TreeSettings | None = None
    column_widths: Mapping[str, int] | None = None
    frozen: int = 0

    @property
    def sort_text(self) -> str | None:
        """The sort as it is written: "-created_at,company"."""
        return ",".join(("-" if descending else "") + key for key, descending in self.sort) or None


def resolve_view(
    form: Form,
    view: ViewDefinition | View | Mapping[str, Any],
    readable: Collection[str] | None = None,
    names: Names | None = None,
) -> View | None:
    """The view for a reader who may read the fields `readable` (None: all of them).

    `names` are those his expressions may use; without them they stay within the form.

    Fields he may not read, or that were removed since, drop out; a view whose filter looks at such a field
    is None, since it would list by what he may not see. A calendar or a tree that loses the field it stands
    on is a list to him.
    """
    document = _document(view) if not isinstance(view, Mapping) else view
    found, issues = check_view(form, document, readable, names)
    if any(issue.path == "/filter" for issue in issues):
        return None
    lost = found.kind in ("calendar", "tree") and getattr(found, found.kind) is None
    return replace(
        found,
        kind="list" if lost else found.kind,
        columns=found.columns or default_columns(form, readable),
    )


def default_columns(form: Form, readable: Collection[str] | None = None) -> tuple[str, ...]:
    """The first fields of the page, for views that name no columns."""
    return tuple(key for key in form.order if _may_show(form, key, readable))[:DEFAULT_COLUMNS]


def check_view(
    form: Form,
    document: Mapping[str, Any],
    readable: Collection[str] | None = None,
    names: Names | None = None,
) -> tuple[View, Issues]:
    """A view from JSON as far as it is right, and everything that is wrong with it."""
    own = form.names.only(readable) if names is None else names
    checks = _ViewChecks(form, document, None if readable is None else frozenset(readable), own)
    label = document.get("label")
    if not (isinstance(label, str) and 0 < len(label.strip()) <= 100) and not isinstance(label, Mapping):
        checks.issues.add("/label", "view_label")
    kind = document.get("kind", "list")
    if kind not in VIEW_KINDS:
        checks.issues.add("/kind", "view_kind", kinds=", ".join(VIEW_KINDS))
    filter_text, condition = checks.condition()
    group_by = checks.field("group_by") if kind == "kanban" else checks.grouping()
    if kind == "kanban" and group_by is None:
        checks.issues.add("/group_by", "view_kanban_group")
    if kind in ("calendar", "tree") and document.get(kind) is None:
        checks.issues.add(f"/{kind}", f"view_{kind}_missing")
    view = View(
        key=str(document.get("key", "")),
        label={"en": label, "zh": label} if isinstance(label, str) else label or {"en": "", "zh": ""},
        kind=kind if kind in VIEW_KINDS else "list",
        columns=checks.fields("columns"),
        filter=condition,
        filter_text=filter_text,
        sort=checks.sort(),
        group_by=group_by,
        card=checks.fields("card"),
        measure=checks.field("measure"),
        totals=checks.totals(),
        colors=checks.colors(),
        quick_filters=checks.quick_filters(),
        calendar=checks.calendar(),
        gallery=checks.gallery(),
        tree=checks.tree(),
        column_widths=checks.widths(),
        frozen=checks.frozen(),
    )
    return view, checks.issues


class _ViewChecks:
    """Reads the parts of one view's document."""

    def __init__(
        self, form: Form, document: Mapping[str, Any], readable: frozenset[str] | None, names: Names
    ) -> None:
        self.form = form
        self.document = document
        self.readable = readable
        self.names = names
        self.issues = Issues()

    def _known(self, key: Any, path: str) -> Field | None:
        found = self.form.field(key) if isinstance(key, str) and may_read(key, self.readable) else None
        if found is None:
            suggestion = nearest(self.form, str(key), self.readable)
            self.issues.add(path, "view_unknown_field", key=str(key)[:100], suggestion=suggestion)
        return found

    def fields(self, name: str) -> tuple[str, ...]:
        """The known fields of a list of keys, each once."""
        keys = self.document.get(name) or ()
        if not isinstance(keys, Sequence) or isinstance(keys, str) or len(keys) > 200:
            self.issues.add(f"/{name}", "view_not_a_list")
            return ()
        found = [key for place, key in enumerate(keys) if self._known(key, f"/{name}/{place}")]
        return tuple(dict.fromkeys(found))

    def field(self, name: str) -> str | None:
        """The field to group by (which must be groupable) or to add up."""
        key = self.document.get(name)
        if key is None or (found := self._known(key, f"/{name}")) is None:
            return None
        if name == "group_by" and not found.type.groupable:
            self.issues.add("/group_by", "view_not_groupable", label=found.label)
            return None
        if name == "measure" and (found.formula_type is None or not found.formula_type.is_numeric):
            self.issues.add("/measure", "view_not_a_number", label=found.label)
            return None
        return found.key

    def sort(self) -> Sort:
        """The sort."""
        text = self.document.get("sort")
        if text is not None and not isinstance(text, str):
            self.issues.add("/sort", "view_not_text")
            return ()
        found, issues = parse_sort(self.form, text, self.readable)
        self.issues.extend(issues)
        return found

    def condition(self) -> tuple[str | None, Checked | None]:
        """The filter as written and compiled."""
        text = self.document.get("filter")
        if text is None or text == "":
            return None, None
        if not isinstance(text, str):
            self.issues.add("/filter", "view_not_text")
            return None, None
        checked, issues = check_filter(self.names, text)
        self.issues.extend(issues, under="/filter")
        return text, checked

    def grouping(self) -> str | None:
        """The levels of groups as text."""
        return grouping(self.document.get("group_by"), self._known, self.issues)

    def totals(self) -> Mapping[str, str] | None:
        """What is computed for the columns."""
        return totals(self.document.get("totals"), self._known, self.issues)

    def colors(self) -> tuple[ColorRule, ...]:
        """The colours, as far as the reader may know what they depend on."""
        return color_rules(self.document.get("colors"), self.names, self._known, self.issues)

    def quick_filters(self) -> tuple[QuickFilter, ...]:
        """The fields that are offered for filtering."""
        return quick_filters(self.document.get("quick_filters"), self._known, self.issues)

    def calendar(self) -> CalendarSettings | None:
        """Where a record stands in a calendar."""
        return calendar_settings(self.document.get("calendar"), self._known, self.issues)

    def gallery(self) -> GallerySettings | None:
        """What a card shows."""
        return gallery_settings(self.document.get("gallery"), self._known, self.issues)

    def tree(self) -> TreeSettings | None:
        """How records stand below each other."""
        return tree_settings(self.document.get("tree"), self.form, self._known, self.issues)

    def widths(self) -> dict[str, int] | None:
        """Widths of columns in pixels."""
        widths = self.document.get("column_widths")
        if widths is None:
            return None
        if not isinstance(widths, Mapping) or not all(
            isinstance(key, str) and type(width) is int and 20 <= width <= 2000
            for key, width in widths.items()
        ):
            self.issues.add("/column_widths", "view_widths")
            return None
        return {
            key: width
            for key, width in widths.items()
            if self.form.field(key) and may_read(key, self.readable)
        }

    def frozen(self) -> int:
        """How many columns stay in place."""
        count = self.document.get("frozen")
        if count is None:
            return 0
        if type(count) is not int or not 0 <= count <= 10:
            self.issues.add("/frozen", "view_frozen")
            return 0
        return count


def settings_json(view: ViewDefinition | View) -> dict[str, Any]:
    """The settings of the kinds as JSON, None for those that are missing."""
    kinds = {"calendar": view.calendar, "gallery": view.gallery, "tree": view.tree}
    return {name: None if found is None else dump_settings(found) for name, found in kinds.items()}


def _may_show(form: Form, key: str, readable: Collection[str] | None) -> bool:
    field = form.fields[key]
    return may_read(key, readable) and not field.definition.hidden and not field.lines


def _document(view: ViewDefinition | View) -> dict[str, Any]:
    names = ("key", "label", "kind", "columns", "group_by", "card", "measure", "totals")
    document = {name: getattr(view, name) for name in names}
    document["colors"] = [asdict(rule) for rule in view.colors]
    document["quick_filters"] = [asdict(item) for item in view.quick_filters]
    document |= settings_json(view)
    if isinstance(view, ViewDefinition):
        return {**document, "filter": view.filter, "sort": view.sort}
    extra = {"filter": view.filter_text, "sort": view.sort_text}
    return {**document, **extra, "column_widths": view.column_widths, "frozen": view.frozen}
