"""Exact decimal arithmetic: one context for the whole language, and Excel's ways of rounding.

Sums and products are exact. A quotient (root, logarithm ...) is kept to `QUOTIENT_PLACES` decimals
while arithmetic goes on and settled to `SETTLED_PLACES` as soon as anything else uses it, so that
1/3*3 = 1. PostgreSQL computes the same because its `numeric` is told to keep the same decimals.
"""

from decimal import (
    ROUND_CEILING,
    ROUND_DOWN,
    ROUND_FLOOR,
    ROUND_HALF_UP,
    ROUND_UP,
    Context,
    Decimal,
    DivisionByZero,
    InvalidOperation,
    Overflow,
)

from joinery.formulas.problem import WRONG_NUMBER, Failure

QUOTIENT_PLACES = 30
SETTLED_PLACES = 20
#: A result from 1E+100 on is the error #NUM!.
MAXIMUM_EXPONENT = 99

CONTEXT = Context(
    prec=160,
    rounding=ROUND_HALF_UP,
    Emin=-9999,
    Emax=MAXIMUM_EXPONENT,
    traps=[Overflow, InvalidOperation, DivisionByZero],
)
#: For what is computed by series: a few more digits than the largest number has with the decimals kept.
_TRAPS = [InvalidOperation, DivisionByZero]
SERIES = Context(prec=140, rounding=ROUND_HALF_UP, Emin=-9999, Emax=9999, traps=_TRAPS)

ZERO = Decimal(0)
ONE = Decimal(1)
_QUOTIENT_STEP = Decimal(1).scaleb(-QUOTIENT_PLACES)
_SETTLED_STEP = Decimal(1).scaleb(-SETTLED_PLACES)

HALF_AWAY, UP, DOWN, FLOOR, CEILING = ROUND_HALF_UP, ROUND_UP, ROUND_DOWN, ROUND_FLOOR, ROUND_CEILING


def round_to(value: Decimal, places: int, rounding: str = HALF_AWAY) -> Decimal:
    """`value` with at most `places` decimals (negative: tens, hundreds ...); never minus zero."""
    exponent = value.as_tuple().exponent
    if isinstance(exponent, int) and -exponent <= places:
        return value
    if places < -MAXIMUM_EXPONENT:
        return ZERO
    rounded = value.quantize(Decimal(1).scaleb(-places), rounding, CONTEXT)
    return CONTEXT.add(rounded, ZERO)


def as_quotient(value: Decimal) -> Decimal:
    """An inexact result with the decimals that are kept while arithmetic goes on."""
    # A zero has an exponent of its own, which means nothing.
    if value and value.adjusted() > MAXIMUM_EXPONENT:
        raise Failure(WRONG_NUMBER, "formula_number_too_large")
    return value.quantize(_QUOTIENT_STEP, ROUND_HALF_UP, CONTEXT)


def settle(value: Decimal | None) -> Decimal | None:
    """An inexact number rounded to the decimals that are shown, stored and compared."""
    # Never minus zero.
    return value if value is None else value.quantize(_SETTLED_STEP, ROUND_HALF_UP, CONTEXT) or ZERO


def is_whole(value: Decimal) -> bool:
    """Whether there is nothing behind the point."""
    return value == value.to_integral_value()


def whole(value: Decimal) -> int:
    """The number without what stands behind the point, as Excel takes counts and positions."""
    return int(value)


def plain(value: Decimal) -> str:
    """The number as text: all digits, no exponent, no zeros at the end."""
    text = format(value, "f")
    if "." in text:
        text = text.rstrip("0").rstrip(".")
    return "0" if text in ("-0", "") else text
