"""Formulas over other records when several people change what they look at at the same time."""

import json
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from joinery.adapters import FixedClock
from joinery.directory import Actor
from joinery.kernel import PlatformError
from joinery.runtime import publishing, records
from joinery.runtime.listing import list_records
from joinery.runtime.services import Services
from joinery.runtime.settings import Settings
from joinery.storage.database_errors import is_retryable
from tests.conftest import NOW

DOCUMENT = json.loads((Path(__file__).parents[1] / "api" / "far_app.json").read_text(encoding="utf-8"))


@pytest.fixture
def world(database, workspace, tmp_path):
    """Runs use cases of the app "far", each in its own transaction, again when it met others crosswise."""
    services = Services(
        database=database, settings=Settings(data_dir=tmp_path), clock=FixedClock(NOW), defer=_no_job
    )
    actor = Actor(user_id=None, name="setup", is_admin=True, workspace=workspace.key)

    def run(use, *arguments, **options):
        while True:
            try:
                with services.unit(workspace.key) as unit:
                    return use(unit, actor, *arguments, **options)
            except PlatformError as error:
                if not is_retryable(error):
                    raise

    run(publishing.publish_app, "far", DOCUMENT)
    return run


def _no_job(unit, kind, arguments) -> None:
    raise AssertionError("so few records need no job")


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
