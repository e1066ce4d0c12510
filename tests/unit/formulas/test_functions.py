"""Every function is documented, and the examples of its help page are true."""

from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

import pytest

from joinery.formulas import (
    CHOICE,
    DATE,
    FUNCTIONS,
    MONEY,
    EvaluationContext,
    FormulaProblem,
    Type,
    compile_formula,
    evaluate,
)
from joinery.formulas.numbers import plain

EXAMPLES = [example for function in FUNCTIONS for example in function.examples]


#: The receipts of which the examples of functions over related records speak.
RECEIPTS = {
    ("receipts", "amount"): (MONEY, (Decimal(100), Decimal(250), Decimal(50))),
    ("receipts", "status"): (CHOICE, ("confirmed", "draft", "confirmed")),
    ("receipts", "date"): (DATE, (date(2026, 3, 1), date(2026, 2, 10), date(2026, 1, 5))),
}


class Receipts:
    def type_of(self, path: tuple[str, ...]) -> Type | None:
        if path[-1] == "receipt_status":
            return CHOICE
        return RECEIPTS[path][0] if path in RECEIPTS else None

    def source_of(self, path: tuple[str, ...]) -> tuple[str, ...]:
        return path[:1] if path in RECEIPTS else ()

    def known(self, path: tuple[str, ...]) -> tuple[()]:
        return ()


def shown(value: Any) -> str:
    if isinstance(value, FormulaProblem):
        return value.code
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, Decimal):
        return plain(value)
    if isinstance(value, tuple):
        return ", ".join(map(shown, value))
    return repr(value) if isinstance(value, str) else str(value)


@pytest.mark.parametrize("expression, result", EXAMPLES)
def test_examples(expression: str, result: str) -> None:
    context = EvaluationContext(now=datetime(2026, 1, 31, 8, tzinfo=UTC))
    values: dict[Any, Any] = {path: items for path, (_, items) in RECEIPTS.items()}
    values |= {"receipt_status": "confirmed", "$old": {"receipt_status": "draft"}}
    assert shown(evaluate(compile_formula(expression, Receipts()), values, context)) == result


@pytest.mark.parametrize("function", FUNCTIONS, ids=FUNCTIONS.names())
def test_help(function: Any) -> None:
    assert function.help.endswith(".")
    assert function.examples
    assert function.signature.startswith(function.name + "(")
    assert function.category in ("logic", "text", "number", "date", "people", "list", "statistics", "finance")


def test_there_are_many() -> None:
    assert len(FUNCTIONS) >= 100
    assert "ROUND" in FUNCTIONS
    assert FUNCTIONS.get("NOSUCH") is None
