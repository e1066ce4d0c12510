"""Angles: sines and their kin, exact to the decimals that are kept."""

from decimal import Decimal
from typing import Any

import sqlalchemy as sa

from joinery.formulas.core import SqlCall
from joinery.formulas.function import Number, function
from joinery.formulas.numbers import ONE, QUOTIENT_PLACES, SERIES, as_quotient
from joinery.formulas.problem import DIVISION_BY_ZERO, WRONG_NUMBER, Failure

#: With what it takes to turn large angles back into one turn.
_PI = Decimal("3.14159265358979323846264338327950288419716939937510582097494459230782")
_FULL_TURN, _QUARTER_TURN = SERIES.multiply(_PI, 2), SERIES.divide(_PI, 2)
_ONE_DEGREE, _ONE_RADIAN = SERIES.divide(_PI, 180), SERIES.divide(180, _PI)
#: The smallest term that counts, and the first angle that Excel refuses.
_TINY, _TOO_LARGE = Decimal("1e-45"), 2**27


def _sine(angle: Decimal) -> Decimal:
    """x - x^3/3! + x^5/5! ... of the angle brought near zero."""
    if angle.copy_abs() >= _TOO_LARGE:
        raise Failure(WRONG_NUMBER, "formula_number_too_large")
    turns = SERIES.divide(angle, _FULL_TURN).to_integral_value()
    total = term = SERIES.subtract(angle, SERIES.multiply(turns, _FULL_TURN))
    square, place = SERIES.multiply(term, term.copy_negate()), 3
    while term.copy_abs() > _TINY:
        term = SERIES.divide(SERIES.multiply(term, square), (place - 1) * place)
        total = SERIES.add(total, term)
        place += 2
    return total


def _cosine(angle: Decimal) -> Decimal:
    return _sine(SERIES.add(angle, _QUARTER_TURN))


def _arctangent(value: Decimal) -> Decimal:
    if value.copy_abs() > 1:
        quarter = _QUARTER_TURN.copy_sign(value)
        return SERIES.subtract(quarter, _arctangent(SERIES.divide(ONE, value)))
    for _ in range(3):
        # Three times half the angle: the rest of the series is short.
        root = SERIES.sqrt(SERIES.add(ONE, SERIES.multiply(value, value)))
        value = SERIES.divide(value, SERIES.add(ONE, root))
    total, power, square, place = value, value, SERIES.multiply(value, value.copy_negate()), 3
    while power.copy_abs() > _TINY:
        power = SERIES.multiply(power, square)
        total = SERIES.add(total, SERIES.divide(power, place))
        place += 2
    return SERIES.multiply(total, 8)


def _arcsine(value: Decimal) -> Decimal:
    if value.copy_abs() > 1:
        raise Failure(WRONG_NUMBER, "formula_not_a_sine")
    if value.copy_abs() == 1:
        return _QUARTER_TURN.copy_sign(value)
    root = SERIES.sqrt(SERIES.subtract(ONE, SERIES.multiply(value, value)))
    return _arctangent(SERIES.divide(value, root))


def _quotient(value: Decimal, divisor: Decimal) -> Decimal:
    if not divisor:
        raise Failure(DIVISION_BY_ZERO, "formula_division_by_zero")
    return as_quotient(SERIES.divide(value, divisor))


def _sql_times(factor: Decimal) -> Any:
    def form(call: SqlCall) -> Any:
        return sa.func.round(call[0] * sa.literal(factor), QUOTIENT_PLACES)

    return form


@function("number", exact=False, sql=lambda call: sa.literal(as_quotient(_PI)))
def PI() -> Number:
    """The number pi, to 20 decimals.

    >>> ROUND(PI(), 4)
    3.1416
    """
    return as_quotient(_PI)


@function("number", exact=False, sql=_sql_times(_ONE_DEGREE))
def RADIANS(degrees: Number) -> Number:
    """An angle in degrees as one in radians.

    >>> ROUND(RADIANS(180), 4)
    3.1416
    """
    return as_quotient(SERIES.multiply(degrees, _ONE_DEGREE))


@function("number", exact=False, sql=_sql_times(_ONE_RADIAN))
def DEGREES(angle: Number) -> Number:
    """An angle in radians as one in degrees.

    >>> ROUND(DEGREES(PI()), 10)
    180
    """
    return as_quotient(SERIES.multiply(angle, _ONE_RADIAN))


@function("number", exact=False)
def SIN(angle: Number) -> Number:
    """The sine of an angle in radians.

    >>> ROUND(SIN(RADIANS(30)), 10)
    0.5
    """
    return as_quotient(_sine(angle))


@function("number", exact=False)
def COS(angle: Number) -> Number:
    """The cosine of an angle in radians.

    >>> ROUND(COS(RADIANS(60)), 10)
    0.5
    """
    return as_quotient(_cosine(angle))


@function("number", exact=False)
def TAN(angle: Number) -> Number:
    """The tangent of an angle in radians.

    >>> ROUND(TAN(RADIANS(45)), 10)
    1
    """
    return _quotient(_sine(angle), _cosine(angle))


@function("number", exact=False)
def COT(angle: Number) -> Number:
    """The cotangent of an angle in radians; #DIV/0! for 0.

    >>> ROUND(COT(RADIANS(45)), 10)
    1
    """
    return _quotient(_cosine(angle), _sine(angle))


@function("number", exact=False)
def ASIN(value: Number) -> Number:
    """The angle in radians that has a sine.

    >>> ROUND(DEGREES(ASIN(-0.5)), 10)
    -30
    """
    return as_quotient(_arcsine(value))


@function("number", exact=False)
def ACOS(value: Number) -> Number:
    """The angle in radians that has a cosine.

    >>> ROUND(DEGREES(ACOS(-0.5)), 10)
    120
    """
    return as_quotient(SERIES.subtract(_QUARTER_TURN, _arcsine(value)))


@function("number", exact=False)
def ATAN(value: Number) -> Number:
    """The angle in radians that has a tangent.

    >>> ROUND(DEGREES(ATAN(1)), 10)
    45
    """
    return as_quotient(_arctangent(value))


@function("number", exact=False)
def ATAN2(x: Number, y: Number) -> Number:
    """The angle in radians between the x axis and the line to the point (x, y), from -pi to pi.

    >>> ROUND(DEGREES(ATAN2(-1, -1)), 10)
    -135
    """
    if not x:
        if not y:
            raise Failure(DIVISION_BY_ZERO, "formula_division_by_zero")
        return as_quotient(_QUARTER_TURN.copy_sign(y))
    angle = _arctangent(SERIES.divide(y, x))
    if x < 0:
        half_turn = _PI.copy_sign(y) if y else _PI
        angle = SERIES.add(angle, half_turn)
    return as_quotient(angle)
