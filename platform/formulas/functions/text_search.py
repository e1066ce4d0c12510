"""Texts in texts: where one stands, and whether it does."""

from decimal import Decimal
from typing import Any

import sqlalchemy as sa
from sqlalchemy import ColumnElement

from joinery.formulas.core import UNKNOWN, Constant, SqlCall, SqlValue
from joinery.formulas.function import Number, Text, Truth, function
from joinery.formulas.linear_patterns import wildcard_pattern
from joinery.formulas.numbers import ONE, whole
from joinery.formulas.problem import WRONG_VALUE, Failure
from joinery.formulas.sql_values import integer

_LONGEST = 1_000_000


def _length(text: ColumnElement[Any]) -> ColumnElement[Any]:
    return sa.func.length(text, type_=sa.Integer)


def _first(start: Decimal, text: str) -> int:
    """The place to begin at, counted from 0."""
    first = min(whole(start), _LONGEST) - 1
    if not 0 <= first <= len(text):
        raise Failure(WRONG_VALUE, "formula_no_such_item", count=len(text))
    return first


def _place(found: int, part: str) -> Decimal:
    if found < 0:
        raise Failure(WRONG_VALUE, "formula_not_found", part=part[:40])
    return Decimal(found + 1)


def _sql_place(call: SqlCall, text: ColumnElement[Any], found_in: Any) -> SqlValue:
    """`found_in` gives the place (0: nowhere) in the text from the start on."""
    start = integer(call, 2, 1, _LONGEST)
    place = found_in(sa.func.substr(text, sa.func.greatest(start, 1)))
    missing = sa.or_(place == 0, start < 1, start > _length(text) + 1)
    return SqlValue(value=sa.cast(place + start - 1, sa.Numeric), error=missing)


def _sql_find(call: SqlCall) -> SqlValue:
    return _sql_place(call, call[1], lambda text: sa.func.strpos(text, call[0]))


@function("text", sql=_sql_find)
def FIND(part: Text, text: Text, start: Number = ONE) -> Number:
    """The place of `part` in the text, minding capitals; #VALUE! when it is not there.

    >>> FIND("M", "Miriam McGovern", 3)
    8
    """
    return _place(text.find(part, _first(start, text)), part)


def _has_wildcard(part: str) -> bool:
    return any(sign in part for sign in "?*~")


def _sql_search(call: SqlCall) -> SqlValue:
    part, text = sa.func.lower(call[0]), sa.func.lower(call[1])
    known = call.known(0)

    def plainly(where: ColumnElement[Any]) -> Any:
        return sa.func.strpos(where, part)

    def in_either_way(where: ColumnElement[Any]) -> Any:
        pattern = sa.func.regexp_instr(where, _sql_wildcard_pattern(part), type_=sa.Integer)
        return sa.case((part.op("~")("[?*~]"), pattern), else_=sa.func.strpos(where, part))

    is_plain = known is not UNKNOWN and not _has_wildcard(known or "")
    return _sql_place(call, text, plainly if is_plain else in_either_way)


def _sql_wildcard_pattern(part: ColumnElement[Any]) -> ColumnElement[Any]:
    """A regular expression for a part with wildcards; the escaped ones wait as control characters."""
    pattern: Any = sa.func.regexp_replace(part, r"([.+^$(){}|\\\[\]])", r"\\\1", "g")
    for written, meant in (
        *(("~~", "\x01"), ("~?", "\x02"), ("~*", "\x03"), ("~", ""), ("?", "."), ("*", ".*?")),
        *(("\x01", "~"), ("\x02", r"\?"), ("\x03", r"\*")),
    ):
        pattern = sa.func.replace(pattern, written, meant)
    return sa.type_coerce(pattern, sa.Text())


@function("text", sql=_sql_search)
def SEARCH(part: Text, text: Text, start: Number = ONE) -> Number:
    """The place of `part` in the text without regard to case; #VALUE! when it is not there.

    In `part` a "?" stands for any character and a "*" for any characters; "~?" and "~*" are the signs
    themselves.

    >>> SEARCH("m", "Miriam McGovern")
    1
    >>> SEARCH("a?c*f", "xxABCDEF")
    3
    """
    first, small, sought = _first(start, text), text.lower(), part.lower()
    if not _has_wildcard(sought):
        return _place(small.find(sought, first), part)
    match = wildcard_pattern(sought).search(small[first:])
    return _place(match.start() + first if match else -1, part)


def _pattern(call: SqlCall, before: str, after: str) -> Any:
    part = call.node.operands[1]
    if isinstance(part, Constant):
        escaped = part.value.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")
        return call[0].ilike(sa.literal(f"{before}{escaped}{after}", sa.Text()))
    escape = sa.func.replace(call[1], "\\", "\\\\")
    for sign in "%_":
        escape = sa.func.replace(escape, sign, "\\" + sign)
    return call[0].ilike(sa.func.concat(before, escape, after))


@function("text", sql=lambda call: _pattern(call, "%", "%"))
def CONTAINS(text: Text, part: Text) -> Truth:
    """Whether `part` stands somewhere in the text, without regard to case.

    >>> CONTAINS("Huawei Technologies", "tech")
    TRUE
    """
    return part.lower() in text.lower()


@function("text", sql=lambda call: _pattern(call, "", "%"))
def STARTSWITH(text: Text, part: Text) -> Truth:
    """Whether the text begins with `part`, without regard to case.

    >>> STARTSWITH("Order-12", "order")
    TRUE
    """
    return text.lower().startswith(part.lower())


@function("text", sql=lambda call: _pattern(call, "%", ""))
def ENDSWITH(text: Text, part: Text) -> Truth:
    """Whether the text ends with `part`, without regard to case.

    >>> ENDSWITH("report.PDF", ".pdf")
    TRUE
    """
    return text.lower().endswith(part.lower())
