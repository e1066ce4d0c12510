"""Texts put together from parts, and taken apart at separators."""

from collections.abc import Iterator
from decimal import Decimal
from typing import Any

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import ARRAY

from joinery.formulas.context import EvaluationContext
from joinery.formulas.conversion import text_of
from joinery.formulas.core import SqlCall, SqlValue
from joinery.formulas.function import AnyItems, Number, Text, TextItems, Texts, Truth, function
from joinery.formulas.functions.values import each
from joinery.formulas.numbers import ONE, ZERO, whole
from joinery.formulas.problem import NOT_AVAILABLE, WRONG_VALUE, Failure
from joinery.formulas.text_limits import check_length

#: Stands for an argument that was left out; told from any other text by its identity.
_NONE = str(object())


def _each(texts: tuple[Any, ...]) -> Iterator[str]:
    for text in texts:
        if isinstance(text, tuple):
            yield from text
        else:
            yield text or ""


def _sql_join(call: SqlCall) -> SqlValue:
    filled, all_parts = [], []
    for index in range(2, len(call)):
        part = sa.func.array_to_string(call[index], call[0]) if call.kind(index) == "list" else call[index]
        filled.append(sa.func.nullif(part, ""))
        all_parts.append(sa.func.coalesce(part, ""))
    joined = sa.func.concat_ws(call[0], *filled)
    return SqlValue(value=sa.case((call[1], joined), else_=sa.func.concat_ws(call[0], *all_parts)))


@function("text", sql=_sql_join)
def TEXTJOIN(separator: Text, skip_blank: Truth, text: Texts, *more: Texts) -> Text:
    """All texts with a separator between them; blanks are left out when `skip_blank` is TRUE.

    >>> TEXTJOIN(", ", TRUE, "a", "", "b")
    'a, b'
    """
    parts = list(_each((text, *more)))
    if skip_blank:
        parts = [part for part in parts if part]
    check_length(sum(map(len, parts)) + len(separator) * len(parts))
    return separator.join(parts)


@function("text")
def JOIN(context: EvaluationContext, items: AnyItems, separator: Text = ",") -> Text:
    """The items of a list as one text with a separator between them.

    >>> JOIN(LIST("a", "b"), "-")
    'a-b'
    """
    parts = [text_of(context, item) for item in each((items,))]
    check_length(sum(map(len, parts)) + len(separator) * len(parts))
    return separator.join(parts)


def _sql_split(call: SqlCall) -> SqlValue:
    text, separator = call[0], call[1]
    parts = sa.func.string_to_array(text, sa.func.nullif(separator, ""), type_=ARRAY(sa.Text))
    return SqlValue(value=sa.case((text != "", parts)), blank=text == "", error=separator == "")


@function("text", blank="maybe", sql=_sql_split)
def SPLIT(text: Text, separator: Text) -> TextItems:
    """The parts of a text between separators, a list.

    >>> INDEX(SPLIT("2026-01-31", "-"), 2)
    '01'
    """
    if not separator:
        raise Failure(WRONG_VALUE, "formula_no_separator")
    return tuple(text.split(separator)) if text else None


def _places(text: str, separator: str, ignore_case: bool) -> list[int]:
    """Where the separator begins, from left to right, none over another."""
    if ignore_case:
        text, separator = text.lower(), separator.lower()
    found, place = [], text.find(separator)
    while place >= 0:
        found.append(place)
        place = text.find(separator, place + len(separator))
    return found


def _cut(text: str, separator: str, which: Decimal, ignore_case: Decimal, at_end: Decimal) -> int | None:
    """Where the wanted separator begins; None when there are not so many."""
    number = whole(which)
    if not number or abs(number) > max(len(text), 1):
        raise Failure(WRONG_VALUE, "formula_count_too_small", least=1)
    if not separator:
        return 0 if number > 0 else len(text)
    places = _places(text, separator, bool(ignore_case))
    if at_end:
        places = [*places, len(text)] if number > 0 else [-len(separator), *places]
    index = number - 1 if number > 0 else number
    return places[index] if -len(places) <= index < len(places) else None


def _instead(otherwise: str, separator: str) -> str:
    if otherwise is _NONE:
        raise Failure(NOT_AVAILABLE, "formula_not_found", part=separator[:40])
    return otherwise


@function("text")
def TEXTBEFORE(
    text: Text,
    separator: Text,
    which: Number = ONE,
    ignore_case: Number = ZERO,
    at_end: Number = ZERO,
    otherwise: Text = _NONE,
) -> Text:
    """What stands before a separator: the first, the one counted by `which`, from the end when negative.

    #N/A, or `otherwise`, when there is no such separator; with `at_end` 1 the end of the text counts as one.

    >>> TEXTBEFORE("Wang, Fang, CEO", ", ")
    'Wang'
    >>> TEXTBEFORE("Wang, Fang, CEO", ", ", -1)
    'Wang, Fang'
    """
    place = _cut(text, separator, which, ignore_case, at_end)
    return _instead(otherwise, separator) if place is None else text[: max(place, 0)]


@function("text")
def TEXTAFTER(
    text: Text,
    separator: Text,
    which: Number = ONE,
    ignore_case: Number = ZERO,
    at_end: Number = ZERO,
    otherwise: Text = _NONE,
) -> Text:
    """What stands behind a separator: the first, the one counted by `which`, from the end when negative.

    #N/A, or `otherwise`, when there is no such separator; with `at_end` 1 the end of the text counts as one.

    >>> TEXTAFTER("Wang, Fang, CEO", ", ")
    'Fang, CEO'
    >>> TEXTAFTER("Wang, Fang, CEO", ", ", -1)
    'CEO'
    """
    place = _cut(text, separator, which, ignore_case, at_end)
    return _instead(otherwise, separator) if place is None else text[place + len(separator) :]
