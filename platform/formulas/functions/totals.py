"""Totals: sums, counts, means and extremes of values and lists."""

from collections.abc import Callable
from datetime import date, time, timedelta
from decimal import Decimal
from functools import reduce
from typing import Any

import sqlalchemy as sa
from sqlalchemy import ColumnElement

from joinery.formulas import list_sql
from joinery.formulas.core import SqlCall, SqlValue
from joinery.formulas.function import AnyItems, Number, Numbers, Same, Values, function
from joinery.formulas.functions.values import decimals, each
from joinery.formulas.numbers import CONTEXT, ONE, QUOTIENT_PLACES, ZERO
from joinery.formulas.numbers_in_text import looks_like_number, sql_looks_like_number
from joinery.formulas.operators import divide
from joinery.formulas.problem import WRONG_VALUE, Failure

_WIDE = sa.Numeric(300, QUOTIENT_PLACES + 6)


def _number(value: Decimal | int) -> ColumnElement[Any]:
    return sa.literal(Decimal(value))


def _extreme(name: str) -> Any:
    def form(call: SqlCall) -> SqlValue:
        value = getattr(sa.func, name)(*(list_sql.extreme(call, at, name) for at in range(len(call))))
        return SqlValue(value=value, blank=value.is_(None))

    return form


@function("statistics", blank="maybe", zero_for_none=True, sql=_extreme("greatest"))
def MAX(value: Values, *more: Values) -> Same:
    """The greatest of the values; blanks are skipped.

    >>> MAX(3, 7, 5)
    7
    >>> MAX(DATE(2026,1,1), DATE(2026,5,1))
    2026-05-01
    """
    return max(each((value, *more)), default=None)


@function("statistics", blank="maybe", zero_for_none=True, sql=_extreme("least"))
def MIN(value: Values, *more: Values) -> Same:
    """The least of the values; blanks are skipped.

    >>> MIN(3, 7, 5)
    3
    """
    return min(each((value, *more)), default=None)


def _filled(value: ColumnElement[Any], default: int) -> ColumnElement[Any]:
    return sa.func.coalesce(value, _number(default))


def _sql_sum(call: SqlCall) -> Any:
    return list_sql.over_all(call, list_sql.total)


def _sql_count(call: SqlCall) -> Any:
    return list_sql.over_all(call, list_sql.filled_count)


@function("statistics", sql=_sql_sum)
def SUM(value: Numbers, *more: Numbers) -> Number:
    """The sum of the numbers; blanks are skipped.

    >>> SUM(1, 2, 3.5)
    6.5
    """
    return reduce(CONTEXT.add, decimals((value, *more)), ZERO)


def _sql_average(call: SqlCall) -> SqlValue:
    count = _sql_count(call)
    wide = sa.cast(_sql_sum(call), _WIDE)
    value = sa.func.round(wide / sa.func.nullif(count, 0), QUOTIENT_PLACES)
    return SqlValue(value=value, error=count == 0)


@function("statistics", exact=False, sql=_sql_average)
def AVERAGE(value: Numbers, *more: Numbers) -> Number:
    """The mean of the numbers; blanks are skipped.

    >>> AVERAGE(1, 2, 6)
    3
    """
    counted = decimals((value, *more))
    return divide(reduce(CONTEXT.add, counted, ZERO), Decimal(len(counted)))


_COUNTED = frozenset({"number", "money", "percent", "boolean", "date", "datetime", "time", "duration"})


def _sql_counted(call: SqlCall, index: int) -> Any:
    of = call.node.operands[index].type
    kind = (of.item or of).kind
    if kind in _COUNTED:
        return list_sql.filled_count(call, index)
    if kind != "text":
        return _number(0)
    if not list_sql.is_list(call, index):
        return sa.cast(sa.func.num_nonnulls(_if_number(call[index])), sa.Numeric)
    counted = list_sql.folded(call, index, lambda item: sa.func.count(_if_number(item)))
    return sa.cast(counted, sa.Numeric)


def _if_number(text: ColumnElement[Any]) -> ColumnElement[Any]:
    return sa.case((sql_looks_like_number(text), text))


def _sql_count_numbers(call: SqlCall) -> Any:
    return list_sql.over_all(call, _sql_counted)


def _counts(value: Any) -> bool:
    if isinstance(value, str):
        return looks_like_number(value)
    return isinstance(value, (Decimal, bool, date, time, timedelta))


@function("statistics", sql=_sql_count_numbers)
def COUNT(value: AnyItems, *more: AnyItems) -> Number:
    """How many numbers and dates there are, also texts that look like a number; blanks are not counted.

    >>> COUNT(4, DATE(2026, 1, 31), "")
    2
    >>> COUNT(1, "2", "three")
    2
    """
    return Decimal(sum(_counts(one) for one in each((value, *more))))


def _filled_texts(call: SqlCall, index: int) -> Callable[[ColumnElement[Any]], ColumnElement[Any]]:
    """Makes a text without characters NULL."""
    of = call.node.operands[index].type
    is_text = (of.item or of).kind == "text"
    return lambda value: sa.func.nullif(value, "") if is_text else value


def _sql_filled(call: SqlCall, index: int) -> Any:
    filled = _filled_texts(call, index)
    if not list_sql.is_list(call, index):
        return sa.cast(sa.func.num_nonnulls(filled(call[index])), sa.Numeric)
    return sa.cast(list_sql.folded(call, index, lambda item: sa.func.count(filled(item))), sa.Numeric)


def _sql_count_all(call: SqlCall) -> Any:
    return list_sql.over_all(call, _sql_filled)


@function("statistics", sql=_sql_count_all)
def COUNTA(value: AnyItems, *more: AnyItems) -> Number:
    """How many values are not blank.

    >>> COUNTA(4, "x", "")
    2
    """
    return Decimal(sum(one != "" for one in each((value, *more))))


def _sql_blanks(call: SqlCall, index: int) -> Any:
    filled = _filled_texts(call, index)
    if not list_sql.is_list(call, index):
        return sa.cast(sa.func.num_nulls(filled(call[index])), sa.Numeric)
    # A list without items is one blank, as in Python.
    none = sa.case((call[index].is_(None), 1), else_=0)
    inside = list_sql.folded(call, index, lambda item: sa.func.count() - sa.func.count(filled(item)))
    return sa.cast(inside + none, sa.Numeric)


def _sql_count_blank(call: SqlCall) -> Any:
    return list_sql.over_all(call, _sql_blanks)


@function("statistics", sql=_sql_count_blank)
def COUNTBLANK(value: AnyItems, *more: AnyItems) -> Number:
    """How many values are blank.

    >>> COUNTBLANK(4, "", "x", "")
    2
    """
    blanks = 0
    for one in (value, *more):
        items = one if isinstance(one, tuple) else (one,)
        blanks += sum(item is None or item == "" for item in items)
    return Decimal(blanks)


@function("statistics")
def COUNTUNIQUE(value: AnyItems, *more: AnyItems) -> Number:
    """How many different values there are; blanks are not counted, and capitals make no difference.

    >>> COUNTUNIQUE("a", "A", "b", 1, 1)
    3
    """
    found = {
        (type(one), one.lower() if isinstance(one, str) else one) for one in each((value, *more)) if one != ""
    }
    return Decimal(len(found))


def _sql_product(call: SqlCall) -> Any:
    factors = reduce(lambda one, other: one * other, (_filled(value, 1) for value in call.values))
    return sa.case((sa.func.num_nonnulls(*call.values) == 0, _number(0)), else_=factors)


@function("statistics", sql=_sql_product, lists_in_sql=False)
def PRODUCT(value: Numbers, *more: Numbers) -> Number:
    """The product of the numbers; blanks are skipped.

    >>> PRODUCT(2, 3, 4)
    24
    """
    factors = decimals((value, *more))
    return reduce(CONTEXT.multiply, factors, ONE) if factors else ZERO


def _sql_squares(call: SqlCall, index: int) -> Any:
    if not list_sql.is_list(call, index):
        return _filled(call[index], 0) * _filled(call[index], 0)
    return list_sql.folded(call, index, lambda item: _filled(sa.func.sum(item * item), 0))


def _sql_sum_of_squares(call: SqlCall) -> Any:
    return list_sql.over_all(call, _sql_squares)


@function("statistics", sql=_sql_sum_of_squares)
def SUMSQ(value: Numbers, *more: Numbers) -> Number:
    """The sum of the squares of the numbers; blanks are skipped.

    >>> SUMSQ(3, 4)
    25
    """
    squares = (CONTEXT.multiply(one, one) for one in decimals((value, *more)))
    return reduce(CONTEXT.add, squares, ZERO)


@function("statistics")
def SUMPRODUCT(numbers: Numbers, *more: Numbers) -> Number:
    """The sum of the products of what stands at the same place of lists that are equally long.

    >>> SUMPRODUCT(LIST(2, 3), LIST(10, 100))
    320
    """
    lists = [one if isinstance(one, tuple) else (one,) for one in (numbers, *more)]
    if len({len(one) for one in lists}) > 1:
        raise Failure(WRONG_VALUE, "formula_lists_unequal")
    products = (
        reduce(CONTEXT.multiply, (ZERO if one is None else Decimal(one) for one in row), ONE)
        for row in zip(*lists, strict=True)
    )
    return reduce(CONTEXT.add, products, ZERO)
