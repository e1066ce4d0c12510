"""Excel workbooks: one sheet as rows of text.

Formulas count with the value the spreadsheet program stored beside them; a merged range has its value
in every cell it covers, because that is what a person sees. A formula
that failed has no value: its cell is blank.
"""

import zipfile
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from typing import BinaryIO

from python_calamine import CalamineError, CalamineSheet, CalamineWorkbook

from joinery.kernel import Issue
from joinery.runtime.importing.reader import Source, SourceRow, cannot_read, name_columns, shape_row

#: Unpacked size in bytes up to which a workbook is read; above, CSV is the better format
#: (and an archive of a few kilobytes that unpacks to gigabytes is an attack).
UNPACKED_LIMIT = 250_000_000


def open_workbook(stream: BinaryIO, sheet: str | None) -> Source:
    """An XLSX file as a source; see `open_source`."""
    _guard(stream)
    stream.seek(0)
    try:
        workbook = CalamineWorkbook.from_filelike(stream)
        names = tuple(workbook.sheet_names)
        if not names:
            raise cannot_read("import_empty")
        if sheet is not None and sheet not in names:
            raise cannot_read("import_no_such_sheet", "/sheet", sheet=sheet, known=", ".join(names))
        chosen = sheet or _first_filled(workbook, names)
        content = workbook.get_sheet_by_name(chosen)
    except (CalamineError, OSError, ValueError) as error:
        raise cannot_read("import_broken_workbook") from error
    return _source(content, names, chosen)


def _guard(stream: BinaryIO) -> None:
    """Refuse an archive that is damaged, no workbook, or far larger than it looks."""
    try:
        with zipfile.ZipFile(stream) as archive:
            entries = archive.infolist()
    except (zipfile.BadZipFile, OSError, ValueError) as error:
        raise cannot_read("import_broken_workbook") from error
    if not any(entry.filename.startswith("xl/") for entry in entries):
        raise cannot_read("import_not_a_workbook")
    if sum(entry.file_size for entry in entries) > UNPACKED_LIMIT:
        raise cannot_read("import_workbook_too_large", maximum=UNPACKED_LIMIT // 1_000_000)


def _first_filled(workbook: CalamineWorkbook, names: tuple[str, ...]) -> str:
    """The first sheet with anything on it, else the first."""
    return next((name for name in names if workbook.get_sheet_by_name(name).height), names[0])


def _source(content: CalamineSheet, names: tuple[str, ...], chosen: str) -> Source:
    records = _records(content)
    header = next(records, None)
    if header is None:
        raise cannot_read("import_empty")
    columns, warnings = name_columns(header[1])
    if content.merged_cell_ranges:
        warnings.append(Issue("/file", "import_merged_cells", {"count": len(content.merged_cell_ranges)}))

    def rows() -> Iterator[SourceRow]:
        records = _records(content)
        next(records)
        for number, cells in records:
            yield shape_row(SourceRow(number, cells), len(columns))

    return Source(
        format="xlsx", columns=columns, rows=rows, sheets=names, sheet=chosen, warnings=tuple(warnings)
    )


def _records(content: CalamineSheet) -> Iterator[tuple[int, tuple[str, ...]]]:
    """Row number and cells of every row that is not blank, the header included."""
    merged = _Merged(content.merged_cell_ranges or [])
    for position, values in enumerate(content.iter_rows()):
        cells = tuple(merged.fill(position, [cell_text(value) for value in values]))
        if any(cell.strip() for cell in cells):
            yield position + 1, cells


class _Merged:
    """Repeats the value of each merged range in all cells of it, row by row."""

    def __init__(self, ranges: list[tuple[tuple[int, int], tuple[int, int]]]) -> None:
        self._starting: dict[int, list[tuple[int, int, int]]] = {}
        for (top, left), (bottom, right) in ranges:
            self._starting.setdefault(top, []).append((bottom, left, right))
        self._open: list[tuple[int, int, int, str]] = []

    def fill(self, position: int, cells: list[str]) -> list[str]:
        for bottom, left, right in self._starting.get(position, ()):
            if left < len(cells):
                self._open.append((bottom, left, right, cells[left]))
        self._open = [entry for entry in self._open if entry[0] >= position]
        for _, left, right, value in self._open:
            for column in range(left, min(right, len(cells) - 1) + 1):
                cells[column] = value
        return cells


def cell_text(value: object) -> str:
    """A cell as the text that the same value would have in a CSV file."""
    match value:
        case str():
            return value
        case bool():
            return "TRUE" if value else "FALSE"
        case int():
            return str(value)
        case float():
            return str(int(value)) if value.is_integer() and abs(value) < 1e15 else repr(value)
        case datetime():
            return value.isoformat(sep=" ")
        case date() | time():
            return value.isoformat()
        case timedelta():
            return str(value.total_seconds() / 3600)
    return ""
