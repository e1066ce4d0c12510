"""Numbers as people write them: "1,234.5", "15%", "-$5", "(5)" for minus five, "1e3"."""

import re
from decimal import Decimal

import sqlalchemy as sa
from sqlalchemy import ColumnElement

from joinery.formulas import numbers
from joinery.formulas.problem import WRONG_VALUE, Failure

_LONGEST = 60
_CURRENCIES = "$¥￥€£"
_AMOUNT = r"(?:(?:[0-9]{1,3}(?:,[0-9]{3})+|[0-9]+)(?:\.[0-9]*)?|\.[0-9]+)(?:[eE][+-]?[0-9]{1,2})? *%?"
_SIGN = f"(?:[+-]?[{_CURRENCIES}]?|[{_CURRENCIES}][+-])"
_PATTERN = rf"^(?:{_SIGN} *{_AMOUNT}|\([{_CURRENCIES}]?{_AMOUNT}\)|[{_CURRENCIES}]\({_AMOUNT}\))$"
_NUMBER = re.compile(_PATTERN)
_DECORATION = f",%() {_CURRENCIES}"
_UNDECORATED = str.maketrans("", "", _DECORATION)
_HUNDREDTH = Decimal("0.01")


def looks_like_number(text: str) -> bool:
    """Whether `number_from_text` finds a number."""
    text = text.strip(" ")
    return len(text) <= _LONGEST and _NUMBER.fullmatch(text) is not None


def number_from_text(text: str) -> Decimal:
    """The number written in a text; anything else is #VALUE!."""
    if not looks_like_number(text):
        raise Failure(WRONG_VALUE, "formula_not_a_number", value=text.strip(" ")[:40])
    value = Decimal(text.translate(_UNDECORATED))
    if "%" in text:
        value = numbers.CONTEXT.multiply(value, _HUNDREDTH)
    return numbers.CONTEXT.subtract(numbers.ZERO, value) if "(" in text else value


def sql_looks_like_number(text: ColumnElement[str]) -> ColumnElement[bool]:
    """The same question in SQL."""
    trimmed = sa.func.btrim(text, " ")
    return sa.and_(trimmed.op("~")(_PATTERN), sa.func.length(trimmed) <= _LONGEST)


def sql_number_from_text(text: ColumnElement[str]) -> ColumnElement[Decimal]:
    """The number in SQL, of a text that looks like one."""
    digits = sa.cast(sa.func.translate(text, _DECORATION, ""), sa.Numeric)
    one = sa.literal(Decimal(1))
    share = sa.case((sa.func.strpos(text, "%") > 0, sa.literal(_HUNDREDTH)), else_=one)
    sign = sa.case((sa.func.strpos(text, "(") > 0, sa.literal(Decimal(-1))), else_=one)
    return digits * share * sign
