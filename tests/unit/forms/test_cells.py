"""How spreadsheet cells are read, and how values are written into them."""

from datetime import UTC, date, datetime, time
from decimal import Decimal

import pytest

from joinery.forms import ParseContext, ShowContext, ValueProblem
from joinery.forms.identities import RecordRef

# What a workbook holds: a datetime that knows no time zone.
MIDNIGHT = datetime.fromisoformat("2026-01-31")
TAGS = {
    "options": {
        "a": {"label": {"en": "Big, old", "zh": "老客户"}},
        "b": {"label": {"en": "New", "zh": "新客户"}},
        "c": {"label": {"en": 'So "called"', "zh": "所谓"}},
    }
}

CELLS = [
    ("text", {}, 13800138000.0, "13800138000"),
    ("text", {}, "  ", None),
    ("number", {}, "1,234.56", Decimal("1234.56")),
    ("number", {}, "1.234,56", Decimal("1234.56")),
    ("number", {}, "1'234.5", Decimal("1234.5")),
    ("number", {}, "￥1,234", Decimal(1234)),
    ("number", {}, "CNY 12", Decimal(12)),
    ("number", {}, "12元", Decimal(12)),
    ("number", {}, "(1,200)", Decimal(-1200)),
    ("number", {}, "−5", Decimal(-5)),
    ("number", {}, "１２．５", Decimal("12.5")),
    ("number", {}, "1.5E+3", Decimal(1500)),
    ("number", {}, "12.5%", Decimal("0.125")),
    ("number", {}, 2.5, Decimal("2.5")),
    ("number", {}, " ", None),
    ("money", {}, "$ 1 234.567", Decimal("1234.57")),
    ("percent", {}, "15%", Decimal("0.15")),
    ("percent", {}, "0.15", Decimal("0.15")),
    ("boolean", {}, "是", True),
    ("boolean", {}, "NO", False),
    ("boolean", {}, "1", True),
    ("boolean", {}, 0.0, False),
    ("boolean", {}, "", None),
    ("rating", {}, "★★★☆☆", 3),
    ("rating", {}, "4.0", 4),
    ("date", {}, "2026-01-31", date(2026, 1, 31)),
    ("date", {}, "2026/1/31", date(2026, 1, 31)),
    ("date", {}, "2026.1.31", date(2026, 1, 31)),
    ("date", {}, "2026年1月31日", date(2026, 1, 31)),
    ("date", {}, "20260131", date(2026, 1, 31)),
    ("date", {}, "31.01.2026", date(2026, 1, 31)),
    ("date", {}, "31/1/2026", date(2026, 1, 31)),
    ("date", {}, "1/31/2026", date(2026, 1, 31)),
    ("date", {}, "26-01-31", date(2026, 1, 31)),
    ("date", {}, "2026-01-31 00:00:00", date(2026, 1, 31)),
    ("date", {}, MIDNIGHT, date(2026, 1, 31)),
    ("datetime", {}, "2026年1月31日 下午2:05", datetime(2026, 1, 31, 6, 5, tzinfo=UTC)),
    ("datetime", {}, "2026/1/31 14:05:09", datetime(2026, 1, 31, 6, 5, 9, tzinfo=UTC)),
    ("datetime", {}, "2026-01-31 14:05 +08:00", datetime(2026, 1, 31, 6, 5, tzinfo=UTC)),
    ("datetime", {}, MIDNIGHT, datetime(2026, 1, 30, 16, tzinfo=UTC)),
    ("time", {}, "2:05 PM", time(14, 5)),
    ("time", {}, "8时30分", time(8, 30)),
    ("time", {}, time(8, 30, 0, 5), time(8, 30)),
    ("choice", TAGS, "新客户", "b"),
    ("choice", TAGS, " new ", "b"),
    ("choice", TAGS, "b", "b"),
    ("multi_choice", TAGS, '"Big, old"; 新客户', ("a", "b")),
    ("multi_choice", TAGS, "b、c\na", ("a", "b", "c")),
    ("user", {}, "ann lee", 1),
    ("user", {}, "Bob <bob.two@example.com>", 4),
    ("users", {}, "王伟，ann@example.com", (2, 1)),
    ("department", {}, "sales", 1),
    ("departments", {}, "Sales, #3", (1, 3)),
    ("relation", {"form": "account"}, "华为", 12),
    ("relation", {"form": "account"}, "#99", 99),
    ("relations", {"form": "account"}, "华为、Acme;#99", (12, 11, 99)),
    ("relation_any", {"forms": ["account"]}, "Acme", RecordRef("account", 11)),
    ("relation_any", {"forms": ["account", "thing"]}, "account: Acme", RecordRef("account", 11)),
    ("relation_any", {"forms": ["account", "thing"]}, "thing：#7", RecordRef("thing", 7)),
    ("file", {}, '"offer, final.pdf (#7)"', (7,)),
    (
        "address",
        {},
        "广东省深圳市南山区科技园1号",
        {"province": "广东省", "city": "深圳市", "district": "南山区", "detail": "科技园1号"},
    ),
    ("address", {}, "上海市浦东新区", {"province": "上海市", "district": "浦东新区"}),
    ("address", {}, "1 Main Street", {"detail": "1 Main Street"}),
    ("address", {}, "/London//Baker Street 221b", {"city": "London", "detail": "Baker Street 221b"}),
]


@pytest.mark.parametrize("type_name, settings, cell, expected", CELLS)
def test_reading(field_of, parsing, type_name, settings, cell, expected):
    field = field_of(type_name, **settings)
    assert field.type.parse_text(field, cell, parsing) == expected


@pytest.mark.parametrize(
    "order, cell, expected",
    [
        ("dmy", "20-10-16", date(2016, 10, 20)),
        ("mdy", "10/20/16", date(2016, 10, 20)),
        ("ymd", "16-10-20", date(2016, 10, 20)),
        ("dmy", "03/04/2026", date(2026, 4, 3)),
        ("mdy", "03/04/2026", date(2026, 3, 4)),
        ("dmy", "01-01-70", date(1970, 1, 1)),
        ("mdy", "2026-03-04", date(2026, 3, 4)),
    ],
)
def test_dates_by_order(field_of, parsing, order, cell, expected):
    field = field_of("date")
    context = ParseContext(directory=parsing.directory, date_order=order)
    assert field.type.parse_text(field, cell, context) == expected


@pytest.mark.parametrize(
    "type_name, settings, cell, code",
    [
        ("number", {}, "1,5", "value_not_number"),
        ("number", {}, "12 apples", "value_not_number"),
        ("number", {}, "¥", "value_not_number"),
        ("boolean", {}, "maybe", "value_not_boolean"),
        ("date", {}, "31/31/2026", "value_no_such_date"),
        ("choice", TAGS, "Nwe", "value_unknown_option"),
        ("relation", {"form": "account"}, "Nobody", "value_unknown_record"),
        ("relations", {"form": "account"}, "Acme, Nobody", "value_unknown_record"),
        ("relation_any", {"forms": ["account", "thing"]}, "Nobody", "value_unknown_record"),
        ("relation_any", {"forms": ["account", "thing"]}, "Acme", "value_record_of_several"),
        ("file", {}, "offer.pdf", "value_not_file"),
        ("user", {}, "Gone", "value_inactive_user"),
    ],
)
def test_refused_cells(field_of, parsing, type_name, settings, cell, code):
    field = field_of(type_name, **settings)
    with pytest.raises(ValueProblem) as caught:
        field.type.parse_text(field, cell, parsing)
    assert caught.value.code == code


SHOWN = [
    ("number", {}, Decimal("1234.500"), 1234.5, "1234.5"),
    ("number", {}, Decimal("9" * 30), "9" * 30, "9" * 30),
    ("percent", {}, Decimal("0.1250"), 0.125, "12.5%"),
    ("boolean", {}, False, False, "No"),
    ("date", {}, date(2026, 1, 31), "2026-01-31", "2026-01-31"),
    ("datetime", {}, datetime(2026, 1, 31, 8, tzinfo=UTC), "2026-01-31T08:00:00Z", "2026-01-31 16:00"),
    ("time", {}, time(8, 30), "08:30:00", "08:30"),
    ("choice", TAGS, "a", "a", "Big, old"),
    ("choice", TAGS, "removed", "removed", "removed"),
    ("multi_choice", TAGS, ("a", "c"), ["a", "c"], '"Big, old", "So ""called"""'),
    ("user", {}, 1, {"id": 1, "name": "Ann Lee"}, "Ann Lee"),
    ("user", {}, 3, {"id": 3, "name": "Bob"}, "bob@example.com"),
    ("user", {}, 99, {"id": 99, "name": None}, "#99"),
    (
        "users",
        {},
        (1, 4),
        [{"id": 1, "name": "Ann Lee"}, {"id": 4, "name": "Bob"}],
        "Ann Lee, bob.two@example.com",
    ),
    ("department", {}, 2, {"id": 2, "name": "East"}, "Sales / East"),
    ("relation", {"form": "account"}, 11, {"id": 11, "title": "Acme"}, "Acme"),
    ("relation", {"form": "account"}, 99, {"id": 99, "title": None}, "#99"),
    (
        "relations",
        {"form": "account"},
        (11, 99),
        [{"id": 11, "title": "Acme"}, {"id": 99, "title": None}],
        "Acme, #99",
    ),
    (
        "relation_any",
        {"forms": ["account"]},
        RecordRef("account", 11),
        {"form": "account", "id": 11, "title": "Acme"},
        "account: Acme",
    ),
    (
        "image",
        {},
        (8,),
        [{"id": 8, "name": "photo.png", "size": 1000, "type": "image/png"}],
        "photo.png (#8)",
    ),
    ("address", {}, {"city": "深圳市", "detail": "a/b"}, {"city": "深圳市", "detail": "a/b"}, "/深圳市//a/b"),
    ("text", {}, None, None, ""),
    ("users", {}, None, None, ""),
]


@pytest.mark.parametrize("type_name, settings, value, as_json, as_text", SHOWN)
def test_showing(field_of, showing, type_name, settings, value, as_json, as_text):
    field = field_of(type_name, **settings)
    assert field.type.to_json(field, value, showing) == as_json
    assert field.type.to_text(field, value, showing) == as_text


def test_labels_follow_the_reader(field_of, showing):
    chinese = ShowContext(directory=showing.directory, language="zh-CN")
    choice, boolean = field_of("choice", **TAGS), field_of("boolean")
    assert choice.type.to_text(choice, "a", chinese) == "老客户"
    assert boolean.type.to_text(boolean, True, chinese) == "是"
    assert choice.type.search_text(choice, "a", chinese) == "Big, old 老客户"


def test_an_hour_that_comes_twice_keeps_its_offset(field_of, showing):
    field = field_of("datetime")
    berlin = ShowContext(directory=showing.directory, time_zone="Europe/Berlin")
    reading = ParseContext(directory=showing.directory, time_zone="Europe/Berlin")
    for hour in (0, 1):
        moment = datetime(2026, 10, 25, hour, 30, tzinfo=UTC)
        assert field.type.parse_text(field, field.type.to_text(field, moment, berlin), reading) == moment
