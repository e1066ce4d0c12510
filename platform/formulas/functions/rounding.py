"""Rounding: to decimals, to multiples, to whole numbers."""

from decimal import Decimal
from typing import Any

import sqlalchemy as sa
from sqlalchemy import ColumnElement

from joinery.formulas import numbers
from joinery.formulas.core import SqlCall, SqlValue
from joinery.formulas.function import Number, function
from joinery.formulas.numbers import CONTEXT, ONE, SERIES, ZERO, round_to, whole
from joinery.formulas.problem import DIVISION_BY_ZERO, WRONG_NUMBER, Failure
from joinery.formulas.sql_values import integer

_WIDE = sa.Numeric(300, numbers.QUOTIENT_PLACES + 6)


def _places(digits: Decimal) -> int:
    return max(-200, min(200, whole(digits)))


def _number(value: Decimal | int) -> ColumnElement[Any]:
    return sa.literal(Decimal(value))


def _sql_digits(call: SqlCall, index: int = 1) -> ColumnElement[Any]:
    return integer(call, index, 0, 200)


@function("number", sql=lambda call: sa.func.round(call[0], _sql_digits(call)))
def ROUND(value: Number, digits: Number = ZERO) -> Number:
    """The number rounded to `digits` decimals, half away from zero; negative digits: tens, hundreds ...

    >>> ROUND(2.5)
    3
    >>> ROUND(-1.255, 2)
    -1.26
    >>> ROUND(1234, -2)
    1200
    """
    return round_to(value, _places(digits))


def _sql_round_up(call: SqlCall) -> Any:
    cut = sa.func.trunc(call[0], _sql_digits(call))
    step = sa.func.power(_number(10), -_sql_digits(call)) if len(call) > 1 else _number(1)
    wide = sa.cast(step, sa.Numeric)
    return sa.case((cut == call[0], call[0]), else_=cut + sa.func.sign(call[0]) * wide)


@function("number", sql=_sql_round_up)
def ROUNDUP(value: Number, digits: Number = ZERO) -> Number:
    """The number rounded away from zero.

    >>> ROUNDUP(2.1)
    3
    >>> ROUNDUP(-3.14159, 2)
    -3.15
    """
    return round_to(value, _places(digits), numbers.UP)


@function("number", sql=lambda call: sa.func.trunc(call[0], _sql_digits(call)))
def ROUNDDOWN(value: Number, digits: Number = ZERO) -> Number:
    """The number rounded towards zero.

    >>> ROUNDDOWN(2.9)
    2
    >>> ROUNDDOWN(-3.149, 2)
    -3.14
    """
    return round_to(value, _places(digits), numbers.DOWN)


@function("number", sql=lambda call: sa.func.trunc(call[0], _sql_digits(call)))
def TRUNC(value: Number, digits: Number = ZERO) -> Number:
    """The number cut off after `digits` decimals.

    >>> TRUNC(-8.9)
    -8
    """
    return round_to(value, _places(digits), numbers.DOWN)


@function("number", sql=lambda call: sa.func.floor(call[0]))
def INT(value: Number) -> Number:
    """The whole number at or below the number.

    >>> INT(8.9)
    8
    >>> INT(-8.1)
    -9
    """
    return round_to(value, 0, numbers.FLOOR)


def _sql_multiple(name: str) -> Any:
    def form(call: SqlCall) -> SqlValue:
        rounding = getattr(sa.func, name)
        if len(call) == 1:
            return SqlValue(value=rounding(call[0]))
        value, step = call[0], call[1]
        count = rounding(sa.cast(value, _WIDE) / sa.func.nullif(step, 0))
        if name == "floor":
            wrong = sa.or_(sa.and_(step == 0, value != 0), sa.and_(value > 0, step < 0))
        else:
            wrong = sa.and_(value > 0, step < 0)
        return SqlValue(value=sa.func.coalesce(count * step, _number(0)), error=wrong)

    return form


def _multiple(value: Decimal, step: Decimal, rounding: str) -> Decimal:
    if value > 0 > step:
        raise Failure(WRONG_NUMBER, "formula_signs_differ")
    count = round_to(SERIES.divide(value, step), 0, rounding)
    return CONTEXT.multiply(count, step)


@function("number", sql=_sql_multiple("ceil"))
def CEILING(value: Number, step: Number = ONE) -> Number:
    """The next multiple of `step` upwards.

    >>> CEILING(2.1)
    3
    >>> CEILING(2.5, 0.2)
    2.6
    >>> CEILING(-2.5, 2)
    -2
    """
    return _multiple(value, step, numbers.CEILING) if step else ZERO


@function("number", sql=_sql_multiple("floor"))
def FLOOR(value: Number, step: Number = ONE) -> Number:
    """The next multiple of `step` downwards.

    >>> FLOOR(2.9)
    2
    >>> FLOOR(2.5, 0.2)
    2.4
    """
    if not step:
        if value:
            raise Failure(DIVISION_BY_ZERO, "formula_division_by_zero")
        return ZERO
    return _multiple(value, step, numbers.FLOOR)


def _sql_mround(call: SqlCall) -> SqlValue:
    value, step = call[0], call[1]
    count = sa.func.round(sa.cast(value, _WIDE) / sa.func.nullif(step, 0))
    wrong = sa.func.sign(value) * sa.func.sign(step) < 0
    return SqlValue(value=sa.func.coalesce(count * step, _number(0)), error=wrong)


@function("number", sql=_sql_mround)
def MROUND(value: Number, step: Number) -> Number:
    """The nearest multiple of `step`, half away from zero; both must have the same sign.

    >>> MROUND(10, 3)
    9
    >>> MROUND(1.3, 0.2)
    1.4
    """
    if value and step and value.is_signed() != step.is_signed():
        raise Failure(WRONG_NUMBER, "formula_signs_differ")
    return CONTEXT.multiply(round_to(SERIES.divide(value, step), 0), step) if step else ZERO


def _sql_upright(name: str) -> Any:
    def form(call: SqlCall) -> SqlValue:
        rounding, step = getattr(sa.func, name), sa.func.abs(call[1]) if len(call) > 1 else _number(1)
        count = sa.cast(call[0], _WIDE) / sa.func.nullif(step, 0)
        rounded = rounding(count)
        if len(call) > 2:
            mirrored = sa.and_(call[0] < 0, call[2] != 0)
            rounded = sa.case((mirrored, -rounding(-count)), else_=rounded)
        return SqlValue(value=sa.func.coalesce(rounded * step, _number(0)))

    return form


def _upright(value: Decimal, step: Decimal, mode: Decimal, rounding: str) -> Decimal:
    step = step.copy_abs()
    if not step:
        return ZERO
    if value < 0 and mode:
        return CONTEXT.subtract(ZERO, _multiple(value.copy_abs(), step, rounding))
    return _multiple(value, step, rounding)


@function("number", name="CEILING.MATH", sql=_sql_upright("ceil"))
def CEILING_MATH(value: Number, step: Number = ONE, mode: Number = ZERO) -> Number:
    """The next multiple of `step` upwards, whatever the signs; away from zero when `mode` is not 0.

    >>> CEILING.MATH(-8.1, 2)
    -8
    >>> CEILING.MATH(-5.5, 2, 1)
    -6
    """
    return _upright(value, step, mode, numbers.CEILING)


@function("number", name="FLOOR.MATH", sql=_sql_upright("floor"))
def FLOOR_MATH(value: Number, step: Number = ONE, mode: Number = ZERO) -> Number:
    """The next multiple of `step` downwards, whatever the signs; towards zero when `mode` is not 0.

    >>> FLOOR.MATH(-8.1, 2)
    -10
    >>> FLOOR.MATH(-5.5, 2, 1)
    -4
    """
    return _upright(value, step, mode, numbers.FLOOR)


def _sql_parity(odd: int) -> Any:
    def form(call: SqlCall) -> Any:
        size = sa.func.ceil((sa.func.abs(call[0]) - odd) / 2) * 2 + odd
        return sa.func.greatest(size, odd) * (sa.func.sign(call[0]) if not odd else _sign_or_one(call[0]))

    return form


def _sign_or_one(value: ColumnElement[Any]) -> ColumnElement[Any]:
    return sa.case((value < 0, _number(-1)), else_=_number(1))


def _parity(value: Decimal, odd: int) -> Decimal:
    halves = SERIES.divide(SERIES.subtract(value.copy_abs(), odd), 2)
    size = SERIES.fma(round_to(halves, 0, numbers.CEILING), 2, odd)
    return CONTEXT.multiply(max(size, Decimal(odd)), -1 if value < 0 else 1)


@function("number", sql=_sql_parity(0))
def EVEN(value: Number) -> Number:
    """The next even number away from zero.

    >>> EVEN(1.5)
    2
    >>> EVEN(-3)
    -4
    """
    return _parity(value, 0)


@function("number", sql=_sql_parity(1))
def ODD(value: Number) -> Number:
    """The next odd number away from zero.

    >>> ODD(1.5)
    3
    >>> ODD(-2)
    -3
    """
    return _parity(value, 1)
