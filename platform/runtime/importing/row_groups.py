"""The rows of one record: one, or as many as it has lines where the file brings lines too.

A row goes on with the record of the row before when its cells for the record are blank, or when it has the
same values in the fields by which records are found.
"""

from array import array
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise

from joinery.kernel import Issue
from joinery.runtime.importing.failures import plain
from joinery.runtime.importing.order import ImportOrder
from joinery.runtime.importing.reader import SourceRow
from joinery.runtime.importing.targets import parts_of, subforms_in

#: Rows of one record. More are cut off, and fail: no subform takes as many lines.
MOST_ROWS = 5000

RowGroup = Sequence[SourceRow]
Key = tuple[str, ...]


class Grouping:
    """Which rows of a file belong together."""

    def __init__(self, order: ImportOrder, columns: Sequence[str]) -> None:
        #: Whether rows belong together at all.
        self.has_lines = bool(subforms_in(order.mapping.values()))
        self._own = [
            place
            for place, column in enumerate(columns)
            if column in order.mapping and not parts_of(order.mapping[column])[0]
        ]
        place_of = {order.mapping[columns[place]]: place for place in self._own}
        self._keys = [place_of[key] for key in order.keys if key in place_of]

    def groups(self, rows: Iterable[SourceRow]) -> Iterator[RowGroup]:
        """The rows of each record, in the order of the file."""
        if not self.has_lines:
            yield from ((row,) for row in rows)
            return
        first: SourceRow | None = None
        group: list[SourceRow] = []
        cut = False
        for row in rows:
            goes_on = first is not None and self._goes_on(first, row)
            if goes_on and len(group) < MOST_ROWS:
                group.append(row)
                continue
            if group:
                yield _refused(group) if cut or goes_on else tuple(group)
            cut = goes_on
            if not goes_on:
                first = row
            group = [row]
        if group:
            yield _refused(group) if cut else tuple(group)

    def key_of(self, row: SourceRow) -> Key | None:
        """What the row has in the fields by which records are found; None when that is nothing."""
        key = tuple(_cell(row, place).casefold() for place in self._keys)
        return key if any(key) else None

    def _goes_on(self, first: SourceRow, row: SourceRow) -> bool:
        if not any(_cell(row, place) for place in self._own):
            return True
        key = self.key_of(row)
        return key is not None and key == self.key_of(first)


class KeysApart:
    """Whether the rows of some record do not stand together in the file.

    Only hashes are kept, eight bytes for each record.
    """

    def __init__(self, grouping: Grouping) -> None:
        self._grouping = grouping
        self._seen = array("q")

    def note(self, group: RowGroup) -> None:
        """Take the rows of a record into account."""
        key = self._grouping.key_of(group[0])
        if key is not None:
            self._seen.append(hash(key))

    def count(self) -> int:
        """How many records come again further down in the file."""
        return sum(one == other for one, other in pairwise(sorted(self._seen)))


def portions(groups: Iterable[RowGroup], rows: int) -> Iterator[list[RowGroup]]:
    """Groups of at least so many rows together (but for the last); no record is cut."""
    taken: list[RowGroup] = []
    size = 0
    for group in groups:
        taken.append(group)
        size += len(group)
        if size >= rows:
            yield taken
            taken, size = [], 0
    if taken:
        yield taken


def row_count(groups: Iterable[RowGroup]) -> int:
    """The rows of all these records."""
    return sum(map(len, groups))


def _cell(row: SourceRow, place: int) -> str:
    """A cell of a row that could perhaps not be read to its end."""
    return plain(row.cells[place]).strip() if place < len(row.cells) else ""


def _refused(group: RowGroup) -> RowGroup:
    issue = Issue("", "import_too_many_rows", {"maximum": MOST_ROWS})
    return tuple(row._replace(issue=issue) for row in group)
