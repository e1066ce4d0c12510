"""What an expression gave for the same values before stands in for computing it, and nothing else does."""

from datetime import UTC, datetime
from decimal import Decimal
from typing import Any

import pytest

from joinery.formulas import EvaluationContext, FormulaProblem, compile_formula
from joinery.formulas.remembering import LONGEST, PATIENCE, REST, Remembered, remembered
from tests.unit.formulas.test_functions import Receipts

CONTEXT = EvaluationContext(now=datetime(2026, 1, 31, 8, tzinfo=UTC))


class Counting:
    """Computes a length, and counts how often."""

    def __init__(self) -> None:
        self.times = 0

    def __call__(self, record: Any, context: EvaluationContext) -> int:
        self.times += 1
        return len(record["name"] or ())


@pytest.fixture
def compute() -> Counting:
    return Counting()


def test_equal_values_are_computed_once(compute: Counting) -> None:
    memory = Remembered(compute, ("name",))
    assert [memory.get({"name": name}, CONTEXT) for name in ("a", "bb", "a", None, "bb", None)] == [
        1,
        2,
        1,
        0,
        2,
        0,
    ]
    assert compute.times == 3


def test_of_marked_fields_only_whether_they_are_filled_counts(compute: Counting) -> None:
    memory = Remembered(lambda record, context: bool(compute(record, context)), (), ("name",))
    assert [memory.get({"name": name}, CONTEXT) for name in ("a", "bb", None, "", "c")] == [
        True,
        True,
        False,
        False,
        True,
    ]
    problem = FormulaProblem("#VALUE!", "formula_number_too_large")
    with pytest.raises(TypeError):  # computed, not taken for a filled value
        memory.get({"name": problem}, CONTEXT)


def test_values_that_never_come_again_are_not_looked_up_for_a_while(compute: Counting) -> None:
    memory = Remembered(compute, ("name",))
    for number in range(PATIENCE):
        assert memory.get({"name": "x" * (number % 7) + f"{number:04}"}, CONTEXT) == number % 7 + 4
    before = compute.times
    assert [memory.get({"name": "same"}, CONTEXT) for _ in range(REST)] == [4] * REST
    assert compute.times == before + REST
    assert [memory.get({"name": "same"}, CONTEXT) for _ in range(9)] == [4] * 9
    assert compute.times == before + REST + 1


@pytest.mark.parametrize("value", ["x" * (LONGEST + 1), ("x",) * (LONGEST + 1), ["x"]])
def test_what_is_long_or_cannot_be_looked_up_is_computed(compute: Counting, value: Any) -> None:
    memory = Remembered(compute, ("name",))
    assert [memory.get({"name": value}, CONTEXT) for _ in range(3)] == [len(value)] * 3
    assert compute.times == 3


@pytest.mark.parametrize("text", ["TODAY()", "{receipts.amount}", "SUM({receipts.amount})", "NOW()"])
def test_what_depends_on_more_than_the_record_is_not_remembered(text: str) -> None:
    checked = compile_formula(text, Receipts())
    assert remembered(checked.core, lambda record, context: Decimal(1)) is None
