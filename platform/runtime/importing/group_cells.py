"""The cells of one record: its own, and those of its lines, from all its rows."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from joinery.forms import Form
from joinery.kernel import Issue, pointer
from joinery.runtime.importing.cells import cell_reader
from joinery.runtime.importing.order import ImportOrder
from joinery.runtime.importing.row_groups import RowGroup
from joinery.runtime.importing.targets import named, subforms_in

#: What is wrong with the rows of a record, by the place of the row among them.
RowIssues = Mapping[int, Sequence[Issue]]


@dataclass(slots=True)
class Cells:
    """Cells by field, of a record or of a line in `subform`, and the place of their row in the group.

    `issues` are what looking names up said, by field.
    """

    values: dict[str, Any]
    row: int = 0
    subform: str = ""
    issues: Mapping[str, Issue] = field(default_factory=dict)


@dataclass(slots=True)
class GroupCells:
    """What the rows of one record hold; `place` is its place in the portion.

    `sent` tells for each subform which of its `lines` the lines are that were sent to be saved (None: one
    that only the stored record has).
    """

    place: int
    own: Cells
    lines: Mapping[str, list[Cells]] = field(default_factory=dict)
    sent: dict[str, Sequence[int | None]] = field(default_factory=dict)

    def all_of(self, subform: str) -> Sequence[Cells]:
        """The cells of the lines in a subform; of the record itself where it is ""."""
        return self.lines.get(subform, ()) if subform else (self.own,)

    def about(self, issue: Issue) -> tuple[Cells | None, str]:
        """The cells that an issue is about, and the field; None for a line that is only stored."""
        key, *rest = issue.path[1:].split("/")
        if key not in self.sent or not rest:
            return self.own, key
        place = self.sent[key][int(rest[0])] if rest[0].isdigit() else None
        if place is None:
            return None, ""
        return self.lines[key][place], rest[1] if len(rest) > 1 else ""

    def told(self, issue: Issue) -> tuple[int, Issue]:
        """An issue with the place of the row that it is about; its path names the field as a mapping does."""
        cells, key = self.about(issue)
        if cells is None:
            return 0, issue
        if not cells.subform:
            return 0, self.own.issues.get(issue.path[1:], issue)
        return cells.row, cells.issues.get(key) or replace(issue, path=pointer(named(cells.subform, key)))


class GroupReader:
    """Reads the rows of records."""

    def __init__(self, order: ImportOrder, columns: Sequence[str], form: Form) -> None:
        self._own = cell_reader(order, columns, form)
        self._lines = {
            subform: cell_reader(order, columns, form, subform)
            for subform in subforms_in(order.mapping.values())
        }

    def read(self, place: int, group: RowGroup) -> GroupCells | RowIssues:
        """The cells of a record, or what is wrong with its rows as such."""
        issues: dict[int, list[Issue]] = {
            at: [row.issue] for at, row in enumerate(group) if row.issue is not None
        }
        if issues:
            return issues
        own = Cells(self._own(group[0]))
        if not self._lines:
            return GroupCells(place, own)
        lines: dict[str, list[Cells]] = {subform: [] for subform in self._lines}
        for at, row in enumerate(group):
            if at and (differing := _add(own.values, self._own(row))):
                issues[at] = differing
            for subform, read in self._lines.items():
                cells = read(row)
                if any(cells.values()):
                    lines[subform].append(Cells(cells, at, subform))
        return issues or GroupCells(place, own, lines)


def _add(own: dict[str, Any], more: Mapping[str, str]) -> list[Issue]:
    """Take over what further rows say about the record; what contradicts the rows before."""
    issues: list[Issue] = []
    for key, text in more.items():
        known = own.get(key)
        if not known:
            own[key] = text
        elif text and _folded(text) != _folded(known):
            issues.append(Issue(pointer(key), "import_rows_differ", {"value": known[:100]}))
    return issues


def _folded(text: str) -> str:
    return text.strip().casefold()
