"""Texts: parts, search, change."""

from decimal import Decimal
from typing import Any

import sqlalchemy as sa
from sqlalchemy import ColumnElement

from joinery.formulas.core import SqlCall, SqlValue
from joinery.formulas.function import Number, Text, Truth, alias, function
from joinery.formulas.numbers import ONE, whole
from joinery.formulas.problem import WRONG_VALUE, Failure
from joinery.formulas.sql_values import integer
from joinery.formulas.text_limits import MAXIMUM_TEXT, check_length, within_length

_LONGEST = 1_000_000
#: Stands for "all of them"; told from a computed 0 by its identity.
_EVERY = Decimal(0)
_UNSEEN = dict.fromkeys(range(32))


def _length(text: ColumnElement[Any]) -> ColumnElement[Any]:
    return sa.func.length(text, type_=sa.Integer)


def _count(value: Any, least: int = 0) -> int:
    count = min(whole(value), _LONGEST)
    if count < least:
        raise Failure(WRONG_VALUE, "formula_count_too_small", least=least)
    return count


def _integer(call: SqlCall, index: int, default: int = 1) -> ColumnElement[Any]:
    return integer(call, index, default, _LONGEST)


@function("text", sql=lambda call: sa.func.concat(*call.values))
def CONCAT(*texts: Text) -> Text:
    """All texts one after the other, the same as text & text.

    >>> CONCAT("a", 1, "b")
    'a1b'
    """
    return within_length("".join(texts))


alias("CONCATENATE", of="CONCAT")


def _sql_end(name: str) -> Any:
    def form(call: SqlCall) -> SqlValue:
        count = _integer(call, 1)
        value = getattr(sa.func, name)(call[0], sa.func.greatest(count, 0))
        return SqlValue(value=value, error=_negative(call, 1))

    return form


def _negative(call: SqlCall, index: int, least: int = 0) -> ColumnElement[bool] | None:
    return _integer(call, index) < least if len(call) > index else None


@function("text", sql=_sql_end("left"))
def LEFT(text: Text, count: Number = ONE) -> Text:
    """The first `count` characters.

    >>> LEFT("Order-12", 5)
    'Order'
    """
    return text[: _count(count)]


@function("text", sql=_sql_end("right"))
def RIGHT(text: Text, count: Number = ONE) -> Text:
    """The last `count` characters.

    >>> RIGHT("Order-12", 2)
    '12'
    """
    length = _count(count)
    return text[-length:] if length else ""


def _sql_mid(call: SqlCall) -> SqlValue:
    start, count = _integer(call, 1), _integer(call, 2)
    part = sa.func.substr(call[0], sa.func.greatest(start, 1), sa.func.greatest(count, 0))
    return SqlValue(value=part, error=sa.or_(start < 1, count < 0))


@function("text", sql=_sql_mid)
def MID(text: Text, start: Number, count: Number) -> Text:
    """`count` characters from the place `start` (the first is 1).

    >>> MID("Order-12", 7, 2)
    '12'
    """
    first = _count(start, 1) - 1
    return text[first : first + _count(count)]


@function("text", sql=lambda call: sa.cast(_length(call[0]), sa.Numeric))
def LEN(text: Text) -> Number:
    """How many characters the text has.

    >>> LEN("华为 5G")
    5
    """
    return Decimal(len(text))


@function("text", sql=lambda call: sa.func.lower(call[0]))
def LOWER(text: Text) -> Text:
    """The text in small letters.

    >>> LOWER("ABC")
    'abc'
    """
    return text.lower()


@function("text", sql=lambda call: sa.func.upper(call[0]))
def UPPER(text: Text) -> Text:
    """The text in capitals.

    >>> UPPER("abc")
    'ABC'
    """
    return text.upper()


@function("text")
def PROPER(text: Text) -> Text:
    """Every word with a capital at its start.

    >>> PROPER("ada lovelace")
    'Ada Lovelace'
    """
    return text.title()


@function("text", sql=lambda call: sa.func.regexp_replace(call[0], "[\\x01-\\x1f]", "", "g"))
def CLEAN(text: Text) -> Text:
    """The text without line ends, tabs and other characters that cannot be seen.

    >>> CLEAN("two\\nlines")
    'twolines'
    """
    return text.translate(_UNSEEN)


@function("text", sql=lambda call: sa.func.btrim(sa.func.regexp_replace(call[0], " +", " ", "g"), " "))
def TRIM(text: Text) -> Text:
    """The text without spaces at its ends, and with single spaces inside.

    >>> TRIM("  two   words ")
    'two words'
    """
    return " ".join(part for part in text.split(" ") if part)


def _sql_substitute(call: SqlCall) -> SqlValue:
    text, old, new = call.values[:3]
    times = (_length(text) - _length(sa.func.replace(text, old, ""))) // sa.func.greatest(_length(old), 1)
    too_long = _length(text) + times * (_length(new) - _length(old)) > MAXIMUM_TEXT
    if len(call) == 3:
        return SqlValue(value=sa.case((too_long, ""), else_=sa.func.replace(text, old, new)), error=too_long)
    which = _integer(call, 3)
    parts = sa.func.string_to_array(text, old)
    behind = sa.func.least(sa.func.greatest(times + 1 - which, 0), sa.func.cardinality(parts))
    before = sa.func.array_to_string(sa.func.trim_array(parts, sa.cast(behind, sa.Integer)), old)
    after = sa.func.substr(text, _length(before) + _length(old) + 1)
    changed = sa.case(
        (sa.and_(old != "", which >= 1, which <= times), sa.func.concat(before, new, after)), else_=text
    )
    return SqlValue(value=changed, error=which < 1)


@function("text", sql=_sql_substitute)
def SUBSTITUTE(text: Text, old: Text, new: Text, which: Number = _EVERY) -> Text:
    """The text with every `old` replaced by `new`, or only the one counted by `which`.

    >>> SUBSTITUTE("a-b-c", "-", "+")
    'a+b+c'
    >>> SUBSTITUTE("a-b-c", "-", "+", 2)
    'a-b+c'
    """
    if which is not _EVERY:
        return _substitute_one(text, old, new, _count(which, 1))
    if old:
        check_length(len(text) + text.count(old) * (len(new) - len(old)))
        return text.replace(old, new)
    return text


def _substitute_one(text: str, old: str, new: str, which: int) -> str:
    parts = text.split(old) if old else [text]
    if which >= len(parts):
        return text
    return within_length(old.join(parts[:which]) + new + old.join(parts[which:]))


def _sql_replace(call: SqlCall) -> SqlValue:
    start, count = _integer(call, 1), _integer(call, 2)
    first, length = sa.func.greatest(start, 1), sa.func.greatest(count, 0)
    value = sa.func.concat(sa.func.left(call[0], first - 1), call[3], sa.func.substr(call[0], first + length))
    return SqlValue(value=value, error=sa.or_(start < 1, count < 0))


@function("text", sql=_sql_replace)
def REPLACE(text: Text, start: Number, count: Number, new: Text) -> Text:
    """The text with `count` characters from the place `start` replaced.

    >>> REPLACE("abcdef", 3, 2, "XY-")
    'abXY-ef'
    """
    first = _count(start, 1) - 1
    return within_length(text[:first] + new + text[first + _count(count) :])


def _sql_repeat(call: SqlCall) -> SqlValue:
    count = _integer(call, 1)
    wrong = sa.or_(count < 0, sa.cast(_length(call[0]), sa.BigInteger) * count > MAXIMUM_TEXT)
    return SqlValue(value=sa.case((wrong, ""), else_=sa.func.repeat(call[0], count)), error=wrong)


@function("text", sql=_sql_repeat)
def REPT(text: Text, count: Number) -> Text:
    """The text `count` times.

    >>> REPT("ab", 3)
    'ababab'
    """
    times = _count(count)
    check_length(len(text) * times)
    return text * times


@function("text", sql=lambda call: call[0] == call[1])
def EXACT(text: Text, other: Text) -> Truth:
    """Whether two texts are the same, also in capitals and small letters.

    >>> EXACT("Word", "word")
    FALSE
    """
    return text == other


def _sql_char(call: SqlCall) -> SqlValue:
    code = integer(call, 0, 0, 2_000_000)
    fits = sa.or_(code.between(1, 0xD7FF), code.between(0xE000, 0x10FFFF))
    return SqlValue(value=sa.func.chr(sa.case((fits, code), else_=32)), error=sa.not_(fits))


@function("text", sql=_sql_char)
def CHAR(code: Number) -> Text:
    """The character with a number in Unicode.

    >>> CHAR(65)
    'A'
    """
    number = whole(code)
    if not (0 < number <= 0x10FFFF) or 0xD800 <= number < 0xE000:
        raise Failure(WRONG_VALUE, "formula_no_character")
    return chr(number)


def _sql_code(call: SqlCall) -> SqlValue:
    return SqlValue(value=sa.cast(sa.func.ascii(call[0]), sa.Numeric), error=call[0] == "")


@function("text", sql=_sql_code)
def CODE(text: Text) -> Number:
    """The number in Unicode of the first character.

    >>> CODE("A")
    65
    """
    if not text:
        raise Failure(WRONG_VALUE, "formula_no_character")
    return Decimal(ord(text[0]))


alias("UNICHAR", of="CHAR")
alias("UNICODE", of="CODE")
