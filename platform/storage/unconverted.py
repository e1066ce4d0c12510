"""Values that could not become the new type of their field: kept, and listed for people to look at."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql as pg

from joinery.storage.bulk_insert import copy_entries
from joinery.storage.unit_of_work import UnitOfWork
from joinery.storage.workspace_tables import unconverted


@dataclass(frozen=True, slots=True, kw_only=True)
class UnconvertedValue:
    """`value` is the old value as text; `version` is the version of the app that changed the type."""

    app: str
    form: str
    field: str
    record_id: int
    value: str
    version: int
    at: datetime
    #: Given by the database.
    id: int = 0


_NEW = tuple(name for name in UnconvertedValue.__dataclass_fields__ if name != "id")


def add_many(unit: UnitOfWork, found: Sequence[UnconvertedValue]) -> None:
    """Keep values."""
    if found:
        copy_entries(unit, unconverted, _NEW, found)


def list_values(
    unit: UnitOfWork,
    app: str,
    *,
    form: str | None = None,
    field: str | None = None,
    after: int = 0,
    limit: int = 1000,
) -> Sequence[UnconvertedValue]:
    """The values of an app that wait for somebody to look at them; `after` is the last id already seen."""
    columns = [unconverted.c[name] for name in UnconvertedValue.__dataclass_fields__]
    only = {"app": app, "form": form, "field": field}
    statement = (
        sa.select(*columns)
        .where(unconverted.c.id > after)
        .where(*(unconverted.c[name] == value for name, value in only.items() if value is not None))
        .order_by(unconverted.c.id)
        .limit(limit)
    )
    return [UnconvertedValue(**row) for row in unit.connection.execute(statement).mappings()]


def remove(unit: UnitOfWork, app: str, value_id: int) -> bool:
    """Take one value off the list; whether it was there."""
    columns = unconverted.c
    statement = unconverted.delete().where(columns.app == app, columns.id == value_id).returning(columns.id)
    return unit.connection.execute(statement).scalar_one_or_none() is not None


def forget(unit: UnitOfWork, app: str, form: str, field: str, record_ids: Sequence[int]) -> None:
    """Take the values of a field of some records off the list, before they are converted once more."""
    columns = unconverted.c
    ids = sa.bindparam("ids", list(record_ids), type_=pg.ARRAY(sa.BigInteger))
    unit.connection.execute(
        unconverted.delete().where(
            columns.app == app,
            columns.form == form,
            columns.field == field,
            columns.record_id == sa.any_(ids),
        )
    )
