"""Patterns that people write for texts, matched by RE2: in time that grows with the text and nothing else.

Python's own matcher tries one way after the other, and some patterns have more ways than there is time.
What needs that (references back, looking ahead) RE2 refuses when the pattern is written.
"""

from dataclasses import dataclass
from typing import Any

import re2

#: Memory in bytes that one pattern may take when it is compiled and matched.
MOST_MEMORY = 1 << 20


class PatternError(ValueError):
    """The text is no pattern, or one that RE2 cannot match in linear time."""


@dataclass(frozen=True, slots=True, eq=False)
class LinearPattern:
    """A pattern for whole texts."""

    compiled: Any

    def matches(self, text: str) -> bool:
        """Whether all of `text` fits."""
        return self.compiled.fullmatch(text) is not None


def linear_pattern(text: str) -> LinearPattern:
    """The pattern in `text`, where a dot stands for any character; raises PatternError."""
    options = re2.Options()
    options.log_errors = False
    options.dot_nl = True
    options.max_mem = MOST_MEMORY
    try:
        return LinearPattern(re2.compile(text, options))
    except (re2.error, UnicodeEncodeError) as error:
        raise PatternError(text) from error
