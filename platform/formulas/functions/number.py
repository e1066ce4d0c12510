"""Numbers: rounding, sums, powers."""

from collections.abc import Iterator
from decimal import Decimal
from functools import reduce
from typing import Any

import sqlalchemy as sa
from sqlalchemy import ColumnElement

from joinery.formulas import list_sql, numbers
from joinery.formulas.core import SqlCall, SqlValue
from joinery.formulas.function import Anything, Number, Numbers, Same, Values, function
from joinery.formulas.numbers import CONTEXT, ONE, SERIES, ZERO, as_quotient, round_to, whole
from joinery.formulas.operators import POWER as POWER_OPERATION
from joinery.formulas.operators import divide
from joinery.formulas.problem import DIVISION_BY_ZERO, WRONG_NUMBER, Failure
from joinery.formulas.sql_values import integer

_TEN = Decimal(10)
_PI = Decimal("3.14159265358979323846")
_WIDE = sa.Numeric(300, numbers.QUOTIENT_PLACES + 6)


def _places(digits: Decimal) -> int:
    return max(-200, min(200, whole(digits)))


def _number(value: Decimal | int) -> ColumnElement[Any]:
    return sa.literal(Decimal(value))


def _sql_digits(call: SqlCall, index: int = 1) -> ColumnElement[Any]:
    return integer(call, index, 0, 200)


@function("number", sql=lambda call: sa.func.abs(call[0]))
def ABS(value: Number) -> Number:
    """The number without its sign.

    >>> ABS(-2.5)
    2.5
    """
    return abs(value)


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


def _each(values: tuple[Any, ...]) -> Iterator[Any]:
    for value in values:
        if isinstance(value, tuple):
            yield from (item for item in value if item is not None)
        elif value is not None:
            yield value


def _decimals(values: tuple[Any, ...]) -> list[Decimal]:
    return [Decimal(value) if type(value) is int else value for value in _each(values)]


def _extreme(name: str) -> Any:
    def form(call: SqlCall) -> SqlValue:
        value = getattr(sa.func, name)(*(list_sql.extreme(call, at, name) for at in range(len(call))))
        return SqlValue(value=value, blank=value.is_(None))

    return form


@function("number", blank="maybe", zero_for_none=True, sql=_extreme("greatest"))
def MAX(value: Values, *more: Values) -> Same:
    """The greatest of the values; blanks are skipped.

    >>> MAX(3, 7, 5)
    7
    >>> MAX(DATE(2026,1,1), DATE(2026,5,1))
    2026-05-01
    """
    return max(_each((value, *more)), default=None)


@function("number", blank="maybe", zero_for_none=True, sql=_extreme("least"))
def MIN(value: Values, *more: Values) -> Same:
    """The least of the values; blanks are skipped.

    >>> MIN(3, 7, 5)
    3
    """
    return min(_each((value, *more)), default=None)


def _filled(value: ColumnElement[Any], default: int) -> ColumnElement[Any]:
    return sa.func.coalesce(value, _number(default))


def _sql_sum(call: SqlCall) -> Any:
    return list_sql.over_all(call, list_sql.total)


def _sql_count(call: SqlCall) -> Any:
    return list_sql.over_all(call, list_sql.filled_count)


@function("number", sql=_sql_sum)
def SUM(value: Numbers, *more: Numbers) -> Number:
    """The sum of the numbers; blanks are skipped.

    >>> SUM(1, 2, 3.5)
    6.5
    """
    return reduce(CONTEXT.add, _decimals((value, *more)), ZERO)


def _sql_average(call: SqlCall) -> SqlValue:
    count = _sql_count(call)
    wide = sa.cast(_sql_sum(call), _WIDE)
    value = sa.func.round(wide / sa.func.nullif(count, 0), numbers.QUOTIENT_PLACES)
    return SqlValue(value=value, error=count == 0)


@function("number", exact=False, sql=_sql_average)
def AVERAGE(value: Numbers, *more: Numbers) -> Number:
    """The mean of the numbers; blanks are skipped.

    >>> AVERAGE(1, 2, 6)
    3
    """
    counted = _decimals((value, *more))
    return divide(reduce(CONTEXT.add, counted, ZERO), Decimal(len(counted)))


@function("number", sql=_sql_count)
def COUNT(value: Numbers, *more: Numbers) -> Number:
    """How many numbers there are; blanks are not counted.

    >>> COUNT(4, 5, "")
    2
    """
    return Decimal(len(_decimals((value, *more))))


def _sql_count_all(call: SqlCall) -> Any:
    counted = [
        sa.func.nullif(value, "") if call.kind(index) == "text" else value
        for index, value in enumerate(call.values)
        if call.kind(index) != "list"
    ]
    items = [list_sql.filled_count(call, at) for at in range(len(call)) if list_sql.is_list(call, at)]
    singles = sa.func.num_nonnulls(*counted) if counted else sa.literal(0)
    return sa.cast(sum(items, singles), sa.Numeric)


@function("number", sql=_sql_count_all)
def COUNTA(value: Anything, *more: Anything) -> Number:
    """How many values are not blank.

    >>> COUNTA(4, "x", "")
    2
    """
    return Decimal(sum(one != "" for one in _each((value, *more))))


def _sql_product(call: SqlCall) -> Any:
    factors = reduce(lambda one, other: one * other, (_filled(value, 1) for value in call.values))
    return sa.case((sa.func.num_nonnulls(*call.values) == 0, _number(0)), else_=factors)


@function("number", sql=_sql_product, lists_in_sql=False)
def PRODUCT(value: Numbers, *more: Numbers) -> Number:
    """The product of the numbers; blanks are skipped.

    >>> PRODUCT(2, 3, 4)
    24
    """
    factors = _decimals((value, *more))
    return reduce(CONTEXT.multiply, factors, ONE) if factors else ZERO


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


@function("number", sql=lambda call: sa.literal(_PI))
def PI() -> Number:
    """The number pi, to 20 decimals.

    >>> ROUND(PI(), 4)
    3.1416
    """
    return _PI


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


def _sql_parity(odd: int) -> Any:
    def form(call: SqlCall) -> Any:
        size = sa.func.ceil((sa.func.abs(call[0]) - odd) / 2) * 2 + odd
        return sa.func.greatest(size, odd) * (sa.func.sign(call[0]) if not odd else _sign_or_one(call[0]))

    return form


def _sign_or_one(value: ColumnElement[Any]) -> ColumnElement[Any]:
    return sa.case((value < 0, _number(-1)), else_=_number(1))


def _parity(value: Decimal, odd: int) -> Decimal:
    size = round_to(CONTEXT.divide(abs(value) - odd, Decimal(2)), 0, numbers.CEILING) * 2 + odd
    return max(size, Decimal(odd)) * (-1 if value < 0 else 1)


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
