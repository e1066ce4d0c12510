"""The working calendar of a workspace, read again only after a change."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql as pg

from joinery.formulas import WorkingCalendar
from joinery.storage.unit_of_work import UnitOfWork
from joinery.storage.workspace_tables import calendar_day, working_week


@dataclass(frozen=True, slots=True, kw_only=True)
class CalendarDay:
    """A day that is worked, or free, against the week."""

    day: date
    working: bool
    name: str


def load(unit: UnitOfWork) -> WorkingCalendar:
    """The working days of the unit's workspace; they share the stamp of the directory."""
    workspace = unit.workspace
    key = ("calendar", workspace.schema_name, workspace.directory_stamp)
    return unit.memory.get(key, lambda: _read(unit))


def read_week(unit: UnitOfWork) -> tuple[int, ...]:
    """The days of the week that are worked, Monday being 1."""
    return tuple(unit.connection.execute(sa.select(working_week.c.weekdays)).scalar_one())


def read_days(unit: UnitOfWork) -> Sequence[CalendarDay]:
    """All days that differ from the week, in their order."""
    rows = unit.connection.execute(sa.select(calendar_day).order_by(calendar_day.c.day)).mappings()
    return [CalendarDay(**row) for row in rows]


def save_week(unit: UnitOfWork, weekdays: Iterable[int]) -> None:
    """The days of the week that are worked from now on."""
    unit.connection.execute(working_week.update().values(weekdays=sorted(weekdays)))


def save_days(unit: UnitOfWork, days: Sequence[CalendarDay]) -> None:
    """Days that differ from the week, new or instead of what was there."""
    if not days:
        return
    statement = pg.insert(calendar_day)
    statement = statement.on_conflict_do_update(
        index_elements=[calendar_day.c.day],
        set_={"working": statement.excluded.working, "name": statement.excluded.name},
    )
    unit.connection.execute(
        statement, [{"day": one.day, "working": one.working, "name": one.name} for one in days]
    )


def remove_days(unit: UnitOfWork, days: Iterable[date]) -> None:
    """Let days be as the week says."""
    unit.connection.execute(calendar_day.delete().where(calendar_day.c.day.in_(list(days))))


def _read(unit: UnitOfWork) -> WorkingCalendar:
    days = read_days(unit)
    return WorkingCalendar(
        weekend=frozenset(range(7)) - {day - 1 for day in read_week(unit)},
        holidays=frozenset(one.day for one in days if not one.working),
        working=frozenset(one.day for one in days if one.working),
    )
