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
class AuditScope:
    """What somebody may read of the log: entries about these apps (None: about any), entries of some kinds
    whose subject has one of these ids, and entries of some kinds that one of these people made."""

    apps: Sequence[str] | None
    subjects: Mapping[tuple[str, ...], Sequence[int]]
    actors: Mapping[tuple[str, ...], Sequence[int]]


@dataclass(frozen=True, slots=True, kw_only=True)
class AuditFilter:
    """Which entries are wanted; what is None or empty limits nothing. `before` is the id of an entry."""

    kinds: Sequence[str] = ()
    actor: int | None = None
    text: str | None = None
    since: datetime | None = None
    until: datetime | None = None
    before: int | None = None
    within: AuditScope | None = None


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
    if wanted.within is not None:
        conditions.append(_is_within(wanted.within))
    statement = sa.select(table).where(*conditions).order_by(table.c.id.desc()).limit(limit)
    return [AuditEntry(**row) for row in unit.connection.execute(statement).mappings()]


def _is_within(scope: AuditScope) -> sa.ColumnElement[bool]:
    table = audit_entry
    app = table.c.data["app"].astext
    subject = sa.func.coalesce(table.c.data["after"]["id"].astext, table.c.data["before"]["id"].astext)
    parts = [app.isnot(None) if scope.apps is None else app.in_(scope.apps)]
    for kinds, ids in scope.subjects.items():
        parts.append(sa.and_(table.c.kind.in_(kinds), subject.in_([str(one) for one in ids])))
    for kinds, ids in scope.actors.items():
        parts.append(sa.and_(table.c.kind.in_(kinds), table.c.actor.in_(ids)))
    return sa.or_(*parts)
