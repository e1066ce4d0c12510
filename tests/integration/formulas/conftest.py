"""The table of cases, and one table in the database that has a column for every field of the cases."""

import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import ARRAY

from joinery.formulas import EvaluationContext, Type, WorkingCalendar, list_of

CASES = Path(__file__).parents[2] / "cases" / "formulas"
NUMERIC = ("number", "money", "percent")
COLUMNS = {
    "text": sa.Text, "choice": sa.Text, "number": sa.Numeric, "money": sa.Numeric, "percent": sa.Numeric,
    "boolean": sa.Boolean, "date": sa.Date, "datetime": lambda: sa.DateTime(timezone=True), "time": sa.Time,
    "user": sa.BigInteger, "department": sa.BigInteger, "record": sa.BigInteger,
    "organisation": sa.BigInteger,
    "list of choice": lambda: ARRAY(sa.Text), "list of user": lambda: ARRAY(sa.BigInteger),
}  # fmt: skip
#: Columns that stand for literals, so that what is constant in a case is also computed by the database.
LITERALS = {f"n{index}": "number" for index in range(9)} | {f"t{index}": "text" for index in range(9)}

#: National Day of 2026, and the Sunday and the Saturday that are worked instead.
CALENDAR = WorkingCalendar(
    holidays=frozenset(date(2026, 10, day) for day in range(1, 8)),
    working=frozenset({date(2026, 9, 20), date(2026, 10, 10)}),
)


@dataclass(frozen=True)
class Fields:
    """The fields of the cases, as names an expression can use."""

    kinds: dict[str, str] = field(default_factory=dict)

    def type_of(self, path: tuple[str, ...]) -> Type | None:
        kind = self.kinds.get(path[0]) if len(path) == 1 else None
        if kind is None:
            return None
        return list_of(Type(kind[8:])) if kind.startswith("list of ") else Type(kind)

    def source_of(self, path: tuple[str, ...]) -> tuple[str, ...]:
        return ()

    def known(self, path: tuple[str, ...]) -> list[str]:
        return list(self.kinds)


def decode(kind: str, value: Any) -> Any:
    """A value of the case files as the platform's value."""
    if value is None:
        return None
    match kind:
        case "number" | "money" | "percent":
            return Decimal(str(value))
        case "date":
            return date.fromisoformat(value)
        case "datetime":
            return datetime.fromisoformat(value)
        case "time":
            return time.fromisoformat(value)
    return tuple(value) if isinstance(value, list) else value


@pytest.fixture(scope="session")
def fields() -> Fields:
    document = json.loads((CASES / "fields.json").read_text(encoding="utf-8"))
    return Fields(document["types"] | LITERALS)


@pytest.fixture(scope="session")
def default_record(fields: Fields) -> dict[str, Any]:
    document = json.loads((CASES / "fields.json").read_text(encoding="utf-8"))
    return {key: decode(fields.kinds[key], value) for key, value in document["record"].items()}


@pytest.fixture(scope="session")
def context() -> EvaluationContext:
    return EvaluationContext(
        now=datetime(2026, 3, 31, 16, 30, tzinfo=UTC),
        time_zone="Asia/Shanghai",
        user_id=5,
        department_ids=(11, 12),
        organisation_id=31,
        roles=("sales",),
        calendar=CALENDAR,
    )


@pytest.fixture(scope="session")
def table(fields: Fields) -> sa.Table:
    columns = [sa.Column(key, COLUMNS[kind]()) for key, kind in fields.kinds.items()]
    key = sa.Column("case_id", sa.Integer, primary_key=True)
    return sa.Table("case", sa.MetaData(schema="formula_cases"), key, *columns)


@pytest.fixture(scope="session")
def connection(database_url: str, table: sa.Table) -> Iterator[sa.Connection]:
    """A connection without open transactions: one would keep other tests' index builds waiting."""
    url = sa.make_url(database_url).set(drivername="postgresql+psycopg")
    engine = sa.create_engine(url, connect_args={"options": "-c timezone=UTC"}, isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        connection.execute(sa.schema.CreateSchema("formula_cases"))
        table.create(connection)
        yield connection
    engine.dispose()
