"""Which stored record a row is about: found by the value of one field."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from joinery.forms import Field, ParseContext, ValueProblem
from joinery.kernel import Issue
from joinery.runtime.import_order import ImportOrder
from joinery.runtime.open_form import OpenForm
from joinery.storage import records


@dataclass(frozen=True, slots=True, kw_only=True)
class Match:
    """The record of a row (None: a new one), or why there is none.

    `repeats` when an earlier row of the portion is about the same record. `rehearsed_as` is the value of
    `field` when no stored record has it.
    """

    field: str = ""
    record_id: int | None = None
    issue: Issue | None = None
    repeats: bool = False
    rehearsed_as: Any = None


_NEW = Match()


class Matcher:
    """Finds the records of many rows with one query."""

    def __init__(self, at: OpenForm, order: ImportOrder, rows: Sequence[Mapping[str, str]]) -> None:
        self._adds = order.mode != "update"
        self._matched = order.mode != "add"
        self._met: set[Any] = set()
        self._field: Field | None = at.form.field(order.match) if order.match and self._matched else None
        self._parsing = ParseContext(
            directory=at.directory, language=at.unit.workspace.language, time_zone=at.evaluation.time_zone
        )
        self._found: Mapping[Any, Sequence[int]] = {}
        if self._field is not None:
            values = {_folded(value) for row in rows if (value := self._value(row)) is not None}
            self._found = _find(at, self._field, list(values))

    def match(self, row: Mapping[str, str]) -> Match:
        """The record of one row; asked in the order of the file."""
        if self._field is None:
            return _NEW
        field = self._field.key
        value = self._value(row)
        if value is None:
            return self._without_value(field, row)
        key = _folded(value)
        if key in self._met:
            return Match(repeats=True)
        self._met.add(key)
        ids = self._found.get(key, ())
        if len(ids) > 1:
            return Match(issue=Issue(f"/{field}", "import_several_matches"))
        if ids:
            return Match(record_id=ids[0])
        issue = None if self._adds else Issue(f"/{field}", "import_no_match")
        return Match(field=field, rehearsed_as=value, issue=issue)

    def _without_value(self, field: str, row: Mapping[str, str]) -> Match:
        """A row that has no value to be found by can only be a new record."""
        if field in row:
            # Text that is no such value: saving says what is wrong with it.
            return Match() if self._adds else Match(issue=Issue(f"/{field}", "import_no_match"))
        return Match() if self._adds else Match(issue=Issue(f"/{field}", "import_match_blank"))

    def _value(self, row: Mapping[str, str]) -> Any:
        """The value of a row in the field; None for a blank cell or one that is no such value."""
        assert self._field is not None, "only asked when there is a field to match"
        text = row.get(self._field.key)
        if text is None:
            return None
        try:
            return self._field.type.parse_text(self._field, text, self._parsing)
        except ValueProblem:
            return None


def _find(at: OpenForm, field: Field, values: list[Any]) -> dict[Any, list[int]]:
    """All visible records in use that have one of the values (text in any case), by value."""
    found: dict[Any, list[int]] = {}
    matches = records.find_all_by_values(at.unit, at.table, field.key, values, at.access.rows, at.evaluation)
    for value, record_ids in matches.items():
        found[_folded(value)] = record_ids
    return found


def _folded(value: Any) -> Any:
    return value.casefold() if isinstance(value, str) else value
