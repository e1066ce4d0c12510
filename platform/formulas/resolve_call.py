"""Fits the arguments of a call to the parameters of the function, with the coercions that takes."""

from typing import Any, Protocol

from joinery.formulas import tree
from joinery.formulas.comparison import FOLD_ITEMS, comparable, comparison_key
from joinery.formulas.conversion import (
    EMPTY_LIST_IF_BLANK,
    apply,
    as_operand,
    as_settled_operand,
    coerce,
    filled,
    settled,
)
from joinery.formulas.core import Apply, Core
from joinery.formulas.function import Function
from joinery.formulas.type_labels import label_of
from joinery.formulas.types import BLANK, BOOLEAN, DATE, DATETIME, TEXT, TIME, Type, list_of, unify


class Reporter(Protocol):
    """Takes problems."""

    def refuse(self, node: tree.Node, code: str, **params: Any) -> None:
        """Report a problem at a node."""


def resolve_call(
    reporter: Reporter, node: tree.Call, function: Function, arguments: list[Core]
) -> Core | None:
    """The application of a function, or None after its problems were reported."""
    if function.pairs_only and len(arguments) % 2:
        reporter.refuse(node, "formula_odd_arguments", function=function.name, signature=function.signature)
        return None
    accepted = [function.accepts(index, len(arguments)) for index in range(len(arguments))]
    same, key = (_agree(reporter, node, function, arguments, kind) for kind in ("same", "key"))
    if same is None or key is None:
        return None
    operands: list[Core] = []
    for index, (argument, accepts) in enumerate(zip(arguments, accepted, strict=True)):
        operand = _fit(argument, accepts, same, key)
        if accepts.is_numeric and not function.operation.exact:
            operand = as_operand(argument)
        if operand is None:
            _refuse(reporter, node, function, index, accepts, argument)
        else:
            operands.append(operand)
    if len(operands) < len(arguments):
        return None
    result = Apply(function.operation, tuple(operands), _result(function, operands, same))
    return filled(result) if function.zero_for_none and result.type.is_numeric else result


def _agree(
    reporter: Reporter, node: tree.Call, function: Function, arguments: list[Core], kind: str
) -> Type | None:
    """The type that all arguments declared `kind` share; reports the first that does not fit."""
    join = unify if kind == "same" else comparable
    found = BLANK
    for index, argument in enumerate(arguments):
        accepts = function.accepts(index, len(arguments))
        if kind not in (accepts.kind, accepts.item and accepts.item.kind):
            continue
        of = argument.type
        if of.item is not None and (kind == "key" or accepts.kind in ("items", "list")):
            of = of.item
        joined = _unify_items(found, of) if accepts.kind == "items" else join(found, of)
        if joined is None:
            _refuse(reporter, node, function, index, accepts, argument)
            return None
        found = joined
    return found


def _unify_items(one: Type, other: Type) -> Type | None:
    """As `unify`, but beside a number texts and yes/no are read as numbers too: MAX(3, "5")."""
    if one.is_numeric and other in (TEXT, BOOLEAN):
        return one
    return other if other.is_numeric and one in (TEXT, BOOLEAN) else unify(one, other)


def _fit(argument: Core, accepts: Type, same: Type, key: Type) -> Core | None:
    match accepts.kind:
        case "any":
            return settled(argument)
        case "same":
            return coerce(argument, same)
        case "key":
            return _fit_key(argument, key)
        case "items":
            return _fit_items(argument, accepts, same, key)
        case "list":
            return _fit_list(argument, accepts, same, key)
        case "moment":
            return argument if argument.type in (DATE, DATETIME) else coerce(argument, DATE)
        case "clock":
            return argument if argument.type in (DATE, DATETIME, TIME) else coerce(argument, TIME)
        case "user" | "department" | "organisation":
            return coerce(argument, accepts)
    operand = as_settled_operand(argument) if accepts.is_numeric else coerce(argument, accepts)
    return None if operand is None else filled(operand)


def _fit_key(argument: Core, key: Type) -> Core | None:
    if argument.type.kind == "list":
        items = apply(EMPTY_LIST_IF_BLANK, argument.type, argument)
        return apply(FOLD_ITEMS, argument.type, items) if key == TEXT else items
    return comparison_key(argument, key)


def _fit_items(argument: Core, accepts: Type, same: Type, key: Type) -> Core | None:
    item = accepts.item
    if item is None or item.kind == "any":
        return settled(argument)
    if item.kind == "key":
        return _fit_key(argument, key)
    wanted = same if item.kind == "same" else item
    if argument.type.kind == "list":
        return coerce(argument, list_of(wanted))
    if wanted.is_numeric and argument.type in (TEXT, BOOLEAN):
        return as_settled_operand(argument)
    return coerce(argument, wanted)


def _fit_list(argument: Core, accepts: Type, same: Type, key: Type) -> Core | None:
    if argument.type.kind == "list":
        if accepts.item is not None and accepts.item.kind == "key" and key == TEXT:
            return apply(FOLD_ITEMS, argument.type, argument)
        if accepts.item is None or accepts.item.kind in ("any", "same", "key"):
            return argument
        return coerce(argument, accepts)
    return coerce(argument, list_of(same)) if argument.type == BLANK else None


def _result(function: Function, operands: list[Core], same: Type) -> Type:
    result = function.result
    if result.kind == "same":
        return same
    if result.kind == "moment":
        return next(one.type for one in operands if one.type in (DATE, DATETIME))
    if result.kind == "list" and result.item is not None and result.item.kind == "same":
        return list_of(same)
    return result


def _refuse(
    reporter: Reporter, node: tree.Call, function: Function, index: int, accepts: Type, argument: Core
) -> None:
    place = node.arguments[index]
    params = {"function": function.name, "parameter": function.parameter_name(index)}
    if accepts.kind in ("same", "key") or (accepts.item and accepts.item.kind in ("same", "key")):
        reporter.refuse(place, "formula_arguments_differ", found=label_of(argument.type), **params)
    else:
        expected, found = label_of(accepts), label_of(argument.type)
        reporter.refuse(place, "formula_wrong_argument", expected=expected, found=found, **params)
