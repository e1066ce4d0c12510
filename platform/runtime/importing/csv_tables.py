"""Text tables: which encoding, which delimiter, and rows that say what is wrong with them."""

import csv
import io
from collections import deque
from collections.abc import Iterator
from typing import BinaryIO

from joinery.kernel import Issue
from joinery.runtime.importing.encodings import TextLines, choose_encoding
from joinery.runtime.importing.reader import Source, SourceRow, cannot_read, name_columns, shape_row

DELIMITERS = (",", ";", "\t", "|")

#: Longest cell in characters; a quotation mark that is never closed ends here instead of eating the file.
CELL_LIMIT = 1_000_000

_SAMPLE_ROWS = 50


def open_text(stream: BinaryIO, encoding: str | None, delimiter: str | None) -> Source:
    """A CSV file as a source; see `open_source`."""
    csv.field_size_limit(CELL_LIMIT)
    found, warnings = choose_encoding(stream, encoding)
    if delimiter is None:
        delimiter = detect_delimiter(_first_lines(stream, found))
    elif delimiter not in DELIMITERS:
        raise cannot_read("import_unknown_delimiter", "/delimiter", delimiter=delimiter)
    header = next(_records(stream, found, delimiter), None)
    if header is None:
        raise cannot_read("import_empty")
    if header.issue is not None:
        raise cannot_read(header.issue.code, **{**header.issue.params, "line": header.number})
    columns, odd = name_columns(header.cells)
    warnings.extend(odd)
    if len(columns) == 1:
        warnings.append(Issue("/delimiter", "import_one_column", {"delimiter": _shown(delimiter)}))

    def rows() -> Iterator[SourceRow]:
        records = _records(stream, found, delimiter)
        next(records)
        for record in records:
            yield record if record.issue else shape_row(record, len(columns))

    return Source(
        format="csv",
        columns=columns,
        rows=rows,
        encoding=found,
        delimiter=delimiter,
        warnings=tuple(warnings),
    )


def detect_delimiter(lines: list[str]) -> str:
    """The delimiter that cuts the first lines into the most even table; "," when none does."""
    best, best_score = ",", (0.0, 0)
    for candidate in DELIMITERS:
        widths = [len(row) for row in csv.reader(lines, delimiter=candidate) if row]
        if not widths or widths[0] < 2:
            continue
        even = sum(width == widths[0] for width in widths) / len(widths)
        if (even, widths[0]) > best_score:
            best, best_score = candidate, (even, widths[0])
    return best


def _first_lines(stream: BinaryIO, encoding: str) -> list[str]:
    """The first lines that hold anything, each cut to a sane length."""
    lines: list[str] = []
    for line in TextLines(stream, encoding):
        if line.strip():
            lines.append(line[:10_000])
        if len(lines) == _SAMPLE_ROWS:
            break
    return lines


def _shown(delimiter: str) -> str:
    return "Tab" if delimiter == "\t" else delimiter


def _records(stream: BinaryIO, encoding: str, delimiter: str) -> Iterator[SourceRow]:
    """Every record that is not blank, the header included, not yet cut to the header's width."""
    lines = _Replay(TextLines(stream, encoding))
    reader = csv.reader(lines, delimiter=delimiter)
    number = 0
    while True:
        lines.start_record()
        number += 1
        try:
            cells = tuple(next(reader))
        except StopIteration:
            return
        except csv.Error:
            yield _unclosed(number, lines, delimiter)
            reader = csv.reader(lines, delimiter=delimiter)
            continue
        if lines.ended and lines.taken_count > 1 and _is_open(lines.taken, delimiter):
            yield _unclosed(number, lines, delimiter)
            reader = csv.reader(lines, delimiter=delimiter)
        elif lines.problem:
            yield SourceRow(number, tuple(_readable(cell) for cell in cells), lines.problem)
        elif any(map(str.strip, cells)):
            yield SourceRow(number, cells)


def _unclosed(number: int, lines: "_Replay", delimiter: str) -> SourceRow:
    """The line whose quotation mark is never closed; the lines after it are read again as rows."""
    first = lines.give_back_all_but_first()
    cells = tuple(_readable(cell) for cell in first.rstrip("\r\n").split(delimiter))
    return SourceRow(number, cells, Issue("", "import_quote_open"))


def _is_open(lines: list[str], delimiter: str) -> bool:
    """Whether the file ended inside quotation marks (a strict reader complains about that)."""
    try:
        list(csv.reader(lines, delimiter=delimiter, strict=True))
    except csv.Error as error:
        return "unexpected end" in str(error)
    return False


def _readable(cell: str) -> str:
    """Text without the stand-ins of undecodable bytes, so that it can be written to a file again."""
    return cell.encode("utf-8", "replace").decode("utf-8")


class _Replay:
    """Lines for `csv.reader` that can be given back when a record turns out to be none.

    The lines of the current record are kept in `taken`; `problem` is set when one of them holds
    bytes that are not text; `ended` tells that the file has no more lines.
    """

    def __init__(self, lines: TextLines) -> None:
        self._lines = lines
        self._back: deque[str] = deque()
        self.taken: list[str] = []
        self.problem: Issue | None = None
        self.ended = False

    @property
    def taken_count(self) -> int:
        return len(self.taken)

    def start_record(self) -> None:
        self.taken = []
        self.problem = None

    def give_back_all_but_first(self) -> str:
        first, *rest = self.taken
        self._back.extendleft(reversed(rest))
        self.ended = False
        return first

    def __iter__(self) -> Iterator[str]:
        return self

    def __next__(self) -> str:
        if self._back:
            line = self._back.popleft()
        else:
            try:
                line = next(self._lines)
            except StopIteration:
                self.ended = True
                raise
        self.problem = self.problem or self._lines.problem_of(line)
        self.taken.append(line)
        return line


def text_stream(text: str) -> BinaryIO:
    """A source made of text, for rows that never were a file."""
    return io.BytesIO(text.encode("utf-8"))
