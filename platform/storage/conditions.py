"""Row scopes and filters as SQL conditions."""

from collections.abc import Hashable, Iterator, Sequence
from typing import TYPE_CHECKING, Any

import sqlalchemy as sa

from joinery.definitions import JOINT
from joinery.forms import Field
from joinery.formulas import PARENT_RECORD, Checked, EvaluationContext, to_condition
from joinery.kernel import InvalidInput, Issue
from joinery.permissions import Reach, RowScope

if TYPE_CHECKING:
    from joinery.storage.record_tables import RecordTable

Key = tuple[Hashable, ...]


def scope_clauses(
    table: "RecordTable", scope: RowScope, context: EvaluationContext
) -> tuple[sa.ColumnElement[bool], ...]:
    """Which records the actor may reach at all."""
    if scope.kind == "everything":
        return ()
    if scope.kind == "nothing" or scope.condition is None:
        return (sa.false(),)
    return condition_clauses(table, scope.condition, context, None)


def veil_clauses(
    table: "RecordTable", key: str, context: EvaluationContext, reach: Reach | None
) -> tuple[sa.ColumnElement[bool], ...]:
    """On which of the records that may be seen a field may be read; nothing where that is all of them."""
    veil = reach.veil(table.form.key, key) if reach is not None else None
    return () if veil is None else scope_clauses(table, veil, context)


def veiled(
    table: "RecordTable",
    key: str,
    value: sa.ColumnElement[Any],
    context: EvaluationContext,
    reach: Reach | None,
) -> sa.ColumnElement[Any]:
    """The value of a field where it may be read, else blank."""
    where = veil_clauses(table, key, context, reach)
    return sa.case((sa.and_(*where), value)) if where else value


def group_columns(
    table: "RecordTable", scope: RowScope, context: EvaluationContext
) -> tuple[sa.ColumnElement[bool], ...]:
    """Which of the permission groups of a scope a record is among the rows of, in their order."""
    return tuple(
        sa.func.coalesce(*condition_clauses(table, condition, context, None), sa.false()).label(
            f"_group_{place}"
        )
        for place, (_, condition) in enumerate(scope.groups)
    )


def condition_clauses(
    table: "RecordTable", condition: Checked | None, context: EvaluationContext, reach: Reach | None
) -> tuple[sa.ColumnElement[bool], ...]:
    """A filter; InvalidInput when it cannot be asked of the database.

    `reach` is how far whoever wrote it may follow relations; None for the author of the app.
    """
    if condition is None:
        return ()
    if not condition.sql:
        raise InvalidInput(issues=[Issue("/filter", "filter_not_in_database")])
    own = context if reach is None else reach.context(context)
    return (to_condition(condition, table.resolver(context, reach), own),)


def _has_line_pointing(
    table: "RecordTable", key: str, record_id: int, context: EvaluationContext, reach: Reach | None
) -> sa.ColumnElement[bool]:
    """Records with a line whose relation ("lines.product") points at a record."""
    subform, _, relation = key.partition(JOINT)
    lines = table.beside(table.form.line_forms[subform].key).aliased()
    return (
        sa.select(sa.literal(1))
        .where(
            lines.columns[PARENT_RECORD][0] == table.table.c.id,
            live_clause(lines),
            *pointing_clauses(lines, (relation, record_id), context, reach),
        )
        .correlate(table.table)
        .exists()
    )


def live_clause(table: "RecordTable", deleted: bool = False) -> sa.ColumnElement[bool]:
    """Records in use, or (`deleted`) those in the recycle bin."""
    column = table.table.c.deleted_at
    return column.is_not(None) if deleted else column.is_(None)


def pointing_clauses(
    table: "RecordTable",
    pointing_at: tuple[str, int] | None,
    context: EvaluationContext,
    reach: Reach | None,
) -> tuple[sa.ColumnElement[bool], ...]:
    """The records whose relation, given by its key, points at a record, where it may be read."""
    if pointing_at is None:
        return ()
    key, record_id = pointing_at
    if JOINT in key:
        return (_has_line_pointing(table, key, record_id, context, reach),)
    readable = veil_clauses(table, key, context, reach)
    if key not in table.links:
        return (table.columns[key][0] == record_id, *readable)
    joint = table.links[key]
    return (table.table.c.id.in_(sa.select(joint.c.from_id).where(joint.c.to_id == record_id)), *readable)


def condition_key(
    table: "RecordTable",
    conditions: Sequence[Checked | None],
    context: EvaluationContext,
    reach: Reach | None = None,
) -> Key | None:
    """What the SQL of expressions over a table depends on: equal keys, equal SQL.

    None when it depends on the moment, so that nobody will ever ask for the same again.
    """
    texts = tuple(None if condition is None else condition.text for condition in conditions)
    about: set[str] = set()
    for condition in conditions:
        if condition is not None:
            about |= _volatility(table, condition, reach)
    if "now" in about:
        return None
    viewer = (
        context.user_id,
        context.department_ids,
        context.roles,
        context.manager_id,
        context.organisation_id,
    )
    return (
        texts,
        context.time_zone,
        context.today if "today" in about else None,
        viewer if "viewer" in about else None,
        context.calendar if "calendar" in about else None,
        (context.people, reach is not None and reach.outside) if "people" in about else None,
        reach if _depends_on_reach(table, conditions, reach) else None,
    )


def _depends_on_reach(
    table: "RecordTable", conditions: Sequence[Checked | None], reach: Reach | None
) -> bool:
    """Whether the SQL looks different for those who may read other things."""
    if reach is not None and table.form.key in reach.veils:
        return True
    return any(condition is not None and condition.far for condition in conditions)


def _volatility(table: "RecordTable", condition: Checked, reach: Reach | None) -> set[str]:
    """What the SQL of a condition depends on besides its text, through whatever it is made of."""
    about: set[str] = set()
    waiting, seen = [(table, condition)], set[int]()
    while waiting:
        here, current = waiting.pop()
        if id(current) in seen:
            continue
        seen.add(id(current))
        about |= current.follows
        for path in current.paths:
            for there, inner in _inside(here, path, reach if current is condition else None):
                waiting.append((there, inner))
    return about


def _inside(
    table: "RecordTable", path: tuple[str, ...], reach: Reach | None
) -> Iterator[tuple["RecordTable", Checked]]:
    """The formula a path ends in, if the query computes it, and the row scopes on the way."""
    links = table.form.names.links_along(path)
    for link in links:
        table = table.beside(link.form)
        around = (table.beside(table.form.parent),) if table.form.parent else ()
        for there in (table, *around):
            for condition in reach.scope(there.form.key).conditions if reach else ():
                if condition is not None:
                    yield there, condition
    field = computed_field(table, path[-1]) if len(path) > len(links) else None
    if field is not None and field.formula is not None:
        yield table, field.formula


def computed_field(table: "RecordTable", key: str) -> Field | None:
    """The field of this key when the query has to compute it."""
    field = table.form.fields.get(key)
    if field is None or field.formula is None or table.is_readable(key):
        return None
    return field
