"""Paths along relations in SQL: one value through a subselect, many through the records at their end.

`reach` says which records may be followed into; None is the app's own rights. Records in the recycle bin are
never met.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import sqlalchemy as sa

from joinery.definitions import POSITION
from joinery.formulas import PARENT_RECORD, EvaluationContext, Link, Path
from joinery.kernel import FormulaError, Issue
from joinery.permissions import Reach
from joinery.storage.conditions import live_clause, scope_clauses, veil_clauses

if TYPE_CHECKING:
    from joinery.storage.record_tables import RecordTable


@dataclass(frozen=True, slots=True, kw_only=True)
class PathColumns:
    """Resolves the paths of expressions over the records of `table`."""

    table: "RecordTable"
    context: EvaluationContext
    reach: Reach | None = None

    def __call__(self, path: Path) -> sa.ColumnElement[Any]:
        """The value at the end of a path that leads to one record."""
        if len(path) == 1:
            return self.table.expression(path[0], self.context, self.reach)
        link = self._link(path)
        there = self.beyond(link)
        value = there(path[1:])
        return (
            sa.select(value)
            .where(self.joined(link, there.table), *there.visible())
            .correlate_except(there.table.table)
            .scalar_subquery()
        )

    def rows(self, source: Path) -> "FarRows":
        """The records at the end of a path to many."""
        return FarRows(self, source)

    def beyond(self, link: Link) -> "PathColumns":
        """The columns behind a relation, of a table that is joined under a name of its own."""
        there = self.table.beside(link.form).aliased()
        return PathColumns(table=there, context=self.context, reach=self.reach)

    def joined(self, link: Link, there: "RecordTable") -> sa.ColumnElement[bool]:
        """Which records of the other table a record here is related to, where that may be read."""
        return sa.and_(self._joined(link, there), *self.legible(link, there))

    def legible(self, link: Link, there: "RecordTable") -> tuple[sa.ColumnElement[bool], ...]:
        """Where a relation may be read: on the records that point with it."""
        return veil_clauses(there if link.inverse else self.table, link.field, self.context, self.reach)

    def _joined(self, link: Link, there: "RecordTable") -> sa.ColumnElement[bool]:
        if link.linked:
            joint, near_end, far_end = self.joint(link, there)
            return there.table.c.id.in_(
                sa.select(far_end).where(near_end == self.table.table.c.id).correlate_except(joint)
            )
        if link.inverse:
            return there.columns[link.field][0] == self.table.table.c.id
        return there.table.c.id == self.table.columns[link.field][0]

    def joint(
        self, link: Link, there: "RecordTable"
    ) -> tuple[sa.FromClause, sa.ColumnElement[Any], sa.ColumnElement[Any]]:
        """The link table of a relation to many, with its columns for the records here and there."""
        joint = (there if link.inverse else self.table).links[link.field].alias()
        ends = (joint.c.to_id, joint.c.from_id) if link.inverse else (joint.c.from_id, joint.c.to_id)
        return joint, *ends

    def visible(self) -> tuple[sa.ColumnElement[bool], ...]:
        """Which records may be met behind a relation."""
        if self.reach is None:
            return (live_clause(self.table),)
        scope = self.reach.scope(self.table.form.key)
        clauses = (live_clause(self.table), *scope_clauses(self.table, scope, self.context))
        return clauses if self.table.form.parent is None else (*clauses, *self._around())

    def _around(self) -> tuple[sa.ColumnElement[bool], ...]:
        """Lines may be met where their record may be."""
        link = self.table.form.names.link(PARENT_RECORD)
        assert link is not None, "lines stand in records"
        around = self.beyond(link)
        seen = around.visible()
        if len(seen) == 1:
            return ()  # all records may be met, and the lines of deleted ones are deleted with them
        inner = sa.select(sa.literal(1)).select_from(around.table.table)
        return (
            inner.where(self.joined(link, around.table), *seen).correlate_except(around.table.table).exists(),
        )

    def _link(self, path: Path) -> Link:
        link = self.table.form.names.link(path[0])
        if link is None or link.many:
            place = {"position": 0, "length": 0, "field": "{" + ".".join(path) + "}"}
            raise FormulaError(issues=[Issue("", "formula_unknown_field", place)])
        return link


class FarRows:
    """The records that a path to many leads to; its relations are joined.

    The records of a relation to many come in its own order, those at the other end in that of their ids.
    """

    def __init__(self, start: PathColumns, source: Path) -> None:
        self._source = source
        self._clauses: list[sa.ColumnElement[bool]] = []
        links = start.table.form.names.links_along(source)
        here = start
        tables: list[sa.FromClause] = []
        order: list[sa.ColumnElement[Any]] = []
        for link in links:
            there = here.beyond(link)
            self._clauses += there.visible()
            tables.append(there.table.table)
            if link.linked:
                joint, near_end, far_end = here.joint(link, there.table)
                tables.append(joint)
                self._clauses += [near_end == here.table.table.c.id, far_end == there.table.table.c.id]
                self._clauses += here.legible(link, there.table)
                order += [] if link.inverse else [joint.c.position]
            else:
                self._clauses.append(here.joined(link, there.table))
            if link.many:
                order += _in_order(there.table)
            here = there
        self._end = here
        self._tables = tables
        self.order = tuple(order)

    def column(self, path: Path) -> sa.ColumnElement[Any]:
        """A field of these records, or one further along relations to one."""
        return self._end(path[len(self._source) :])

    def select(self, *expressions: sa.ColumnElement[Any]) -> sa.Select[Any]:
        """A select of these records, correlated with the statement around."""
        return (
            sa.select(*expressions)
            .select_from(*self._tables)
            .where(*self._clauses)
            .correlate_except(*self._tables)
        )


def _in_order(table: "RecordTable") -> tuple[sa.ColumnElement[Any], ...]:
    """Records come in the order of their ids, lines in their own."""
    position = (table.columns[POSITION][0],) if table.form.parent else ()
    return (*position, table.table.c.id)


def path_columns(
    table: "RecordTable", paths: Sequence[Path], context: EvaluationContext, reach: Reach | None
) -> list[sa.ColumnElement[Any]]:
    """What the values of paths are read by: a column each, an array for those that lead to many."""
    columns = PathColumns(table=table, context=context, reach=reach)
    found: list[sa.ColumnElement[Any]] = []
    for path in paths:
        source = table.form.names.source_of(path)
        if not source:
            found.append(columns(path))
            continue
        rows = columns.rows(source)
        value = rows.column(path if path != source else (*path, "id"))
        if isinstance(value.type, sa.ARRAY):
            value = sa.func.to_jsonb(value)
        found.append(
            sa.func.array(
                rows.select(value).order_by(*rows.order).scalar_subquery(), type_=sa.ARRAY(value.type)
            )
        )
    return found
