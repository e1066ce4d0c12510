"""Many rows at once through COPY, while the process goes on."""

import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from operator import attrgetter
from typing import Any

import sqlalchemy as sa
from psycopg import sql
from sqlalchemy.dialects import postgresql as pg

from joinery.storage.unit_of_work import UnitOfWork


def copy_rows(
    unit: UnitOfWork, table: sa.Table, columns: Sequence[str], rows: Iterable[Sequence[Any]]
) -> None:
    """Insert rows, each with the values of `columns` in their order; JSON values are plain Python values.

    They are written behind: the next statement waits for them, and errors are raised there.
    """
    statement = sql.SQL("COPY {} ({}) FROM STDIN").format(
        sql.Identifier(_schema(unit, table), table.name), sql.SQL(", ").join(map(sql.Identifier, columns))
    )
    json_places = [place for place, name in enumerate(columns) if isinstance(table.c[name].type, pg.JSON)]

    def write(connection: sa.Connection) -> None:
        driver: Any = connection.connection.driver_connection
        with driver.cursor() as cursor, cursor.copy(statement) as copy:
            for row in _with_json(rows, json_places) if json_places else rows:
                copy.write_row(row)

    unit.write_behind(write)


def copy_entries(unit: UnitOfWork, table: sa.Table, columns: Sequence[str], entries: Iterable[Any]) -> None:
    """Insert objects whose attributes are named like `columns`; see `copy_rows`."""
    values: Callable[[Any], Sequence[Any]] = attrgetter(*columns)
    copy_rows(unit, table, columns, map(values, entries))


def insert_same(
    unit: UnitOfWork, table: sa.Table, values: Mapping[str, Any], record_ids: Sequence[int]
) -> None:
    """Insert the same values for each of these records, in their order; written behind as by `copy_rows`."""
    ids = sa.bindparam("record_ids", list(record_ids), type_=pg.ARRAY(sa.BigInteger))
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


def _with_json(rows: Iterable[Sequence[Any]], places: Sequence[int]) -> Iterable[Sequence[Any]]:
    for row in rows:
        values = list(row)
        for place in places:
            value = values[place]
            # Most rows have nothing to tell, and the encoder takes its time for that too.
            if value is not None:
                values[place] = json.dumps(value) if value else "{}" if value == {} else "[]"
        yield values


def _schema(unit: UnitOfWork, table: sa.Table) -> str:
    schema = unit.schema if table.schema == "ws" else table.schema
    assert schema is not None
    return schema
