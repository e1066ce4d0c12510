"""The statements of a list, made once for equal questions and then only given their values.

Making a statement costs as much as running it. A list that is asked for again, or whose next page is,
differs in values alone: the place of the page and its length are parameters of the statement.
"""

from collections.abc import Hashable, Sequence
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa

from joinery.formulas import Checked, EvaluationContext
from joinery.permissions import RowScope
from joinery.storage.conditions import condition_clauses, live_clause, scope_clauses
from joinery.storage.list_spec import COUNT_CAP, ListSpec
from joinery.storage.record_tables import RecordTable
from joinery.storage.rows import RowReader, row_reader
from joinery.storage.sorting import Clauses, Shape, Sort, sort_keys, stretches
from joinery.storage.text_search import search_clauses
from joinery.storage.unit_of_work import Memory

Key = tuple[Hashable, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ListParts:
    """What all pages of a list share."""

    table: RecordTable
    reader: RowReader
    sort: Sort
    where: Clauses

    def capped_count(self) -> sa.Select[int]:
        """The number of records up to one above the cap."""
        one: sa.ColumnElement[int] = sa.literal_column("1")
        some = sa.select(one).select_from(self.table.table).where(*self.where).limit(COUNT_CAP + 1)
        return sa.select(sa.func.count()).select_from(some.subquery())

    def exact_count(self) -> sa.Select[int]:
        """The number of records."""
        return sa.select(sa.func.count()).select_from(self.table.table).where(*self.where)

    def ids(self) -> sa.Select[int]:
        """The ids of all records, in no order."""
        return sa.select(self.table.table.c.id).where(*self.where)


def list_parts(
    memory: Memory, table: RecordTable, spec: ListSpec, scope: RowScope, context: EvaluationContext
) -> tuple[Key | None, ListParts]:
    """The parts of a list and the key under which they are remembered (None: they are not)."""

    def make() -> ListParts:
        return ListParts(
            table=table,
            reader=row_reader(table, spec.fields),
            sort=sort_keys(table, spec.sort, context),
            where=(
                live_clause(table, spec.deleted),
                *scope_clauses(table, scope, context),
                *condition_clauses(table, spec.filter, context),
                *search_clauses(table, spec.search, spec.search_in),
            ),
        )

    key = _key(table, spec, scope, context)
    return key, make() if key is None else memory.get(key, make)


def page_statements(
    memory: Memory, key: Key | None, parts: ListParts, shape: Shape | None, *, counted: bool
) -> Sequence[sa.Select[Any]]:
    """The selects that one after the other give a page; the first may bring the count along."""

    def make() -> Sequence[sa.Select[Any]]:
        found = [_page(parts, stretch) for stretch in stretches(parts.sort, shape)]
        if counted:
            found[0] = found[0].add_columns(parts.capped_count().scalar_subquery().label("found"))
        return found

    return make() if key is None else memory.get(("pages", key, shape, counted), make)


def _page(parts: ListParts, stretch: Clauses) -> sa.Select[Any]:
    places = [key.expression.label(f"sort_{key.place}") for key in parts.sort]
    columns = parts.table.table.c
    return (
        parts.table.select(*parts.reader.columns, *places, columns.deleted_at, columns.deleted_by)
        .where(*parts.where, *stretch)
        .order_by(*(key.ordering() for key in parts.sort))
        .limit(sa.bindparam("page_length", type_=sa.Integer))
    )


def _key(table: RecordTable, spec: ListSpec, scope: RowScope, context: EvaluationContext) -> Key | None:
    """Equal keys mean equal statements; None when it will hardly be asked again."""
    if spec.search:
        return None
    about = _about(table, spec, scope)
    if "now" in about:
        return None
    return (
        "list",
        table,
        spec.filter and spec.filter.text,
        spec.sort,
        spec.fields,
        spec.deleted,
        scope.kind,
        scope.condition and scope.condition.text,
        context.time_zone,
        context.today if "today" in about else None,
        _viewer(context) if "viewer" in about else None,
    )


def _viewer(context: EvaluationContext) -> Hashable:
    return context.user_id, context.department_ids, context.roles, context.manager_id


def _about(table: RecordTable, spec: ListSpec, scope: RowScope) -> frozenset[str]:
    """What else than the records the answer depends on: "today", "now", "viewer"."""
    found: frozenset[str] = frozenset()
    waiting: list[Checked] = [checked for checked in (spec.filter, scope.condition) if checked is not None]
    waiting += [formula for key, _ in spec.sort if (formula := _computed(table, key)) is not None]
    while waiting:
        checked = waiting.pop()
        found |= checked.volatile
        waiting += [formula for path in checked.paths if (formula := _computed(table, path[0])) is not None]
    return found


def _computed(table: RecordTable, key: str) -> Checked | None:
    """The formula of a field that the query computes."""
    field = table.form.fields.get(key)
    return field.formula if field is not None and field.volatile else None
