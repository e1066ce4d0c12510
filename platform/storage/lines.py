"""Writing the lines of subforms: those of many records together, in a few statements."""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql as pg

from joinery.definitions import POSITION
from joinery.forms import ShowContext
from joinery.formulas import PARENT_RECORD
from joinery.storage.bulk_insert import copy_rows, reserve_ids
from joinery.storage.record_tables import RecordTable
from joinery.storage.records import new_rows
from joinery.storage.unit_of_work import UnitOfWork

Values = Mapping[str, Any]


def store_lines(
    unit: UnitOfWork,
    table: RecordTable,
    rows: Sequence[Values],
    gone: Sequence[int],
    *,
    actor: int | None,
    at: datetime,
    show: ShowContext,
) -> list[int]:
    """Make `rows` the stored state of these lines and remove those that are `gone`; the ids of the rows.

    A row has all values of a line; one whose `id` is None is new. The caller holds the records around them.
    """
    # A changed line is written anew under its id: however many there are and whatever changed in each of
    # them, that is one statement to take the old ones away and one to copy the new ones in.
    outdated = [*gone, *(row["id"] for row in rows if row["id"] is not None)]
    if outdated:
        unit.connection.execute(sa.delete(table.table).where(table.has_id()), {"ids": outdated})
    if not rows:
        return []
    new = sum(row["id"] is None for row in rows)
    fresh = iter(reserve_ids(unit, table.table, new) if new else ())
    ids = [next(fresh) if row["id"] is None else row["id"] for row in rows]
    names, stored = new_rows(unit, table, rows, actor=actor, at=at, show=show)
    copy_rows(unit, table.table, ("id", *names), ([key, *row] for key, row in zip(ids, stored, strict=True)))
    return ids


def mark_lines(
    unit: UnitOfWork,
    table: RecordTable,
    records: Sequence[int],
    deleted_at: datetime | None,
    actor: int | None,
) -> None:
    """Let lines follow their records into the recycle bin, or out of it (`deleted_at` None)."""
    statement = (
        sa.update(table.table)
        .where(_stands_in(table))
        .values(deleted_at=deleted_at, deleted_by=None if deleted_at is None else actor)
    )
    unit.connection.execute(statement, {"parents": list(records)})


def line_ids(unit: UnitOfWork, table: RecordTable, records: Collection[int]) -> dict[int, int]:
    """The lines of records: by the id of each the id of its record, in the order in which they stand."""
    parent = table.columns[PARENT_RECORD][0]
    statement = sa.select(table.table.c.id, parent).where(_stands_in(table))
    statement = statement.order_by(parent, table.columns[POSITION][0], table.table.c.id)
    return {row[0]: row[1] for row in unit.connection.execute(statement, {"parents": list(records)})}


def line_counts(unit: UnitOfWork, table: RecordTable, records: Sequence[int]) -> dict[int, int]:
    """How many lines each of these records has."""
    parent = table.columns[PARENT_RECORD][0]
    statement = (
        sa.select(sa.type_coerce(parent, sa.BigInteger), sa.func.count())
        .where(_stands_in(table))
        .group_by(parent)
    )
    found = dict.fromkeys(records, 0)
    for record_id, count in unit.connection.execute(statement, {"parents": list(records)}):
        found[record_id] = count
    return found


def records_of(unit: UnitOfWork, table: RecordTable, lines: Sequence[int]) -> dict[int, int]:
    """By the id of each of these lines the id of the record it stands in."""
    statement = sa.select(table.table.c.id, table.columns[PARENT_RECORD][0]).where(table.has_id())
    return {row[0]: row[1] for row in unit.connection.execute(statement, {"ids": list(lines)})}


def _stands_in(table: RecordTable) -> sa.ColumnElement[bool]:
    parents = sa.bindparam("parents", type_=pg.ARRAY(sa.BigInteger))
    return table.columns[PARENT_RECORD][0] == sa.any_(parents)
