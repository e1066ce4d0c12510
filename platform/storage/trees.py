"""Relations of records to records of their own form that make a tree."""

from collections.abc import Sequence

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql as pg

from joinery.storage.record_tables import RecordTable
from joinery.storage.unit_of_work import UnitOfWork


def hold_tree(unit: UnitOfWork, table: RecordTable, relation: str) -> None:
    """Let nobody else change the tree until this transaction ends."""
    name = f"{unit.schema}.{table.table.name}.{relation}"
    unit.connection.execute(sa.select(sa.func.pg_advisory_xact_lock(sa.func.hashtextextended(name, 0))))


def parents_above(
    unit: UnitOfWork, table: RecordTable, relation: str, record_ids: Sequence[int]
) -> dict[int, int]:
    """The parent of each of these records and of all that are above them."""
    given = sa.bindparam("ids", list(record_ids), pg.ARRAY(sa.BigInteger))
    column = table.columns[relation][0]
    above = (
        sa.select(table.table.c.id, column.label("parent"))
        .where(table.table.c.id == sa.any_(given), column.is_not(None))
        .cte("above", recursive=True)
    )
    upper = table.aliased()
    further = upper.columns[relation][0]
    # UNION without ALL: what is met a second time ends there, a circle too.
    above = above.union(
        sa.select(upper.table.c.id, further)
        .join(above, upper.table.c.id == above.c.parent)
        .where(further.is_not(None))
    )
    return {row.id: row.parent for row in unit.connection.execute(sa.select(above.c.id, above.c.parent))}
