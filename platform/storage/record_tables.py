"""Forms as tables: one `sa.Table` per form and published version, never reflected from the database."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache
from typing import Any

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql as pg

from joinery.forms import CompiledApp, Field, Form
from joinery.formulas import EvaluationContext, to_sql
from joinery.kernel import InvalidInput, Issue
from joinery.permissions import Reach
from joinery.storage.conditions import veiled
from joinery.storage.far_columns import PathColumns
from joinery.storage.physical_names import physical_name, short_hash
from joinery.storage.record_indexes import IndexSpec, indexes_of

_MOMENT = sa.DateTime(timezone=True)


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class RecordTable:
    """The table of a form's records.

    `columns` lists the columns of each stored field, system fields included;
    a relation to one of several forms is under its own key and each branch under the branch's;
    `foreign_keys` maps relations to the form they point at; `links` has the table of each relation to many;
    `shape` stands for all columns and their types.
    """

    form: Form
    table: sa.Table
    columns: Mapping[str, tuple[sa.Column[object], ...]]
    indexes: tuple[IndexSpec, ...]
    foreign_keys: Mapping[str, str]
    links: Mapping[str, sa.Table]
    shape: str
    #: The tables of all forms of the app, by form.
    siblings: Mapping[str, "RecordTable"] = field(default_factory=dict, repr=False)
    #: Stored formulas whose column is still being filled: readers compute them, writers store them already.
    filling: frozenset[str] = frozenset()

    def beside(self, form: str) -> "RecordTable":
        """The table of another form of the app."""
        return self.siblings[form]

    def aliased(self) -> "RecordTable":
        """The same table under a name of its own, to be met once more in a statement."""
        alias: Any = self.table.alias()
        columns = {key: tuple(alias.c[one.name] for one in found) for key, found in self.columns.items()}
        return replace(self, table=alias, columns=columns)

    def select(self, *columns: sa.ColumnElement[Any]) -> sa.Select[Any]:
        """A select marked with the table's shape.

        Connections keep prepared statements, and PostgreSQL refuses to run one whose columns have other types
        by now. After a publish that changes types the mark, and so the statement, is another.
        """
        return sa.select(*columns).select_from(self.table).prefix_with(f"/* {self.shape} */")

    def has_id(self, parameter: str = "ids") -> sa.ColumnElement[bool]:
        """Which records are among those whose ids are given by a parameter, a list."""
        column = self.table.c.id
        return column == sa.any_(sa.bindparam(parameter, type_=pg.ARRAY(sa.BigInteger)))

    def field(self, key: str) -> Field:
        """The field of this key; InvalidInput when there is none."""
        found = self.form.field(key)
        if found is None:
            raise InvalidInput(issues=[Issue(f"/{key}", "unknown_sort_field", {"field": key})])
        return found

    def is_readable(self, key: str) -> bool:
        """Whether the field's columns hold its value for every record."""
        return key in self.columns and key not in self.filling

    def linked(self, key: str) -> sa.ColumnElement[Any]:
        """What a relation to many points at: an array of ids, in order; NULL when it is none."""
        joint = self.links[key].alias()
        ids = sa.func.array_agg(pg.aggregate_order_by(joint.c.to_id, joint.c.position, joint.c.to_id))
        return (
            sa.select(ids)
            .where(joint.c.from_id == self.table.c.id)
            .correlate_except(joint)
            .scalar_subquery()
            .label(key)
        )

    def expression(
        self, key: str, context: EvaluationContext, reach: Reach | None = None
    ) -> sa.ColumnElement[Any]:
        """The value of a field in SQL: its column, or the formula of one that is computed in the query.

        With the `reach` of somebody it is blank on records where he may not read it.
        """
        return veiled(self, key, self._value(key, context, reach), context, reach)

    def _value(self, key: str, context: EvaluationContext, reach: Reach | None) -> sa.ColumnElement[Any]:
        if self.is_readable(key):
            return self.columns[key][0]
        if key in self.links:
            return self.linked(key)
        if (link := self.form.names.link(key)) is not None and link.inverse and not link.many:
            return self.resolver(context, reach)((key, "id"))
        field = self.field(key)
        if field.formula is None or not field.formula.sql:
            raise InvalidInput(issues=[Issue(f"/{key}", "unknown_sort_field", {"field": field.label})])
        lowered = to_sql(field.formula, self.resolver(context), context)
        return field.type.from_formula_sql(field, lowered)

    def resolver(self, context: EvaluationContext, reach: Reach | None = None) -> PathColumns:
        """What lowering an expression asks for the columns of the paths in it; see `far_columns`."""
        return PathColumns(table=self, context=context, reach=reach)


@lru_cache(maxsize=8)
def record_tables(app: CompiledApp) -> Mapping[str, RecordTable]:
    """The table of each form of an app; those of the last few apps are remembered, for publishing."""
    metadata = sa.MetaData(schema="ws")
    tables: dict[str, RecordTable] = {}
    tables.update({key: _record_table(form, metadata, tables) for key, form in app.forms.items()})
    return tables


def field_columns(field: Field) -> tuple[sa.Column[object], ...]:
    """Fresh columns of a field; none when it is computed in the query."""
    return tuple(field.type.columns(field)) if field.stored else ()


def at_most_one(columns: Sequence[sa.Column[object]]) -> sa.CheckConstraint:
    """The columns of a relation to one of several forms: it leads to one record."""
    names = ", ".join(f'"{column.name}"' for column in columns)
    return sa.CheckConstraint(f"num_nonnulls({names}) <= 1")


def link_table(form: Form, key: str, metadata: sa.MetaData) -> sa.Table:
    """The table of a relation to many: each pair of records once, in the order of the record that points."""
    name = physical_name(f"{form.table_name}__{key}")
    return sa.Table(
        name,
        metadata,
        sa.Column("from_id", sa.BigInteger, primary_key=True),
        sa.Column("to_id", sa.BigInteger, primary_key=True),
        sa.Column("position", sa.Integer, nullable=False),
        sa.Index(physical_name(f"ix_{short_hash(name)}_to"), "to_id", "from_id"),
    )


def _record_table(form: Form, metadata: sa.MetaData, siblings: Mapping[str, RecordTable]) -> RecordTable:
    system = _system_columns()
    own = {key: field_columns(field) for key, field in form.fields.items()}
    table = sa.Table(
        physical_name(form.table_name),
        metadata,
        *system,
        *(column for columns in own.values() for column in columns),
        *(at_most_one(columns) for columns in own.values() if len(columns) > 1),
        info={"form": form.key},
        # Room for a changed row beside its old one: then its indexes need no change.
        postgresql_with={"fillfactor": 85},
    )
    columns: dict[str, tuple[sa.Column[object], ...]] = {column.name: (column,) for column in system}
    columns |= {key: found for key, found in own.items() if found}
    for key, one in form.fields.items():
        branches = zip(one.branches, own[key], strict=True) if one.branches else ()
        columns |= {branch.key: (column,) for branch, column in branches}
    return RecordTable(
        form=form,
        table=table,
        shape=short_hash(repr([(column.name, repr(column.type)) for column in table.columns])),
        columns=columns,
        indexes=indexes_of(form, columns, short_hash(table.name)),
        foreign_keys={
            key: found.references
            for key, found in form.relations.items()
            if found.references is not None and not found.type.several
        },
        links={
            key: link_table(form, key, metadata)
            for key, found in form.relations.items()
            if found.type.several
        },
        siblings=siblings,
    )


def _system_columns() -> tuple[sa.Column[object], ...]:
    columns: list[sa.Column[object]] = [
        sa.Column("id", sa.BigInteger, sa.Identity(), primary_key=True),
        sa.Column("revision", sa.Integer, nullable=False),
        sa.Column("title", sa.Text, nullable=False),
        sa.Column("owner", sa.BigInteger),
        sa.Column("created_at", _MOMENT, nullable=False),
        sa.Column("created_by", sa.BigInteger),
        sa.Column("updated_at", _MOMENT, nullable=False),
        sa.Column("updated_by", sa.BigInteger),
        sa.Column("deleted_at", _MOMENT),
        sa.Column("deleted_by", sa.BigInteger),
        sa.Column("search", pg.TSVECTOR, nullable=False),
        # The underscore keeps it apart from every field: see text_search.
        sa.Column("_searched", sa.Text, nullable=False),
    ]
    return tuple(columns)
