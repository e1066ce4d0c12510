"""A change that concerns many records is left to a job, which readers are told about."""

import json
from pathlib import Path

import pytest

from joinery.adapters import FixedClock
from joinery.directory import Actor
from joinery.runtime.apps import publishing
from joinery.runtime.apps.descriptions import describe_form
from joinery.runtime.formulas import propagation, recompute_jobs
from joinery.runtime.lists.listing import list_records
from joinery.runtime.records import holding, records
from joinery.runtime.records.history import record_history
from joinery.runtime.services import Services
from joinery.runtime.settings import Settings
from joinery.storage import job_states
from tests.conftest import NOW

DOCUMENT = json.loads((Path(__file__).parents[2] / "api" / "far_app.json").read_text(encoding="utf-8"))
ORDERS = 12


class World:
    """Use cases of the app "far", with the jobs that they leave."""

    def __init__(self, database, key, folder) -> None:
        self.key = key
        self.jobs = []
        self.services = Services(
            database=database, settings=Settings(data_dir=folder), clock=FixedClock(NOW), defer=self._defer
        )
        self.actor = Actor(user_id=None, name="setup", is_admin=True, workspace=key)
        self.do(publishing.publish_app, "far", DOCUMENT)

    def _defer(self, unit, kind, arguments) -> None:
        self.jobs.append((kind, arguments["job"]))

    def do(self, use, *arguments, **options):
        with self.services.unit(self.key) as unit:
            return use(unit, self.actor, *arguments, **options)

    def updating(self) -> set[str]:
        return set(self.do(describe_form, "far", "order")["updating"])

    def levels(self) -> list[str | None]:
        query = {"limit": 100, "fields": "level", "sort": "id"}
        return [row["level"] for row in self.do(list_records, "far", "order", query)["records"]]


@pytest.fixture
def world(database, workspace, tmp_path, monkeypatch):
    for module in (propagation, holding):
        monkeypatch.setattr(module, "AT_ONCE", ORDERS // 2)
    monkeypatch.setattr(recompute_jobs, "PORTION", 5)
    world = World(database, workspace.key, tmp_path)
    account = world.do(records.create_record, "far", "account", {"name": "A", "level": "old"})
    for _ in range(ORDERS):
        world.do(records.create_record, "far", "order", {"account": account["id"]})
    world.jobs.clear()
    world.do(records.update_record, "far", "account", account["id"], account["revision"], {"level": "new"})
    return world


def test_readers_are_told_until_it_is_done(world) -> None:
    assert world.levels() == ["old"] * ORDERS
    assert {"level", "region", "share"} == world.updating()
    [(kind, job)] = world.jobs
    assert kind == propagation.RECOMPUTE
    recompute_jobs.run_recompute(world.services, world.key, job)
    assert world.levels() == ["new"] * ORDERS
    assert world.updating() == set()
    with world.services.unit(world.key) as unit:
        state = job_states.get(unit, job)
    assert (state.state, state.done) == ("done", ORDERS)


def test_it_goes_on_where_it_stopped(world, monkeypatch) -> None:
    [(_, job)] = world.jobs
    done = []

    def once(at, ids, **options):
        if done:
            raise KeyboardInterrupt
        done.extend(ids)
        propagation.recompute(at, ids, **options)

    monkeypatch.setattr(recompute_jobs, "recompute", once)
    with pytest.raises(KeyboardInterrupt):
        recompute_jobs.run_recompute(world.services, world.key, job)
    assert world.levels() == ["new"] * 5 + ["old"] * (ORDERS - 5)
    monkeypatch.undo()
    recompute_jobs.run_recompute(world.services, world.key, job)
    assert world.levels() == ["new"] * ORDERS
    first = world.do(list_records, "far", "order", {"sort": "id", "fields": "no"})["records"][0]
    entries = world.do(record_history, "far", "order", first["id"])["entries"]
    assert [(entry["kind"], entry["source"]) for entry in entries] == [
        ("updated", "formula"),
        ("created", None),
    ]
