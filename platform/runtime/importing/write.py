"""The rows of one portion of an import as records with their lines, through the one write path.

A portion is written in rounds, so that the result does not depend on where portions begin: a row about the
same record as an earlier row waits until that one is stored, and so does a row that refers to a record which
another row, or the import itself, is about to make.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from joinery.forms import Field, ShowContext, ValueProblem
from joinery.kernel import Issue, StaleRevision, pointer
from joinery.runtime.importing.foreseen import Foreseen
from joinery.runtime.importing.group_cells import Cells, GroupCells, GroupReader, RowIssues
from joinery.runtime.importing.lines import Lines
from joinery.runtime.importing.links import SEVERAL_RECORDS, UNKNOWN_RECORD, Created, Links
from joinery.runtime.importing.match import Key, Match, Matcher
from joinery.runtime.importing.order import ImportOrder
from joinery.runtime.importing.rehearsal import Rehearsal
from joinery.runtime.importing.row_groups import RowGroup
from joinery.runtime.importing.targets import can_be_imported, field_of, named
from joinery.runtime.records.batch import prepare_many, write_many
from joinery.runtime.records.notes import changes_json
from joinery.runtime.records.open_form import OpenForm
from joinery.runtime.records.operations import Operation, Prepared, Saved
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
    """What became of a record: "created", "updated", "unchanged", "skipped" or "failed".

    `issues` are the reasons, by the place of the row among those of the record. A stored record has its id
    and its new `revision`; `before` are the values that an update replaced. `lines` counts those that were
    added, updated and removed.
    """

    kind: str
    issues: RowIssues = field(default_factory=dict)
    record_id: int | None = None
    revision: int = 1
    before: Mapping[str, Any] | None = None
    lines: Mapping[str, int] = field(default_factory=dict)


@dataclass(slots=True)
class Written:
    """What became of a portion: an outcome for each record, records of other forms that were made, and how
    many cells of each column were left blank because nothing of their name is known."""

    outcomes: list[Outcome]
    related: Created
    left_blank: Counter[str] = field(default_factory=Counter)


def write_rows(
    at: OpenForm,
    order: ImportOrder,
    columns: Sequence[str],
    groups: Sequence[RowGroup],
    *,
    rehearsal: Rehearsal | None = None,
    past: PastOf | None = None,
) -> Written:
    """Save the records of a portion that can be saved; what became of each, in their order.

    `rehearsal` is given in a dry run whose portions are taken back one by one, and knows what the earlier
    ones would have stored; `past` tells what happened to new records before.
    """
    return _Portion(at, order, rehearsal, past).write(GroupReader(order, columns, at.form), groups)


class _Portion:
    """Records on their way into the form, round by round."""

    def __init__(
        self, at: OpenForm, order: ImportOrder, rehearsal: Rehearsal | None, past: PastOf | None
    ) -> None:
        self._at = at
        self._order = order
        self._rehearsal = rehearsal
        self._past = past
        self._links = Links(at, order)
        self._column_of = {key: column for column, key in order.mapping.items()}
        self._lines = Lines(at, order)
        self._written = Written([], self._links.created)
        self._outcomes: dict[int, Outcome] = {}
        #: Keys of rows of a dry run that no stored record has.
        self._keys: dict[int, Key] = {}
        #: Rows of a dry run about a record that an earlier portion would have created.
        self._again: set[int] = set()
        #: What names that may be of several forms would mean by then, in a dry run.
        self._foreseen: Foreseen | None = None

    def write(self, reader: GroupReader, groups: Sequence[RowGroup]) -> Written:
        waiting: list[GroupCells] = []
        for place, group in enumerate(groups):
            read = reader.read(place, group)
            if isinstance(read, GroupCells):
                waiting.append(read)
            else:
                self._outcomes[place] = Outcome(kind="failed", issues=read)
        last = False
        while waiting:
            settled = len(self._outcomes)
            waiting, moved = self._round(waiting, last)
            # When nothing moves, what still waits for another record waits in vain.
            last = not moved and len(self._outcomes) == settled
        self._written.outcomes = [self._outcomes[place] for place in range(len(groups))]
        return self._written

    def _round(self, rows: Sequence[GroupCells], last: bool) -> tuple[list[GroupCells], bool]:
        """Save what can be saved now; the records for the next round, and whether anything changed."""
        self._resolve(rows)
        matcher = Matcher(self._at, self._order, [row.own.values for row in rows])
        matched = [(row, matcher.match(row.own.values)) for row in rows]
        possible = [(row, match) for row, match in matched if self._is_to_try(row, match)]
        self._lines.read(match.record_id for _, match in possible if match.record_id is not None)
        tried: list[GroupCells] = []
        operations: list[Operation] = []
        for row, match in possible:
            if (operation := self._operation(row, match)) is not None:
                tried.append(row)
                operations.append(operation)
        self._foresee(tried)
        prepared = prepare_many(
            self._at,
            operations,
            cells=True,
            names_found=self._links.know_all,
            way="import",
            confirmed=self._order.confirm_duplicates,
        )
        right: list[tuple[GroupCells, Prepared]] = []
        waiting: list[GroupCells] = []
        blanked = 0
        for row, record in zip(tried, prepared, strict=True):
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
        missing = self._missing(waiting, last)
        made = self._links.create(missing) if missing else 0
        # What could not be made is told in the next round.
        moved = bool(made or blanked or missing)
        return [row for row in rows if row.place not in self._outcomes], moved

    def _resolve(self, rows: Sequence[GroupCells]) -> None:
        """Put ids in the place of names, those of lines too."""
        for subform in ("", *self._lines.subforms):
            cells = [one for row in rows for one in row.all_of(subform)]
            issues = self._links.resolve([one.values for one in cells], subform)
            for one, found in zip(cells, issues, strict=True):
                one.issues = found

    def _foresee(self, rows: Sequence[GroupCells]) -> None:
        """Look up names that may be of several forms, when earlier portions would have created records."""
        if self._rehearsal is not None and not self._links.know_all:
            cells = (
                row.own.values | {key: [one.values for one in lines] for key, lines in row.lines.items()}
                for row in rows
            )
            self._foreseen = Foreseen(self._at, self._rehearsal, cells)

    def _missing(self, rows: Sequence[GroupCells], last: bool) -> dict[str, list[str]]:
        """Names of records that may be made, by field."""
        found: dict[str, list[str]] = {}
        for subform in ("", *self._lines.subforms):
            cells = (one.values for row in rows for one in row.all_of(subform))
            found |= self._links.missing(cells, subform, own=last)
        return found

    def _is_to_try(self, row: GroupCells, match: Match) -> bool:
        """Whether the row is saved in this round; if it is settled without that, note how."""
        if match.repeats:
            return False
        if match.skipped:
            self._outcomes[row.place] = Outcome(kind="skipped")
            return False
        if match.issue is not None:
            self._outcomes[row.place] = _failed({0: [match.issue]})
            return False
        if self._rehearsal is not None and match.rehearsed_as is not None:
            self._keys[row.place] = match.rehearsed_as
            if self._rehearsal.has_key(self._at.form, match.rehearsed_as):
                if self._order.mode == "add":
                    self._outcomes[row.place] = Outcome(kind="skipped")
                    return False
                self._again.add(row.place)
        return True

    def _operation(self, row: GroupCells, match: Match) -> Operation | None:
        """The record to save, or None when its lines say that it fails.

        Fields that only find the record are not written.
        """
        values: Mapping[str, Any] = row.own.values
        found_by = [key for key in self._order.keys if not can_be_imported(self._at, key)]
        if found_by:
            values = {key: text for key, text in values.items() if key not in found_by}
        past = self._past(row.own.values) if self._past and match.record_id is None else None
        if not self._lines.subforms:
            return Operation(values=values, record_id=match.record_id, past=past)
        sent = self._lines.send(row, match.record_id)
        if sent.issues:
            self._outcomes[row.place] = Outcome(kind="failed", issues=sent.issues)
            return None
        # Lines are put together with those of this revision; a later one has others perhaps.
        return Operation(
            values={**values, **sent.values}, record_id=match.record_id, revision=sent.revision, past=past
        )

    def _leave_blank(self, row: GroupCells, record: Prepared, last: bool) -> bool:
        """Empty cells whose column allows it and whose name nobody knows; whether there were any."""
        found = False
        for issue in record.issues:
            cells, key = row.about(issue)
            if issue.code not in _UNKNOWN or cells is None or key not in cells.values:
                continue
            name = named(cells.subform, key)
            column = self._column_of.get(name)
            if column is None or self._order.choice(column).unknown != "blank":
                continue
            if self._links.is_link(name) and key not in cells.issues and self._may_come(name, last):
                continue
            del cells.values[key]
            self._written.left_blank[column] += 1
            found = True
        for lines in row.lines.values() if found else ():
            lines[:] = [one for one in lines if any(one.values.values())]
        return found

    def _outcome(self, row: GroupCells, record: Prepared, last: bool) -> Outcome | None:
        """What became of a record; None when it waits."""
        if isinstance(record.error, StaleRevision):
            # Somebody else saved it while its lines were put together: the whole portion is tried again.
            raise record.error
        if ambiguous := self._ambiguous(row, record):
            return _failed(self._reasons(row, record, ambiguous))
        if record.is_right:
            return self._saved(row, record)
        if taken := self._taken(row, record):
            return _failed(self._reasons(row, record, {0: taken}))
        if self._waits_for_another(row, record, last):
            return None
        if self._would_be_there(row, record):
            return self._saved(row, record)
        if record.error is not None:
            return _failed({0: [Issue("", record.error.code, record.error.params)]})
        return _failed(self._reasons(row, record))

    def _reasons(self, row: GroupCells, record: Prepared, more: RowIssues | None = None) -> RowIssues:
        """What is wrong with a record, but for names that an earlier portion of a dry run would have made."""
        found: dict[int, list[Issue]] = {}
        for issue in record.issues:
            cells, key = row.about(issue)
            if issue.code == UNKNOWN_RECORD and cells is not None and self._was_made(cells, key):
                continue
            place, told = row.told(issue)
            if told.path not in {other.path for other in (more or {}).get(place, ())}:
                found.setdefault(place, []).append(told)
        for place, issues in (more or {}).items():
            found.setdefault(place, []).extend(issues)
        return found

    def _saved(self, row: GroupCells, record: Prepared) -> Outcome:
        assert record.draft is not None, "a record without an error has a draft"
        lines = self._lines.counts(record.draft)
        if record.before is not None:
            return Outcome(kind="updated" if record.draft.changed else "unchanged", lines=lines)
        if self._rehearsal is None:
            return Outcome(kind="created", lines=lines)
        if row.place in self._again:
            return Outcome(kind="updated", lines=lines)
        if taken := self._taken(row, record):
            return _failed({0: taken})
        key = self._keys.get(row.place)
        self._rehearsal.note(self._at, key, record.draft.values, stored=record.is_right)
        return Outcome(kind="created", lines=lines)

    def _taken(self, row: GroupCells, record: Prepared) -> tuple[Issue, ...]:
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
            lines = self._lines.earlier(record.draft, self._show)
            changed = {
                key: pair for key, pair in record.draft.changed.items() if key in sent and key not in lines
            }
            old = changes_json(self._at, changed, self._show)
            before = {key: pair[0] for key, pair in old.items()} | lines
        return Outcome(
            kind=outcome.kind,
            issues=outcome.issues,
            record_id=saved.id,
            revision=saved.revision,
            before=before,
            lines=outcome.lines,
        )

    @property
    def _show(self) -> ShowContext:
        workspace = self._at.unit.workspace
        return ShowContext(
            directory=self._at.directory, language=workspace.language, time_zone=workspace.time_zone
        )

    def _would_be_there(self, row: GroupCells, record: Prepared) -> bool:
        """Whether earlier portions of a dry run would have created all that the record refers to."""
        if self._rehearsal is None or record.error is not None:
            return False
        for issue in record.issues:
            cells, key = row.about(issue)
            if issue.code != UNKNOWN_RECORD or cells is None or not self._was_made(cells, key):
                return False
        return True

    def _was_made(self, cells: Cells, key: str) -> bool:
        """Whether earlier portions of a dry run would have created the records that a field names."""
        name = named(cells.subform, key)
        found, cell = field_of(self._at.form, name), cells.values.get(key)
        if self._rehearsal is None or found is None or not isinstance(cell, str):
            return False
        if not found.references:
            return self._names_foreseen(found, cell)
        if (told := cells.issues.get(key)) is not None and told.code == SEVERAL_RECORDS:
            return False
        unknown = self._links.unknown(name, cell)
        return bool(unknown) and all(self._rehearsal.knows(found.references, one) for one in unknown)

    def _names_foreseen(self, found: Field, cell: str) -> bool:
        """Whether a name that may be of several forms is that of a record of an earlier portion."""
        if self._foreseen is None or len(found.type.targets(found)) < 2:
            return False
        try:
            return self._foreseen.check(found, cell)
        except ValueProblem:
            return False

    def _ambiguous(self, row: GroupCells, record: Prepared) -> RowIssues:
        """Names that say something else by then, because records that would be there have them too."""
        found: dict[int, list[Issue]] = {}
        if self._foreseen is None:
            return found
        told = {(id(cells), key) for cells, key in map(row.about, record.issues)}
        for cells in (one for subform in ("", *row.lines) for one in row.all_of(subform)):
            for key, cell in cells.values.items():
                name = named(cells.subform, key)
                field = field_of(self._at.form, name)
                if field is None or len(field.type.targets(field)) < 2 or not isinstance(cell, str):
                    continue
                try:
                    self._foreseen.check(field, cell)
                except ValueProblem as problem:
                    if problem.code != UNKNOWN_RECORD or (id(cells), key) not in told:
                        issue = Issue(pointer(name), problem.code, problem.params)
                        found.setdefault(cells.row, []).append(issue)
        return found

    def _waits_for_another(self, row: GroupCells, record: Prepared, last: bool) -> bool:
        """Whether all that is wrong are records that another row, or the import itself, may still make."""
        if record.error is not None:
            return False
        coming = 0
        for issue in record.issues:
            cells, key = row.about(issue)
            if issue.code != UNKNOWN_RECORD or cells is None or key in cells.issues:
                return False
            if self._was_made(cells, key):
                continue
            if not self._may_come(named(cells.subform, key), last):
                return False
            coming += 1
        return coming > 0

    def _may_come(self, key: str, last: bool) -> bool:
        """Whether a record that a field names may be there in the next round."""
        if self._links.may_create(key, own=True):
            return True
        return self._links.points_home(key) and not last


def _failed(issues: RowIssues) -> Outcome:
    return Outcome(kind="failed", issues=issues)
