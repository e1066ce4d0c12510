"""Which records became others, and what undoing that puts back."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql as pg

from joinery.storage.unit_of_work import UnitOfWork
from joinery.storage.workspace_tables import conversion


@dataclass(frozen=True, slots=True, kw_only=True)
class StoredConversion:
    """A conversion that holds.

    `targets` lists {key, form, id, created}; `changes` has the old and the new value by field of the record,
    `moved` lists {form, id, changes} of records that moved along. All of it is JSON.
    """

    id: int
    record_id: int
    key: str
    at: datetime
    by: int | None
    targets: Sequence[Mapping[str, Any]]
    changes: Mapping[str, Any]
    moved: Sequence[Mapping[str, Any]]


_COLUMNS = tuple(conversion.c[name] for name in StoredConversion.__dataclass_fields__)


def add(
    unit: UnitOfWork,
    app: str,
    form: str,
    record_id: int,
    key: str,
    *,
    at: datetime,
    by: int | None,
    targets: Sequence[Mapping[str, Any]],
    changes: Mapping[str, Any],
    moved: Sequence[Mapping[str, Any]],
) -> int:
    """Note a conversion; its id. A record is converted by the same key only once until that is undone."""
    statement = (
        conversion.insert()
        .values(
            app=app,
            form=form,
            record_id=record_id,
            key=key,
            at=at,
            by=by,
            targets=list(targets),
            changes=dict(changes),
            moved=list(moved),
        )
        .returning(conversion.c.id)
    )
    conversion_id: int = unit.connection.execute(statement).scalar_one()
    return conversion_id


def of_record(unit: UnitOfWork, app: str, form: str, record_id: int) -> list[StoredConversion]:
    """The conversions of a record that hold, oldest first."""
    statement = (
        sa.select(*_COLUMNS)
        .where(
            conversion.c.app == app,
            conversion.c.form == form,
            conversion.c.record_id == record_id,
            conversion.c.undone_at.is_(None),
        )
        .order_by(conversion.c.id)
    )
    return [StoredConversion(**row) for row in unit.connection.execute(statement).mappings()]


def that_made(unit: UnitOfWork, app: str, form: str, record_id: int) -> list[tuple[str, StoredConversion]]:
    """The conversions that hold and have a record among their targets, each with the form it began with."""
    target = sa.bindparam("target", [{"form": form, "id": record_id}], type_=pg.JSONB)
    statement = (
        sa.select(conversion.c.form, *_COLUMNS)
        .where(
            conversion.c.app == app,
            conversion.c.targets.contains(target),
            conversion.c.undone_at.is_(None),
        )
        .order_by(conversion.c.id)
    )
    found = (dict(row) for row in unit.connection.execute(statement).mappings())
    return [(row.pop("form"), StoredConversion(**row)) for row in found]


def mark_undone(unit: UnitOfWork, conversion_id: int, *, at: datetime, by: int | None) -> None:
    """Note that a conversion holds no longer."""
    unit.connection.execute(
        conversion.update().where(conversion.c.id == conversion_id).values(undone_at=at, undone_by=by)
    )
