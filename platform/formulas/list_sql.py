"""Lists in SQL: one value made of the items of an array, blanks skipped."""

from collections.abc import Callable
from functools import reduce
from operator import add
from typing import Any

import sqlalchemy as sa
from sqlalchemy import ColumnElement

from joinery.formulas.core import SqlCall
from joinery.formulas.sql_values import sql_type


def folded(
    call: SqlCall, index: int, function: Callable[[ColumnElement[Any]], ColumnElement[Any]]
) -> ColumnElement[Any]:
    """An aggregate function over the items of a list operand, in a subselect of its own."""
    of = call.node.operands[index].type
    items = (
        sa.func.unnest(call[index])
        .table_valued(sa.column("item", sql_type(of.item or of)), name="items")
        .render_derived()
    )
    selected = sa.select(function(items.c["item"])).select_from(items)
    return selected.correlate_except(items).scalar_subquery()


def is_list(call: SqlCall, index: int) -> bool:
    """Whether an operand is a list."""
    return call.kind(index) == "list"


def over_all(call: SqlCall, each: Callable[[SqlCall, int], ColumnElement[Any]]) -> ColumnElement[Any]:
    """The sum over all operands of what `each` makes of one."""
    return reduce(add, (each(call, index) for index in range(len(call))))


def total(call: SqlCall, index: int) -> ColumnElement[Any]:
    """The sum of the items, 0 when there is none."""
    zero = sa.literal(0, sa.Numeric())
    if not is_list(call, index):
        return sa.func.coalesce(call[index], zero)
    return folded(call, index, lambda item: sa.func.coalesce(sa.func.sum(item), zero))


def filled_count(call: SqlCall, index: int) -> ColumnElement[Any]:
    """How many items are not blank."""
    if not is_list(call, index):
        return sa.cast(sa.func.num_nonnulls(call[index]), sa.Numeric)
    return sa.cast(folded(call, index, sa.func.count), sa.Numeric)


def extreme(call: SqlCall, index: int, name: str) -> ColumnElement[Any]:
    """The greatest ("greatest") or least ("least") item; NULL when there is none."""
    if not is_list(call, index):
        return call[index]
    return folded(call, index, sa.func.max if name == "greatest" else sa.func.min)
