"""Values of a field's former type as values of its new one."""

from dataclasses import replace
from datetime import UTC, date, datetime, time
from decimal import Decimal

import pytest

from joinery.forms import ValueProblem

OLD = {"options": {"a": {"label": {"en": "Alpha", "zh": "甲"}}, "b": {"label": {"en": "Beta", "zh": "乙"}}}}
NEW = {
    "options": {"x": {"label": {"en": "Alpha", "zh": "甲"}}, "b": {"label": {"en": "Other", "zh": "其他"}}}
}
ACCOUNT = {"form": "account"}

CONVERTED = [
    ("text", {}, "1,234.5", "number", {}, Decimal("1234.5")),
    ("text", {}, "Alpha", "choice", OLD, "a"),
    ("text", {}, "ann lee", "user", {}, 1),
    ("text", {}, "2026年1月31日", "date", {}, date(2026, 1, 31)),
    ("text", {}, "<b>", "rich_text", {}, "<p>&lt;b&gt;</p>"),
    ("text", {}, "yes", "boolean", {}, True),
    ("text", {}, "Acme", "relation", ACCOUNT, 11),
    ("text", {}, "a\nb", "long_text", {}, "a\nb"),
    ("long_text", {}, "a\nb", "text", {}, "a b"),
    ("long_text", {}, "a\nb", "rich_text", {}, "<p>a</p><p>b</p>"),
    ("rich_text", {}, "<p>a &amp; b</p>", "text", {}, "a & b"),
    ("number", {}, Decimal("0.15"), "percent", {}, Decimal("0.15")),
    ("number", {}, Decimal("1.239"), "money", {}, Decimal("1.24")),
    ("number", {}, Decimal("4"), "rating", {}, 4),
    ("number", {}, Decimal("4.50"), "text", {}, "4.5"),
    ("percent", {}, Decimal("0.15"), "text", {}, "15%"),
    ("percent", {}, Decimal("0.15"), "number", {}, Decimal("0.15")),
    ("date", {}, date(2026, 1, 31), "datetime", {}, datetime(2026, 1, 30, 16, tzinfo=UTC)),
    ("datetime", {}, datetime(2026, 1, 31, 18, tzinfo=UTC), "date", {}, date(2026, 2, 1)),
    ("choice", OLD, "a", "choice", NEW, "x"),
    ("choice", OLD, "b", "choice", NEW, "b"),
    ("choice", OLD, "a", "text", {}, "Alpha"),
    ("choice", OLD, "a", "multi_choice", OLD, ("a",)),
    ("multi_choice", OLD, ("b",), "choice", OLD, "b"),
    ("multi_choice", OLD, ("a", "b"), "text", {}, "Alpha, Beta"),
    ("user", {}, 5, "users", {}, (5,)),
    ("user", {}, 1, "text", {}, "Ann Lee"),
    ("users", {}, (1,), "user", {}, 1),
    ("file", {}, (8,), "image", {}, (8,)),
    ("address", {}, {"province": "广东省", "detail": "1号"}, "text", {}, "广东省 1号"),
    ("text", {}, "上海市浦东新区", "address", {}, {"province": "上海市", "district": "浦东新区"}),
    ("autonumber", {}, "LD-1", "text", {}, "LD-1"),
    ("number", {}, None, "text", {}, None),
]
NOT_CONVERTED = [
    ("text", {}, "many", "number", {}),
    ("text", {}, "Gamma", "choice", OLD),
    ("text", {}, "nobody", "user", {}),
    ("number", {}, Decimal("2.5"), "rating", {}),
    ("boolean", {}, True, "number", {}),
    ("time", {}, time(8), "date", {}),
    ("multi_choice", OLD, ("a", "b"), "choice", OLD),
    ("users", {}, (1, 2), "user", {}),
    ("long_text", {}, "x" * 300, "text", {}),
    ("file", {}, (7,), "image", {}),
    ("file", {}, (7,), "number", {}),
]


def both(field_of, old_type, old_settings, new_type, new_settings):
    return field_of(old_type, **old_settings), field_of(new_type, **new_settings)


@pytest.mark.parametrize("old_type, old_settings, value, new_type, new_settings, expected", CONVERTED)
def test_converted(field_of, parsing, old_type, old_settings, value, new_type, new_settings, expected):
    old, new = both(field_of, old_type, old_settings, new_type, new_settings)
    assert new.type.convert(old, value, new, replace(parsing, accept_inactive=True)) == expected


@pytest.mark.parametrize("old_type, old_settings, value, new_type, new_settings", NOT_CONVERTED)
def test_not_converted(field_of, parsing, old_type, old_settings, value, new_type, new_settings):
    old, new = both(field_of, old_type, old_settings, new_type, new_settings)
    with pytest.raises(ValueProblem):
        new.type.convert(old, value, new, replace(parsing, accept_inactive=True))
