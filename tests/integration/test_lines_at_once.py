"""Lines of records when several people change them, and what they look at, at the same time."""

import json
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from joinery.kernel import StaleRevision
from joinery.runtime.records import records

DOCUMENT = json.loads((Path(__file__).parents[1] / "api" / "lines_app.json").read_text(encoding="utf-8"))


@pytest.fixture
def world(crowd):
    """Runs use cases of the app "trade"."""
    return crowd("trade", DOCUMENT)


def create(world, form, **values):
    return world(records.create_record, "trade", form, values)


def read(world, form, record):
    return world(records.get_record, "trade", form, record["id"])


def change(world, form, record, revision, **values):
    return world(records.update_record, "trade", form, record["id"], revision, values)


def at_once(works) -> list:
    with ThreadPoolExecutor(max_workers=8) as pool:
        return [done.result() for done in [pool.submit(work) for work in works]]


def test_of_two_editors_of_the_same_lines_one_is_told(world) -> None:
    order = create(world, "order", lines=[{"qty": 1}])

    def edit(number: int) -> bool:
        try:
            change(world, "order", order, 1, lines=[*order["lines"], {"qty": number}])
        except StaleRevision:
            return False
        return True

    won = at_once([lambda n=n: edit(n) for n in range(2, 8)])
    assert won.count(True) == 1
    assert [line["qty"] for line in read(world, "order", order)["lines"]] == [1, won.index(True) + 2]


def test_orders_of_the_same_product_and_account(world) -> None:
    pen, acme = create(world, "product", name="Pen", list_price=1), create(world, "account", name="Acme")
    at_once(
        [
            lambda n=n: create(
                world, "order", account=acme["id"], lines=[{"product": pen["id"], "qty": n + 1}]
            )
            for n in range(16)
        ]
    )
    assert read(world, "product", pen)["sold"] == sum(range(1, 17))
    assert [read(world, "account", acme)[key] for key in ("total", "pieces")] == [136, 136]


def test_a_product_is_renamed_while_orders_of_it_are_changed(world) -> None:
    pen, acme = create(world, "product", name="Pen", list_price=1), create(world, "account", name="Acme")
    orders = [
        create(world, "order", account=acme["id"], lines=[{"product": pen["id"], "qty": 1}, {"qty": 1}])
        for _ in range(6)
    ]

    def rename() -> None:
        for number in range(6):
            change(world, "product", pen, None, name=f"Pen {number}", weight=number)

    def edit(order) -> None:
        for number in range(2, 6):
            lines = [
                {"id": line["id"], "qty": number} for line in reversed(read(world, "order", order)["lines"])
            ]
            change(world, "order", order, None, lines=lines)

    def rebate() -> None:
        for number in range(1, 5):
            change(world, "account", acme, None, rebate=f"0.{number}")

    at_once([rename, rebate, *(lambda order=order: edit(order) for order in orders)])
    for order in orders:
        now = read(world, "order", order)
        called = {line["called"] for line in now["lines"] if line["product"]}
        assert called == {"Pen 5"}
        assert now["weight"] == 5 * 5
        assert [line["amount"] for line in now["lines"] if line["product"]] == [3]
        assert now["amount"] == 3
    assert read(world, "product", pen)["sold"] == 30
    assert read(world, "account", acme)["total"] == 18
