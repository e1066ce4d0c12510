"""Rows that are written while the process goes on: the order and the errors are those of the program."""

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any

import pytest
import sqlalchemy as sa
from sqlalchemy.dialects import postgresql as pg

from joinery.kernel import DuplicateValue, InvalidInput
from joinery.storage import Database
from joinery.storage.bulk_insert import copy_rows, insert_same

THING = sa.Table(
    "thing",
    sa.MetaData(),
    sa.Column("record_id", sa.BigInteger, primary_key=True),
    sa.Column("name", sa.Text),
    sa.Column("at", sa.DateTime(timezone=True)),
    sa.Column("data", pg.JSONB),
    sa.Column("words", pg.ARRAY(sa.Text)),
    sa.Column("people", pg.ARRAY(sa.BigInteger)),
    schema="behind",
)
COLUMNS = tuple(THING.c.keys())
DAY = datetime(2026, 1, 31, 8, 30, 15, 123456, tzinfo=UTC)


@pytest.fixture
def things(database: Database) -> Any:
    with database.begin() as unit:
        unit.connection.execute(sa.text("DROP SCHEMA IF EXISTS behind CASCADE"))
        unit.connection.execute(sa.text("CREATE SCHEMA behind"))
        THING.metadata.create_all(unit.connection)
    yield database
    with database.begin() as unit:
        unit.connection.execute(sa.text("DROP SCHEMA behind CASCADE"))


def stored(database: Database) -> list[tuple[Any, ...]]:
    with database.begin() as unit:
        return [tuple(row) for row in unit.connection.execute(sa.select(THING).order_by(THING.c.record_id))]


def numbered(*numbers: int) -> list[list[Any]]:
    return [[number, None, None, None, None, None] for number in numbers]


def test_every_kind_of_value_comes_back(things: Database) -> None:
    rows = [
        (1, "tab\t, line\n, \\N and \\", DAY, {"a": [1, "中", None]}, ["a,b", '"', "\\", "", "NULL"], [1, 2]),
        (2, "", DAY, {}, [], []),
        (3, None, None, None, None, None),
        (4, "{}", datetime(2025, 7, 1, tzinfo=UTC), [], ["{x}", "中文"], [2**60]),
    ]
    with things.begin() as unit:
        copy_rows(unit, THING, COLUMNS, map(list, rows))
    assert stored(things) == rows


def test_what_follows_sees_what_was_written_before(things: Database) -> None:
    with things.begin() as unit:
        for start in range(0, 3000, 1000):
            copy_rows(unit, THING, COLUMNS, numbered(*range(start, start + 1000)))
        insert_same(unit, THING, {"name": "same", "data": {"a": 1}}, [5000, 4000])
        count = unit.connection.execute(sa.select(sa.func.count()).select_from(THING)).scalar_one()
        unit.connection.execute(THING.delete().where(THING.c.record_id < 3000))
    assert count == 3002
    assert [row[:4] for row in stored(things)] == [
        (4000, "same", None, {"a": 1}),
        (5000, "same", None, {"a": 1}),
    ]


def test_an_error_is_raised_by_the_next_statement(things: Database) -> None:
    reached = []

    def go_on() -> None:
        with things.begin() as unit:
            copy_rows(unit, THING, COLUMNS, numbered(1, 2, 2))
            copy_rows(unit, THING, COLUMNS, numbered(3))
            reached.append("written behind")
            unit.connection.execute(sa.text("SELECT 1"))
            reached.append("never")

    with pytest.raises(DuplicateValue):
        go_on()
    assert reached == ["written behind"]
    assert stored(things) == []


def write(database: Database, columns: Sequence[str], *writes: Sequence[Sequence[Any]]) -> None:
    with database.begin() as unit:
        for rows in writes:
            copy_rows(unit, THING, columns, map(list, rows))


def test_an_error_of_the_last_write_keeps_the_transaction_from_being_committed(things: Database) -> None:
    with pytest.raises(DuplicateValue):
        write(things, COLUMNS, numbered(1), numbered(1))
    assert stored(things) == []


def test_a_value_that_does_not_fit_is_an_error_too(things: Database) -> None:
    with pytest.raises(InvalidInput):
        write(things, ("record_id", "at"), [(1, DAY), ("one", DAY)])
    assert stored(things) == []


def test_an_exception_takes_back_what_was_written_behind(things: Database) -> None:
    def give_up() -> None:
        with things.begin() as unit:
            copy_rows(unit, THING, COLUMNS, numbered(*range(1000)))
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        give_up()
    assert stored(things) == []
    write(things, COLUMNS, numbered(7))
    assert [row[0] for row in stored(things)] == [7]
