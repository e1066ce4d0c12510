"""Operations on the items of lists: `{lines.price} * {lines.qty}` is a list of products.

What takes single values and is given the list behind a relation to many is computed for each of its records.
Several such lists must be about the same records; everything else stays what it is in each of them.
"""

from collections.abc import Callable, Sequence
from typing import Any, Protocol

from joinery.formulas import tree
from joinery.formulas.conversion import settled
from joinery.formulas.core import Core, Each
from joinery.formulas.function import Function
from joinery.formulas.types import list_of


class Reporter(Protocol):
    """Takes problems."""

    def refuse(self, node: tree.Node, code: str, **params: Any) -> None:
        """Report a problem at a node."""


def lifted(
    reporter: Reporter,
    node: tree.Node,
    operands: Sequence[Core],
    make: Callable[[Sequence[Core]], Core | None],
) -> Core | None:
    """`make` of the operands, or when some are lists of records, the list of what it makes of their items.

    None after a problem was reported.
    """
    lists = [operand for operand in operands if isinstance(operand, Each)]
    if not lists:
        return make(operands)
    if not same_records(reporter, node, lists):
        return None
    item = make([operand.item if isinstance(operand, Each) else operand for operand in operands])
    return None if item is None else for_each(lists[0], item)


def for_each(like: Each, item: Core) -> Each:
    """A list over the records of another one with another item."""
    item = settled(item)
    return Each(like.source, item, list_of(item.type.item or item.type), like.where, like.order)


def same_records(reporter: Reporter, node: tree.Node, lists: Sequence[Each]) -> bool:
    """Whether lists are about the same records in the same order; reports it when not."""
    if all(one.rows == lists[0].rows for one in lists):
        return True
    first, other = (
        "{" + ".".join(one.source) + "}"
        for one in (lists[0], next(one for one in lists if one.rows != lists[0].rows))
    )
    code = "formula_lists_differ" if first != other else "formula_lists_filtered"
    reporter.refuse(node, code, first=first, other=other)
    return False


def is_for_each(function: Function, arguments: Sequence[Core]) -> bool:
    """Whether a call is computed for each record: a list stands where a single value is meant.

    What may be anything may be a list where there may be many of them: COUNTA counts items, ISBLANK looks at
    each. What must agree with other arguments is one when these are: IFERROR({lines.price}, 0) is not.
    """
    kinds = [function.accepts(place, len(arguments)).kind for place in range(len(arguments))]
    together = [one for one, kind in zip(arguments, kinds, strict=True) if kind == "same"]
    mixed = any(one.type.kind not in ("list", "blank") for one in together)

    def takes_list(kind: str) -> bool:
        if kind == "same":
            return not mixed
        return kind in ("items", "list") or (kind == "any" and function.most is None)

    return any(
        isinstance(one, Each) and not takes_list(kind) for one, kind in zip(arguments, kinds, strict=True)
    )
