"""Formats such as "#,##0.00;(0)" taken apart: sections by ";", each a row of tokens."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache
from operator import eq, ge, gt, le, lt, ne
from typing import Any

from joinery.formulas.problem import WRONG_VALUE, Failure

#: Characters of the longest format, as in Excel.
MAXIMUM_FORMAT = 255

_TOKEN = re.compile(
    r"""(?P<quoted>"[^"]*"?)|\\(?P<escaped>.)|_(?P<space>.)|\*(?P<fill>.)|\[(?P<bracket>[^\]]*)\]
    |(?P<general>General)|(?P<half>AM/PM|A/P|上午/下午)|(?P<exponent>E[+-])
    |(?P<date>y+|m+|d+|h+|s+(?:\.0+)?|a{3,4}|e+)|(?P<digit>[0#?])|(?P<sign>[.,%/@])|(?P<other>.)""",
    re.IGNORECASE | re.VERBOSE | re.DOTALL,
)
_CONDITION = re.compile(r"(<=|>=|<>|<|>|=)\s*(-?[0-9]+(?:\.[0-9]+)?)")
_ELAPSED = re.compile(r"h+|m+|s+", re.IGNORECASE)
_CURRENCY = re.compile(r"\$([^-]*)(?:-.*)?", re.DOTALL)
_COMPARISONS: dict[str, Callable[[Any, Any], bool]] = {
    "<": lt,
    "<=": le,
    ">": gt,
    ">=": ge,
    "=": eq,
    "<>": ne,
}
#: Kinds of tokens that make a section one for dates.
_OF_DATES = ("date", "half", "elapsed")


@dataclass(frozen=True, slots=True)
class Token:
    """A piece of a section: "text" shown as it is, "digit", "date", "elapsed", or a sign by itself."""

    kind: str
    text: str


@dataclass(frozen=True, slots=True)
class Section:
    """What is shown, and for which numbers when that is written: [<100]."""

    tokens: tuple[Token, ...]
    condition: tuple[str, Decimal] | None = None

    def holds(self, value: Decimal) -> bool:
        """Whether the written condition holds."""
        return self.condition is not None and _COMPARISONS[self.condition[0]](value, self.condition[1])

    def has(self, *kinds: str) -> bool:
        """Whether there is a token of one of the kinds."""
        return any(token.kind in kinds for token in self.tokens)

    @property
    def is_of_dates(self) -> bool:
        """Whether it shows dates or times."""
        return self.has(*_OF_DATES)


@lru_cache(maxsize=512)
def sections_of(pattern: str) -> tuple[Section, ...]:
    """The one to four sections of a format; one that is no format is #VALUE!."""
    if len(pattern) > MAXIMUM_FORMAT:
        raise Failure(WRONG_VALUE, "formula_bad_format")
    rows: list[list[Token]] = [[]]
    conditions: list[tuple[str, Decimal] | None] = [None]
    for match in _TOKEN.finditer(pattern):
        if match["other"] == ";":
            rows.append([])
            conditions.append(None)
        elif match["bracket"] is not None and (found := _CONDITION.fullmatch(match["bracket"])):
            conditions[-1] = (found[1], Decimal(found[2]))
        elif token := _token(match):
            rows[-1].append(token)
    if len(rows) > 4:
        raise Failure(WRONG_VALUE, "formula_bad_format")
    sections = tuple(Section(tuple(row), one) for row, one in zip(rows, conditions, strict=True))
    if any(one.is_of_dates and one.has("digit") for one in sections):
        raise Failure(WRONG_VALUE, "formula_bad_format")
    return sections


def _token(match: re.Match[str]) -> Token | None:
    kind, text = match.lastgroup or "", match[0]
    match kind:
        case "quoted":
            return Token("text", text.strip('"'))
        case "escaped" | "other":
            return Token("text", match[kind])
        case "space":
            return Token("text", " ")
        case "fill":
            return None
        case "bracket":
            return _bracket(match[kind])
        case "sign":
            return Token(text, text)
    return Token(kind, text)


def _bracket(inside: str) -> Token | None:
    """[h] counts all hours, [$¥-804] shows a currency; colours and languages are left out."""
    if _ELAPSED.fullmatch(inside):
        return Token("elapsed", inside.lower())
    if found := _CURRENCY.fullmatch(inside):
        return Token("text", found[1])
    return None


def section_for(sections: tuple[Section, ...], value: Decimal) -> tuple[Section, Decimal]:
    """The section that shows a number, and the number as it is to be shown: a section of its own for
    negative numbers brings its own sign."""
    numeric = sections[:3]
    if any(one.condition for one in numeric):
        for one in numeric:
            if one.condition is None or one.holds(value):
                return one, value
        return Section((Token("text", "#"),)), value.copy_abs()
    if value < 0 and len(numeric) > 1:
        return numeric[1], value.copy_abs()
    if not value and len(numeric) > 2:
        return numeric[2], value
    return numeric[0], value
