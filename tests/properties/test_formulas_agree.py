"""Random expressions on random records give the same in Python and in the database."""

from collections.abc import Iterator
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

import pytest
import sqlalchemy as sa
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy.dialects.postgresql import ARRAY

from joinery.formulas import (
    BOOLEAN,
    CHOICE,
    DATE,
    DATETIME,
    NUMBER,
    TEXT,
    USER,
    EvaluationContext,
    FormulaProblem,
    WorkingCalendar,
    check,
    evaluate,
    list_of,
    parse,
    to_condition,
    to_sql,
    unparse,
)
from tests.examples import examples

TYPES = {
    "n1": NUMBER, "n2": NUMBER, "t1": TEXT, "t2": TEXT, "c1": CHOICE, "b1": BOOLEAN, "b2": BOOLEAN,
    "d1": DATE, "d2": DATE, "s1": DATETIME, "s2": DATETIME, "u1": USER, "l1": list_of(CHOICE),
}  # fmt: skip
TABLE = sa.Table(
    "agree",
    sa.MetaData(),
    *(sa.Column(key, sa.Numeric) for key in ("n1", "n2")),
    *(sa.Column(key, sa.Text) for key in ("t1", "t2", "c1")),
    *(sa.Column(key, sa.Boolean) for key in ("b1", "b2")),
    *(sa.Column(key, sa.Date) for key in ("d1", "d2")),
    *(sa.Column(key, sa.DateTime(timezone=True)) for key in ("s1", "s2")),
    sa.Column("u1", sa.BigInteger),
    sa.Column("l1", ARRAY(sa.Text)),
    prefixes=["TEMPORARY"],
)
CONTEXT = EvaluationContext(
    now=datetime(2026, 3, 31, 16, 30, tzinfo=UTC),
    time_zone="Asia/Shanghai",
    user_id=5,
    department_ids=(11,),
    roles=("sales",),
    calendar=WorkingCalendar(
        holidays=frozenset(date(2001 + step, 1 + step % 12, 1 + step) for step in range(25)),
        working=frozenset(date(2001 + step, 1 + step % 12, 3 + step) for step in range(24)),
    ),
)


class Fields:
    def type_of(self, path: tuple[str, ...]) -> Any:
        return TYPES.get(path[0])

    def source_of(self, path: tuple[str, ...]) -> tuple[str, ...]:
        return ()

    def known(self, path: tuple[str, ...]) -> list[str]:
        return list(TYPES)


numbers = st.decimals(-1000, 1000, places=2) | st.integers(-3, 3).map(Decimal)
texts = st.text("abAB 12%_\\华?*~.($-", min_size=1, max_size=6)
days = st.dates(date(1999, 1, 1), date(2030, 12, 31))
moments = st.datetimes(datetime(1999, 1, 1), datetime(2030, 12, 31)).map(  # noqa: DTZ001
    lambda moment: moment.replace(microsecond=0, tzinfo=UTC)
)
choices = st.sampled_from(["new", "won", "a"])
VALUES = {
    NUMBER: numbers, TEXT: texts, CHOICE: choices, BOOLEAN: st.booleans(), DATE: days, DATETIME: moments,
    USER: st.integers(4, 6),
    list_of(CHOICE): st.lists(choices, min_size=1, max_size=3, unique=True).map(tuple),
}  # fmt: skip
records = st.fixed_dictionaries({key: st.none() | VALUES[kind] for key, kind in TYPES.items()})


def _calls(pattern: str, *arguments: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    return st.tuples(*arguments).map(lambda parts: pattern.format(*parts))


def expressions(depth: int) -> dict[str, st.SearchStrategy[str]]:
    """Expressions by the kind of their result, nested at most so deep."""
    leaves = {
        "number": st.sampled_from(["{n1}", "{n2}", "0", "2", "-1.5", "0.1"]),
        "text": st.sampled_from(["{t1}", "{t2}", '"a"', '"B 1"', '""']),
        "boolean": st.sampled_from(
            ["{b1}", "{b2}", "TRUE", '({c1} = "new")', "({u1} = ME())", "HAS({l1}, {c1})"]
        ),
        "date": st.sampled_from(["{d1}", "{d2}", "TODAY()", "DATE(2024, 2, 29)"]),
        "moment": st.sampled_from(["{s1}", "{s2}", "NOW()"]),
    }
    if depth == 0:
        return leaves
    below = expressions(depth - 1)
    n, t, b, d, s = (below[kind] for kind in ("number", "text", "boolean", "date", "moment"))
    small = st.sampled_from(["0", "1", "2", "{n1}", "-1"])
    signs = st.sampled_from(["=", "<>", "<", "<=", ">", ">="])
    return {
        "number": leaves["number"]
        | _calls("({} {} {})", n, st.sampled_from("+-*/"), n)
        | _calls("{}({}, {})", st.sampled_from(["ROUND", "ROUNDUP", "ROUNDDOWN", "TRUNC"]), n, small)
        | _calls("{}({})", st.sampled_from(["ABS", "INT", "SIGN", "EVEN", "ODD"]), n)
        | _calls("{}({}, {})", st.sampled_from(["MAX", "MIN", "SUM", "MOD", "COUNT", "AVERAGE"]), n, n)
        | _calls(
            "{}({}, {})", st.sampled_from(["MROUND", "CEILING.MATH", "FLOOR.MATH", "GCD", "SUMSQ"]), n, small
        )
        | _calls("CHOOSE({}, {}, {})", small, n, n)
        | _calls("{}({}, {})", st.sampled_from(["COUNT", "COUNTA", "COUNTBLANK"]), t | n | d | b, t)
        | _calls("SEARCH({}, {})", t, t)
        | _calls("VALUE({})", t)
        | _calls("{}({}, {})", st.sampled_from(["NETWORKDAYS", "DAYS360", "DAYS"]), d | s, d)
        | _calls("NETWORKDAYS({}, {}, {})", d, d, d)
        | _calls("LEN({})", t)
        | _calls("IF({}, {}, {})", b, n, n)
        | _calls("IFERROR({}, {})", n, n)
        | _calls("COALESCE({}, {})", n, n)
        | _calls(
            "{}({})",
            st.sampled_from(["YEAR", "QUARTER", "MONTH", "DAY", "WEEKDAY", "ISOWEEKNUM", "TIMESTAMP"]),
            d | s,
        )
        | _calls('DATEDIFF({}, {}, "{}")', d, d, st.sampled_from(["day", "month", "year", "week"])),
        "text": leaves["text"]
        | _calls("({} & {})", t, t | n | d | b)
        | _calls("{}({}, {})", st.sampled_from(["LEFT", "RIGHT", "REPT"]), t, small)
        | _calls("MID({}, {}, {})", t, small, small)
        | _calls("{}({})", st.sampled_from(["TRIM", "UPPER", "LOWER", "CLEAN"]), t)
        | _calls("SUBSTITUTE({}, {}, {})", t, t, t)
        | _calls("IFS({}, {}, {}, {})", b, t, b, t)
        | _calls("FIRST(SPLIT({}, {}))", t, t)
        | _calls('(INDEX({{l1}}, {}) & "")', small)
        | _calls('SWITCH({{c1}}, "new", {}, {})', t, t),
        "boolean": leaves["boolean"]
        | _calls("({} {} {})", n, signs, n)
        | _calls("({} {} {})", t, signs, t)
        | _calls("({} {} {})", d, signs, d | s)
        | _calls("({} {} {})", s, signs, s)
        | _calls("{}({}, {})", st.sampled_from(["AND", "OR", "XOR"]), b, b)
        | _calls("NOT({})", b)
        | _calls("{}({}, {})", st.sampled_from(["CONTAINS", "STARTSWITH", "ENDSWITH", "EXACT"]), t, t)
        | _calls(
            "{}({})", st.sampled_from(["ISBLANK", "ISERROR", "ISNUMBER", "ISTEXT", "ISNONTEXT"]), n | t | d
        )
        | _calls("{}({})", st.sampled_from(["ISEVEN", "ISODD"]), n)
        | _calls("HAS(SPLIT({}, {}), {})", t, t, t)
        | _calls("IN({}, {}, {})", t, t, t),
        "date": leaves["date"]
        | _calls("({} + {})", d, small)
        | _calls("EDATE({}, {})", d, small)
        | _calls('{}({}, "{}")', st.sampled_from(["STARTOF", "ENDOF"]), d, st.sampled_from(["week", "month"]))
        | _calls("IF({}, {}, {})", b, d, d)
        | _calls("DATEVALUE({})", s),
        "moment": leaves["moment"]
        | _calls('DATEADD({}, {}, "{}")', s, small, st.sampled_from(["day", "hour", "month"]))
        | _calls("({} + {})", s, small),
    }


ANY = st.one_of(*expressions(3).values())
CONDITION = expressions(3)["boolean"]


@pytest.fixture(scope="module")
def connection(database_url: str) -> Iterator[sa.Connection]:
    url = sa.make_url(database_url).set(drivername="postgresql+psycopg")
    engine = sa.create_engine(url, connect_args={"options": "-c timezone=UTC"}, isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        TABLE.create(connection)
        yield connection
    engine.dispose()


def store(connection: sa.Connection, record: dict[str, Any]) -> None:
    connection.execute(TABLE.delete())
    values = {key: list(value) if isinstance(value, tuple) else value for key, value in record.items()}
    connection.execute(TABLE.insert(), values)


def close(one: Any, other: Any) -> bool:
    if isinstance(one, Decimal) and isinstance(other, Decimal):
        # Sums of many quotients may differ in the last settled decimal.
        return abs(one - other) <= Decimal("1e-18")
    return bool(one == other) and type(one) is type(other)


@settings(max_examples=examples(150), deadline=None, suppress_health_check=list(HealthCheck))
@given(text=ANY, record=records)
def test_values_agree(connection: sa.Connection, text: str, record: dict[str, Any]) -> None:
    checked, issues = check(text, Fields())
    assert checked is not None, list(issues)
    expected = evaluate(checked, record, CONTEXT)
    expected = None if isinstance(expected, FormulaProblem) else expected
    store(connection, record)
    query = sa.select(to_sql(checked, lambda path: TABLE.c[path[0]], CONTEXT)).select_from(TABLE)
    found = connection.execute(query).scalar_one()
    assert close(found, expected), f"{found!r} in the database, {expected!r} in Python"


@settings(max_examples=examples(150), deadline=None, suppress_health_check=list(HealthCheck))
@given(text=CONDITION, record=records)
def test_filters_agree(connection: sa.Connection, text: str, record: dict[str, Any]) -> None:
    checked, issues = check(text, Fields())
    assert checked is not None, list(issues)
    store(connection, record)
    condition = to_condition(checked, lambda path: TABLE.c[path[0]], CONTEXT)
    query = sa.select(condition).select_from(TABLE)
    assert connection.execute(query).scalar_one() is (evaluate(checked, record, CONTEXT) is True)


@settings(max_examples=examples(200), deadline=None)
@given(text=ANY)
def test_canonical_text_is_stable(text: str) -> None:
    canonical = unparse(parse(text).tree)
    assert unparse(parse(canonical).tree) == canonical
