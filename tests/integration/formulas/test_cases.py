"""The table of cases, computed in Python and by the database."""

import json
from dataclasses import replace
from datetime import date, datetime, time
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa

from joinery.formulas import (
    Checked,
    EvaluationContext,
    FormulaProblem,
    check,
    evaluate,
    parse,
    to_condition,
    to_sql,
    unparse,
)
from joinery.formulas import tree as nodes

FILES = sorted((Path(__file__).parents[2] / "cases" / "formulas").glob("*.json"))
ROWS = [row for file in FILES for row in json.loads(file.read_text(encoding="utf-8")).get("cases", [])]


def decode(kind: str, value: Any) -> Any:
    readers = {"date": date.fromisoformat, "datetime": datetime.fromisoformat, "time": time.fromisoformat}
    if value is None or isinstance(value, dict):
        return value
    if kind in ("number", "money", "percent"):
        return Decimal(str(value))
    return readers[kind](value) if kind in readers else tuple(value) if isinstance(value, list) else value


@pytest.mark.parametrize("row", ROWS, ids=[row[0] for row in ROWS])
def test_python_gives_the_expected_value(row, fields, default_record, context) -> None:
    checked, issues = check(row[0], fields)
    assert checked is not None, list(issues)
    record = default_record
    if row[2:]:
        record = {key: decode(fields.kinds[key], value) for key, value in row[2].items()}
    value = evaluate(checked, record, context)
    if isinstance(row[1], dict):
        assert isinstance(value, FormulaProblem)
        assert value.code == row[1]["error"]
    else:
        assert value == decode(checked.type.kind, row[1])
        assert type(value) is type(decode(checked.type.kind, row[1]))


def with_literals_as_fields(text: str) -> tuple[str, dict[str, Any]]:
    """The expression with its numbers and texts in fields, and the values of these fields."""
    values: dict[str, Any] = {}

    def change(node: nodes.Tree) -> nodes.Tree:
        match node:
            case nodes.Number() | nodes.Text() if node.value != "":
                letter = "n" if isinstance(node, nodes.Number) else "t"
                key = f"{letter}{sum(one.startswith(letter) for one in values)}"
                if key.endswith("9") or len(values) > 8:
                    return node
                values[key] = node.value
                return nodes.Field(path=(key,), position=0, length=0)
            case nodes.Unary():
                return replace(node, operand=change(node.operand))
            case nodes.Binary():
                return replace(node, left=change(node.left), right=change(node.right))
            case nodes.Chain():
                return replace(node, operands=tuple(map(change, node.operands)))
            case nodes.Call():
                return replace(node, arguments=tuple(map(change, node.arguments)))
        return node

    return unparse(change(parse(text).tree)), values


def as_comparable(value: Any) -> Any:
    """Problems are NULL in the database; lists come back as lists."""
    if isinstance(value, FormulaProblem):
        return None
    return list(value) if isinstance(value, tuple) else value


@pytest.fixture(scope="session")
def lowered(fields, default_record) -> list[tuple[Checked, dict[str, Any]]]:
    """Every case with a SQL form, as written and with its literals in fields."""
    found = []
    for row in ROWS:
        record = default_record
        if row[2:]:
            record = {key: decode(fields.kinds[key], value) for key, value in row[2].items()}
        text, values = with_literals_as_fields(row[0])
        for one, more in ((row[0], {}), (text, values)):
            checked, _ = check(one, fields)
            if checked is not None and checked.sql:
                found.append((checked, {**record, **more}))
    return found


def test_database_gives_what_python_gives(lowered, table, connection, context: EvaluationContext) -> None:
    rows = [{"case_id": index, **record} for index, (_, record) in enumerate(lowered)]
    for row in rows:
        connection.execute(table.insert(), {key: as_comparable(value) for key, value in row.items()})
    wrong = []
    for index, (checked, record) in enumerate(lowered):
        expected = as_comparable(evaluate(checked, record, context))
        columns = [to_sql(checked, lambda path: table.c[path[0]], context).label("value")]
        as_condition = checked.type.kind == "boolean"
        if as_condition:
            columns.append(to_condition(checked, lambda path: table.c[path[0]], context).label("condition"))
        try:
            row = connection.execute(sa.select(*columns).where(table.c.case_id == index)).one()
        except sa.exc.DBAPIError as error:
            wrong.append(f"{checked.text}: {str(error.orig).splitlines()[0]}")
            continue
        if row.value != expected:
            wrong.append(f"{checked.text}: {expected!r} in Python, {row.value!r} in the database")
        if as_condition and row.condition is not bool(expected):
            wrong.append(f"{checked.text}: condition is {row.condition!r}, value {expected!r}")
    assert not wrong, "\n".join(wrong)
    assert len(lowered) > 900
