"""The statements of a list, made once for equal questions and then only given their values.

Making a statement costs as much as running it. A list that is asked for again, or whose next page is,
differs in values alone: the place of the page and its length are parameters of the statement.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa

from joinery.formulas import EvaluationContext
from joinery.permissions import RowScope
from joinery.storage.branches import branch_clauses
from joinery.storage.conditions import (
    Key,
    computed_field,
    condition_clauses,
    condition_key,
    live_clause,
    pointing_clauses,
    scope_clauses,
)
from joinery.storage.list_spec import COUNT_CAP, SEARCH_COUNT_CAP, ListSpec
from joinery.storage.ready_statements import FreshStatement, Readable, ready
from joinery.storage.record_tables import RecordTable
from joinery.storage.rows import RowReader, row_reader
from joinery.storage.scope_ways import disjoint_ways
from joinery.storage.sorting import Clauses, Shape, Sort, sort_keys, stretches
from joinery.storage.text_search import can_use_blocks, search_clauses, search_words
from joinery.storage.unit_of_work import Memory, UnitOfWork

_NUMBER = sa.func.count().label("_found")

#: Sorts that blocks of ids are in the order of.
_NEWEST_FIRST = ((), (("id", True),))


@dataclass(frozen=True, slots=True, kw_only=True)
class ListParts:
    """What all pages of a list share; with `by_blocks` a search can be answered block by block of ids.

    `ways` are conditions that exclude each other and together are `where`: what it finds is counted by them.
    """

    table: RecordTable
    reader: RowReader
    sort: Sort
    where: Clauses
    ways: Sequence[Clauses]
    searched: bool
    by_blocks: bool

    @property
    def count_cap(self) -> int:
        """Where a capped count stops."""
        return SEARCH_COUNT_CAP if self.searched else COUNT_CAP

    def capped_count(self) -> sa.Select[int]:
        """The number of records up to one above the cap.

        What a search finds is counted in the order of the list: the database then weighs meeting frequent
        words on the way against looking up rare ones, as it does for the page.
        """
        if self.searched:
            some = self._found(self.where).order_by(*(key.ordering() for key in self.sort))
            return _number_of(some.limit(self.count_cap + 1))
        return _number_of(self._by_ways().limit(self.count_cap + 1))

    def exact_count(self) -> sa.Select[int]:
        """The number of records."""
        if len(self.ways) > 1:
            return _number_of(self._by_ways())
        return sa.select(_NUMBER).select_from(self.table.table).where(*self.where)

    def ids(self) -> sa.Select[int]:
        """The ids of all records, in no order."""
        return sa.select(self.table.table.c.id).where(*self.where)

    def _by_ways(self) -> sa.Select[int] | sa.CompoundSelect[int]:
        """Something for each record, from one way after the other."""
        first, *further = (self._found(way) for way in self.ways)
        return sa.union_all(first, *further) if further else first

    def _found(self, where: Clauses) -> sa.Select[int]:
        one: sa.ColumnElement[int] = sa.literal_column("1")
        return sa.select(one).select_from(self.table.table).where(*where)


def _number_of(found: sa.Select[int] | sa.CompoundSelect[int]) -> sa.Select[int]:
    return sa.select(_NUMBER).select_from(found.subquery())


def list_parts(
    memory: Memory, table: RecordTable, spec: ListSpec, scope: RowScope, context: EvaluationContext
) -> tuple[Key | None, ListParts]:
    """The parts of a list and the key under which they are remembered (None: they are not)."""

    def make() -> ListParts:
        scoped = scope_clauses(table, scope, context)
        others = (
            live_clause(table, spec.deleted),
            *pointing_clauses(table, spec.pointing_at, context, spec.reach),
            *_narrowing(table, spec, scope, context),
        )
        return ListParts(
            table=table,
            reader=row_reader(table, spec.fields).noting_groups(table, scope, context),
            sort=sort_keys(table, spec.sort, context, spec.reach),
            where=(*scoped, *others),
            ways=[(*way, *others) for way in _ways(table, spec, scoped)],
            searched=bool(spec.search),
            by_blocks=can_use_blocks(spec.search)
            and not spec.deleted
            and spec.branch is None
            and spec.sort in _NEWEST_FIRST,
        )

    key = _key(table, spec, scope, context)
    return key, make() if key is None else memory.get(key, make)


def page_statements(
    unit: UnitOfWork, key: Key | None, parts: ListParts, shape: Shape | None, *, counted: bool
) -> Sequence[Readable]:
    """The selects that one after the other give a page; the first may bring the count along."""

    def make() -> list[sa.Select[Any]]:
        found = [_page(parts, stretch) for stretch in stretches(parts.sort, shape)]
        if counted:
            found[0] = found[0].add_columns(parts.capped_count().scalar_subquery().label("_found"))
        return found

    if key is None:
        return [FreshStatement(statement) for statement in make()]
    return unit.memory.get(
        ("pages", unit.schema, key, shape, counted),
        lambda: [ready(unit, each, planned_anew=parts.searched) for each in make()],
    )


def _ways(table: RecordTable, spec: ListSpec, scoped: Clauses) -> Sequence[Clauses]:
    """The scope by its ways where indexes answer them: the recycle bin has none, a search one of its own."""
    if spec.deleted or spec.search or not scoped:
        return (scoped,)
    return disjoint_ways(table, sa.and_(*scoped) if len(scoped) > 1 else scoped[0])


def exact_statement(unit: UnitOfWork, key: Key | None, parts: ListParts) -> Readable:
    """The select of the exact count as `_found`.

    It is planned for its values each time: whether a scope leaves few records or nearly all decides by which
    index it is counted, and that takes far longer than the plan.
    """
    if key is None:
        return FreshStatement(parts.exact_count())
    return unit.memory.get(
        ("exact", unit.schema, key), lambda: ready(unit, parts.exact_count(), planned_anew=True)
    )


def page_columns(parts: ListParts) -> list[sa.ColumnElement[Any]]:
    """What a page needs of each record."""
    places = [key.expression.label(f"_sort_{key.place}") for key in parts.sort]
    columns = parts.table.table.c
    return [*parts.reader.columns, *places, columns.deleted_at, columns.deleted_by]


def _narrowing(table: RecordTable, spec: ListSpec, scope: RowScope, context: EvaluationContext) -> Clauses:
    """Filter and search; in a tree they keep what is above the records they find."""
    if spec.branch is not None:
        return branch_clauses(table, spec, spec.branch, scope, context)
    return (
        *condition_clauses(table, spec.filter, context, spec.reach),
        *search_clauses(table, spec.search, spec.search_in, context, spec.reach),
    )


def _page(parts: ListParts, stretch: Clauses) -> sa.Select[Any]:
    return (
        parts.table.select(*page_columns(parts))
        .where(*parts.where, *stretch)
        .order_by(*(key.ordering() for key in parts.sort))
        .limit(sa.bindparam("page_length", type_=sa.Integer))
    )


def _key(table: RecordTable, spec: ListSpec, scope: RowScope, context: EvaluationContext) -> Key | None:
    """Equal keys mean statements that differ in values alone; None when it will hardly be asked again."""
    computed = [field.formula for key, _ in spec.sort if (field := computed_field(table, key)) is not None]
    depends = condition_key(table, [spec.filter, *scope.conditions, *computed], context, spec.reach)
    if depends is None:
        return None
    words = len(search_words(spec.search))
    return (
        *("list", table, depends, scope.kind, spec.sort, spec.fields, spec.deleted, spec.pointing_at),
        tuple(key for key, _ in scope.groups),
        spec.branch,
        *(bool(spec.search), words, can_use_blocks(spec.search), spec.search_in if words else None),
    )
