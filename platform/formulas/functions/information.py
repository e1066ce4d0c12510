"""What kind of value something is, and whether it is an error; no such question gives an error itself."""

from collections.abc import Callable
from decimal import Decimal
from typing import Any

import sqlalchemy as sa
from sqlalchemy import ColumnElement

from joinery.formulas.comparison import IS_BLANK
from joinery.formulas.core import Read, SqlCall, SqlValue
from joinery.formulas.function import LaterAnything, Number, Same, Truth, alias, function
from joinery.formulas.problem import NOT_AVAILABLE, Failure


def _error_of(value: Callable[[], Any]) -> str | None:
    """The code of the error that computing the value gives, None when it gives none."""
    try:
        value()
    except Failure as failure:
        return failure.problem.code
    except ArithmeticError:
        return "#NUM!"
    return None


def _holds(value: Callable[[], Any], question: Callable[[Any], bool]) -> bool:
    """The answer about the value; FALSE when computing it gives an error."""
    try:
        return question(value())
    except (Failure, ArithmeticError):
        return False


def _sql_question(answer: Callable[[SqlCall], ColumnElement[bool]]) -> Any:
    def form(call: SqlCall) -> SqlValue:
        error = call.operands[0].error
        found = answer(call)
        return SqlValue(value=found if error is None else sa.and_(sa.not_(error), found))

    return form


def _sql_is_error(call: SqlCall) -> SqlValue:
    error = call.operands[0].error
    return SqlValue(value=sa.false() if error is None else error)


@function("logic", lazy=True, sql=_sql_is_error)
def ISERROR(value: LaterAnything) -> Truth:
    """Whether computing the value gives an error.

    >>> ISERROR(1/0)
    TRUE
    >>> ISERROR(1)
    FALSE
    """
    return _error_of(value) is not None


@function("logic", lazy=True)
def ISERR(value: LaterAnything) -> Truth:
    """Whether computing the value gives an error other than #N/A.

    >>> ISERR(1/0)
    TRUE
    >>> ISERR(NA())
    FALSE
    """
    return _error_of(value) not in (None, NOT_AVAILABLE)


@function("logic", lazy=True)
def ISNA(value: LaterAnything) -> Truth:
    """Whether computing the value gives the error #N/A: nothing fits.

    >>> ISNA(SWITCH(3, 1, "one"))
    TRUE
    >>> ISNA(1/0)
    FALSE
    """
    return _error_of(value) == NOT_AVAILABLE


@function("logic", blank="maybe")
def NA() -> Same:
    """The error #N/A: there is no value.

    >>> ISNA(NA())
    TRUE
    """
    raise Failure(NOT_AVAILABLE, "formula_not_available")


def _sql_is_blank(call: SqlCall) -> ColumnElement[bool]:
    operand = call.operands[0]
    if call.kind(0) in ("text", "choice") and not isinstance(call.node.operands[0], Read):
        return sa.func.coalesce(operand.value, "") == ""
    return sa.false() if operand.blank is None else operand.blank


@function("logic", lazy=True, sql=_sql_question(_sql_is_blank))
def ISBLANK(value: LaterAnything) -> Truth:
    """Whether the value is blank: not filled in, or a text without characters.

    >>> ISBLANK("")
    TRUE
    >>> ISBLANK(0)
    FALSE
    """
    return _holds(value, IS_BLANK.python)


alias("ISEMPTY", of="ISBLANK")


def _sql_has_kind(*kinds: str) -> Any:
    def answer(call: SqlCall) -> ColumnElement[bool]:
        if call.kind(0) not in kinds:
            return sa.false()
        return sa.not_(_sql_is_blank(call))

    return _sql_question(answer)


@function("logic", lazy=True, sql=_sql_has_kind("number", "money", "percent"))
def ISNUMBER(value: LaterAnything) -> Truth:
    """Whether the value is a number; FALSE for a blank and for an error.

    >>> ISNUMBER(5)
    TRUE
    >>> ISNUMBER("5")
    FALSE
    >>> ISNUMBER(SEARCH("x", "abc"))
    FALSE
    """
    return _holds(value, lambda found: isinstance(found, Decimal))


@function("logic", lazy=True, sql=_sql_has_kind("text", "choice"))
def ISTEXT(value: LaterAnything) -> Truth:
    """Whether the value is a text.

    >>> ISTEXT("5")
    TRUE
    >>> ISTEXT(5)
    FALSE
    """
    return _holds(value, _is_text)


def _is_text(value: Any) -> bool:
    return isinstance(value, str) and value != ""


def _sql_is_not_text(call: SqlCall) -> SqlValue:
    error = call.operands[0].error
    blank = _sql_is_blank(call) if call.kind(0) in ("text", "choice") else sa.true()
    return SqlValue(value=blank if error is None else sa.or_(error, blank))


@function("logic", lazy=True, sql=_sql_is_not_text)
def ISNONTEXT(value: LaterAnything) -> Truth:
    """Whether the value is anything but a text: a number, a date, a blank, an error.

    >>> ISNONTEXT(5)
    TRUE
    >>> ISNONTEXT("5")
    FALSE
    """
    return not _holds(value, _is_text)


@function("logic", lazy=True, sql=_sql_has_kind("boolean"))
def ISLOGICAL(value: LaterAnything) -> Truth:
    """Whether the value is TRUE or FALSE.

    >>> ISLOGICAL(1 < 2)
    TRUE
    >>> ISLOGICAL(1)
    FALSE
    """
    return _holds(value, lambda found: isinstance(found, bool))


def _sql_parity(rest: int) -> Any:
    def form(call: SqlCall) -> ColumnElement[bool]:
        return sa.func.mod(sa.func.abs(sa.func.trunc(call[0])), 2) == rest

    return form


def _parity(value: Decimal) -> int:
    return int(value) % 2


@function("logic", sql=_sql_parity(0))
def ISEVEN(value: Number) -> Truth:
    """Whether the whole part of the number is even.

    >>> ISEVEN(-2)
    TRUE
    >>> ISEVEN(2.9)
    TRUE
    """
    return _parity(value) == 0


@function("logic", sql=_sql_parity(1))
def ISODD(value: Number) -> Truth:
    """Whether the whole part of the number is odd.

    >>> ISODD(-1)
    TRUE
    >>> ISODD(5.9)
    TRUE
    """
    return _parity(value) == 1
