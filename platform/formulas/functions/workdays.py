"""Working days: all days but those of the weekend and the holidays that are named."""

from bisect import bisect_left, bisect_right
from datetime import date
from decimal import Decimal
from typing import Any

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import ARRAY

from joinery.formulas import calendar
from joinery.formulas import calendar_sql as in_sql
from joinery.formulas.core import SqlCall, SqlValue
from joinery.formulas.function import Anything, Date, Dates, Number, function
from joinery.formulas.functions.values import each
from joinery.formulas.numbers import ONE, whole
from joinery.formulas.problem import WRONG_NUMBER, WRONG_VALUE, Failure
from joinery.formulas.sql_values import any_of, unless

#: Saturday and Sunday, Monday being 0.
_WEEKEND = frozenset({5, 6})
#: Weekends by Excel's number: two days from Saturday on, or (from 11) one from Sunday on.
_WEEKENDS = {
    **{1 + place: frozenset({(5 + place) % 7, (6 + place) % 7}) for place in range(7)},
    **{11 + place: frozenset({(6 + place) % 7}) for place in range(7)},
}


def _weekend(given: Any) -> frozenset[int]:
    """The days of the week that are free, by number or by a text of seven 0 and 1 from Monday on."""
    if isinstance(given, str):
        if len(given) != 7 or set(given) - set("01"):
            raise Failure(WRONG_VALUE, "formula_unknown_weekend")
        return frozenset(place for place, sign in enumerate(given) if sign == "1")
    found = _WEEKENDS.get(whole(given)) if isinstance(given, Decimal) else None
    if found is None:
        raise Failure(WRONG_NUMBER, "formula_unknown_weekend")
    return found


def _free_days(holidays: tuple[Any, ...], weekend: frozenset[int]) -> list[date]:
    """The holidays that are no days of the weekend, each once, in their order."""
    return sorted({day for day in each(holidays) if day.weekday() not in weekend})


def _before(day: date, weekend: frozenset[int]) -> int:
    """How many days that are not of the weekend lie before a day, counted from the first Monday there is."""
    weeks, rest = divmod(day.toordinal() - 1, 7)
    return weeks * (7 - len(weekend)) + sum(place not in weekend for place in range(rest))


def _working_days(start: date, end: date, weekend: frozenset[int], free: list[date]) -> Decimal:
    first, last = min(start, end), max(start, end)
    days = _before(last, weekend) - _before(first, weekend) + (last.weekday() not in weekend)
    days -= bisect_right(free, last) - bisect_left(free, first)
    return Decimal(days if end >= start else -days)


def _moved(start: date, days: int, weekend: frozenset[int], free: list[date]) -> date:
    """The day so many working days after (or before) a day; 0 is the day itself."""
    if len(weekend) == 7:
        raise Failure(WRONG_VALUE, "formula_unknown_weekend")
    step = 1 if days > 0 else -1
    skipped, day = 0, start
    while True:
        day = _moved_by_weeks(start, days + step * skipped, weekend)
        first, last = (start, day) if days > 0 else (day, start)
        passed = bisect_right(free, last) - bisect_left(free, first) - (start in free)
        if passed == skipped:
            return day
        skipped = passed


def _moved_by_weeks(start: date, days: int, weekend: frozenset[int]) -> date:
    if not days:
        return start
    step = 1 if days > 0 else -1
    weeks, rest = divmod(abs(days) - 1, 7 - len(weekend))
    day = calendar.shift(start, days=step * 7 * weeks)
    for _ in range(rest + 1):
        day = calendar.shift(day, days=step)
        while day.weekday() in weekend:
            day = calendar.shift(day, days=step)
    return day


def _sql_before(day: Any) -> Any:
    number = in_sql.days_of(day)
    return number // 7 * 5 + sa.func.least(number % 7, 5)


def _sql_working_days(call: SqlCall) -> SqlValue:
    first = sa.type_coerce(sa.func.least(call[0], call[1]), sa.Date())
    last = sa.type_coerce(sa.func.greatest(call[0], call[1]), sa.Date())
    is_working = sa.case((in_sql.extract("isodow", last) < 6, 1), else_=0)
    days: Any = _sql_before(last) - _sql_before(first) + is_working
    if len(call) > 2:
        days = days - _sql_free_days(call, first, last)
    signed = sa.case((call[1] < call[0], -days), else_=days)
    blank = any_of(call.operands[0].blank, call.operands[1].blank)
    return SqlValue(value=unless(blank, sa.cast(signed, sa.Numeric)), blank=blank)


def _sql_free_days(call: SqlCall, first: Any, last: Any) -> Any:
    """How many different holidays from first to last are no days of the weekend."""
    named = call[2] if call.kind(2) == "list" else sa.func.array_append(sa.null(), call[2])
    day = sa.func.unnest(sa.cast(named, ARRAY(sa.Date))).column_valued("holiday")
    counted = sa.select(sa.func.count(sa.distinct(day)))
    return counted.where(day.between(first, last), sa.extract("isodow", day) < 6).scalar_subquery()


@function("date", sql=_sql_working_days)
def NETWORKDAYS(start: Date, end: Date, holidays: Dates = None) -> Number:
    """The working days from start to end, both counted: no Saturdays, Sundays or holidays (a date or a list).

    >>> NETWORKDAYS(DATE(2026, 1, 1), DATE(2026, 1, 31))
    22
    >>> NETWORKDAYS(DATE(2026, 1, 1), DATE(2026, 1, 31), LIST(DATE(2026, 1, 1), DATE(2026, 1, 2)))
    20
    """
    return _working_days(start, end, _WEEKEND, _free_days((holidays,), _WEEKEND))


@function("date", name="NETWORKDAYS.INTL")
def NETWORKDAYS_INTL(start: Date, end: Date, weekend: Anything = ONE, holidays: Dates = None) -> Number:
    """The working days from start to end, with a weekend of your own.

    `weekend` is 1 (Saturday and Sunday), 2 (Sunday and Monday) to 7, 11 (only Sunday) to 17 (only Saturday),
    or a text of seven 0 and 1 from Monday to Sunday in which 1 is a free day.

    >>> NETWORKDAYS.INTL(DATE(2026, 1, 1), DATE(2026, 1, 31), 11)
    27
    >>> NETWORKDAYS.INTL(DATE(2026, 1, 1), DATE(2026, 1, 31), "0000111")
    17
    """
    free = _weekend(weekend)
    return _working_days(start, end, free, _free_days((holidays,), free))


@function("date")
def WORKDAY(start: Date, days: Number, holidays: Dates = None) -> Date:
    """The date some working days later or earlier: Saturdays, Sundays and holidays are not counted.

    >>> WORKDAY(DATE(2026, 1, 30), 1)
    2026-02-02
    """
    return _moved(start, whole(days), _WEEKEND, _free_days((holidays,), _WEEKEND))


@function("date", name="WORKDAY.INTL")
def WORKDAY_INTL(start: Date, days: Number, weekend: Anything = ONE, holidays: Dates = None) -> Date:
    """The date some working days later or earlier, with a weekend of your own as in NETWORKDAYS.INTL.

    >>> WORKDAY.INTL(DATE(2026, 1, 30), 1, 11)
    2026-01-31
    """
    free = _weekend(weekend)
    return _moved(start, whole(days), free, _free_days((holidays,), free))
