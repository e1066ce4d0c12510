"""People and departments: the viewer, and whoever a record names.

What they give follows the people of the workspace: nothing of it is stored, so nothing of it is ever stale.
"""

from decimal import Decimal
from typing import Any

import sqlalchemy as sa

from joinery.formulas import people_sql as in_sql
from joinery.formulas.context import EvaluationContext
from joinery.formulas.core import UNKNOWN, SqlCall, SqlValue, Volatile
from joinery.formulas.function import (
    Department,
    Departments,
    Number,
    Organisation,
    Text,
    TextItems,
    Truth,
    User,
    Users,
    function,
)
from joinery.formulas.numbers import ONE, whole
from joinery.formulas.problem import WRONG_VALUE, Failure

#: Stands for a person or a department that was left out: that of the viewer.
NOT_GIVEN: Any = object()
_VIEWER: frozenset[Volatile] = frozenset({"viewer"})
_PEOPLE: frozenset[Volatile] = frozenset({"people"})
_BOTH = _VIEWER | _PEOPLE
_USER_TEXTS = ("name", "email", "department", "manager")
_DEPARTMENT_TEXTS = ("name", "path", "heads")


@function("people", blank="maybe", volatile=_VIEWER)
def ME(context: EvaluationContext) -> User:
    """The person who is asking.

    >>> ISBLANK(ME())
    TRUE
    """
    return context.user_id


@function("people", blank="maybe", volatile=_VIEWER)
def MY_DEPARTMENT(context: EvaluationContext) -> Department:
    """The main department of the person who is asking.

    >>> ISBLANK(MY_DEPARTMENT())
    TRUE
    """
    return context.department_ids[0] if context.department_ids else None


@function("people", blank="maybe", volatile=_VIEWER)
def MY_DEPARTMENTS(context: EvaluationContext) -> Departments:
    """All departments of the person who is asking, a list.

    >>> LENGTH(MY_DEPARTMENTS())
    0
    """
    return context.department_ids or None


@function("people", blank="maybe", volatile=_VIEWER)
def MY_ORGANISATION(context: EvaluationContext) -> Organisation:
    """The external organisation of the person who is asking; blank for the workspace's own people.

    `{partner} = MY_ORGANISATION()` are the records of my company, where `partner` is an organisation field.

    >>> ISBLANK(MY_ORGANISATION())
    TRUE
    """
    return context.organisation_id


def _sql_organisation(call: SqlCall) -> Any:
    people = call.context.people
    return in_sql.as_id(in_sql.answers(call, 0, people.user_ids(), people.organisation_of))


@function("people", blank="maybe", sql=_sql_organisation, volatile=_BOTH)
def ORGANISATION(context: EvaluationContext, user: User = NOT_GIVEN) -> Organisation:
    """The external organisation that a person is of, of the one who is asking when none is given.

    `ORGANISATION({owner}) = MY_ORGANISATION()` are the records that somebody of my company owns.

    >>> ISBLANK(ORGANISATION())
    TRUE
    """
    if user is NOT_GIVEN:
        return context.organisation_id
    return None if user is None else context.people.organisation_of(user)


def _sql_manager(call: SqlCall) -> Any:
    people = call.context.people

    def of_level(level: int) -> Any:
        found = in_sql.answers(call, 0, people.user_ids(), lambda user: people.manager(user, level))
        return in_sql.as_id(found)

    return in_sql.by_level(call, 1, of_level)


@function("people", blank="maybe", sql=_sql_manager, volatile=_BOTH)
def MANAGER(context: EvaluationContext, user: User = NOT_GIVEN, level: Number = ONE) -> User:
    """The manager of a person, of the one who is asking when none is given.

    It is whoever was named, else a head of the main department or of the nearest above it. Level 2 is the
    manager's manager, and so on; blank above the top.

    >>> ISBLANK(MANAGER())
    TRUE
    """
    asked = context.user_id if user is NOT_GIVEN else user
    return None if asked is None else context.people.manager(asked, _level(level))


def _sql_subordinates(call: SqlCall) -> Any:
    people = call.context.people
    found = in_sql.answers(call, 0, people.user_ids(), lambda user: sorted(people.subordinates(user)))
    return in_sql.as_list(found, sa.BigInteger())


@function("people", blank="maybe", sql=_sql_subordinates, volatile=_BOTH)
def SUBORDINATES(context: EvaluationContext, user: User = NOT_GIVEN) -> Users:
    """Everybody whom a person manages, directly or through others, a list; of the one who is asking when none
    is given.

    `HAS(SUBORDINATES(), {owner})` are the records of the people below me.

    >>> LENGTH(SUBORDINATES())
    0
    """
    asked = context.user_id if user is NOT_GIVEN else user
    return None if asked is None else tuple(sorted(context.people.subordinates(asked))) or None


def _sql_department(call: SqlCall) -> Any:
    people = call.context.people
    main = {user: next(iter(people.departments_of(user)), None) for user in people.user_ids()}
    value = in_sql.as_id(in_sql.answers(call, 0, main, main.get))
    known = {user: department for user, department in main.items() if department is not None}
    return SqlValue(value=value, blank=value.is_(None), picked=(call.operands[0], known))


@function("people", blank="maybe", sql=_sql_department, volatile=_BOTH)
def DEPARTMENT(context: EvaluationContext, user: User = NOT_GIVEN) -> Department:
    """The main department of a person, of the one who is asking when none is given.

    >>> ISBLANK(DEPARTMENT())
    TRUE
    """
    return next(iter(_departments(context, user)), None)


def _sql_departments(call: SqlCall) -> Any:
    people = call.context.people
    found = in_sql.answers(call, 0, people.user_ids(), lambda user: list(people.departments_of(user)))
    return in_sql.as_list(found, sa.BigInteger())


@function("people", blank="maybe", sql=_sql_departments, volatile=_BOTH)
def DEPARTMENTS(context: EvaluationContext, user: User = NOT_GIVEN) -> Departments:
    """All departments of a person, the main one first, a list; of the one who is asking when none is given.

    >>> LENGTH(DEPARTMENTS())
    0
    """
    return _departments(context, user) or None


def _sql_below(call: SqlCall) -> Any:
    people = call.context.people
    found = in_sql.answers(call, 0, people.department_ids(), lambda one: list(people.below(one)))
    return in_sql.as_list(found, sa.BigInteger())


@function("people", blank="maybe", sql=_sql_below, volatile=_BOTH)
def DEPARTMENTSBELOW(context: EvaluationContext, department: Department = NOT_GIVEN) -> Departments:
    """A department and all departments below it, a list; those of one's main department when none is given.

    `HAS(DEPARTMENTSBELOW(), {department})` is my department and below.

    >>> LENGTH(DEPARTMENTSBELOW())
    0
    """
    given = next(iter(context.department_ids), None) if department is NOT_GIVEN else department
    return None if given is None else tuple(context.people.below(given)) or None


def _sql_heads(call: SqlCall) -> Any:
    people = call.context.people

    def of_level(level: int) -> Any:
        found = in_sql.answers(
            call, 0, people.department_ids(), lambda one: list(people.heads_of(one, level))
        )
        return in_sql.as_list(found, sa.BigInteger())

    return in_sql.by_level(call, 1, of_level)


@function("people", blank="maybe", sql=_sql_heads, volatile=_PEOPLE)
def DEPARTMENTHEADS(context: EvaluationContext, department: Department, level: Number = ONE) -> Users:
    """The heads of a department, a list; level 2 are those of the department above it, and so on.

    >>> LENGTH(DEPARTMENTHEADS(MY_DEPARTMENT()))
    0
    """
    if department is None:
        return None
    return tuple(context.people.heads_of(department, _level(level))) or None


def _sql_in_department(call: SqlCall) -> Any:
    if len(call) < 3:
        return _sql_is_in(call, with_below=True)
    known = call.known(2)
    if known is not UNKNOWN:
        return _sql_is_in(call, with_below=bool(known))
    return sa.case((call[2], _sql_is_in(call, with_below=True)), else_=_sql_is_in(call, with_below=False))


def _sql_is_in(call: SqlCall, *, with_below: bool) -> Any:
    people = call.context.people
    user, department = call.known(0), call.known(1)
    if user is None or department is None:
        return sa.false()
    if department is not UNKNOWN:
        inside = (one for one in people.user_ids() if people.is_in(one, department, with_below=with_below))
        return in_sql.among(call, 0, inside)
    if user is not UNKNOWN:
        around = (one for one in people.department_ids() if people.is_in(user, one, with_below=with_below))
        return in_sql.among(call, 1, around)
    every = list(people.department_ids())
    table = in_sql.answers(
        call,
        0,
        people.user_ids(),
        lambda user: [one for one in every if people.is_in(user, one, with_below=with_below)],
    )
    return in_sql.contains(table, call[1])


@function("people", sql=_sql_in_department, volatile=_PEOPLE)
def INDEPARTMENT(
    context: EvaluationContext, user: User, department: Department, below: Truth = True
) -> Truth:
    """Whether a person, also one who left, is in a department or in one below it (FALSE: exactly in it).

    `INDEPARTMENT({owner}, DEPARTMENT())` are the records of my department and below.

    >>> INDEPARTMENT(ME(), MY_DEPARTMENT())
    FALSE
    """
    if user is None or department is None:
        return False
    return context.people.is_in(user, department, with_below=below)


def _sql_roles(call: SqlCall) -> Any:
    people = call.context.people
    found = in_sql.answers(call, 0, people.user_ids(), lambda user: list(people.roles_of(user)))
    return in_sql.as_list(found, sa.Text())


@function("people", blank="maybe", sql=_sql_roles, volatile=_BOTH)
def ROLES(context: EvaluationContext, user: User = NOT_GIVEN) -> TextItems:
    """The keys of the roles of a person, a list; of the one who is asking when none is given.

    >>> LENGTH(ROLES())
    0
    """
    if user is NOT_GIVEN:
        return context.roles or None
    return None if user is None else tuple(context.people.roles_of(user)) or None


def _sql_has_role(call: SqlCall) -> Any:
    people, role, user = call.context.people, call.known(0), call.known(1) if len(call) > 1 else UNKNOWN
    if len(call) == 1:
        roles = [sa.literal(each) for each in call.context.roles]
        return call[0].in_(roles) if roles else sa.false()
    of_user = in_sql.answers(call, 1, people.user_ids(), lambda user: list(people.roles_of(user)))
    anywhere = in_sql.contains(of_user, call[0])
    if role is not UNKNOWN:
        anywhere = in_sql.among(call, 1, (user for user in people.user_ids() if people.has_role(user, role)))
    if len(call) == 2:
        return anywhere
    every = list(people.department_ids())
    if user is not UNKNOWN and role is not UNKNOWN:
        if user is None or people.has_role(user, role):
            return sa.false() if user is None else sa.true()
        return in_sql.among(call, 2, (one for one in every if people.has_role(user, role, one)))

    def for_departments(user: int) -> list[str]:
        held = people.roles_for_departments(user)
        return [f"{each}:{one}" for each in held for one in every if people.has_role(user, each, one)]

    table = in_sql.answers(call, 1, people.user_ids(), for_departments)
    wanted = call[0] + ":" + sa.cast(call[2], sa.Text)
    return sa.or_(anywhere, in_sql.contains(table, wanted))


@function("people", sql=_sql_has_role, volatile=_BOTH)
def HASROLE(
    context: EvaluationContext, role: Text, user: User = NOT_GIVEN, department: Department = None
) -> Truth:
    """Whether a person has a role (given by its key): the one who is asking when none is given.

    With a department also those count who have the role for this department or for one above it.

    >>> HASROLE("sales")
    FALSE
    """
    if user is NOT_GIVEN:
        return role in context.roles
    return user is not None and context.people.has_role(user, role, department)


def _sql_user_text(call: SqlCall) -> SqlValue:
    people = call.context.people

    def maker(name: str) -> Any:
        answer = in_sql.answers(call, 0, people.user_ids(), lambda one: people.user_text(one, name))
        return lambda: in_sql.as_text(answer)

    value, wrong = in_sql.by_word(call, 1, {name: maker(name) for name in _USER_TEXTS}, "name")
    return SqlValue(value=value, blank=value.is_(None), error=_where_filled(call, wrong))


@function("people", blank="maybe", sql=_sql_user_text, volatile=_PEOPLE)
def TEXTUSER(context: EvaluationContext, user: User, property: Text = "name") -> Text:
    """A person in words: the "name", the "email" address, or the name of the main "department" or of the
    "manager".

    >>> TEXTUSER(ME(), "email")
    None
    """
    if user is None:
        return None  # type: ignore[return-value]
    return context.people.user_text(user, _property(property, _USER_TEXTS))  # type: ignore[return-value]


def _sql_department_text(call: SqlCall) -> SqlValue:
    people = call.context.people

    def maker(name: str) -> Any:
        answer = in_sql.answers(
            call, 0, people.department_ids(), lambda one: people.department_text(one, name)
        )
        return lambda: in_sql.as_text(answer)

    value, wrong = in_sql.by_word(call, 1, {name: maker(name) for name in _DEPARTMENT_TEXTS}, "name")
    return SqlValue(value=value, blank=value.is_(None), error=_where_filled(call, wrong))


@function("people", blank="maybe", sql=_sql_department_text, volatile=_PEOPLE)
def TEXTDEPT(context: EvaluationContext, department: Department, property: Text = "name") -> Text:
    """A department in words: its "name", its "path" from the top, or the names of its "heads".

    >>> TEXTDEPT(MY_DEPARTMENT(), "path")
    None
    """
    if department is None:
        return None  # type: ignore[return-value]
    name = _property(property, _DEPARTMENT_TEXTS)
    return context.people.department_text(department, name)  # type: ignore[return-value]


def _where_filled(call: SqlCall, wrong: Any) -> Any:
    """A wrong word is no mistake where there is nobody to tell of."""
    blank = call.operands[0].blank
    return wrong if wrong is None or blank is None else sa.and_(sa.not_(blank), wrong)


def _property(given: str, known: tuple[str, ...]) -> str:
    name = given.lower() or "name"
    if name not in known:
        raise Failure(WRONG_VALUE, "formula_unknown_property", property=given[:20], known=", ".join(known))
    return name


def _level(level: Decimal) -> int:
    number = whole(level)
    return number if 1 <= number <= in_sql.MOST_LEVELS else 0


def _departments(context: EvaluationContext, user: Any) -> tuple[int, ...]:
    if user is NOT_GIVEN:
        return context.department_ids
    return () if user is None else tuple(context.people.departments_of(user))
