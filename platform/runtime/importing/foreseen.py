"""What the names in cells would mean once the earlier portions of a dry run were stored."""

from collections.abc import Iterable, Mapping
from typing import Any

from joinery.forms import Field, ParseContext
from joinery.runtime.importing.rehearsal import Rehearsal
from joinery.runtime.records.open_form import OpenForm
from joinery.runtime.records.related_records import RecordFinder

#: Stands for the id of a record that an earlier portion would have created; no record has it.
_FORESEEN_ID = -1


class Foreseen:
    """Reads names that may be of several forms, among records that are stored or would be by then."""

    def __init__(self, at: OpenForm, rehearsal: Rehearsal, rows: Iterable[Mapping[str, Any]]) -> None:
        """`rows` are the cells of records, those of their lines in lists by subform: looked up together."""
        self._rehearsal = rehearsal
        self._finder = RecordFinder(at)
        self._finder.prefetch(rows)
        self._parsing = ParseContext(
            directory=at.lookup, language=at.unit.workspace.language, find_record=self._find
        )

    def check(self, field: Field, cell: str) -> bool:
        """Whether a cell names a record that an earlier portion would have created.

        Raises ValueProblem when it names none, or would be ambiguous by then.
        """
        value = field.type.parse_text(field, cell, self._parsing)
        return any(record_id == _FORESEEN_ID for _, record_id in field.type.records_in(field, value))

    def _find(self, form: str, name: str) -> int | None:
        stored = self._finder.find(form, name)
        if not self._rehearsal.knows(form, name):
            return stored
        # As for stored records: a name that several of a form have is the name of none.
        return None if stored is not None or self._rehearsal.would_share(form, name) else _FORESEEN_ID
