"""Writing and reading single records, and sets of them by id or by value."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql as pg

from joinery.forms import ShowContext
from joinery.formulas import EvaluationContext
from joinery.kernel import NotFound, StaleRevision
from joinery.permissions import RowScope
from joinery.storage.bulk_insert import copy_rows, reserve_ids
from joinery.storage.conditions import condition_key, live_clause, scope_clauses
from joinery.storage.link_rows import add_links, set_links
from joinery.storage.ready_statements import ReadyStatement, ready
from joinery.storage.record_indexes import is_text
from joinery.storage.record_tables import RecordTable
from joinery.storage.rows import RowReader, row_of, row_reader, row_writer
from joinery.storage.text_search import SEARCHED, searched, searched_columns
from joinery.storage.unit_of_work import UnitOfWork

Values = Mapping[str, Any]

RECORD = {"en": "record", "zh": "记录"}

_OF_EVERY_RECORD = (
    "revision",
    "title",
    "owner",
    "created_at",
    "created_by",
    "updated_at",
    "updated_by",
)


def insert_many(
    unit: UnitOfWork,
    table: RecordTable,
    rows: Sequence[Values],
    *,
    actor: int | None,
    at: datetime,
    show: ShowContext,
) -> list[int]:
    """Store new records; their ids in the order of `rows`.

    Each row holds the values of all fields and the title; `owner`, `created_at` and `created_by` default to
    the actor and the moment, `updated_at` and `updated_by` to these. `show` is for the text that search looks
    into.
    """
    if not rows:
        return []
    names, stored = new_rows(unit, table, rows, actor=actor, at=at, show=show)
    if len(stored) == 1:
        statement = table.table.insert().returning(table.table.c.id)
        row = dict(zip(names, stored[0], strict=True))
        ids = [unit.connection.execute(statement, row).scalar_one()]
    else:
        ids = reserve_ids(unit, table.table, len(stored))
        copy_rows(
            unit,
            table.table,
            (*names, "id"),
            _with_ids(stored, ids),
        )
    add_links(unit, table, ids, rows)
    return ids


def _with_ids(rows: Sequence[list[Any]], ids: Sequence[int]) -> Iterator[list[Any]]:
    """The rows, each with its id as the last value; they are no longer those they were."""
    for row, number in zip(rows, ids, strict=True):
        row.append(number)
        yield row


def new_rows(
    unit: UnitOfWork,
    table: RecordTable,
    rows: Sequence[Values],
    *,
    actor: int | None,
    at: datetime,
    show: ShowContext,
) -> tuple[tuple[str, ...], list[list[Any]]]:
    """The columns of new records besides the id, and for each record what they hold; see `insert_many`."""
    writer = unit.memory.get(("row writer", table), lambda: row_writer(table))
    names = (*_OF_EVERY_RECORD, *writer.names, *SEARCHED)
    stored = [
        [*_of_every_record(values, actor, at), *writer.row(values), *searched(table, values, show)]
        for values in rows
    ]
    return names, stored


def update(
    unit: UnitOfWork,
    table: RecordTable,
    record_id: int,
    values: Values,
    changed: Iterable[str],
    revision: int,
    *,
    actor: int | None,
    at: datetime,
    show: ShowContext,
) -> int:
    """Store the `changed` fields of a record, whose whole new state is `values`; its new revision.

    Raises StaleRevision when the record is no longer at `revision`, NotFound when it is gone.
    """
    keys = frozenset(changed)
    columns = table.table.c
    row = row_of(table, values, keys)
    if any(field.key in keys for field in table.form.search_fields):
        row |= searched_columns(table, values, show)
    row |= {"title": values["title"], "updated_at": at, "updated_by": actor}
    statement = (
        table.table.update()
        .where(columns.id == sa.bindparam("at_id"), columns.revision == sa.bindparam("at_revision"))
        .where(live_clause(table))
        .values({name: sa.bindparam(f"new_{name}", type_=columns[name].type) for name in sorted(row)})
        .values(revision=columns.revision + 1)
        .returning(columns.revision)
    )
    parameters = {f"new_{name}": value for name, value in row.items()}
    parameters |= {"at_id": record_id, "at_revision": revision}
    new_revision: int | None = unit.connection.execute(statement, parameters).scalar_one_or_none()
    if new_revision is None:
        return _stale_or_gone(unit, table, record_id)
    for key in keys & table.links.keys():
        set_links(unit, table.links[key], record_id, values.get(key) or ())
    return new_revision


def update_computed(
    unit: UnitOfWork,
    table: RecordTable,
    rows: Mapping[int, tuple[Values, Iterable[str]]],
    show: ShowContext,
) -> None:
    """Store formulas that came out differently because of other records.

    `rows` has by id the whole new state of a record, locked by this transaction, and the keys that changed.
    Revision, and who changed the record when, stay as they are: nobody changed it.
    """
    columns = table.table.c
    # Records in which the same columns change share a statement, which the driver sends without waiting.
    together: dict[tuple[str, ...], list[dict[str, Any]]] = {}
    for record_id, (values, changed) in rows.items():
        keys = frozenset(changed)
        row = row_of(table, values, keys) | {"title": values["title"]}
        if any(field.key in keys for field in table.form.search_fields):
            row |= searched_columns(table, values, show)
        parameters = {"at_id": record_id, **{f"new_{name}": value for name, value in row.items()}}
        together.setdefault(tuple(sorted(row)), []).append(parameters)
    for names, parameter_sets in together.items():
        statement = (
            table.table.update()
            .where(columns.id == sa.bindparam("at_id"))
            .values({name: sa.bindparam(f"new_{name}", type_=columns[name].type) for name in names})
        )
        unit.connection.execute(statement, parameter_sets)


def get(
    unit: UnitOfWork,
    table: RecordTable,
    record_id: int,
    scope: RowScope,
    context: EvaluationContext,
    *,
    for_update: bool = False,
    deleted: bool = False,
    lines: bool = False,
) -> dict[str, Any] | None:
    """All values of one record within `scope`, with `lines` those of its subforms; None when there is none.

    `for_update` makes others wait until this transaction ends; `deleted` looks into the recycle bin.
    """
    found = get_many(
        unit, table, [record_id], scope, context, for_update=for_update, deleted=deleted, lines=lines
    )
    return found.get(record_id)


def get_many(
    unit: UnitOfWork,
    table: RecordTable,
    record_ids: Sequence[int],
    scope: RowScope,
    context: EvaluationContext,
    *,
    for_update: bool = False,
    deleted: bool = False,
    lines: bool = False,
) -> dict[int, dict[str, Any]]:
    """All values of the records within `scope`, by id; rows are locked in the order of their ids.

    The lines of subforms come only with `lines`: they are many, and what looks at them mostly reads them
    where they are.
    """

    def make() -> tuple[RowReader, ReadyStatement]:
        reader = row_reader(table, None, lines=lines).noting_groups(table, scope, context)
        where = (table.has_id(), live_clause(table, deleted), *scope_clauses(table, scope, context))
        statement = table.select(*reader.columns).where(*where).order_by(table.table.c.id)
        if for_update:
            statement = statement.with_for_update(of=table.table)
        return reader, ready(unit, statement)

    groups = tuple(key for key, _ in scope.groups)
    depends = condition_key(table, scope.conditions, context)
    key = ("record", unit.schema, table, depends, scope.kind, groups, deleted, for_update, lines)
    reader, statement = make() if depends is None else unit.memory.get(key, make)
    rows = statement.rows(unit, {"ids": list(record_ids)})
    return {values["id"]: values for values in reader.read(unit, table, rows, context)}


def soft_delete(
    unit: UnitOfWork, table: RecordTable, record_ids: Sequence[int], *, actor: int | None, at: datetime
) -> None:
    """Move records to the recycle bin, in one statement; NotFound when one of them is not in use."""
    statement = (
        table.table.update()
        .where(table.has_id(), live_clause(table))
        .values(_marks(table, deleted_at=at, deleted_by=actor, actor=actor, at=at))
    )
    if unit.connection.execute(statement, {"ids": list(record_ids)}).rowcount < len(record_ids):
        raise NotFound(kind=RECORD)


def restore(unit: UnitOfWork, table: RecordTable, record_id: int, *, actor: int | None, at: datetime) -> int:
    """Bring a record back from the recycle bin; its new revision.

    Raises NotFound, and DuplicateValue when a unique value was taken meanwhile.
    """
    statement = (
        table.table.update()
        .where(table.table.c.id == record_id, live_clause(table, deleted=True))
        .values(_marks(table, deleted_at=None, deleted_by=None, actor=actor, at=at))
        .returning(table.table.c.revision)
    )
    new_revision: int | None = unit.connection.execute(statement).scalar_one_or_none()
    return new_revision if new_revision is not None else _stale_or_gone(unit, table, record_id)


def titles(
    unit: UnitOfWork,
    table: RecordTable,
    record_ids: Iterable[int],
    scope: RowScope,
    context: EvaluationContext,
    *,
    lock: bool = False,
) -> dict[int, str]:
    """The titles of those of the records that are in use and within `scope`, by id.

    With `lock` nobody can delete them until this transaction ends; others may refer to them all the same.
    """
    wanted = sorted(set(record_ids))
    if not wanted:
        return {}
    statement = sa.select(*_titled(table)).where(
        table.has_id(), live_clause(table), *scope_clauses(table, scope, context)
    )
    if lock:
        statement = statement.order_by(table.table.c.id).with_for_update(read=True, key_share=True)
    rows = unit.connection.execute(statement, {"ids": wanted})
    return {row.id: row.title for row in rows}


def first_titles(
    unit: UnitOfWork, table: RecordTable, scope: RowScope, context: EvaluationContext, *, limit: int
) -> list[str]:
    """The titles of the oldest records in use within `scope`."""
    statement = (
        sa.select(table.table.c.title)
        .where(live_clause(table), *scope_clauses(table, scope, context))
        .order_by(table.table.c.id)
        .limit(limit)
    )
    return list(unit.connection.execute(statement).scalars())


def titles_together(
    unit: UnitOfWork,
    wanted: Sequence[tuple[RecordTable, RowScope, Sequence[int]]],
    context: EvaluationContext,
) -> list[dict[int, str]]:
    """As `titles`, of the records of several tables in one query."""

    def make() -> ReadyStatement:
        selects = [
            sa.select(sa.literal_column(str(place)).label("place"), *_titled(table)).where(
                table.has_id(f"ids_{place}"), live_clause(table), *scope_clauses(table, scope, context)
            )
            for place, (table, scope, _) in enumerate(wanted)
        ]
        return ready(unit, sa.union_all(*selects))

    if not wanted:
        return []
    depends = tuple(
        (table, scope.kind, condition_key(table, [scope.condition], context)) for table, scope, _ in wanted
    )
    known = all(key is not None for _, _, key in depends)
    statement = unit.memory.get(("titles", unit.schema, depends), make) if known else make()
    found: list[dict[int, str]] = [{} for _ in wanted]
    ids = {f"ids_{place}": list(ids) for place, (_, _, ids) in enumerate(wanted)}
    for row in statement.rows(unit, ids):
        found[row["place"]][row["id"]] = row["title"]
    return found


def titles_and_owners(
    unit: UnitOfWork, table: RecordTable, record_ids: Sequence[int]
) -> dict[int, tuple[str, int | None]]:
    """Title and owner of the records, whoever may see them, by id."""
    if not record_ids:
        return {}
    statement = sa.select(*_titled(table), table.table.c.owner).where(table.has_id())
    rows = unit.connection.execute(statement, {"ids": list(record_ids)})
    return {row.id: (row.title, row.owner) for row in rows}


def find_all_by_values(
    unit: UnitOfWork,
    table: RecordTable,
    field: str,
    values: Sequence[Any],
    scope: RowScope,
    context: EvaluationContext,
) -> dict[Any, list[int]]:
    """Which of `values` records within `scope` have in `field`, with the ids of all of them, in order."""
    within = scope_clauses(table, scope, context)
    column = table.columns[field][0]
    given = sa.func.unnest(sa.bindparam("values", list(values), type_=pg.ARRAY(column.type)))
    wanted = given.table_valued(
        sa.column("value", column.type), with_ordinality="position", name="wanted"
    ).render_derived()
    same = (
        sa.func.lower(column) == sa.func.lower(wanted.c.value)
        if is_text(column)
        else column == wanted.c.value
    )
    statement = (
        sa.select(
            wanted.c.position, sa.func.array_agg(pg.aggregate_order_by(table.table.c.id, table.table.c.id))
        )
        .select_from(wanted)
        .join(table.table, same)
        .where(live_clause(table), *within)
        .group_by(wanted.c.position)
    )
    rows = unit.connection.execute(statement, {"values": list(values)})
    return {values[position - 1]: record_ids for position, record_ids in rows}


def greatest_id(unit: UnitOfWork, table: RecordTable) -> int:
    """The id of the newest record; 0 when there has been none."""
    return unit.connection.execute(sa.select(sa.func.max(table.table.c.id))).scalar_one() or 0


def referring_ids(
    unit: UnitOfWork, table: RecordTable, field: str, record_ids: Sequence[int], limit: int | None = None
) -> list[int]:
    """Records in use whose relation `field` points at one of `record_ids`, by id."""
    points: sa.ColumnElement[bool]
    if field in table.links:
        joint = table.links[field]
        linked = sa.select(joint.c.from_id).where(joint.c.to_id == sa.any_(_ids("ids")))
        points = table.table.c.id.in_(linked)
    else:
        points = table.columns[field][0] == sa.any_(_ids("ids"))
    statement = (
        sa.select(table.table.c.id).where(points, live_clause(table)).order_by(table.table.c.id).limit(limit)
    )
    return list(unit.connection.execute(statement, {"ids": list(record_ids)}).scalars())


def deleted_along(
    unit: UnitOfWork, table: RecordTable, field: str, target: RecordTable, record_id: int
) -> list[int]:
    """Records in the recycle bin that point at one which is there since the same moment, by id."""
    deleted = target.aliased().table
    pointing = (
        table.table.c.id.in_(
            sa.select(table.links[field].c.from_id).where(table.links[field].c.to_id == record_id)
        )
        if field in table.links
        else table.columns[field][0] == record_id
    )
    moment = sa.select(deleted.c.deleted_at).where(deleted.c.id == record_id).scalar_subquery()
    statement = (
        sa.select(table.table.c.id)
        .where(pointing, table.table.c.deleted_at == moment)
        .order_by(table.table.c.id)
    )
    return list(unit.connection.execute(statement).scalars())


def _of_every_record(values: Values, actor: int | None, at: datetime) -> tuple[Any, ...]:
    """The columns in `_OF_EVERY_RECORD` of a new record."""
    created_at = values.get("created_at") or at
    created_by = values.get("created_by") or actor
    return (
        1,
        values["title"] or "",
        values.get("owner") or actor,
        created_at,
        created_by,
        values.get("updated_at") or created_at,
        values.get("updated_by") or created_by,
    )


def _marks(
    table: RecordTable,
    *,
    deleted_at: datetime | None,
    deleted_by: int | None,
    actor: int | None,
    at: datetime,
) -> dict[str, Any]:
    """What becomes of a record that goes into the recycle bin or comes out of it."""
    return {
        "deleted_at": deleted_at,
        "deleted_by": deleted_by,
        "updated_at": at,
        "updated_by": actor,
        "revision": table.table.c.revision + 1,
    }


def _stale_or_gone(unit: UnitOfWork, table: RecordTable, record_id: int) -> int:
    statement = sa.select(sa.literal(1)).where(table.has_id(), live_clause(table))
    if unit.connection.execute(statement, {"ids": [record_id]}).scalar_one_or_none() is None:
        raise NotFound(kind=RECORD)
    raise StaleRevision


def _titled(table: RecordTable) -> tuple[sa.ColumnElement[Any], ...]:
    return (table.table.c.id, table.table.c.title)


def _ids(name: str) -> sa.BindParameter[Sequence[int]]:
    return sa.bindparam(name, type_=pg.ARRAY(sa.BigInteger))
