"""The records of a calendar: those that touch a stretch of days, in the time zone of the workspace."""

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

from joinery.directory import Actor
from joinery.forms import Field
from joinery.kernel import InvalidInput, Issues
from joinery.runtime.lists.conditions import caller_condition
from joinery.runtime.lists.listing import list_page
from joinery.runtime.records.open_form import OpenForm, open_form
from joinery.runtime.unit import Unit

MOST_DAYS = 400
DEFAULT_LIMIT = 500

_DATES = ("date", "datetime")


def list_period(
    unit: Unit, actor: Actor, app_key: str, form_key: str, query: Mapping[str, Any]
) -> dict[str, Any]:
    """A page of the records that touch the days from `first` to `last`, by when they begin.

    `query` names the fields `start` and `end` (may be missing) and may hold filter, search, fields, limit and
    cursor as a list does. A record whose end is missing or before its start stands at its start alone; one
    without a start is in no calendar. An end that is a moment is the first at which it is over, so that what
    ends at midnight does not touch the next day. Raises InvalidInput naming every problem.
    """
    at = open_form(unit, actor, app_key, form_key)
    issues = Issues()
    start = _moment(at, "start", query["start"], issues)
    end = _moment(at, "end", query["end"], issues) if query.get("end") else None
    first, last = _day("first", query["first"], issues), _day("last", query["last"], issues)
    if first and last and not 0 <= (last - first).days < MOST_DAYS:
        issues.add("/last", "calendar_period", most=MOST_DAYS)
    if start and end and _kind(start) != _kind(end):
        issues.add("/end", "calendar_kinds", label=end.label)
    own = (query.get("filter") or "").strip()
    caller_condition(at, own, issues)
    if issues or start is None or first is None or last is None:
        raise InvalidInput(issues=issues)
    touching = touches(start, end, first, last)
    rest = {name: query[name] for name in ("search", "fields", "cursor") if query.get(name)}
    return list_page(
        at,
        {
            **rest,
            "filter": f"AND({own}, {touching})" if own else touching,
            "sort": start.key if start.type.sortable else None,
            "limit": query.get("limit") or DEFAULT_LIMIT,
        },
    )


def touches(start: Field, end: Field | None, first: date, last: date) -> str:
    """The condition that a record touches the days from `first` to `last`, as an expression."""
    since, after = _written(first), _written(last + timedelta(days=1))
    if end is None:
        return f"AND({{{start.key}}} >= {since}, {{{start.key}}} < {after})"
    goes_on = ">" if _kind(end) == "datetime" else ">="
    begins = f"AND({{{start.key}}} >= {since}, {{{start.key}}} < {after})"
    lasts = f"AND({{{start.key}}} < {since}, {{{end.key}}} {goes_on} {since})"
    return f"OR({begins}, {lasts})"


def _moment(at: OpenForm, name: str, key: str, issues: Issues) -> Field | None:
    field = at.form.field(key) if key in at.access.queried else None
    if field is None or _kind(field) not in _DATES:
        issues.add(f"/{name}", "unknown_date_field", field=key[:60])
        return None
    return field


def _day(name: str, text: str, issues: Issues) -> date | None:
    try:
        day = date.fromisoformat(text)
    except ValueError:
        day = None
    if day is None or not 1900 <= day.year <= 9998:
        issues.add(f"/{name}", "calendar_day")
        return None
    return day


def _written(day: date) -> str:
    return f"DATE({day.year}, {day.month}, {day.day})"


def _kind(field: Field) -> str:
    return field.formula_type.kind if field.formula_type else ""
