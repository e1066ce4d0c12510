"""Whatever is done to the lines of orders: sums follow, and the history leads from each state to the next."""

from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.api.conftest import open_shop
from tests.api.test_lines import DOCUMENT, Trade, publish
from tests.examples import examples

AMOUNT = st.integers(min_value=1, max_value=50)
#: For each line that stays: which of those left, and a new quantity; a new line for None.
EDIT = st.lists(st.tuples(st.none() | st.integers(min_value=0, max_value=9), st.none() | AMOUNT), max_size=6)
PRODUCT = st.integers(min_value=0, max_value=2)


@pytest.fixture(scope="module")
def trade(database, tmp_path_factory) -> Trade:
    shop = open_shop(database, tmp_path_factory.mktemp("lines"), "lines_property")
    publish(shop, DOCUMENT)
    return Trade(shop, shop.as_user("admin"))


def sent_lines(
    lines: list[dict], edit: list, products: list[dict], choose: list[int]
) -> list[dict[str, Any]]:
    """The list that an edit sends: some of the lines, in some order, some with another quantity."""
    left, sent = list(lines), []
    for place, (which, qty) in enumerate(edit):
        if which is not None and left:
            line = left.pop(which % len(left))
            sent.append({"id": line["id"], **({} if qty is None else {"qty": qty})})
        else:
            product = products[choose[place % len(choose)]]
            sent.append({"product": product["id"], "qty": qty or 1})
    return sent


def replayed(lines: list[dict], change: dict) -> list[dict]:
    """The lines after a change that the history tells of."""
    told = {line["id"]: line for line in change["lines"]}
    kept = [
        dict(line)
        for line in lines
        if line["id"] not in told or (told[line["id"]]["kind"] != "removed" and "was" not in told[line["id"]])
    ]
    before = {line["id"]: line for line in lines}
    placed = [one for one in told.values() if one["kind"] == "added" or "was" in one]
    for one in sorted(placed, key=lambda entry: entry["position"]):
        kept.insert(one["position"], dict(before.get(one["id"], {"id": one["id"]})))
    for line in kept:
        for field in told.get(line["id"], {"changes": []})["changes"]:
            line[field["field"]] = field["new"]
    return kept


def essence(lines: list[dict]) -> list[tuple]:
    def plain(value: Any) -> Any:
        return value["id"] if isinstance(value, dict) else value

    keys = ("id", "product", "price", "qty", "called", "amount", "share")
    return [tuple(plain(line.get(key)) for key in keys) for line in lines]


@settings(
    max_examples=examples(15), deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(
    edits=st.lists(EDIT, min_size=1, max_size=5),
    choose=st.lists(PRODUCT, min_size=1, max_size=4),
    prices=st.lists(AMOUNT, min_size=3, max_size=3),
    renamed=st.booleans(),
)
def test_sums_follow_and_the_history_replays(trade, edits, choose, prices, renamed) -> None:
    acme = trade.create("account", name="Acme")
    products = [trade.create("product", name=f"P{price}", list_price=price) for price in prices]
    order = trade.create("order", account=acme["id"], lines=[{"qty": 2, "product": products[0]["id"]}])
    known = order["lines"]
    for edit in edits:
        trade.change(order, lines=sent_lines(trade.read("order", order, "lines"), edit, products, choose))
        if renamed:
            revision = trade.read("product", products[0], "revision")
            values = {"name": f"Q{revision}", "revision": revision}
            trade.client.patch(trade.url("product", f"/{products[0]['id']}"), values)
        now = trade.read("order", order)
        assert (now["amount"] or 0) == sum(line["amount"] for line in now["lines"])
        assert (trade.read("account", acme, "total") or 0) == (now["amount"] or 0)
        assert (trade.read("account", acme, "pieces") or 0) == sum(line["qty"] for line in now["lines"])
        for product in products:
            sold = sum(
                line["qty"] for line in now["lines"] if (line["product"] or {}).get("id") == product["id"]
            )
            assert (trade.read("product", product, "sold") or 0) == sold
    for entry in reversed(trade.history(order, limit=200)):
        for change in entry["changes"]:
            if change["field"] == "lines":
                assert len(known) == change["old"]
                known = replayed(known, change)
                assert len(known) == change["new"]
    assert essence(known) == essence(trade.read("order", order, "lines"))
