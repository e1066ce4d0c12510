"""Numbers as people and machines write them, read exactly."""

import re
import unicodedata
from decimal import ROUND_HALF_UP, Context, Decimal
from typing import Any

from joinery.forms.field_type import ValueProblem

#: Digits before the decimal point that a field takes, and digits after it that it keeps.
MAXIMUM_INTEGER_DIGITS = 30
MAXIMUM_DECIMALS = 10

_CONTEXT = Context(prec=MAXIMUM_INTEGER_DIGITS + 2 * MAXIMUM_DECIMALS, rounding=ROUND_HALF_UP)
_ZERO, _ONE = Decimal(0), Decimal(1)
_STEPS = tuple(Decimal(1).scaleb(-decimals) for decimals in range(MAXIMUM_DECIMALS + 3))
_PLAIN = re.compile(r"[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d{1,4})?", re.ASCII)
_DIGITS = re.compile(r"-?\d+(?:\.\d+)?", re.ASCII)
_COMMAS = re.compile(r"[+-]?\d{1,3}(,\d{3})+(\.\d+)?", re.ASCII)
_POINTS = re.compile(r"[+-]?\d{1,3}(\.\d{3})+,\d+", re.ASCII)
_APOSTROPHES = re.compile(r"[+-]?\d{1,3}('\d{3})+(\.\d+)?", re.ASCII)
_SIGNS = re.compile(r"[¥￥$€£₩₹]|CNY|RMB|USD|EUR|GBP|HKD|JPY|人民币|元", re.IGNORECASE)
_SPACES = re.compile(r"\s+")
_MINUS = str.maketrans({"−": "-", "–": "-", "’": "'"})


def exact(raw: Any) -> Decimal:
    """The number that JSON input means: a number, or its digits as text. Raises ValueProblem."""
    kind = type(raw)
    if kind is Decimal:
        number: Decimal = raw
    elif kind is int:
        # Converting a huge int to digits is quadratic work, and no field takes one.
        if raw.bit_length() > 400:
            raise ValueProblem("value_number_too_large", digits=MAXIMUM_INTEGER_DIGITS)
        number = Decimal(raw)
    elif kind is float:
        number = Decimal(repr(raw))
    elif kind is str:
        text = raw.strip()
        if len(text) > 100 and text.isdigit():
            raise ValueProblem("value_number_too_large", digits=MAXIMUM_INTEGER_DIGITS)
        if len(text) > 100 or not _PLAIN.fullmatch(text):
            raise ValueProblem("value_not_number")
        number = Decimal(text)
    else:
        raise ValueProblem("value_not_number")
    if not number.is_finite():
        raise ValueProblem("value_not_number")
    return number


def rounded(number: Decimal, decimals: int) -> Decimal:
    """`number` with at most `decimals` digits after the point, halves away from zero; never negative zero."""
    if not number:
        return _ZERO
    if number.adjusted() >= MAXIMUM_INTEGER_DIGITS:
        raise ValueProblem("value_number_too_large", digits=MAXIMUM_INTEGER_DIGITS)
    if number.same_quantum(_ONE) or number.same_quantum(_STEPS[decimals]):
        return number
    exponent = number.as_tuple().exponent
    if isinstance(exponent, int) and -decimals <= exponent <= 0:
        return number
    return _CONTEXT.quantize(number, _STEPS[decimals]) or _ZERO


def shortest(number: Decimal) -> str:
    """The number's digits without trailing zeros and without an exponent."""
    text = format(number, "f")
    return text.rstrip("0").rstrip(".") if "." in text else text


def read_number(cell: Any) -> Decimal | None:
    """The number in a spreadsheet cell: 1,234.56, ￥1,234, (12), 12.5 %, １２, 1.234,56; None when blank.

    A single comma between digits that is not a thousands separator (1,5) is refused rather than guessed.
    """
    if not isinstance(cell, str):
        return exact(cell)
    if len(cell) < 50 and _DIGITS.fullmatch(cell):
        return Decimal(cell)
    if len(cell) > 200:
        raise ValueProblem("value_not_number")
    text = _SPACES.sub("", _SIGNS.sub("", unicodedata.normalize("NFKC", cell))).translate(_MINUS)
    if not text:
        if cell.strip():
            raise ValueProblem("value_not_number")
        return None
    sign = 1
    if text.startswith("(") and text.endswith(")"):
        text, sign = text[1:-1], -1
    percent = text.endswith("%")
    number = exact(_without_groups(text.removesuffix("%"))) * sign
    return _CONTEXT.scaleb(number, -2) if percent else number


def _without_groups(text: str) -> str:
    if _COMMAS.fullmatch(text):
        return text.replace(",", "")
    if _POINTS.fullmatch(text):
        return text.replace(".", "").replace(",", ".")
    if _APOSTROPHES.fullmatch(text):
        return text.replace("'", "")
    return text
