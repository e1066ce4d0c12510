"""Lists: several choices, several people."""

from decimal import Decimal
from typing import Any

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import ARRAY, array

from joinery.formulas.core import SqlCall
from joinery.formulas.function import Items, Key, Number, Same, SameItems, Truth, function
from joinery.formulas.sql_values import all_of, sql_type


def _array_type(call: SqlCall) -> Any:
    column = call[0].type
    return column if isinstance(column, ARRAY | sa.ARRAY) else sql_type(call.node.operands[0].type)


def _filled(call: SqlCall, condition: Any) -> Any:
    filled = all_of(*(sa.not_(one.blank) for one in call.operands if one.blank is not None))
    return condition if filled is None else sa.and_(condition, filled)


def _sql_has(call: SqlCall) -> Any:
    return _filled(call, call[0].op("@>", is_comparison=True)(sa.cast(array([call[1]]), _array_type(call))))


@function("list", sql=_sql_has)
def HAS(items: Items, item: Key) -> Truth:
    """Whether the list has the item.

    >>> HAS(LIST("a", "b"), "b")
    TRUE
    """
    return items is not None and item is not None and item in items


def _sql_meet(operator: str) -> Any:
    def form(call: SqlCall) -> Any:
        kind = _array_type(call)
        return _filled(call, call[0].op(operator, is_comparison=True)(sa.cast(call[1], kind)))

    return form


@function("list", sql=_sql_meet("&&"))
def HASANY(items: Items, others: Items) -> Truth:
    """Whether the list has at least one of the other items.

    >>> HASANY(LIST("a", "b"), LIST("b", "c"))
    TRUE
    """
    return items is not None and others is not None and not set(items).isdisjoint(others)


@function("list", sql=_sql_meet("@>"))
def HASALL(items: Items, others: Items) -> Truth:
    """Whether the list has all of the other items.

    >>> HASALL(LIST("a", "b"), LIST("b", "c"))
    FALSE
    """
    return items is not None and others is not None and set(items).issuperset(others)


@function(
    "list",
    sql=lambda call: sa.cast(
        sa.func.coalesce(sa.func.cardinality(sa.cast(call[0], _array_type(call))), 0), sa.Numeric
    ),
)
def LENGTH(items: Items) -> Number:
    """How many items the list has.

    >>> LENGTH(LIST("a", "b"))
    2
    """
    return Decimal(len(items or ()))


@function("list", blank="maybe")
def LIST(*items: Same) -> SameItems:
    """A list of values; blanks are left out.

    >>> LENGTH(LIST(1, 2, ""))
    2
    """
    return tuple(item for item in items if item is not None) or None
