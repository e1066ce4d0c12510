"""Arrays that are written as text are read by the database as the values they were made of."""

from datetime import date
from decimal import Decimal

import pytest
import sqlalchemy as sa

from joinery.storage.array_text import array_text, as_array, ids_text

TEXTS = ["", "a", "a,b", "{c}", 'quote " and \\ both', "NULL", " blanks ", "华为\n", None]


@pytest.mark.parametrize(
    ("text", "of", "expected"),
    [
        (array_text(TEXTS), sa.Text(), TEXTS),
        (array_text([]), sa.Text(), []),
        (array_text([Decimal("1.50"), Decimal("-1E+3"), None]), sa.Numeric(), [Decimal("1.50"), -1000, None]),
        (array_text([True, False]), sa.Boolean(), [True, False]),
        (array_text([date(2026, 1, 31)]), sa.Date(), [date(2026, 1, 31)]),
        (ids_text([1, 2**40]), sa.BigInteger(), [1, 2**40]),
        (ids_text([]), sa.BigInteger(), []),
    ],
)
def test_an_array_comes_back(database, text, of, expected):
    with database.begin() as unit:
        statement = sa.select(as_array(sa.bindparam("given", text, type_=sa.Text), of))
        assert unit.connection.execute(statement).scalar_one() == expected
