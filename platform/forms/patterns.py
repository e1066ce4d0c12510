"""Patterns that people write for texts, matched in time that grows with the text and nothing else.

Python's own matcher tries one way after the other, and some patterns have more ways than there is time.
Here all ways are followed at once, so an unlucky pattern cannot stop the server. What needs more than that
(references back, looking ahead) is refused when the pattern is written.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass

#: Steps of a pattern at most, after repetitions were written out: bounds the time per character.
MOST_STEPS = 1000

_DEEPEST = 20
_ATOM = re.compile(r"\[\^?\]?(?:\\.|[^\]\\])*\]|\\(?:x[0-9a-fA-F]{2}|u[0-9a-fA-F]{4}|[^\n])|[^\\]", re.DOTALL)
_REPEAT = re.compile(r"(?:([*+?])|\{(\d{1,4})(?:(,)(\d{0,4}))?\})[?]?", re.ASCII)
_UNFIT_ESCAPES = frozenset("AbBZN0123456789")


class PatternError(ValueError):
    """The text is no pattern, or one that cannot be matched step by step."""


@dataclass(frozen=True, slots=True)
class _Step:
    """Take a character that `atom` describes, or go on for free when it is None; then to any of `to`."""

    atom: re.Pattern[str] | None
    to: tuple[int, ...]


@dataclass(frozen=True, slots=True, eq=False)
class LinearPattern:
    """A pattern for whole texts; step 0 is its end."""

    steps: tuple[_Step, ...]
    start: int

    def matches(self, text: str) -> bool:
        """Whether the whole text has the form."""
        current = self._reached((self.start,))
        for character in text:
            taken = (
                target
                for number in current
                if (atom := self.steps[number].atom) is not None and atom.fullmatch(character)
                for target in self.steps[number].to
            )
            current = self._reached(taken)
            if not current:
                return False
        return 0 in current

    def _reached(self, numbers: Iterable[int]) -> set[int]:
        """These steps and all that can be reached from them without a character."""
        found: set[int] = set()
        waiting = list(numbers)
        while waiting:
            number = waiting.pop()
            if number not in found:
                found.add(number)
                if self.steps[number].atom is None:
                    waiting.extend(self.steps[number].to)
        return found


def linear_pattern(text: str) -> LinearPattern:
    """The pattern written in the usual way: classes, groups, alternatives and repetitions; PatternError."""
    try:
        re.compile(text)
    except (re.error, OverflowError, RecursionError) as error:
        raise PatternError from error
    # The whole text has to match anyway.
    inner = text.removeprefix("^")
    return _Builder(inner if inner.endswith("\\$") else inner.removesuffix("$")).build()


class _Builder:
    """Reads a pattern into a tree, then writes its steps from the end to the beginning."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._place = 0
        self._steps: list[_Step] = [_Step(None, ())]
        self._copies = 0

    def build(self) -> LinearPattern:
        tree = self._alternatives(0)
        if self._place != len(self._text):
            raise PatternError
        start = tree.steps(self, 0)
        return LinearPattern(tuple(self._steps), start)

    def add(self, atom: re.Pattern[str] | None, *to: int) -> int:
        """A new step; its number."""
        if len(self._steps) >= MOST_STEPS:
            raise PatternError
        self._steps.append(_Step(atom, to))
        return len(self._steps) - 1

    def count_copy(self) -> None:
        """A repetition is written out once more; nothing repeated costs time, too."""
        self._copies += 1
        if self._copies > MOST_STEPS:
            raise PatternError

    def link(self, number: int, *to: int) -> None:
        """Say where a step leads that had to exist first."""
        self._steps[number] = _Step(self._steps[number].atom, to)

    def _alternatives(self, depth: int) -> "_Choice":
        if depth > _DEEPEST:
            raise PatternError
        ways = [self._sequence(depth)]
        while self._text[self._place : self._place + 1] == "|":
            self._place += 1
            ways.append(self._sequence(depth))
        return _Choice(tuple(ways))

    def _sequence(self, depth: int) -> "_Sequence":
        parts: list[_Part] = []
        while self._place < len(self._text) and self._text[self._place] not in "|)":
            part = self._group(depth) if self._text[self._place] == "(" else self._atom()
            parts.append(self._repeated(part))
        return _Sequence(tuple(parts))

    def _group(self, depth: int) -> "_Part":
        self._place += 3 if self._text.startswith("(?:", self._place) else 1
        if self._text[self._place : self._place + 1] == "?":
            raise PatternError
        inner = self._alternatives(depth + 1)
        if self._text[self._place : self._place + 1] != ")":
            raise PatternError
        self._place += 1
        return inner

    def _atom(self) -> "_Part":
        found = _ATOM.match(self._text, self._place)
        if found is None or found[0] in ("^", "$") or (found[0][0] == "\\" and found[0][1] in _UNFIT_ESCAPES):
            raise PatternError
        self._place = found.end()
        return _Atom(re.compile(found[0], re.DOTALL))

    def _repeated(self, part: "_Part") -> "_Part":
        found = _REPEAT.match(self._text, self._place)
        if found is None:
            return part
        self._place = found.end()
        if self._text[self._place : self._place + 1] == "+":
            raise PatternError
        if sign := found[1]:
            least, most = {"*": (0, None), "+": (1, None), "?": (0, 1)}[sign]
        else:
            least = int(found[2])
            most = least if found[3] is None else int(found[4]) if found[4] else None
        return _Repeat(part, least, most)


class _Part:
    """A node of the tree."""

    def steps(self, builder: _Builder, after: int) -> int:
        """Write the steps of this part in front of the step `after`; where they begin."""
        raise NotImplementedError


@dataclass(frozen=True, slots=True)
class _Atom(_Part):
    atom: re.Pattern[str]

    def steps(self, builder: _Builder, after: int) -> int:
        return builder.add(self.atom, after)


@dataclass(frozen=True, slots=True)
class _Sequence(_Part):
    parts: tuple[_Part, ...]

    def steps(self, builder: _Builder, after: int) -> int:
        for part in reversed(self.parts):
            after = part.steps(builder, after)
        return after


@dataclass(frozen=True, slots=True)
class _Choice(_Part):
    ways: tuple[_Part, ...]

    def steps(self, builder: _Builder, after: int) -> int:
        starts = [way.steps(builder, after) for way in self.ways]
        return starts[0] if len(starts) == 1 else builder.add(None, *starts)


@dataclass(frozen=True, slots=True)
class _Repeat(_Part):
    part: _Part
    least: int
    most: int | None

    def steps(self, builder: _Builder, after: int) -> int:
        if self.most is None:
            again = builder.add(None)
            builder.link(again, self.part.steps(builder, again), after)
            after = again
        else:
            end = after
            for _ in range(self.most - self.least):
                builder.count_copy()
                after = builder.add(None, self.part.steps(builder, after), end)
        for _ in range(self.least):
            builder.count_copy()
            after = self.part.steps(builder, after)
        return after
