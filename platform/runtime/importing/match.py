"""Which stored record a row is about: found by the values of one field, or of several together."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from joinery.forms import Field, ParseContext, ValueProblem
from joinery.kernel import Issue, pointer
from joinery.runtime.importing.order import ImportOrder
from joinery.runtime.records.open_form import OpenForm
from joinery.storage.record_matching import match_keys

Key = tuple[Any, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Match:
    """The record of a row (None: a new one), or why there is none.

    `repeats` when an earlier row of the portion is about the same record; `skipped` when nothing is to be
    done. `rehearsed_as` is the key of the row when no stored record has it.
    """

    record_id: int | None = None
    issue: Issue | None = None
    repeats: bool = False
    skipped: bool = False
    rehearsed_as: Key | None = None


_NEW = Match()
_SKIPPED = Match(skipped=True)


class Matcher:
    """Finds the records of many rows with one query."""

    def __init__(self, at: OpenForm, order: ImportOrder, rows: Sequence[Mapping[str, Any]]) -> None:
        self._adds = order.mode != "update"
        self._updates = order.mode != "add"
        self._several = order.several
        self._met: set[Key] = set()
        self._fields: list[Field] = [field for key in order.keys if (field := at.form.field(key)) is not None]
        self._parsing = ParseContext(
            directory=at.lookup, language=at.unit.workspace.language, time_zone=at.evaluation.time_zone
        )
        self._found: Mapping[Key, Sequence[int]] = {}
        if self._fields:
            # A key that is written in two ways is asked for once.
            keys = {_folded(key): key for row in rows if (key := self.key_of(row)) is not None}
            names = [field.key for field in self._fields]
            found = match_keys(at.unit, at.table, names, list(keys.values()), at.access.rows, at.evaluation)
            self._found = {_folded(key): ids for key, ids in found.items()}

    def match(self, row: Mapping[str, Any]) -> Match:
        """The record of one row; asked in the order of the file."""
        if not self._fields:
            return _NEW
        place = pointer(self._fields[0].key)
        value = self.key_of(row)
        if value is None:
            return self._without_value(place, row)
        key = _folded(value)
        if key in self._met:
            return Match(repeats=True)
        self._met.add(key)
        ids = self._found.get(key, ())
        if ids and not self._updates:
            return _SKIPPED
        if len(ids) > 1 and self._several != "first":
            several = Match(issue=Issue(place, "import_several_matches"))
            return _SKIPPED if self._several == "skip" else several
        if ids:
            return Match(record_id=ids[0])
        issue = None if self._adds else Issue(place, "import_no_match")
        return Match(rehearsed_as=key, issue=issue)

    def _without_value(self, place: str, row: Mapping[str, Any]) -> Match:
        """A row that has no value to be found by can only be a new record."""
        if self._adds:
            # Text that is no such value: saving says what is wrong with it.
            return _NEW
        blank = all(not row.get(field.key) for field in self._fields)
        return Match(issue=Issue(place, "import_match_blank" if blank else "import_no_match"))

    def key_of(self, row: Mapping[str, Any]) -> Key | None:
        """The values of a row in the key's fields; None when all are blank or one is no such value."""
        try:
            key = tuple(self._value(field, row.get(field.key)) for field in self._fields)
        except ValueProblem:
            return None
        return None if all(part is None for part in key) else key

    def _value(self, field: Field, cell: Any) -> Any:
        if cell is None or cell == "":
            return None
        if isinstance(cell, dict | list):
            return field.type.parse(field, cell, self._parsing)
        if field.references:
            # A name that was not found yet: no stored record has it in its key.
            raise ValueProblem("value_unknown_record")
        return field.type.parse_text(field, cell, self._parsing)


def _folded(key: Key) -> Key:
    return tuple(part.casefold() if isinstance(part, str) else part for part in key)
