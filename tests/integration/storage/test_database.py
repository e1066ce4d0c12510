"""Starting, losing and finding the database again."""

from datetime import datetime
from pathlib import Path
from threading import Thread

import pytest
import sqlalchemy as sa
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext

from joinery.kernel import DuplicateValue, InvalidInput, LimitExceeded, Misconfigured, Unavailable
from joinery.storage import (
    Database,
    Workspace,
    create_workspace,
    embedded,
    get_workspace,
    upgrade_database,
    upgrade_workspaces,
)
from joinery.storage.system_tables import SYSTEM
from joinery.storage.workspace_tables import WORKSPACE


def _answer(database: Database) -> int:
    with database.begin() as unit:
        return unit.connection.execute(sa.text("SELECT 42")).scalar_one()


def test_a_lost_server_is_unavailable_and_works_again_when_it_is_back(tmp_path: Path) -> None:
    server = embedded.start(tmp_path / "database")
    database = Database(server.url)
    assert _answer(database) == 42
    server.stop()
    with pytest.raises(Unavailable):
        _answer(database)
    server = embedded.start(tmp_path / "database")
    database.wait(30)
    assert _answer(database) == 42
    database.close()
    server.stop()


def test_connections_that_died_while_idle_are_replaced_without_an_error(tmp_path: Path) -> None:
    server = embedded.start(tmp_path / "database")
    database = Database(server.url)
    assert _answer(database) == 42
    server.stop()
    server = embedded.start(tmp_path / "database")
    assert _answer(database) == 42
    database.close()
    server.stop()


def test_a_connection_lost_in_a_transaction_is_unavailable(database: Database) -> None:
    def lose_the_connection() -> None:
        with database.begin() as unit, database.begin() as other:
            pid = unit.connection.execute(sa.text("SELECT pg_backend_pid()")).scalar_one()
            other.connection.execute(sa.text("SELECT pg_terminate_backend(:pid)"), {"pid": pid})
            unit.connection.execute(sa.text("SELECT 1"))

    with pytest.raises(Unavailable):
        lose_the_connection()
    assert _answer(database) == 42


def test_a_stale_pid_file_of_a_killed_server_does_not_prevent_the_start(tmp_path: Path) -> None:
    folder = tmp_path / "database"
    embedded.start(folder).stop()
    (folder / "postmaster.pid").write_text(f"1\n{folder}\n1\n5432\n{folder}\n\n0 0\nready\n")
    (folder / ".s.PGSQL.5432.lock").write_text("1\n")
    server = embedded.start(folder)
    database = Database(server.url)
    assert _answer(database) == 42
    database.close()
    server.stop()


def test_a_second_owner_joins_the_running_server(tmp_path: Path) -> None:
    first = embedded.start(tmp_path / "database")
    second = embedded.start(tmp_path / "database")
    assert second.url == first.url
    first.stop()


def test_folders_above_the_data_stay_unreadable_for_others(tmp_path: Path) -> None:
    private = tmp_path / "private"
    private.mkdir(mode=0o700)
    embedded.start(private / "database").stop()
    assert private.stat().st_mode & 0o066 == 0


@pytest.mark.parametrize("url", ["mysql://root@localhost/x", "not a url", ""])
def test_a_wrong_url_says_so(url: str) -> None:
    with pytest.raises(Misconfigured):
        Database(url)


def test_nobody_listens_is_unavailable() -> None:
    with pytest.raises(Unavailable):
        _answer(Database("postgresql://nobody@127.0.0.1:1/nothing"))


def test_long_statements_end_with_a_limit(database: Database) -> None:
    with pytest.raises(LimitExceeded), database.begin() as unit:
        unit.connection.execute(sa.text("SET LOCAL statement_timeout = 10; SELECT pg_sleep(5)"))


@pytest.mark.parametrize(
    "value",
    ["a\x00b", "9" * 400],
)
def test_values_the_database_refuses_are_invalid_input(database: Database, value: str) -> None:
    with pytest.raises(InvalidInput), database.begin() as unit:
        unit.connection.execute(sa.text("SELECT CAST(:value AS bigint)"), {"value": value})


def test_an_error_rolls_everything_back(database: Database, workspace: Workspace, now: datetime) -> None:
    def make_two() -> None:
        with database.begin() as unit:
            create_workspace(unit, "rolled_back", name="x", at=now)
            create_workspace(unit, workspace.key, name="x", at=now)

    with pytest.raises(DuplicateValue):
        make_two()
    with database.begin() as unit:
        found = unit.connection.execute(sa.text("SELECT to_regnamespace('ws_rolled_back')")).scalar_one()
        assert found is None
        assert get_workspace(unit, workspace.key) == workspace


def test_two_processes_may_migrate_at_once(tmp_path: Path) -> None:
    server = embedded.start(tmp_path / "database")
    databases = [Database(server.url) for _ in range(3)]
    errors: list[BaseException] = []

    def migrate(database: Database) -> None:
        try:
            upgrade_database(database.engine)
        except BaseException as error:
            errors.append(error)

    threads = [Thread(target=migrate, args=[database]) for database in databases]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    for database in databases:
        database.close()
    server.stop()
    assert errors == []


def test_the_migrations_make_the_tables_of_the_code(database: Database, workspace: Workspace) -> None:
    with database.begin() as unit:
        upgrade_workspaces(unit)
        context = MigrationContext.configure(
            unit.connection,
            opts={
                "include_schemas": True,
                "include_name": lambda name, kind, parents: kind != "schema" or name == "joinery",
                "include_object": lambda thing, name, kind, reflected, other: (
                    not (kind == "table" and name.startswith(("procrastinate_", "alembic_")))
                ),
            },
        )
        assert compare_metadata(context, SYSTEM) == []
        own = sa.MetaData()
        for table in WORKSPACE.sorted_tables:
            table.to_metadata(
                own, schema=workspace.schema_name, referred_schema_fn=_same(workspace.schema_name)
            )
        reflected = sa.inspect(unit.connection).get_table_names(schema=workspace.schema_name)
        assert sorted(reflected) == sorted(table.name for table in own.tables.values())
        for table in own.tables.values():
            columns = sa.inspect(unit.connection).get_columns(table.name, schema=workspace.schema_name)
            assert [column["name"] for column in columns] == [column.name for column in table.columns]


def _same(schema: str):
    return lambda table, to_schema, constraint, referred: schema
