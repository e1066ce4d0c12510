"""Formulas over other records when several people change what they look at at the same time."""

import json
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from joinery.runtime.lists.listing import list_records
from joinery.runtime.records import records

DOCUMENT = json.loads((Path(__file__).parents[1] / "api" / "far_app.json").read_text(encoding="utf-8"))


@pytest.fixture
def world(crowd):
    """Runs use cases of the app "far"."""
    return crowd("far", DOCUMENT)


def create(world, form, **values):
    return world(records.create_record, "far", form, values)


def read(world, form, record, key):
    return world(records.get_record, "far", form, record["id"])[key]


def at_once(works) -> None:
    with ThreadPoolExecutor(max_workers=8) as pool:
        for done in [pool.submit(work) for work in works]:
            done.result()


def test_children_of_one_parent(world) -> None:
    parents = [create(world, "account", name=name) for name in ("A", "B")]
    at_once([lambda n=n: create(world, "order", account=parents[n % 2]["id"], amount=n) for n in range(40)])
    assert [read(world, "account", parent, "total") for parent in parents] == [380, 400]


def test_children_that_move_between_parents(world) -> None:
    parents = [create(world, "account", name=name) for name in ("A", "B")]
    orders = [create(world, "order", account=parents[0]["id"], amount=1) for _ in range(16)]

    def move(order, to) -> None:
        world(records.update_record, "far", "order", order["id"], 1, {"account": parents[to]["id"]})

    at_once([lambda order=order, n=n: move(order, n % 2) for n, order in enumerate(orders)])
    assert [read(world, "account", parent, "total") for parent in parents] == [8, 8]


def test_a_parent_changed_while_children_come(world) -> None:
    region = create(world, "region", name="North", rate=0.5)
    parent = create(world, "account", name="A", level="old", region=region["id"])
    works = [lambda: create(world, "order", account=parent["id"], amount=1) for _ in range(20)]
    works.insert(7, lambda: world(records.update_record, "far", "account", parent["id"], 1, {"level": "new"}))
    works.insert(
        13, lambda: world(records.update_record, "far", "region", region["id"], 1, {"name": "South"})
    )
    at_once(works)
    found = world(_all_orders)
    assert {(order["level"], order["region"]) for order in found} == {("new", "South")}
    assert read(world, "account", parent, "total") == 20


def _all_orders(unit, actor):
    return list_records(unit, actor, "far", "order", {"limit": 100})["records"]
