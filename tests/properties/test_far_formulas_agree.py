"""Python and SQL give the same for any expression over related records, whatever these hold."""

import json
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from joinery.definitions import load_app
from joinery.forms import compile_app
from joinery.formulas import EvaluationContext, FormulaProblem, check, evaluate, to_sql
from joinery.storage.far_values import read_paths
from joinery.storage.record_tables import record_tables
from tests.conftest import NOW
from tests.examples import examples

APP = compile_app(
    load_app(json.loads((Path(__file__).parents[1] / "api" / "far_app.json").read_text(encoding="utf-8")))
)
TABLES = record_tables(APP)
CONTEXT = EvaluationContext(now=NOW, time_zone="Asia/Shanghai")


def lists() -> st.SearchStrategy[str]:
    """Lists of numbers of the same related records, computed, chosen and sorted."""
    orders = st.sampled_from(
        ["{orders.amount}", "{orders.amount} * 2", "{orders.amount} + {orders.share}", "1 / {orders.amount}"]
    )
    conditions = st.sampled_from(
        [
            '{orders.status} = "confirmed"',
            "{orders.amount} > 50",
            "{orders.day} < DATE(2026, 1, 1)",
            "ISBLANK({orders.status})",
            "{orders.amount} >= AVERAGE({orders.amount})",
            'AND({orders.status} <> "draft", {orders.amount} / {orders.amount} = 1)',
            "{name} = {orders.account.name}",
        ]
    )
    filtered = st.builds("FILTER({}, {})".format, orders, conditions)
    items = st.sampled_from(
        ["{orders.items.price} * {orders.items.qty}", "{orders.items.qty}", "{orders.items.order.amount}"]
    )
    return orders | filtered | items


def expressions() -> st.SearchStrategy[str]:
    folds = st.builds(
        "{}({})".format, st.sampled_from(["SUM", "COUNT", "AVERAGE", "MIN", "MAX", "COUNTA"]), lists()
    )
    criteria = st.sampled_from(['"confirmed"', '"<>draft"', '"conf*"', '""', '"<>"'])
    counted = st.builds("COUNTIFS({{orders.status}}, {})".format, criteria)
    summed = st.builds(
        'SUMIFS({{orders.amount}}, {{orders.status}}, {}, {{orders.amount}}, ">" & {})'.format,
        criteria,
        st.integers(0, 60),
    )
    near = st.sampled_from(["{region.rate}", "{region.rate} * 10", "{total}"])
    single = folds | counted | summed | near
    return st.builds("{} {} {}".format, single, st.sampled_from(["+", "-", "*", "/", "="]), single) | single


@pytest.fixture(scope="module")
def accounts(database: Any, tmp_path_factory: Any) -> Any:
    """A connection with some accounts: rich, with blanks, without orders, and one in the recycle bin."""
    schema = "far_agree"
    metadata = next(iter(TABLES.values())).table.metadata
    with database.engine.connect() as plain:
        connection = plain.execution_options(
            schema_translate_map={"ws": schema}, isolation_level="AUTOCOMMIT"
        )
        connection.execute(sa.schema.CreateSchema(schema))
        metadata.create_all(connection)
        add(connection, "region", {"name": "North", "rate": Decimal("0.25")})
        add(
            connection,
            "account",
            {"name": "Rich", "region": 1, "total": 160},
            {"name": "Blank"},
            {"name": "None"},
        )
        days = ["2025-05-01", "2026-02-01", None, "2025-12-31"]
        add(
            connection,
            "order",
            *(
                {"account": to, "amount": amount, "status": status, "day": day, "share": share}
                for (to, amount, status, share), day in zip(
                    [
                        (1, 100, "confirmed", Decimal("0.5")),
                        (1, 60, "draft", None),
                        (2, None, None, None),
                        (1, 0, "confirmed", Decimal(0)),
                    ],
                    days,
                    strict=True,
                )
            ),
        )
        add(connection, "order", {"account": 1, "amount": 999, "status": "confirmed", "deleted_at": NOW})
        add(
            connection,
            "item",
            *(
                {"order": to, "price": price, "qty": qty}
                for to, price, qty in [(1, 5, 2), (2, 7, None), (3, 1, 1)]
            ),
        )
        yield connection
        connection.execute(sa.schema.DropSchema(schema, cascade=True))


def add(connection: Any, form: str, *rows: dict[str, Any]) -> None:
    table = TABLES[form].table
    names = {key for row in rows for key in row}
    system = {
        "revision": 1,
        "title": "x",
        "created_at": NOW,
        "updated_at": NOW,
        "search": "",
        "_searched": "",
    }
    connection.execute(table.insert(), [{**system, **dict.fromkeys(names), **row} for row in rows])


class Unit:
    """What reading needs of a transaction."""

    def __init__(self, connection: Any) -> None:
        self.connection = connection


@settings(
    max_examples=examples(150), deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(text=expressions())
def test_values_agree(accounts: Any, text: str) -> None:
    table = TABLES["account"]
    checked, issues = check(text, table.form.names)
    assert checked is not None, [issue.code for issue in issues]
    assert checked.sql
    keys = [key for key in table.form.fields if key in table.columns]
    value = to_sql(checked, table.resolver(CONTEXT), CONTEXT).label("result")
    columns = [table.columns[key][0] for key in keys]
    rows = accounts.execute(sa.select(table.table.c.id, *columns, value)).mappings().all()
    far = sorted(checked.far)
    others = read_paths(Unit(accounts), table, [row["id"] for row in rows], far, CONTEXT, None) if far else {}
    assert len(rows) == 3
    for row in rows:
        computed = evaluate(checked, {**row, **others.get(row["id"], {})}, CONTEXT)
        expected = None if isinstance(computed, FormulaProblem) else computed
        assert row["result"] == expected, (text, row["name"], computed)
