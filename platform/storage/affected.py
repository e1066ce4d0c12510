"""Which records show a formula that looks at records which were changed."""

from collections.abc import Collection, Mapping, Sequence
from typing import Any

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql as pg

from joinery.forms import Back
from joinery.storage.conditions import live_clause
from joinery.storage.record_tables import RecordTable
from joinery.storage.unit_of_work import UnitOfWork

Tables = Mapping[str, RecordTable]
#: Where to begin: ids of records, and the way back from them.
Way = tuple[tuple[Back, ...], Sequence[int]]


def affected_ids(
    unit: UnitOfWork,
    tables: Tables,
    form: str,
    ways: Sequence[Way],
    *,
    after: int = 0,
    limit: int | None = None,
) -> list[int]:
    """Ids of the records of `form` at the end of some of the ways, in order, those above `after`."""
    columns = tables[form].table.c
    reached = [columns.id.in_(_walk(tables, back, ids, place)) for place, (back, ids) in enumerate(ways)]
    statement = (
        sa.select(columns.id)
        .where(live_clause(tables[form]), columns.id > after, sa.or_(*reached))
        .order_by(columns.id)
        .limit(limit)
    )
    return list(unit.connection.execute(statement).scalars())


def all_ids(unit: UnitOfWork, table: RecordTable, *, after: int, limit: int) -> list[int]:
    """Ids of records in use, in order, those above `after`."""
    column = table.table.c.id
    statement = sa.select(column).where(live_clause(table), column > after).order_by(column).limit(limit)
    return list(unit.connection.execute(statement).scalars())


def lock_records(unit: UnitOfWork, table: RecordTable, ids: Collection[int], *, shared: bool = False) -> None:
    """Let nobody change these until this transaction ends; nor, unless `shared`, read them for a formula."""
    if not ids:
        return
    column = table.table.c.id
    statement = (
        sa.select(column)
        .where(table.has_id())
        .order_by(column)
        .with_for_update(read=shared, key_share=not shared)
    )
    unit.connection.execute(statement, {"ids": sorted(ids)}).all()


def _walk(tables: Tables, back: Sequence[Back], ids: Sequence[int], place: int) -> Any:
    """A select of the ids that the steps lead to."""
    given = sa.bindparam(f"ids_{place}", list(ids), pg.ARRAY(sa.BigInteger))
    found: Any = sa.select(sa.func.unnest(given))
    for step in back:
        link = step.link
        if link.linked:
            joint = tables[link.form if link.inverse else step.form].links[link.field].alias()
            near_end, far_end = (
                (joint.c.to_id, joint.c.from_id) if link.inverse else (joint.c.from_id, joint.c.to_id)
            )
            found = sa.select(near_end).where(far_end.in_(found))
        elif link.inverse:
            far = tables[step.link.form].aliased()
            found = sa.select(far.columns[step.link.field][0]).where(far.table.c.id.in_(found))
        else:
            near = tables[step.form].aliased()
            found = sa.select(near.table.c.id).where(near.columns[step.link.field][0].in_(found))
    return found
