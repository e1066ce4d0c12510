"""What a file holds and how its columns probably match the form, before anything is imported."""

from collections.abc import Mapping
from typing import Any, BinaryIO

from joinery.kernel import Issue, issue_message
from joinery.runtime.import_mapping import DateEvidence, default_date_order, suggest_fields
from joinery.runtime.import_order import can_be_imported
from joinery.runtime.import_reader import Source, open_source
from joinery.runtime.open_form import OpenForm

_SAMPLES = 5
_LONGEST_SAMPLE = 200


def preview_source(
    at: OpenForm, name: str, content: BinaryIO, choices: Mapping[str, str | None]
) -> dict[str, Any]:
    """Format, columns with samples and suggestions, the number of rows, and what looks odd.

    `choices` may hold `encoding`, `delimiter` and `sheet`. The whole file is read once.
    Raises InvalidInput when it cannot be read.
    """
    source = open_source(content, name, **choices)
    writable = frozenset(key for key in at.access.writable if can_be_imported(at, key))
    suggestions = suggest_fields(source.columns, at.form, writable)
    samples: list[list[str]] = [[] for _ in source.columns]
    rows, failing = 0, _Failing()
    for row in source.rows():
        rows += 1
        failing.note(row.number, row.issue, row.padded)
        if rows <= _SAMPLES:
            for sample, cell in zip(samples, row.cells, strict=False):
                sample.append(cell[:_LONGEST_SAMPLE])
    language = at.actor.language
    warnings = [*source.warnings, *failing.warnings(), *(() if rows else (Issue("/file", "import_no_rows"),))]
    return {
        "format": source.format,
        "encoding": source.encoding,
        "delimiter": source.delimiter,
        "sheets": list(source.sheets),
        "sheet": source.sheet,
        "rows": rows,
        "columns": [
            {"name": name, "samples": found, "suggestion": suggestions[name]}
            for name, found in zip(source.columns, samples, strict=True)
        ],
        "warnings": [
            {"code": warning.code, "message": issue_message(warning, language)} for warning in warnings
        ],
    }


def find_date_orders(source: Source, mapping: Mapping[str, str], at: OpenForm) -> tuple[int, dict[str, str]]:
    """The number of rows, and how dates are written in each column that goes into a date field.

    All values of a column together decide; where they do not, the usual order of the workspace's language.
    """
    dated = {
        column: position
        for position, column in enumerate(source.columns)
        if (key := mapping.get(column))
        and (found := at.form.field(key))
        and found.type.name in ("date", "datetime")
    }
    evidence = {column: DateEvidence() for column in dated}
    rows = 0
    for row in source.rows():
        rows += 1
        for column, position in dated.items():
            if position < len(row.cells):
                evidence[column].look_at(row.cells[position])
    default = default_date_order(at.unit.workspace.language)
    return rows, {column: found.order(default) for column, found in evidence.items() if found.seen}


class _Failing:
    """Counts rows that cannot be imported as they are."""

    def __init__(self) -> None:
        self._first: int | None = None
        self._count = 0
        self._padded = 0

    def note(self, number: int, issue: Issue | None, padded: bool) -> None:
        if issue is not None:
            self._first = self._first or number
            self._count += 1
        self._padded += padded

    def warnings(self) -> list[Issue]:
        found = []
        if self._count:
            found.append(Issue("/file", "import_bad_rows", {"count": self._count, "first": self._first}))
        if self._padded:
            found.append(Issue("/file", "import_padded_rows", {"count": self._padded}))
        return found
