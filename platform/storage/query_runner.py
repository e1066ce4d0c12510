"""Lists of records: one select under the actor's row scope, page by page.

`scope` has no default: a list without permission is not a mistake one can type.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Literal

import sqlalchemy as sa

from joinery.formulas import Checked, EvaluationContext
from joinery.permissions import RowScope
from joinery.storage.aggregate_runner import AggregateSpec, Grouping, Measure, run_aggregate
from joinery.storage.conditions import condition_clauses, live_clause, scope_clauses
from joinery.storage.explain import Explain
from joinery.storage.record_tables import RecordTable
from joinery.storage.rows import RowReader, row_reader
from joinery.storage.sorting import Clauses, Sort, cursor_of, position_of, sort_keys, stretches
from joinery.storage.text_search import search_clauses
from joinery.storage.unit_of_work import UnitOfWork

__all__ = ["AggregateSpec", "Grouping", "ListSpec", "Measure", "Page", "run_aggregate", "run_list"]

Count = Literal["capped", "exact", "estimate", "none"]

#: A capped count says "1,000+" beyond this.
COUNT_CAP = 1000


@dataclass(frozen=True, slots=True, kw_only=True)
class ListSpec:
    """What to list. `sort` holds (field, descending); `fields` None means all.

    `search_in` are the fields whose text may be searched (None: all); `deleted` lists the recycle bin.
    """

    filter: Checked | None = None
    search: str | None = None
    search_in: frozenset[str] | None = None
    sort: tuple[tuple[str, bool], ...] = ()
    fields: tuple[str, ...] | None = None
    limit: int = 50
    cursor: str | None = None
    count: Count = "capped"
    deleted: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """Records as Python values by field key; `count` is None when it was not asked for.

    `exact` is False for an estimate, and for a capped count that reached its cap.
    """

    rows: list[dict[str, Any]]
    next_cursor: str | None
    count: int | None
    exact: bool


def run_list(
    unit: UnitOfWork, table: RecordTable, spec: ListSpec, scope: RowScope, context: EvaluationContext
) -> Page:
    """One page of the records that the actor may see and that `spec` asks for."""
    reader = row_reader(table, spec.fields)
    sort = sort_keys(table, spec.sort, context)
    where = matching(table, spec, scope, context)
    position = position_of(sort, spec.cursor) if spec.cursor else None
    rows: list[sa.RowMapping] = []
    for stretch in stretches(sort, position):
        statement = _page(table, reader, sort, (*where, *stretch), spec.limit + 1 - len(rows))
        if spec.count == "capped" and not rows:
            statement = statement.add_columns(_capped(table, where).label("found"))
        rows += unit.connection.execute(statement).mappings().all()
        if len(rows) > spec.limit:
            break
    shown = rows[: spec.limit]
    count, exact = _count(unit, table, where, spec.count, shown)
    return Page(
        rows=[reader.values(row, context) for row in shown],
        next_cursor=cursor_of(sort, shown[-1]) if len(rows) > spec.limit else None,
        count=count,
        exact=exact,
    )


def matching(table: RecordTable, spec: ListSpec, scope: RowScope, context: EvaluationContext) -> Clauses:
    """All conditions of a list but the place of its page."""
    return (
        live_clause(table, spec.deleted),
        *scope_clauses(table, scope, context),
        *condition_clauses(table, spec.filter, context),
        *search_clauses(table, spec.search, spec.search_in),
    )


def _page(
    table: RecordTable, reader: RowReader, sort: Sort, where: Clauses, limit: int
) -> sa.Select[tuple[Any, ...]]:
    order_values = [key.expression.label(f"sort_{number}") for number, key in enumerate(sort)]
    deleted = [table.table.c.deleted_at, table.table.c.deleted_by]
    return (
        sa.select(*reader.columns, *order_values, *deleted)
        .where(*where)
        .order_by(*(key.ordering() for key in sort))
        .limit(limit)
    )


def _capped(table: RecordTable, where: Clauses) -> sa.ScalarSelect[int]:
    """The number of records up to one above the cap, as a column: it spares a second query."""
    some: sa.Select[Any] = (
        sa.select(sa.literal_column("1")).select_from(table.table).where(*where).limit(COUNT_CAP + 1)
    )
    return sa.select(sa.func.count()).select_from(some.subquery()).scalar_subquery()


def _count(
    unit: UnitOfWork, table: RecordTable, where: Clauses, kind: Count, rows: Sequence[sa.RowMapping]
) -> tuple[int | None, bool]:
    if kind == "none":
        return None, False
    if kind == "estimate":
        return _estimate(unit, table, where), False
    if kind == "exact":
        statement = sa.select(sa.func.count()).select_from(table.table).where(*where)
        return unit.connection.execute(statement).scalar_one(), True
    found = (
        rows[0]["found"] if rows else unit.connection.execute(sa.select(_capped(table, where))).scalar_one()
    )
    return min(found, COUNT_CAP), found <= COUNT_CAP


def _estimate(unit: UnitOfWork, table: RecordTable, where: Clauses) -> int:
    """What the planner expects, under the same conditions as the list itself."""
    statement = sa.select(table.table.c.id).where(*where)
    plan = unit.connection.execute(Explain(statement)).scalar_one()
    return int(plan[0]["Plan"]["Plan Rows"])
