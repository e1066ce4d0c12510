"""Moments in SQL, as the clock on the wall of the workspace shows them."""

from typing import Any

import sqlalchemy as sa
from sqlalchemy import ColumnElement

from joinery.formulas.core import SqlCall


def local_sql(call: SqlCall, index: int = 0) -> ColumnElement[Any]:
    """A date as it is, a datetime as the clock on the wall shows it (timestamp without time zone)."""
    if call.kind(index) == "date":
        return call[index]
    return sa.type_coerce(sa.func.timezone(call.context.time_zone, call[index]), sa.DateTime())


def utc_sql(call: SqlCall, wall: ColumnElement[Any]) -> ColumnElement[Any]:
    """What the clock on the wall shows, as a moment."""
    stamp = sa.cast(wall, sa.DateTime())
    return sa.type_coerce(sa.func.timezone(call.context.time_zone, stamp), sa.DateTime(timezone=True))
