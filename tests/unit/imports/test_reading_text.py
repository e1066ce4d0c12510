"""Text tables as found in the wild: what is read, what is refused, and what is said about it."""

import io
import json
import tracemalloc
from pathlib import Path

import pytest

from joinery.kernel import InvalidInput
from joinery.runtime.importing.reader import open_source

CASES = json.loads(
    (Path(__file__).parents[2] / "cases" / "imports" / "csv_files.json").read_text(encoding="utf-8")
)


def opened(content: bytes, **choices):
    return open_source(io.BytesIO(content), **choices)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["name"])
def test_a_file_is_read_or_refused(case):
    content = case["text"].encode(case.get("write", "utf-8"))
    choices = case.get("choose", {})
    if "refused" in case:
        with pytest.raises(InvalidInput) as refusal:
            opened(content, **choices)
        assert [issue.code for issue in refusal.value.issues] == [case["refused"]]
        return
    source = opened(content, **choices)
    rows = list(source.rows())
    assert [list(row.cells) for row in rows] == case["rows"]
    assert {str(row.number): row.issue.code for row in rows if row.issue} == case.get("failed", {})
    assert [row.number for row in rows if row.padded] == case.get("padded", [])
    assert [warning.code for warning in source.warnings] == case.get("warnings", [])
    for name in ("columns", "delimiter", "encoding"):
        if name in case:
            found = getattr(source, name)
            assert (list(found) if name == "columns" else found) == case[name]
    if "numbers" in case:
        assert [row.number for row in rows] == case["numbers"]


def test_rows_can_be_read_again():
    source = opened(b"a,b\n1,2\n3,4\n")
    assert list(source.rows()) == list(source.rows())


@pytest.mark.parametrize(
    "main, other",
    [("utf-8", "gb18030"), ("gb18030", "utf-8")],
)
def test_lines_in_another_encoding_fail_alone_and_are_announced(main, other):
    lines = [
        ("公司,城市\n", main),
        ("华为,深圳\n", main),
        ("腾讯公司,深圳市\n", other),
        ("百度,北京\n", main),
    ]
    source = opened(b"".join(text.encode(encoding) for text, encoding in lines))
    assert source.encoding == main
    assert [(warning.code, warning.params["line"]) for warning in source.warnings] == [
        ("import_mixed_encodings", 3)
    ]
    rows = list(source.rows())
    assert [row.issue.code if row.issue else None for row in rows] == [None, "import_row_encoding", None]
    assert rows[0].cells == ("华为", "深圳")
    assert rows[2].cells == ("百度", "北京")


@pytest.mark.parametrize(
    "content, code",
    [
        (bytes(range(256)) * 20, "import_not_text"),
        (b"\x89PNG\r\n\x1a\n" + bytes(500), "import_not_text"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(500), "import_old_excel"),
        (b"PK\x03\x04 not a zip file", "import_broken_workbook"),
        (("a," * 600 + "b\n").encode(), "import_too_many_columns"),
    ],
)
def test_what_is_no_table_is_refused(content, code):
    with pytest.raises(InvalidInput) as refusal:
        opened(content)
    assert [issue.code for issue in refusal.value.issues] == [code]


def test_a_cell_of_a_million_characters_is_an_open_quotation_mark_or_text():
    long = "x" * 900_000
    rows = list(opened(f'a,b\n"{long}",2\n3,4\n'.encode()).rows())
    assert rows[0].cells == (long, "2")
    rows = list(opened(f'a,b\n"{"x" * 1_100_000}",2\n3,4\n'.encode()).rows())
    assert rows[0].issue.code == "import_quote_open"
    assert rows[1].cells == ("3", "4")


def test_memory_does_not_grow_with_the_file():
    content = io.BytesIO(b"a,b,c\n" + b"one,two,three\n" * 200_000)
    source = open_source(content)
    tracemalloc.start()
    assert sum(1 for _ in source.rows()) == 200_000
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert peak < 2_000_000
