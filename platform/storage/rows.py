"""Between rows of a record table and the values of a record."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from operator import itemgetter
from typing import Any

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql as pg

from joinery.definitions import POSITION, owner_key
from joinery.forms import Field, FieldType
from joinery.formulas import PARENT_RECORD, EvaluationContext, FormulaProblem, Path, evaluate
from joinery.kernel import SYSTEM_FIELDS
from joinery.permissions import IN_GROUPS, RowScope
from joinery.storage.conditions import group_columns
from joinery.storage.far_values import read_paths
from joinery.storage.record_tables import RecordTable
from joinery.storage.unit_of_work import UnitOfWork

Row = Mapping[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class RowReader:
    """Reads chosen fields: `columns` to select, and how their row becomes values.

    `plain` fields are taken as they are, `typed` through their type, `computed` evaluated from the others
    (some of which were not asked for: `keys` are what is answered).
    """

    keys: tuple[str, ...]
    columns: tuple[sa.ColumnElement[Any], ...]
    plain: tuple[str, ...]
    typed: tuple[Field, ...]
    computed: tuple[Field, ...]
    #: The values of other records that `computed` fields look at.
    far: tuple[Path, ...]
    #: Subforms, whose lines are read by themselves.
    subforms: tuple[Field, ...] = ()
    #: Permission groups of which is noted whether the records are among their rows.
    groups: tuple[str, ...] = ()

    def noting_groups(self, table: RecordTable, scope: RowScope, context: EvaluationContext) -> "RowReader":
        """The same for records under a row scope, noting which of its groups they are among."""
        if not scope.groups:
            return self
        return replace(
            self,
            columns=(*self.columns, *group_columns(table, scope, context)),
            groups=tuple(key for key, _ in scope.groups),
        )

    def read(
        self, unit: UnitOfWork, table: RecordTable, rows: Sequence[Row], context: EvaluationContext
    ) -> list[dict[str, Any]]:
        """The values of records by their rows, which include those in the recycle bin."""
        if not rows:
            return []
        ids = [row["id"] for row in rows]
        found = read_paths(unit, table, ids, self.far, context, None, live=False) if self.far else {}
        values = [self._values(row, context, found.get(row["id"], {})) for row in rows]
        if self.groups:
            for row, record in zip(rows, values, strict=True):
                record[IN_GROUPS] = self._groups_of(row)
        for field in self.subforms:
            lines = read_lines(unit, table.beside(field.lines or ""), ids, context)
            for record in values:
                record[field.key] = lines.get(record["id"])
        return values

    def _groups_of(self, row: Row) -> frozenset[str]:
        return frozenset(key for place, key in enumerate(self.groups) if row[f"_group_{place}"])

    def _values(self, row: Row, context: EvaluationContext, far: Mapping[Path, Any]) -> dict[str, Any]:
        values = {key: row[key] for key in self.plain}
        for field in self.typed:
            values[field.key] = value = field.type.from_row(field, row)
            if field.branches:
                values.update(field.type.branch_values(field, value))
        if not self.computed:
            return values
        for field in self.computed:
            names: Mapping[Any, Any] = {**values, **dict(far)} if far else values
            values[field.key] = formula_value(field, names, context)
        return {key: values[key] for key in self.keys}


def read_lines(
    unit: UnitOfWork, table: RecordTable, parents: Sequence[int], context: EvaluationContext
) -> dict[int, tuple[dict[str, Any], ...]]:
    """The lines of records by the id of the record, in their order; `table` is that of the lines.

    A record without lines has no entry. Its lines are those of a record in the recycle bin as well.
    """
    reader = row_reader(table, None)
    parent, position = (table.columns[key][0] for key in (PARENT_RECORD, POSITION))
    statement = (
        table.select(*reader.columns)
        .where(parent == sa.any_(sa.bindparam("parents", type_=pg.ARRAY(sa.BigInteger))))
        .order_by(parent, position, table.table.c.id)
    )
    rows = unit.connection.execute(statement, {"parents": list(parents)}).mappings()
    found: dict[int, list[dict[str, Any]]] = {}
    for line in reader.read(unit, table, [dict(row) for row in rows], context):
        found.setdefault(line[PARENT_RECORD], []).append(line)
    return {record_id: tuple(lines) for record_id, lines in found.items()}


def row_reader(table: RecordTable, fields: Iterable[str] | None, *, lines: bool = False) -> RowReader:
    """A reader of the given fields (None: all); id, revision and title are always among them.

    The lines of subforms are read where they are named, or with `lines`.
    """
    wanted = (*SYSTEM_FIELDS, *table.form.fields) if fields is None else ("id", "revision", "title", *fields)
    named = tuple(dict.fromkeys(wanted))
    subforms = tuple(
        field
        for key in named
        if (field := table.form.fields.get(key)) and field.lines and (lines or fields is not None)
    )
    keys = tuple(key for key in named if not ((field := table.form.fields.get(key)) and field.lines))
    computed = _computed(table, keys)
    needed = dict.fromkeys(keys)
    for field in computed:
        assert field.formula is not None
        needed |= dict.fromkeys(owner_key(path[0]) for path in field.formula.paths if len(path) == 1)
    stored = [key for key in needed if table.is_readable(key) or key in table.links]
    plain = tuple(key for key in stored if _is_plain(table, key))
    wide = (table.form.fields[key] for key in keys if key in table.form.fields)
    branches = (branch.key for field in wide for branch in field.branches)
    return RowReader(
        keys=(*keys, *branches),
        columns=tuple(column for key in stored for column in _columns(table, key)),
        plain=plain,
        typed=tuple(table.field(key) for key in stored if key not in plain),
        computed=computed,
        far=tuple(
            sorted({path for field in computed if field.formula is not None for path in field.formula.far})
        ),
        subforms=subforms,
    )


def _columns(table: RecordTable, key: str) -> tuple[sa.ColumnElement[Any], ...]:
    return (table.linked(key),) if key in table.links else table.columns[key]


@dataclass(frozen=True, slots=True, kw_only=True)
class RowWriter:
    """Turns the values of new records into the columns of all stored fields, in the order of `names`.

    `plain` takes the values by field; those at the places in `typed` are written by their type. Fields of
    several columns come after them (`wide`).
    """

    names: tuple[str, ...]
    plain: Callable[[Mapping[str, Any]], Sequence[Any]]
    typed: tuple[tuple[int, Field], ...]
    wide: tuple[Field, ...] = ()

    def row(self, values: Mapping[str, Any]) -> list[Any]:
        """The columns of one record."""
        row = list(self.plain(values))
        for place, field in self.typed:
            if row[place] is not None:
                row[place] = field.type.to_row(field, row[place])[self.names[place]]
        for field in self.wide:
            row += field.type.to_row(field, values[field.key]).values()
        return row


def row_writer(table: RecordTable) -> RowWriter:
    """The writer for new records of a form."""
    stored = [field for key, field in table.form.fields.items() if key in table.columns]
    wide = tuple(field for field in stored if field.branches)
    keys = tuple(field.key for field in stored if not field.branches)
    fields = [_stored_like(table.form.fields[key]) for key in keys]
    return RowWriter(
        names=(
            *(table.columns[key][0].name for key in keys),
            *(branch.key for field in wide for branch in field.branches),
        ),
        wide=wide,
        plain=_values_of(keys),
        typed=tuple(
            (place, field)
            for place, field in enumerate(fields)
            if not _inherits(field.type.to_row, FieldType.to_row)
        ),
    )


def _stored_like(field: Field) -> Field:
    """A formula is stored like a field of its result."""
    return field.prepared if isinstance(field.prepared, Field) else field


def _values_of(keys: Sequence[str]) -> Callable[[Mapping[str, Any]], Sequence[Any]]:
    """What takes these values out of a record."""
    if len(keys) > 1:
        return itemgetter(*keys)
    return lambda values: [values[key] for key in keys]


def row_of(table: RecordTable, values: Mapping[str, Any], keys: Iterable[str]) -> dict[str, Any]:
    """The columns of the given fields, for writing; fields that are computed in the query have none."""
    row: dict[str, Any] = {}
    fields, columns = table.form.fields, table.columns
    for key in keys:
        field = fields.get(key)
        if field is None:
            row[key] = values.get(key)
        elif key in columns:
            value = values.get(key)
            if value is None and len(columns[key]) == 1:
                row[columns[key][0].name] = None
            else:
                row.update(field.type.to_row(field, value))
    return row


def formula_value(field: Field, values: Mapping[Any, Any], context: EvaluationContext) -> Any:
    """What a formula field shows for a record; an error value is blank."""
    assert field.formula is not None
    result = evaluate(field.formula, values, context)
    return None if isinstance(result, FormulaProblem) else field.type.from_formula(field, result)


def _computed(table: RecordTable, keys: Sequence[str]) -> tuple[Field, ...]:
    """The formulas to evaluate for `keys`, each after those it depends on."""
    needed = set(keys)
    found = []
    for field in reversed(table.form.formula_order):
        if field.key in needed and field.formula is not None and not table.is_readable(field.key):
            needed |= {owner_key(path[0]) for path in field.formula.paths if len(path) == 1}
            found.append(field)
    return tuple(reversed(found))


def _is_plain(table: RecordTable, key: str) -> bool:
    """Whether the value is the column itself."""
    field = table.form.fields.get(key)
    return field is None or _inherits(field.type.from_row, FieldType.from_row)


def _inherits(method: Callable[..., Any], original: Callable[..., Any]) -> bool:
    return getattr(method, "__func__", None) is original
