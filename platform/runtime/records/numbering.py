"""Running numbers for many new records at once, without gaps for those that are not saved."""

from joinery.forms import Form
from joinery.runtime.unit import Unit
from joinery.storage import counters


class NumberBlock:
    """Takes numbers from the counters in blocks and gives back what was not used.

    The counter's row stays locked until the transaction ends, so nobody sees the block in between.
    """

    def __init__(self, unit: Unit, form: Form, size: int) -> None:
        self._unit = unit
        self._form = form
        self._size = max(size, 1)
        #: By (field, period): the next number and the last one of the block.
        self._next: dict[tuple[str, str], int] = {}
        self._last: dict[tuple[str, str], int] = {}
        self._taken: list[tuple[str, str]] = []

    def take(self, field: str, period: str) -> int:
        """The next number of a counter."""
        key = (field, period)
        if key not in self._next or self._next[key] > self._last[key]:
            self._last[key] = counters.next(
                self._unit, self._form.app, self._form.key, field, period, self._size
            )
            self._next[key] = self._last[key] - self._size + 1
        number = self._next[key]
        self._next[key] = number + 1
        self._taken.append(key)
        return number

    def begin(self) -> None:
        """From here on another record takes its numbers."""
        self._taken.clear()

    def give_back(self) -> None:
        """The record that took the last numbers is not saved: the next one gets them."""
        for key in self._taken:
            self._next[key] -= 1
        self._taken.clear()

    def settle(self) -> None:
        """Return the unused rest of every block to its counter."""
        for (field, period), following in self._next.items():
            unused = self._last[field, period] - following + 1
            if unused:
                counters.next(self._unit, self._form.app, self._form.key, field, period, -unused)
        self._next.clear()
        self._last.clear()
