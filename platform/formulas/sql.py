"""Lowers a checked expression to SQLAlchemy Core for PostgreSQL, with the same results as in Python."""

from collections.abc import Callable
from typing import Any, Protocol

import sqlalchemy as sa
from sqlalchemy import ColumnElement

from joinery.formulas.context import EvaluationContext
from joinery.formulas.conversion import filled
from joinery.formulas.core import Apply, Constant, Core, Each, Read, SqlCall, SqlValue, nodes_of
from joinery.formulas.form_names import OLD_RECORD
from joinery.formulas.problem import FormulaProblem
from joinery.formulas.program import run, translate
from joinery.formulas.sql_values import any_of, bind, sql_type, unless
from joinery.formulas.tree import Path
from joinery.formulas.types import Type
from joinery.kernel import FormulaError, Issue, LimitExceeded

ColumnOf = Callable[[Path], ColumnElement[Any]]


class Rows(Protocol):
    """The records that a path to many leads to, as a part of a statement; made anew for each list.

    `column(path)` is a field of them (the whole path), `order` what puts them in the order of their ids,
    and `select(expressions)` selects of them, correlated with the statement around.
    """

    order: tuple[ColumnElement[Any], ...]

    def column(self, path: Path) -> ColumnElement[Any]: ...

    def select(self, *expressions: ColumnElement[Any]) -> sa.Select[Any]: ...


#: Parts a statement may get from one expression, and how deep they may nest.
MAXIMUM_PARTS, MAXIMUM_NESTING = 20_000, 90
_LIMIT = {"en": "expression in the database", "zh": "数据库表达式"}


def can_lower(core: Core) -> bool:
    """Whether every operation has a SQL form; one without fields is computed in Python anyway."""
    constant = constants_in(core)
    return all(id(node) in constant or _can_lower(node) for node in nodes_of(core))


def _can_lower(node: Core) -> bool:
    if isinstance(node, Each):
        return all(map(can_lower, node.parts))
    if isinstance(node, Read):
        return node.path[0] != OLD_RECORD
    return not isinstance(node, Apply) or _has_form(node)


def _has_form(node: Apply) -> bool:
    takes_list = any(operand.type.kind == "list" for operand in node.operands)
    return node.operation.sql is not None and (node.operation.lists_in_sql or not takes_list)


def constants_in(core: Core) -> set[int]:
    """The ids of the parts that read no field."""
    found: set[int] = set()
    for node in nodes_of(core):
        if isinstance(node, Constant) or (
            isinstance(node, Apply) and all(id(operand) in found for operand in node.operands)
        ):
            found.add(id(node))
    return found


def lower(core: Core, column: ColumnOf, context: EvaluationContext) -> SqlValue:
    """The expression in SQL; raises LimitExceeded when the statement would be huge."""
    constant = constants_in(core)
    done: dict[int, SqlValue] = {}
    if id(core) in constant:
        return _constant(core, context)
    for node in nodes_of(core):
        if isinstance(node, Apply) and id(node) not in constant:
            operands = tuple(_operand(one, done, constant, column, context) for one in node.operands)
            done[id(node)] = _apply(SqlCall(node=node, operands=operands, context=context))
    result = done[id(core)] if isinstance(core, Apply) else _leaf(core, column, context)
    _check_size(result)
    return result


def _operand(
    node: Core, done: dict[int, SqlValue], constant: set[int], column: ColumnOf, context: EvaluationContext
) -> SqlValue:
    if id(node) not in done:
        done[id(node)] = _constant(node, context) if id(node) in constant else _leaf(node, column, context)
    return done[id(node)]


def _constant(node: Core, context: EvaluationContext) -> SqlValue:
    value = node.value if isinstance(node, Constant) else run(translate(node), {}, context)
    if isinstance(value, FormulaProblem):
        return SqlValue(value=bind(None, node.type), blank=None, error=sa.true())
    if node.type.kind == "boolean" and value is not None:
        return SqlValue(value=sa.true() if value else sa.false(), known=value)
    return SqlValue(value=bind(value, node.type), blank=sa.true() if value is None else None, known=value)


def _leaf(node: Core, column: ColumnOf, context: EvaluationContext) -> SqlValue:
    if isinstance(node, Each):
        return _each(node, column, context)
    assert isinstance(node, Read)
    value = column(node.path)
    always_filled = isinstance(value, sa.Column) and not value.nullable
    return SqlValue(value=value, blank=None if always_filled else value.is_(None))


class _RowColumns:
    """Resolves the fields of the records of a list, and through `around` everything else."""

    def __init__(self, source: Path, rows: Rows, around: Any) -> None:
        self._source, self._rows, self._around = source, rows, around

    def __call__(self, path: Path) -> ColumnElement[Any]:
        depth = len(self._source)
        inside = len(path) > depth and path[:depth] == self._source
        found: ColumnElement[Any] = self._rows.column(path) if inside else self._around(path)
        return found

    def rows(self, source: Path) -> Rows:
        """Lists inside are about records of their own."""
        found: Rows = self._around.rows(source)
        return found


def _each(node: Each, column: Any, context: EvaluationContext) -> SqlValue:
    """An array; NULL without items, as a list without items is blank."""
    rows: Rows = column.rows(node.source)
    inside = _RowColumns(node.source, rows, column)
    item = lower(node.item, inside, context)
    where = None if node.where is None else lower(filled(node.where), inside, context)
    chosen = None if where is None else where.value
    order: list[ColumnElement[Any]] = []
    wrong = [item.error, None if where is None else where.error]
    for one in node.order:
        key = lower(one.by, inside, context)
        wrong.append(key.error)
        value = key.value.collate("C") if one.by.type.kind in ("text", "choice") else key.value
        order.append((value.desc() if one.descending else value.asc()).nulls_last())
    shown = unless(item.error, item.value)
    if node.item.type.is_numeric and isinstance(shown.type, sa.Integer):
        # An id is a number like any other; the items of an array are not converted on the way.
        shown = sa.cast(shown, sa.Numeric)
    selected = rows.select(shown) if chosen is None else rows.select(shown).where(chosen)
    if node.item.type.kind == "list":
        selected = _flat(selected, (*order, *rows.order), node.type)
    else:
        selected = selected.order_by(*order, *rows.order)
    array = sa.func.array(selected.scalar_subquery(), type_=sql_type(node.type))
    value = sa.func.nullif(array, sa.cast(sa.literal("{}"), sql_type(node.type)), type_=sql_type(node.type))
    failing = any_of(*wrong)
    if failing is not None:
        looked_at = where.error if where is not None and where.error is not None else sa.false()
        reached = failing if chosen is None else sa.or_(looked_at, sa.and_(chosen, failing))
        failing = rows.select(sa.literal_column("1")).where(reached).exists()
    return SqlValue(value=value, blank=value.is_(None), error=failing)


def _flat(selected: sa.Select[Any], order: tuple[ColumnElement[Any], ...], of: Type) -> sa.Select[Any]:
    """The items of lists that are selected in an order, one after the other."""
    place = sa.func.row_number().over(order_by=order).label("place")
    [items] = selected.selected_columns
    lists = selected.with_only_columns(items.label("items"), place).subquery()
    inner = (
        sa.func.unnest(lists.c["items"])
        .table_valued(sa.column("item", sql_type(of.item or of)), with_ordinality="position")
        .render_derived()
    )
    return (
        sa.select(inner.c.item)
        .select_from(lists.join(inner, sa.true()))
        .order_by(lists.c.place, inner.c.position)
    )


def _apply(call: SqlCall) -> SqlValue:
    operation = call.node.operation
    if operation.sql is None:
        params = {"position": 0, "length": 0, "function": operation.name}
        raise FormulaError(issues=[Issue("", "formula_not_in_database", params)])
    result = operation.sql(call)
    own_error, picked = None, None
    if isinstance(result, SqlValue):
        if operation.style == "lazy":
            return result
        value, blank, own_error, picked = result.value, result.blank, result.error, result.picked
    else:
        value, blank = result, None
        if operation.blank == "any":
            blank = any_of(*(operand.blank for operand in call.operands))
        elif operation.blank == "maybe":
            blank = value.is_(None)
    error = any_of(*(operand.error for operand in call.operands), own_error)
    return SqlValue(value=value, blank=blank, error=error, picked=picked)


def _check_size(result: SqlValue) -> None:
    """Count what the statement will hold; parts that are used twice are written twice."""
    sizes: dict[int, tuple[int, int]] = {}
    for root in (result.value, result.error, result.blank):
        if root is None:
            continue
        parts, nesting = _measure(root, sizes)
        if parts > MAXIMUM_PARTS or nesting > MAXIMUM_NESTING:
            raise LimitExceeded(limit=_LIMIT, maximum=MAXIMUM_PARTS)


def _measure(root: Any, sizes: dict[int, tuple[int, int]]) -> tuple[int, int]:
    waiting = [(root, False)]
    while waiting:
        element, ready = waiting.pop()
        if id(element) in sizes:
            continue
        children = list(element.get_children())
        if not ready:
            waiting.append((element, True))
            waiting.extend((child, False) for child in children)
            continue
        below = [sizes.get(id(child), (1, 1)) for child in children]
        parts = 1 + sum(one[0] for one in below)
        sizes[id(element)] = (parts, 1 + max((one[1] for one in below), default=0))
    return sizes[id(root)]
