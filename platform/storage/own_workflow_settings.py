"""What somebody keeps for his tasks: who decides for him while he is away, and sentences he often writes."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql as pg

from joinery.storage.unit_of_work import UnitOfWork
from joinery.storage.workflow_tables import delegation, notification_setting, phrase


@dataclass(frozen=True, slots=True, kw_only=True)
class Delegation:
    """`to_user_id` decides for `user_id` from the first day to the last; None is without end.

    It is about one `app` and some of its `forms`; None stands for all.
    """

    id: int = 0
    user_id: int
    to_user_id: int
    app: str | None
    forms: tuple[str, ...] | None
    from_day: date
    until_day: date | None

    def holds(self, day: date, app: str, form: str) -> bool:
        """Whether it holds on a day for a form."""
        begun = self.from_day <= day and (self.until_day is None or day <= self.until_day)
        return begun and self.app in (None, app) and (self.forms is None or form in self.forms)

    def overlaps(self, other: "Delegation") -> bool:
        """Whether there is a day on which both hold."""
        mine, theirs = self.until_day or date.max, other.until_day or date.max
        return self.from_day <= theirs and other.from_day <= mine


def delegations(
    unit: UnitOfWork, *, of: int | None = None, to: int | None = None, on: date | None = None
) -> list[Delegation]:
    """Those that somebody gave, that others gave him, or that hold on a day, in the order of their ids."""
    statement = sa.select(delegation).order_by(delegation.c.id)
    if of is not None:
        statement = statement.where(delegation.c.user_id == of)
    if to is not None:
        statement = statement.where(delegation.c.to_user_id == to)
    if on is not None:
        until = sa.func.coalesce(delegation.c.until_day, on)
        statement = statement.where(delegation.c.from_day <= on, until >= on)
    rows = unit.connection.execute(statement).mappings()
    return [
        Delegation(**{**row, "forms": None if row["forms"] is None else tuple(row["forms"])}) for row in rows
    ]


def add_delegation(unit: UnitOfWork, one: Delegation) -> int:
    """Store a delegation; its id."""
    values = {
        "user_id": one.user_id,
        "to_user_id": one.to_user_id,
        "app": one.app,
        "forms": None if one.forms is None else list(one.forms),
        "from_day": one.from_day,
        "until_day": one.until_day,
    }
    statement = delegation.insert().values(values).returning(delegation.c.id)
    found: int = unit.connection.execute(statement).scalar_one()
    return found


def change_deputy(unit: UnitOfWork, delegation_id: int, to_user_id: int) -> None:
    """Let somebody else decide instead."""
    here = delegation.c
    unit.connection.execute(delegation.update().where(here.id == delegation_id).values(to_user_id=to_user_id))


def drop_delegation(unit: UnitOfWork, user_id: int, delegation_id: int) -> bool:
    """End a delegation that somebody gave; False when it is not his."""
    here = delegation.c
    statement = delegation.delete().where(here.user_id == user_id, here.id == delegation_id)
    return unit.connection.execute(statement).rowcount > 0


def mails_of(unit: UnitOfWork, user_ids: Iterable[int]) -> dict[tuple[int, str], bool]:
    """What people chose about mails, by person and kind of notification."""
    here = notification_setting.c
    statement = sa.select(notification_setting).where(here.user_id.in_(sorted(set(user_ids))))
    return {(row.user_id, row.kind): row.mail for row in unit.connection.execute(statement)}


def set_mails(unit: UnitOfWork, user_id: int, chosen: Mapping[str, bool]) -> None:
    """What somebody chooses about mails, by kind of notification."""
    for kind, mail in chosen.items():
        made = pg.insert(notification_setting).values(user_id=user_id, kind=kind, mail=mail)
        unit.connection.execute(
            made.on_conflict_do_update(index_elements=["user_id", "kind"], set_={"mail": mail})
        )


def phrases_of(unit: UnitOfWork, user_id: int) -> list[tuple[int, str]]:
    """Somebody's phrases, each as (id, text), the oldest first."""
    statement = sa.select(phrase.c.id, phrase.c.text).where(phrase.c.user_id == user_id).order_by(phrase.c.id)
    return [(row.id, row.text) for row in unit.connection.execute(statement)]


def add_phrase(unit: UnitOfWork, user_id: int, text: str) -> int:
    """Keep a phrase; its id."""
    statement = phrase.insert().values(user_id=user_id, text=text).returning(phrase.c.id)
    found: int = unit.connection.execute(statement).scalar_one()
    return found


def drop_phrase(unit: UnitOfWork, user_id: int, phrase_id: int) -> bool:
    """Forget a phrase; False when it is not his."""
    statement = phrase.delete().where(phrase.c.user_id == user_id, phrase.c.id == phrase_id)
    return unit.connection.execute(statement).rowcount > 0
