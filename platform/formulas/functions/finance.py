"""Loans, savings and investments; money paid out is negative, money received positive."""

from collections.abc import Callable
from decimal import Decimal

from joinery.formulas.function import Number, Numbers, function
from joinery.formulas.functions.values import decimals
from joinery.formulas.numbers import CONTEXT, ONE, SERIES, ZERO, as_quotient, whole
from joinery.formulas.operators import divide, power
from joinery.formulas.problem import DIVISION_BY_ZERO, WRONG_NUMBER, Failure

_TENTH = Decimal("0.1")
_MOST_ROUNDS = 100
#: How near two guesses are when the second is good, and how much rounding may be left in what is searched.
_NEAR, _LEFT = Decimal("1e-25"), Decimal("1e-15")
_MOST_PAYMENTS = 5_000


def _growth(rate: Decimal, periods: Decimal) -> Decimal:
    """What 1 becomes, with all its digits: so little is left of it at a rate near zero."""
    base = SERIES.add(ONE, rate)
    power(base, periods)
    return SERIES.power(base, periods) if base else ZERO


def _payments(rate: Decimal, periods: Decimal, at_start: Decimal) -> tuple[Decimal, Decimal]:
    """What 1 becomes after the periods, and what payments of 1 in each become."""
    if not rate:
        return ONE, periods
    growth = _growth(rate, periods)
    due = SERIES.add(ONE, rate) if at_start else ONE
    return growth, SERIES.divide(SERIES.multiply(due, SERIES.subtract(growth, ONE)), rate)


def _future(
    rate: Decimal, periods: Decimal, payment: Decimal, present: Decimal, at_start: Decimal
) -> Decimal:
    growth, paid = _payments(rate, periods, at_start)
    return SERIES.minus(SERIES.fma(present, growth, SERIES.multiply(payment, paid)))


def _payment(
    rate: Decimal, periods: Decimal, present: Decimal, future: Decimal, at_start: Decimal
) -> Decimal:
    if not periods:
        raise Failure(WRONG_NUMBER, "formula_no_periods")
    growth, paid = _payments(rate, periods, at_start)
    return divide(SERIES.minus(SERIES.fma(present, growth, future)), paid)


@function("finance", exact=False)
def PMT(
    rate: Number, periods: Number, present: Number, future: Number = ZERO, at_start: Number = ZERO
) -> Number:
    """The payment of each period for a loan; `at_start` is 1 when it is paid at the beginning of a period.

    >>> ROUND(PMT(8%/12, 10, 10000), 2)
    -1037.03
    """
    return as_quotient(_payment(rate, periods, present, future, at_start))


@function("finance", exact=False)
def FV(
    rate: Number, periods: Number, payment: Number, present: Number = ZERO, at_start: Number = ZERO
) -> Number:
    """What equal payments, and what is there at the beginning, have become after the periods.

    >>> ROUND(FV(6%/12, 10, -200, -500, 1), 2)
    2581.4
    """
    return as_quotient(_future(rate, periods, payment, present, at_start))


@function("finance", exact=False)
def PV(
    rate: Number, periods: Number, payment: Number, future: Number = ZERO, at_start: Number = ZERO
) -> Number:
    """What equal payments in the future are worth today.

    >>> ROUND(PV(8%/12, 12*20, 500), 2)
    -59777.15
    """
    growth, paid = _payments(rate, periods, at_start)
    return divide(SERIES.minus(SERIES.fma(payment, paid, future)), growth)


@function("finance", exact=False)
def NPER(
    rate: Number, payment: Number, present: Number, future: Number = ZERO, at_start: Number = ZERO
) -> Number:
    """How many periods it takes to pay off a loan or to save an amount.

    >>> ROUND(NPER(12%/12, -100, -1000, 10000, 1), 4)
    59.6739
    """
    if not rate:
        return divide(SERIES.minus(SERIES.add(present, future)), payment)
    paid = SERIES.multiply(payment, SERIES.add(ONE, rate) if at_start else ONE)
    over = SERIES.subtract(paid, SERIES.multiply(future, rate))
    under = SERIES.add(paid, SERIES.multiply(present, rate))
    if not under or SERIES.divide(over, under) <= 0 or rate <= -1:
        raise Failure(WRONG_NUMBER, "formula_no_solution")
    logarithm = SERIES.ln(SERIES.add(ONE, rate))
    return divide(SERIES.ln(SERIES.divide(over, under)), logarithm)


def _period(number: Decimal, periods: Decimal) -> int:
    if not 1 <= number < periods + 1:
        raise Failure(WRONG_NUMBER, "formula_no_such_item", count=max(whole(periods), 0))
    return whole(number)


def _interest(
    rate: Decimal, number: Decimal, periods: Decimal, present: Decimal, future: Decimal, at_start: Decimal
) -> tuple[Decimal, Decimal]:
    """The interest in a payment, and the payment."""
    place = _period(number, periods)
    payment = _payment(rate, periods, present, future, at_start)
    if at_start and place == 1:
        return ZERO, payment
    owed = _future(rate, Decimal(place - 1), payment, present, at_start)
    interest = SERIES.multiply(owed, rate)
    return (divide(interest, SERIES.add(ONE, rate)) if at_start else interest), payment


@function("finance", exact=False)
def IPMT(
    rate: Number,
    number: Number,
    periods: Number,
    present: Number,
    future: Number = ZERO,
    at_start: Number = ZERO,
) -> Number:
    """The interest in one of the payments for a loan: the first, the second ...

    >>> ROUND(IPMT(10%/12, 1, 3*12, 8000), 2)
    -66.67
    """
    return as_quotient(_interest(rate, number, periods, present, future, at_start)[0])


@function("finance", exact=False)
def PPMT(
    rate: Number,
    number: Number,
    periods: Number,
    present: Number,
    future: Number = ZERO,
    at_start: Number = ZERO,
) -> Number:
    """The repayment in one of the payments for a loan: the first, the second ...

    >>> ROUND(PPMT(10%/12, 1, 2*12, 2000), 2)
    -75.62
    """
    interest, payment = _interest(rate, number, periods, present, future, at_start)
    return as_quotient(SERIES.subtract(payment, interest))


@function("finance", exact=False)
def RATE(
    periods: Number,
    payment: Number,
    present: Number,
    future: Number = ZERO,
    at_start: Number = ZERO,
    guess: Number = _TENTH,
) -> Number:
    """The interest of one period of a loan, searched from a guess on; #NUM! when none is found.

    >>> ROUND(RATE(4*12, -200, 8000), 6)
    0.007701
    """
    if periods <= 0:
        raise Failure(WRONG_NUMBER, "formula_no_periods")

    def balance(rate: Decimal) -> Decimal:
        return SERIES.subtract(future, _future(rate, periods, payment, present, at_start))

    return as_quotient(_root(balance, guess))


def _worth(rate: Decimal, amounts: list[Decimal]) -> Decimal:
    """What amounts at the ends of periods are worth at the beginning of the first."""
    factor, total = SERIES.divide(ONE, SERIES.add(ONE, rate)), ZERO
    for amount in reversed(amounts):
        total = SERIES.multiply(SERIES.add(total, amount), factor)
    return total


def _amounts(values: tuple[object, ...]) -> list[Decimal]:
    found = decimals(values)
    if len(found) > _MOST_PAYMENTS:
        raise Failure(WRONG_NUMBER, "formula_too_many_payments", maximum=_MOST_PAYMENTS)
    return found


@function("finance", exact=False)
def NPV(rate: Number, amount: Numbers, *more: Numbers) -> Number:
    """What amounts at the ends of the coming periods are worth today.

    >>> ROUND(NPV(10%, -10000, 3000, 4200, 6800), 2)
    1188.44
    """
    if rate == -1:
        raise Failure(DIVISION_BY_ZERO, "formula_division_by_zero")
    return as_quotient(_worth(rate, _amounts((amount, *more))))


@function("finance", exact=False)
def IRR(amounts: Numbers, guess: Number = _TENTH) -> Number:
    """The interest at which amounts paid and received, one in each period, are worth nothing together.

    >>> ROUND(IRR(LIST(-70000, 12000, 15000, 18000, 21000, 26000)), 4)
    0.0866
    """
    found = _amounts((amounts,))
    if not found or min(found) >= 0 or max(found) <= 0:
        raise Failure(WRONG_NUMBER, "formula_no_solution")
    return as_quotient(_root(lambda rate: _worth(rate, found), guess))


def _root(of: Callable[[Decimal], Decimal], guess: Decimal) -> Decimal:
    """Where a curve is zero, by secants from a guess on."""
    before, at = guess, CONTEXT.add(guess, Decimal("0.001"))
    try:
        height_before, height = of(before), of(at)
        for _ in range(_MOST_ROUNDS):
            if height.copy_abs() < _LEFT * _LEFT or SERIES.subtract(at, before).copy_abs() < _NEAR:
                break
            rise = SERIES.subtract(height, height_before)
            step = SERIES.divide(SERIES.multiply(height, SERIES.subtract(at, before)), rise)
            before, height_before, at = at, height, SERIES.subtract(at, step)
            if at <= -1:
                at = SERIES.divide(SERIES.subtract(before, ONE), 2)
            height = of(at)
    except (ArithmeticError, Failure):
        raise Failure(WRONG_NUMBER, "formula_no_solution") from None
    if height.copy_abs() > _LEFT:
        raise Failure(WRONG_NUMBER, "formula_no_solution")
    return at


@function("finance", exact=False)
def SLN(cost: Number, rest: Number, periods: Number) -> Number:
    """What a thing loses in value in each period, always the same, until `rest` is left.

    >>> SLN(30000, 7500, 10)
    2250
    """
    return divide(CONTEXT.subtract(cost, rest), periods)


def _times_a_year(times: Decimal, rate: Decimal) -> Decimal:
    if times < 1 or rate <= 0:
        raise Failure(WRONG_NUMBER, "formula_no_solution")
    return Decimal(whole(times))


@function("finance", exact=False)
def EFFECT(rate: Number, times: Number) -> Number:
    """The interest of a whole year, of a yearly rate that is paid in several parts.

    >>> ROUND(EFFECT(5.25%, 4), 7)
    0.0535427
    """
    parts = _times_a_year(times, rate)
    return as_quotient(SERIES.subtract(_growth(divide(rate, parts), parts), ONE))


@function("finance", exact=False)
def NOMINAL(effective: Number, times: Number) -> Number:
    """The yearly rate that, paid in several parts, gives the interest of a whole year.

    >>> ROUND(NOMINAL(5.3543%, 4), 6)
    0.0525
    """
    parts = _times_a_year(times, effective)
    root = power(SERIES.add(ONE, effective), divide(ONE, parts))
    return as_quotient(SERIES.multiply(parts, SERIES.subtract(root, ONE)))
