"""Lists of records: one select under the actor's row scope, page by page.

`scope` has no default: a list without permission is not a mistake one can type.
"""

from collections.abc import Mapping, Sequence
from typing import Any

from joinery.formulas import EvaluationContext
from joinery.permissions import RowScope
from joinery.storage.aggregate_runner import AggregateSpec, Grouping, Measure, run_aggregate
from joinery.storage.conditions import Key
from joinery.storage.explain import Explain
from joinery.storage.list_spec import Branch, Count, ListSpec, Page
from joinery.storage.list_statements import ListParts, exact_statement, list_parts, page_statements
from joinery.storage.ready_statements import Rows
from joinery.storage.record_tables import RecordTable
from joinery.storage.search_pages import newest_ids, newest_matches
from joinery.storage.sorting import cursor_of, place_parameters, position_of, shape_of, sort_keys
from joinery.storage.text_search import search_parameters
from joinery.storage.unit_of_work import UnitOfWork

__all__ = [
    "AggregateSpec",
    "Branch",
    "Grouping",
    "ListSpec",
    "Measure",
    "Page",
    "cursor_at",
    "newest_ids",
    "run_aggregate",
    "run_list",
]

#: The sort values after which a page begins.
Position = Sequence[Any] | None


def run_list(
    unit: UnitOfWork, table: RecordTable, spec: ListSpec, scope: RowScope, context: EvaluationContext
) -> Page:
    """One page of the records that the actor may see and that `spec` asks for."""
    key, parts = list_parts(unit.memory, table, spec, scope, context)
    position = position_of(parts.sort, spec.cursor) if spec.cursor else None
    kind = _kind_of_count(table, spec, scope)
    fetch = _newest_matches if parts.by_blocks else _in_order
    rows, found = fetch(unit, key, parts, spec, position, counted=kind == "capped")
    shown = rows[: spec.limit]
    count, exact = _count(unit, key, parts, kind, found, search_parameters(spec.search))
    return Page(
        rows=parts.reader.read(unit, table, shown, context),
        next_cursor=cursor_of(parts.sort, shown[-1]) if len(rows) > spec.limit else None,
        count=count,
        exact=exact,
    )


def cursor_at(
    table: RecordTable,
    sort: Sequence[tuple[str, bool]],
    place: Sequence[Any],
    context: EvaluationContext,
) -> str:
    """The cursor of a list's page that begins after a place: a value of each sort field, then an id."""
    keys = sort_keys(table, sort, context)
    return cursor_of(keys, {f"_sort_{number}": value for number, value in enumerate(place)})


def _in_order(
    unit: UnitOfWork, key: Key | None, parts: ListParts, spec: ListSpec, position: Position, *, counted: bool
) -> tuple[Rows, int | None]:
    """A page and, unless there was nothing to bring it along, the capped count."""
    searched = search_parameters(spec.search)
    rows: list[Mapping[str, Any]] = []
    for statement in page_statements(unit, key, parts, shape_of(position), counted=counted):
        values = {**place_parameters(position), **searched, "page_length": spec.limit + 1 - len(rows)}
        rows += statement.rows(unit, values)
        if len(rows) > spec.limit:
            break
    if not rows and position is None:
        return rows, 0
    return rows, rows[0].get("_found") if rows else None


def _newest_matches(
    unit: UnitOfWork, key: Key | None, parts: ListParts, spec: ListSpec, position: Position, *, counted: bool
) -> tuple[Rows, int | None]:
    """A page of a search and the capped count; those of the first page are found together."""
    searched = search_parameters(spec.search)
    page, enough = spec.limit + 1, parts.count_cap + 1
    if position is None or counted:
        top = 1 + (newest_ids(unit, [parts.table])[0] if spec.newest is None else spec.newest)
    if position is None:
        wanted = max(page, enough) if counted else page
        rows = newest_matches(unit, key, parts, searched, before=top, wanted=wanted)
        return rows, len(rows)
    rows = newest_matches(unit, key, parts, searched, before=position[0], wanted=page)
    if not counted:
        return rows, None
    return rows, len(newest_matches(unit, key, parts, searched, before=top, wanted=enough))


def _kind_of_count(table: RecordTable, spec: ListSpec, scope: RowScope) -> Count:
    """An estimate comes from the statistics of the whole table, with the rows and fields hidden from some."""
    hidden = scope.kind != "everything" or bool(spec.reach and table.form.key in spec.reach.veils)
    if spec.count == "estimate" and (hidden or spec.search):
        return "capped"
    return spec.count


def _count(
    unit: UnitOfWork,
    key: Key | None,
    parts: ListParts,
    kind: Count,
    found: int | None,
    searched: Mapping[str, Any],
) -> tuple[int | None, bool]:
    """The count of this kind and whether it is exact; `found` is the capped one where it is known."""
    if kind == "none":
        return None, False
    if kind == "estimate":
        return _estimate(unit, parts), False
    if kind == "exact":
        return exact_statement(unit, key, parts).rows(unit, searched)[0]["_found"], True
    if found is None:
        found = unit.connection.execute(parts.capped_count(), searched).scalar_one()
    return min(found, parts.count_cap), found <= parts.count_cap


def _estimate(unit: UnitOfWork, parts: ListParts) -> int:
    """What the planner expects, under the same conditions as the list itself."""
    plan = unit.connection.execute(Explain(parts.ids())).scalar_one()
    return int(plan[0]["Plan"]["Plan Rows"])
