"""What happened, for whoever wants to follow: automations, live updates, webhooks."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any

from joinery.storage.bulk_insert import copy_entries, insert_same
from joinery.storage.unit_of_work import UnitOfWork
from joinery.storage.workspace_tables import event


@dataclass(frozen=True, slots=True, kw_only=True)
class StoredEvent:
    """Something that happened at `at`; `data` is JSON."""

    at: datetime
    kind: str
    app: str | None = None
    form: str | None = None
    record_id: int | None = None
    actor: int | None = None
    data: Mapping[str, Any] = field(default_factory=dict)
    #: Given by the database.
    id: int = 0


_NEW = tuple(name for name in StoredEvent.__dataclass_fields__ if name != "id")


def add_many(unit: UnitOfWork, events: Sequence[StoredEvent]) -> None:
    """Note events in the order given."""
    if len(events) == 1:
        unit.connection.execute(event.insert(), {name: getattr(events[0], name) for name in _NEW})
    elif events:
        copy_entries(unit, event, _NEW, events)


def add_same(unit: UnitOfWork, one: StoredEvent, record_ids: Sequence[int]) -> None:
    """Note an event for each of these records, all like `one`."""
    if len(record_ids) == 1:
        add(unit, replace(one, record_id=record_ids[0]))
    elif record_ids:
        values = {name: getattr(one, name) for name in _NEW if name != "record_id"}
        insert_same(unit, event, values, record_ids)


def add(unit: UnitOfWork, one: StoredEvent) -> None:
    """Note one event."""
    add_many(unit, [one])
