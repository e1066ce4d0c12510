"""Coercions: how a value of one kind is seen as another, and what a blank counts as there."""

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from typing import Any

import sqlalchemy as sa
from sqlalchemy import ColumnElement

from joinery.formulas import numbers
from joinery.formulas.context import EvaluationContext
from joinery.formulas.core import (
    Apply,
    Constant,
    Core,
    Each,
    Operation,
    Read,
    SqlCall,
    SqlValue,
    is_exact,
    may_be_blank,
)
from joinery.formulas.dates_in_text import date_from_text, naive_datetime, time_from_text
from joinery.formulas.numbers_in_text import number_from_text, sql_looks_like_number, sql_number_from_text
from joinery.formulas.problem import WRONG_VALUE, Failure
from joinery.formulas.types import (
    BLANK,
    BOOLEAN,
    DATE,
    DATETIME,
    NUMBER,
    REFERENCE_KINDS,
    TEXT,
    TIME,
    Type,
    list_of,
)
from joinery.formulas.wall_clock_sql import local_sql, utc_sql

_MICROSECONDS = Decimal(86_400_000_000)


def _sql_number_from_text(call: SqlCall) -> SqlValue:
    fits = sql_looks_like_number(call[0])
    value = sa.case((fits, sql_number_from_text(call[0])), else_=sa.literal(Decimal(0)))
    return SqlValue(value=value, error=sa.not_(fits))


def datetime_from_text(context: EvaluationContext, text: str) -> datetime:
    """The moment written in a text; without an offset it is in the context's time zone."""
    return to_utc(naive_datetime(text, "formula_not_a_date"), context)


def to_utc(moment: datetime, context: EvaluationContext) -> datetime:
    """A moment in UTC; a naive one is read in the context's time zone."""
    try:
        return (moment if moment.tzinfo else moment.replace(tzinfo=context.zone)).astimezone(UTC)
    except OverflowError:
        raise Failure(WRONG_VALUE, "formula_date_out_of_range") from None


def local(context: EvaluationContext, moment: datetime) -> datetime:
    """A moment as the clock on the wall shows it."""
    return moment.astimezone(context.zone).replace(tzinfo=None)


def text_of(context: EvaluationContext, value: Any) -> str:
    """Any simple value as text, as `&` shows it."""
    if isinstance(value, str):
        return value
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, Decimal):
        return numbers.plain(value)
    if isinstance(value, datetime):
        return local(context, value).isoformat(" ", "seconds")
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, time):
        return value.isoformat("seconds")
    if isinstance(value, tuple):
        return ", ".join(text_of(context, item) for item in value)
    return "" if value is None else str(value)


def sql_text_of(call: SqlCall) -> ColumnElement[Any]:
    """The same in SQL."""
    value = call[0]
    match call.kind(0):
        case "number" | "money" | "percent":
            return sa.cast(sa.func.trim_scale(sa.cast(value, sa.Numeric)), sa.Text)
        case "boolean":
            return sa.case((value, "TRUE"), (sa.not_(value), "FALSE"))
        case "date":
            return sa.func.to_char(value, "YYYY-MM-DD")
        case "datetime":
            return sa.func.to_char(local_sql(call), "YYYY-MM-DD HH24:MI:SS")
        case "time":
            return sa.func.to_char(sa.cast(value, sa.Interval), "HH24:MI:SS")
        case "list":
            return sa.func.array_to_string(value, ", ")
    return sa.cast(value, sa.Text)


def _keep_blank(function: Any) -> Any:
    return lambda value: None if value is None else function(value)


def _keep_blank_in_context(function: Any) -> Any:
    return lambda context, value: None if value is None else function(context, value)


def _or(default: Any) -> Any:
    return lambda value: default if value is None else value


def _coalesce(default: Any) -> Any:
    return lambda call: sa.func.coalesce(call[0], default)


def _whole_number(value: Any) -> Decimal:
    return Decimal(value) if type(value) is int else value if value is not None else numbers.ZERO


def _sql_zero(call: SqlCall) -> ColumnElement[Any]:
    value = call[0]
    if not isinstance(value.type, sa.Numeric) or isinstance(value.type, sa.Float):
        value = sa.cast(value, sa.Numeric)
    return sa.func.coalesce(value, sa.literal(Decimal(0)))


ZERO_IF_BLANK = Operation(name="zero_if_blank", python=_whole_number, sql=_sql_zero)
EMPTY_IF_BLANK = Operation(name="empty_if_blank", python=_or(""), sql=_coalesce(""))
BLANK_IF_EMPTY = Operation(
    name="blank_if_empty",
    python=lambda text: text or None,
    sql=lambda call: sa.func.nullif(call[0], ""),
    blank="maybe",
)
EMPTY_LIST_IF_BLANK = Operation(
    name="empty_list_if_blank",
    python=_or(()),
    sql=lambda call: sa.func.coalesce(call[0], sa.cast(sa.literal("{}"), call[0].type)),
)
FALSE_IF_BLANK = Operation(
    name="false_if_blank",
    python=_or(False),
    sql=lambda call: (
        call[0].is_(sa.true())
        if isinstance(call.node.operands[0], Read)
        else sa.func.coalesce(call[0], sa.false())
    ),
)
NOT_ZERO = Operation(name="not_zero", python=bool, sql=lambda call: call[0] != 0)
TO_TEXT = Operation(
    name="to_text",
    python=lambda context, value: None if value is None else text_of(context, value),
    sql=sql_text_of,
    style="context",
    blank="any",
)
NUMBER_FROM_TEXT = Operation(name="number_from_text", python=number_from_text, sql=_sql_number_from_text)
NUMBER_FROM_TRUTH = Operation(
    name="number_from_truth",
    python=lambda value: numbers.ONE if value else numbers.ZERO,
    sql=lambda call: sa.case((call[0], sa.literal(Decimal(1))), else_=sa.literal(Decimal(0))),
)


def _days_of(duration: timedelta | None) -> Decimal:
    if duration is None:
        return numbers.ZERO
    microseconds = (duration.days * 86_400 + duration.seconds) * 1_000_000 + duration.microseconds
    return numbers.as_quotient(numbers.SERIES.divide(Decimal(microseconds), _MICROSECONDS))


def _sql_days_of(call: SqlCall) -> ColumnElement[Any]:
    seconds = sa.cast(sa.func.extract("epoch", call[0]), sa.Numeric(300, numbers.QUOTIENT_PLACES + 6))
    return sa.func.coalesce(sa.func.round(seconds / 86_400, numbers.QUOTIENT_PLACES), sa.literal(Decimal(0)))


DAYS_OF_DURATION = Operation(
    name="days_of_duration", python=_days_of, sql=_sql_days_of, exact=False, arithmetic=True
)
DATE_FROM_TEXT = Operation(name="date_from_text", python=_keep_blank(date_from_text), blank="any")
DATETIME_FROM_TEXT = Operation(
    name="datetime_from_text", python=_keep_blank_in_context(datetime_from_text), style="context", blank="any"
)
TIME_FROM_TEXT = Operation(name="time_from_text", python=_keep_blank(time_from_text), blank="any")
DATE_OF_MOMENT = Operation(
    name="date_of_moment",
    python=_keep_blank_in_context(lambda context, moment: local(context, moment).date()),
    sql=lambda call: sa.cast(local_sql(call), sa.Date),
    style="context",
    blank="any",
)
MIDNIGHT = Operation(
    name="midnight",
    python=_keep_blank_in_context(
        lambda context, day: to_utc(datetime(day.year, day.month, day.day), context)  # noqa: DTZ001
    ),
    sql=lambda call: utc_sql(call, call[0]),
    style="context",
    blank="any",
)
SETTLE = Operation(
    name="settle",
    python=numbers.settle,
    sql=lambda call: sa.func.round(call[0], numbers.SETTLED_PLACES),
    blank="any",
)
ONE_ITEM = Operation(
    name="one_item",
    python=_keep_blank(lambda value: (value,)),
    sql=lambda call: sa.case((call[0].is_not(None), sa.func.array(call[0]))),
    blank="any",
)


def apply(operation: Operation, result: Type, *operands: Core) -> Apply:
    """An operation on operands with a result of a type."""
    return Apply(operation, operands, result)


def settled(core: Core) -> Core:
    """A number ready to be shown, stored, compared or handed to a function."""
    return core if is_exact(core) else apply(SETTLE, core.type, core)


def is_error(core: Core) -> bool:
    """Whether it is an error in any case (NA), which so has every type; a blank has every type too."""
    return core.type == BLANK and isinstance(core, Apply) and not core.operands


def retyped(core: Core, target: Type) -> Core:
    """The same computation as one of another type."""
    return replace(core, type=target)


def as_operand(core: Core) -> Core | None:
    """A number for arithmetic (blank is 0), not settled; None when it cannot be one."""
    kind = core.type.kind
    if is_error(core):
        return retyped(core, NUMBER)
    if core.type.is_numeric:
        if isinstance(core, Constant) and core.value is not None:
            return core
        return apply(ZERO_IF_BLANK, core.type, core) if may_be_blank(core) else core
    match kind:
        case "blank":
            return Constant(numbers.ZERO, NUMBER)
        case "boolean":
            return apply(NUMBER_FROM_TRUTH, NUMBER, _truth(core))
        case "duration":
            return apply(DAYS_OF_DURATION, NUMBER, core)
        case "text":
            if not may_be_blank(core):
                return apply(NUMBER_FROM_TEXT, NUMBER, core)
            return apply(NUMBER_FROM_TEXT, NUMBER, apply(_ZERO_TEXT, TEXT, core))
    return None


_ZERO_TEXT = Operation(name="zero_text_if_blank", python=_or("0"), sql=_coalesce("0"))


def _truth(core: Core) -> Core:
    return apply(FALSE_IF_BLANK, BOOLEAN, core) if may_be_blank(core) else core


def filled(core: Core) -> Core:
    """The value where a blank counts as something: 0, "", FALSE."""
    if not may_be_blank(core):
        return core
    if core.type.is_numeric:
        return apply(ZERO_IF_BLANK, core.type, core)
    if core.type.kind in ("text", "choice"):
        return apply(EMPTY_IF_BLANK, core.type, core)
    return _truth(core) if core.type == BOOLEAN else core


def coerce(core: Core, target: Type) -> Core | None:
    """The value seen as `target`, blanks staying blank; None when that is not possible."""
    core = settled(core)
    source = core.type
    if source == target:
        return core
    if source == BLANK:
        return retyped(core, target) if is_error(core) else Constant(None, target)
    if target.is_numeric:
        return core if source.is_numeric else as_settled_operand(core)
    return _COERCIONS.get(target.kind, _to_same_kind)(core, target)


def as_settled_operand(core: Core) -> Core | None:
    """A number for a function: blank is 0, quotients are settled."""
    operand = as_operand(core)
    return None if operand is None else settled(operand)


def _to_text(core: Core, target: Type) -> Core | None:
    if core.type.kind in ("choice", "text"):
        return core
    if core.type.kind in REFERENCE_KINDS or core.type.kind == "duration":
        return None
    if core.type.item is not None and core.type.item.kind not in ("choice", "text"):
        return None
    return apply(TO_TEXT, target, core)


def _to_boolean(core: Core, target: Type) -> Core | None:
    if not core.type.is_numeric:
        return None
    return apply(NOT_ZERO, target, filled(core))


def _to_date(core: Core, target: Type) -> Core | None:
    match core.type.kind:
        case "datetime":
            return apply(DATE_OF_MOMENT, DATE, core)
        case "text":
            return apply(DATE_FROM_TEXT, DATE, apply(BLANK_IF_EMPTY, TEXT, core))
    return None


def _to_datetime(core: Core, target: Type) -> Core | None:
    match core.type.kind:
        case "date":
            return apply(MIDNIGHT, DATETIME, core)
        case "text":
            return apply(DATETIME_FROM_TEXT, DATETIME, apply(BLANK_IF_EMPTY, TEXT, core))
    return None


def _to_time(core: Core, target: Type) -> Core | None:
    if core.type.kind != "text":
        return None
    return apply(TIME_FROM_TEXT, TIME, apply(BLANK_IF_EMPTY, TEXT, core))


def _to_choice(core: Core, target: Type) -> Core | None:
    return core if core.type.kind == "text" else None


def _to_list(core: Core, target: Type) -> Core | None:
    if target.item is None:
        return None
    if isinstance(core, Each) and core.item.type.kind != "list":
        each = coerce(core.item, target.item)
        return None if each is None else replace(core, item=each, type=list_of(target.item))
    if core.type.kind == "list":
        return core if core.type.item is not None and _is_seen_as(core.type.item, target.item) else None
    item = coerce(core, target.item)
    return None if item is None else apply(ONE_ITEM, list_of(target.item), item)


def _is_seen_as(source: Type, target: Type) -> bool:
    """Whether values of a type are those of another without any change."""
    return (source.is_numeric and target.is_numeric) or _to_same_kind(
        Constant(None, source), target
    ) is not None


def _to_same_kind(core: Core, target: Type) -> Core | None:
    same = core.type.kind == target.kind or {core.type.kind, target.kind} <= {"text", "choice"}
    same_form = None in (core.type.form, target.form) or core.type.form == target.form
    return core if same and same_form else None


_COERCIONS = {
    "text": _to_text,
    "boolean": _to_boolean,
    "date": _to_date,
    "datetime": _to_datetime,
    "time": _to_time,
    "choice": _to_choice,
    "list": _to_list,
}
