"""What was done to many records in one go."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa

from joinery.storage.unit_of_work import UnitOfWork
from joinery.storage.workspace_tables import record_batch


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordBatch:
    """`count` records of a form were changed or deleted together; `undoes` is what this one took back."""

    id: int
    app: str
    form: str
    at: datetime
    actor: int | None
    count: int
    undoes: int | None
    undone_at: datetime | None


_COLUMNS = tuple(record_batch.c[name] for name in RecordBatch.__dataclass_fields__)


def begin(
    unit: UnitOfWork, app: str, form: str, *, at: datetime, actor: int | None, undoes: int | None = None
) -> int:
    """A new batch, of which nothing is done yet; its id."""
    values = {"app": app, "form": form, "at": at, "actor": actor, "count": 0, "undoes": undoes}
    statement = record_batch.insert().values(values).returning(record_batch.c.id)
    return int(unit.connection.execute(statement).scalar_one())


def end(unit: UnitOfWork, batch: int, count: int) -> int | None:
    """Keep of how many records a batch was; None, and no trace of it, when it did nothing."""
    if count == 0:
        unit.connection.execute(record_batch.delete().where(record_batch.c.id == batch))
        return None
    return save_count(unit, batch, count)


def save_count(unit: UnitOfWork, batch: int, count: int) -> int | None:
    """Keep of how many records a batch is so far; its id, None as long as it did nothing."""
    unit.connection.execute(record_batch.update().where(record_batch.c.id == batch).values(count=count))
    return batch if count else None


def mark_undone(unit: UnitOfWork, batch: int, at: datetime) -> None:
    """Note that a batch was taken back."""
    unit.connection.execute(record_batch.update().where(record_batch.c.id == batch).values(undone_at=at))


def get(unit: UnitOfWork, app: str, form: str, batch: int, *, lock: bool = False) -> RecordBatch | None:
    """One batch of a form."""
    statement = sa.select(*_COLUMNS).where(
        record_batch.c.id == batch, record_batch.c.app == app, record_batch.c.form == form
    )
    if lock:
        statement = statement.with_for_update()
    row = unit.connection.execute(statement).mappings().one_or_none()
    return None if row is None else RecordBatch(**row)


def latest(
    unit: UnitOfWork, app: str, form: str, actor: int | None, *, everybodys: bool, limit: int
) -> Sequence[RecordBatch]:
    """The latest batches of a form, the newest first: somebody's own, or all."""
    statement = sa.select(*_COLUMNS).where(record_batch.c.app == app, record_batch.c.form == form)
    if not everybodys:
        statement = statement.where(record_batch.c.actor == actor)
    statement = statement.order_by(record_batch.c.id.desc()).limit(limit)
    return [RecordBatch(**row) for row in unit.connection.execute(statement).mappings()]


def by_id(unit: UnitOfWork, batches: Collection[int]) -> Mapping[int, RecordBatch]:
    """Batches by their ids."""
    if not batches:
        return {}
    statement = sa.select(*_COLUMNS).where(record_batch.c.id.in_(batches))
    return {row["id"]: RecordBatch(**row) for row in unit.connection.execute(statement).mappings()}
