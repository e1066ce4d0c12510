"""Parts of a view that have checks of their own: groups, totals, colours and quick filters.

Each takes what stands in the document and gives what is right of it; what is wrong goes to `issues`, with its
place. `known` finds a field the reader may read, or reports it.
"""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from joinery.definitions import MOST_LEVELS, PERIODS, ColorRule, QuickFilter, group_levels
from joinery.forms.aggregates import AGGREGATES
from joinery.forms.form import Field
from joinery.forms.listing import check_filter
from joinery.forms.options import COLORS
from joinery.formulas import Names
from joinery.kernel import Issues, pointer

Known = Callable[[Any, str], Field | None]

MOST_COLORS = 10
MOST_QUICK_FILTERS = 8

_DATES = ("date", "datetime")
#: Kinds of values that have a control to filter by with one click.
_QUICK = frozenset(
    {"choice", "boolean", "user", "users", "department", "organisation", "record", "records", *_DATES}
)


def grouping(text: Any, known: Known, issues: Issues) -> str | None:
    """The levels of groups that are right, as text: "owner,due:month"."""
    if text is None or text == "":
        return None
    if not isinstance(text, str):
        issues.add("/group_by", "view_not_text")
        return None
    found: dict[str, str] = {}
    for key, period in group_levels(text):
        field = known(key, "/group_by")
        if field is None:
            continue
        if not field.type.groupable:
            issues.add("/group_by", "view_not_groupable", label=field.label)
        elif period and (period not in PERIODS or _kind(field) not in _DATES):
            issues.add("/group_by", "view_group_period", label=field.label, period=period[:30])
        else:
            found.setdefault(key, f"{key}:{period}" if period else key)
    if len(found) > MOST_LEVELS:
        issues.add("/group_by", "view_group_levels", most=MOST_LEVELS)
    return ",".join([*found.values()][:MOST_LEVELS]) or None


def totals(functions: Any, known: Known, issues: Issues) -> dict[str, str] | None:
    """The function of each column."""
    if functions is None:
        return None
    if not isinstance(functions, Mapping):
        issues.add("/totals", "view_not_a_list")
        return None
    found = {}
    for key, name in functions.items():
        place = pointer("totals", key)
        field = known(key, place)
        aggregate = AGGREGATES.get(name) if isinstance(name, str) else None
        if field is None:
            continue
        if aggregate is None or not aggregate.accepts(field):
            issues.add(place, "view_total", label=field.label, fn=str(name)[:30])
        else:
            found[key] = aggregate.name
    return found


def color_rules(rules: Any, names: Names, known: Known, issues: Issues) -> tuple[ColorRule, ...]:
    """The colours whose conditions look at nothing that is hidden from the reader."""
    found = []
    for place, rule in _items(rules, "colors", MOST_COLORS, issues):
        when, color, key = rule.get("when"), rule.get("color"), rule.get("field")
        if not isinstance(when, str) or not when.strip() or color not in COLORS:
            issues.add(place, "view_color", colors=", ".join(COLORS))
            continue
        checked, wrong = check_filter(names, when)
        issues.extend(wrong, under=f"{place}/when")
        if wrong or checked is None or (key is not None and known(key, f"{place}/field") is None):
            continue
        if not checked.sql:
            issues.add(f"{place}/when", "filter_not_in_database")
            continue
        found.append(ColorRule(when=when, color=color, field=key))
    return tuple(found)


def quick_filters(items: Any, known: Known, issues: Issues) -> tuple[QuickFilter, ...]:
    """The fields for quick filters, each once."""
    found: dict[str, QuickFilter] = {}
    for place, item in _items(items, "quick_filters", MOST_QUICK_FILTERS, issues):
        field = known(item.get("field"), f"{place}/field")
        value = item.get("value")
        if value is not None and not isinstance(value, str):
            issues.add(f"{place}/value", "view_not_text")
        elif field is not None and not _offers_quick_filter(field):
            issues.add(f"{place}/field", "view_quick_filter", label=field.label)
        elif field is not None:
            found.setdefault(field.key, QuickFilter(field=field.key, value=value or None))
    return tuple(found.values())


def _items(items: Any, name: str, most: int, issues: Issues) -> list[tuple[str, Mapping[str, Any]]]:
    if items is None:
        return []
    if not isinstance(items, Sequence) or isinstance(items, str) or len(items) > most:
        issues.add(f"/{name}", "view_too_many", most=most)
        return []
    return [(f"/{name}/{place}", item) for place, item in enumerate(items) if isinstance(item, Mapping)]


def _kind(field: Field) -> str:
    return field.formula_type.kind if field.formula_type else ""


def _offers_quick_filter(field: Field) -> bool:
    return field.type.name in ("multi_choice", "relation") or _kind(field) in _QUICK
