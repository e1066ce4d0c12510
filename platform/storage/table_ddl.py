"""The statements that change record tables, all in the unit's transaction."""

import time
from collections.abc import Iterable, Sequence

import sqlalchemy as sa
from sqlalchemy import exc
from sqlalchemy.dialects.postgresql.psycopg import PGDialect_psycopg
from sqlalchemy.schema import CreateIndex, CreateTable

from joinery.storage.database_errors import is_retryable
from joinery.storage.physical_names import physical_name, short_hash
from joinery.storage.record_tables import RecordTable, at_most_one
from joinery.storage.unit_of_work import UnitOfWork

_DIALECT: sa.Dialect = PGDialect_psycopg()  # type: ignore[no-untyped-call]

#: How long a change may make others wait before it steps back, and how often it tries.
LOCK_TIMEOUT = "200ms"
_ATTEMPTS = 30
_PAUSE = 0.3


def lock_tables(unit: UnitOfWork, names: Iterable[str]) -> None:
    """Get all tables for ourselves at once, without ever making others wait longer than the lock timeout.

    Behind a long reader it steps back and tries again for about ten seconds. Raises Conflict after that.
    """
    wanted = ", ".join(_quoted(unit, name) for name in sorted(set(names)))
    if not wanted:
        return
    _run(unit, f"SET LOCAL lock_timeout = '{LOCK_TIMEOUT}'")
    for attempt in range(1, _ATTEMPTS + 1):
        try:
            with unit.connection.begin_nested():
                _run(unit, f"LOCK TABLE {wanted} IN ACCESS EXCLUSIVE MODE")
            return
        except exc.DBAPIError as error:
            if attempt == _ATTEMPTS or not is_retryable(error):
                raise
        time.sleep(_PAUSE)


def create_table(unit: UnitOfWork, table: RecordTable) -> None:
    """An empty table with its indexes; foreign keys come when all tables are there."""
    unit.connection.execute(CreateTable(table.table))
    for spec in table.indexes:
        _run(unit, spec.ddl(_schema(unit), table.table.name))


def create_links(unit: UnitOfWork, joint: sa.Table) -> None:
    """The empty link table of a relation to many; foreign keys come when all tables are there."""
    unit.connection.execute(CreateTable(joint))
    for index in joint.indexes:
        unit.connection.execute(CreateIndex(index))


def add_link_foreign_keys(unit: UnitOfWork, joint: sa.Table, table: RecordTable, target: RecordTable) -> None:
    """Let a link table hold only records that exist; a pair goes with either of them."""
    for column, end in (("from_id", table), ("to_id", target)):
        _run(
            unit,
            f'ALTER TABLE {_quoted(unit, joint.name)} ADD FOREIGN KEY ("{column}")'
            f" REFERENCES {_quoted(unit, end.table.name)} (id) ON DELETE CASCADE",
        )


def rename_table(unit: UnitOfWork, name: str, new_name: str) -> None:
    """Give a table another name."""
    _run(unit, f'ALTER TABLE {_quoted(unit, name)} RENAME TO "{new_name}"')


def add_columns(unit: UnitOfWork, table: RecordTable, columns: Sequence[sa.Column[object]]) -> None:
    """New columns, blank everywhere; the table is not rewritten."""
    if not columns:
        return
    parts = [f'ADD COLUMN "{column.name}" {column.type.compile(_DIALECT)}' for column in columns]
    if len(columns) > 1:
        parts.append(f"ADD CHECK ({at_most_one(columns).sqltext})")
    added = ", ".join(parts)
    _run(unit, f"ALTER TABLE {_quoted(unit, table.table.name)} {added}")


def rename_index(unit: UnitOfWork, name: str, new_name: str) -> None:
    """Give an index another name."""
    _run(unit, f'ALTER INDEX {_quoted(unit, name)} RENAME TO "{physical_name(new_name)}"')


def rename_column(unit: UnitOfWork, table_name: str, old: str, new: str) -> None:
    """Give a column another name."""
    if old != new:
        _run(unit, f'ALTER TABLE {_quoted(unit, table_name)} RENAME COLUMN "{old}" TO "{new}"')


def add_foreign_key(unit: UnitOfWork, table: RecordTable, key: str, target: RecordTable) -> None:
    """Let a relation's column point only at records that exist.

    Not validated: the column is blank in every record that is already there.
    """
    name = _foreign_key_name(table.table.name, key)
    column = table.columns[key][0].name
    _run(
        unit,
        f'ALTER TABLE {_quoted(unit, table.table.name)} ADD CONSTRAINT "{name}" FOREIGN KEY ("{column}")'
        f" REFERENCES {_quoted(unit, target.table.name)} (id) NOT VALID",
    )


def rename_foreign_key(unit: UnitOfWork, former_table: str, table_name: str, key: str) -> None:
    """Let the foreign key of a relation go by the new name of its table."""
    names = [_foreign_key_name(name, key) for name in (former_table, table_name)]
    _run(unit, f'ALTER TABLE {_quoted(unit, table_name)} RENAME CONSTRAINT "{names[0]}" TO "{names[1]}"')


def drop_foreign_key(unit: UnitOfWork, table_name: str, key: str) -> None:
    """Let a relation's column go free, as when it is set aside."""
    name = _foreign_key_name(table_name, key)
    _run(unit, f'ALTER TABLE {_quoted(unit, table_name)} DROP CONSTRAINT IF EXISTS "{name}"')


def build_index(unit: UnitOfWork, table: RecordTable, name: str) -> None:
    """An index of a small table."""
    spec = next(spec for spec in table.indexes if spec.name == name)
    _run(unit, spec.ddl(_schema(unit), table.table.name))


def drop_index(unit: UnitOfWork, name: str) -> None:
    """Remove an index; it may be missing when it was never finished."""
    _run(unit, f"DROP INDEX IF EXISTS {_quoted(unit, name)}")


def _foreign_key_name(table_name: str, key: str) -> str:
    return physical_name(f"fk_{short_hash(table_name)}_{key}")


def _schema(unit: UnitOfWork) -> str:
    assert unit.schema is not None
    return unit.schema


def _quoted(unit: UnitOfWork, name: str) -> str:
    return f'"{_schema(unit)}"."{name}"'


def _run(unit: UnitOfWork, statement: str) -> None:
    unit.connection.exec_driver_sql(statement)
