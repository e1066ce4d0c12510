"""Lists: several choices, several people."""

from decimal import Decimal
from typing import Any

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import ARRAY, array
from sqlalchemy.sql.elements import Grouping

from joinery.formulas.core import UNKNOWN, SqlCall, SqlValue
from joinery.formulas.function import Items, Key, Number, Same, SameItems, Truth, alias, function
from joinery.formulas.functions.values import each
from joinery.formulas.numbers import whole
from joinery.formulas.people_sql import among
from joinery.formulas.problem import BROKEN_REFERENCE, Failure
from joinery.formulas.sql_values import all_of, integer, sql_type


def _array_type(call: SqlCall) -> Any:
    column = call[0].type
    return column if isinstance(column, ARRAY | sa.ARRAY) else sql_type(call.node.operands[0].type)


def _filled(call: SqlCall, condition: Any) -> Any:
    filled = all_of(*(sa.not_(one.blank) for one in call.operands if one.blank is not None))
    return condition if filled is None else sa.and_(condition, filled)


def _sql_has(call: SqlCall) -> Any:
    if call.known(0) is not UNKNOWN:
        if call.operands[1].picked is not None:
            return among(call, 1, call.known(0) or ())
        # Written so, an index on a column that is looked for in a known list serves.
        return _filled(call, call[1] == sa.any_(sa.cast(call[0], _array_type(call))))
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


def _at(items: Any, kind: Any, place: Any) -> Any:
    """An item of an array; an empty text is a blank."""
    item = sa.type_coerce(Grouping(items), ARRAY(kind.item_type))[place]
    return sa.func.nullif(item, "") if isinstance(kind.item_type, sa.Text) else item


def _item(items: tuple[Any, ...], place: int) -> Any:
    return None if items[place] == "" else items[place]


def _sql_item(call: SqlCall) -> SqlValue:
    kind = _array_type(call)
    items = sa.cast(call[0], kind)
    count = sa.func.coalesce(sa.func.cardinality(items), 0)
    place = integer(call, 1, 0, 1_000_000)
    counted = sa.case((place < 0, count + 1 + place), else_=place)
    value = _at(items, kind, counted)
    return SqlValue(value=value, blank=value.is_(None), error=sa.or_(counted < 1, counted > count))


@function("list", blank="maybe", sql=_sql_item)
def INDEX(items: SameItems, place: Number) -> Same:
    """The item at a place: the first is 1, the last is -1; #REF! when there is none.

    >>> INDEX(LIST("a", "b", "c"), 2)
    'b'
    >>> INDEX(LIST("a", "b", "c"), -1)
    'c'
    """
    found, number = items or (), whole(place)
    if not number or not -len(found) <= number <= len(found):
        raise Failure(BROKEN_REFERENCE, "formula_no_such_item", count=len(found))
    return _item(found, number - 1 if number > 0 else number)


def _sql_end(*, last: bool) -> Any:
    def form(call: SqlCall) -> SqlValue:
        kind = _array_type(call)
        items = sa.cast(call[0], kind)
        place = sa.func.cardinality(items, type_=sa.Integer) if last else sa.literal(1, sa.Integer())
        value = _at(items, kind, place)
        return SqlValue(value=value, blank=value.is_(None))

    return form


@function("list", blank="maybe", sql=_sql_end(last=False))
def FIRST(items: SameItems) -> Same:
    """The first item of a list, blank when it has none.

    >>> FIRST(LIST("a", "b", "c"))
    'a'
    """
    return _item(items, 0) if items else None


@function("list", blank="maybe", sql=_sql_end(last=True))
def LAST(items: SameItems) -> Same:
    """The last item of a list, blank when it has none.

    >>> LAST(LIST("a", "b", "c"))
    'c'
    """
    return _item(items, -1) if items else None


@function("list", blank="maybe")
def UNIQUE(items: SameItems, *more: SameItems) -> SameItems:
    """Every different item of one list or several once, in their order; capitals make no difference.

    >>> JOIN(UNIQUE(LIST("a", "B", "b"), LIST("c", "a")), " ")
    'a B c'
    """
    found: dict[Any, Any] = {}
    for item in each((items, *more)):
        found.setdefault(item.lower() if isinstance(item, str) else item, item)
    return tuple(found.values()) or None


alias("UNION", of="UNIQUE")
