"""Excel workbooks: what a person sees is what is read."""

import io
import zipfile
from datetime import date, datetime, time

import pytest
from openpyxl import Workbook

from joinery.kernel import InvalidInput
from joinery.runtime.importing import workbooks as import_xlsx
from joinery.runtime.importing.reader import open_source


def saved(workbook: Workbook) -> io.BytesIO:
    stream = io.BytesIO()
    workbook.save(stream)
    stream.seek(0)
    return stream


def workbook_of(*rows) -> Workbook:
    workbook = Workbook()
    for row in rows:
        workbook.active.append(row)
    return workbook


def test_cells_become_the_text_of_their_values():
    workbook = workbook_of(
        ["text", "number", "fraction", "yes", "day", "moment", "time"],
        [
            " x ",
            13800138000,
            0.5,
            True,
            date(2026, 1, 2),
            datetime.fromisoformat("2026-01-02T03:04"),
            time(8, 30),
        ],
        [None, 1e15, -2.25, False, None, None, None],
    )
    source = open_source(saved(workbook))
    assert source.format == "xlsx"
    assert [row.cells for row in source.rows()] == [
        (" x ", "13800138000", "0.5", "TRUE", "2026-01-02", "2026-01-02 03:04:00", "08:30:00"),
        ("", "1000000000000000.0", "-2.25", "FALSE", "", "", ""),
    ]


def test_merged_cells_count_everywhere_they_cover():
    workbook = workbook_of(["company", "contact"], ["Acme", "a"], [None, "b"], [None, "c"], ["Other", "d"])
    workbook.active.merge_cells("A2:A4")
    source = open_source(saved(workbook))
    assert [row.cells[0] for row in source.rows()] == ["Acme", "Acme", "Acme", "Other"]
    assert [warning.code for warning in source.warnings] == ["import_merged_cells"]


def test_sheets_can_be_chosen_and_an_empty_first_one_is_passed_over():
    workbook = Workbook()
    workbook.active.title = "Nothing"
    second = workbook.create_sheet("Leads")
    second.append(["a"])
    second.append(["1"])
    workbook.create_sheet("More").append(["b"])
    source = open_source(saved(workbook))
    assert (source.sheets, source.sheet) == (("Nothing", "Leads", "More"), "Leads")
    assert open_source(saved(workbook), sheet="More").columns == ("b",)
    with pytest.raises(InvalidInput) as refusal:
        open_source(saved(workbook), sheet="Absent")
    assert refusal.value.issues[0].path == "/sheet"


def test_formulas_that_failed_have_no_value():
    rows = list(open_source(saved(workbook_of(["a", "b"], ["#DIV/0!", 1], ["fine", 2]))).rows())
    assert [row.cells for row in rows] == [("", "1"), ("fine", "2")]


def test_row_numbers_are_those_of_the_spreadsheet():
    rows = list(open_source(saved(workbook_of(["a"], [None], ["x"]))).rows())
    assert [row.number for row in rows] == [3]


def test_an_archive_that_is_no_workbook_is_refused():
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        archive.writestr("leads.csv", "a,b")
    stream.seek(0)
    with pytest.raises(InvalidInput) as refusal:
        open_source(stream)
    assert refusal.value.issues[0].code == "import_not_a_workbook"


def test_a_workbook_that_unpacks_to_gigabytes_is_refused_unread():
    stream = io.BytesIO()
    with (
        zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive,
        archive.open("xl/worksheets/sheet1.xml", "w") as sheet,
    ):
        for _ in range(import_xlsx.UNPACKED_LIMIT // 10_000_000 + 1):
            sheet.write(bytes(10_000_000))
    stream.seek(0)
    with pytest.raises(InvalidInput) as refusal:
        open_source(stream)
    assert refusal.value.issues[0].code == "import_workbook_too_large"


def test_a_cut_off_workbook_is_refused():
    content = saved(workbook_of(["a"], [1])).getvalue()
    with pytest.raises(InvalidInput) as refusal:
        open_source(io.BytesIO(content[: len(content) // 2]))
    assert refusal.value.issues[0].code == "import_broken_workbook"


@pytest.mark.parametrize(
    "name, content, code",
    [
        ("leads.xlsx", bytes(5000), "import_no_workbook"),
        ("leads.xlsx", bytes(3), "import_no_workbook"),
        ("LEADS.XLSX", b"company,mobile\nAcme,1\n", "import_no_workbook"),
        ("leads.xlsm", b"<html></html>", "import_no_workbook"),
        ("leads.xlsx", b"", "import_empty"),
        ("leads.xlsx", b"\xd0\xcf\x11\xe0" + bytes(100), "import_old_excel"),
        ("leads.csv", bytes(5000), "import_not_text"),
        ("leads.csv", bytes(3), "import_not_text"),
    ],
)
def test_what_is_not_what_its_name_says_is_refused(name, content, code):
    for encoding in (None, "utf-8", "gb18030"):
        with pytest.raises(InvalidInput) as refusal:
            open_source(io.BytesIO(content), name, encoding=encoding)
        assert [(issue.path, issue.code) for issue in refusal.value.issues] == [("/file", code)]
