"""Working days: those of the workspace's calendar, or all but the weekend and the holidays that are named."""

from datetime import date
from decimal import Decimal
from typing import Any

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import ARRAY

from joinery.formulas import calendar_sql as in_sql
from joinery.formulas.context import EvaluationContext
from joinery.formulas.core import SqlCall, SqlValue, Volatile
from joinery.formulas.function import Anything, Date, Dates, Number, function
from joinery.formulas.functions.values import each
from joinery.formulas.numbers import whole
from joinery.formulas.problem import WRONG_NUMBER, WRONG_VALUE, Failure
from joinery.formulas.sql_values import any_of, unless
from joinery.formulas.working_calendar import (
    SATURDAY_AND_SUNDAY,
    USUAL_CALENDAR,
    WorkingCalendar,
    with_holidays,
    with_weekend,
)

#: Stands for holidays that nobody named: those of the workspace count.
NOT_GIVEN: Any = object()
_USUAL = SATURDAY_AND_SUNDAY
_FOLLOWS: frozenset[Volatile] = frozenset({"calendar"})
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


def _given_weekend(given: Any) -> frozenset[int] | None:
    return None if given is NOT_GIVEN else _weekend(given)


def _calendar(context: EvaluationContext, weekend: frozenset[int] | None, holidays: Any) -> WorkingCalendar:
    """That of the workspace, in which a weekend of one's own counts; with named holidays only these."""
    if holidays is not NOT_GIVEN:
        return with_holidays(_USUAL if weekend is None else weekend, each((holidays,)))
    return context.calendar if weekend is None else with_weekend(context.calendar, weekend)


def _sql_before(day: Any, weekend: frozenset[int]) -> Any:
    """How many days that are not of the weekend lie before a day."""
    number = in_sql.days_of(day)
    places = {rest: sum(place not in weekend for place in range(rest)) for rest in range(7)}
    if weekend == _USUAL:
        rest: Any = sa.func.least(number % 7, 5)
    else:
        rest = sa.case(places, value=number % 7)
    return number // 7 * (7 - len(weekend)) + rest


def _sql_working_days(call: SqlCall) -> SqlValue:
    first = sa.type_coerce(sa.func.least(call[0], call[1]), sa.Date())
    last = sa.type_coerce(sa.func.greatest(call[0], call[1]), sa.Date())
    own = len(call) == 2
    calendar = call.context.calendar if own else USUAL_CALENDAR
    weekdays = [day + 1 for day in range(7) if day not in calendar.weekend]
    is_working = sa.case((in_sql.extract("isodow", last).in_(weekdays), 1), else_=0)
    days: Any = _sql_before(last, calendar.weekend) - _sql_before(first, calendar.weekend) + is_working
    if own:
        days = days - _sql_among(calendar.free, first, last) + _sql_among(calendar.extra, first, last)
    else:
        days = days - _sql_free_days(call, first, last)
    signed = sa.case((call[1] < call[0], -days), else_=days)
    blank = any_of(call.operands[0].blank, call.operands[1].blank)
    return SqlValue(value=unless(blank, sa.cast(signed, sa.Numeric)), blank=blank)


def _sql_among(days: tuple[date, ...], first: Any, last: Any) -> Any:
    """How many of these days, which are in their order, lie from first to last: two binary searches."""
    if not days:
        return 0
    known = sa.literal(list(days), ARRAY(sa.Date))
    until_last = sa.func.width_bucket(last, known, type_=sa.Integer)
    return until_last - sa.func.width_bucket(sa.type_coerce(first - 1, sa.Date()), known, type_=sa.Integer)


def _sql_free_days(call: SqlCall, first: Any, last: Any) -> Any:
    """How many different holidays from first to last are no days of the weekend."""
    named = call[2] if call.kind(2) == "list" else sa.func.array_append(sa.null(), call[2])
    day = sa.func.unnest(sa.cast(named, ARRAY(sa.Date))).column_valued("holiday")
    counted = sa.select(sa.func.count(sa.distinct(day)))
    return counted.where(day.between(first, last), sa.extract("isodow", day) < 6).scalar_subquery()


@function("date", sql=_sql_working_days, volatile=_FOLLOWS, volatile_below=3)
def NETWORKDAYS(context: EvaluationContext, start: Date, end: Date, holidays: Dates = NOT_GIVEN) -> Number:
    """The working days from start to end, both counted.

    Without holidays they are those of the workspace's calendar: its week, its holidays and the days that are
    worked instead. With holidays (a date or a list) all days count but Saturdays, Sundays and these.

    >>> NETWORKDAYS(DATE(2026, 1, 1), DATE(2026, 1, 31))
    22
    >>> NETWORKDAYS(DATE(2026, 1, 1), DATE(2026, 1, 31), LIST(DATE(2026, 1, 1), DATE(2026, 1, 2)))
    20
    """
    return Decimal(_calendar(context, None, holidays).between(start, end))


@function("date", name="NETWORKDAYS.INTL", volatile=_FOLLOWS, volatile_below=4)
def NETWORKDAYS_INTL(
    context: EvaluationContext,
    start: Date,
    end: Date,
    weekend: Anything = NOT_GIVEN,
    holidays: Dates = NOT_GIVEN,
) -> Number:
    """The working days from start to end, with a weekend of your own.

    `weekend` is 1 (Saturday and Sunday), 2 (Sunday and Monday) to 7, 11 (only Sunday) to 17 (only Saturday),
    or a text of seven 0 and 1 from Monday to Sunday in which 1 is a free day. Without holidays those of the
    workspace's calendar count, and the days that are worked instead.

    >>> NETWORKDAYS.INTL(DATE(2026, 1, 1), DATE(2026, 1, 31), 11)
    27
    >>> NETWORKDAYS.INTL(DATE(2026, 1, 1), DATE(2026, 1, 31), "0000111")
    17
    """
    return Decimal(_calendar(context, _given_weekend(weekend), holidays).between(start, end))


@function("date", volatile=_FOLLOWS, volatile_below=3)
def WORKDAY(context: EvaluationContext, start: Date, days: Number, holidays: Dates = NOT_GIVEN) -> Date:
    """The date some working days later or earlier; which days are worked is told as to NETWORKDAYS.

    >>> WORKDAY(DATE(2026, 1, 30), 1)
    2026-02-02
    """
    return _calendar(context, None, holidays).moved(start, whole(days))


@function("date", name="WORKDAY.INTL", volatile=_FOLLOWS, volatile_below=4)
def WORKDAY_INTL(
    context: EvaluationContext,
    start: Date,
    days: Number,
    weekend: Anything = NOT_GIVEN,
    holidays: Dates = NOT_GIVEN,
) -> Date:
    """The date some working days later or earlier, with a weekend of your own as in NETWORKDAYS.INTL.

    >>> WORKDAY.INTL(DATE(2026, 1, 30), 1, 11)
    2026-01-31
    """
    return _calendar(context, _given_weekend(weekend), holidays).moved(start, whole(days))
