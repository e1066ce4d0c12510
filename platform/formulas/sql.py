"""Lowers a checked expression to SQLAlchemy Core for PostgreSQL, with the same results as in Python."""

from collections.abc import Callable
from typing import Any

import sqlalchemy as sa
from sqlalchemy import ColumnElement

from joinery.formulas.context import EvaluationContext
from joinery.formulas.core import Apply, Constant, Core, Read, SqlCall, SqlValue, nodes_of
from joinery.formulas.problem import FormulaProblem
from joinery.formulas.program import run, translate
from joinery.formulas.sql_values import any_of, bind
from joinery.formulas.tree import Path
from joinery.kernel import FormulaError, Issue, LimitExceeded

ColumnOf = Callable[[Path], ColumnElement[Any]]
#: Parts a statement may get from one expression, and how deep they may nest.
MAXIMUM_PARTS, MAXIMUM_NESTING = 20_000, 90
_LIMIT = {"en": "expression in the database", "zh": "数据库表达式"}


def can_lower(core: Core) -> bool:
    """Whether every operation has a SQL form; one without fields is computed in Python anyway."""
    constant = constants_in(core)
    return all(id(node) in constant or _has_form(node) for node in nodes_of(core) if isinstance(node, Apply))


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
    result = done[id(core)] if isinstance(core, Apply) else _read(core, column)
    _check_size(result)
    return result


def _operand(
    node: Core, done: dict[int, SqlValue], constant: set[int], column: ColumnOf, context: EvaluationContext
) -> SqlValue:
    if id(node) not in done:
        done[id(node)] = _constant(node, context) if id(node) in constant else _read(node, column)
    return done[id(node)]


def _constant(node: Core, context: EvaluationContext) -> SqlValue:
    value = node.value if isinstance(node, Constant) else run(translate(node), {}, context)
    if isinstance(value, FormulaProblem):
        return SqlValue(value=bind(None, node.type), blank=None, error=sa.true())
    if node.type.kind == "boolean" and value is not None:
        return SqlValue(value=sa.true() if value else sa.false(), known=value)
    return SqlValue(value=bind(value, node.type), blank=sa.true() if value is None else None, known=value)


def _read(node: Core, column: ColumnOf) -> SqlValue:
    assert isinstance(node, Read)
    value = column(node.path)
    always_filled = isinstance(value, sa.Column) and not value.nullable
    return SqlValue(value=value, blank=None if always_filled else value.is_(None))


def _apply(call: SqlCall) -> SqlValue:
    operation = call.node.operation
    if operation.sql is None:
        params = {"position": 0, "length": 0, "function": operation.name}
        raise FormulaError(issues=[Issue("", "formula_not_in_database", params)])
    result = operation.sql(call)
    own_error = None
    if isinstance(result, SqlValue):
        if operation.style == "lazy":
            return result
        value, blank, own_error = result.value, result.blank, result.error
    else:
        value, blank = result, None
        if operation.blank == "any":
            blank = any_of(*(operand.blank for operand in call.operands))
        elif operation.blank == "maybe":
            blank = value.is_(None)
    error = any_of(*(operand.error for operand in call.operands), own_error)
    return SqlValue(value=value, blank=blank, error=error)


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
