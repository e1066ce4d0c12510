"""The table of differences from Excel says what really happens."""

from datetime import UTC, datetime

import pytest

from joinery.formulas import DIFFERENCES, EvaluationContext, check, evaluate

from .test_functions import Receipts, shown


@pytest.mark.parametrize("difference", DIFFERENCES, ids=[one.example for one in DIFFERENCES])
def test_the_example_gives_what_the_table_says(difference):
    checked, _ = check(difference.example, Receipts())
    context = EvaluationContext(now=datetime(2026, 1, 31, 8, tzinfo=UTC))
    found = "refused" if checked is None else shown(evaluate(checked, {}, context))
    assert found == difference.here
    assert found != difference.excel
