"""What JSON input is accepted as, type by type, and what it is refused for."""

import contextlib
from datetime import UTC, date, datetime, time
from decimal import Decimal

import pytest

from joinery.forms import FIELD_TYPES, ValueProblem
from joinery.forms.identities import RecordRef

STAGES = {"new": {"label": {"en": "New", "zh": "新建"}}, "won": {"label": {"en": "Won", "zh": "赢单"}}}
CHOICE = {"options": STAGES}
LONG = "9" * 400

ACCEPTED = [
    ("text", {}, "  Acme  ", "Acme"),
    ("text", {}, "a\tb\nc", "a b c"),
    ("text", {}, "   ", None),
    ("text", {}, "cafe\u0301", "café"),
    ("text", {}, "👩‍👩‍👧 שלום", "👩‍👩‍👧 שלום"),
    ("text", {"max_length": 3}, "abc", "abc"),
    ("text", {"pattern": "[A-Z]{2}\\d"}, "AB1", "AB1"),
    ("long_text", {}, "a\r\nb\rc\td", "a\nb\nc\td"),
    ("rich_text", {}, "<p onclick='x()'>Hi <b>you</b></p><script>x()</script>", "<p>Hi <b>you</b></p>"),
    ("rich_text", {}, '<a href="javascript:x()">a</a>', '<a rel="noopener noreferrer">a</a>'),
    ("rich_text", {}, "<p> <br></p>", None),
    ("number", {}, 12, Decimal(12)),
    ("number", {}, "12.50", Decimal("12.5")),
    ("number", {}, 0.1, Decimal("0.1")),
    ("number", {}, -0.0, Decimal(0)),
    ("number", {}, Decimal("1E+3"), Decimal(1000)),
    ("number", {"decimals": 0}, "2.5", Decimal(3)),
    ("number", {"decimals": 0}, "-2.5", Decimal(-3)),
    ("number", {}, "9" * 30, Decimal("9" * 30)),
    ("money", {}, "1.005", Decimal("1.01")),
    ("money", {"maximum": 10}, 10, Decimal(10)),
    ("percent", {}, 0.15, Decimal("0.15")),
    ("percent", {}, "0.123456", Decimal("0.1235")),
    ("boolean", {}, False, False),
    ("rating", {}, 5, 5),
    ("rating", {}, "3", 3),
    ("rating", {}, 0, None),
    ("date", {}, "2026-01-31", date(2026, 1, 31)),
    ("date", {}, date(2026, 1, 31), date(2026, 1, 31)),
    ("date", {}, datetime(2026, 1, 31, 20, tzinfo=UTC), date(2026, 2, 1)),
    ("datetime", {}, "2026-01-31T08:00:00Z", datetime(2026, 1, 31, 8, tzinfo=UTC)),
    ("datetime", {}, "2026-01-31T08:00", datetime(2026, 1, 31, 0, tzinfo=UTC)),
    ("datetime", {}, "2026-01-31 08:00:01.9+08:00", datetime(2026, 1, 31, 0, 0, 1, tzinfo=UTC)),
    ("datetime", {}, "2026-01-31", datetime(2026, 1, 30, 16, tzinfo=UTC)),
    ("time", {}, "08:30:00", time(8, 30)),
    ("time", {}, "8:30", time(8, 30)),
    ("choice", CHOICE, "won", "won"),
    ("multi_choice", CHOICE, ["won", "new", "won"], ("new", "won")),
    ("multi_choice", CHOICE, "won", ("won",)),
    ("multi_choice", CHOICE, [], None),
    ("email", {}, " Ann@Example.COM ", "Ann@example.com"),
    ("email", {}, "王@例子.中国", "王@例子.中国"),
    ("phone", {}, "+86 138 0013 8000", "+86 138 0013 8000"),
    ("phone", {}, "０１０-８８８８　转 12", "010-8888 转 12"),
    ("url", {}, "example.com/a?b=1", "https://example.com/a?b=1"),
    ("url", {}, "HTTP://example.com:8080", "http://example.com:8080"),
    ("url", {}, "mailto:a@example.com", "mailto:a@example.com"),
    ("url", {}, "例子.中国/路径", "https://例子.中国/路径"),
    ("user", {}, 1, 1),
    ("user", {}, {"id": 2, "name": "whatever"}, 2),
    ("user", {}, "ANN@example.com", 1),
    ("users", {}, [2, {"id": 1}, 2], (2, 1)),
    ("users", {}, 2, (2,)),
    ("department", {}, {"id": 1}, 1),
    ("departments", {}, [1, 2], (1, 2)),
    ("relation", {"form": "account"}, {"id": 11, "title": "Acme"}, 11),
    ("relation", {"form": "account"}, 999, 999),
    ("relations", {"form": "account"}, [12, {"id": 11, "title": "Acme"}, 12], (12, 11)),
    ("relations", {"form": "account"}, 12, (12,)),
    ("relations", {"form": "account"}, [], None),
    ("relation_any", {"forms": ["account"]}, {"form": "account", "id": 11}, RecordRef("account", 11)),
    ("file", {}, [{"id": 7}, 8], (7, 8)),
    ("image", {}, [8], (8,)),
    ("address", {}, {"city": " 深圳市 ", "detail": ""}, {"city": "深圳市"}),
    ("address", {}, {"detail": None}, None),
    ("autonumber", {}, "LD-1", "LD-1"),
]

REFUSED = [
    ("text", {}, 5, "value_not_text"),
    ("text", {}, ["a"], "value_not_text"),
    ("text", {}, "a\0b", "value_control_character"),
    ("text", {}, "a\x07b", "value_control_character"),
    ("text", {}, "a\ud800b", "value_control_character"),
    ("text", {}, "x" * 256, "value_too_long"),
    ("text", {}, "x" * 1_000_000, "value_too_long"),
    ("text", {"min_length": 3}, "ab", "value_too_short"),
    ("text", {"pattern": "[A-Z]+"}, "ABc", "value_wrong_pattern"),
    ("long_text", {}, "a\x1bb", "value_control_character"),
    ("long_text", {"max_length": 5}, "abcdef", "value_too_long"),
    ("rich_text", {}, {"html": "x"}, "value_not_text"),
    ("number", {}, True, "value_not_number"),
    ("number", {}, "abc", "value_not_number"),
    ("number", {}, "1,5", "value_not_number"),
    ("number", {}, "NaN", "value_not_number"),
    ("number", {}, float("nan"), "value_not_number"),
    ("number", {}, Decimal("Infinity"), "value_not_number"),
    ("number", {}, "١٢", "value_not_number"),
    ("number", {}, LONG, "value_number_too_large"),
    ("number", {}, int(LONG), "value_number_too_large"),
    ("number", {}, Decimal("1e999999"), "value_number_too_large"),
    ("number", {}, "1e999", "value_number_too_large"),
    ("number", {"minimum": 1}, 0, "value_too_small"),
    ("percent", {"maximum": 1}, 1.01, "value_too_large"),
    ("money", {}, {"amount": 1}, "value_not_number"),
    ("boolean", {}, 1, "value_not_boolean"),
    ("boolean", {}, "true", "value_not_boolean"),
    ("rating", {}, 6, "value_not_rating"),
    ("rating", {}, 2.5, "value_not_rating"),
    ("rating", {}, True, "value_not_number"),
    ("date", {}, "2026-02-30", "value_no_such_date"),
    ("date", {}, "tomorrow", "value_not_date"),
    ("date", {}, "2026-01-31" + " " * 200 + "x", "value_not_date"),
    ("date", {}, 20260131, "value_not_date"),
    ("date", {}, "03/04/2026", "value_date_ambiguous"),
    ("datetime", {}, "2026-01-31T25:00:00Z", "value_not_time"),
    ("datetime", {}, "0001-01-01T00:00:00+14:00", "value_no_such_date"),
    ("datetime", {}, 5, "value_not_datetime"),
    ("time", {}, "25:00", "value_not_time"),
    ("time", {}, 8, "value_not_time"),
    ("choice", CHOICE, "wom", "value_unknown_option"),
    ("choice", CHOICE, 1, "value_not_option"),
    ("multi_choice", CHOICE, ["new", "x"], "value_unknown_option"),
    ("multi_choice", {**CHOICE, "maximum": 1}, ["new", "won"], "value_too_many"),
    ("multi_choice", CHOICE, {"new": True}, "value_not_option"),
    ("email", {}, "ann", "value_not_email"),
    ("email", {}, "a@b", "value_not_email"),
    ("email", {}, "a b@example.com", "value_not_email"),
    ("email", {}, "a..b@example.com", "value_not_email"),
    ("phone", {}, "12", "value_not_phone"),
    ("phone", {}, "call me", "value_not_phone"),
    ("phone", {}, "1" * 21, "value_not_phone"),
    ("url", {}, "javascript:alert(1)", "value_url_scheme"),
    ("url", {}, "JaVaScRiPt:alert(1)", "value_url_scheme"),
    ("url", {}, "data:text/html,x", "value_url_scheme"),
    ("url", {}, "http://[", "value_not_url"),
    ("url", {}, "nonsense", "value_not_url"),
    ("url", {}, "https://a b.com", "value_not_url"),
    ("url", {}, 'https://example.com/"x', "value_not_url"),
    ("user", {}, 99, "value_unknown_user"),
    ("user", {}, 5, "value_inactive_user"),
    ("user", {}, "Bob", "value_several_users"),
    ("user", {}, "Ann Leee", "value_unknown_user"),
    ("user", {}, True, "value_not_user"),
    ("user", {}, {"id": "1"}, "value_not_user"),
    ("user", {}, 2**70, "value_not_user"),
    ("users", {}, [1, "nobody"], "value_unknown_user"),
    ("users", {}, list(range(1, 2000)), "value_too_many"),
    ("department", {}, "East", "value_unknown_department"),
    ("department", {}, 99, "value_unknown_department"),
    ("department", {}, 1.0, "value_not_department"),
    ("relation", {"form": "account"}, "Acme", "value_not_record"),
    ("relation", {"form": "account"}, -1, "value_not_record"),
    ("relations", {"form": "account"}, [1, "Acme"], "value_not_record"),
    ("relation_any", {"forms": ["account"]}, 11, "value_not_record_of"),
    ("relation_any", {"forms": ["account"]}, {"form": "lead", "id": 1}, "value_not_record_of"),
    ("file", {}, [99], "value_unknown_file"),
    ("file", {}, ["a.pdf"], "value_not_file"),
    ("file", {}, [9], "value_file_too_large"),
    ("file", {"extensions": ["docx"]}, [7], "value_file_extension"),
    ("file", {"maximum": 1}, [7, 8], "value_too_many"),
    ("image", {}, [7], "value_not_picture"),
    ("address", {}, "Main Street 1", "value_not_address"),
    ("address", {}, {"town": "x"}, "value_address_part"),
    ("address", {}, {"city": 5}, "value_not_text"),
    ("address", {}, {"city": "a/b"}, "value_address_slash"),
]


@pytest.mark.parametrize("type_name, settings, raw, expected", ACCEPTED)
def test_accepted(field_of, parsing, type_name, settings, raw, expected):
    field = field_of(type_name, **settings)
    value = field.type.parse(field, raw, parsing)
    assert value == expected
    assert type(value) is type(expected)


@pytest.mark.parametrize("type_name, settings, raw, code", REFUSED)
def test_refused(field_of, parsing, type_name, settings, raw, code):
    field = field_of(type_name, **settings)
    with pytest.raises(ValueProblem) as caught:
        field.type.parse(field, raw, parsing)
    assert caught.value.code == code


def test_an_unknown_option_suggests_the_nearest(field_of, parsing):
    field = field_of("choice", **CHOICE)
    with pytest.raises(ValueProblem) as caught:
        field.type.parse(field, "wom", parsing)
    assert caught.value.params["suggestion"] == "won"


@pytest.mark.parametrize(
    "raw", [None, True, 0, 1.5, "x", [], [1], {}, {"a": [{}]}, float("inf"), "\ud800", LONG]
)
def test_nothing_but_a_value_or_a_problem_comes_out(field_of, parsing, raw):
    """Whatever JSON holds, no type answers with another exception."""
    required = {"choice": CHOICE, "multi_choice": CHOICE, "relation": {"form": "account"}}
    required |= {"relations": {"form": "account"}, "relation_any": {"forms": ["account", "thing"]}}
    required["formula"] = {"result": "text", "formula": '"a"'}
    required["subform"] = {"fields": {"a": {"type": "text", "label": {"en": "A", "zh": "A"}}}}
    for field_type in FIELD_TYPES:
        field = field_of(field_type.name, **required.get(field_type.name, {}))
        for read in (field_type.parse, field_type.parse_text):
            with contextlib.suppress(ValueProblem):
                read(field, raw, parsing)
