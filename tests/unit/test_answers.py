"""Answers are JSON, whatever a value is."""

import json
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest

from joinery.web.answers import json_bytes


@pytest.mark.parametrize(
    ("value", "text"),
    [
        ({"price": Decimal("1.50")}, '{"price":1.5}'),
        ([10**30, -(2**63)], "[1000000000000000000000000000000,-9223372036854775808]"),
        ([datetime(2026, 1, 1, 8, tzinfo=UTC), date(2026, 1, 2)], '["2026-01-01T08:00:00Z","2026-01-02"]'),
        ((1, frozenset([2]), None, True, 0.1), "[1,[2],null,true,0.1]"),
        ("华为 \ud800 \u2028", '"华为 ? \u2028"'),
        ({3: "a"}, '{"3":"a"}'),
    ],
)
def test_a_value_is_one_text(value, text):
    assert json_bytes(value).decode() == text
    json.loads(text)


def test_what_has_no_json_is_a_mistake_of_ours():
    with pytest.raises(TypeError):
        json_bytes({"a": object()})
