"""Sums and counts of records by group, under the actor's row scope."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Literal

import sqlalchemy as sa

from joinery.forms import AGGREGATES
from joinery.formulas import Checked, EvaluationContext
from joinery.kernel import InvalidInput, Issue, LimitExceeded
from joinery.permissions import Reach, RowScope
from joinery.storage.conditions import condition_clauses, live_clause, pointing_clauses, scope_clauses
from joinery.storage.record_tables import RecordTable
from joinery.storage.text_search import search_clauses
from joinery.storage.unit_of_work import UnitOfWork

Period = Literal["day", "week", "month", "quarter", "year"]

PERIODS = frozenset({"day", "week", "month", "quarter", "year"})

#: More groups than this help nobody.
MAXIMUM_GROUPS = 10_000

_GROUPS = {"en": "number of groups", "zh": "分组数量"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Grouping:
    """A field, or for dates the period that holds it: its first day, weeks begin on Monday."""

    field: str
    by: Period | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Measure:
    """A function over a field under a name of its own; counting needs no field."""

    name: str
    fn: str
    field: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class AggregateSpec:
    """What to compute, per group, in the order of `group_by` (blank groups last)."""

    group_by: tuple[Grouping, ...] = ()
    measures: tuple[Measure, ...] = ()
    filter: Checked | None = None
    reach: Reach | None = None
    search: str | None = None
    search_in: frozenset[str] | None = None
    #: A relation of these records and the record they must point at with it.
    pointing_at: tuple[str, int] | None = None


def run_aggregate(
    unit: UnitOfWork, table: RecordTable, spec: AggregateSpec, scope: RowScope, context: EvaluationContext
) -> list[dict[str, Any]]:
    """One row per group: the group's values by field key, the measures by name."""
    groups = [
        _group(table, group, context, spec.reach).label(f"g_{n}") for n, group in enumerate(spec.group_by)
    ]
    measures = [
        measure_column(table, measure, context, spec.reach).label(f"m_{n}")
        for n, measure in enumerate(spec.measures)
    ]
    statement = (
        table.select(*groups, *measures)
        .where(
            live_clause(table),
            *scope_clauses(table, scope, context),
            *condition_clauses(table, spec.filter, context, spec.reach),
            *pointing_clauses(table, spec.pointing_at, context, spec.reach),
            *search_clauses(table, spec.search, spec.search_in, context, spec.reach),
        )
        .group_by(*groups)
        .order_by(*(group.asc().nulls_last() for group in groups))
        .limit(MAXIMUM_GROUPS + 1)
    )
    rows = unit.connection.execute(statement).all()
    if len(rows) > MAXIMUM_GROUPS:
        raise LimitExceeded(limit=_GROUPS, maximum=MAXIMUM_GROUPS)
    names = [*(group.field for group in spec.group_by), *(measure.name for measure in spec.measures)]
    return [dict(zip(names, row, strict=True)) for row in rows]


def _group(
    table: RecordTable, group: Grouping, context: EvaluationContext, reach: Reach | None
) -> sa.ColumnElement[Any]:
    found = table.form.field(group.field)
    if found is None or not found.type.groupable:
        raise InvalidInput(issues=[Issue("/group_by", "unknown_group_field", {"field": group.field})])
    expression = table.expression(group.field, context, reach)
    if group.by is None:
        return expression
    moment = isinstance(expression.type, sa.DateTime)
    if group.by not in PERIODS or not (moment or isinstance(expression.type, sa.Date)):
        raise InvalidInput(issues=[Issue("/group_by", "unknown_group_field", {"field": group.field})])
    local = sa.func.timezone(context.time_zone, expression) if moment else sa.cast(expression, sa.DateTime)
    return sa.cast(sa.func.date_trunc(sa.literal_column(f"'{group.by}'"), local), sa.Date)


_FUNCTIONS: Mapping[str, Callable[[sa.ColumnElement[Any]], sa.ColumnElement[Any]]] = {
    "count": sa.func.count,
    "sum": lambda value: sa.func.coalesce(sa.func.sum(value), 0),
    "average": sa.func.avg,
    "min": sa.func.min,
    "max": sa.func.max,
    "count_distinct": lambda value: sa.func.count(sa.distinct(value)),
}


def measure_column(
    table: RecordTable, measure: Measure, context: EvaluationContext, reach: Reach | None = None
) -> sa.ColumnElement[Any]:
    """The function over the rows of a group, of values within `reach`.

    Raises InvalidInput when it makes no sense for the field.
    """
    function = _FUNCTIONS.get(measure.fn)
    if function is not None and measure.fn == "count" and measure.field is None:
        return sa.func.count()
    found = table.form.field(measure.field) if measure.field else None
    if function is None or found is None or not AGGREGATES[measure.fn].accepts(found):
        params = {"fn": measure.fn, "field": measure.field or "?"}
        raise InvalidInput(issues=[Issue(f"/measures/{measure.name}", "unknown_measure", params)])
    return function(table.expression(found.key, context, reach))
