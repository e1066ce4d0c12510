"""The table of differences from Excel says what really happens."""

from datetime import UTC, date, datetime

import pytest

from joinery.formulas import DIFFERENCES, EvaluationContext, WorkingCalendar, check, evaluate

from .test_functions import Receipts, shown


@pytest.mark.parametrize("difference", DIFFERENCES, ids=[one.example for one in DIFFERENCES])
def test_the_example_gives_what_the_table_says(difference):
    checked, _ = check(difference.example, Receipts())
    calendar = WorkingCalendar(
        holidays=frozenset({date(2026, 10, 1)}), working=frozenset({date(2026, 10, 10)})
    )
    context = EvaluationContext(now=datetime(2026, 1, 31, 8, tzinfo=UTC), calendar=calendar)
    found = "refused" if checked is None else shown(evaluate(checked, {}, context))
    assert found == difference.here
    assert found != difference.excel
