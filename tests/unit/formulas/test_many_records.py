"""Lists of many records, and expressions that try to make too much of them."""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest

from joinery.formulas import EvaluationContext, FormulaProblem, check, compile_formula, evaluate
from tests.unit.formulas.test_functions import Receipts

CONTEXT = EvaluationContext(now=datetime(2026, 1, 31, 8, tzinfo=UTC))
MANY = 20_000


def receipts(count: int) -> dict[Any, Any]:
    return {
        ("receipts", "amount"): tuple(map(Decimal, range(count))),
        ("receipts", "status"): ("confirmed", "draft") * (count // 2),
        ("receipts", "date"): tuple(date(2020, 1, 1) + timedelta(days=one) for one in range(count)),
    }


@pytest.mark.parametrize(
    "text, expected",
    [
        ("SUM({receipts.amount})", 199_990_000),
        ('SUMIFS({receipts.amount}, {receipts.status}, "conf*", {receipts.amount}, ">5")', 99_989_994),
        ("SUM(FILTER({receipts.amount}, {receipts.date} = MAX({receipts.date})))", 19_999),
        ("COUNTA(FILTER({receipts.amount}, {receipts.amount} > AVERAGE({receipts.amount})))", 10_000),
    ],
)
def test_many_records_are_no_mistake(text: str, expected: int) -> None:
    assert evaluate(compile_formula(text, Receipts()), receipts(MANY), CONTEXT) == expected


def test_what_is_made_of_another_list_may_fail_for_single_records() -> None:
    text = "FILTER({receipts.amount}, IFERROR({receipts.amount} / SUM({receipts.amount} * 0), 0) = 0)"
    assert evaluate(compile_formula(text, Receipts()), receipts(4), CONTEXT) == tuple(map(Decimal, range(4)))


@pytest.mark.parametrize(
    "text",
    [
        "LET(" + "".join(f"x{n + 1}, x{n} + x{n}, " for n in range(60)).replace("x0", "1") + "x60)",
        "LET(" + "".join(f"x{n + 1}, x{n} & x{n}, " for n in range(60)).replace("x0", '"a"') + "x60)",
        "LET(y, {receipts.amount}, "
        + "".join(f"x{n + 1}, x{n} * x{n}, " for n in range(60)).replace("x0", "y")
        + "SUM(x60))",
    ],
)
def test_names_upon_names_do_not_blow_up(text: str) -> None:
    checked, issues = check(text, Receipts())
    assert checked is None
    assert {issue.code for issue in issues} == {"formula_too_many_steps"}


@pytest.mark.parametrize("criterion", ["?" * 9000 + "*", "*a" * 4000])
def test_a_criterion_that_takes_too_long_to_match(criterion: str) -> None:
    checked, issues = check(f'COUNTIFS({{receipts.status}}, "{criterion}")', Receipts())
    assert checked is None
    assert [issue.code for issue in issues] == ["formula_bad_pattern"]
    computed = compile_formula(f'COUNTIF(LIST("a"), REPT("{criterion[:2]}", 40000))', Receipts())
    found = evaluate(computed, {}, CONTEXT)
    assert isinstance(found, FormulaProblem)
    assert found.code == "#VALUE!"
