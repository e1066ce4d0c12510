"""Starts of workflows by schedule: until when each was looked at, and the records that it is about."""

from collections.abc import Sequence
from datetime import date, datetime

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql as pg

from joinery.storage.conditions import live_clause
from joinery.storage.record_tables import RecordTable
from joinery.storage.unit_of_work import UnitOfWork
from joinery.storage.workflow_tables import workflow_schedule

_here = workflow_schedule.c

#: (app, workflow, place among its starts, the start as JSON)
Key = tuple[str, str, int, str]


def all_of(unit: UnitOfWork) -> dict[Key, datetime]:
    """Until when each start was looked at."""
    rows = unit.connection.execute(sa.select(workflow_schedule))
    return {(row.app, row.workflow, row.number, row.start): row.looked_at for row in rows}


def begin(unit: UnitOfWork, app: str, workflow: str, number: int, start: str, at: datetime) -> None:
    """Look at a start from this moment on; of two who do so at once the first one counts."""
    statement = pg.insert(workflow_schedule).values(
        app=app, workflow=workflow, number=number, start=start, looked_at=at
    )
    unit.connection.execute(
        statement.on_conflict_do_update(
            index_elements=["app", "workflow", "number"],
            set_={"start": start, "looked_at": at},
            where=_here.start != start,
        )
    )


def forget(unit: UnitOfWork, app: str, workflow: str, number: int) -> None:
    """Look no more at a start; once it is there again it comes round from then on."""
    unit.connection.execute(
        workflow_schedule.delete().where(_here.app == app, _here.workflow == workflow, _here.number == number)
    )


def claim(unit: UnitOfWork, app: str, workflow: str, number: int, since: datetime, moment: datetime) -> bool:
    """Whether this transaction is the one that looks at what came round between two moments."""
    statement = (
        workflow_schedule.update()
        .where(_here.app == app, _here.workflow == workflow, _here.number == number)
        .where(_here.looked_at == since)
        .values(looked_at=moment)
    )
    return unit.connection.execute(statement).rowcount == 1


def records_of(
    unit: UnitOfWork,
    table: RecordTable,
    days: tuple[str, Sequence[date]] | None,
    *,
    zone: str,
    after: int,
    limit: int,
) -> list[int]:
    """Ids of records in use above `after`, in order; with `days` those whose field is one of these days.

    A moment counts as its day in the `zone`.
    """
    column = table.table.c.id
    statement = sa.select(column).where(live_clause(table), column > after).order_by(column).limit(limit)
    if days is not None:
        field = table.table.c[days[0]]
        day = field if isinstance(field.type, sa.Date) else sa.cast(sa.func.timezone(zone, field), sa.Date)
        statement = statement.where(day.in_(days[1]))
    return list(unit.connection.execute(statement).scalars())
