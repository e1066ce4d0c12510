"""A real PostgreSQL for the tests: one embedded server per test process, a fresh workspace per test."""

import shutil
import tempfile
from collections.abc import Iterator
from datetime import UTC, datetime
from itertools import count
from pathlib import Path

import psycopg
import pytest
from argon2 import PasswordHasher

from joinery.runtime.people import passwords
from joinery.storage import Database, Workspace, create_workspace, embedded, upgrade_database
from tests import examples as examples  # The profile of properties holds before any is read.
from tests.formulas_in_browser import Browser

_numbers = count(1)

# What a password costs on purpose is half the time of a test that signs two people in.
passwords.hasher = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)

#: When everything in the tests happens.
NOW = datetime(2026, 3, 31, 16, 30, tzinfo=UTC)


@pytest.fixture(scope="session")
def database_url() -> Iterator[str]:
    """The URL of an empty database on a server of our own."""
    folder = Path(tempfile.mkdtemp(prefix="joinery-tests-"))
    server = embedded.start(folder / "database")
    with psycopg.connect(server.url, autocommit=True) as connection:
        # The data does not outlive the tests: nothing has to reach the disk.
        connection.execute("ALTER SYSTEM SET fsync = off")
        connection.execute("SELECT pg_reload_conf()")
    yield server.url
    server.stop()
    shutil.rmtree(folder)


@pytest.fixture(scope="session")
def database(database_url: str) -> Iterator[Database]:
    """A database with the system tables."""
    database = Database(database_url)
    upgrade_database(database.engine)
    yield database
    database.close()


@pytest.fixture
def now() -> datetime:
    """The moment at which tests happen."""
    return NOW


@pytest.fixture
def workspace(database: Database) -> Workspace:
    """A workspace that nobody else uses, in the time zone of Shanghai."""
    with database.begin() as unit:
        return create_workspace(
            unit, f"test{next(_numbers)}", name="Test", at=NOW, time_zone="Asia/Shanghai", demo=False
        )


@pytest.fixture(scope="session")
def formulas_in_browser(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Browser]:
    """The browser's evaluator of expressions, run by Node."""
    browser = Browser(tmp_path_factory.mktemp("browser"))
    yield browser
    browser.close()
