"""The rows of one portion of an import as records, through the one write path.

A portion is written in rounds, so that the result does not depend on where portions begin: a row about the
same record as an earlier row waits until that one is stored, and so does a row that refers to a record which
another row, or the import itself, is about to make.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from joinery.forms import ShowContext
from joinery.kernel import Issue
from joinery.runtime.importing.cells import Reader, cell_reader
from joinery.runtime.importing.links import UNKNOWN_RECORD, Created, Links
from joinery.runtime.importing.match import Key, Match, Matcher
from joinery.runtime.importing.order import ImportOrder, can_be_imported
from joinery.runtime.importing.reader import SourceRow
from joinery.runtime.importing.rehearsal import Rehearsal
from joinery.runtime.records.batch import Operation, Prepared, Saved, prepare_many, write_many
from joinery.runtime.records.notes import changes_json
from joinery.runtime.records.open_form import OpenForm
from joinery.runtime.records.past import PastOf

#: What saving says about values that a column may leave blank instead.
_UNKNOWN = frozenset(
    {
        UNKNOWN_RECORD,
        "value_several_records",
        "import_cannot_create",
        "value_unknown_user",
        "value_several_users",
        "value_inactive_user",
        "value_unknown_department",
        "value_unknown_option",
    }
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What became of a row: "created", "updated", "unchanged", "skipped" or "failed" (with the reasons).

    A stored record has its id and its new `revision`; `before` are the values that an update replaced.
    """

    kind: str
    issues: tuple[Issue, ...] = ()
    record_id: int | None = None
    revision: int = 1
    before: Mapping[str, Any] | None = None


@dataclass(slots=True)
class Written:
    """What became of a portion: an outcome for each row, records of other forms that were made, and how many
    cells of each column were left blank because nothing of their name is known."""

    outcomes: list[Outcome]
    related: Created
    left_blank: Counter[str] = field(default_factory=Counter)


@dataclass(slots=True)
class _Row:
    """A row with its place in the portion and its cells by field."""

    place: int
    cells: dict[str, Any]
    issues: Mapping[str, Issue] = field(default_factory=dict)


def write_rows(
    at: OpenForm,
    order: ImportOrder,
    columns: Sequence[str],
    rows: Sequence[SourceRow],
    *,
    rehearsal: Rehearsal | None = None,
    past: PastOf | None = None,
) -> Written:
    """Save the rows of a portion that can be saved; what became of each, in their order.

    `rehearsal` is given in a dry run whose portions are taken back one by one, and knows what the earlier
    ones would have stored; `past` tells what happened to new records before.
    """
    return _Portion(at, order, rehearsal, past).write(cell_reader(order, columns, at.form), rows)


class _Portion:
    """Rows on their way into the form, round by round."""

    def __init__(
        self, at: OpenForm, order: ImportOrder, rehearsal: Rehearsal | None, past: PastOf | None
    ) -> None:
        self._at = at
        self._order = order
        self._rehearsal = rehearsal
        self._past = past
        self._links = Links(at, order)
        self._column_of = {key: column for column, key in order.mapping.items()}
        self._written = Written([], self._links.created)
        self._outcomes: dict[int, Outcome] = {}
        #: Keys of rows of a dry run that no stored record has.
        self._keys: dict[int, Key] = {}
        #: Rows of a dry run about a record that an earlier portion would have created.
        self._again: set[int] = set()

    def write(self, read: Reader, rows: Sequence[SourceRow]) -> Written:
        waiting: list[_Row] = []
        for place, row in enumerate(rows):
            if row.issue is not None:
                self._outcomes[place] = _failed(row.issue)
            else:
                waiting.append(_Row(place, read(row)))
        last = False
        while waiting:
            settled = len(self._outcomes)
            waiting, moved = self._round(waiting, last)
            # When nothing moves, what still waits for another record waits in vain.
            last = not moved and len(self._outcomes) == settled
        self._written.outcomes = [self._outcomes[place] for place in range(len(rows))]
        return self._written

    def _round(self, rows: Sequence[_Row], last: bool) -> tuple[list[_Row], bool]:
        """Save what can be saved now; the rows for the next round, and whether something changed for them."""
        for row, issues in zip(rows, self._links.resolve([row.cells for row in rows]), strict=True):
            row.issues = issues
        matcher = Matcher(self._at, self._order, [row.cells for row in rows])
        matched = [(row, matcher.match(row.cells)) for row in rows]
        tried = [(row, match) for row, match in matched if self._is_to_try(row, match)]
        operations = [self._operation(row, match) for row, match in tried]
        prepared = prepare_many(
            self._at,
            operations,
            cells=True,
            names_found=self._links.know_all,
            way="import",
            confirmed=self._order.confirm_duplicates,
        )
        right: list[tuple[_Row, Prepared]] = []
        waiting: list[_Row] = []
        blanked = 0
        for (row, _), record in zip(tried, prepared, strict=True):
            left = self._leave_blank(row, record, last)
            blanked += left
            outcome = None if left else self._outcome(row, record, last)
            if outcome is None:
                waiting.append(row)
                continue
            self._outcomes[row.place] = outcome
            if record.is_right and not outcome.issues:
                right.append((row, record))
        saved = write_many(self._at, [record for _, record in right], source="import")
        for (row, record), one in zip(right, saved, strict=True):
            self._outcomes[row.place] = self._stored(self._outcomes[row.place], record, one)
        missing = self._links.missing((row.cells for row in waiting), own=last)
        made = self._links.create(missing) if missing else 0
        # What could not be made is told in the next round.
        moved = bool(made or blanked or missing)
        return [row for row in rows if row.place not in self._outcomes], moved

    def _is_to_try(self, row: _Row, match: Match) -> bool:
        """Whether the row is saved in this round; if it is settled without that, note how."""
        if match.repeats:
            return False
        if match.skipped:
            self._outcomes[row.place] = Outcome(kind="skipped")
            return False
        if match.issue is not None:
            self._outcomes[row.place] = _failed(match.issue)
            return False
        if self._rehearsal is not None and match.rehearsed_as is not None:
            self._keys[row.place] = match.rehearsed_as
            if self._rehearsal.has_key(self._at.form, match.rehearsed_as):
                if self._order.mode == "add":
                    self._outcomes[row.place] = Outcome(kind="skipped")
                    return False
                self._again.add(row.place)
        return True

    def _operation(self, row: _Row, match: Match) -> Operation:
        """The record to save: fields that only find the record are not written."""
        values: Mapping[str, Any] = row.cells
        found_by = [key for key in self._order.keys if not can_be_imported(self._at, key)]
        if found_by:
            values = {key: text for key, text in values.items() if key not in found_by}
        past = self._past(row.cells) if self._past and match.record_id is None else None
        return Operation(values=values, record_id=match.record_id, past=past)

    def _leave_blank(self, row: _Row, record: Prepared, last: bool) -> bool:
        """Empty cells whose column allows it and whose name nobody knows; whether there were any."""
        found = False
        for issue in record.issues:
            key = issue.path[1:].split("/")[0]
            column = self._column_of.get(key)
            if issue.code not in _UNKNOWN or column is None or key not in row.cells:
                continue
            choice = self._order.choice(column)
            may_come = self._links.is_link(key) and key not in row.issues and self._may_come(key, last)
            if choice.unknown == "blank" and not may_come:
                del row.cells[key]
                self._written.left_blank[column] += 1
                found = True
        return found

    def _outcome(self, row: _Row, record: Prepared, last: bool) -> Outcome | None:
        """What became of a row; None when it waits."""
        if record.is_right:
            return self._saved(row, record)
        if taken := self._taken(row, record):
            return _failed(*self._reasons(row, record), *taken)
        if self._waits_for_another(row, record, last):
            return None
        if self._would_be_there(row, record):
            return self._saved(row, record)
        if record.error is not None:
            return _failed(Issue("", record.error.code, record.error.params))
        return _failed(*self._reasons(row, record))

    def _reasons(self, row: _Row, record: Prepared) -> list[Issue]:
        """What is wrong with a row, but for names that an earlier portion of a dry run would have made."""
        return [
            row.issues.get(issue.path[1:], issue)
            for issue in record.issues
            if issue.code != UNKNOWN_RECORD or not self._was_made(row, issue.path[1:])
        ]

    def _saved(self, row: _Row, record: Prepared) -> Outcome:
        assert record.draft is not None, "a record without an error has a draft"
        if record.before is not None:
            return Outcome(kind="updated" if record.draft.changed else "unchanged")
        if self._rehearsal is None:
            return Outcome(kind="created")
        if row.place in self._again:
            return Outcome(kind="updated")
        if taken := self._taken(row, record):
            return _failed(*taken)
        self._rehearsal.note(self._at, self._keys.get(row.place), record.draft.values)
        return Outcome(kind="created")

    def _taken(self, row: _Row, record: Prepared) -> tuple[Issue, ...]:
        """Unique values of a new record that an earlier portion of a dry run would have taken."""
        if self._rehearsal is None or record.draft is None or record.before is not None:
            return ()
        if row.place in self._again:
            return ()
        return self._rehearsal.taken(self._at, record.draft.values)

    def _stored(self, outcome: Outcome, record: Prepared, saved: Saved) -> Outcome:
        """The outcome of a row with the record it was stored as."""
        before = None
        if outcome.kind == "updated" and record.draft is not None:
            sent = self._at.form.plan.open
            changed = {key: pair for key, pair in record.draft.changed.items() if key in sent}
            old = changes_json(self._at, changed, self._show)
            before = {key: pair[0] for key, pair in old.items()}
        return Outcome(kind=outcome.kind, record_id=saved.id, revision=saved.revision, before=before)

    @property
    def _show(self) -> ShowContext:
        workspace = self._at.unit.workspace
        return ShowContext(
            directory=self._at.directory, language=workspace.language, time_zone=workspace.time_zone
        )

    def _would_be_there(self, row: _Row, record: Prepared) -> bool:
        """Whether earlier portions of a dry run would have created all that the row refers to."""
        rehearsal = self._rehearsal
        return (
            rehearsal is not None
            and record.error is None
            and all(
                issue.code == UNKNOWN_RECORD and self._was_made(row, issue.path[1:])
                for issue in record.issues
            )
        )

    def _was_made(self, row: _Row, key: str) -> bool:
        """Whether an earlier portion of a dry run would have created the record that a field names."""
        found = self._at.form.field(key)
        if self._rehearsal is None or found is None or not found.references:
            return False
        return self._rehearsal.knows(found.references, str(row.cells.get(key)))

    def _waits_for_another(self, row: _Row, record: Prepared, last: bool) -> bool:
        """Whether all that is wrong are records that another row, or the import itself, may still make."""
        if record.error is not None:
            return False
        coming = 0
        for issue in record.issues:
            key = issue.path[1:]
            if issue.code != UNKNOWN_RECORD or key in row.issues:
                return False
            if self._may_come(key, last):
                coming += 1
            elif not self._was_made(row, key):
                return False
        return coming > 0

    def _may_come(self, key: str, last: bool) -> bool:
        """Whether a record that a field names may be there in the next round."""
        if self._links.may_create(key, own=True):
            return True
        return self._links.points_home(key) and not last


def _failed(*issues: Issue) -> Outcome:
    return Outcome(kind="failed", issues=issues)
