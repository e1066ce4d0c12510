"""Small pieces that SQL forms are made of: binding values, joining conditions, guarding."""

from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import Any

import sqlalchemy as sa
from sqlalchemy import ColumnElement
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.types import TypeEngine

from joinery.formulas.core import UNKNOWN, SqlCall
from joinery.formulas.types import Type

SQL_TYPES: dict[str, TypeEngine[Any]] = {
    "text": sa.Text(),
    "choice": sa.Text(),
    "number": sa.Numeric(),
    "money": sa.Numeric(),
    "percent": sa.Numeric(),
    "boolean": sa.Boolean(),
    "date": sa.Date(),
    "datetime": sa.DateTime(timezone=True),
    "time": sa.Time(),
    "duration": sa.Interval(),
    "user": sa.BigInteger(),
    "department": sa.BigInteger(),
    "organisation": sa.BigInteger(),
    "record": sa.BigInteger(),
}


def sql_type(of: Type) -> TypeEngine[Any]:
    """The database type that holds values of a type."""
    if of.kind == "list" and of.item is not None:
        return ARRAY(sql_type(of.item))
    return SQL_TYPES.get(of.kind, sa.Text())


def bind(value: Any, of: Type) -> ColumnElement[Any]:
    """A value as a bound parameter of the type's database type; blank is a typed NULL."""
    if value is None:
        return sa.cast(sa.null(), sql_type(of))
    if isinstance(value, tuple):
        value = list(value)
    return sa.literal(value, sql_type(of))


def bind_plain(value: Decimal | int | str | bool | date | datetime | time | timedelta) -> ColumnElement[Any]:
    """A value of ours (not of the author's) as a bound parameter."""
    return sa.literal(value)


def any_of(*conditions: ColumnElement[bool] | None) -> ColumnElement[bool] | None:
    """OR over those that exist; None when none does."""
    present = [condition for condition in conditions if condition is not None]
    if len(present) < 2:
        return present[0] if present else None
    return sa.or_(*present)


def all_of(*conditions: ColumnElement[bool] | None) -> ColumnElement[bool] | None:
    """AND over those that exist; None (always) when none does."""
    present = [condition for condition in conditions if condition is not None]
    if len(present) < 2:
        return present[0] if present else None
    return sa.and_(*present)


def unless(condition: ColumnElement[bool] | None, value: ColumnElement[Any]) -> ColumnElement[Any]:
    """`value`, or NULL where the condition holds."""
    return value if condition is None else sa.case((condition, sa.null()), else_=value)


def present(value: ColumnElement[Any], blank: ColumnElement[bool] | None) -> ColumnElement[Any]:
    """The condition `value` is true and not NULL because its operands are not blank."""
    return value if blank is None else sa.and_(value, sa.not_(blank))


def count(call: SqlCall, index: int, default: int, limit: int) -> int | ColumnElement[Any]:
    """A number operand cut off behind the point and held within the limit; an int when known beforehand."""
    if index >= len(call):
        return default
    known = call.known(index)
    if known is not UNKNOWN and known is not None:
        return max(-limit, min(limit, int(known)))
    bounded = sa.func.least(sa.func.greatest(sa.func.trunc(call[index]), -limit), limit)
    return sa.cast(bounded, sa.Integer if limit < 2**31 else sa.BigInteger)


def integer(call: SqlCall, index: int, default: int = 0, limit: int = 1_000_000) -> ColumnElement[Any]:
    """The same, always as an expression."""
    value = count(call, index, default, limit)
    return sa.literal(value, sa.Integer()) if isinstance(value, int) else value
