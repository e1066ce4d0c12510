"""Results of expressions that were computed for the same values before.

Thousands of imported records have the same handful of industries, sizes and marks, and the same fields left
blank: what a formula made of them once need not be computed for each record again. Equal inputs of one field
always have the same type, and what depends on the moment, the viewer or the time zone is never remembered.
"""

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from joinery.formulas.context import EvaluationContext
from joinery.formulas.core import Apply, Core, Each, Read, nodes_of
from joinery.formulas.problem import FormulaProblem
from joinery.formulas.tree import Path

#: Results of one expression that are kept; when there is no more room all of them go.
ROOM = 2000
#: Longer texts and lists do not come again, and would only take room.
LONGEST = 80

#: Smaller expressions are computed as fast as they are looked up.
_FEWEST_NODES = 3

#: A memory that has so many more misses than hits rests for so many records, then tries again.
PATIENCE = 500
REST = 20_000

#: Functions to which all filled values of a field are the same.
_LOOK_AT_BLANKS = frozenset({"COUNTA", "ISBLANK"})

_UNKNOWN = object()

#: Computes an expression for a record.
Compute = Callable[[Mapping[str, Any], EvaluationContext], Any]


class Remembered:
    """Results of `compute` by the values of the fields that an expression reads.

    Of `marked` fields only whether they are filled counts. Fields may turn out to have too many different
    values for this to be worth it; then nothing is looked up for a while.
    """

    __slots__ = ("_balance", "_compute", "_resting", "_results", "keys", "marked")

    def __init__(self, compute: Compute, keys: tuple[str, ...], marked: tuple[str, ...] = ()) -> None:
        self._compute = compute
        self.keys = keys
        self.marked = marked
        self._results: dict[tuple[Any, ...], Any] = {}
        self._balance = PATIENCE
        self._resting = 0

    def get(self, record: Mapping[str, Any], context: EvaluationContext) -> Any:
        """The result for a record."""
        if self._resting > 0:
            self._resting -= 1
            return self._compute(record, context)
        inputs = tuple(map(record.get, self.keys))
        if self.marked:
            # Error values, which may say different things, stay what they are.
            inputs += tuple(
                [
                    True if value and type(value) is not FormulaProblem else value
                    for value in map(record.get, self.marked)
                ]
            )
        try:
            found = self._results.get(inputs, _UNKNOWN)
        except TypeError:
            return self._compute(record, context)
        if found is not _UNKNOWN:
            if self._balance < PATIENCE:
                self._balance += 1
            return found
        return self._keep(inputs, self._compute(record, context))

    def _keep(self, inputs: tuple[Any, ...], result: Any) -> Any:
        self._balance -= 1
        if self._balance <= 0:
            self._results.clear()
            self._balance, self._resting = PATIENCE, REST
        elif all(_is_short(value) for value in inputs):
            if len(self._results) >= ROOM:
                self._results.clear()
            self._results[inputs] = result
        return result


def _is_short(value: Any) -> bool:
    return not isinstance(value, str | tuple) or len(value) <= LONGEST


def remembered(core: Core, compute: Compute) -> Remembered | None:
    """A memory for an expression that `compute` computes, if it can have one."""
    nodes = nodes_of(core)
    applied = [node for node in nodes if isinstance(node, Apply)]
    reads = [node for node in nodes if isinstance(node, Read)]
    needed = _needed_values(applied, core)
    keys = tuple(dict.fromkeys(read.path[0] for read in reads if read.path in needed))
    marked = tuple(dict.fromkeys(read.path[0] for read in reads if read.path not in needed))
    possible = (
        len(nodes) >= _FEWEST_NODES
        and not any(isinstance(node, Each) for node in nodes)
        and all(len(read.path) == 1 for read in reads)
        and all(_depends_on_operands(node) for node in applied)
    )
    return Remembered(compute, keys, marked) if possible else None


def together(memories: Mapping[str, Remembered], compute: Compute) -> Remembered:
    """A memory for fields that are computed one after the other, each by its own expression with a memory.

    What one of them looks at that was computed before it follows from the rest.
    """
    keys: dict[str, None] = {}
    marked: dict[str, None] = {}
    done: set[str] = set()
    for field, memory in memories.items():
        keys |= dict.fromkeys(key for key in memory.keys if key not in done)
        marked |= dict.fromkeys(key for key in memory.marked if key not in done)
        done.add(field)
    return Remembered(compute, tuple(keys), tuple(key for key in marked if key not in keys))


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


def _depends_on_operands(node: Apply) -> bool:
    return not node.operation.volatile and node.operation.style != "context"
