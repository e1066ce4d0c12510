"""Blocks of ids: they let the index of the text search answer for a stretch of records.

Every record belongs to one block of each size. The search index holds these blocks beside the pieces of
text, so that records with a word are found among the newest few thousand without looking at all others.
"""

import math
from collections.abc import Iterator
from dataclasses import dataclass

#: Ids in a block, as powers of two, smallest blocks first.
SIZES = (10, 13, 16, 19)
#: Ids of the first stretch.
FIRST_REACH = 2 << SIZES[0]
#: How much farther the next stretch reaches when one held nothing.
GROWTH = 4

#: Ids are smaller than this, so the numbers of larger blocks begin above them.
_APART = 1 << 60

#: The blocks of a record, as the index has them and conditions must write them.
BLOCKS = (
    "(ARRAY["
    + ", ".join(
        f'("id" >> {bits})' + (f" + {level * _APART}" if level else "") for level, bits in enumerate(SIZES)
    )
    + "])"
)


@dataclass(frozen=True, slots=True)
class Stretch:
    """The ids from `low`, where a block begins, up to, but not with, `high`."""

    low: int
    high: int

    @property
    def span(self) -> int:
        """How many ids it has."""
        return self.high - self.low

    def blocks(self) -> Iterator[int]:
        """The fewest blocks that hold all of it, and no more above it than the smallest block does."""
        high = self.high
        while high > self.low:
            level = max(
                level for level, bits in enumerate(SIZES) if not level or self._has_block(high, 1 << bits)
            )
            number = (high - 1) >> SIZES[level]
            yield number + level * _APART
            high = number << SIZES[level]

    def _has_block(self, high: int, size: int) -> bool:
        return high % size == 0 and high - size >= self.low


class Descent:
    """Goes down from an id in stretches; each reaches as far as what was found so far suggests."""

    def __init__(self, high: int) -> None:
        self.high = high
        self.reach: float = FIRST_REACH
        self._widest = math.inf
        #: Above this id there is much, as a stretch that began there has shown.
        self._crowded_from = high

    def stretch(self) -> Stretch:
        """The next stretch; it begins with a block, and is no wider than wished or is one smallest block."""
        size = max(1 << bits for bits in SIZES if bits == SIZES[0] or 1 << bits <= self.reach)
        last_block = (self.high - 1) // size * size
        wished = -((int(self.reach) - self.high) // size) * size
        return Stretch(max(min(wished, last_block), 0), self.high)

    def limit(self, widest: float) -> None:
        """Stretches shall be hardly wider than this; every empty one raises it a little."""
        self._widest = max(widest, 1 << SIZES[0])
        self.reach = min(self.reach, self._widest)

    def narrow(self, stretch: Stretch) -> None:
        """That stretch held too much to look at; the next one begins at the same id and is shorter."""
        self._crowded_from = stretch.low
        self.reach = stretch.span / GROWTH / 2

    def go_on(self, stretch: Stretch, found: int, missing: int) -> None:
        """That stretch held `found` records; `missing` more are wanted."""
        self.high = stretch.low
        if found:
            self.reach = min(1.25 * stretch.span * missing / found, self._farthest(stretch))
        else:
            self._widest *= 1.25
            self.reach = self._farthest(stretch)

    def _farthest(self, stretch: Stretch) -> float:
        """How far the next stretch may reach after this one."""
        if self.high > self._crowded_from:
            return (self.high - self._crowded_from) / GROWTH
        return min(GROWTH * max(stretch.span, self.reach), self._widest)
