"""Dates and times; "today" and the parts of a datetime are those of the workspace's time zone."""

from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import Any

import sqlalchemy as sa

from joinery.formulas import calendar
from joinery.formulas import calendar_sql as in_sql
from joinery.formulas.context import EvaluationContext
from joinery.formulas.conversion import datetime_from_text, local, to_utc
from joinery.formulas.core import SqlCall, SqlValue
from joinery.formulas.function import (
    Anything,
    Clock,
    Date,
    DateTime,
    Moment,
    Number,
    Text,
    Time,
    alias,
    function,
)
from joinery.formulas.numbers import ONE, ZERO, whole
from joinery.formulas.operators import ADD_DAYS, add_days
from joinery.formulas.problem import WRONG_NUMBER, WRONG_VALUE, Failure
from joinery.formulas.sql_values import any_of, count, integer, unless
from joinery.formulas.wall_clock_sql import utc_sql

_MONTHS_LIMIT = 200_000
#: More than fits 4,000 years of seconds.
_MOST = 200_000_000_000
#: The most hours, minutes or seconds that TIME takes, as in Excel.
_MOST_CLOCK = 32_767
_TOO_FAR = calendar.FARTHEST_MONTHS + 1


def _integer(call: SqlCall, index: int, limit: int = 4_000_000) -> Any:
    return integer(call, index, 1, limit)


def _numeric(value: Any) -> Any:
    return sa.cast(value, sa.Numeric)


@function("date", volatile=frozenset({"today"}))
def TODAY(context: EvaluationContext) -> Date:
    """The date of today.

    >>> TODAY() = DATEVALUE(NOW())
    TRUE
    """
    return context.today


@function("date", volatile=frozenset({"now"}))
def NOW(context: EvaluationContext) -> DateTime:
    """The date and time of now.

    >>> NOW() >= TODAY()
    TRUE
    """
    return context.now


alias("SYSTIME", of="NOW")


def _sql_date(call: SqlCall) -> SqlValue:
    year = _integer(call, 0, 20_000)
    year = sa.case((sa.and_(year >= 0, year < 1900), year + 1900), else_=year)
    first = in_sql.first_of_month(year * 12 + _integer(call, 1, _MONTHS_LIMIT) - 1)
    result = in_sql.shift(first.value, days=count(call, 2, 1, 4_000_000) - 1)
    return SqlValue(value=result.value, error=any_of(first.error, result.error))


@function("date", sql=_sql_date)
def DATE(year: Number, month: Number, day: Number) -> Date:
    """The date of a year, month and day; months above 12 and days above 31 go on counting.

    >>> DATE(2026, 1, 31)
    2026-01-31
    >>> DATE(2026, 14, 1)
    2027-02-01
    """
    years = whole(year)
    first = calendar.first_of_month((years + 1900 if 0 <= years < 1900 else years) * 12 + whole(month) - 1)
    return calendar.shift(first, days=whole(day) - 1)


@function("date", blank="maybe")
def DATETIME(
    context: EvaluationContext,
    value: Anything,
    month: Number = ONE,
    day: Number = ONE,
    hour: Number = ZERO,
    minute: Number = ZERO,
    second: Number = ZERO,
) -> DateTime:
    """A date and time from its parts, or from a text such as 2026-01-31T08:30:00Z.

    >>> DATETIME(2026, 1, 31, 8, 30, 0) = DATETIME("2026-01-31 08:30")
    TRUE
    """
    if isinstance(value, str):
        return datetime_from_text(context, value)
    if isinstance(value, datetime):
        return value
    if isinstance(value, date):
        start = value
    elif isinstance(value, Decimal):
        start = DATE(value, month, day)
    else:
        raise Failure(WRONG_VALUE, "formula_not_a_date", value=str(value)[:40])
    seconds = whole(hour) * 3600 + whole(minute) * 60 + whole(second)
    return to_utc(datetime.combine(start, time()) + timedelta(seconds=seconds), context)


def _sql_time(call: SqlCall) -> SqlValue:
    seconds = _integer(call, 0, 40_000) * 3600 + _integer(call, 1, 40_000) * 60 + _integer(call, 2, 40_000)
    bounded = sa.func.greatest(seconds, 0) % 86_400
    value = sa.cast(sa.func.make_interval(0, 0, 0, 0, 0, 0, bounded), sa.Time)
    too_large = (_integer(call, place, 40_000) > _MOST_CLOCK for place in range(3))
    return SqlValue(value=value, error=sa.or_(seconds < 0, *too_large))


@function("date", sql=_sql_time)
def TIME(hour: Number, minute: Number, second: Number) -> Time:
    """A time of day; what goes beyond 24 hours begins again at 0.

    >>> TIME(8, 30, 0)
    08:30:00
    """
    parts = [max(-40_000, min(40_000, whole(one))) for one in (hour, minute, second)]
    seconds = parts[0] * 3600 + parts[1] * 60 + parts[2]
    if seconds < 0 or max(parts) > _MOST_CLOCK:
        raise Failure(WRONG_NUMBER, "formula_date_out_of_range")
    return time(seconds // 3600 % 24, seconds // 60 % 60, seconds % 60)


def _wall(context: EvaluationContext, moment: Any) -> Any:
    return local(context, moment) if isinstance(moment, datetime) else moment


def _sql_part(name: str) -> Any:
    return lambda call: _numeric(in_sql.extract(name, in_sql.wall(call)))


@function("date", sql=_sql_part("year"))
def YEAR(context: EvaluationContext, moment: Moment) -> Number:
    """The year.

    >>> YEAR(DATE(2026, 1, 31))
    2026
    """
    return Decimal(_wall(context, moment).year)


@function("date", sql=_sql_part("month"))
def MONTH(context: EvaluationContext, moment: Moment) -> Number:
    """The month, 1 to 12.

    >>> MONTH(DATE(2026, 1, 31))
    1
    """
    return Decimal(_wall(context, moment).month)


@function("date", sql=_sql_part("quarter"))
def QUARTER(context: EvaluationContext, moment: Moment) -> Number:
    """The quarter of the year, 1 to 4.

    >>> QUARTER(DATE(2026, 5, 20))
    2
    """
    return Decimal((_wall(context, moment).month + 2) // 3)


@function("date", sql=_sql_part("day"))
def DAY(context: EvaluationContext, moment: Moment) -> Number:
    """The day of the month.

    >>> DAY(DATE(2026, 1, 31))
    31
    """
    return Decimal(_wall(context, moment).day)


def _clock(context: EvaluationContext, moment: Any) -> Any:
    if isinstance(moment, datetime):
        return local(context, moment)
    return time() if isinstance(moment, date) else moment


def _sql_clock(name: str) -> Any:
    def form(call: SqlCall) -> Any:
        if call.kind(0) == "date":
            return sa.case((call[0].is_not(None), sa.literal(Decimal(0))))
        wall = call[0] if call.kind(0) == "time" else in_sql.wall(call)
        return _numeric(sa.func.trunc(_numeric(sa.extract(name, wall))))

    return form


@function("date", sql=_sql_clock("hour"))
def HOUR(context: EvaluationContext, moment: Clock) -> Number:
    """The hour, 0 to 23.

    >>> HOUR(TIME(8, 30, 0))
    8
    """
    return Decimal(_clock(context, moment).hour)


@function("date", sql=_sql_clock("minute"))
def MINUTE(context: EvaluationContext, moment: Clock) -> Number:
    """The minute, 0 to 59.

    >>> MINUTE(TIME(8, 30, 0))
    30
    """
    return Decimal(_clock(context, moment).minute)


@function("date", sql=_sql_clock("second"))
def SECOND(context: EvaluationContext, moment: Clock) -> Number:
    """The second, 0 to 59.

    >>> SECOND(TIME(8, 30, 15))
    15
    """
    return Decimal(_clock(context, moment).second)


def _sql_week_start(call: SqlCall) -> SqlValue:
    kind = _integer(call, 1, 100)
    start = sa.case((kind == 1, 7), (kind.in_([2, 3]), 1), (kind.between(11, 17), kind - 10), else_=0)
    return SqlValue(value=start, error=start == 0)


def _sql_weekday(call: SqlCall) -> SqlValue:
    start = _sql_week_start(call)
    place = (in_sql.extract("isodow", in_sql.day(call)) - start.value + 7) % 7
    shift = sa.case((_integer(call, 1, 100) == 3, 0), else_=1) if len(call) > 1 else 1
    return SqlValue(value=_numeric(place + shift), blank=call.operands[0].blank, error=start.error)


@function("date", sql=_sql_weekday)
def WEEKDAY(context: EvaluationContext, moment: Moment, kind: Number = ONE) -> Number:
    """The day of the week: Sunday is 1 (`kind` 1), Monday is 1 (2), Monday is 0 (3); 11 to 17 as in Excel.

    >>> WEEKDAY(DATE(2026, 1, 31))
    7
    >>> WEEKDAY(DATE(2026, 1, 31), 2)
    6
    """
    start = calendar.week_start(whole(kind))
    return Decimal((_wall(context, moment).isoweekday() - start) % 7 + (whole(kind) != 3))


def _sql_week_number(call: SqlCall) -> SqlValue:
    day = in_sql.day(call)
    start = _sql_week_start(call)
    january = sa.func.make_date(in_sql.extract("year", day), 1, 1, type_=sa.Date())
    offset = (in_sql.extract("isodow", january) - start.value + 7) % 7
    number = (in_sql.extract("doy", day) - 1 + offset) // 7 + 1
    if len(call) == 1:
        return SqlValue(value=_numeric(number), blank=call.operands[0].blank)
    kind = _integer(call, 1, 100)
    chosen = sa.case((kind == 21, in_sql.extract("week", day)), else_=number)
    wrong = sa.and_(start.value == 0, kind != 21)
    return SqlValue(value=_numeric(chosen), blank=call.operands[0].blank, error=sa.or_(wrong, kind == 3))


@function("date", sql=_sql_week_number)
def WEEKNUM(context: EvaluationContext, moment: Moment, kind: Number = ONE) -> Number:
    """The number of the week, the first is that of 1 January; weeks begin on Sunday (1), Monday (2); 21: ISO.

    >>> WEEKNUM(DATE(2026, 1, 31))
    5
    """
    day = _wall(context, moment)
    if whole(kind) == 21:
        return Decimal(day.isocalendar().week)
    start = calendar.week_start(0 if whole(kind) == 3 else whole(kind))
    january = date(day.year, 1, 1)
    offset = (january.isoweekday() - start) % 7
    return Decimal((day.timetuple().tm_yday - 1 + offset) // 7 + 1)


@function("date", sql=_sql_part("week"))
def ISOWEEKNUM(context: EvaluationContext, moment: Moment) -> Number:
    """The number of the week by ISO 8601.

    >>> ISOWEEKNUM(DATE(2026, 1, 31))
    5
    """
    return Decimal(_wall(context, moment).isocalendar().week)


def _sql_edate(call: SqlCall) -> SqlValue:
    moved = in_sql.shift(call[0], months=count(call, 1, 0, _TOO_FAR))
    return SqlValue(value=moved.value, blank=call.operands[0].blank, error=moved.error)


@function("date", sql=_sql_edate)
def EDATE(day: Date, months: Number) -> Date:
    """The date some months later; the last of a shorter month when there is no such day.

    >>> EDATE(DATE(2026, 1, 31), 1)
    2026-02-28
    """
    return calendar.shift(day, months=whole(months))


def _sql_eomonth(call: SqlCall) -> SqlValue:
    moved = in_sql.first_of_month(in_sql.month_of(call[0]) + _integer(call, 1, _MONTHS_LIMIT))
    blank = call.operands[0].blank
    return SqlValue(value=unless(blank, in_sql.end_of_month(moved.value)), blank=blank, error=moved.error)


@function("date", sql=_sql_eomonth)
def EOMONTH(day: Date, months: Number) -> Date:
    """The last day of the month that is some months later.

    >>> EOMONTH(DATE(2026, 1, 15), 1)
    2026-02-28
    """
    return calendar.end_of_month(calendar.first_of_month(calendar.month_of(day) + whole(months)))


def _sql_dateadd(call: SqlCall) -> SqlValue:
    unit, number = in_sql.unit_of(call, 2), count(call, 1, 1, _MOST)
    limit = calendar.FARTHEST_DAYS + 1
    near = in_sql.clamp(number, -limit, limit)
    months, days = near * in_sql.by_unit(unit, calendar.MONTHS), near * in_sql.by_unit(unit, calendar.DAYS)
    units = [*calendar.MONTHS, *calendar.DAYS]
    moved = in_sql.shift(in_sql.wall(call), months=months, days=days)
    if call.kind(0) != "date":
        seconds = number * in_sql.by_unit(unit, calendar.SECONDS)
        start = call[0] if moved.error is None else utc_sql(call, moved.value)
        moved = in_sql.shift_seconds(start, seconds, moved.error)
        units += calendar.SECONDS
    error = any_of(moved.error, in_sql.is_none_of(unit, units))
    return SqlValue(value=moved.value, blank=call.operands[0].blank, error=error)


@function("date", sql=_sql_dateadd)
def DATEADD(context: EvaluationContext, moment: Moment, number: Number, unit: Text) -> Moment:
    """A date or datetime some "year", "quarter", "month", "week", "day", "hour", "minute" or "second" later.

    >>> DATEADD(DATE(2026, 1, 31), 1, "month")
    2026-02-28
    >>> DATEADD(DATE(2026, 1, 31), -2, "week")
    2026-01-17
    """
    name, steps = unit.lower(), max(-_MOST, min(_MOST, whole(number)))
    seconds = calendar.SECONDS.get(name, 0) if isinstance(moment, datetime) else 0
    if not (seconds or name in calendar.MONTHS or name in calendar.DAYS):
        raise Failure(WRONG_VALUE, "formula_unknown_unit", unit=unit[:20])
    if seconds:
        return calendar.shift(moment, seconds=steps * seconds)
    days, months = steps * calendar.DAYS.get(name, 0), steps * calendar.MONTHS.get(name, 0)
    moved = calendar.shift(_wall(context, moment), months=months, days=days)
    return to_utc(moved, context) if isinstance(moved, datetime) else moved


@function("date", sql=lambda call: call[0])
def DATEVALUE(moment: Date) -> Date:
    """The date of a datetime, or the date written in a text.

    >>> DATEVALUE("2026-01-31")
    2026-01-31
    """
    return moment


def _sql_time_of(call: SqlCall) -> Any:
    if call.kind(0) == "time":
        return call[0]
    return sa.cast(sa.cast(in_sql.wall(call), sa.DateTime), sa.Time)


@function("date", sql=_sql_time_of)
def TIMEVALUE(context: EvaluationContext, moment: Clock) -> Time:
    """The time of day of a datetime, or the one written in a text.

    >>> TIMEVALUE("2:24 PM")
    14:24:00
    """
    clock = _clock(context, moment)
    return clock.time() if isinstance(clock, datetime) else clock


@function("date", sql=ADD_DAYS.sql)
def DATEDELTA(moment: Moment, days: Number) -> Moment:
    """A date or datetime some days later, or earlier when the number is negative.

    >>> DATEDELTA(DATE(2026, 1, 31), 1)
    2026-02-01
    """
    moved: date = add_days(moment, days)
    return moved


def _sql_bound(call: SqlCall, *, end: bool) -> SqlValue:
    day, unit = call[0], in_sql.unit_of(call, 1)
    starts = {
        name: sa.cast(sa.func.date_trunc(name, sa.cast(day, sa.DateTime)), sa.Date)
        for name in calendar.PERIODS
    }
    value = in_sql.by_unit(unit, starts, day)
    unknown = in_sql.is_none_of(unit, starts)
    error = None
    if end:
        last = {
            "day": day,
            "week": sa.type_coerce(starts["week"] + 6, sa.Date()),
            "month": in_sql.end_of_month(day),
            "quarter": _end_after(starts["quarter"], 2),
            "year": _end_after(starts["year"], 11),
        }
        value = in_sql.by_unit(unit, last, day)
        error = in_sql.leaves_calendar(value)
    blank = call.operands[0].blank
    return SqlValue(value=unless(blank, value), blank=blank, error=any_of(unknown, error))


def _end_after(start: Any, months: int) -> Any:
    return in_sql.end_of_month(in_sql.first_of_month(in_sql.month_of(start) + months).value)


@function("date", sql=lambda call: _sql_bound(call, end=False))
def STARTOF(day: Date, unit: Text) -> Date:
    """The first day of the "week" (Monday), "month", "quarter" or "year" of a date.

    >>> STARTOF(DATE(2026, 5, 20), "quarter")
    2026-04-01
    """
    return calendar.start_of(day, unit.lower())


@function("date", sql=lambda call: _sql_bound(call, end=True))
def ENDOF(day: Date, unit: Text) -> Date:
    """The last day of the "week" (Sunday), "month", "quarter" or "year" of a date.

    >>> ENDOF(DATE(2026, 5, 20), "quarter")
    2026-06-30
    """
    return calendar.end_of(day, unit.lower())
