"""Files with several rows for each record: the lines of its subforms."""

from dataclasses import replace
from decimal import Decimal

import pytest

from joinery.kernel import InvalidInput
from joinery.runtime.importing import imports
from joinery.runtime.importing import run as import_run
from joinery.runtime.importing.order import ColumnChoice, LineChoice
from joinery.runtime.lists import exports

MAPPING = {
    "Number": "number",
    "Customer": "customer",
    "Article": "lines.item",
    "Quantity": "lines.qty",
    "Remark": "lines.remark",
}
HEAD = ",".join(MAPPING)
FILE = f"""{HEAD}
1,Acme,Bolt,3,
,,Nut,4,soft
,,Bolt,1,
2,Beta,,,
3,Acme,Nut,9,
"""


@pytest.fixture
def filled(shop):
    """Accounts and products that the files name."""
    shop.run("name\nAcme\nBeta\n", {"name": "name"})
    for name in ("Bolt", "Nut"):
        shop.save("product", {"name": name, "code": name[0]})
    return shop


def run(shop, text, mapping=MAPPING, **options):
    return shop.run_files(shop.order("order", text, mapping=mapping, **options))


def stored(shop, number="1"):
    return [(int(qty), remark) for qty, remark in shop.lines(number)]


def lines_of(state):
    assert state.summary["lines"] == state.summary["parts"][0]["lines"]
    return tuple(state.summary["lines"][name] for name in ("added", "updated", "removed"))


def test_rows_become_records_with_their_lines(filled):
    state = run(filled, FILE)
    assert filled.counts(state) == {"created": 3, "updated": 0, "unchanged": 0, "failed": 0}
    assert (state.done, lines_of(state)) == (5, (4, 0, 0))
    assert [stored(filled, number) for number in "123"] == [
        [(3, None), (4, "soft"), (1, None)],
        [],
        [(9, None)],
    ]
    assert filled.table("order", "number, total") == [
        ("1", Decimal(8)),
        ("2", Decimal(0)),
        ("3", Decimal(9)),
    ]
    assert filled.lines("1", columns="line.item") == [(1,), (2,), (1,)]


def test_rows_that_repeat_the_record_are_one_by_its_key(filled):
    text = f"{HEAD}\n1,Acme,Bolt,3,\n1,acme,Nut,4,\n2,Beta,Nut,5,\n2,,Nut,6,\n"
    assert filled.counts(run(filled, text, match="number"))["created"] == 2
    assert [stored(filled, number) for number in "12"] == [[(3, None), (4, None)], [(5, None), (6, None)]]


@pytest.mark.parametrize(
    "choice, text, expected, counts",
    [
        # (mode, key), lines of the file, lines afterwards, (added, updated, removed)
        (("replace",), "Bolt,3, / Nut,4,x", [(3, None), (4, "x")], (0, 0, 0)),
        (("replace",), "Bolt,3, / Nut,5,x", [(3, None), (5, "x")], (1, 0, 1)),
        (("replace",), "Nut,4,x / Bolt,3,", [(4, "x"), (3, None)], (0, 2, 0)),
        (("replace",), "Nut,4,x", [(4, "x")], (0, 1, 1)),
        (("replace",), ",,", [(3, None), (4, "x")], (0, 0, 0)),
        (("replace", "item"), "Nut,5,", [(5, "x")], (0, 1, 1)),
        (("replace", "item"), "Nut,5, / Nut,6,", [(5, "x"), (6, None)], (1, 1, 1)),
        (("add",), "Bolt,3,", [(3, None), (4, "x"), (3, None)], (1, 0, 0)),
        (("add", "item"), "Bolt,7, / Bolt,8,", [(3, None), (4, "x"), (8, None)], (1, 0, 0)),
        (("update", "item"), "Nut,5,", [(3, None), (5, "x")], (0, 1, 0)),
        (("add_or_update", "item"), "Nut,5, / Nut,6,y", [(3, None), (5, "x"), (6, "y")], (1, 1, 0)),
        (("add_or_update", "remark"), "Nut,6,X", [(3, None), (6, "X")], (0, 1, 0)),
        (("add_or_update", "item", "qty"), "Nut,4,z / Nut,5,", [(3, None), (4, "z"), (5, None)], (1, 1, 0)),
    ],
)
def test_lines_of_the_file_and_those_that_are_there(filled, choice, text, expected, counts):
    run(filled, f"{HEAD}\n1,Acme,Bolt,3,\n,,Nut,4,x\n")
    mode, *match = choice
    body = "\n".join(f"1,,{line.strip()}" for line in text.split("/"))
    options = {
        "mode": "update",
        "match": "number",
        "lines": {"lines": LineChoice(mode=mode, match=tuple(match))},
    }
    rehearsed = run(filled, f"{HEAD}\n{body}\n", dry_run=True, **options)
    before = stored(filled)
    state = run(filled, f"{HEAD}\n{body}\n", **options)
    assert before == [(3, None), (4, "x")]
    assert (stored(filled), lines_of(state)) == (expected, counts)
    assert filled.counts(state)["updated"] == (expected != before or counts != (0, 0, 0))
    assert (filled.counts(rehearsed), lines_of(rehearsed)) == (filled.counts(state), counts)


def test_blank_cells_that_clear_take_the_lines_along(filled):
    run(filled, FILE)
    state = run(filled, f"{HEAD}\n1,,,,\n", mode="update", match="number", blank="clear")
    assert (stored(filled), lines_of(state)) == ([], (0, 0, 3))


def test_two_subforms_stand_side_by_side(filled):
    text = "Number,Quantity,Day\n1,3,2026-01-02\n,,2026-01-03\n2,1,\n,2,\n"
    run(filled, text, {"Number": "number", "Quantity": "lines.qty", "Day": "visits.day"})
    assert [stored(filled, number) for number in "12"] == [[(3, None)], [(1, None), (2, None)]]
    days = [[str(day) for (day,) in filled.lines(number, "visits", "line.day")] for number in "12"]
    assert days == [["2026-01-02", "2026-01-03"], []]


def test_a_record_fails_with_all_its_rows_and_each_says_why(filled):
    text = f"{HEAD}\n1,Acme,Bolt,3,\n,,Nut,0,\n,,Screw,1,\n2,Beta,Nut,5,\n3,Acme,Nut,1,\n3,Beta,Nut,1,\n"
    state = run(filled, text, match="number")
    assert filled.counts(state) == {"created": 1, "updated": 0, "unchanged": 0, "failed": 5}
    failed = filled.failed_rows(state).splitlines()
    assert [line.split(",")[0] for line in failed[1:]] == ["2", "3", "4", "6", "7"]
    assert "Another row of the same record" in failed[1]
    assert failed[2].split(",")[-1].startswith("Quantity:")
    assert "Article: " in failed[3]
    assert 'Customer: The first row of this record says ""Acme""' in failed[5]
    reasons = {(one["column"], one["code"]): one["row"] for one in state.summary["parts"][0]["reasons"]}
    assert reasons["Article", "value_unknown_record"] == 4


def test_a_row_that_cannot_be_read_fails_with_its_record(filled):
    text = "Number,Quantity\n1,3\n,4,too long\n2,5\n"
    state = run(filled, text, {"Number": "number", "Quantity": "lines.qty"})
    assert filled.counts(state) == {"created": 1, "updated": 0, "unchanged": 0, "failed": 2}


def test_records_that_lines_name_are_made_or_left_out(filled):
    text = f"{HEAD}\n1,Acme,Bolt,3,\n,,Washer,4,\n,,Washer,5,\n2,Acme,Rivet,,\n"
    create = {"Article": ColumnChoice(create_missing=True)}
    rehearsed = run(filled, text, columns=create, dry_run=True)
    state = run(filled, text, columns=create)
    assert state.summary["related"] == rehearsed.summary["related"] == {"product": 2}
    [(bolt,), (washer,), (again,)] = filled.lines("1", columns="line.item")
    assert (bolt, washer == again != bolt) == (1, True)
    blank = {"Article": ColumnChoice(unknown="blank")}
    text = f"{HEAD}\n5,Acme,Gear,3,\n,,Gear,,\n"
    state = run(filled, text, columns=blank)
    assert state.summary["parts"][0]["left_blank"] == {"Article": 2}
    # A line of which nothing is left is none.
    assert stored(filled, "5") == [(3, None)]


def test_a_record_is_not_cut_between_two_portions(filled, monkeypatch):
    monkeypatch.setattr(import_run, "PORTION", 3)
    monkeypatch.setattr(import_run, "REHEARSED_AT_ONCE", 0)
    body = "".join(
        f"{number},Acme,Bolt,{number + 1},\n" + ",,Nut,1,\n" * (number % 5) for number in range(12)
    )
    rehearsed = run(filled, f"{HEAD}\n{body}", dry_run=True)
    state = run(filled, f"{HEAD}\n{body}")
    assert filled.counts(rehearsed) == filled.counts(state)
    assert filled.counts(state)["created"] == 12
    assert lines_of(state) == lines_of(rehearsed) == (12 + sum(n % 5 for n in range(12)), 0, 0)
    assert [len(filled.lines(str(number))) for number in range(12)] == [1 + n % 5 for n in range(12)]


def test_undoing_gives_lines_back_as_they_were(filled):
    run(filled, FILE)
    before = stored(filled), filled.lines("1", columns="line.item"), filled.table("order", "total")
    text = f"{HEAD}\n1,,Nut,7,new\n,,Bolt,1,\n9,Acme,Nut,2,\n"
    state = run(filled, text, mode="add_or_update", match="number")
    assert lines_of(state) == (2, 1, 2)
    assert stored(filled) == [(7, "new"), (1, None)]
    undone = filled.undo(state.id)
    assert (undone.summary["restored"], undone.summary["deleted"], undone.summary["left"]) == (1, 1, 0)
    assert (stored(filled), filled.lines("1", columns="line.item"), filled.table("order", "total")) == before


def test_what_the_file_must_tell(filled):
    def codes(text=FILE, mapping=MAPPING, **options):
        with pytest.raises(InvalidInput) as raised:
            run(filled, text, mapping, **options)
        return [(issue.path, issue.code) for issue in raised.value.issues]

    apart = f"{HEAD}\n1,Acme,Bolt,3,\n2,Beta,Nut,4,\n1,Acme,Nut,5,\n"
    assert codes(apart, match="number") == [("/files/0/match", "import_lines_apart")]
    only = {"Article": "lines.item"}
    assert codes(mapping=only) == [("/files/0/mapping", "import_only_lines")]
    assert codes(mapping={"Number": "number", "Article": "lines.twice"}) == [
        ("/files/0/mapping/Article", "import_field_not_writable")
    ]
    assert codes(mapping={"Number": "number", "Article": "lines"}) == [
        ("/files/0/mapping/Article", "import_field_not_writable")
    ]
    plain = {"Number": "number"}
    assert codes(mapping=plain, lines={"lines": LineChoice()}) == [
        ("/files/0/lines/lines", "import_no_lines")
    ]
    assert codes(lines={"lines": LineChoice(mode="update")}) == [
        ("/files/0/lines/lines/match", "import_line_match_missing")
    ]
    assert codes(lines={"lines": LineChoice(mode="add", match=("twice",))}) == [
        ("/files/0/lines/lines/match", "import_line_match_not_mapped")
    ]


def test_lines_that_one_may_not_write_are_not_imported(filled):
    seller = filled.person("sales")
    with pytest.raises(InvalidInput):
        filled.run_files(
            filled.order(
                "order",
                "Number,Day\n1,2026-01-02\n",
                seller,
                mapping={"Number": "number", "Day": "visits.day"},
            ),
            actor=seller,
        )


def exported(shop, fields, language="en", format="csv"):
    query = {"fields": fields, "sort": "number", "language": language}
    with shop.unit() as unit:
        found = exports.export_records(
            shop.services, unit, shop.operator, "shop", "order", format=format, query=query
        )
    return b"".join(found.content)


@pytest.mark.parametrize("language", ["en", "zh-CN"])
@pytest.mark.parametrize("format", ["csv", "xlsx"])
def test_an_export_with_lines_imports_again_unchanged_as_it_is_suggested(filled, format, language):
    text = (
        "Number,Quantity,Article,Note,Day\n1,3,Bolt,,2026-01-02\n,,,,2026-01-03\n2,,,,\n3,1,Nut,=a,\n,2,,b,\n"
    )
    names = ("number", "lines.qty", "lines.item", "lines.remark", "visits.day")
    run(filled, text, dict(zip(text.split("\n")[0].split(","), names, strict=True)))
    content = exported(filled, "number,remark,lines,visits", language, format)
    columns = "id, revision, total"
    before = filled.table("order", columns), [filled.lines(n, columns="line.id") for n in "123"]
    with filled.unit() as unit:
        file_id = imports.keep_file(unit, filled.operator, "shop", name="orders.bin", content=content)
        found = imports.preview_file(unit, filled.operator, "shop", file_id=file_id, form="order", choices={})
    mapping = {one["name"]: one["suggestion"] for one in found["columns"] if one["suggestion"]}
    assert sorted(mapping.values()) == sorted(
        ["number", "remark", "lines.item", "lines.qty", "lines.remark", "visits.day", "visits.by"]
    )
    assert found["subforms"]["visits"]["fields"][0]["key"] == "day"
    order = filled.order("order", "x\n", mapping={})
    again = replace(order, file_id=file_id, mapping=mapping, mode="add_or_update", match="number")
    state = filled.run_files(again)
    assert filled.counts(state) == {"created": 0, "updated": 0, "unchanged": 3, "failed": 0}
    assert (filled.table("order", columns), [filled.lines(n, columns="line.id") for n in "123"]) == before
