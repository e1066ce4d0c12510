"""Calendar arithmetic in SQL that never leaves the calendar Python knows (years 1 to 9999)."""

from collections.abc import Iterable, Mapping
from datetime import UTC, date, datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy import ColumnElement

from joinery.formulas import calendar
from joinery.formulas.core import UNKNOWN, SqlCall, SqlValue
from joinery.formulas.sql_values import any_of
from joinery.formulas.wall_clock_sql import local_sql, utc_sql

Element = ColumnElement[Any]
_END = datetime(9999, 12, 31, 23, 59, 59, 999_999)  # noqa: DTZ001
_FIRST_MONTH, _LAST_MONTH = 12, 9999 * 12 + 11


def clamp(value: Any, low: int, high: int) -> Any:
    """The value, or the nearer bound when it lies outside."""
    if isinstance(value, int):
        return max(low, min(high, value))
    return sa.func.least(sa.func.greatest(value, low), high, type_=value.type)


def _beyond(value: Any, limit: int) -> ColumnElement[bool] | None:
    if isinstance(value, int):
        return sa.true() if abs(value) > limit else None
    return sa.func.abs(value) > limit


def extract(name: str, value: Element) -> Element:
    """A part of a date or timestamp as an integer (year, month, day, doy, isodow, week, hour, minute)."""
    return sa.cast(sa.extract(name, value), sa.Integer)


def days_of(value: Element) -> Element:
    """The number of the day, 0 for 0001-01-01."""
    return sa.type_coerce(value - sa.literal(date.min), sa.Integer)


def leaves_calendar(value: Element) -> ColumnElement[bool]:
    """Whether a date or timestamp lies outside the years 1 to 9999; never NULL."""
    zone = isinstance(value.type, sa.DateTime) and value.type.timezone
    low: date = datetime(1, 1, 1, tzinfo=UTC) if zone else date.min
    high: date = datetime(9999, 12, 31, 23, 59, 59, 999_999, tzinfo=UTC) if zone else _END
    if isinstance(value.type, sa.Date):
        high = date.max
    return sa.func.coalesce(sa.or_(value < sa.literal(low), value > sa.literal(high)), sa.false())


def month_of(value: Element) -> Element:
    """Year * 12 + month - 1."""
    return extract("year", value) * 12 + extract("month", value) - 1


def first_of_month(month: Element) -> SqlValue:
    """The first day of a month given as year * 12 + month - 1; an error outside the calendar."""
    bounded = clamp(month, _FIRST_MONTH, _LAST_MONTH)
    value = sa.func.make_date(bounded // 12, bounded % 12 + 1, 1, type_=sa.Date())
    return SqlValue(value=value, error=sa.func.coalesce(month != bounded, sa.false()))


def shift(value: Element, *, months: Any = 0, days: Any = 0) -> SqlValue:
    """A date or wall-clock timestamp some months, then some days later; an error where Python gives one."""
    far_months, far_days = calendar.FARTHEST_MONTHS, calendar.FARTHEST_DAYS
    moved: Element = value
    if not (isinstance(months, int) and months == 0):
        moved = moved + _interval(clamp(months, -far_months, far_months), 0)
    if not (isinstance(days, int) and days == 0):
        moved = moved + _interval(0, clamp(days, -far_days, far_days))
    if moved is value:
        return SqlValue(value=value)
    moved = sa.cast(moved, sa.Date() if isinstance(value.type, sa.Date) else sa.DateTime())
    return SqlValue(
        value=moved,
        error=any_of(_beyond(months, far_months), _beyond(days, far_days), leaves_calendar(moved)),
    )


def _interval(months: Any, days: Any) -> Element:
    parts = (one if isinstance(one, int) else sa.cast(one, sa.Integer) for one in (months, 0, days))
    return sa.func.make_interval(0, *parts, type_=sa.Interval())


def shift_seconds(value: Element, seconds: Any, error: ColumnElement[bool] | None = None) -> SqlValue:
    """A timestamp with time zone some seconds later."""
    if isinstance(seconds, int) and seconds == 0:
        return SqlValue(value=value, error=error)
    farthest = calendar.FARTHEST_DAYS * 86_400
    bounded = clamp(seconds, -farthest, farthest)
    interval = sa.func.make_interval(0, 0, 0, 0, 0, 0, sa.cast(bounded, sa.Double), type_=sa.Interval())
    moved = sa.type_coerce(value + interval, sa.DateTime(timezone=True))
    return SqlValue(value=moved, error=any_of(error, _beyond(seconds, farthest), leaves_calendar(moved)))


def end_of_month(value: Element) -> Element:
    """The last day of the month of a date."""
    first = sa.cast(sa.func.date_trunc("month", sa.cast(value, sa.DateTime)), sa.Date)
    next_month = first + sa.cast(sa.literal("1 month"), sa.Interval)
    return sa.cast(next_month - sa.cast(sa.literal("1 day"), sa.Interval), sa.Date)


def wall(call: SqlCall, index: int = 0) -> Element:
    """A moment as the clock on the wall shows it."""
    return local_sql(call, index)


def instant(call: SqlCall, index: int) -> Element:
    """A moment as a timestamp with time zone; a date is its midnight."""
    return utc_sql(call, call[index]) if call.kind(index) == "date" else call[index]


def day(call: SqlCall, index: int = 0) -> Element:
    """A moment as a date in the time zone of the context."""
    return call[index] if call.kind(index) == "date" else sa.cast(local_sql(call, index), sa.Date)


def unit_of(call: SqlCall, index: int) -> str | Element:
    """The name of a unit of time in small letters: as text when it is the same for all records."""
    if index >= len(call):
        return "day"
    known = call.known(index)
    return sa.func.lower(call[index]) if known is UNKNOWN else str(known or "").lower()


def by_unit(unit: str | Element, values: Mapping[str, Any], default: Any = 0) -> Any:
    """One value for each name of a unit of time."""
    if isinstance(unit, str):
        return values.get(unit, default)
    return sa.case(*((unit == name, value) for name, value in values.items()), else_=default)


def is_none_of(unit: str | Element, units: Iterable[str]) -> ColumnElement[bool] | None:
    """Whether a unit of time has none of the names; None when it is known to have one."""
    if isinstance(unit, str):
        return None if unit in units else sa.true()
    return unit.not_in(list(units))
