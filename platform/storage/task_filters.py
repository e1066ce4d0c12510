"""Filters of the task centre that people keep under a name."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, cast

import sqlalchemy as sa

from joinery.storage.unit_of_work import UnitOfWork
from joinery.storage.workflow_tables import task_filter
from joinery.storage.workflow_tasks import Box


@dataclass(frozen=True, slots=True, kw_only=True)
class TaskFilter:
    """What somebody narrows a box to; `query` as lists of tasks take it. A box opens with its `first` one."""

    id: int = 0
    box: Box
    label: str
    query: Mapping[str, Any]
    first: bool


def filters_of(unit: UnitOfWork, user_id: int, *, lock: bool = False) -> Sequence[TaskFilter]:
    """Somebody's filters, the oldest first."""
    here = task_filter.c
    statement = sa.select(task_filter).where(here.user_id == user_id).order_by(here.id)
    if lock:
        statement = statement.with_for_update()
    return [
        TaskFilter(id=row.id, box=cast(Box, row.box), label=row.label, query=row.query, first=row.first)
        for row in unit.connection.execute(statement)
    ]


def add(unit: UnitOfWork, user_id: int, one: TaskFilter) -> int:
    """Keep a filter; its id."""
    statement = task_filter.insert().values(user_id=user_id, **_columns(one)).returning(task_filter.c.id)
    found: int = unit.connection.execute(statement).scalar_one()
    return found


def change(unit: UnitOfWork, one: TaskFilter) -> None:
    """Store a filter anew."""
    unit.connection.execute(task_filter.update().where(task_filter.c.id == one.id).values(**_columns(one)))


def make_room(unit: UnitOfWork, user_id: int, box: Box) -> None:
    """Let a box open with all that is in it."""
    here = task_filter.c
    unit.connection.execute(
        task_filter.update().where(here.user_id == user_id, here.box == box, here.first).values(first=False)
    )


def drop(unit: UnitOfWork, user_id: int, filter_id: int) -> bool:
    """Forget a filter; False when it is not his."""
    here = task_filter.c
    statement = task_filter.delete().where(here.user_id == user_id, here.id == filter_id)
    return unit.connection.execute(statement).rowcount > 0


def _columns(one: TaskFilter) -> dict[str, Any]:
    return {"box": one.box, "label": one.label, "query": dict(one.query), "first": one.first}
