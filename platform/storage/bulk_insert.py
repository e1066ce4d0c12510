"""Many rows at once through COPY, while the process goes on."""

import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import datetime
from operator import attrgetter
from typing import Any

import sqlalchemy as sa
from psycopg import sql
from sqlalchemy.dialects import postgresql as pg

from joinery.storage.array_text import array_text, as_array, ids_text
from joinery.storage.unit_of_work import UnitOfWork


def copy_rows(unit: UnitOfWork, table: sa.Table, columns: Sequence[str], rows: Iterable[list[Any]]) -> None:
    """Insert rows, each with the values of `columns` in their order; JSON values are plain Python values.

    The rows are used up: what the driver writes slowly, or not at all, is turned into text in them.
    They are written behind: the next statement waits for them, and errors are raised there.
    """
    statement = sql.SQL("COPY {} ({}) FROM STDIN").format(
        sql.Identifier(_schema(unit, table), table.name), sql.SQL(", ").join(map(sql.Identifier, columns))
    )
    writers = [(place, text) for place, name in enumerate(columns) if (text := _writer(table.c[name]))]

    def write(connection: sa.Connection) -> None:
        driver: Any = connection.connection.driver_connection
        with driver.cursor() as cursor, cursor.copy(statement) as copy:
            for row in rows:
                for place, text in writers:
                    if row[place] is not None:
                        row[place] = text(row[place])
                copy.write_row(row)

    unit.write_behind(write)


def copy_entries(unit: UnitOfWork, table: sa.Table, columns: Sequence[str], entries: Iterable[Any]) -> None:
    """Insert objects whose attributes are named like `columns`; see `copy_rows`."""
    values: Callable[[Any], Sequence[Any]] = attrgetter(*columns)
    copy_rows(unit, table, columns, (list(values(entry)) for entry in entries))


def insert_same(
    unit: UnitOfWork, table: sa.Table, values: Mapping[str, Any], record_ids: Sequence[int]
) -> None:
    """Insert the same values for each of these records, in their order; written behind as by `copy_rows`."""
    ids = as_array(sa.bindparam("record_ids", ids_text(record_ids), type_=sa.Text), sa.BigInteger)
    columns = [sa.bindparam(name, value, type_=table.c[name].type) for name, value in values.items()]
    statement = table.insert().from_select([*values, "record_id"], sa.select(*columns, sa.func.unnest(ids)))

    def write(connection: sa.Connection) -> None:
        connection.execute(statement)

    unit.write_behind(write)


def reserve_ids(unit: UnitOfWork, table: sa.Table, count: int) -> list[int]:
    """Ids for new rows, in ascending order."""
    name = f'"{_schema(unit, table)}"."{table.name}"'
    return list(unit.connection.execute(_RESERVE, {"name": name, "count": count}).scalars())


# OFFSET 0 keeps the planner from looking the sequence up again for each of the ids.
_RESERVE = sa.text(
    "SELECT nextval(found.sequence) FROM generate_series(1, :count),"
    " (SELECT pg_get_serial_sequence(:name, 'id')::regclass AS sequence OFFSET 0) found"
)


def _writer(column: sa.Column[Any]) -> Callable[[Any], str] | None:
    """What writes a column's values as PostgreSQL reads them, where the driver cannot or is slow at it."""
    if isinstance(column.type, pg.JSON):
        return _json_text
    if isinstance(column.type, pg.ARRAY):
        return array_text
    if isinstance(column.type, sa.DateTime):
        return _MomentText()
    return None


def _json_text(value: Any) -> str:
    # Most rows have nothing to tell, and the encoder takes its time for that too.
    return "{}" if value == {} else json.dumps(value)


class _MomentText:
    """Moments as text; the rows of one transaction mostly share theirs, so the last one is kept."""

    def __init__(self) -> None:
        self._last: datetime | None = None
        self._text = ""

    def __call__(self, moment: datetime) -> str:
        if moment is not self._last:
            self._last, self._text = moment, moment.isoformat()
        return self._text


def _schema(unit: UnitOfWork, table: sa.Table) -> str:
    schema = unit.schema if table.schema == "ws" else table.schema
    assert schema is not None
    return schema
