"""SQL forms of the lazy functions: what is not computed gives no error either."""

from typing import Any

import sqlalchemy as sa
from sqlalchemy import ColumnElement

from joinery.formulas.core import SqlCall, SqlValue
from joinery.formulas.sql_values import all_of, any_of, bind

Condition = ColumnElement[bool]


def choose(branches: list[tuple[Condition, SqlValue]], otherwise: SqlValue | None) -> SqlValue:
    """CASE over values: the first condition that holds decides about value, blank and error alike."""
    value = sa.case(
        *((condition, one.value) for condition, one in branches),
        else_=sa.null() if otherwise is None else otherwise.value,
    )
    ends = [one for _, one in branches] + ([] if otherwise is None else [otherwise])
    blank = None
    if any(one.blank is not None for one in ends) or otherwise is None:
        blank = _case_of(branches, otherwise, "blank", sa.true())
    error = None
    if any(one.error is not None for one in ends):
        error = _case_of(branches, otherwise, "error", sa.false())
    return SqlValue(value=value, blank=blank, error=error)


def _case_of(
    branches: list[tuple[Condition, SqlValue]], otherwise: SqlValue | None, part: str, default: Condition
) -> Condition:
    def of(one: SqlValue) -> Condition:
        found: Condition | None = getattr(one, part)
        return sa.false() if found is None else found

    return sa.case(
        *((condition, of(one)) for condition, one in branches),
        else_=default if otherwise is None else of(otherwise),
    )


def first_that_holds(call: SqlCall, otherwise: str | None) -> SqlValue:
    """IF and IFS: pairs of condition and value; `otherwise` names the problem when none holds."""
    operands = call.operands
    pairs = [(operands[index], operands[index + 1]) for index in range(0, len(operands) - 1, 2)]
    last = operands[-1] if len(operands) % 2 else None
    return _decide(call, pairs, last, fails=otherwise is not None)


def _decide(
    call: SqlCall, pairs: list[tuple[SqlValue, SqlValue]], last: SqlValue | None, *, fails: bool
) -> SqlValue:
    failed = SqlValue(value=bind(None, call.node.type), error=sa.true())
    branches: list[tuple[Condition, SqlValue]] = []
    for condition, value in pairs:
        if condition.error is not None:
            branches.append((condition.error, failed))
        branches.append((condition.value, value))
    if last is None and fails:
        last = failed
    return choose(branches, last)


def switch(call: SqlCall) -> SqlValue:
    """SWITCH: each case is compared with the first operand."""
    sought, *rest = call.operands
    pairs = []
    for index in range(0, len(rest) - 1, 2):
        case = rest[index]
        if sought.blank is not None and case.blank is not None:
            equal = sought.value.is_not_distinct_from(case.value)
        else:
            blank = any_of(sought.blank, case.blank)
            equal = sought.value == case.value
            equal = equal if blank is None else sa.and_(equal, sa.not_(blank))
        pairs.append((SqlValue(value=equal, error=case.error), rest[index + 1]))
    decided = _decide(call, pairs, rest[-1] if len(rest) % 2 else None, fails=True)
    return SqlValue(value=decided.value, blank=decided.blank, error=any_of(sought.error, decided.error))


def pick(call: SqlCall) -> SqlValue:
    """CHOOSE: the operand counted by the first."""
    place, *choices = call.operands
    number = sa.func.trunc(place.value)
    pairs = [(SqlValue(value=number == index), choice) for index, choice in enumerate(choices, 1)]
    decided = _decide(call, pairs, None, fails=True)
    return SqlValue(value=decided.value, blank=decided.blank, error=any_of(place.error, decided.error))


def junction(call: SqlCall, *, decides: bool) -> SqlValue:
    """AND (`decides` is FALSE) and OR (TRUE): an error counts only when nothing before it decided."""
    values = [operand.value for operand in call.operands]
    value: Any = sa.or_(*values) if decides else sa.and_(*values)
    error: Condition | None = None
    for operand in reversed(call.operands):
        goes_on = sa.not_(operand.value) if decides else operand.value
        later = all_of(goes_on, error) if error is not None else None
        error = any_of(operand.error, later)
    return SqlValue(value=value, error=error)


def rescue(call: SqlCall) -> SqlValue:
    """IFERROR: the second operand where the first is an error."""
    value, otherwise = call.operands
    if value.error is None:
        return value
    return choose([(value.error, otherwise)], SqlValue(value=value.value, blank=value.blank))
