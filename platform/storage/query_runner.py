"""Lists of records: one select under the actor's row scope, page by page.

`scope` has no default: a list without permission is not a mistake one can type.
"""

from collections.abc import Mapping, Sequence
from typing import Any

from joinery.formulas import EvaluationContext
from joinery.permissions import RowScope
from joinery.storage.aggregate_runner import AggregateSpec, Grouping, Measure, run_aggregate
from joinery.storage.explain import Explain
from joinery.storage.list_spec import Count, ListSpec, Page
from joinery.storage.list_statements import ListParts, list_parts, page_statements
from joinery.storage.record_tables import RecordTable
from joinery.storage.sorting import cursor_of, place_parameters, position_of, shape_of
from joinery.storage.text_search import search_parameters
from joinery.storage.unit_of_work import UnitOfWork

__all__ = ["AggregateSpec", "Grouping", "ListSpec", "Measure", "Page", "run_aggregate", "run_list"]


def run_list(
    unit: UnitOfWork, table: RecordTable, spec: ListSpec, scope: RowScope, context: EvaluationContext
) -> Page:
    """One page of the records that the actor may see and that `spec` asks for."""
    key, parts = list_parts(unit.memory, table, spec, scope, context)
    position = position_of(parts.sort, spec.cursor) if spec.cursor else None
    kind = _kind_of_count(spec, scope)
    counted = kind == "capped"
    searched = search_parameters(spec.search)
    rows: list[Mapping[str, Any]] = []
    for statement in page_statements(unit, key, parts, shape_of(position), counted=counted):
        values = {**place_parameters(position), **searched, "page_length": spec.limit + 1 - len(rows)}
        rows += statement.rows(unit, values)
        if len(rows) > spec.limit:
            break
    shown = rows[: spec.limit]
    count, exact = _count(unit, parts, kind, shown, searched, is_first=position is None)
    return Page(
        rows=parts.reader.read(unit, table, shown, context),
        next_cursor=cursor_of(parts.sort, shown[-1]) if len(rows) > spec.limit else None,
        count=count,
        exact=exact,
    )


def _kind_of_count(spec: ListSpec, scope: RowScope) -> Count:
    """An estimate comes from the statistics of the whole table, with the rows and fields hidden from some."""
    if spec.count == "estimate" and (scope.kind != "everything" or spec.search):
        return "capped"
    return spec.count


def _count(
    unit: UnitOfWork,
    parts: ListParts,
    kind: Count,
    rows: Sequence[Mapping[str, Any]],
    searched: Mapping[str, Any],
    *,
    is_first: bool,
) -> tuple[int | None, bool]:
    if kind == "none":
        return None, False
    if kind == "estimate":
        return _estimate(unit, parts), False
    if kind == "exact":
        return unit.connection.execute(parts.exact_count(), searched).scalar_one(), True
    found = _brought_along(rows) if rows or not is_first else 0
    if found is None:
        found = unit.connection.execute(parts.capped_count(), searched).scalar_one()
    return min(found, parts.count_cap), found <= parts.count_cap


def _brought_along(rows: Sequence[Mapping[str, Any]]) -> int | None:
    """The count that came with the first row of the page, if that was of the counted select."""
    return rows[0].get("found") if rows else None


def _estimate(unit: UnitOfWork, parts: ListParts) -> int:
    """What the planner expects, under the same conditions as the list itself."""
    plan = unit.connection.execute(Explain(parts.ids())).scalar_one()
    return int(plan[0]["Plan"]["Plan Rows"])
