"""Row scopes and filters as SQL conditions."""

import sqlalchemy as sa

from joinery.formulas import Checked, EvaluationContext, to_condition
from joinery.kernel import InvalidInput, Issue
from joinery.permissions import RowScope
from joinery.storage.record_tables import RecordTable


def scope_clauses(
    table: RecordTable, scope: RowScope, context: EvaluationContext
) -> tuple[sa.ColumnElement[bool], ...]:
    """Which records the actor may reach at all."""
    if scope.kind == "everything":
        return ()
    if scope.kind == "nothing" or scope.condition is None:
        return (sa.false(),)
    return condition_clauses(table, scope.condition, context)


def condition_clauses(
    table: RecordTable, condition: Checked | None, context: EvaluationContext
) -> tuple[sa.ColumnElement[bool], ...]:
    """A filter; InvalidInput when it cannot be asked of the database."""
    if condition is None:
        return ()
    if not condition.sql:
        raise InvalidInput(issues=[Issue("/filter", "filter_not_in_database")])
    return (to_condition(condition, table.resolver(context), context),)


def live_clause(table: RecordTable, deleted: bool = False) -> sa.ColumnElement[bool]:
    """Records in use, or (`deleted`) those in the recycle bin."""
    column = table.table.c.deleted_at
    return column.is_not(None) if deleted else column.is_(None)
