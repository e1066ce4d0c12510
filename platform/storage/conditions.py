"""Row scopes and filters as SQL conditions."""

from collections.abc import Hashable, Sequence

import sqlalchemy as sa

from joinery.forms import Field
from joinery.formulas import Checked, EvaluationContext, to_condition
from joinery.kernel import InvalidInput, Issue
from joinery.permissions import RowScope
from joinery.storage.record_tables import RecordTable

Key = tuple[Hashable, ...]


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


def condition_key(
    table: RecordTable, conditions: Sequence[Checked | None], context: EvaluationContext
) -> Key | None:
    """What the SQL of expressions over a table depends on: equal keys, equal SQL.

    None when it depends on the moment, so that nobody will ever ask for the same again.
    """
    waiting = [condition for condition in conditions if condition is not None]
    texts = tuple(None if condition is None else condition.text for condition in conditions)
    about: set[str] = set()
    while waiting:
        condition = waiting.pop()
        about |= condition.volatile
        inner = (computed_field(table, path[0]) for path in condition.paths)
        waiting += [field.formula for field in inner if field is not None and field.formula is not None]
    if "now" in about:
        return None
    viewer = (context.user_id, context.department_ids, context.roles, context.manager_id)
    return (
        texts,
        context.time_zone,
        context.today if "today" in about else None,
        viewer if "viewer" in about else None,
    )


def computed_field(table: RecordTable, key: str) -> Field | None:
    """The field of this key when the query has to compute it."""
    field = table.form.fields.get(key)
    return field if field is not None and field.volatile else None
