"""A workspace of an earlier release gets the indexes of this one by a job, once."""

import json
from pathlib import Path

import pytest
import sqlalchemy as sa

from joinery.adapters import FixedClock
from joinery.directory import Actor
from joinery.runtime.apps import publishing, table_jobs
from joinery.runtime.services import Services
from joinery.runtime.settings import Settings
from joinery.storage import apps
from tests.conftest import NOW

DOCUMENT = json.loads((Path(__file__).parents[2] / "api" / "far_app.json").read_text(encoding="utf-8"))


class World:
    """A workspace with the app "far", and the jobs that wait."""

    def __init__(self, database, workspace, folder) -> None:
        self.key, self.schema, self.database = workspace.key, workspace.schema_name, database
        self.jobs = []
        self.services = Services(
            database=database, settings=Settings(data_dir=folder), clock=FixedClock(NOW), defer=self._defer
        )
        self.actor = Actor(user_id=None, name="setup", is_admin=True, workspace=workspace.key)
        with self.services.unit(self.key) as unit:
            publishing.publish_app(unit, self.actor, "far", DOCUMENT)
            tables = apps.load(unit, "far").tables.values()
            self.wanted = {spec.name for table in tables for spec in table.indexes}

    def _defer(self, unit, kind, arguments) -> None:
        self.jobs.append((kind, arguments["job"]))

    def start(self) -> None:
        with self.services.unit(self.key) as unit:
            table_jobs.start_missing_indexes(unit, self.actor)

    def there(self) -> set[str]:
        statement = sa.text("SELECT indexname FROM pg_indexes WHERE schemaname = :s")
        with self.services.unit(self.key) as unit:
            return set(unit.connection.execute(statement, {"s": self.schema}).scalars()) & self.wanted

    def forget(self, name: str) -> None:
        """As if an earlier release had not known this index."""
        with self.services.unit(self.key) as unit:
            unit.connection.exec_driver_sql(f'DROP INDEX "{self.schema}"."{name}"')
            unit.connection.exec_driver_sql(f'UPDATE "{self.schema}".schema_version SET index_rules = 0')


@pytest.fixture
def world(database, workspace, tmp_path):
    return World(database, workspace, tmp_path)


def test_a_new_workspace_needs_no_job(world) -> None:
    world.start()
    assert world.jobs == []
    assert world.there() == world.wanted


def test_what_is_missing_is_built_by_one_job_and_looked_for_no_more(world) -> None:
    lost = next(name for name in sorted(world.wanted) if name.endswith("_owner"))
    world.forget(lost)
    world.start()
    world.start()
    [(kind, job)] = world.jobs
    assert kind == "table_work"
    assert world.there() == world.wanted - {lost}
    table_jobs.run_table_work(world.services, world.key, job)
    assert world.there() == world.wanted
