"""Runs a checked expression on one record, by simpleeval under our own closed list of node types.

The checked form is translated once into Python syntax nodes of the classes below (simpleeval walks
`ast` nodes); there is no way from the text of an expression to any other node, name or attribute.
"""

import ast
from collections.abc import Callable, Iterator, Mapping
from decimal import Decimal, InvalidOperation, Overflow
from functools import partial
from threading import local
from typing import Any

from simpleeval import SimpleEval

from joinery.formulas.context import EvaluationContext
from joinery.formulas.conversion import ZERO_IF_BLANK
from joinery.formulas.core import MAXIMUM_STEPS, Apply, Constant, Core, Each, Read, nodes_of
from joinery.formulas.numbers import ZERO
from joinery.formulas.problem import WRONG_NUMBER, Failure, FormulaProblem, failure_of
from joinery.formulas.tree import Path

#: Steps that an expression gets besides for the records of its lists: many of them are no mistake.
MAXIMUM_ROW_STEPS = 2_000_000
#: What making a list and adding up its items takes for each of them, in steps.
_STEPS_AN_ITEM = 8
#: Characters of a text and items of a list that take as long as a node.
_CHARACTERS, _ITEMS = 64, 4


class Known(ast.Constant):
    """A constant."""


class FieldRead(ast.Name):
    """A field of the record (`id` is its key)."""


class NumberRead(ast.Name):
    """A number field, blank read as 0."""


class AmountRead(ast.Name):
    """A number field, blank staying blank; a whole number that is stored as one becomes a decimal."""


class PathRead(ast.expr):
    """A value further away; a whole `number` that is stored as one becomes a decimal."""

    def __init__(self, path: Path, *, number: bool) -> None:
        super().__init__()
        self.path = path
        self.number = number


class _Operation(ast.expr):
    """An operation (`function`) on computed operands."""

    def __init__(self, function: Callable[..., Any], *operands: ast.expr) -> None:
        super().__init__()
        self.function = function
        self.operands = operands


class OneOperand(_Operation): ...


class TwoOperands(_Operation): ...


class ManyOperands(_Operation): ...


class WithContext(_Operation): ...


class Later(_Operation):
    """An operation that computes its operands itself, if it needs them."""


class ForEach(ast.expr):
    """A list with an item for each record that a path leads to: see `core.Each`."""

    def __init__(self, each: Each) -> None:
        super().__init__()
        self.source = each.source
        self.paths = item_paths(each)
        self.item = translate(each.item, self.paths)
        self.where = None if each.where is None else translate(each.where, self.paths)
        self.order = [(translate(one.by, self.paths), one.descending) for one in reversed(each.order)]
        self.flat = each.item.type.kind == "list"
        self.steps = _STEPS_AN_ITEM + sum(len(nodes_of(part)) for part in each.parts)


class Once(ast.expr):
    """What is made of other lists while a list is made: the same for each of its records."""

    def __init__(self, inner: ast.expr) -> None:
        super().__init__()
        self.inner = inner


class Choose(ast.IfExp):
    """IF: only the chosen branch is computed."""


class Junction(ast.BoolOp):
    """AND and OR: no more is computed than decides."""


def translate(core: Core, row: tuple[Path, ...] = ()) -> ast.expr:
    """The checked expression as nodes to walk; shared parts stay shared.

    `row` are the paths that differ from record to record where it is computed for each of several.
    """
    done: dict[int, ast.expr] = {}
    once = _same_for_all(core, row)
    for node in nodes_of(core):
        match node:
            case Constant():
                done[id(node)] = Known(value=node.value)
            case Read():
                done[id(node)] = _read(node, _kind_of_read(node, core))
            case Apply():
                done[id(node)] = _apply(node, [done[id(operand)] for operand in node.operands])
            case Each():
                done[id(node)] = ForEach(node)
        if id(node) in once:
            done[id(node)] = Once(done[id(node)])
    return done[id(core)]


def run(program: ast.expr, record: Mapping[str, Any], context: EvaluationContext) -> Any:
    """The value of a translated expression, or a FormulaProblem."""
    evaluator = _THREAD.evaluator
    evaluator.names = record
    evaluator.context = context
    evaluator.steps = MAXIMUM_STEPS
    evaluator.row_steps = MAXIMUM_ROW_STEPS
    evaluator.row = {}
    evaluator.once = {}
    try:
        return evaluator.eval("", program)
    except Failure as failure:
        return failure.problem
    except (Overflow, InvalidOperation, OverflowError):
        return FormulaProblem(WRONG_NUMBER, "formula_number_too_large")


def spend(steps: int) -> None:
    """Count the steps of a function that does a lot at once; a Failure when there are no more left."""
    evaluator = _THREAD.evaluator
    evaluator.steps -= steps
    if evaluator.steps < 0:
        raise Failure(WRONG_NUMBER, "formula_too_many_steps", maximum=MAXIMUM_STEPS)


def _read(node: Read, kind: type[ast.Name]) -> ast.expr:
    if len(node.path) > 1:
        return PathRead(node.path, number=node.type.is_numeric)
    return kind(id=node.path[0])


def _same_for_all(core: Core, row: tuple[Path, ...]) -> set[int]:
    """The ids of the parts that are made of lists and read nothing of the record in hand."""
    if not row:
        return set()
    differs: set[int] = set()
    lists: set[int] = set()
    for node in nodes_of(core):
        if isinstance(node, Read) and node.path in row:
            differs.add(id(node))
        elif isinstance(node, Each):
            lists.add(id(node))
        elif isinstance(node, Apply):
            operands = {id(operand) for operand in node.operands}
            if operands & differs:
                differs.add(id(node))
            elif operands & lists:
                lists.add(id(node))
    return lists


def _kind_of_read(node: Read, root: Core) -> type[ast.Name]:
    """A field by itself gives what it holds."""
    return AmountRead if node.type.is_numeric and node is not root else FieldRead


def _apply(node: Apply, operands: list[ast.expr]) -> ast.expr:
    operation, first = node.operation, node.operands[0] if node.operands else None
    if operation is ZERO_IF_BLANK and isinstance(first, Read) and len(first.path) == 1:
        return _read(first, NumberRead)
    if operation.name == "IF" and len(operands) == 3:
        return Choose(test=operands[0], body=operands[1], orelse=operands[2])
    if operation.name in ("AND", "OR"):
        return Junction(op=ast.And() if operation.name == "AND" else ast.Or(), values=operands)
    if operation.style != "eager":
        return (Later if operation.style == "lazy" else WithContext)(operation.python, *operands)
    kind = {1: OneOperand, 2: TwoOperands}.get(len(operands), ManyOperands)
    return kind(operation.python, *operands)


class _Evaluator(SimpleEval):  # type: ignore[misc]
    """simpleeval with our nodes instead of Python's, counting steps."""

    context: EvaluationContext
    steps: int
    row_steps: int

    def __init__(self) -> None:
        super().__init__(operators={}, functions={}, names={})
        self.nodes = {
            Known: self._known,
            FieldRead: self._field,
            AmountRead: self._amount,
            NumberRead: self._number,
            PathRead: self._path,
            OneOperand: self._one,
            TwoOperands: self._two,
            ManyOperands: self._many,
            WithContext: self._with_context,
            Later: self._later,
            Choose: self._eval_ifexp,
            Junction: self._eval_boolop,
            ForEach: self._for_each,
            Once: self._once,
        }
        #: The values of the record for which an item of a list is computed.
        self.row: dict[Path, Any] = {}
        self.once: dict[int, Any] = {}

    def _eval(self, node: ast.expr) -> Any:
        self.steps -= 1
        if self.steps < 0:
            raise Failure(WRONG_NUMBER, "formula_too_many_steps", maximum=MAXIMUM_STEPS)
        result = self.nodes[type(node)](node)
        kind = type(result)
        if kind is str:
            self.steps -= len(result) // _CHARACTERS
        elif kind is tuple:
            self.steps -= len(result) // _ITEMS
        return result

    @staticmethod
    def _known(node: Known) -> Any:
        return node.value

    def _field(self, node: ast.Name) -> Any:
        value = self.names.get(node.id)
        if type(value) is FormulaProblem:
            raise failure_of(value)
        return value

    def _amount(self, node: AmountRead) -> Any:
        value = self._field(node)
        return Decimal(value) if type(value) is int else value

    def _number(self, node: NumberRead) -> Decimal:
        value = self.names.get(node.id)
        if type(value) is Decimal:
            return value
        return _as_decimal(value)

    def _path(self, node: PathRead) -> Any:
        value: Any = self.names
        if node.path in self.row:
            value = self.row[node.path]
        elif node.path in self.names:
            value = self.names[node.path]
        else:
            for part in node.path:
                value = value.get(part) if isinstance(value, Mapping) else None
        if type(value) is FormulaProblem:
            raise failure_of(value)
        return Decimal(value) if node.number and type(value) is int else value

    def _once(self, node: Once) -> Any:
        if id(node) not in self.once:
            self.once[id(node)] = self._eval(node.inner)
        return self.once[id(node)]

    def _for_each(self, node: ForEach) -> tuple[Any, ...] | None:
        """The items; None when there is none. Lists inside are about rows of their own."""
        around = self.row
        try:
            kept = []
            rows = list(rows_of(self.names, node.paths))
            granted = min(len(rows) * node.steps, self.row_steps)
            self.row_steps -= granted
            self.steps += granted
            for row in rows:
                self.row = {**around, **row}
                if node.where is None or self._eval(node.where) is True:
                    kept.append((self._eval(node.item), [self._eval(by) for by, _ in node.order]))
        finally:
            self.row = around
        for place, (_, descending) in enumerate(node.order):
            filled = [one for one in kept if one[1][place] is not None]
            filled.sort(key=lambda one: one[1][place], reverse=descending)
            kept = filled + [one for one in kept if one[1][place] is None]
        items = [item for item, _ in kept]
        if node.flat:
            items = [inner for item in items for inner in item or ()]
        return tuple(items) or None

    def _one(self, node: OneOperand) -> Any:
        return node.function(self._eval(node.operands[0]))

    def _two(self, node: TwoOperands) -> Any:
        left, right = node.operands
        return node.function(self._eval(left), self._eval(right))

    def _many(self, node: ManyOperands) -> Any:
        return node.function(*[self._eval(operand) for operand in node.operands])

    def _with_context(self, node: WithContext) -> Any:
        return node.function(self.context, *[self._eval(operand) for operand in node.operands])

    def _later(self, node: Later) -> Any:
        return node.function(*[partial(self._eval, operand) for operand in node.operands])


def item_paths(each: Each) -> tuple[Path, ...]:
    """The paths that are fields of the records of a list."""
    depth = len(each.source)
    return tuple(
        dict.fromkeys(
            node.path
            for part in each.parts
            for node in nodes_of(part)
            if isinstance(node, Read) and len(node.path) > depth and node.path[:depth] == each.source
        )
    )


def rows_of(record: Mapping[Any, Any], paths: tuple[Path, ...]) -> Iterator[dict[Path, Any]]:
    """The records of a list, from the values by path that `record` has of them in equal order."""
    columns = [record.get(path) or () for path in paths]
    return (dict(zip(paths, values, strict=True)) for values in zip(*columns, strict=True))


def _as_decimal(value: Any) -> Decimal:
    if value is None:
        return ZERO
    if type(value) is FormulaProblem:
        raise failure_of(value)
    return Decimal(value)


class _Thread(local):
    """One evaluator for each thread."""

    def __init__(self) -> None:
        self.evaluator = _Evaluator()


_THREAD = _Thread()
