"""Functions of people: the same in Python and in the database, for everybody and every department."""

from dataclasses import replace

import pytest
import sqlalchemy as sa

from joinery.formulas import (
    BOOLEAN,
    DEPARTMENT,
    NUMBER,
    TEXT,
    USER,
    FormulaProblem,
    Type,
    compile_formula,
    evaluate,
    runs_in_browser,
    to_condition,
    to_sql,
)
from tests.unit.directory.test_organisation import DIRECTORY, FINN, HARBOUR, NORTH_HEAD, SALES, SOUTH

KINDS = {"person": USER, "place": DEPARTMENT, "level": NUMBER, "word": TEXT, "deep": BOOLEAN}
TABLE = sa.Table(
    "people_case",
    sa.MetaData(),
    sa.Column("person", sa.BigInteger),
    sa.Column("place", sa.BigInteger),
    sa.Column("level", sa.Numeric),
    sa.Column("word", sa.Text),
    sa.Column("deep", sa.Boolean),
    prefixes=["TEMPORARY"],
)
PEOPLE = [None, *DIRECTORY.user_ids(), 4_000_000]
PLACES = [None, *DIRECTORY.department_ids(), 4_000_000]
WORDS = ["name", "Email", "manager", "department", "path", "heads", "finance", "auditor", None]
RECORDS = [
    {
        "person": person,
        "place": place,
        "level": [None, 1, 2, 3, 0, 99][number % 6],
        "word": WORDS[number % len(WORDS)],
        "deep": [True, False, None][number % 3],
    }
    for number, (person, place) in enumerate((person, place) for person in PEOPLE for place in PLACES)
]


class Names:
    def type_of(self, path: tuple[str, ...]) -> Type | None:
        return KINDS.get(path[0])

    def source_of(self, path: tuple[str, ...]) -> tuple[str, ...]:
        return ()

    def known(self, path: tuple[str, ...]) -> list[str]:
        return list(KINDS)


EXPRESSIONS = [
    "MANAGER({person})",
    "MANAGER({person}, 2)",
    "MANAGER({person}, {level})",
    "MANAGER({person}) = ME()",
    "SUBORDINATES({person})",
    "HAS(SUBORDINATES(), {person})",
    "HAS(SUBORDINATES({person}), MANAGER({person}))",
    "DEPARTMENT({person})",
    "DEPARTMENT({person}) = DEPARTMENT()",
    "DEPARTMENTS({person})",
    "HASANY(DEPARTMENTS({person}), DEPARTMENTS())",
    "DEPARTMENTSBELOW({place})",
    "HAS(DEPARTMENTSBELOW(DEPARTMENT()), {place})",
    "DEPARTMENTHEADS({place})",
    "DEPARTMENTHEADS({place}, 2)",
    "DEPARTMENTHEADS({place}, {level})",
    "FIRST(DEPARTMENTHEADS({place}))",
    "INDEPARTMENT({person}, DEPARTMENT())",
    "INDEPARTMENT({person}, DEPARTMENT(), FALSE)",
    "INDEPARTMENT(ME(), {place})",
    "INDEPARTMENT({person}, {place})",
    "INDEPARTMENT({person}, {place}, FALSE)",
    "INDEPARTMENT({person}, {place}, {deep})",
    "ORGANISATION({person})",
    "ORGANISATION({person}) = MY_ORGANISATION()",
    "ROLES({person})",
    'HASROLE("auditor", {person})',
    "HASROLE({word}, {person})",
    'HASROLE("finance", {person}, {place})',
    "HASROLE({word}, {person}, {place})",
    'HASROLE("finance", ME(), {place})',
    'HASROLE("finance", ME(), DEPARTMENT({person}))',
    'HASROLE("finance", {person}, DEPARTMENT({person}))',
    "HAS(DEPARTMENTSBELOW(), DEPARTMENT({person}))",
    "HAS(DEPARTMENTSBELOW(), DEPARTMENT(MANAGER({person})))",
    "INDEPARTMENT(ME(), DEPARTMENT({person}))",
    "TEXTUSER({person})",
    'TEXTUSER({person}, "email")',
    "TEXTUSER({person}, {word})",
    "TEXTDEPT({place})",
    'TEXTDEPT({place}, "heads")',
    "TEXTDEPT({place}, {word})",
    'TEXTDEPT({place}, "colour")',
]


@pytest.fixture(scope="module")
def filled(connection):
    TABLE.create(connection)
    connection.execute(TABLE.insert(), [{**record} for record in RECORDS])
    yield connection
    TABLE.drop(connection)


@pytest.fixture
def context(context):
    return replace(context, user_id=NORTH_HEAD, department_ids=(SALES,), people=DIRECTORY)


@pytest.mark.parametrize("text", EXPRESSIONS)
def test_the_database_gives_what_python_gives(text, filled, context):
    checked = compile_formula(text, Names())
    assert checked.sql
    assert "people" in checked.volatile
    assert not runs_in_browser(checked)
    column = lambda path: TABLE.c[path[0]]  # noqa: E731
    rows = filled.execute(
        sa.select(*TABLE.c, to_sql(checked, column, context).label("found")).select_from(TABLE)
    ).mappings()
    wrong = []
    for row in rows:
        record = {key: row[key] for key in KINDS}
        expected = evaluate(checked, record, context)
        expected = None if isinstance(expected, FormulaProblem) else expected
        found = tuple(row["found"]) if isinstance(row["found"], list) else row["found"]
        if found != expected:
            wrong.append((record, expected, found))
    assert wrong[:3] == []


def test_a_scope_by_department_uses_the_index_of_the_owner(connection, context):
    connection.execute(sa.text("CREATE TEMPORARY TABLE owned (id bigint, owner bigint)"))
    connection.execute(sa.text("INSERT INTO owned SELECT n, n % 5000 FROM generate_series(1, 50000) AS n"))
    connection.execute(sa.text("CREATE INDEX ON owned (owner)"))
    connection.execute(sa.text("ANALYZE owned"))
    table = sa.table("owned", sa.column("id", sa.BigInteger), sa.column("owner", sa.BigInteger))

    class Owned(Names):
        def type_of(self, path):
            return USER

    for text in (
        "INDEPARTMENT({owner}, DEPARTMENT())",
        "HAS(SUBORDINATES(), {owner})",
        "HAS(DEPARTMENTSBELOW(), DEPARTMENT({owner}))",
        'HASROLE("finance", ME(), DEPARTMENT({owner}))',
    ):
        checked = compile_formula(text, Owned())
        viewer = replace(context, user_id=FINN) if "HASROLE" in text else context
        condition = to_condition(checked, lambda path: table.c.owner, viewer)
        statement = (
            sa.select(table.c.id).where(condition).compile(connection, compile_kwargs={"literal_binds": True})
        )
        plan = "\n".join(connection.exec_driver_sql(f"EXPLAIN {statement}").scalars())
        assert "Index" in plan, plan
    connection.execute(sa.text("DROP TABLE owned"))


def test_people_who_left_still_count_for_their_department(context):
    checked = compile_formula("INDEPARTMENT({person}, {place})", Names())
    assert evaluate(checked, {"person": 15, "place": SOUTH}, context) is True
    assert evaluate(checked, {"person": NORTH_HEAD, "place": HARBOUR}, context) is False
