"""Which records rows of a file are about, and which ones their cells name: one query for many of them."""

from collections.abc import Mapping, Sequence
from typing import Any

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql as pg

from joinery.formulas import EvaluationContext
from joinery.permissions import RowScope
from joinery.storage.conditions import live_clause, scope_clauses
from joinery.storage.record_indexes import is_text
from joinery.storage.record_tables import RecordTable
from joinery.storage.unit_of_work import UnitOfWork


def match_keys(
    unit: UnitOfWork,
    table: RecordTable,
    fields: Sequence[str],
    keys: Sequence[tuple[Any, ...]],
    scope: RowScope,
    context: EvaluationContext,
) -> dict[tuple[Any, ...], list[int]]:
    """The records within `scope` that have each of `keys` in `fields` (text in any case), by key.

    Of several records only the oldest and the newest are named. Of keys with several parts a blank part
    (None) is equal to a blank field.
    """
    if not keys:
        return {}
    columns = [table.columns[field][0] for field in fields]
    names = [f"part_{place}" for place in range(len(fields))]
    given = sa.func.unnest(
        *(
            sa.bindparam(name, [key[place] for key in keys], type_=pg.ARRAY(column.type))
            for place, (name, column) in enumerate(zip(names, columns, strict=True))
        )
    )
    wanted = given.table_valued(
        *(sa.column(name, column.type) for name, column in zip(names, columns, strict=True)),
        with_ordinality="position",
        name="wanted",
    ).render_derived()
    same = sa.and_(
        *(
            _same(column, wanted.c[name], several=len(fields) > 1)
            for name, column in zip(names, columns, strict=True)
        )
    )
    first, last = sa.func.min(table.table.c.id), sa.func.max(table.table.c.id)
    statement = (
        sa.select(wanted.c.position, first.label("first"), last.label("last"))
        .select_from(wanted)
        .join(table.table, same)
        .where(live_clause(table), *scope_clauses(table, scope, context))
        .group_by(wanted.c.position)
    )
    rows = unit.connection.execute(statement)
    return {keys[row.position - 1]: sorted({row.first, row.last}) for row in rows}


def _same(column: sa.Column[Any], value: sa.ColumnElement[Any], *, several: bool) -> sa.ColumnElement[bool]:
    equal = sa.func.lower(column) == sa.func.lower(value) if is_text(column) else column == value
    return sa.or_(equal, sa.and_(value.is_(None), column.is_(None))) if several else equal


def pointed_at(
    unit: UnitOfWork, table: RecordTable, field: str, record_ids: Sequence[int], but: Sequence[int] = ()
) -> set[int]:
    """Those of `record_ids` at which the relation `field` of a record in use (but those in `but`) points."""
    column: sa.Column[Any] = table.columns[field][0]
    statement = (
        sa.select(column)
        .distinct()
        .where(
            column == sa.any_(sa.bindparam("ids", type_=pg.ARRAY(sa.BigInteger))),
            table.table.c.id != sa.all_(sa.bindparam("but", type_=pg.ARRAY(sa.BigInteger))),
            live_clause(table),
        )
    )
    rows = unit.connection.execute(statement, {"ids": list(record_ids), "but": list(but)})
    return {one for (one,) in rows}


def revisions(unit: UnitOfWork, table: RecordTable, record_ids: Sequence[int]) -> Mapping[int, int]:
    """The revision of each of the records that is in use, whoever may see it, by id."""
    columns = table.table.c
    statement = sa.select(columns.id, columns.revision).where(table.has_id(), live_clause(table))
    rows = unit.connection.execute(statement, {"ids": sorted(record_ids)})
    return {row.id: row.revision for row in rows}
