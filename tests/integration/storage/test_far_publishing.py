"""Formulas over other records on tables with data: filled at once, and again when what they read changes."""

from decimal import Decimal
from typing import Any

import pytest

ACCOUNT = {"name": {"type": "text"}, "rate": {"type": "number"}}
ORDER = {
    "name": {"type": "text"},
    "account": {
        "type": "relation",
        "form": "account",
        "inverse": {"key": "orders", "label": {"en": "x", "zh": "x"}},
    },
    "amount": {"type": "money"},
    "day": {"type": "date"},
}


def formula(text: str, result: str = "number") -> dict[str, Any]:
    return {"type": "formula", "result": result, "formula": text}


def forms(account: dict[str, Any] | None = None, order: dict[str, Any] | None = None) -> dict[str, Any]:
    return {
        "account": {"fields": {**ACCOUNT, **(account or {})}},
        "order": {"fields": {**ORDER, **(order or {})}},
    }


@pytest.fixture
def filled(site: Any) -> Any:
    site.publish(forms())
    one, two = site.insert(
        "account", {"name": "One", "rate": Decimal(2)}, {"name": "Two", "rate": Decimal(3)}
    )
    amounts = [(one, 10), (one, 30), (two, 5)]
    site.insert("order", *({"account": to, "amount": Decimal(amount)} for to, amount in amounts))
    return site


def values(site: Any, form: str, key: str) -> list[Any]:
    return [row[key] for row in site.list(form, sort=(("id", False),), fields=(key,)).rows]


@pytest.mark.parametrize(
    "text, expected",
    [
        ("SUM({orders.amount})", [40, 5]),
        ("COUNTA({orders})", [2, 1]),
        ("MAX({orders.amount}) - MIN({orders.amount})", [20, 0]),
        ("AVERAGE({orders.amount})", [20, 5]),
        ('SUMIFS({orders.amount}, {orders.amount}, ">" & {rate} * 4)', [40, 0]),
        ("SUM(FILTER({orders.amount}, {orders.amount} > AVERAGE({orders.amount})))", [30, 0]),
        ("SUM({orders.amount} * {rate})", [80, 15]),
        ("SUM({orders.account.rate})", [4, 3]),
        ("COUNT({orders.account.orders.amount})", [4, 1]),
        ("SUM(1 / ({orders.amount} - 5))", [Decimal("0.24"), None]),
        ("MAX(SORTBY({orders.amount}, {orders.amount}, -1))", [30, 5]),
    ],
)
def test_a_formula_added_to_records(filled: Any, text: str, expected: list[Any]) -> None:
    filled.publish(forms(account={"made": formula(text)}))
    assert values(filled, "account", "made") == expected


def test_what_looks_at_a_changed_formula_is_computed_anew_too(filled: Any) -> None:
    account, order = {"total": formula("SUM({orders.amount})")}, {"double": formula("{account.total} * 2")}
    filled.publish(forms(account, order))
    assert values(filled, "order", "double") == [80, 80, 10]
    filled.publish(forms({"total": formula("COUNT({orders.amount})")}, order))
    assert values(filled, "order", "double") == [4, 4, 2]
