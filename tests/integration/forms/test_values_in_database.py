"""Values of every field type in a real table, and computed values the same in Python and in SQL."""

from datetime import UTC, date, datetime, time
from decimal import Decimal

import pytest
import sqlalchemy as sa

from joinery.definitions import load_app
from joinery.forms import FIELD_TYPES, ValueProblem, compile_app
from joinery.forms.identities import RecordRef

LABEL = {"en": "Label", "zh": "标签"}
OPTIONS = {"options": {key: {"label": LABEL} for key in ("a", "b")}}
LONGEST = "智" * 500

VALUES = {
    "address": ({}, [{"city": "深圳市"}, {"province": "a", "detail": "'\"\\"}]),
    "autonumber": ({}, ["L-1"]),
    "boolean": ({}, [True, False]),
    "choice": (OPTIONS, ["a"]),
    "date": ({}, [date.min, date(2026, 1, 31), date.max]),
    "datetime": ({}, [datetime(1, 1, 2, tzinfo=UTC), datetime(9999, 12, 30, 23, 59, 59, tzinfo=UTC)]),
    "department": ({}, [1, 2**63 - 1]),
    "departments": ({}, [(2, 1)]),
    "email": ({}, ["a@example.com"]),
    "file": ({}, [(3, 1, 2)]),
    "formula": ({"result": "money", "formula": "1"}, [Decimal("1.50")]),
    "image": ({}, [(1,)]),
    "long_text": ({}, ["a\n\t👩‍👩‍👧"]),
    "money": ({}, [Decimal("0.01"), Decimal("-" + "9" * 30 + ".99")]),
    "multi_choice": (OPTIONS, [("a", "b"), ("b",)]),
    "number": ({}, [Decimal(0), Decimal("9" * 30 + ".0123456789")]),
    "organisation": ({}, [1, 2**63 - 1]),
    "percent": ({}, [Decimal("0.1234")]),
    "phone": ({}, ["+86 138"]),
    "rating": ({}, [1, 10]),
    "relation": ({"form": "thing"}, [2**63 - 1]),
    "relation_any": ({"forms": ["thing"]}, [RecordRef("thing", 1)]),
    "rich_text": ({}, ["<p>a</p>"]),
    "text": ({"max_length": 500, "unique": True}, [LONGEST, "שלום"]),
    "time": ({}, [time(0), time(23, 59, 59)]),
    "url": ({}, ["https://example.com"]),
    "user": ({}, [1]),
    "users": ({}, [(2, 1)]),
}


def field_of(name, settings):
    field = {"type": name, "label": LABEL, **settings}
    form = {"label": LABEL, "fields": {"x": field}}
    document = {"joinery": 1, "app": "test", "version": "1.0.0", "label": LABEL, "forms": {"thing": form}}
    return compile_app(load_app(document)).forms["thing"].fields["x"]


def test_no_type_is_forgotten():
    # A relation to many and the lines of a record are stored in tables of their own.
    assert sorted([*VALUES, "relations", "subform"]) == list(FIELD_TYPES.names())


@pytest.mark.parametrize("name", sorted(VALUES))
def test_a_table_keeps_values(database, name):
    settings, values = VALUES[name]
    field = field_of(name, settings)
    number = sa.Column("n", sa.Integer)
    table = sa.Table("kept", sa.MetaData(), number, *field.type.columns(field), prefixes=["TEMPORARY"])
    with database.engine.connect() as connection:
        table.create(connection)
        if field.type.index == "btree":
            connection.execute(sa.schema.CreateIndex(sa.Index("kept_index", table.c[field.column])))
        expected = [None, *values]
        for place, value in enumerate(expected):
            connection.execute(table.insert().values(n=place, **field.type.to_row(field, value)))
        rows = connection.execute(table.select().order_by(number)).mappings()
        assert [field.type.from_row(field, row) for row in rows] == expected
        connection.rollback()


COMPUTED = [
    ("number", {}, Decimal("0.33333333333333333333")),
    ("number", {"decimals": 0}, Decimal("2.5")),
    ("number", {"decimals": 0}, Decimal("-2.5")),
    ("number", {}, Decimal("9" * 30)),
    ("number", {}, Decimal(10) ** 30),
    ("money", {}, Decimal("1.005")),
    ("money", {}, Decimal("-1.005")),
    ("percent", {}, Decimal("0.12345")),
    ("text", {}, "a" * 500),
    ("text", {}, "a" * 501),
    ("text", {}, ""),
    ("text", {}, LONGEST),
    ("boolean", {}, True),
    ("number", {}, None),
]


@pytest.mark.parametrize("result, settings, value", COMPUTED)
def test_python_and_sql_store_the_same(database, result, settings, value):
    field = field_of("formula", {"result": result, "formula": "1", **settings})
    try:
        expected = field.type.from_formula(field, value)
    except ValueProblem:
        expected = None
    column_type = field.type.columns(field)[0].type
    with database.engine.connect() as connection:
        expression = field.type.from_formula_sql(field, sa.bindparam("value", value, type_=column_type))
        assert connection.execute(sa.select(sa.cast(expression, column_type))).scalar() == expected
