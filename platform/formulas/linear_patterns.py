"""Patterns that people write, matched by RE2: in time that grows with the text and nothing else."""

import re
from functools import lru_cache
from typing import Any

import re2

from joinery.formulas.problem import WRONG_VALUE, Failure

#: Characters of the longest pattern, and the memory in bytes that one may take.
MAXIMUM_PATTERN, _MOST_MEMORY = 1_000, 1 << 20
_WILDCARD = re.compile(r"~(.?)|([?*])|([^~?*]+)", re.DOTALL)


@lru_cache(maxsize=256)
def linear_pattern(text: str, *, any_line: bool = False) -> Any:
    """A regular expression ready for use (a dot stands for line ends too when `any_line`).

    One that is wrong, too long or not to be matched in linear time is #VALUE!.
    """
    options = re2.Options()
    options.log_errors = False
    options.dot_nl = any_line
    options.max_mem = _MOST_MEMORY
    try:
        if len(text) <= MAXIMUM_PATTERN:
            return re2.compile(text, options)
    except (re2.error, UnicodeEncodeError):
        pass
    raise Failure(WRONG_VALUE, "formula_bad_pattern")


def wildcard_pattern(part: str, *, any_case: bool = False) -> Any:
    """The same for a text in which "?" and "*" stand for any character and any characters."""
    case = "(?i)" if any_case else ""
    return linear_pattern(case + _WILDCARD.sub(_wildcard, part), any_line=True)


def like_pattern(part: str) -> str:
    """The same for LIKE in the database, whose own signs mean themselves."""
    return _WILDCARD.sub(_like, part)


def _like(found: re.Match[str]) -> str:
    escaped, sign, plain = found.groups()
    if sign:
        return "_" if sign == "?" else "%"
    return re.sub(r"([%_\\])", r"\\\1", plain or escaped or "")


def _wildcard(found: re.Match[str]) -> str:
    escaped, sign, plain = found.groups()
    if sign:
        return "." if sign == "?" else ".*?"
    return re2.escape(plain or escaped or "")  # type: ignore[no-any-return]
