"""Conditions and decisions."""

from typing import Any

import sqlalchemy as sa
from sqlalchemy import ColumnElement

from joinery.formulas.core import SqlCall, SqlValue
from joinery.formulas.function import (
    Key,
    LaterKey,
    LaterNumber,
    LaterSame,
    LaterTruth,
    Same,
    Truth,
    function,
)
from joinery.formulas.numbers import whole
from joinery.formulas.problem import NOT_AVAILABLE, WRONG_VALUE, Failure
from joinery.formulas.sql_cases import first_that_holds, junction, pick, rescue, switch
from joinery.formulas.types import BOOLEAN, KEY, SAME


@function("logic", lazy=True, blank="any", sql=lambda call: first_that_holds(call, otherwise=None))
def IF(condition: LaterTruth, then: LaterSame, otherwise: LaterSame = lambda: None) -> Same:
    """`then` when the condition holds, else `otherwise` (blank when left out). Only one of them is computed.

    >>> IF(2 > 1, "yes", "no")
    'yes'
    >>> IF(FALSE, 1/0, 7)
    7
    """
    return then() if condition() else otherwise()


@function(
    "logic",
    lazy=True,
    blank="maybe",
    pattern=(BOOLEAN, SAME),
    sql=lambda call: first_that_holds(call, otherwise="formula_no_match"),
)
def IFS(condition: LaterTruth, value: LaterSame, *more: LaterSame) -> Same:
    """The value behind the first condition that holds; #N/A when none does.

    >>> IFS(1 > 2, "a", 2 > 1, "b")
    'b'
    >>> IFERROR(IFS(FALSE, 1), 0)
    0
    """
    pairs = (condition, value, *more)
    for index in range(0, len(pairs), 2):
        if pairs[index]():
            return pairs[index + 1]()
    raise Failure(NOT_AVAILABLE, "formula_no_match")


@function("logic", lazy=True, blank="maybe", pattern=(KEY, SAME), sql=switch)
def SWITCH(value: LaterKey, case: LaterKey, result: LaterSame, *more: LaterSame) -> Same:
    """The result behind the first case equal to the value; a last argument by itself is for all other values.

    >>> SWITCH("b", "a", 1, "b", 2, 0)
    2
    >>> SWITCH(3, 1, "one", "many")
    'many'
    """
    sought, rest = value(), (case, result, *more)
    for index in range(0, len(rest) - 1, 2):
        if rest[index]() == sought:
            return rest[index + 1]()
    if len(rest) % 2:
        return rest[-1]()
    raise Failure(NOT_AVAILABLE, "formula_no_match")


@function("logic", lazy=True, sql=lambda call: junction(call, decides=False))
def AND(condition: LaterTruth, *more: LaterTruth) -> Truth:
    """TRUE when all conditions hold. Nothing more is computed after the first that does not.

    >>> AND(1 < 2, 2 < 3)
    TRUE
    >>> AND(FALSE, 1/0 = 1)
    FALSE
    """
    return all(one() for one in (condition, *more))


@function("logic", lazy=True, sql=lambda call: junction(call, decides=True))
def OR(condition: LaterTruth, *more: LaterTruth) -> Truth:
    """TRUE when at least one condition holds. Nothing more is computed after the first that does.

    >>> OR(1 > 2, 2 < 3)
    TRUE
    """
    return any(one() for one in (condition, *more))


@function("logic", sql=lambda call: sa.not_(call[0]))
def NOT(condition: Truth) -> Truth:
    """TRUE when the condition does not hold.

    >>> NOT(1 > 2)
    TRUE
    """
    return not condition


def _sql_xor(call: SqlCall) -> Any:
    first, *rest = (sa.cast(value, sa.Integer) for value in call.values)
    return sum(rest, first) % 2 == 1


@function("logic", sql=_sql_xor)
def XOR(condition: Truth, *more: Truth) -> Truth:
    """TRUE when an odd number of conditions holds.

    >>> XOR(TRUE, FALSE)
    TRUE
    >>> XOR(TRUE, TRUE)
    FALSE
    """
    return (condition + sum(more)) % 2 == 1


@function("logic", sql=lambda call: sa.true())
def TRUE() -> Truth:
    """The value TRUE.

    >>> TRUE()
    TRUE
    """
    return True


@function("logic", sql=lambda call: sa.false())
def FALSE() -> Truth:
    """The value FALSE.

    >>> FALSE()
    FALSE
    """
    return False


@function("logic", lazy=True, blank="any", sql=rescue)
def IFERROR(value: LaterSame, otherwise: LaterSame) -> Same:
    """The value, or `otherwise` when computing it gives an error.

    >>> IFERROR(1/0, 0)
    0
    >>> IFERROR(6/3, 0)
    2
    """
    try:
        return value()
    except (Failure, ArithmeticError):
        return otherwise()


@function("logic", lazy=True, blank="any")
def IFNA(value: LaterSame, otherwise: LaterSame) -> Same:
    """The value, or `otherwise` when computing it gives #N/A: nothing fits. Other errors stay.

    >>> IFNA(SWITCH(3, 1, "one"), "none")
    'none'
    >>> IFNA(1/0, 0)
    #DIV/0!
    """
    try:
        return value()
    except Failure as failure:
        if failure.problem.code != NOT_AVAILABLE:
            raise
        return otherwise()


@function("logic", lazy=True, blank="maybe", sql=pick)
def CHOOSE(number: LaterNumber, value: LaterSame, *more: LaterSame) -> Same:
    """The value at a place: the first for 1, the second for 2 and so on; #VALUE! when there is none.

    >>> CHOOSE(2, "low", "middle", "high")
    'middle'
    >>> CHOOSE(4, "low", "middle", "high")
    #VALUE!
    """
    choices = (value, *more)
    place = number()
    if not 1 <= place < len(choices) + 1:
        raise Failure(WRONG_VALUE, "formula_no_such_item", count=len(choices))
    return choices[whole(place) - 1]()


def _sql_coalesce(call: SqlCall) -> SqlValue:
    filled = [sa.func.nullif(value, "") if call.node.type.kind == "text" else value for value in call.values]
    value = sa.func.coalesce(*filled)
    return SqlValue(value=value, blank=value.is_(None))


@function("logic", blank="maybe", sql=_sql_coalesce)
def COALESCE(value: Same, *more: Same) -> Same:
    """The first value that is not blank.

    >>> COALESCE("", "b", "c")
    'b'
    """
    return next((one for one in (value, *more) if one is not None and one != ""), None)


def _sql_in(call: SqlCall) -> Any:
    value, blank = call[0], call.operands[0].blank
    singles: list[ColumnElement[Any]] = []
    conditions: list[ColumnElement[bool]] = []
    for index in range(1, len(call)):
        if call.kind(index) == "list":
            conditions.append(sa.func.coalesce(value == sa.any_(call[index]), sa.false()))
        elif call.operands[index].blank is None:
            singles.append(call[index])
        else:
            conditions.append(value.is_not_distinct_from(call[index]))
    if singles:
        member = value.in_(singles)
        conditions.append(member if blank is None else sa.and_(member, sa.not_(blank)))
    return sa.or_(*conditions)


@function("logic", sql=_sql_in)
def IN(value: Key, option: Key, *more: Key) -> Truth:
    """Whether the value equals one of the options (text without regard to case). An option may be a list.

    >>> IN("b", "a", "B")
    TRUE
    >>> IN(3, 1, 2)
    FALSE
    """
    return any(value in one if isinstance(one, tuple) else value == one for one in (option, *more))
