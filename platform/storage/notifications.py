"""What people are told within the product."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import sqlalchemy as sa

from joinery.kernel import to_json
from joinery.storage.unit_of_work import UnitOfWork
from joinery.storage.workflow_tables import notification


@dataclass(frozen=True, slots=True, kw_only=True)
class StoredNotification:
    """Somebody is told something; `data` is JSON."""

    id: int
    user_id: int
    kind: str
    at: datetime
    instance_id: int | None
    task_id: int | None
    data: Mapping[str, Any]
    read_at: datetime | None


def add_many(unit: UnitOfWork, told: Sequence[Mapping[str, Any]]) -> list[int]:
    """Tell people, each entry with the attributes of a new StoredNotification; the ids in the same order."""
    rows = [{**one, "data": to_json(dict(one["data"]))} for one in told]
    statement = notification.insert().returning(notification.c.id, sort_by_parameter_order=True)
    return list(unit.connection.execute(statement, rows).scalars()) if rows else []


def get(unit: UnitOfWork, notification_id: int) -> StoredNotification | None:
    """One notification."""
    statement = sa.select(notification).where(notification.c.id == notification_id)
    row = unit.connection.execute(statement).mappings().one_or_none()
    return None if row is None else StoredNotification(**row)


def of_user(
    unit: UnitOfWork, user_id: int, *, unread: bool, before: int | None, limit: int
) -> Sequence[StoredNotification]:
    """What somebody was told, the newest first."""
    here = notification.c
    statement = sa.select(notification).where(here.user_id == user_id).order_by(here.id.desc()).limit(limit)
    if unread:
        statement = statement.where(here.read_at.is_(None))
    if before is not None:
        statement = statement.where(here.id < before)
    return [StoredNotification(**row) for row in unit.connection.execute(statement).mappings()]


def count_unread(unit: UnitOfWork, user_id: int) -> int:
    """How much somebody was told that he has not seen."""
    here = notification.c
    statement = sa.select(sa.func.count()).where(here.user_id == user_id, here.read_at.is_(None))
    found: int = unit.connection.execute(statement).scalar_one()
    return found


def mark_read(unit: UnitOfWork, user_id: int, ids: Collection[int] | None, at: datetime) -> None:
    """Note that somebody saw these; all of them when None."""
    here = notification.c
    statement = notification.update().where(here.user_id == user_id, here.read_at.is_(None))
    if ids is not None:
        statement = statement.where(here.id.in_(ids))
    unit.connection.execute(statement.values(read_at=at))
