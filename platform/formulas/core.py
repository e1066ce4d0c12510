"""The checked form of an expression: three kinds of node, every coercion written out.

    Constant   a value known now
    Read       a field of the record
    Apply      an operation on operands: an operator, a coercion or a function

The checker makes it from the tree; the evaluator and the SQL lowering need to know nothing else.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Literal

from sqlalchemy import ColumnElement

from joinery.formulas.context import EvaluationContext
from joinery.formulas.tree import Path
from joinery.formulas.types import Type

#: How operands reach the Python function: computed; computed, after the context; as functions to call.
Style = Literal["eager", "context", "lazy"]
#: When the result is blank: never; as soon as one operand is; or it has to be looked at.
Blankness = Literal["never", "any", "maybe"]
Volatile = Literal["today", "now", "viewer"]
#: Stands for the value of something that differs from record to record.
UNKNOWN: Any = object()


@dataclass(frozen=True, slots=True, kw_only=True)
class SqlValue:
    """An operand or result in SQL.

    `value` never raises an error in the database. `blank` and `error` tell when the value is blank
    (then `value` is NULL) or an error (then `value` means nothing); None is never, and neither is ever
    NULL. `known` is the Python value when it is the same for all records.
    """

    value: ColumnElement[Any]
    blank: ColumnElement[bool] | None = None
    error: ColumnElement[bool] | None = None
    known: Any = UNKNOWN


@dataclass(frozen=True, slots=True, kw_only=True)
class SqlCall:
    """One application of an operation, for its SQL form; `call[0]` is the first operand's value."""

    node: "Apply"
    operands: tuple[SqlValue, ...]
    context: EvaluationContext

    def __getitem__(self, index: int) -> ColumnElement[Any]:
        return self.operands[index].value

    def __len__(self) -> int:
        return len(self.operands)

    @property
    def values(self) -> tuple[ColumnElement[Any], ...]:
        """The values of all operands."""
        return tuple(operand.value for operand in self.operands)

    def known(self, index: int) -> Any:
        """The Python value of an operand that is the same for all records, else UNKNOWN."""
        return self.operands[index].known

    def kind(self, index: int) -> str:
        """The kind of the type of one operand."""
        return self.node.operands[index].type.kind


SqlForm = Callable[[SqlCall], ColumnElement[Any] | SqlValue]


@dataclass(frozen=True, slots=True, kw_only=True)
class Operation:
    """Something to apply: its Python function and, where there is one, its SQL form.

    Eager operations get blanks as None and never see errors; errors of their operands are passed on
    for them, in Python and in SQL. The SQL form of a lazy operation looks after all errors itself.
    `exact` is False when the result was rounded (a quotient, a root) and is to be settled to
    `numbers.SETTLED_PLACES` before anything but arithmetic uses it.
    """

    name: str
    python: Callable[..., Any]
    sql: SqlForm | None = None
    style: Style = "eager"
    blank: Blankness = "never"
    exact: bool = True
    arithmetic: bool = False
    lists_in_sql: bool = True
    volatile: frozenset[Volatile] = frozenset()


@dataclass(frozen=True, slots=True)
class Constant:
    """A value known when the expression was checked."""

    value: Any
    type: Type


@dataclass(frozen=True, slots=True)
class Read:
    """The value of a field."""

    path: Path
    type: Type


@dataclass(frozen=True, slots=True)
class Apply:
    """An operation on operands."""

    operation: Operation
    operands: tuple["Core", ...]
    type: Type


Core = Constant | Read | Apply


def may_be_blank(core: Core) -> bool:
    """Whether the value can be blank at all."""
    match core:
        case Constant():
            return core.value is None
        case Apply():
            if core.operation.blank == "any":
                return any(may_be_blank(operand) for operand in core.operands)
            return core.operation.blank == "maybe"
    return True


def is_exact(core: Core) -> bool:
    """Whether a number is exact, or a rounded quotient (or arithmetic upon one) not yet settled."""
    if not isinstance(core, Apply):
        return True
    if core.operation.arithmetic and core.operation.exact:
        return all(is_exact(operand) for operand in core.operands)
    return core.operation.exact


def nodes_of(core: Core) -> list[Core]:
    """Every different node once, those below before those above."""
    found: dict[int, Core] = {}
    waiting: list[tuple[Core, bool]] = [(core, False)]
    while waiting:
        node, ready = waiting.pop()
        if id(node) in found:
            continue
        if ready or not isinstance(node, Apply):
            found[id(node)] = node
            continue
        waiting.append((node, True))
        waiting.extend((operand, False) for operand in reversed(node.operands))
    return list(found.values())
