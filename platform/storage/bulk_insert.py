"""Many rows at once through COPY, with ids that are reserved first."""

from collections.abc import Mapping, Sequence
from typing import Any

import sqlalchemy as sa
from psycopg import sql
from psycopg.types.json import Jsonb
from sqlalchemy.dialects import postgresql as pg

from joinery.storage.unit_of_work import UnitOfWork


def copy_rows(unit: UnitOfWork, table: sa.Table, rows: Sequence[Mapping[str, Any]]) -> list[int]:
    """Insert rows that all have the same columns (without `id`); their ids in the order of `rows`."""
    ids = _reserve_ids(unit, table, len(rows))
    names = list(rows[0])
    as_json = [isinstance(table.c[name].type, pg.JSONB) for name in names]
    statement = sql.SQL("COPY {} ({}) FROM STDIN").format(
        sql.Identifier(_schema(unit, table), table.name),
        sql.SQL(", ").join(map(sql.Identifier, ["id", *names])),
    )
    driver = unit.connection.connection.driver_connection
    assert driver is not None
    with driver.cursor() as cursor, cursor.copy(statement) as copy:
        for number, row in zip(ids, rows, strict=True):
            values = [
                Jsonb(value) if is_json and value is not None else value
                for value, is_json in zip(row.values(), as_json, strict=True)
            ]
            copy.write_row([number, *values])
    return ids


def _reserve_ids(unit: UnitOfWork, table: sa.Table, count: int) -> list[int]:
    name = f'"{_schema(unit, table)}"."{table.name}"'
    statement = sa.text(
        "SELECT nextval(found.sequence) FROM generate_series(1, :count),"
        " (SELECT pg_get_serial_sequence(:name, 'id')::regclass AS sequence) found"
    )
    return list(unit.connection.execute(statement, {"name": name, "count": count}).scalars())


def _schema(unit: UnitOfWork, table: sa.Table) -> str:
    schema = unit.schema if table.schema == "ws" else table.schema
    assert schema is not None
    return schema
