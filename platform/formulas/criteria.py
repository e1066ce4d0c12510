"""Criteria as Excel's SUMIFS has them: a value, or a text such as ">10", "<>done" or "a*"."""

import re
from collections.abc import Callable
from datetime import date, datetime
from decimal import Decimal
from operator import eq, ge, gt, le, lt, ne
from typing import Any

import sqlalchemy as sa

from joinery.formulas import tree
from joinery.formulas.comparison import compare
from joinery.formulas.conversion import apply, coerce, filled
from joinery.formulas.core import Apply, Constant, Core, Operation
from joinery.formulas.dates_in_text import date_from_text
from joinery.formulas.function import FUNCTIONS
from joinery.formulas.lifting import Reporter
from joinery.formulas.linear_patterns import like_pattern, wildcard_pattern
from joinery.formulas.numbers_in_text import number_from_text
from joinery.formulas.problem import Failure
from joinery.formulas.type_labels import label_of
from joinery.formulas.types import BLANK, BOOLEAN, NUMBER, TEXT

_SIGNED = re.compile(r"(<=|>=|<>|=|<|>)(.*)", re.DOTALL)
_TESTS: dict[str, Callable[[Any, Any], Any]] = {"=": eq, "<>": ne, "<": lt, "<=": le, ">": gt, ">=": ge}


def criterion_of(reporter: Reporter, item: Core, node: tree.Tree, criterion: Core) -> Core | None:
    """The condition that an item meets a criterion; None after a problem was reported.

    `node` is the criterion as written: `">" & {limit}` compares with the limit itself.
    """
    sign, value = _parts(item, node, criterion)
    if isinstance(value, Constant) and isinstance(value.value, str) and sign in ("=", "<>"):
        text = coerce(item, TEXT)
        if text is not None and _has_wildcards(value.value):
            try:
                met = apply(_like(value.value), BOOLEAN, filled(text))
            except Failure as failure:
                reporter.refuse(node, failure.problem.message_code, **failure.problem.params)
                return None
            return met if sign == "=" else apply(FUNCTIONS["NOT"].operation, BOOLEAN, met)
    met_or_not = compare(sign, item, value)
    if met_or_not is None:
        params = {"operator": sign, "left": label_of(item.type), "right": label_of(value.type)}
        reporter.refuse(node, "formula_cannot_compare", **params)
    return met_or_not


def _has_wildcards(text: str) -> bool:
    return "*" in text or "?" in text


def _parts(item: Core, node: tree.Tree, criterion: Core) -> tuple[str, Core]:
    """The sign of a criterion and the value it compares with."""
    if isinstance(criterion, Constant) and isinstance(criterion.value, str):
        match = _SIGNED.fullmatch(criterion.value)
        sign, rest = match.groups() if match else ("=", criterion.value)
        return sign, _constant(item, rest)
    first = node.operands[0] if isinstance(node, tree.Chain) and len(node.operands) == 2 else None
    if isinstance(first, tree.Text) and first.value in _TESTS and isinstance(criterion, Apply):
        return first.value, _unwrapped(criterion.operands[1])
    return "=", criterion


def _unwrapped(core: Core) -> Core:
    """What was joined to a sign, before it became a text."""
    while isinstance(core, Apply) and core.operation.name in ("to_text", "empty_if_blank", "settle"):
        core = core.operands[0]
    return core


def _constant(item: Core, text: str) -> Core:
    """The value in a criterion's text, as the kind of the items."""
    if not text:
        return Constant(None, BLANK)
    if item.type.is_numeric:
        try:
            return Constant(number_from_text(text), NUMBER)
        except Failure:
            pass
    if item.type == BOOLEAN and text.upper() in ("TRUE", "FALSE"):
        return Constant(text.upper() == "TRUE", BOOLEAN)
    return Constant(text, TEXT)


def fits(item: Any, criterion: Any) -> bool:
    """Whether a value meets a criterion: the same for lists that are not of related records."""
    if not isinstance(criterion, str):
        return bool(item == criterion)
    match = _SIGNED.fullmatch(criterion)
    sign, rest = match.groups() if match else ("=", criterion)
    if not rest:
        return (item is None) == (sign == "=")
    if isinstance(item, str):
        if sign in ("=", "<>"):
            met = (
                bool(wildcard_pattern(rest, any_case=True).fullmatch(item))
                if _has_wildcards(rest)
                else item.lower() == rest.lower()
            )
            return met == (sign == "=")
        return bool(_TESTS[sign](item.lower(), rest.lower()))
    other = _as_item(item, rest)
    if item is None or other is None:
        return sign == "<>"
    return bool(_TESTS[sign](item, other))


def _as_item(item: Any, text: str) -> Any:
    try:
        if isinstance(item, bool):
            return {"TRUE": True, "FALSE": False}.get(text.upper())
        if isinstance(item, Decimal | int):
            return number_from_text(text)
        if isinstance(item, date) and not isinstance(item, datetime):
            return date_from_text(text)
    except Failure:
        pass
    return None


def _like(text: str) -> Operation:
    pattern, like = wildcard_pattern(text, any_case=True), like_pattern(text)
    return Operation(
        name="like",
        python=lambda value: bool(pattern.fullmatch(value)),
        sql=lambda call: call[0].ilike(sa.literal(like)),
    )
