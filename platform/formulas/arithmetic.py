"""Which operation `+ - * / ^` stand for, by the types on both sides."""

from joinery.formulas import operators
from joinery.formulas.conversion import apply, as_operand, as_settled_operand, coerce
from joinery.formulas.core import Core
from joinery.formulas.types import BLANK, DATE, DATETIME, DURATION, MONEY, NUMBER, PERCENT, TEXT, TIME, Type

_ON_NUMBERS = {
    "+": operators.ADD,
    "-": operators.SUBTRACT,
    "*": operators.MULTIPLY,
    "/": operators.DIVIDE,
    "^": operators.POWER,
}
_MOMENTS = ("date", "datetime")


def arithmetic(symbol: str, left: Core, right: Core) -> Core | None:
    """`left symbol right` as a checked expression; None when it makes no sense."""
    kinds = (left.type.kind, right.type.kind)
    if symbol in "+-" and (kinds[0] in _MOMENTS or kinds[1] in _MOMENTS):
        return _on_moments(symbol, left, right)
    if symbol in "+-" and kinds == ("duration", "duration"):
        operation = operators.ADD_DURATION if symbol == "+" else operators.SUBTRACT_DURATION
        return apply(operation, DURATION, left, right)
    one, other = as_operand(left), as_operand(right)
    if one is None or other is None:
        return None
    return apply(_ON_NUMBERS[symbol], _result(symbol, left.type, right.type), one, other)


def _on_moments(symbol: str, left: Core, right: Core) -> Core | None:
    if symbol == "-" and right.type.kind in _MOMENTS:
        return _between(left, right)
    if left.type.kind not in _MOMENTS:
        left, right = right, left
    if left.type.kind not in _MOMENTS or right.type.kind in _MOMENTS:
        return None
    if left.type == DATE and right.type == TIME and symbol == "+":
        return apply(operators.AT_TIME, DATETIME, left, right)
    if right.type == DURATION:
        moment = coerce(left, DATETIME)
        operation = operators.ADD_DURATION if symbol == "+" else operators.SUBTRACT_DURATION
        return None if moment is None else apply(operation, DATETIME, moment, right)
    days = as_settled_operand(right)
    operation = operators.ADD_DAYS if symbol == "+" else operators.SUBTRACT_DAYS
    return None if days is None else apply(operation, left.type, left, days)


def _between(left: Core, right: Core) -> Core | None:
    if left.type in (TEXT, BLANK):
        return None
    if left.type == right.type == DATE:
        return apply(operators.DAYS_BETWEEN, NUMBER, left, right)
    end, start = coerce(left, DATETIME), coerce(right, DATETIME)
    if end is None or start is None:
        return None
    return apply(operators.TIME_BETWEEN, DURATION, end, start)


def _result(symbol: str, left: Type, right: Type) -> Type:
    if symbol == "^":
        return NUMBER
    if symbol == "/":
        return MONEY if left == MONEY and right != MONEY else NUMBER
    if MONEY in (left, right):
        return MONEY
    return PERCENT if left == right == PERCENT and symbol != "*" else NUMBER
