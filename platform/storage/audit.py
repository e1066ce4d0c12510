"""The audit log: entries are added and read, never changed."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import sqlalchemy as sa

from joinery.storage.unit_of_work import UnitOfWork
from joinery.storage.workspace_tables import audit_entry


@dataclass(frozen=True, slots=True, kw_only=True)
class AuditEntry:
    """Who did what at `at`; `data` is JSON. `actor` is None for the system itself."""

    at: datetime
    kind: str
    actor: int | None
    actor_name: str
    address: str | None
    subject: str | None
    data: Mapping[str, Any]
    #: Given by the database.
    id: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class AuditFilter:
    """Which entries are wanted; what is None or empty limits nothing. `before` is the id of an entry."""

    kinds: Sequence[str] = ()
    actor: int | None = None
    text: str | None = None
    since: datetime | None = None
    until: datetime | None = None
    before: int | None = None


_NAMES = tuple(name for name in AuditEntry.__dataclass_fields__ if name != "id")


def add(unit: UnitOfWork, entry: AuditEntry) -> None:
    """Keep an entry."""
    unit.connection.execute(audit_entry.insert(), {name: getattr(entry, name) for name in _NAMES})


def find(unit: UnitOfWork, wanted: AuditFilter, limit: int) -> list[AuditEntry]:
    """The newest entries that match, the newest first."""
    table = audit_entry
    conditions: list[sa.ColumnElement[bool]] = []
    if wanted.kinds:
        conditions.append(table.c.kind.in_(wanted.kinds))
    if wanted.actor is not None:
        conditions.append(table.c.actor == wanted.actor)
    if wanted.since is not None:
        conditions.append(table.c.at >= wanted.since)
    if wanted.until is not None:
        conditions.append(table.c.at < wanted.until)
    if wanted.before is not None:
        conditions.append(table.c.id < wanted.before)
    if wanted.text:
        places = (table.c.subject, table.c.actor_name, table.c.address)
        conditions.append(sa.or_(*(place.icontains(wanted.text, autoescape=True) for place in places)))
    statement = sa.select(table).where(*conditions).order_by(table.c.id.desc()).limit(limit)
    return [AuditEntry(**row) for row in unit.connection.execute(statement).mappings()]
