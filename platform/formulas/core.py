"""The checked form of an expression: four kinds of node, every coercion written out.

    Constant   a value known now
    Read       a field of the record, or one found by walking relations to one record
    Apply      an operation on operands: an operator, a coercion or a function
    Each       a list with one item for each record at the end of relations to many

The checker makes it from the tree; the evaluator and the SQL lowering need to know nothing else.
"""

from collections.abc import Callable, Iterator, Mapping
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
#: What a result depends on besides its operands. The calendar and the people change by hand and seldom.
Volatile = Literal["today", "now", "viewer", "random", "people", "calendar"]
#: Steps after which the computing of an expression is stopped: nodes computed, and the more the longer their
#: texts and lists.
MAXIMUM_STEPS = 100_000
#: Stands for the value of something that differs from record to record.
UNKNOWN: Any = object()


@dataclass(frozen=True, slots=True, kw_only=True)
class SqlValue:
    """An operand or result in SQL.

    `value` never raises an error in the database. `blank` and `error` tell when the value is blank
    (then `value` is NULL) or an error (then `value` means nothing); None is never, and neither is ever
    NULL. `known` is the Python value when it is the same for all records. `picked` is what an id was looked
    up by, and the ids by which each is found.
    """

    value: ColumnElement[Any]
    blank: ColumnElement[bool] | None = None
    error: ColumnElement[bool] | None = None
    known: Any = UNKNOWN
    picked: "tuple[SqlValue, Mapping[int, int]] | None" = None


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
    #: With so many operands or more it depends on nothing else after all.
    volatile_below: int | None = None


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

    @property
    def follows(self) -> frozenset[Volatile]:
        """What the result depends on besides the operands."""
        below = self.operation.volatile_below
        return self.operation.volatile if below is None or len(self.operands) < below else frozenset()


@dataclass(frozen=True, slots=True)
class Order:
    """What the items of a list are sorted by; blanks come last either way, equals by id."""

    by: "Core"
    descending: bool = False


@dataclass(frozen=True, slots=True)
class Each:
    """`item` for each record at the end of the path `source` for which `where` is TRUE, as a list.

    Within `item`, `where` and `order` a path that goes on from `source` is a field of that record (its whole
    path is kept); any other path is one of the record the expression is about. The records come in the order
    of their ids unless `order` says otherwise. An item that is a list itself gives all of its items.
    """

    source: Path
    item: "Core"
    type: Type
    where: "Core | None" = None
    order: tuple[Order, ...] = ()

    @property
    def parts(self) -> tuple["Core", ...]:
        """The expressions that are computed for each record."""
        by = tuple(one.by for one in self.order)
        return (self.item, *by) if self.where is None else (self.item, self.where, *by)

    @property
    def rows(self) -> tuple[object, ...]:
        """Equal for lists whose items belong together one by one."""
        return (self.source, self.where, self.order)


Core = Constant | Read | Apply | Each


def may_be_blank(core: Core) -> bool:
    """Whether the value can be blank at all."""
    waiting, seen = [core], set[int]()
    while waiting:
        node = waiting.pop()
        if id(node) in seen:
            continue
        seen.add(id(node))
        if isinstance(node, Apply):
            if node.operation.blank == "maybe":
                return True
            if node.operation.blank == "any":
                waiting.extend(node.operands)
        elif not isinstance(node, Constant) or node.value is None:
            return True
    return False


def is_exact(core: Core) -> bool:
    """Whether a number is exact, or a rounded quotient (or arithmetic upon one) not yet settled."""
    waiting, seen = [core], set[int]()
    while waiting:
        node = waiting.pop()
        if isinstance(node, Apply) and id(node) not in seen:
            seen.add(id(node))
            if not node.operation.exact:
                return False
            if node.operation.arithmetic:
                waiting.extend(node.operands)
    return True


def written_out(core: Core) -> int:
    """How many nodes there are when those that are used several times are written several times."""
    sizes: dict[int, int] = {}
    for node in nodes_of(core):
        below = node.operands if isinstance(node, Apply) else ()
        sizes[id(node)] = 1 + sum(sizes[id(one)] for one in below)
        if isinstance(node, Each):
            sizes[id(node)] += sum(map(written_out, node.parts))
    return sizes[id(core)]


def all_nodes(core: Core) -> Iterator[Core]:
    """Every different node, also those computed for each record of a list."""
    waiting, seen = [core], set[int]()
    while waiting:
        for node in nodes_of(waiting.pop()):
            if id(node) not in seen:
                seen.add(id(node))
                yield node
                if isinstance(node, Each):
                    waiting.extend(node.parts)


def nodes_of(core: Core) -> list[Core]:
    """Every different node once, those below before those above; a list is one node."""
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
