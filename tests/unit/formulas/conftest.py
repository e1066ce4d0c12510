"""Fields, a table with their columns and a context for the tests of expressions."""

from datetime import UTC, datetime
from typing import Any

import pytest
import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import ARRAY

from joinery.formulas import (
    BOOLEAN,
    CHOICE,
    DATE,
    DATETIME,
    MONEY,
    NUMBER,
    PERCENT,
    TEXT,
    USER,
    EvaluationContext,
    Type,
    list_of,
    record_of,
)

TYPES = {
    ("price",): MONEY, ("qty",): NUMBER, ("discount",): PERCENT, ("name",): TEXT, ("status",): CHOICE,
    ("done",): BOOLEAN, ("due",): DATE, ("created_at",): DATETIME, ("owner",): USER, ("rating",): NUMBER,
    ("tags",): list_of(CHOICE), ("account",): record_of("account"), ("account", "level"): CHOICE,
    ("$form", "account"): record_of("account"),
}  # fmt: skip
TABLE = sa.Table(
    "order",
    sa.MetaData(),
    *(sa.Column(key, sa.Numeric) for key in ("price", "qty", "discount")),
    *(sa.Column(key, sa.Text) for key in ("name", "status")),
    sa.Column("done", sa.Boolean),
    sa.Column("due", sa.Date),
    sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
    sa.Column("owner", sa.BigInteger),
    sa.Column("account", sa.BigInteger),
    sa.Column("rating", sa.SmallInteger),
    sa.Column("tags", ARRAY(sa.Text)),
)


class Fields:
    def type_of(self, path: tuple[str, ...]) -> Type | None:
        return TYPES.get(path)

    def source_of(self, path: tuple[str, ...]) -> tuple[str, ...]:
        return ()

    def known(self, path: tuple[str, ...]) -> list[str]:
        return [known[-1] for known in TYPES if known[:-1] == path[:-1]]


@pytest.fixture(scope="session")
def names() -> Fields:
    return Fields()


@pytest.fixture(scope="session")
def context() -> EvaluationContext:
    now = datetime(2026, 3, 31, 16, 30, tzinfo=UTC)
    return EvaluationContext(
        now=now,
        time_zone="Asia/Shanghai",
        user_id=5,
        department_ids=(11,),
        organisation_id=31,
        roles=("sales",),
    )


@pytest.fixture(scope="session")
def column() -> Any:
    def column_of(path: tuple[str, ...]) -> sa.ColumnElement[Any]:
        return sa.literal(7, sa.BigInteger) if path[0] == "$form" else TABLE.c[path[0]]

    return column_of
