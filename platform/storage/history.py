"""What happened to each record: old and new values, by whom and when. Only ever appended."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql as pg

from joinery.kernel import InvalidInput, Issue
from joinery.storage.bulk_insert import copy_entries, insert_same
from joinery.storage.unit_of_work import UnitOfWork
from joinery.storage.workspace_tables import history


@dataclass(frozen=True, slots=True, kw_only=True)
class HistoryEntry:
    """`kind` is created, updated, deleted, restored or imported.

    `changes` holds [old, new] by field, as JSON;
    `source` says what was at work when it was not a person at the screen ("import", "api", ...).
    """

    app: str
    form: str
    record_id: int
    at: datetime
    actor: int | None
    kind: str
    changes: Mapping[str, Any]
    source: str | None = None
    #: The batch in which others were changed together with this record.
    batch: int | None = None
    #: Given by the database.
    id: int = 0


_NEW = tuple(name for name in HistoryEntry.__dataclass_fields__ if name != "id")


def add_many(unit: UnitOfWork, entries: Sequence[HistoryEntry]) -> None:
    """Append entries."""
    if len(entries) == 1:
        unit.connection.execute(history.insert(), {name: getattr(entries[0], name) for name in _NEW})
    elif entries:
        copy_entries(unit, history, _NEW, entries)


def add_same(unit: UnitOfWork, entry: HistoryEntry, record_ids: Sequence[int]) -> None:
    """Append an entry for each of these records, all like `entry`."""
    if len(record_ids) == 1:
        add_many(unit, [replace(entry, record_id=record_ids[0])])
    elif record_ids:
        values = {name: getattr(entry, name) for name in _NEW if name != "record_id"}
        insert_same(unit, history, values, record_ids)


def of_record(
    unit: UnitOfWork,
    app: str,
    form: str,
    record_id: int,
    *,
    cursor: str | None = None,
    limit: int = 50,
    line: tuple[str, int] | None = None,
) -> tuple[Sequence[HistoryEntry], str | None]:
    """One page of a record's entries, the newest first, and the cursor of the next page.

    `line` (a subform and an id) leaves those that tell of that line.

    Raises InvalidInput for a wrong cursor.
    """
    statement = (
        sa.select(*(history.c[name] for name in HistoryEntry.__dataclass_fields__))
        .where(history.c.app == app, history.c.form == form, history.c.record_id == record_id)
        .order_by(history.c.id.desc())
        .limit(limit + 1)
    )
    if line is not None:
        subform, line_id = line
        statement = statement.where(history.c.changes.contains({subform: {"lines": [{"id": line_id}]}}))
    if cursor is not None:
        statement = statement.where(history.c.id < _seen(cursor))
    entries = [HistoryEntry(**row) for row in unit.connection.execute(statement).mappings()]
    more = len(entries) > limit
    return entries[:limit], str(entries[limit - 1].id) if more else None


def latest_of(
    unit: UnitOfWork, app: str, forms: Collection[str], actor: int, *, within: int, limit: int
) -> list[tuple[str, int]]:
    """The records (form, id) of these forms that a person changed last, the latest first.

    Only the `within` newest entries of the workspace are looked at, so that it costs the same for everybody.
    """
    newest = sa.select(sa.func.max(history.c.id)).scalar_subquery()
    statement = (
        sa.select(history.c.form, history.c.record_id)
        .where(
            history.c.id > newest - within,
            history.c.app == app,
            history.c.actor == actor,
            history.c.form.in_(sorted(forms)),
        )
        .group_by(history.c.form, history.c.record_id)
        .order_by(sa.func.max(history.c.id).desc())
        .limit(limit)
    )
    return [(row.form, row.record_id) for row in unit.connection.execute(statement)]


def of_batch(
    unit: UnitOfWork, batch: int, *, after: int = 0, limit: int | None = None
) -> Sequence[HistoryEntry]:
    """What one batch did, in its order: from after the entry with an id on, at most `limit` entries."""
    statement = (
        sa.select(*(history.c[name] for name in HistoryEntry.__dataclass_fields__))
        .where(history.c.batch == batch, history.c.id > after)
        .order_by(history.c.id)
        .limit(limit)
    )
    return [HistoryEntry(**row) for row in unit.connection.execute(statement).mappings()]


def sketch_of_batches(
    unit: UnitOfWork, batches: Collection[int], *, within: int
) -> dict[int, tuple[set[str], set[str]]]:
    """The kinds of entries and the fields of batches, as `within` entries of each show them."""
    if not batches:
        return {}
    asked = sa.select(
        sa.func.unnest(sa.cast(sorted(batches), pg.ARRAY(sa.BigInteger))).label("batch")
    ).subquery("asked")
    entry = (
        sa.select(history.c.kind, history.c.changes)
        .where(history.c.batch == asked.c.batch)
        .limit(within)
        .lateral("entry")
    )
    field = sa.func.jsonb_object_keys(entry.c.changes).table_valued("key").render_derived("field")
    statement = (
        sa.select(asked.c.batch, entry.c.kind, field.c.key)
        .select_from(asked.join(entry, sa.true()).outerjoin(field, sa.true()))
        .distinct()
    )
    found: dict[int, tuple[set[str], set[str]]] = {}
    for batch, kind, key in unit.connection.execute(statement):
        kinds, fields = found.setdefault(batch, (set(), set()))
        kinds.add(kind)
        if key is not None:
            fields.add(key)
    return found


def before(
    unit: UnitOfWork,
    app: str,
    form: str,
    record_id: int,
    *,
    before: tuple[datetime, int] | None,
    limit: int,
) -> Sequence[HistoryEntry]:
    """A record's entries by their moment, the newest first, from a moment and an id on."""
    statement = (
        sa.select(*(history.c[name] for name in HistoryEntry.__dataclass_fields__))
        .where(history.c.app == app, history.c.form == form, history.c.record_id == record_id)
        .order_by(history.c.at.desc(), history.c.id.desc())
        .limit(limit)
    )
    if before is not None:
        place = sa.tuple_(*map(sa.literal, before))
        statement = statement.where(sa.tuple_(history.c.at, history.c.id) < place)
    return [HistoryEntry(**row) for row in unit.connection.execute(statement).mappings()]


def _seen(cursor: str) -> int:
    """The id of the last entry of the page before."""
    if not (cursor.isascii() and cursor.isdigit() and len(cursor) < 19):
        raise InvalidInput(issues=[Issue("/cursor", "wrong_cursor")])
    return int(cursor)
