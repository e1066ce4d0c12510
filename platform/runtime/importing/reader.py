"""Rows of a spreadsheet file that somebody wants to import, whatever the file looks like.

Reading is tolerant and never silent: a row that cannot be read is still a row, with an issue that says
why. Rows stream, so a file of a million rows needs no more memory than one of ten.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import BinaryIO, NamedTuple

from joinery.kernel import InvalidInput, Issue

#: More columns than this is not a table of records but a mistake (wrong delimiter, binary file).
MAXIMUM_COLUMNS = 500

#: The first bytes of every ZIP archive, which an XLSX file is.
_ZIP = b"PK\x03\x04"
#: The first bytes of the binary Excel format before 2007.
_OLD_EXCEL = b"\xd0\xcf\x11\xe0"
#: How the names of Excel workbooks end.
_WORKBOOK_NAMES = (".xlsx", ".xlsm")


class SourceRow(NamedTuple):
    """One row as text; `number` is what a spreadsheet program shows beside it (the header is row 1).

    With an `issue` the row cannot be imported; `cells` then holds what could be read.
    A row with fewer cells than the header is filled up and says so in `padded`.
    """

    number: int
    cells: tuple[str, ...]
    issue: Issue | None = None
    padded: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """An opened file: what was found out about it, and its rows.

    `columns` are unique, non-empty names; `warnings` say what looks odd about the file as a whole;
    `rows()` starts from the first row below the header each time it is called.
    """

    format: str
    columns: tuple[str, ...]
    rows: Callable[[], Iterator[SourceRow]]
    encoding: str | None = None
    delimiter: str | None = None
    sheets: tuple[str, ...] = ()
    sheet: str | None = None
    warnings: tuple[Issue, ...] = ()


def open_source(
    stream: BinaryIO,
    name: str = "",
    *,
    encoding: str | None = None,
    delimiter: str | None = None,
    sheet: str | None = None,
) -> Source:
    """Look at a seekable binary stream and make it readable as rows.

    What a person chose (`encoding`, `delimiter`, `sheet`) beats what the file suggests. A file whose `name`
    says that it is a workbook is never taken for text.
    Raises InvalidInput (paths /file, /encoding, /delimiter, /sheet) when there is nothing to read.
    """
    # Imported here because both build on the classes above.
    from joinery.runtime.importing import csv_tables as import_csv
    from joinery.runtime.importing import workbooks as import_xlsx

    start = stream.read(8)
    stream.seek(0)
    if not start:
        raise cannot_read("import_empty")
    if start.startswith(_OLD_EXCEL):
        raise cannot_read("import_old_excel")
    if start.startswith(_ZIP):
        return import_xlsx.open_workbook(stream, sheet)
    if name.lower().endswith(_WORKBOOK_NAMES):
        raise cannot_read("import_no_workbook", name=name)
    return import_csv.open_text(stream, encoding, delimiter)


def cannot_read(code: str, path: str = "/file", **params: object) -> InvalidInput:
    """The error for a file that cannot be imported at all."""
    return InvalidInput(issues=[Issue(path, code, params)])


def name_columns(header: tuple[str, ...]) -> tuple[tuple[str, ...], list[Issue]]:
    """Unique names for the columns of a header, and what had to be made up.

    Blank headers become "Column 3", the second "Name" becomes "Name (2)"; blank headers at the
    end are no columns at all.
    """
    header = tuple(name.strip() for name in header)
    while header and not header[-1]:
        header = header[:-1]
    if not header:
        raise cannot_read("import_no_header")
    if len(header) > MAXIMUM_COLUMNS:
        raise cannot_read("import_too_many_columns", count=len(header), maximum=MAXIMUM_COLUMNS)
    names: list[str] = []
    warnings: list[Issue] = []
    for position, name in enumerate(header, start=1):
        unique = _free_name(name or f"Column {position}", names)
        if not name:
            warnings.append(Issue("/file", "import_blank_header", {"column": position, "name": unique}))
        elif unique != name:
            warnings.append(Issue("/file", "import_same_header", {"name": name, "renamed": unique}))
        names.append(unique)
    return tuple(names), warnings


def _free_name(name: str, taken: list[str]) -> str:
    candidate, count = name, 1
    while candidate in taken:
        count += 1
        candidate = f"{name} ({count})"
    return candidate


def shape_row(row: SourceRow, width: int) -> SourceRow:
    """A row of exactly `width` cells; too many filled cells are an issue, too few are filled up."""
    cells = row.cells
    if len(cells) < width:
        row = SourceRow(row.number, cells + ("",) * (width - len(cells)), padded=True)
    elif len(cells) > width:
        if any(map(str.strip, cells[width:])):
            params = {"count": len(cells), "expected": width}
            return SourceRow(row.number, cells[:width], Issue("", "import_row_too_long", params))
        row = SourceRow(row.number, cells[:width])
    if "\0" in "".join(row.cells):
        return SourceRow(row.number, row.cells, Issue("", "import_row_nul"))
    return row
