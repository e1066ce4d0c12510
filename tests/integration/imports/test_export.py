"""Exports show what one may see, are harmless in a spreadsheet program, and can be imported again."""

import io
from decimal import Decimal

import pytest
from openpyxl import load_workbook

from joinery.kernel import Forbidden, InvalidInput
from joinery.runtime.lists import exports

MAPPING = {"Name": "name", "Parent": "parent", "Sector": "sector", "Revenue": "revenue", "Note": "note"}
TEXT = (
    "Name,Parent,Sector,Revenue,Note\n"
    'Acme,,Retail,1234.50,"two\nlines, ""quoted"""\n'
    "Beta,Acme,Technology,-0,=1+1\n"
    "华为,Acme,Retail,,+86 138\n"
)


def exported(shop, actor=None, format="csv", **query) -> bytes:
    actor = actor or shop.operator
    with shop.unit() as unit:
        found = exports.export_records(
            shop.services, unit, actor, "shop", "account", format=format, query=query
        )
    return b"".join(found.content)


@pytest.mark.parametrize("format", ["csv", "xlsx"])
def test_what_was_exported_can_be_imported_again_unchanged(shop, format):
    shop.counts(shop.run(TEXT, MAPPING))
    before = shop.rows("name, parent, sector, revenue, note, revision")
    content = exported(shop, format=format, fields="name,parent,sector,revenue,note")
    state = shop.run(content, MAPPING, mode="update", match="name")
    assert shop.counts(state) == {"created": 0, "updated": 0, "unchanged": 3, "failed": 0}
    assert shop.rows("name, parent, sector, revenue, note, revision") == before


def test_labels_and_options_are_in_the_language_asked_for(shop):
    shop.run(TEXT, MAPPING)
    lines = (
        exported(shop, fields="name,sector", sort="name", language="zh-CN").decode("utf-8-sig").splitlines()
    )
    assert lines[:2] == ["Name 中,Sector 中", "Acme,Retail 中"]


def test_formulas_are_neutralised_and_numbers_stay_numbers(shop):
    shop.run(TEXT, MAPPING)
    assert ",'=1+1" in exported(shop, fields="name,note").decode("utf-8-sig")
    sheet = load_workbook(io.BytesIO(exported(shop, format="xlsx", fields="name,revenue,note"))).active
    by_name = {row[0].value: row for row in sheet.iter_rows(min_row=2)}
    assert Decimal(str(by_name["Acme"][1].value)) == Decimal("1234.5")
    assert by_name["Beta"][2].data_type == "s"


def test_filters_sorts_and_portions_hold(shop, monkeypatch):
    monkeypatch.setattr(exports, "PORTION", 7)
    shop.run(
        "Name,Revenue\n" + "\n".join(f"N{number:03},{number}" for number in range(40)),
        {"Name": "name", "Revenue": "revenue"},
    )
    lines = (
        exported(shop, fields="name", filter="{revenue} >= 10", sort="-revenue").decode("utf-8-sig").split()
    )
    assert lines == ["Name", *(f"N{number:03}" for number in range(39, 9, -1))]


def test_one_sees_no_more_than_on_the_screen(shop):
    seller, viewer = shop.person("sales"), shop.person("viewer")
    shop.run(TEXT, MAPPING)
    shop.run("Name\nMine\n", {"Name": "name"}, seller)
    assert exported(shop, seller, fields="name").decode("utf-8-sig").split() == ["Name", "Mine"]
    with pytest.raises(Forbidden):
        exported(shop, viewer)


def test_what_is_wrong_is_said_before_the_first_byte(shop):
    with shop.unit() as unit, pytest.raises(InvalidInput):
        exports.export_records(
            shop.services,
            unit,
            shop.operator,
            "shop",
            "account",
            format="csv",
            query={"filter": "{nothing} = 1"},
        )


def test_nothing_to_export_is_a_header(shop):
    assert exported(shop, fields="name,revenue").decode("utf-8-sig").strip() == "Name,Revenue"
