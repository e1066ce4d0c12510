"""The table of cases and the examples of the help pages, computed as the browser computes them."""

from datetime import UTC, datetime

from joinery.formulas import FUNCTIONS, SERVER_ONLY, EvaluationContext, check, evaluate, runs_in_browser
from joinery.formulas.core import Apply, all_nodes
from tests.formulas_in_browser import Browser, as_told
from tests.integration.formulas.test_cases import ROWS, decode, with_literals_as_fields

#: Their values or fields stand in their places before anything is computed.
RESOLVED_BY_THE_CHECKER = {"LET", "OLD"}


def test_browser_gives_what_python_gives(
    formulas_in_browser: Browser, fields, default_record, context
) -> None:
    wrong, count = [], 0
    for row in ROWS:
        record = default_record
        if row[2:]:
            record = {key: decode(fields.kinds[key], value) for key, value in row[2].items()}
        text, values = with_literals_as_fields(row[0])
        for one, more in ((row[0], {}), (text, values)):
            checked, _ = check(one, fields)
            if checked is None or not runs_in_browser(checked):
                continue
            count += 1
            expected = as_told(evaluate(checked, {**record, **more}, context))
            found = formulas_in_browser.evaluate(checked, {**record, **more}, context)
            if found != expected:
                wrong.append(f"{one}: {expected} in Python, {found} in the browser")
    assert not wrong, "\n".join(wrong)
    assert count > 900


def test_examples_of_the_help_pages(formulas_in_browser: Browser, fields) -> None:
    context = EvaluationContext(now=datetime(2026, 1, 31, 8, tzinfo=UTC))
    wrong = []
    for text, _ in [example for function in FUNCTIONS for example in function.examples]:
        checked, _ = check(text, fields)
        if checked is None or not runs_in_browser(checked):
            continue
        expected = as_told(evaluate(checked, {}, context))
        found = formulas_in_browser.evaluate(checked, {}, context)
        if found != expected:
            wrong.append(f"{text}: {expected} in Python, {found} in the browser")
    assert not wrong, "\n".join(wrong)


def test_every_operation_has_a_twin_or_a_reason_for_having_none(formulas_in_browser: Browser, fields) -> None:
    applied = {
        node.operation.name
        for row in ROWS
        if (checked := check(row[0], fields)[0]) is not None
        for node in all_nodes(checked.core)
        if isinstance(node, Apply)
    }
    names = applied | {function.operation.name for function in FUNCTIONS} - RESOLVED_BY_THE_CHECKER
    assert names - formulas_in_browser.twins() == SERVER_ONLY.keys() & names
    assert not formulas_in_browser.twins() & SERVER_ONLY.keys()
    assert all(SERVER_ONLY.values())
