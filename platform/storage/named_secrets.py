"""Secrets by name, as they are sealed; nothing here can read them."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql as pg

from joinery.storage.unit_of_work import UnitOfWork
from joinery.storage.workflow_tables import secret

_here = secret.c


@dataclass(frozen=True, slots=True, kw_only=True)
class StoredSecret:
    """A secret as others may know it: its name, the hosts it may go to, and who gave it its value."""

    name: str
    hosts: Sequence[str]
    changed_at: datetime
    changed_by: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class SealedSecret:
    """The value of a secret, sealed, and the hosts it may go to."""

    value: str
    hosts: Sequence[str]


def all_of(unit: UnitOfWork) -> list[StoredSecret]:
    """The secrets of the workspace by name."""
    statement = sa.select(_here.name, _here.hosts, _here.changed_at, _here.changed_by).order_by(_here.name)
    return [StoredSecret(**row) for row in unit.connection.execute(statement).mappings()]


def sealed(unit: UnitOfWork, names: Collection[str]) -> dict[str, SealedSecret]:
    """These secrets as they are sealed, as far as there are any, by name."""
    columns = (_here.name, _here.sealed, _here.hosts)
    rows = unit.connection.execute(sa.select(*columns).where(_here.name.in_(sorted(names))))
    return {row.name: SealedSecret(value=row.sealed, hosts=row.hosts) for row in rows}


def put(unit: UnitOfWork, name: str, kept: SealedSecret, *, at: datetime, by: int | None) -> bool:
    """Keep a secret; whether there was none of this name before."""
    known = bool(sealed(unit, [name]))
    values = {"sealed": kept.value, "hosts": list(kept.hosts), "changed_at": at, "changed_by": by}
    made = pg.insert(secret).values(name=name, **values)
    unit.connection.execute(made.on_conflict_do_update(index_elements=["name"], set_=values))
    return not known


def drop(unit: UnitOfWork, name: str) -> bool:
    """Forget a secret; False where there is none."""
    return unit.connection.execute(secret.delete().where(_here.name == name)).rowcount > 0


def count(unit: UnitOfWork) -> int:
    """How many there are."""
    found: int = unit.connection.execute(sa.select(sa.func.count()).select_from(secret)).scalar_one()
    return found
