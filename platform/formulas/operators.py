"""The operators on numbers and times, as operations."""

from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import Any

import sqlalchemy as sa

from joinery.formulas import calendar, numbers
from joinery.formulas.calendar_sql import clamp, shift, shift_seconds
from joinery.formulas.context import EvaluationContext
from joinery.formulas.conversion import to_utc
from joinery.formulas.core import Operation, SqlCall, SqlValue
from joinery.formulas.problem import DIVISION_BY_ZERO, WRONG_NUMBER, Failure
from joinery.formulas.sql_values import count
from joinery.formulas.wall_clock_sql import utc_sql

_MICROSECONDS = Decimal(86_400_000_000)
CONTEXT = numbers.CONTEXT


def divide(left: Decimal, right: Decimal) -> Decimal:
    """The quotient, kept to numbers.QUOTIENT_PLACES decimals."""
    if not right:
        raise Failure(DIVISION_BY_ZERO, "formula_division_by_zero")
    return numbers.as_quotient(numbers.SERIES.divide(left, right))


def power(base: Decimal, exponent: Decimal) -> Decimal:
    """`base ^ exponent`, kept to numbers.QUOTIENT_PLACES decimals."""
    if not base and exponent <= 0:
        if not exponent:
            raise Failure(WRONG_NUMBER, "formula_power")
        raise Failure(DIVISION_BY_ZERO, "formula_division_by_zero")
    if base < 0 and not numbers.is_whole(exponent):
        raise Failure(WRONG_NUMBER, "formula_power")
    if not base:
        return numbers.ZERO
    size = base.copy_abs()
    if size.log10(numbers.SERIES).copy_abs() * exponent.copy_abs() > 100:
        if (size > 1) == (exponent > 0):
            raise Failure(WRONG_NUMBER, "formula_number_too_large")
        return numbers.ZERO
    return numbers.as_quotient(numbers.SERIES.power(base, exponent))


def _sql_divide(call: SqlCall) -> SqlValue:
    wide = sa.cast(call[0], sa.Numeric(300, numbers.QUOTIENT_PLACES + 6))
    quotient = sa.func.round(wide / sa.func.nullif(call[1], 0), numbers.QUOTIENT_PLACES)
    return SqlValue(value=quotient, error=call[1] == 0)


def _sql_power(call: SqlCall) -> SqlValue:
    base, exponent = call[0], call[1]
    magnitude = sa.func.log(sa.func.greatest(sa.func.abs(base), sa.literal(Decimal("1e-100")))) * exponent
    impossible = sa.or_(
        sa.and_(base == 0, exponent <= 0),
        sa.and_(base < 0, exponent != sa.func.trunc(exponent)),
        magnitude > 99,
    )
    wide = sa.cast(base, sa.Numeric(300, numbers.QUOTIENT_PLACES + 6))
    value = sa.case(
        (sa.or_(impossible, base == 0, magnitude < -100), sa.literal(Decimal(0))),
        else_=sa.func.round(sa.func.power(wide, exponent), numbers.QUOTIENT_PLACES),
    )
    return SqlValue(value=value, error=impossible)


ADD = Operation(name="add", python=CONTEXT.add, sql=lambda call: call[0] + call[1], arithmetic=True)
SUBTRACT = Operation(
    name="subtract", python=CONTEXT.subtract, sql=lambda call: call[0] - call[1], arithmetic=True
)
MULTIPLY = Operation(
    name="multiply", python=CONTEXT.multiply, sql=lambda call: call[0] * call[1], arithmetic=True
)
DIVIDE = Operation(name="divide", python=divide, sql=_sql_divide, arithmetic=True, exact=False)
POWER = Operation(name="power", python=power, sql=_sql_power, arithmetic=True, exact=False)
NEGATE = Operation(
    name="negate", python=lambda value: CONTEXT.subtract(0, value), sql=lambda call: -call[0], arithmetic=True
)
PERCENT = Operation(
    name="percent",
    python=lambda value: CONTEXT.multiply(value, Decimal("0.01")),
    sql=lambda call: call[0] * sa.literal(Decimal("0.01")),
    arithmetic=True,
)


def add_days(moment: Any, days: Decimal, sign: int = 1) -> Any:
    """A date or datetime some days later; a fraction of a day counts for a datetime only."""
    if moment is None:
        return None
    if abs(days) > calendar.FARTHEST_DAYS:
        raise Failure(WRONG_NUMBER, "formula_date_out_of_range")
    if not isinstance(moment, datetime):
        return calendar.shift(moment, days=int(days) * sign)
    microseconds = int(numbers.round_to(CONTEXT.multiply(days, _MICROSECONDS), 0)) * sign
    return add_duration(moment, timedelta(microseconds=microseconds))


def add_duration(moment: Any, duration: timedelta | None, sign: int = 1) -> Any:
    """A datetime or duration, longer by a duration."""
    if moment is None or duration is None:
        return moment
    try:
        return moment + duration * sign
    except OverflowError:
        raise Failure(WRONG_NUMBER, "formula_date_out_of_range") from None


def _sql_add_days(sign: int) -> Any:
    def form(call: SqlCall) -> SqlValue:
        limit, blank = calendar.FARTHEST_DAYS + 1, call.operands[0].blank
        if call.kind(0) == "date":
            moved = shift(call[0], days=count(call, 1, 0, limit) * sign)
        else:
            seconds = sa.func.round(clamp(call[1], -limit, limit) * 86_400 * sign, 6)
            moved = shift_seconds(call[0], seconds)
        return SqlValue(value=moved.value, blank=blank, error=moved.error)

    return form


def _sql_add_duration(sign: int) -> Any:
    def form(call: SqlCall) -> SqlValue:
        length = sa.func.coalesce(call[1], sa.cast(sa.literal("0 second"), sa.Interval))
        blank = call.operands[0].blank
        if call.kind(0) == "duration":
            total = call[0] + length if sign > 0 else call[0] - length
            return SqlValue(value=sa.type_coerce(total, sa.Interval()), blank=blank)
        moved = shift_seconds(call[0], sa.cast(sa.extract("epoch", length), sa.Numeric) * sign)
        return SqlValue(value=moved.value, blank=blank, error=moved.error)

    return form


ADD_DAYS = Operation(name="add_days", python=add_days, sql=_sql_add_days(1), blank="maybe")
SUBTRACT_DAYS = Operation(
    name="subtract_days",
    python=lambda moment, days: add_days(moment, days, -1),
    sql=_sql_add_days(-1),
    blank="maybe",
)
ADD_DURATION = Operation(name="add_duration", python=add_duration, sql=_sql_add_duration(1), blank="maybe")
SUBTRACT_DURATION = Operation(
    name="subtract_duration",
    python=lambda moment, duration: add_duration(moment, duration, -1),
    sql=_sql_add_duration(-1),
    blank="maybe",
)


def _days_between(end: date | None, start: date | None) -> Decimal | None:
    return None if end is None or start is None else Decimal((end - start).days)


def _time_between(end: datetime | None, start: datetime | None) -> timedelta | None:
    return None if end is None or start is None else end - start


DAYS_BETWEEN = Operation(
    name="days_between",
    python=_days_between,
    sql=lambda call: sa.cast(call[0] - call[1], sa.Numeric),
    blank="any",
)
TIME_BETWEEN = Operation(
    name="time_between",
    python=_time_between,
    sql=lambda call: sa.type_coerce(call[0] - call[1], sa.Interval()),
    blank="any",
)


def _at_time(context: EvaluationContext, day: date | None, clock: time | None) -> datetime | None:
    if day is None or clock is None:
        return None
    return to_utc(datetime.combine(day, clock), context)


AT_TIME = Operation(
    name="at_time",
    python=_at_time,
    sql=lambda call: utc_sql(call, call[0] + call[1]),
    style="context",
    blank="any",
)
