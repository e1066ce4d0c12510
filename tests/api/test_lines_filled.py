"""Choosing a record fills in lines from its lines: an order takes those of its quote."""

import copy

import pytest

from tests.api.test_lines import DOCUMENT, Trade, publish
from tests.api.test_many_lines import counted

__all__ = ["counted"]


def label(text: str) -> dict[str, str]:
    return {"en": text, "zh": text}


def document() -> dict:
    found = copy.deepcopy(DOCUMENT)
    lines = found["forms"]["order"]["fields"]["lines"]["fields"]
    taken = {key: copy.deepcopy(lines[key]) for key in ("product", "price", "qty", "cost")}
    taken["product"]["inverse"]["key"] = "quote_lines"
    taken["note"] = {"type": "number", "label": label("Note")}
    taken["own"] = {"type": "text", "label": label("Own")}
    found["forms"]["quote"] = {
        "label": label("Quote"),
        "title": "{no}",
        "fields": {
            "no": {"type": "text", "label": label("No")},
            "rows": {"type": "subform", "label": label("Rows"), "fields": taken},
        },
        "permissions": {
            "sales": {"roles": ["sales"], "actions": ["view"], "rows": "all", "hidden_fields": ["rows.cost"]}
        },
    }
    found["forms"]["order"]["fields"]["quote"] = {
        "type": "relation",
        "form": "quote",
        "label": label("Quote"),
        "fill": {"lines": "{rows}", "no": "{no}"},
    }
    return found


@pytest.fixture
def trade(shop) -> Trade:
    publish(shop, document())
    return Trade(shop, shop.as_user("admin"))


@pytest.fixture
def quote(trade) -> dict:
    pen = trade.create("product", name="Pen", list_price=2)
    rows = [
        {"product": pen["id"], "price": 7, "qty": 3, "cost": 5, "note": 1, "own": "x"},
        {"qty": 4, "price": 1},
    ]
    return trade.create("quote", no="Q1", rows=rows)


def essence(order: dict) -> list[tuple]:
    keys = ("called", "price", "qty", "note", "amount")
    return [tuple(line[key] for key in keys) for line in order["lines"]]


def test_a_new_record_takes_the_lines(trade, quote) -> None:
    order = trade.create("order", quote=quote["id"])
    assert essence(order) == [("Pen", 7, 3, None, 21), (None, 1, 4, None, 4)]
    assert [line["cost"] for line in order["lines"]] == [5, None]
    assert (order["no"], order["amount"]) == ("Q1", 25)
    _, state = trade.client.post(trade.url("order", "/prepare"), {"values": {"quote": quote["id"]}})
    assert [line["amount"] for line in state["values"]["lines"]] == [21, 4]


def test_another_choice_takes_their_place_and_what_is_sent_wins(trade, quote) -> None:
    order = trade.create("order", lines=[{"qty": 1}])
    changed = trade.change(order, quote=quote["id"])
    assert essence(changed) == [("Pen", 7, 3, None, 21), (None, 1, 4, None, 4)]
    again = trade.create("order", quote=quote["id"], lines=[{"qty": 9}])
    assert [line["qty"] for line in again["lines"]] == [9]
    assert [line["qty"] for line in trade.change(changed, no="x")["lines"]] == [3, 4]


def test_only_what_one_may_read_there_is_taken(trade, quote) -> None:
    sales = Trade(trade.shop, trade.shop.as_user("sales"))
    order = sales.create("order", quote=quote["id"])
    assert [line["cost"] for line in trade.read("order", order, "lines")] == [None, None]


@pytest.mark.parametrize(
    ("fill", "path"),
    [
        ("{no}", "/forms/order/fields/quote/fill/lines"),
        ("{rows.qty}", "/forms/order/fields/quote/fill/lines"),
        ("{nothing}", "/forms/order/fields/quote/fill/lines"),
        ("FILTER({rows}, {rows.qty} > 1)", "/forms/order/fields/quote/fill/lines"),
    ],
)
def test_lines_are_filled_in_from_lines_alone(shop, fill, path) -> None:
    wrong = document()
    wrong["forms"]["order"]["fields"]["quote"]["fill"]["lines"] = fill
    admin = shop.as_user("admin")
    publish(shop, DOCUMENT)
    status, answer = admin.post("/apps/trade/publish?preview=1", {"document": wrong})
    issues = answer.get("issues", [])
    assert [(issue["path"], issue["code"]) for issue in issues] == [(path, "definition_fill_lines")], status


def test_statements_do_not_grow_with_the_number_of_lines_that_are_filled_in(trade, counted) -> None:
    def filled(size: int) -> int:
        rows = [
            {"product": trade.create("product", name=f"P{place}", weight=1)["id"], "qty": 1, "price": 1}
            for place in range(size)
        ]
        quote = trade.create("quote", no="Q", rows=rows)
        counted.clear()
        order = trade.create("order", quote=quote["id"])
        assert (order["amount"], order["weight"]) == (size, size)
        return len(counted)

    filled(2)
    assert filled(3) == filled(40)
