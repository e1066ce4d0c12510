"""Lists of related records: choosing among them, putting them in order, adding up those that fit.

All of them work on lists whose items belong together one by one: values of the same related records, or lists
of equal length.
"""

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from joinery.formulas import tree
from joinery.formulas.conversion import coerce, filled
from joinery.formulas.core import Apply, Constant, Core, Each, Order
from joinery.formulas.criteria import criterion_of, fits
from joinery.formulas.function import (
    FUNCTIONS,
    AnyItems,
    Anything,
    Number,
    Numbers,
    SameItems,
    Truths,
    function,
)
from joinery.formulas.lifting import Reporter, same_records
from joinery.formulas.numbers import CONTEXT, ZERO
from joinery.formulas.operators import divide
from joinery.formulas.problem import WRONG_VALUE, Failure
from joinery.formulas.resolve_call import resolve_call
from joinery.formulas.type_labels import label_of
from joinery.formulas.types import BOOLEAN, NUMBER, list_of


def _all_lists(reporter: Reporter, node: tree.Call, arguments: Sequence[Core]) -> list[Each] | None:
    """The arguments as lists of the same records; None after a problem was reported."""
    found: list[Each] = []
    for place, argument in zip(node.arguments, arguments, strict=True):
        if not isinstance(argument, Each):
            reporter.refuse(place, "formula_not_records", function=node.name, found=label_of(argument.type))
            return None
        found.append(argument)
    return found if same_records(reporter, node, found) else None


def _chosen(each: Each, conditions: Sequence[Core], item: Core | None = None) -> Each:
    """The list without the records for which some condition is not TRUE."""
    item = item or each.item
    parts = [*([each.where] if each.where is not None else []), *map(filled, conditions)]
    where = parts[0] if len(parts) == 1 else Apply(FUNCTIONS["AND"].operation, tuple(parts), BOOLEAN)
    return Each(each.source, item, list_of(item.type.item or item.type), where, each.order)


def _filter(reporter: Any, node: tree.Call, arguments: list[Core]) -> Core | None:
    lists = _all_lists(reporter, node, arguments)
    if lists is None:
        return None
    conditions = []
    for place, each in zip(node.arguments[1:], lists[1:], strict=True):
        condition = coerce(each.item, BOOLEAN)
        if condition is None:
            params = {"expected": label_of(BOOLEAN), "found": label_of(each.item.type)}
            reporter.refuse(place, "formula_wrong_type", **params)
            return None
        conditions.append(condition)
    return _chosen(lists[0], conditions)


@function("list", over_records=_filter)
def FILTER(items: SameItems, condition: Truths, *more: Truths) -> SameItems:
    """The items of those related records for which all conditions hold; these are written with fields of the
    same records.

    The examples speak of three receipts of an order: 100 confirmed on 2026-03-01, 250 as a draft of
    2026-02-10, and 50 confirmed on 2026-01-05.

    >>> FILTER({receipts.amount}, {receipts.status} = "confirmed")
    100, 50
    >>> SUM(FILTER({receipts.amount}, {receipts.date} < DATE(2026, 3, 1), {receipts.amount} > 50))
    250
    """
    raise AssertionError("the checker makes a list of records of it")


def _sortby(reporter: Any, node: tree.Call, arguments: list[Core]) -> Core | None:
    lists = _all_lists(reporter, _without_directions(node), [arguments[0], *arguments[1::2]])
    if lists is None:
        return None
    order = []
    for place, each in enumerate(lists[1:]):
        direction = (
            arguments[2 + 2 * place] if 2 + 2 * place < len(arguments) else Constant(Decimal(1), NUMBER)
        )
        if not isinstance(direction, Constant) or direction.value not in (1, -1):
            reporter.refuse(node.arguments[2 + 2 * place], "formula_sort_direction")
            return None
        order.append(Order(each.item, direction.value == -1))
    first = lists[0]
    return Each(first.source, first.item, first.type, first.where, (*order, *first.order))


def _without_directions(node: tree.Call) -> tree.Call:
    return tree.Call(
        name=node.name,
        arguments=(node.arguments[0], *node.arguments[1::2]),
        position=node.position,
        length=node.length,
    )


@function("list", over_records=_sortby)
def SORTBY(items: SameItems, by: AnyItems, direction: Number = Decimal(1), *more: Anything) -> SameItems:
    """The items of related records in the order of another of their fields: 1 upwards, -1 downwards. More
    fields and directions may follow.

    >>> SORTBY({receipts.amount}, {receipts.date})
    50, 250, 100
    >>> SORTBY({receipts.amount}, {receipts.status}, 1, {receipts.date}, -1)
    100, 50, 250
    """
    raise AssertionError("the checker makes a list of records of it")


def _adding_up(name: str, *, value_first: bool) -> Any:
    """How a call of SUMIFS and its like is computed; `name` is what is done with the items that fit.

    With `value_first` the values come before the pairs of list and criterion; COUNTIFS has no values.
    """

    def over_records(reporter: Any, node: tree.Call, arguments: list[Core]) -> Core | None:
        function = FUNCTIONS[node.name]
        if not any(isinstance(argument, Each) for argument in arguments):
            return resolve_call(reporter, node, function, arguments)
        start = 1 if value_first else 0
        places = [*range(start), *range(start, len(arguments), 2)]
        if len(arguments) % 2 != start:
            signature = function.signature
            reporter.refuse(node, "formula_odd_arguments", function=node.name, signature=signature)
            return None
        shown = tree.Call(
            name=node.name,
            arguments=tuple(node.arguments[place] for place in places),
            position=node.position,
            length=node.length,
        )
        lists = _all_lists(reporter, shown, [arguments[place] for place in places])
        if lists is None:
            return None
        conditions = []
        for each, place in zip(lists[start:], range(start + 1, len(arguments), 2), strict=True):
            condition = criterion_of(reporter, each.item, node.arguments[place], arguments[place])
            if condition is None:
                return None
            conditions.append(condition)
        item = lists[0].item if value_first else Constant(Decimal(1), NUMBER)
        counted = tree.Call(
            name=name, arguments=(node.arguments[0],), position=node.position, length=node.length
        )
        return resolve_call(reporter, counted, FUNCTIONS[name], [_chosen(lists[0], conditions, item)])

    return over_records


def _single(name: str) -> Any:
    """How SUMIF and AVERAGEIF are computed: list, criterion, and the values if they are others."""
    several = _adding_up(name, value_first=True)

    def over_records(reporter: Any, node: tree.Call, arguments: list[Core]) -> Core | None:
        if not any(isinstance(argument, Each) for argument in arguments):
            return resolve_call(reporter, node, FUNCTIONS[node.name], arguments)
        place = 2 if len(arguments) > 2 else 0
        turned = tree.Call(
            name=node.name,
            arguments=(node.arguments[place], *node.arguments[:2]),
            position=node.position,
            length=node.length,
        )
        found: Core | None = several(reporter, turned, [arguments[place], *arguments[:2]])
        return found

    return over_records


def _kept(values: Sequence[Any] | None, pairs: Sequence[Any]) -> list[Any]:
    """The values at the places where every list has an item that fits its criterion."""
    lists = [tuple(one or ()) for one in pairs[::2]]
    values = tuple(values or ())
    if any(len(one) != len(values) for one in lists):
        raise Failure(WRONG_VALUE, "formula_lists_unequal")
    tests = list(zip(lists, pairs[1::2], strict=True))
    return [
        value
        for place, value in enumerate(values)
        if all(fits(items[place], criterion) for items, criterion in tests)
    ]


def _numbers(values: Sequence[Any]) -> list[Decimal]:
    return [
        Decimal(value) for value in values if isinstance(value, Decimal | int) and type(value) is not bool
    ]


def _total(values: Sequence[Decimal]) -> Decimal:
    total = ZERO
    for value in values:
        total = CONTEXT.add(total, value)
    return total


def _mean(values: Sequence[Decimal]) -> Decimal:
    return divide(_total(values), Decimal(len(values)))


@function("list", over_records=_adding_up("SUM", value_first=True))
def SUMIFS(values: Numbers, list_: AnyItems, criterion: Anything, *more: Anything) -> Number:
    """The sum of the values where every list has an item that meets its criterion.

    A criterion is a value, or a text that begins with = <> < <= > or >=; in a text * stands for anything and
    ? for one character.

    >>> SUMIFS({receipts.amount}, {receipts.status}, "confirmed", {receipts.date}, ">" & DATE(2026, 2, 1))
    100
    >>> SUMIFS(LIST(10, 20, 30), LIST("a", "b", "a"), "a")
    40
    """
    return _total(_numbers(_kept(values, (list_, criterion, *more))))


@function("list", over_records=_adding_up("COUNT", value_first=False))
def COUNTIFS(list_: AnyItems, criterion: Anything, *more: Anything) -> Number:
    """How many times every list has an item that meets its criterion, as in SUMIFS.

    >>> COUNTIFS(LIST(5, 15, 25), ">10")
    2
    """
    return Decimal(len(_kept(list_, (list_, criterion, *more))))


@function("list", exact=False, over_records=_adding_up("AVERAGE", value_first=True))
def AVERAGEIFS(values: Numbers, list_: AnyItems, criterion: Anything, *more: Anything) -> Number:
    """The mean of the values where every list has an item that meets its criterion, as in SUMIFS.

    >>> AVERAGEIFS(LIST(10, 20, 60), LIST(1, 2, 3), ">=2")
    40
    """
    return _mean(_numbers(_kept(values, (list_, criterion, *more))))


@function("list", over_records=_adding_up("MIN", value_first=True))
def MINIFS(values: Numbers, list_: AnyItems, criterion: Anything, *more: Anything) -> Number:
    """The least of the values where every list has an item that meets its criterion, as in SUMIFS.

    >>> MINIFS(LIST(10, 20, 60), LIST(1, 2, 3), ">=2")
    20
    """
    return min(_numbers(_kept(values, (list_, criterion, *more))), default=ZERO)


@function("list", over_records=_adding_up("MAX", value_first=True))
def MAXIFS(values: Numbers, list_: AnyItems, criterion: Anything, *more: Anything) -> Number:
    """The greatest of the values where every list has an item that meets its criterion, as in SUMIFS.

    >>> MAXIFS(LIST(10, 20, 60), LIST(1, 2, 3), "<3")
    20
    """
    return max(_numbers(_kept(values, (list_, criterion, *more))), default=ZERO)


@function("list", over_records=_single("SUM"))
def SUMIF(list_: AnyItems, criterion: Anything, values: Numbers = None) -> Number:
    """The sum of the items that meet a criterion, or of the values in their places, as in SUMIFS.

    >>> SUMIF(LIST(5, 15, 25), ">10")
    40
    >>> SUMIF(LIST("a", "b"), "b", LIST(1, 2))
    2
    """
    return _total(_numbers(_kept(list_ if values is None else values, (list_, criterion))))


@function("list", over_records=_adding_up("COUNT", value_first=False))
def COUNTIF(list_: AnyItems, criterion: Anything) -> Number:
    """How many items meet a criterion, as in SUMIFS.

    >>> COUNTIF(LIST("apple", "pear"), "a*")
    1
    """
    return Decimal(len(_kept(list_, (list_, criterion))))


@function("list", exact=False, over_records=_single("AVERAGE"))
def AVERAGEIF(list_: AnyItems, criterion: Anything, values: Numbers = None) -> Number:
    """The mean of the items that meet a criterion, or of the values in their places, as in SUMIFS.

    >>> AVERAGEIF(LIST(5, 15, 25), ">10")
    20
    """
    return _mean(_numbers(_kept(list_ if values is None else values, (list_, criterion))))
