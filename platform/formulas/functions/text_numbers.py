"""Numbers as text and texts as numbers."""

from decimal import Decimal

from joinery.formulas import numbers
from joinery.formulas.context import EvaluationContext
from joinery.formulas.function import Anything, Number, Text, Truth, function
from joinery.formulas.number_formats import format_value
from joinery.formulas.numbers import CONTEXT, ZERO, round_to, whole
from joinery.formulas.numbers_in_text import number_from_text
from joinery.formulas.problem import WRONG_VALUE, Failure
from joinery.formulas.text_limits import within_length

_TWO = Decimal(2)
_MOST_DIGITS = 127


@function("text")
def TEXT(context: EvaluationContext, value: Anything, format: Text) -> Text:
    """The value as text by one of Excel's formats.

    Numbers: 0 # ? for digits, comma, point, %, E+00, # ?/?, up to four sections parted by ";" (positive;
    negative; zero; text). Dates: yyyy mm dd, mmm mmmm, ddd dddd aaaa, hh mm ss, AM/PM; [h] counts all hours.
    Text in quotation marks is shown as it is.

    >>> TEXT(1234.5, "#,##0.00")
    '1,234.50'
    >>> TEXT(0.256, "0.0%")
    '25.6%'
    >>> TEXT(DATE(2026,1,31), "yyyy/MM/dd")
    '2026/01/31'
    """
    return within_length(format_value(context, value, format))


@function("text", sql=lambda call: call[0])
def VALUE(text: Number) -> Number:
    """The number written in a text, also one with %, a currency or brackets; #VALUE! when it is none.

    >>> VALUE("$1,234.5")
    1234.5
    >>> VALUE("15%")
    0.15
    >>> VALUE("(5)")
    -5
    """
    return text


@function("text")
def NUMBERVALUE(text: Text, decimal_sign: Text = ".", group_sign: Text = ",") -> Number:
    """The number written in a text with other signs for decimals and groups; #VALUE! when it is none.

    >>> NUMBERVALUE("2.500,27", ",", ".")
    2500.27
    >>> NUMBERVALUE("3 . 5 %")
    0.035
    """
    point, group = decimal_sign[:1] or ".", group_sign[:1] or ","
    digits = "".join(text.split())
    amount = digits.rstrip("%")
    before, found, after = amount.partition(point)
    if point == group or group in after or point in after:
        raise Failure(WRONG_VALUE, "formula_not_a_number", value=text[:40])
    before = before.replace(group, "")
    if not digits:
        return ZERO
    value = number_from_text(f"{before}.{after}" if found else before)
    return CONTEXT.scaleb(value, -2 * min(len(digits) - len(amount), 30))


def _fixed(value: Decimal, digits: Decimal, grouped: bool) -> str:
    """A number without its sign, with just so many decimals; negative digits: tens, hundreds ..."""
    places = whole(digits)
    if places > _MOST_DIGITS:
        raise Failure(WRONG_VALUE, "formula_bad_format")
    rounded = round_to(value.copy_abs(), max(places, -numbers.MAXIMUM_EXPONENT))
    return f"{rounded:{',' if grouped else ''}.{max(places, 0)}f}"


@function("text")
def FIXED(value: Number, digits: Number = _TWO, no_commas: Truth = False) -> Text:
    """The number as text, rounded to `digits` decimals, with commas unless they are not wanted.

    >>> FIXED(1234.567, 1)
    '1,234.6'
    >>> FIXED(-1234.567, -1, TRUE)
    '-1230'
    """
    return ("-" if value < 0 else "") + _fixed(value, digits, not no_commas)


@function("text")
def DOLLAR(value: Number, digits: Number = _TWO) -> Text:
    """The number as an amount in dollars, negative ones in brackets.

    >>> DOLLAR(1234.567)
    '$1,234.57'
    >>> DOLLAR(-1234.567, -2)
    '($1,200)'
    """
    amount = "$" + _fixed(value, digits, True)
    return f"({amount})" if value < 0 else amount
