"""Which of some conditions hold for which records: one statement for all of them."""

from collections.abc import Sequence

from joinery.formulas import Checked, EvaluationContext
from joinery.permissions import Reach, RowScope
from joinery.storage.conditions import condition_clauses, live_clause, scope_clauses
from joinery.storage.record_tables import RecordTable
from joinery.storage.unit_of_work import UnitOfWork


def run_marks(
    unit: UnitOfWork,
    table: RecordTable,
    ids: Sequence[int],
    conditions: Sequence[Checked],
    scope: RowScope,
    context: EvaluationContext,
    reach: Reach | None,
) -> dict[int, list[int]]:
    """The places of the conditions that hold, by record; records out of scope are left out.

    `reach` is how far whoever wrote the conditions may follow relations.
    """
    columns = [
        clause.label(f"c_{place}")
        for place, condition in enumerate(conditions)
        for clause in condition_clauses(table, condition, context, reach)
    ]
    if not columns or not ids:
        return {}
    statement = table.select(table.table.c.id, *columns).where(
        table.has_id(), live_clause(table), *scope_clauses(table, scope, context)
    )
    rows = unit.connection.execute(statement, {"ids": sorted(set(ids))}).all()
    marks = {row[0]: [place for place, holds in enumerate(row[1:]) if holds] for row in rows}
    return {record_id: places for record_id, places in marks.items() if places}
