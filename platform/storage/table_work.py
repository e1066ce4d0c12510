"""Long work on a record table after publishing, in portions that a job can take one transaction at a time.

Every portion takes the records after a given id, so work that was killed goes on where it stopped;
doing a portion twice changes nothing.
"""

import dataclasses
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql as pg

from joinery.forms import Field, ParseContext, ShowContext, ValueProblem, title_of
from joinery.formulas import EvaluationContext, to_sql
from joinery.storage import calendar, directory, unconverted
from joinery.storage.apps import load_version
from joinery.storage.far_values import read_paths
from joinery.storage.link_rows import set_links
from joinery.storage.record_tables import RecordTable
from joinery.storage.rows import formula_value, row_reader
from joinery.storage.text_search import searched_columns
from joinery.storage.unconverted import UnconvertedValue
from joinery.storage.unit_of_work import UnitOfWork

#: Records in one portion: well below a second of work.
PORTION = 5000

#: A formula is stored range by range of ids, every eighth record of a range at a time: a page then has room
#: for a changed record beside its old version, which is tidied away before the page's next turn, and the
#: indexes stay as they are. Three times as fast as record after record, with thirty indexes.
RANGE, TURNS = 16_000, 8
#: Under this name `kept` has the table in which the links of a former relation to many were set aside.
LINKS = "links"


@dataclass(frozen=True, slots=True, kw_only=True)
class TableWork:
    """What is left to do on a table; JSON values only, so that a job can carry it (`params`).

    `kind` is convert_column, recompute, refresh or build_index (the last is done by `index_build`).
    `version` is the version of the app that asked for it; `kept` are the columns of a converted field under
    the names they were set aside with, `old_field` its former key. `further` are the columns of more fields
    whose values it takes over, in the order in which they count.
    """

    kind: str
    app: str
    form: str
    field: str
    version: int
    old_field: str = ""
    kept: Mapping[str, str] = dataclasses.field(default_factory=dict)
    further: Mapping[str, Mapping[str, str]] = dataclasses.field(default_factory=dict)
    index: str = ""
    #: The former key of a form of lines whose subform was renamed.
    was: str = ""

    @property
    def params(self) -> dict[str, Any]:
        """All attributes: `TableWork(**params)` is the same work."""
        return asdict(self)


def run_portion(
    unit: UnitOfWork, table: RecordTable, work: TableWork, at: datetime, after: int = 0
) -> int | None:
    """Do a portion behind the place `after`; the place where it ends, or None when there is no more.

    `table` belongs to the current version of the app; work on a field that is gone by now is done.
    """
    found = table.form.fields.get(work.field)
    if work.field and (found is None or not found.stored):
        return None
    if work.kind == "recompute" and found is not None and found.formula is not None and found.formula.sql:
        return _recompute_turn(unit, table, found, _evaluation(unit, at), after)
    ids = _portion(unit, table, after)
    if not ids:
        return None
    if work.kind == "refresh":
        _refresh(unit, table, ids, at)
    elif found is not None and work.kind == "convert_column":
        _convert(unit, table, found, work, ids, at)
    elif found is not None and work.kind == "recompute":
        backfill_formula(unit, table, found, _evaluation(unit, at), ids)
    return ids[-1]


def run_to_the_end(unit: UnitOfWork, table: RecordTable, work: TableWork, at: datetime) -> None:
    """Do all portions in one transaction, for a small table."""
    after: int | None = 0
    while after is not None:
        after = run_portion(unit, table, work, at, after)


def backfill_formula(
    unit: UnitOfWork, table: RecordTable, found: Field, context: EvaluationContext, ids: Sequence[int]
) -> None:
    """Compute a stored formula for some records: by one statement where the formula can be SQL.

    Revisions stay: nobody who edits such a record shall have to start again.
    """
    assert found.formula is not None
    if found.formula.sql:
        unit.connection.execute(_recompute(table, found, context, table.has_id()), {"ids": list(ids)})
        return
    rows = _read(unit, table, ids, context)
    far = sorted(found.formula.far)
    others = read_paths(unit, table, ids, far, context, None, live=False) if far else {}
    _write(
        unit,
        table,
        {
            row["id"]: found.type.to_row(
                found, formula_value(found, {**row, **others.get(row["id"], {})}, context)
            )
            for row in rows
        },
    )


def _recompute_turn(
    unit: UnitOfWork, table: RecordTable, found: Field, context: EvaluationContext, place: int
) -> int | None:
    """The records of one turn in a range of ids; the place grows evenly from one range to the next."""
    number, within = divmod(place, RANGE)
    turn = within // (RANGE // TURNS)
    column = table.table.c.id
    if turn == 0:
        following = sa.select(sa.func.min(column)).where(column > number * RANGE)
        first = unit.connection.execute(following).scalar_one()
        if first is None:
            return None
        number = (first - 1) // RANGE
    of_turn = sa.and_(column > number * RANGE, column <= (number + 1) * RANGE, column % TURNS == turn)
    unit.connection.execute(_recompute(table, found, context, of_turn))
    return number * RANGE + (turn + 1) * (RANGE // TURNS)


def _recompute(
    table: RecordTable, found: Field, context: EvaluationContext, which: sa.ColumnElement[bool]
) -> sa.Update:
    """The statement that stores a formula anew where its value is another by now."""
    assert found.formula is not None, "only formulas are computed"
    column = table.columns[found.key][0]
    value = found.type.from_formula_sql(found, to_sql(found.formula, table.resolver(context), context))
    return table.table.update().where(which, column.is_distinct_from(value)).values({column.name: value})


def _convert(
    unit: UnitOfWork, table: RecordTable, found: Field, work: TableWork, ids: Sequence[int], at: datetime
) -> None:
    """Old values become values of the new type, or are listed; newer entries stay as they are."""
    old_form = load_version(unit, work.app, work.version - 1).compiled.forms[work.was or work.form]
    sources = {work.old_field: work.kept, **work.further}
    context = _parse_context(unit, table)
    show = ShowContext(directory=context.directory, language=context.language, time_zone=context.time_zone)
    converted: dict[int, dict[str, Any]] = {}
    failed: list[UnconvertedValue] = []
    for row in _kept_rows(unit, table, found, sources, ids):
        values = ((old, old.type.from_row(old, row)) for old in map(old_form.fields.__getitem__, sources))
        old, value = next((one for one in values if one[1] is not None), (None, None))
        if old is None:
            continue
        try:
            new = found.type.convert(old, value, found, context)
            if found.key in table.links:
                set_links(unit, table.links[found.key], row["id"], new or ())
            else:
                converted[row["id"]] = found.type.to_row(found, new)
        except ValueProblem:
            text = old.type.plain_text(old, value, show)
            failed.append(
                UnconvertedValue(
                    app=work.app,
                    form=work.form,
                    field=found.key,
                    record_id=row["id"],
                    value=text,
                    version=work.version,
                    at=at,
                )
            )
    _write(unit, table, converted)
    unconverted.forget(unit, work.app, work.form, found.key, ids)
    unconverted.add_many(unit, failed)


def _kept_rows(
    unit: UnitOfWork,
    table: RecordTable,
    found: Field,
    sources: Mapping[str, Mapping[str, str]],
    ids: Sequence[int],
) -> Sequence[Mapping[str, Any]]:
    """The former values by their old column names, of records that have no value of the new type yet."""
    kept = [column for key, names in sources.items() for column in _kept_columns(table, key, names)]
    blank = (
        [table.linked(found.key).is_(None)]
        if found.key in table.links
        else [column.is_(None) for column in table.columns[found.key]]
    )
    statement = table.select(table.table.c.id, *kept).where(table.has_id(), *blank).order_by(table.table.c.id)
    return [dict(row) for row in unit.connection.execute(statement, {"ids": list(ids)}).mappings()]


def _kept_columns(table: RecordTable, key: str, names: Mapping[str, str]) -> Iterator[sa.ColumnElement[Any]]:
    """The columns of a former field, under the names they have now (`names`, by the old ones)."""
    if LINKS not in names:
        for old, name in names.items():
            yield sa.literal_column(f'"{table.table.name}"."{name}"').label(old)
        return
    columns = (sa.Column(name, sa.BigInteger) for name in ("from_id", "to_id", "position"))
    joint = sa.Table(names[LINKS], sa.MetaData(schema=table.table.metadata.schema), *columns)
    linked = sa.func.array_agg(pg.aggregate_order_by(joint.c.to_id, joint.c.position, joint.c.to_id))
    yield sa.select(linked).where(joint.c.from_id == table.table.c.id).scalar_subquery().label(key)


def _refresh(unit: UnitOfWork, table: RecordTable, ids: Sequence[int], at: datetime) -> None:
    """Titles and search texts as they would be if the records were saved now."""
    workspace = unit.workspace
    show = ShowContext(
        directory=directory.load(unit), language=workspace.language, time_zone=workspace.time_zone
    )
    rows = _read(unit, table, ids, _evaluation(unit, at))
    _write(
        unit,
        table,
        {
            row["id"]: {"title": title_of(table.form, row, show), **searched_columns(table, row, show)}
            for row in rows
        },
    )


def _portion(unit: UnitOfWork, table: RecordTable, after: int) -> list[int]:
    columns = table.table.c
    statement = sa.select(columns.id).where(columns.id > after).order_by(columns.id).limit(PORTION)
    return list(unit.connection.execute(statement).scalars())


def _read(
    unit: UnitOfWork, table: RecordTable, ids: Sequence[int], context: EvaluationContext
) -> list[dict[str, Any]]:
    """All values of the records, deleted ones included, locked in the order of their ids."""
    reader = row_reader(table, None)
    statement = (
        table.select(*reader.columns)
        .where(table.has_id())
        .order_by(table.table.c.id)
        .with_for_update(of=table.table)
    )
    rows = unit.connection.execute(statement, {"ids": list(ids)}).mappings()
    return reader.read(unit, table, [dict(row) for row in rows], context)


def _write(unit: UnitOfWork, table: RecordTable, rows: Mapping[int, Mapping[str, Any]]) -> None:
    """Store some columns of each record."""
    if not rows:
        return
    names = list(next(iter(rows.values())))
    columns = table.table.c
    statement = (
        table.table.update()
        .where(columns.id == sa.bindparam("at_id"))
        .values({name: sa.bindparam(f"new_{name}", type_=columns[name].type) for name in names})
    )
    unit.connection.execute(
        statement,
        [
            {"at_id": record_id, **{f"new_{name}": value for name, value in row.items()}}
            for record_id, row in rows.items()
        ],
    )


def _evaluation(unit: UnitOfWork, at: datetime) -> EvaluationContext:
    return EvaluationContext(now=at, time_zone=unit.workspace.time_zone, calendar=calendar.load(unit))


def _parse_context(unit: UnitOfWork, table: RecordTable) -> ParseContext:
    """Old values are taken as they are, people who left included; relations are found by title."""

    def find_record(form: str, title: str) -> int | None:
        target = next((t for t in table.table.metadata.tables.values() if t.info.get("form") == form), None)
        if target is None:
            return None
        statement = (
            sa.select(target.c.id).where(target.c.title == title, target.c.deleted_at.is_(None)).limit(2)
        )
        found = unit.connection.execute(statement).scalars().all()
        return found[0] if len(found) == 1 else None

    workspace = unit.workspace
    return ParseContext(
        directory=directory.load(unit),
        language=workspace.language,
        time_zone=workspace.time_zone,
        accept_inactive=True,
        find_record=find_record,
    )
