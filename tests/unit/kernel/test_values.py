"""Numbers, dates and JSON: exact on the way in and on the way out."""

import json
from datetime import UTC, date, datetime, time, timedelta, timezone
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from joinery.kernel import InvalidInput, dump_json, load_json, to_json

CASES = [
    (Decimal("12"), 12),
    (Decimal("12.50"), 12.5),
    (Decimal("0.1"), 0.1),
    (Decimal("-0"), 0),
    (Decimal("123456789012345.6"), "123456789012345.6"),  # 16 digits: a double would round
    (Decimal("1e20"), "100000000000000000000"),
    (Decimal("0.00000001"), "0.00000001"),  # JSON would write 1e-08
    (date(2026, 1, 31), "2026-01-31"),
    (time(8, 30), "08:30:00"),
    (datetime(2026, 1, 31, 8, tzinfo=UTC), "2026-01-31T08:00:00Z"),
    (datetime(2026, 1, 31, 8, tzinfo=timezone(timedelta(hours=8))), "2026-01-31T00:00:00Z"),
    (("a", "b"), ["a", "b"]),
    ({"n": Decimal("1.5")}, {"n": 1.5}),
    (None, None),
    (True, True),
]


@pytest.mark.parametrize("value, expected", CASES)
def test_values_have_one_json_form(value, expected):
    assert to_json(value) == expected


@given(st.decimals(allow_nan=False, allow_infinity=False, min_value=-(10**30), max_value=10**30, places=6))
def test_numbers_survive_json(value):
    loaded = load_json(dump_json(value))
    assert Decimal(str(loaded)) == value


REFUSED = ["", "{", "NaN", "[Infinity]", '{"a": 1, "a": 2}', "[" * 100_000, "\ufeff{}", "1 2"]


@pytest.mark.parametrize("text", REFUSED, ids=lambda text: text[:12])
def test_what_is_not_json_is_refused(text):
    with pytest.raises(InvalidInput) as caught:
        load_json(text)
    assert [issue.code for issue in caught.value.issues] == ["not_json"]


def test_numbers_are_read_exactly():
    assert load_json("0.1") == Decimal("0.1")
    assert load_json("9" * 400) == Decimal("9" * 400)
    assert json.loads(dump_json({"text": "线索 🎉"})) == {"text": "线索 🎉"}
