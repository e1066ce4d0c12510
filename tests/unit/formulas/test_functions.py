"""Every function is documented, and the examples of its help page are true."""

from datetime import UTC, datetime
from decimal import Decimal
from typing import Any

import pytest

from joinery.formulas import FUNCTIONS, EvaluationContext, FormulaProblem, compile_formula, evaluate
from joinery.formulas.numbers import plain

EXAMPLES = [example for function in FUNCTIONS for example in function.examples]


class NoFields:
    def type_of(self, path: tuple[str, ...]) -> None:
        return None

    def known(self, path: tuple[str, ...]) -> tuple[()]:
        return ()


def shown(value: Any) -> str:
    if isinstance(value, FormulaProblem):
        return value.code
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, Decimal):
        return plain(value)
    return repr(value) if isinstance(value, str) else str(value)


@pytest.mark.parametrize("expression, result", EXAMPLES)
def test_examples(expression: str, result: str) -> None:
    context = EvaluationContext(now=datetime(2026, 1, 31, 8, tzinfo=UTC))
    assert shown(evaluate(compile_formula(expression, NoFields()), {}, context)) == result


@pytest.mark.parametrize("function", FUNCTIONS, ids=FUNCTIONS.names())
def test_help(function: Any) -> None:
    assert function.help.endswith(".")
    assert function.examples
    assert function.signature.startswith(function.name + "(")
    assert function.category in ("logic", "text", "number", "date", "people", "list")


def test_there_are_many() -> None:
    assert len(FUNCTIONS) >= 100
    assert "ROUND" in FUNCTIONS
    assert FUNCTIONS.get("NOSUCH") is None
