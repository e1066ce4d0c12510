"""Results of expressions that look only at fields with few different values, or at which are filled.

Thousands of imported records have the same handful of industries, sizes and marks, and the same fields left
blank: what a formula made of them once need not be computed for each record again. Equal inputs of one field
always have the same type, and what depends on the moment, the viewer or the time zone is never remembered.
"""

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from joinery.formulas.core import Apply, Core, Each, Read, nodes_of
from joinery.formulas.problem import FormulaProblem
from joinery.formulas.tree import Path
from joinery.formulas.types import Type

#: Results of one expression that are kept; when there is no more room all of them go.
ROOM = 2000

#: Smaller expressions are computed as fast as they are looked up.
_FEWEST_NODES = 6

_FEW_VALUES = frozenset({"choice", "boolean", "number", "money", "percent"})

#: Functions to which all filled values of a field are the same.
_LOOK_AT_BLANKS = frozenset({"COUNTA", "ISBLANK"})

_UNKNOWN = object()


class Remembered:
    """Results by the values of the fields that an expression reads.

    Of `marked` fields, which have many values, only whether they are filled counts.
    """

    __slots__ = ("_keys", "_marked", "_results")

    def __init__(self, keys: tuple[str, ...], marked: tuple[str, ...] = ()) -> None:
        self._keys = keys
        self._marked = marked
        self._results: dict[tuple[Any, ...], Any] = {}

    def get(self, record: Mapping[str, Any], compute: Callable[[], Any]) -> Any:
        """The result for a record; `compute` when it is new, or when a value cannot be looked up by."""
        inputs = tuple(map(record.get, self._keys))
        if self._marked:
            inputs += tuple([_mark(value) for value in map(record.get, self._marked)])
        try:
            found = self._results.get(inputs, _UNKNOWN)
        except TypeError:
            return compute()
        if found is _UNKNOWN:
            found = compute()
            if len(self._results) >= ROOM:
                self._results.clear()
            self._results[inputs] = found
        return found


def remembered(core: Core) -> Remembered | None:
    """A memory for an expression, if it is worth one."""
    nodes = nodes_of(core)
    applied = [node for node in nodes if isinstance(node, Apply)]
    reads = [node for node in nodes if isinstance(node, Read)]
    needed = _needed_values(applied, core)
    keys = tuple(dict.fromkeys(read.path[0] for read in reads if read.path in needed))
    marked = tuple(dict.fromkeys(read.path[0] for read in reads if read.path not in needed))
    worth_it = (
        len(nodes) >= _FEWEST_NODES
        and not any(isinstance(node, Each) for node in nodes)
        and all(len(read.path) == 1 for read in reads)
        and all(_has_few_values(read.type) for read in reads if read.path in needed)
        and all(_depends_on_operands(node) for node in applied)
    )
    return Remembered(keys, marked) if worth_it else None


def _needed_values(applied: Iterable[Apply], core: Core) -> set[Path]:
    """The fields whose values count, not only whether they are filled; of a list its items are counted."""
    found = {core.path} if isinstance(core, Read) else set()
    for node in applied:
        for operand in node.operands:
            if isinstance(operand, Read) and not (
                node.operation.name in _LOOK_AT_BLANKS and operand.type.item is None
            ):
                found.add(operand.path)
    return found


def _mark(value: Any) -> Any:
    """The same for all filled values; error values, which may say different things, stay what they are."""
    return True if value and type(value) is not FormulaProblem else value


def _has_few_values(kind: Type) -> bool:
    return (kind.item or kind).kind in _FEW_VALUES


def _depends_on_operands(node: Apply) -> bool:
    return not node.operation.volatile and node.operation.style != "context"
