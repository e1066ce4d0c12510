"""Numbers: division and its rests, powers, roots, logarithms, counting of arrangements."""

from decimal import Decimal
from functools import reduce
from math import factorial, gcd, lcm
from typing import Any

import sqlalchemy as sa
from sqlalchemy import ColumnElement

from joinery.formulas import numbers
from joinery.formulas.core import SqlCall, SqlValue
from joinery.formulas.function import Number, function
from joinery.formulas.numbers import CONTEXT, SERIES, ZERO, as_quotient, whole
from joinery.formulas.operators import POWER as POWER_OPERATION
from joinery.formulas.problem import DIVISION_BY_ZERO, WRONG_NUMBER, Failure

_TEN = Decimal(10)
#: Whole numbers above it have more digits than a number may have.
_LARGEST = 10 ** (numbers.MAXIMUM_EXPONENT + 1) - 1
_MOST_FACTORS = 69
_WIDE = sa.Numeric(300, numbers.QUOTIENT_PLACES + 6)


def _number(value: Decimal | int) -> ColumnElement[Any]:
    return sa.literal(Decimal(value))


@function("number", sql=lambda call: sa.func.abs(call[0]))
def ABS(value: Number) -> Number:
    """The number without its sign.

    >>> ABS(-2.5)
    2.5
    """
    return value.copy_abs()


def _sql_mod(call: SqlCall) -> SqlValue:
    value, divisor = call[0], call[1]
    rest = sa.func.mod(value, sa.func.nullif(divisor, 0))
    shifted = sa.func.mod(rest + divisor, sa.func.nullif(divisor, 0))
    return SqlValue(value=shifted, error=divisor == 0)


@function("number", sql=_sql_mod)
def MOD(value: Number, divisor: Number) -> Number:
    """The rest of a division; it has the sign of the divisor.

    >>> MOD(7, 3)
    1
    >>> MOD(-7, 3)
    2
    """
    if not divisor:
        raise Failure(DIVISION_BY_ZERO, "formula_division_by_zero")
    rest = CONTEXT.remainder(value, divisor)
    return CONTEXT.add(rest, divisor) if rest and (rest < 0) != (divisor < 0) else CONTEXT.add(rest, ZERO)


@function("number", exact=False, sql=POWER_OPERATION.sql)
def POWER(base: Number, exponent: Number) -> Number:
    """`base` to the power of `exponent`, the same as base ^ exponent.

    >>> POWER(2, 10)
    1024
    >>> POWER(16, 0.5)
    4
    """
    result: Decimal = POWER_OPERATION.python(base, exponent)
    return result


def _sql_root(call: SqlCall) -> SqlValue:
    root = sa.func.sqrt(sa.cast(sa.func.greatest(call[0], 0), _WIDE))
    return SqlValue(value=sa.func.round(root, numbers.QUOTIENT_PLACES), error=call[0] < 0)


@function("number", exact=False, sql=_sql_root)
def SQRT(value: Number) -> Number:
    """The square root.

    >>> SQRT(16)
    4
    """
    if value < 0:
        raise Failure(WRONG_NUMBER, "formula_negative_root")
    return as_quotient(value.sqrt(SERIES))


@function("number", sql=lambda call: sa.func.sign(call[0]))
def SIGN(value: Number) -> Number:
    """1, 0 or -1 for a positive number, zero, a negative number.

    >>> SIGN(-3)
    -1
    """
    return Decimal((value > 0) - (value < 0))


def _sql_exp(call: SqlCall) -> SqlValue:
    bounded = sa.func.least(sa.func.greatest(call[0], -200), 228)
    value = sa.func.round(sa.func.exp(sa.cast(bounded, _WIDE)), numbers.QUOTIENT_PLACES)
    return SqlValue(value=value, error=call[0] > 228)


@function("number", exact=False, sql=_sql_exp)
def EXP(value: Number) -> Number:
    """e to the power of the number.

    >>> ROUND(EXP(1), 5)
    2.71828
    """
    if value > 228:
        raise Failure(WRONG_NUMBER, "formula_number_too_large")
    return as_quotient(max(value, Decimal(-200)).exp(SERIES))


def _logarithm(value: Decimal) -> Decimal:
    if value <= 0:
        raise Failure(WRONG_NUMBER, "formula_logarithm")
    return value.ln(SERIES)


def _sql_log(call: SqlCall, base: ColumnElement[Any] | None) -> SqlValue:
    value = sa.cast(_positive(call[0]), _WIDE)
    wrong = call[0] <= 0
    if base is None:
        return SqlValue(value=sa.func.round(sa.func.ln(value), numbers.QUOTIENT_PLACES), error=wrong)
    divisor = sa.func.nullif(sa.func.ln(sa.cast(_positive(base), _WIDE)), 0)
    quotient = sa.func.round(sa.func.ln(value) / divisor, numbers.QUOTIENT_PLACES)
    return SqlValue(value=quotient, error=sa.or_(wrong, base <= 0, base == 1))


def _positive(value: ColumnElement[Any]) -> ColumnElement[Any]:
    return sa.case((value > 0, value), else_=_number(1))


@function("number", exact=False, sql=lambda call: _sql_log(call, None))
def LN(value: Number) -> Number:
    """The natural logarithm.

    >>> LN(1)
    0
    """
    return as_quotient(_logarithm(value))


@function("number", exact=False, sql=lambda call: _sql_log(call, call[1] if len(call) > 1 else _number(10)))
def LOG(value: Number, base: Number = _TEN) -> Number:
    """The logarithm to a base (10 when left out).

    >>> LOG(8, 2)
    3
    """
    logarithm, divisor = _logarithm(value), _logarithm(base)
    if not divisor:
        raise Failure(DIVISION_BY_ZERO, "formula_division_by_zero")
    return as_quotient(SERIES.divide(logarithm, divisor))


@function("number", exact=False, sql=lambda call: _sql_log(call, _number(10)))
def LOG10(value: Number) -> Number:
    """The logarithm to the base 10.

    >>> LOG10(1000)
    3
    """
    return LOG(value)


def _sql_quotient(call: SqlCall) -> SqlValue:
    quotient = sa.func.div(call[0], sa.func.nullif(call[1], 0))
    return SqlValue(value=quotient, error=call[1] == 0)


@function("number", sql=_sql_quotient)
def QUOTIENT(value: Number, divisor: Number) -> Number:
    """The whole part of a division.

    >>> QUOTIENT(7, 2)
    3
    >>> QUOTIENT(-7, 2)
    -3
    """
    if not divisor:
        raise Failure(DIVISION_BY_ZERO, "formula_division_by_zero")
    return CONTEXT.add(CONTEXT.divide_int(value, divisor), ZERO)


def _whole_operands(values: tuple[Decimal, ...]) -> list[int]:
    found = [whole(value) for value in values]
    if min(found) < 0:
        raise Failure(WRONG_NUMBER, "formula_negative_number")
    return found


def _sql_folded(name: str) -> Any:
    def form(call: SqlCall) -> SqlValue:
        cut = [sa.func.abs(sa.func.trunc(value)) for value in call.values]
        folded = reduce(lambda one, other: getattr(sa.func, name)(one, other), cut)
        wrong = sa.or_(*(sa.func.trunc(value) < 0 for value in call.values))
        return SqlValue(value=folded, error=wrong)

    return form


@function("number", sql=_sql_folded("gcd"))
def GCD(value: Number, *more: Number) -> Number:
    """The greatest whole number that divides all the numbers.

    >>> GCD(24, 36)
    12
    """
    return Decimal(gcd(*_whole_operands((value, *more))))


@function("number", sql=_sql_folded("lcm"))
def LCM(value: Number, *more: Number) -> Number:
    """The least whole number that all the numbers divide.

    >>> LCM(24, 36)
    72
    """
    return CONTEXT.add(Decimal(lcm(*_whole_operands((value, *more)))), ZERO)


def _sql_factorial(call: SqlCall) -> SqlValue:
    wrong = sa.or_(call[0] <= -1, call[0] >= _MOST_FACTORS + 1)
    factors = sa.case((wrong, _number(0)), else_=sa.func.trunc(call[0]))
    return SqlValue(value=sa.func.factorial(sa.cast(factors, sa.BigInteger)), error=wrong)


@function("number", sql=_sql_factorial)
def FACT(value: Number) -> Number:
    """The product of all whole numbers from 1 to the number.

    >>> FACT(5)
    120
    """
    factors = _whole_operands((value,))[0]
    if factors > _MOST_FACTORS:
        raise Failure(WRONG_NUMBER, "formula_number_too_large")
    return Decimal(factorial(factors))


def _chosen(count: Decimal, chosen: Decimal) -> tuple[int, int]:
    number, size = _whole_operands((count, chosen))
    if size > number:
        raise Failure(WRONG_NUMBER, "formula_more_than_there_are")
    return number, size


@function("number")
def COMBIN(count: Number, chosen: Number) -> Number:
    """In how many ways `chosen` things can be picked out of `count`, whatever their order.

    >>> COMBIN(8, 2)
    28
    """
    number, size = _chosen(count, chosen)
    size, result = min(size, number - size), 1
    for place in range(1, size + 1):
        # At least doubles with each step, so it is too large long before there are many.
        result = result * (number - size + place) // place
        if result > _LARGEST:
            raise Failure(WRONG_NUMBER, "formula_number_too_large")
    return Decimal(result)


@function("number")
def PERMUT(count: Number, chosen: Number) -> Number:
    """In how many ways `chosen` things can be picked out of `count` one after the other.

    >>> PERMUT(100, 3)
    970200
    """
    number, size = _chosen(count, chosen)
    result = 1
    for factor in range(number, number - size, -1):
        result *= factor
        if result > _LARGEST:
            raise Failure(WRONG_NUMBER, "formula_number_too_large")
    return Decimal(result)
