"""The viewer: who is asking."""

from typing import Any

import sqlalchemy as sa

from joinery.formulas.context import EvaluationContext
from joinery.formulas.core import SqlCall
from joinery.formulas.function import Department, Departments, Text, Truth, User, function


@function("people", blank="maybe", volatile=frozenset({"viewer"}))
def ME(context: EvaluationContext) -> User:
    """The person who is asking.

    >>> ISBLANK(ME())
    TRUE
    """
    return context.user_id


@function("people", blank="maybe", volatile=frozenset({"viewer"}))
def MY_DEPARTMENT(context: EvaluationContext) -> Department:
    """The main department of the person who is asking.

    >>> ISBLANK(MY_DEPARTMENT())
    TRUE
    """
    return context.department_ids[0] if context.department_ids else None


@function("people", blank="maybe", volatile=frozenset({"viewer"}))
def MY_DEPARTMENTS(context: EvaluationContext) -> Departments:
    """All departments of the person who is asking, a list.

    >>> LENGTH(MY_DEPARTMENTS())
    0
    """
    return context.department_ids or None


def _sql_has_role(call: SqlCall) -> Any:
    roles = [sa.literal(role) for role in call.context.roles]
    return call[0].in_(roles) if roles else sa.false()


@function("people", sql=_sql_has_role, volatile=frozenset({"viewer"}))
def HASROLE(context: EvaluationContext, role: Text) -> Truth:
    """Whether the person who is asking has a role (given by its key).

    >>> HASROLE("sales")
    FALSE
    """
    return role in context.roles
