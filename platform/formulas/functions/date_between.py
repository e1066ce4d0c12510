"""From one date to another: whole units, days, parts of a year."""

from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from typing import Any

import sqlalchemy as sa

from joinery.formulas import calendar
from joinery.formulas import calendar_sql as in_sql
from joinery.formulas.context import EvaluationContext
from joinery.formulas.conversion import local, to_utc
from joinery.formulas.core import SqlCall, SqlValue
from joinery.formulas.function import Date, Moment, Number, Text, Truth, function
from joinery.formulas.numbers import ZERO, whole
from joinery.formulas.operators import divide
from joinery.formulas.problem import WRONG_NUMBER, WRONG_VALUE, Failure
from joinery.formulas.sql_values import any_of

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


def _numeric(value: Any) -> Any:
    return sa.cast(value, sa.Numeric)


def _sql_datedif(call: SqlCall) -> SqlValue:
    start, end, unit = call[0], call[1], in_sql.unit_of(call, 2)
    lacks_day = sa.case((in_sql.extract("day", end) < in_sql.extract("day", start), 1), else_=0)
    months = in_sql.month_of(end) - in_sql.month_of(start) - lacks_day
    days = sa.type_coerce(end - start, sa.Integer)
    before = in_sql.first_of_month(in_sql.month_of(end) - lacks_day).value
    rest = in_sql.days_of(end) - in_sql.days_of(before) - in_sql.extract("day", start) + 1
    birthday = in_sql.first_of_month(in_sql.month_of(end) - months % 12 - lacks_day).value
    year_rest = in_sql.days_of(end) - in_sql.days_of(birthday) - in_sql.extract("day", start) + 1
    units = {"y": months // 12, "m": months, "d": days, "ym": months % 12, "md": rest, "yd": year_rest}
    value = _numeric(in_sql.by_unit(unit, units))
    wrong = any_of(in_sql.is_none_of(unit, units), sa.func.coalesce(end < start, sa.false()))
    blank = any_of(call.operands[0].blank, call.operands[1].blank)
    return SqlValue(value=value, blank=blank, error=wrong)


@function("date", sql=_sql_datedif)
def DATEDIF(start: Date, end: Date, unit: Text) -> Number:
    """The whole years "Y", months "M", days "D" between two dates; "YM", "MD", "YD" leave out greater units.

    >>> DATEDIF(DATE(2025, 12, 31), DATE(2026, 2, 1), "M")
    1
    """
    if end < start:
        raise Failure(WRONG_NUMBER, "formula_dates_reversed")
    return Decimal(calendar.difference(start, end, unit.upper()))


def _sql_datediff(call: SqlCall) -> SqlValue:
    unit = in_sql.unit_of(call, 2)
    start, end = in_sql.day(call, 0), in_sql.day(call, 1)
    months = in_sql.month_of(end) - in_sql.month_of(start)
    start_day, end_day = in_sql.extract("day", start), in_sql.extract("day", end)
    months = months - sa.case(
        (sa.and_(months > 0, end_day < start_day), 1), (sa.and_(months < 0, end_day > start_day), -1), else_=0
    )
    days = sa.type_coerce(end - start, sa.Integer)
    seconds = _numeric(sa.extract("epoch", in_sql.instant(call, 1) - in_sql.instant(call, 0)))
    whole_units: dict[str, Any] = {name: _numeric(months / size) for name, size in calendar.MONTHS.items()}
    whole_units |= {name: _numeric(days) / size for name, size in calendar.DAYS.items()}
    whole_units |= {name: seconds / size for name, size in calendar.SECONDS.items()}
    value = sa.func.trunc(in_sql.by_unit(unit, whole_units, sa.literal(Decimal(0))))
    blank = any_of(call.operands[0].blank, call.operands[1].blank)
    return SqlValue(value=value, blank=blank, error=in_sql.is_none_of(unit, whole_units))


@function("date", sql=_sql_datediff)
def DATEDIFF(context: EvaluationContext, start: Moment, end: Moment, unit: Text = "day") -> Number:
    """The whole "year", "quarter", "month", "week", "day", "hour", "minute" or "second" from start to end.

    >>> DATEDIFF(DATE(2026, 1, 31), DATE(2026, 3, 1))
    29
    >>> DATEDIFF(DATE(2026, 3, 1), DATE(2026, 1, 1), "month")
    -2
    """
    name = unit.lower()
    if name in calendar.SECONDS:
        first, last = _instant(context, start), _instant(context, end)
        microseconds = (last - first) // timedelta(microseconds=1)
        return Decimal(int(Decimal(microseconds) / (calendar.SECONDS[name] * 1_000_000)))
    first_day, last_day = (_day(context, one) for one in (start, end))
    if name in calendar.DAYS:
        return Decimal(int((last_day - first_day).days / calendar.DAYS[name]))
    if name not in calendar.MONTHS:
        raise Failure(WRONG_VALUE, "formula_unknown_unit", unit=unit[:20])
    months = calendar.month_of(last_day) - calendar.month_of(first_day)
    if months > 0 and last_day.day < first_day.day:
        months -= 1
    elif months < 0 and last_day.day > first_day.day:
        months += 1
    return Decimal(int(months / calendar.MONTHS[name]))


def _instant(context: EvaluationContext, moment: date) -> datetime:
    if isinstance(moment, datetime):
        return moment.astimezone(UTC)
    return to_utc(datetime.combine(moment, time()), context)


def _day(context: EvaluationContext, moment: date) -> date:
    return local(context, moment).date() if isinstance(moment, datetime) else moment


@function("date", sql=lambda call: _numeric(call[0] - call[1]))
def DAYS(end: Date, start: Date) -> Number:
    """The days from start to end.

    >>> DAYS(DATE(2026, 3, 1), DATE(2026, 1, 31))
    29
    """
    return Decimal((end - start).days)


def _sql_days360(call: SqlCall) -> Any:
    start, end = call[0], call[1]
    european = call[2] if len(call) > 2 else sa.false()
    first, last = in_sql.extract("day", start), in_sql.extract("day", end)
    end_of_february = sa.and_(in_sql.extract("month", start) == 2, start == in_sql.end_of_month(start))
    first = sa.case((sa.or_(first == 31, sa.and_(sa.not_(european), end_of_february)), 30), else_=first)
    last = sa.case((sa.and_(last == 31, sa.or_(european, first == 30)), 30), else_=last)
    months = in_sql.month_of(end) - in_sql.month_of(start)
    return _numeric(months * 30 + last - first)


@function("date", sql=_sql_days360)
def DAYS360(start: Date, end: Date, european: Truth = False) -> Number:
    """The days between two dates when every month has 30 days, by the American or the European rule.

    >>> DAYS360(DATE(2026, 1, 1), DATE(2026, 12, 31))
    360
    >>> DAYS360(DATE(2026, 1, 1), DATE(2026, 12, 31), TRUE)
    359
    """
    return Decimal(calendar.days_of_equal_months(start, end, european=european))


@function("date", exact=False)
def YEARFRAC(start: Date, end: Date, basis: Number = ZERO) -> Number:
    """The part of a year between two dates.

    `basis` says how days are counted: 0 months of 30 days (American), 1 as they are, 2 as they are in
    years of 360, 3 in years of 365, 4 months of 30 days (European).

    >>> YEARFRAC(DATE(2026, 1, 1), DATE(2026, 7, 1))
    0.5
    >>> ROUND(YEARFRAC(DATE(2012, 1, 1), DATE(2012, 7, 30), 1), 8)
    0.57650273
    """
    first, last = min(start, end), max(start, end)
    days = Decimal((last - first).days)
    match whole(basis):
        case 0 | 4 as kind:
            equal = calendar.days_of_equal_months(first, last, european=kind == 4, both_ends=True)
            return divide(Decimal(equal), Decimal(360))
        case 1:
            return divide(days, calendar.length_of_year(first, last))
        case 2 | 3 as kind:
            return divide(days, Decimal(360 if kind == 2 else 365))
    raise Failure(WRONG_NUMBER, "formula_unknown_basis", maximum=4)


def _sql_timestamp(call: SqlCall) -> Any:
    return sa.func.floor(_numeric(sa.extract("epoch", in_sql.instant(call, 0))) * 1000)


@function("date", sql=_sql_timestamp)
def TIMESTAMP(context: EvaluationContext, moment: Moment) -> Number:
    """The milliseconds since the beginning of 1970 in UTC.

    >>> TIMESTAMP(DATETIME("2026-01-31T00:00:00Z"))
    1769817600000
    """
    return Decimal((_instant(context, moment) - _EPOCH) // timedelta(milliseconds=1))
