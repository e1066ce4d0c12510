"""Records in the places of a tree: one branch, or what is found with all that is above it.

Only records that the actor may see make the tree. A record whose parent he may not see stands at the top,
and nothing is told of that parent.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql as pg

from joinery.formulas import EvaluationContext
from joinery.permissions import RowScope
from joinery.storage.aggregate_runner import Measure, measure_column
from joinery.storage.conditions import condition_clauses, live_clause, scope_clauses
from joinery.storage.list_spec import Branch, ListSpec
from joinery.storage.record_tables import RecordTable
from joinery.storage.sorting import Clauses
from joinery.storage.text_search import search_clauses, search_parameters
from joinery.storage.unit_of_work import UnitOfWork

_IDS = pg.ARRAY(sa.BigInteger)


@dataclass(frozen=True, slots=True, kw_only=True)
class Node:
    """The place of a record: the record above it (None at the top) and how many are directly below.

    `matches` is False for a record that is there only for the sake of one below it; `totals` are measures of
    the record and all below it that match.
    """

    parent: int | None
    children: int
    matches: bool
    totals: Mapping[str, Any]


def branch_clauses(
    table: RecordTable, spec: ListSpec, branch: Branch, scope: RowScope, context: EvaluationContext
) -> Clauses:
    """Which records of the tree are listed; filter and search keep what is above the records they find."""
    clauses: list[sa.ColumnElement[bool]] = []
    if is_narrowed(spec):
        clauses.append(table.table.c.id.in_(_kept(table, spec, branch, scope, context)))
    parent = table.expression(branch.relation, context, spec.reach)
    if branch.found:
        return tuple(clauses)
    if branch.parent is not None:
        return (*clauses, parent == branch.parent)
    return (*clauses, sa.or_(parent.is_(None), ~_parent_seen(table, spec, branch, scope, context)))


def is_narrowed(spec: ListSpec) -> bool:
    """Whether a filter or a search leaves records out."""
    return spec.filter is not None or bool(spec.search)


def read_nodes(
    unit: UnitOfWork,
    table: RecordTable,
    ids: Sequence[int],
    spec: ListSpec,
    measures: Sequence[Measure],
    scope: RowScope,
    context: EvaluationContext,
) -> dict[int, Node]:
    """The places of records that the actor may see, by id; `spec` says which tree and what narrows it."""
    branch = spec.branch
    if not ids or branch is None:
        return {}
    given = {"ids": list(ids), **search_parameters(spec.search)}
    places = unit.connection.execute(_places(table, spec, branch, scope, context), given).all()
    below = unit.connection.execute(_children(table, spec, branch, scope, context), given)
    children: dict[int, int] = {row[0]: row[1] for row in below}
    totals: dict[int, dict[str, Any]] = {}
    if measures:
        statement = _totals(table, spec, branch, measures, scope, context)
        for row in unit.connection.execute(statement, given):
            totals[row[0]] = {one.name: value for one, value in zip(measures, row[1:], strict=True)}
    nothing = {one.name: 0 if one.fn in ("count", "count_distinct", "sum") else None for one in measures}
    return {
        record_id: Node(
            parent=parent,
            children=children.get(record_id, 0),
            matches=bool(matches),
            totals=totals.get(record_id, nothing),
        )
        for record_id, parent, matches in places
    }


def _matching(table: RecordTable, spec: ListSpec, context: EvaluationContext) -> Clauses:
    return (
        *condition_clauses(table, spec.filter, context, spec.reach),
        *search_clauses(table, spec.search, spec.search_in, context, spec.reach),
    )


def _seen(table: RecordTable, scope: RowScope, context: EvaluationContext) -> Clauses:
    return (live_clause(table), *scope_clauses(table, scope, context))


def _kept(
    table: RecordTable, spec: ListSpec, branch: Branch, scope: RowScope, context: EvaluationContext
) -> sa.Select[Any]:
    """The ids of what is found and of all above it, up to the first that the actor may not see."""
    found = table.aliased()
    kept = (
        sa.select(found.table.c.id, found.expression(branch.relation, context, spec.reach).label("parent"))
        .where(*_seen(found, scope, context), *_matching(found, spec, context))
        .cte("kept", recursive=True)
    )
    above = table.aliased()
    # UNION without ALL: what is met a second time ends there.
    kept = kept.union(
        sa.select(above.table.c.id, above.expression(branch.relation, context, spec.reach))
        .join(kept, above.table.c.id == kept.c.parent)
        .where(*_seen(above, scope, context))
    )
    return sa.select(kept.c.id)


def _parent_seen(
    table: RecordTable, spec: ListSpec, branch: Branch, scope: RowScope, context: EvaluationContext
) -> sa.ColumnElement[bool]:
    above = table.aliased()
    parent = table.expression(branch.relation, context, spec.reach)
    return (
        sa.select(sa.literal_column("1"))
        .where(above.table.c.id == parent, *_seen(above, scope, context))
        .correlate(table.table)
        .exists()
    )


def _places(
    table: RecordTable, spec: ListSpec, branch: Branch, scope: RowScope, context: EvaluationContext
) -> sa.Select[Any]:
    parent = table.expression(branch.relation, context, spec.reach)
    return table.select(
        table.table.c.id,
        sa.case((_parent_seen(table, spec, branch, scope, context), parent)),
        sa.and_(sa.true(), *_matching(table, spec, context)),
    ).where(table.has_id(), *_seen(table, scope, context))


def _children(
    table: RecordTable, spec: ListSpec, branch: Branch, scope: RowScope, context: EvaluationContext
) -> sa.Select[Any]:
    parent = table.expression(branch.relation, context, spec.reach)
    kept = (table.table.c.id.in_(_kept(table, spec, branch, scope, context)),) if is_narrowed(spec) else ()
    return (
        table.select(parent, sa.func.count())
        .where(parent == sa.any_(sa.bindparam("ids", type_=_IDS)), *_seen(table, scope, context), *kept)
        .group_by(parent)
    )


def _totals(
    table: RecordTable,
    spec: ListSpec,
    branch: Branch,
    measures: Sequence[Measure],
    scope: RowScope,
    context: EvaluationContext,
) -> sa.Select[Any]:
    """Measures over each record and all below it, down to the first that the actor may not see."""
    top, lower = table.aliased(), table.aliased()
    below = (
        sa.select(top.table.c.id.label("top"), top.table.c.id)
        .where(top.has_id(), *_seen(top, scope, context))
        .cte("below", recursive=True)
    )
    below = below.union(
        sa.select(below.c.top, lower.table.c.id)
        .join(below, lower.expression(branch.relation, context, spec.reach) == below.c.id)
        .where(*_seen(lower, scope, context))
    )
    return (
        table.select(below.c.top, *(measure_column(table, one, context, spec.reach) for one in measures))
        .join(below, below.c.id == table.table.c.id)
        .where(*_matching(table, spec, context))
        .group_by(below.c.top)
    )
