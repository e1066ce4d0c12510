"""Statistics over values and lists: the middle, the spread, places in the order."""

from collections import Counter
from collections.abc import Callable
from decimal import Decimal

from joinery.formulas.function import Number, Numbers, alias, function
from joinery.formulas.functions.values import decimals
from joinery.formulas.numbers import CONTEXT, SERIES, ZERO, as_quotient, whole
from joinery.formulas.operators import divide
from joinery.formulas.problem import DIVISION_BY_ZERO, NOT_AVAILABLE, WRONG_NUMBER, Failure

_HALF, _QUARTER = Decimal("0.5"), Decimal("0.25")


def _sorted(values: tuple[object, ...]) -> list[Decimal]:
    found = sorted(decimals(values))
    if not found:
        raise Failure(WRONG_NUMBER, "formula_no_numbers")
    return found


def _at_share(ordered: list[Decimal], share: Decimal) -> Decimal:
    """The value below which that share of the others lies, between two of them where it must be."""
    place = CONTEXT.multiply(share, Decimal(len(ordered) - 1))
    below = whole(place)
    if below + 1 == len(ordered):
        return ordered[below]
    step = CONTEXT.subtract(ordered[below + 1], ordered[below])
    return CONTEXT.add(ordered[below], CONTEXT.multiply(step, CONTEXT.subtract(place, below)))


@function("statistics")
def MEDIAN(value: Numbers, *more: Numbers) -> Number:
    """The number in the middle, or the mean of the two in the middle; blanks are skipped.

    >>> MEDIAN(1, 9, 3)
    3
    >>> MEDIAN(1, 2, 3, 4)
    2.5
    """
    return _at_share(_sorted((value, *more)), _HALF)


@function("statistics")
def MODE(value: Numbers, *more: Numbers) -> Number:
    """The number that occurs most often, of several the first; #N/A when none occurs twice.

    >>> MODE(5.6, 4, 4, 3, 2, 4)
    4
    """
    counted = Counter(decimals((value, *more)))
    found, times = max(counted.items(), key=lambda one: one[1], default=(ZERO, 0))
    if times < 2:
        raise Failure(NOT_AVAILABLE, "formula_none_twice")
    return found


def _variance(values: tuple[object, ...], fewer: int) -> Decimal:
    """The mean of the squared distances from the mean, with so many `fewer` in the divisor."""
    found = decimals(values)
    if len(found) <= fewer:
        raise Failure(DIVISION_BY_ZERO, "formula_too_few_numbers", needed=fewer + 1)
    total = squares = ZERO
    for one in found:
        total, squares = CONTEXT.add(total, one), CONTEXT.add(squares, CONTEXT.multiply(one, one))
    count = Decimal(len(found))
    spread = CONTEXT.subtract(CONTEXT.multiply(squares, count), CONTEXT.multiply(total, total))
    return divide(spread, count * (count - fewer))


def _root(value: Decimal) -> Decimal:
    return as_quotient(SERIES.sqrt(value))


@function("statistics", exact=False)
def VAR(value: Numbers, *more: Numbers) -> Number:
    """The variance estimated from a sample; blanks are skipped.

    >>> VAR(2, 4, 4, 6)
    2.66666666666666666667
    """
    return _variance((value, *more), 1)


@function("statistics", exact=False)
def VARP(value: Numbers, *more: Numbers) -> Number:
    """The variance when the numbers are all there are; blanks are skipped.

    >>> VARP(2, 4, 4, 6)
    2
    """
    return _variance((value, *more), 0)


@function("statistics", exact=False)
def STDEV(value: Numbers, *more: Numbers) -> Number:
    """The standard deviation estimated from a sample; blanks are skipped.

    >>> STDEV(2, 4, 6)
    2
    """
    return _root(_variance((value, *more), 1))


@function("statistics", exact=False)
def STDEVP(value: Numbers, *more: Numbers) -> Number:
    """The standard deviation when the numbers are all there are; blanks are skipped.

    >>> STDEVP(2, 4, 4, 4, 5, 5, 7, 9)
    2
    """
    return _root(_variance((value, *more), 0))


def _placed(values: object, place: Decimal, choose: Callable[[list[Decimal], int], Decimal]) -> Decimal:
    found, number = _sorted((values,)), whole(place)
    if not 1 <= number <= len(found):
        raise Failure(WRONG_NUMBER, "formula_no_such_item", count=len(found))
    return choose(found, number)


@function("statistics")
def LARGE(values: Numbers, place: Number) -> Number:
    """The greatest number of a list (`place` 1), the second greatest (2) and so on.

    >>> LARGE(LIST(3, 5, 3, 4), 2)
    4
    """
    return _placed(values, place, lambda found, number: found[-number])


@function("statistics")
def SMALL(values: Numbers, place: Number) -> Number:
    """The least number of a list (`place` 1), the second least (2) and so on.

    >>> SMALL(LIST(3, 5, 3, 4), 3)
    4
    """
    return _placed(values, place, lambda found, number: found[number - 1])


@function("statistics")
def RANK(value: Number, values: Numbers, ascending: Number = ZERO) -> Number:
    """The place of a number in a list, the greatest first, or the least when `ascending` is not 0.

    Equal numbers have the same place. #N/A when the list has no such number.

    >>> RANK(4, LIST(7, 4, 4, 2))
    2
    >>> RANK(7, LIST(7, 4, 4, 2), 1)
    4
    """
    found = decimals((values,))
    if value not in found:
        raise Failure(NOT_AVAILABLE, "formula_not_in_list")
    return Decimal(1 + sum((one < value) if ascending else (one > value) for one in found))


@function("statistics")
def PERCENTILE(values: Numbers, share: Number) -> Number:
    """The value below which a share (0 to 1) of the others lies, between two numbers where it must be.

    >>> PERCENTILE(LIST(1, 2, 3, 4), 0.3)
    1.9
    """
    found = _sorted((values,))
    if not 0 <= share <= 1:
        raise Failure(WRONG_NUMBER, "formula_not_a_share")
    return _at_share(found, share)


@function("statistics")
def QUARTILE(values: Numbers, quarter: Number) -> Number:
    """The value below which so many quarters (0 to 4) of the others lie.

    >>> QUARTILE(LIST(1, 2, 4, 7, 8, 9, 10, 12), 1)
    3.5
    """
    found, number = _sorted((values,)), whole(quarter)
    if not 0 <= number <= 4:
        raise Failure(WRONG_NUMBER, "formula_not_a_share")
    return _at_share(found, number * _QUARTER)


for _name, _of in {
    "MODE.SNGL": "MODE",
    "VAR.S": "VAR",
    "VAR.P": "VARP",
    "STDEV.S": "STDEV",
    "STDEV.P": "STDEVP",
    "RANK.EQ": "RANK",
    "PERCENTILE.INC": "PERCENTILE",
    "QUARTILE.INC": "QUARTILE",
}.items():
    alias(_name, of=_of)
