"""Which rows of a file are about one record."""

import pytest

from joinery.runtime.importing import row_groups
from joinery.runtime.importing.order import ImportOrder
from joinery.runtime.importing.reader import SourceRow
from joinery.runtime.importing.row_groups import Grouping, KeysApart, portions

COLUMNS = ("number", "remark", "qty")
MAPPING = {"number": "number", "remark": "remark", "qty": "lines.qty"}


def grouping(match=None, mapping=MAPPING) -> Grouping:
    return Grouping(ImportOrder(app="shop", form="order", file_id=1, mapping=mapping, match=match), COLUMNS)


def rows(*texts: str) -> list[SourceRow]:
    return [SourceRow(number, tuple(text.split(","))) for number, text in enumerate(texts, start=2)]


def grouped(found) -> list[list[int]]:
    return [[row.number for row in group] for group in found]


@pytest.mark.parametrize(
    "texts, match, expected",
    [
        (["A,x,1", "A,x,2"], None, [[2], [3]]),
        (["A,x,1", "A,x,2", "B,y,3"], "number", [[2, 3], [4]]),
        (["a ,x,1", "A,,2", " 'A,x,3"], "number", [[2, 3], [4]]),
        (["A,x,1", ",,2", ",,3", "B,,4"], None, [[2, 3, 4], [5]]),
        (["A,x,1", ", ,2", "A,x,3"], "number", [[2, 3, 4]]),
        ([",,1", ",,2", ",y,3"], "number", [[2, 3], [4]]),
        ([",x,1", ",x,2"], "number", [[2], [3]]),
        (["A,x,1", "A,y,2", "B,y,3"], ("number", "remark"), [[2], [3], [4]]),
        (["A,x", "A", "B"], "number", [[2, 3], [4]]),
        ([], "number", []),
    ],
)
def test_rows_of_one_record_are_known_by_blank_cells_and_by_key(texts, match, expected):
    assert grouped(grouping(match).groups(rows(*texts))) == expected


def test_without_lines_every_row_is_a_record():
    found = grouping("number", {"number": "number", "remark": "remark"})
    assert grouped(found.groups(rows("A,x,1", "A,x,2", ",,3"))) == [[2], [3], [4]]


def test_a_record_without_end_is_cut_and_refused(monkeypatch):
    monkeypatch.setattr(row_groups, "MOST_ROWS", 2)
    found = list(grouping().groups(rows("A,x,1", ",,2", ",,3", ",,4", ",,5", "B,y,6")))
    assert grouped(found) == [[2, 3], [4, 5], [6], [7]]
    refused = [[row.issue is not None for row in group] for group in found]
    assert refused == [[True, True], [True, True], [True], [False]]


def test_no_portion_ends_within_a_record():
    found = grouping().groups(rows("A,x,1", "B,x,2", ",,3", ",,4", "C,,5", "D,,6"))
    assert [grouped(portion) for portion in portions(found, 2)] == [[[2], [3, 4, 5]], [[6], [7]]]


@pytest.mark.parametrize(
    "texts, expected",
    [
        (["A,x,1", "A,x,2", "B,y,3"], 0),
        (["A,x,1", "B,y,3", "a,x,2"], 1),
        (["A,x,1", "B,y,3", "A,x,2", "B,y,4", "A,,5"], 3),
        ([",x,1", "B,y,3", ",x,2"], 0),
    ],
)
def test_records_that_come_again_further_down_are_counted(texts, expected):
    found = grouping("number")
    apart = KeysApart(found)
    for group in found.groups(rows(*texts)):
        apart.note(group)
    assert apart.count() == expected
