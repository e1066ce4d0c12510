"""Comparing values: text without regard to case, blanks apart from everything but the blank."""

import operator
from collections.abc import Callable
from typing import Any

import sqlalchemy as sa
from sqlalchemy import ColumnElement
from sqlalchemy.dialects.postgresql import ARRAY

from joinery.formulas.conversion import BLANK_IF_EMPTY, apply, coerce, filled, is_error, settled
from joinery.formulas.core import Apply, Constant, Core, Operation, Read, SqlCall, SqlValue
from joinery.formulas.sql_values import all_of, present
from joinery.formulas.types import BLANK, BOOLEAN, CHOICE, DATETIME, NUMBER, REFERENCE_KINDS, TEXT, Type

_ORDERED = {"text", "date", "datetime", "time", "duration", "boolean", "number"}


def _fold_case(text: str | None) -> str | None:
    return text.lower() or None if text else None


def _sql_fold_case(call: SqlCall) -> SqlValue:
    operand = call.operands[0]
    if isinstance(call.node.operands[0], Read):
        return SqlValue(value=sa.func.lower(operand.value), blank=operand.blank)
    folded = sa.func.nullif(sa.func.lower(operand.value), "")
    return SqlValue(value=folded, blank=folded.is_(None))


def _sql_fold_items(call: SqlCall) -> ColumnElement[Any]:
    item = sa.func.unnest(call[0]).column_valued("item")
    folded = sa.select(sa.func.array_agg(sa.func.lower(item))).scalar_subquery()
    return sa.func.coalesce(folded, sa.cast(sa.literal("{}"), ARRAY(sa.Text)), type_=ARRAY(sa.Text))


#: The same for the items of a list.
FOLD_ITEMS = Operation(
    name="fold_items",
    python=lambda items: items and tuple(one.lower() for one in items),
    sql=_sql_fold_items,
    blank="any",
)
FOLD_CASE = Operation(name="fold_case", python=_fold_case, sql=_sql_fold_case, blank="maybe")


def _sql_equal(call: SqlCall) -> ColumnElement[Any]:
    left, right = _same_number_type(call)
    one, other = call.operands
    if one.blank is not None and other.blank is not None:
        return left.is_not_distinct_from(right)
    return present(left == right, one.blank if one.blank is not None else other.blank)


def _sql_differ(call: SqlCall) -> ColumnElement[Any]:
    left, right = _same_number_type(call)
    one, other = call.operands
    if one.blank is None and other.blank is None:
        return left != right
    return left.is_distinct_from(right)


def _same_number_type(call: SqlCall) -> tuple[ColumnElement[Any], ColumnElement[Any]]:
    """A whole-number column keeps its index only when the other side is a whole number too."""
    sides = list(call.values)
    for index, node in enumerate(call.node.operands):
        column = sides[1 - index]
        if isinstance(node, Constant) and isinstance(column.type, sa.Integer) and node.type.is_numeric:
            value = node.value
            if value is not None and value == value.to_integral_value() and abs(value) < 2**31:
                sides[index] = sa.literal(int(value), column.type)
    return sides[0], sides[1]


def _order(operator_of: Callable[[Any, Any], Any]) -> Operation:
    def python(left: Any, right: Any) -> bool:
        return left is not None and right is not None and bool(operator_of(left, right))

    def sql(call: SqlCall) -> ColumnElement[Any]:
        left, right = _same_number_type(call)
        if call.kind(0) == "text":
            left, right = left.collate("C"), right.collate("C")
        filled_in = all_of(*(sa.not_(one.blank) for one in call.operands if one.blank is not None))
        compared: ColumnElement[bool] = operator_of(left, right)
        return compared if filled_in is None else sa.and_(compared, filled_in)

    return Operation(name=operator_of.__name__, python=python, sql=sql)


EQUAL = Operation(name="equal", python=operator.eq, sql=_sql_equal)
DIFFER = Operation(name="differ", python=operator.ne, sql=_sql_differ)
LESS, AT_MOST, GREATER, AT_LEAST = map(_order, (operator.lt, operator.le, operator.gt, operator.ge))
OPERATIONS = {"=": EQUAL, "<>": DIFFER, "<": LESS, "<=": AT_MOST, ">": GREATER, ">=": AT_LEAST}


def _sql_is_blank(call: SqlCall) -> ColumnElement[Any]:
    blank = call.operands[0].blank
    return sa.false() if blank is None else blank


IS_BLANK = Operation(
    name="is_blank", python=lambda value: value is None or value == "" or value == (), sql=_sql_is_blank
)
IS_FILLED = Operation(
    name="is_filled",
    python=lambda value: value is not None and value != "" and value != (),
    sql=lambda call: sa.not_(_sql_is_blank(call)),
)


def comparable(one: Type, other: Type) -> Type | None:
    """The type in which two values are compared; None when comparing them makes no sense."""
    if one == other or other == BLANK:
        return one
    if one == BLANK:
        return other
    if one.is_numeric and other.is_numeric:
        return NUMBER
    kinds = {one.kind, other.kind}
    if kinds == {"choice", "text"}:
        return CHOICE
    if kinds <= {"date", "datetime", "text"} and kinds != {"text"}:
        return DATETIME if "datetime" in kinds else one if other == TEXT else other
    if kinds == {"time", "text"}:
        return one if other == TEXT else other
    if kinds == {"record"}:
        return one if None in (one.form, other.form) else None
    if kinds & REFERENCE_KINDS and (one.is_numeric or other.is_numeric):
        return one if other.is_numeric else other
    return NUMBER if "duration" in kinds and (one.is_numeric or other.is_numeric) else None


def comparison_key(core: Core, shared: Type) -> Core | None:
    """The value in the form in which it is compared with others of the `shared` type."""
    if shared.kind in REFERENCE_KINDS and core.type.is_numeric:
        return _as_id(settled(core), shared)
    key = coerce(core, shared)
    if key is None:
        return None
    if shared == TEXT:
        return apply(FOLD_CASE, TEXT, key)
    if shared == CHOICE and not isinstance(key, (Constant, Read)):
        return apply(BLANK_IF_EMPTY, CHOICE, key)
    return filled(key) if shared == BOOLEAN else key


def _as_id(core: Core, shared: Type) -> Core | None:
    if isinstance(core, Constant):
        return Constant(int(core.value), shared) if core.value == int(core.value) else None
    if isinstance(core, Apply):
        return Apply(core.operation, core.operands, shared)
    return Read(core.path, shared) if isinstance(core, Read) else None


def compare(symbol: str, left: Core, right: Core) -> Core | None:
    """`left symbol right` as a checked expression; None when the two cannot be compared like that."""
    if BLANK in (left.type, right.type) and not (is_error(left) or is_error(right)):
        return _compare_with_blank(symbol, left if right.type == BLANK else right)
    shared = comparable(left.type, right.type)
    if shared is None or not (symbol in ("=", "<>") or shared.kind in _ORDERED or shared.is_numeric):
        return None
    one, other = comparison_key(left, shared), comparison_key(right, shared)
    if one is None or other is None:
        return None
    return apply(OPERATIONS[symbol], BOOLEAN, one, other)


def _compare_with_blank(symbol: str, core: Core) -> Core:
    if symbol not in ("=", "<>"):
        return Constant(False, BOOLEAN)
    if core.type == TEXT and not isinstance(core, (Constant, Read)):
        core = apply(BLANK_IF_EMPTY, TEXT, core)
    return apply(IS_BLANK if symbol == "=" else IS_FILLED, BOOLEAN, core)
