"""Export of what the actor may see, as CSV or XLSX, in the reader's language and with flat memory."""

import csv
import io
import tempfile
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time
from decimal import Decimal
from itertools import chain
from typing import Any, Literal
from zoneinfo import ZoneInfo

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE

from joinery.directory import Actor
from joinery.forms import Field, ShowContext
from joinery.kernel import label_key
from joinery.runtime import audit
from joinery.runtime.importing.failures import neutral
from joinery.runtime.lists.export_names import context_of
from joinery.runtime.lists.export_rows import Cell, ExportColumn, export_columns, export_rows
from joinery.runtime.lists.listing import Query, list_spec
from joinery.runtime.records.open_form import OpenForm, open_form
from joinery.runtime.records.sent_records import sent_fields
from joinery.runtime.services import Services
from joinery.runtime.unit import Unit
from joinery.storage import query_runner

Format = Literal["csv", "xlsx"]

MEDIA_TYPES = {
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}

#: Records read at a time; fewer with their lines, of which each may have very many.
PORTION, PORTION_WITH_LINES = 1000, 50
#: Rows of one sheet in the XLSX format, the header included; more go onto further sheets.
SHEET_ROWS = 1_048_576

_TRAILING = ("owner", "created_at", "created_by", "updated_at", "updated_by")
_BLOCK = 1 << 16


@dataclass(frozen=True, slots=True, kw_only=True)
class ExportFile:
    """A file on its way out: `content` yields bytes and reads the database while it does."""

    name: str
    media_type: str
    content: Iterator[bytes]


def export_records(
    services: Services,
    unit: Unit,
    actor: Actor,
    app: str,
    form: str,
    *,
    format: Format,
    query: Query,
    progress: Callable[[int], None] = lambda records: None,
) -> ExportFile:
    """The records a query finds, with `fields` in their order (all readable ones when not named).

    A subform is exported where it is named: its lines stand below each other, in as many rows of the record.

    What is wrong with the query is found before the first byte: raises InvalidInput, NotFound, Forbidden.
    The content is read in a transaction of its own, after `unit`; `progress` is told how many records are
    written whenever some more are.
    """
    actor = replace(actor, language=str(query.get("language") or actor.language))
    at = open_form(unit, actor, app, form, "export")
    list_spec(at, query)
    label = at.form.definition.plural[label_key(actor.language)]
    day = unit.now.astimezone(ZoneInfo(unit.workspace.time_zone)).date()
    told = {name: query.get(name) for name in ("filter", "search", "fields") if query.get(name)}
    after = {"format": format, **told}
    audit.record(unit, actor, "records_exported", subject=f"{app} / {label}", after=after, app=app)
    pages = _pages(services, actor, app, form, query, progress)
    write = _csv if format == "csv" else _xlsx
    return ExportFile(name=f"{label} {day}.{format}", media_type=MEDIA_TYPES[format], content=write(pages))


@dataclass(frozen=True, slots=True, kw_only=True)
class _Page:
    """Some rows under the same columns; `language` and `time_zone` are the reader's."""

    columns: Sequence[ExportColumn]
    rows: Iterable[list[Cell]]
    language: str
    time_zone: str


def _pages(
    services: Services,
    actor: Actor,
    app: str,
    form: str,
    query: Query,
    progress: Callable[[int], None],
) -> Iterator[_Page]:
    """At least one page, which may be empty: its fields make the header."""
    with services.unit(actor.workspace) as unit:
        at = open_form(unit, actor, app, form, "export")
        fields = _fields(at, query)
        columns = export_columns(at, fields)
        spec = replace(
            list_spec(at, query),
            limit=PORTION_WITH_LINES if any(field.lines for field in fields) else PORTION,
            cursor=None,
            count="none",
            fields=tuple(each.key for each in fields),
        )
        written = 0
        while True:
            page = query_runner.run_list(unit, at.table, spec, at.access.rows_for("export"), at.evaluation)
            yield _Page(
                columns=columns,
                rows=export_rows(at, columns, page.rows, context_of(query)),
                language=at.actor.language,
                time_zone=at.evaluation.time_zone,
            )
            written += len(page.rows)
            progress(written)
            if page.next_cursor is None:
                return
            spec = replace(spec, cursor=page.next_cursor)


def _fields(at: OpenForm, query: Query) -> list[Field]:
    wanted = query.get("fields")
    keys = [key.strip() for key in wanted.split(",")] if isinstance(wanted, str) else list(wanted or ())
    order = keys or [*at.form.order, *_TRAILING]
    readable = {field.key: field for field in sent_fields(at, keys or None)}
    if "id" in keys and (number := at.form.field("id")) is not None:
        readable["id"] = number
    return [readable[key] for key in dict.fromkeys(order) if key in readable]


def _header(page: _Page) -> list[str]:
    """The labels of the columns; where two have the same, their keys tell them apart."""
    labels = [column.label(label_key(page.language)) for column in page.columns]
    return [
        f"{label} ({column.key})" if labels.count(label) > 1 else label
        for label, column in zip(labels, page.columns, strict=True)
    ]


def _csv(pages: Iterable[_Page]) -> Iterator[bytes]:
    yield b"\xef\xbb\xbf"
    for number, page in enumerate(pages):
        text = io.StringIO(newline="")
        writer = csv.writer(text)
        if number == 0:
            writer.writerow(neutral(label) for label in _header(page))
        for row in page.rows:
            writer.writerow(_csv_cell(*cell) for cell in row)
        yield text.getvalue().encode("utf-8")


def _csv_cell(field: Field, value: Any, context: ShowContext) -> str:
    if value is None:
        return ""
    text = field.type.to_text(field, value, context)
    return text if isinstance(value, Decimal | int | date | time) else neutral(text)


def _xlsx(pages: Iterable[_Page]) -> Iterator[bytes]:
    """A workbook is written to a temporary file first: its table of contents comes last."""
    workbook = Workbook(write_only=True)
    sheet: Any = None
    written = 0
    header: list[str] = []
    for page in pages:
        header = header or _header(page)
        zone = ZoneInfo(page.time_zone)
        for row in chain([None], page.rows) if sheet is None else page.rows:
            if sheet is None or written == SHEET_ROWS:
                sheet, written = workbook.create_sheet(), 1
                sheet.append([_text_cell(sheet, label) for label in header])
            if row is not None:
                sheet.append([_xlsx_cell(sheet, *cell, zone) for cell in row])
                written += 1
    with tempfile.TemporaryFile() as file:
        workbook.save(file)
        file.seek(0)
        while block := file.read(_BLOCK):
            yield block


def _xlsx_cell(sheet: Any, field: Field, value: Any, context: ShowContext, zone: ZoneInfo) -> Any:
    """Numbers, dates and yes/no as themselves, everything else as text that is never a formula."""
    match value:
        case None:
            return None
        case datetime():
            return value.astimezone(zone).replace(tzinfo=None)
        case bool() | Decimal() | date() | time():
            return value
        case int() if field.references is None and field.type.group not in ("people", "relation"):
            return value
    return _text_cell(sheet, field.type.to_text(field, value, context))


def _text_cell(sheet: Any, text: str) -> Any:
    cell = WriteOnlyCell(sheet, ILLEGAL_CHARACTERS_RE.sub("", text))
    cell.data_type = "s"
    return cell
