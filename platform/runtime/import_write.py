"""The rows of one portion of an import as records, through the one write path.

A portion is written in rounds, so that the result does not depend on where portions begin: a row about the
same record as an earlier row waits until that one is stored, and so does a row that refers to a record of the
same form which does not exist yet.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from joinery.kernel import Issue
from joinery.runtime.import_failures import plain
from joinery.runtime.import_mapping import iso_date
from joinery.runtime.import_match import Match, Matcher
from joinery.runtime.import_order import ImportOrder, can_be_imported
from joinery.runtime.import_reader import SourceRow
from joinery.runtime.import_rehearsal import Rehearsal
from joinery.runtime.open_form import OpenForm
from joinery.runtime.record_batch import Operation, Prepared, prepare_many, write_many
from joinery.runtime.record_past import PastOf

#: What a relation says about a record it cannot find.
_UNKNOWN_RECORD = "value_unknown_record"

_Reader = Callable[[SourceRow], dict[str, str]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What became of a row: "created", "updated", "unchanged" or "failed" (with the reasons)."""

    kind: str
    issues: tuple[Issue, ...] = ()


_CREATED = Outcome(kind="created")


@dataclass(frozen=True, slots=True)
class _Row:
    """A row with its place in the portion and its cells by field."""

    place: int
    cells: Mapping[str, str]


def write_rows(
    at: OpenForm,
    order: ImportOrder,
    columns: Sequence[str],
    rows: Sequence[SourceRow],
    *,
    rehearsal: Rehearsal | None = None,
    past: PastOf | None = None,
) -> list[Outcome]:
    """Save the rows of a portion that can be saved; what became of each, in their order.

    `rehearsal` is given in a dry run and knows what its earlier portions would have stored, `past` what
    happened to new records before.
    """
    return _Portion(at, order, rehearsal, past).write(_reader(order, columns), rows)


def _reader(order: ImportOrder, columns: Sequence[str]) -> _Reader:
    """Rows as cells by field. Blank cells are left out: defaults and stored values hold."""
    taken = [
        (position, order.mapping[column], order.date_orders.get(column))
        for position, column in enumerate(columns)
        if column in order.mapping
    ]

    def read(row: SourceRow) -> dict[str, str]:
        cells: dict[str, str] = {}
        for position, key, date_order in taken:
            text = row.cells[position]
            if text and (text := plain(text)).strip():
                cells[key] = iso_date(text, date_order) if date_order else text
        return cells

    return read


class _Portion:
    """Rows on their way into the form, round by round."""

    def __init__(
        self, at: OpenForm, order: ImportOrder, rehearsal: Rehearsal | None, past: PastOf | None
    ) -> None:
        self._at = at
        self._order = order
        self._rehearsal = rehearsal
        self._past = past
        self._outcomes: dict[int, Outcome] = {}
        #: Rows of a dry run about a record that an earlier portion would have created.
        self._again: set[int] = set()

    def write(self, read: _Reader, rows: Sequence[SourceRow]) -> list[Outcome]:
        waiting: list[_Row] = []
        for place, row in enumerate(rows):
            if row.issue is not None:
                self._outcomes[place] = _failed(row.issue)
            else:
                waiting.append(_Row(place, read(row)))
        last = False
        while waiting:
            settled = len(self._outcomes)
            waiting = self._round(waiting, last)
            # When nothing moves, what still waits for another record waits in vain.
            last = len(self._outcomes) == settled
        return [self._outcomes[place] for place in range(len(rows))]

    def _round(self, rows: Sequence[_Row], last: bool) -> list[_Row]:
        """Save what can be saved now; the rows that wait for the next round."""
        matcher = Matcher(self._at, self._order, [row.cells for row in rows])
        matched = [(row, matcher.match(row.cells)) for row in rows]
        tried = [(row, match) for row, match in matched if self._is_to_try(row, match)]
        prepared = prepare_many(
            self._at,
            [self._operation(row, match) for row, match in tried],
            cells=True,
            way="import",
            confirmed=self._order.confirm_duplicates,
        )
        right: list[Prepared] = []
        for (row, _), record in zip(tried, prepared, strict=True):
            outcome = self._outcome(row, record, last)
            if outcome is not None:
                self._outcomes[row.place] = outcome
                if record.is_right and not outcome.issues:
                    right.append(record)
        write_many(self._at, right, source="import")
        return [row for row in rows if row.place not in self._outcomes]

    def _is_to_try(self, row: _Row, match: Match) -> bool:
        """Whether the row is saved in this round; if it is settled without that, note how."""
        if match.repeats:
            return False
        if match.issue is not None:
            self._outcomes[row.place] = _failed(match.issue)
            return False
        if (
            self._rehearsal is not None
            and match.rehearsed_as is not None
            and self._rehearsal.has(match.field, match.rehearsed_as)
        ):
            self._again.add(row.place)
        return True

    def _operation(self, row: _Row, match: Match) -> Operation:
        """The record to save: a field that only finds the record is not written."""
        values, found_by = row.cells, self._order.match
        if found_by is not None and not can_be_imported(self._at, found_by):
            values = {key: text for key, text in values.items() if key != found_by}
        past = self._past(row.cells) if self._past and match.record_id is None else None
        return Operation(values=values, record_id=match.record_id, past=past)

    def _outcome(self, row: _Row, record: Prepared, last: bool) -> Outcome | None:
        """What became of a row; None when it waits."""
        if record.is_right:
            return self._saved(row, record)
        if self._waits_for_another(record):
            if not last:
                return None
            if self._would_be_there(row, record):
                return self._saved(row, record)
        if record.error is not None:
            return _failed(Issue("", record.error.code, record.error.params))
        return _failed(*record.issues)

    def _saved(self, row: _Row, record: Prepared) -> Outcome:
        assert record.draft is not None, "a record without an error has a draft"
        if record.before is not None:
            return Outcome(kind="updated" if record.draft.changed else "unchanged")
        if self._rehearsal is None:
            return _CREATED
        if row.place in self._again:
            return Outcome(kind="updated")
        values = record.draft.values
        if taken := self._rehearsal.taken(self._at, values):
            return _failed(*taken)
        self._rehearsal.note(self._at, self._order.match, values)
        return _CREATED

    def _would_be_there(self, row: _Row, record: Prepared) -> bool:
        """Whether earlier portions of a dry run would have created all that the row refers to."""
        rehearsal = self._rehearsal
        return rehearsal is not None and all(
            rehearsal.knows(row.cells[issue.path[1:]]) for issue in record.issues
        )

    def _waits_for_another(self, record: Prepared) -> bool:
        """Whether all that is wrong is a record of the same form that another row may create."""
        return record.error is None and all(
            issue.code == _UNKNOWN_RECORD
            and (field := self._at.form.field(issue.path[1:])) is not None
            and field.references == self._at.form.key
            for issue in record.issues
        )


def _failed(*issues: Issue) -> Outcome:
    return Outcome(kind="failed", issues=issues)
