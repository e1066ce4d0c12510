"""What a file holds and how its columns probably match the form, before anything is imported."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from joinery.kernel import InvalidInput, Issue, issue_message
from joinery.runtime.importing.formats import NumberEvidence
from joinery.runtime.importing.mapping import DateEvidence, default_date_order
from joinery.runtime.importing.order import ImportOrder
from joinery.runtime.importing.reader import Source
from joinery.runtime.importing.row_groups import Grouping, KeysApart
from joinery.runtime.importing.targets import field_of
from joinery.runtime.records.open_form import OpenForm

_SAMPLES = 5
_LONGEST_SAMPLE = 200


def preview_source(source: Source, suggestions: Mapping[str, str | None], language: str) -> dict[str, Any]:
    """Format, columns with samples and suggestions, the number of rows, and what looks odd.

    The whole file is read once.
    """
    samples: list[list[str]] = [[] for _ in source.columns]
    dates = [DateEvidence() for _ in source.columns]
    numbers = [NumberEvidence() for _ in source.columns]
    rows, failing = 0, _Failing()
    for row in source.rows():
        rows += 1
        failing.note(row.number, row.issue, row.padded)
        for cell, day, number in zip(row.cells, dates, numbers, strict=False):
            if cell:
                day.look_at(cell)
                number.look_at(cell)
        if rows <= _SAMPLES:
            for sample, cell in zip(samples, row.cells, strict=False):
                sample.append(cell[:_LONGEST_SAMPLE])
    warnings = [*source.warnings, *failing.warnings(), *(() if rows else (Issue("/file", "import_no_rows"),))]
    default = default_date_order(language)
    return {
        "format": source.format,
        "encoding": source.encoding,
        "delimiter": source.delimiter,
        "sheets": list(source.sheets),
        "sheet": source.sheet,
        "rows": rows,
        "columns": [
            {
                "name": name,
                "samples": found,
                "suggestion": suggestions.get(name),
                "dates": {"order": day.order(default), "doubtful": day.doubtful} if day.seen else None,
                "numbers": {"style": number.style, "doubtful": number.doubtful} if number.seen else None,
            }
            for name, found, day, number in zip(source.columns, samples, dates, numbers, strict=True)
        ],
        "warnings": [
            {"code": warning.code, "message": issue_message(warning, language)} for warning in warnings
        ],
    }


@dataclass(frozen=True, slots=True, kw_only=True)
class Formats:
    """The number of rows, and how dates and numbers are written in the columns that hold some."""

    rows: int
    dates: Mapping[str, str]
    numbers: Mapping[str, str]


def find_formats(source: Source, order: ImportOrder, at: OpenForm) -> Formats:
    """How dates and numbers are written in each column that goes into a field for them.

    All values of a column together decide; where they do not, the usual order of the workspace's language.
    Raises InvalidInput when a record with lines has rows in several places of the file.
    """
    dates: dict[int, DateEvidence] = {}
    numbers: dict[int, NumberEvidence] = {}
    for position, column in enumerate(source.columns):
        found = field_of(at.form, order.mapping.get(column, ""))
        if found is not None and found.type.name in ("date", "datetime"):
            dates[position] = DateEvidence()
        elif found is not None and found.type.stores == "number":
            numbers[position] = NumberEvidence()
    grouping = Grouping(order, source.columns)
    apart = KeysApart(grouping)
    rows = 0
    for group in grouping.groups(source.rows()):
        rows += len(group)
        if grouping.has_lines:
            apart.note(group)
        for row in group:
            for evidence in (dates, numbers):
                for position, seen in evidence.items():
                    if position < len(row.cells):
                        seen.look_at(row.cells[position])
    if count := apart.count():
        raise InvalidInput(issues=[Issue("/match", "import_lines_apart", {"count": count})])
    default = default_date_order(at.unit.workspace.language)
    names = source.columns
    return Formats(
        rows=rows,
        # An order is noted for every such column: day numbers are read by it too.
        dates={names[position]: found.order(default) for position, found in dates.items()},
        numbers={names[position]: found.style for position, found in numbers.items() if found.seen},
    )


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
