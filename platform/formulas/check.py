"""The type checker: from the tree to the checked form, reporting every problem with its place at once."""

from collections.abc import Iterable, Sequence
from typing import Any, Protocol, runtime_checkable

from joinery.formulas import tree
from joinery.formulas.arithmetic import arithmetic
from joinery.formulas.comparison import compare
from joinery.formulas.conversion import as_operand, coerce, filled
from joinery.formulas.core import MAXIMUM_STEPS, Apply, Constant, Core, Each, Read, written_out
from joinery.formulas.form_names import OLD_RECORD, written
from joinery.formulas.function import FUNCTIONS, Function
from joinery.formulas.lifting import is_for_each, lifted
from joinery.formulas.operators import CONTEXT, NEGATE, PERCENT
from joinery.formulas.problem import Failure
from joinery.formulas.resolve_call import resolve_call
from joinery.formulas.tree import Path
from joinery.formulas.type_labels import label_of
from joinery.formulas.types import BLANK, BOOLEAN, NUMBER, TEXT, Type, list_of
from joinery.formulas.types import PERCENT as PERCENT_TYPE
from joinery.kernel import Issues, closest


class Names(Protocol):
    """What an expression can refer to: the fields of a form, and those behind its relations."""

    def type_of(self, path: Path) -> Type | None:
        """The type of the field at `path` in one record, None when there is none."""

    def source_of(self, path: Path) -> Path:
        """The beginning of `path` up to its last relation to many; () when it leads to one record."""

    def known(self, path: Path) -> Iterable[str]:
        """The names that could stand in the place of the path's last part."""


@runtime_checkable
class Spreading(Protocol):
    """Names among which some paths stand for several others."""

    def spread(self, path: Path) -> tuple[Path, ...]:
        """The paths that `path` stands for, of which at most one leads somewhere; mostly itself alone."""


class Checker:
    """Checks one expression; `issues` grows, a part with problems gives None."""

    def __init__(self, names: Names) -> None:
        self.names = names
        self.issues = Issues()
        #: Every part that was checked with its checked form, inner ones first.
        self.parts: list[tuple[tree.Tree, Core]] = []
        #: What LET has given names to, in capitals; None for a value with problems of its own.
        self._given: dict[str, Core | None] = {}

    def check(self, node: tree.Tree) -> Core | None:
        """The checked form of a node, or None after a problem was reported."""
        core = self._checked(node)
        if core is not None:
            self.parts.append((node, core))
        return core

    def _checked(self, node: tree.Tree) -> Core | None:
        match node:
            case tree.Number():
                return Constant(node.value, NUMBER)
            case tree.Text():
                return Constant(node.value, TEXT) if node.value else Constant(None, BLANK)
            case tree.Truth():
                return Constant(node.value, BOOLEAN)
            case tree.Field():
                return self._field(node)
            case tree.Name():
                return self._name(node)
            case tree.Unary():
                return self._unary(node)
            case tree.Binary():
                return self._binary(node)
            case tree.Chain():
                return self._chain(node)
            case tree.Call():
                return self._call(node)

    def refuse(self, node: tree.Node, code: str, **params: Any) -> None:
        """Report a problem at a node."""
        self.issues.add("", code, position=node.position, length=node.length, **params)

    def _field(self, node: tree.Field) -> Core | None:
        found = self.names.type_of(node.path)
        if found is not None:
            return self._read(node.path, found)
        params: dict[str, Any] = {"field": written(node.path)}
        suggestion = closest(node.path[-1].lower(), self.names.known(node.path))
        if suggestion and suggestion != node.path[-1]:
            params["suggestion"] = written((*node.path[:-1], suggestion))
        self.refuse(node, "formula_unknown_field", **params)
        return None

    def _name(self, node: tree.Name) -> Core | None:
        name = node.name.upper()
        if name not in self._given:
            self.refuse(node, "formula_word", word=node.name)
        return self._given.get(name)

    def _let(self, node: tree.Call) -> Core | None:
        """The last argument, in which the names before it stand for their values."""
        around = dict(self._given)
        pairs = list(zip(node.arguments[:-1:2], node.arguments[1:-1:2], strict=False))
        if len(node.arguments) % 2 == 0:
            self.refuse(node, "formula_let_without_result")
        for name, value in pairs:
            core = self.check(value)
            if core is not None and written_out(core) > MAXIMUM_STEPS:
                self.refuse(value, "formula_too_many_steps", maximum=MAXIMUM_STEPS)
                core = None
            if isinstance(name, tree.Name):
                self._given[name.name.upper()] = core
            else:
                self.refuse(name, "formula_let_name")
        result = self.check(node.arguments[-1]) if len(node.arguments) % 2 else None
        self._given = around
        return result

    def _old(self, node: tree.Call) -> Core | None:
        """The value that a field had before the change."""
        argument = node.arguments[0]
        if not isinstance(argument, tree.Field) or len(argument.path) > 1:
            self.refuse(argument, "formula_old_field")
            return None
        if self._field(argument) is None:
            return None
        path = (OLD_RECORD, *argument.path)
        found = self.names.type_of(path)
        if found is None:
            self.refuse(node, "formula_no_old_value")
        return None if found is None else Read(path, found)

    def _read(self, path: Path, found: Type) -> Core:
        source = self.names.source_of(path)
        if not source:
            return Read(path, found)
        # A path that ends with the relation itself stands for the records.
        item = Read(path if path != source else (*path, "id"), found)
        return Each(source, item, list_of(found.item or found))

    def _unary(self, node: tree.Unary) -> Core | None:
        core = self.check(node.operand)
        if core is None or node.operator == "+":
            return core
        return lifted(self, node, [core], lambda operands: self._signed(node, *operands))

    def _signed(self, node: tree.Unary, core: Core) -> Core | None:
        operand = as_operand(core)
        if operand is None:
            self._wrong_type(node.operand, NUMBER, core.type)
            return None
        if node.operator == "%":
            return Apply(PERCENT, (operand,), PERCENT_TYPE)
        if isinstance(operand, Constant):
            return Constant(CONTEXT.minus(operand.value), operand.type)
        return Apply(NEGATE, (operand,), operand.type)

    def _binary(self, node: tree.Binary) -> Core | None:
        left, right = self.check(node.left), self.check(node.right)
        if left is None or right is None:
            return None
        return lifted(self, node, [left, right], lambda operands: self._joined(node, *operands))

    def _joined(self, node: tree.Binary, left: Core, right: Core) -> Core | None:
        try:
            if node.operator in "+-*/^":
                result = arithmetic(node.operator, left, right)
            else:
                result = compare(node.operator, left, right)
        except Failure as failure:
            self.refuse(node, failure.problem.message_code, **failure.problem.params)
            return None
        if result is None:
            code = "formula_cannot_calculate" if node.operator in "+-*/^" else "formula_cannot_compare"
            self.refuse(
                node, code, operator=node.operator, left=label_of(left.type), right=label_of(right.type)
            )
        return result

    def _chain(self, node: tree.Chain) -> Core | None:
        checked = [self.check(child) for child in node.operands]
        known = [core for core in checked if core is not None]
        if len(known) < len(checked):
            return None
        return lifted(self, node, known, lambda operands: self._chained(node, operands))

    def _chained(self, node: tree.Chain, cores: Sequence[Core]) -> Core | None:
        target = TEXT if node.operator == "&" else BOOLEAN
        operands = []
        for child, core in zip(node.operands, cores, strict=True):
            operand = coerce(core, target)
            if operand is None:
                self._wrong_type(child, target, core.type)
            else:
                operands.append(filled(operand))
        if len(operands) < len(node.operands):
            return None
        name = {"&": "CONCAT", "&&": "AND", "||": "OR"}[node.operator]
        return Apply(FUNCTIONS[name].operation, tuple(operands), target)

    def _call(self, node: tree.Call) -> Core | None:
        function = FUNCTIONS.get(node.name)
        if function is not None and function.name in _BY_THE_CHECKER:
            return _BY_THE_CHECKER[function.name](self, node) if self._count_fits(node, function) else None
        arguments = [self.check(argument) for argument in node.arguments]
        if function is None:
            params = {"function": node.name}
            if suggestion := closest(node.name, FUNCTIONS.names()):
                params["suggestion"] = suggestion
            self.refuse(node, "formula_unknown_function", **params)
            return None
        if not self._count_fits(node, function):
            return None
        known = [argument for argument in arguments if argument is not None]
        if len(known) < len(arguments):
            return None
        if function.over_records is not None:
            return function.over_records(self, node, known)
        if not is_for_each(function, known):
            return resolve_call(self, node, function, known)
        return lifted(self, node, known, lambda operands: resolve_call(self, node, function, list(operands)))

    def _count_fits(self, node: tree.Call, function: Function) -> bool:
        count = len(node.arguments)
        params: dict[str, Any] = {"function": function.name, "signature": function.signature, "given": count}
        if count < function.fewest:
            self.refuse(node, "formula_too_few_arguments", needed=function.fewest, **params)
            return False
        if function.most is not None and count > function.most:
            params["allowed"] = function.most
            self.refuse(node.arguments[function.most], "formula_too_many_arguments", **params)
            return False
        return True

    def _wrong_type(self, node: tree.Tree, expected: Type, found: Type) -> None:
        self.refuse(node, "formula_wrong_type", expected=label_of(expected), found=label_of(found))


#: Functions that say something about names and fields instead of computing with values.
_BY_THE_CHECKER = {"LET": Checker._let, "OLD": Checker._old}
