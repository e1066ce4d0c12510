"""How many records a person would gain and lose by other row scopes, counted in bounded time."""

from dataclasses import dataclass

import sqlalchemy as sa

from joinery.formulas import EvaluationContext
from joinery.kernel import LimitExceeded
from joinery.permissions import RowScope
from joinery.storage.conditions import live_clause, scope_clauses
from joinery.storage.database_errors import translated_errors
from joinery.storage.record_tables import RecordTable
from joinery.storage.unit_of_work import UnitOfWork


@dataclass(frozen=True, slots=True, kw_only=True)
class ScopeCounts:
    """Records in use: those of the scope `before`, of the one `after`, and what the change adds and takes."""

    before: int
    after: int
    gained: int
    lost: int


def count_scopes(
    unit: UnitOfWork,
    table: RecordTable,
    before: RowScope,
    after: RowScope,
    context: EvaluationContext,
    *,
    milliseconds: int,
) -> ScopeCounts | None:
    """Compare two scopes of one person over the records in use; None when that takes too long.

    Whatever happens, the transaction can go on.
    """
    ours, theirs = (sa.and_(sa.true(), *scope_clauses(table, one, context)) for one in (before, after))
    ours, theirs = sa.func.coalesce(ours, sa.false()), sa.func.coalesce(theirs, sa.false())
    counts = [
        sa.func.count().filter(wanted)
        for wanted in (ours, theirs, sa.and_(theirs, sa.not_(ours)), sa.and_(ours, sa.not_(theirs)))
    ]
    statement = sa.select(*counts).select_from(table.table).where(live_clause(table))
    try:
        # Going back to the savepoint also gives the former limit back.
        with translated_errors(), unit.connection.begin_nested() as point:
            unit.connection.exec_driver_sql(f"SET LOCAL statement_timeout = {int(milliseconds)}")
            row = unit.connection.execute(statement).one()
            point.rollback()
    except LimitExceeded:
        return None
    return ScopeCounts(before=row[0], after=row[1], gained=row[2], lost=row[3])
