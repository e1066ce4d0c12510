"""The type checker reports all problems at once, with places and suggestions."""

import pytest

from joinery.formulas import (
    BOOLEAN,
    CHOICE,
    DATE,
    DATETIME,
    DURATION,
    MONEY,
    NUMBER,
    PERCENT,
    TEXT,
    USER,
    check,
    compile_formula,
    list_of,
    record_of,
)
from joinery.kernel import FormulaError, issue_message


@pytest.mark.parametrize(
    "text, expected",
    [
        ("{price} * {qty}", MONEY),
        ("{price} / {price}", NUMBER),
        ("{price} / 2", MONEY),
        ("{discount} + {discount}", PERCENT),
        ("{qty} + 1", NUMBER),
        ("{name} & 1", TEXT),
        ("{qty} > 1", BOOLEAN),
        ("{due} + 1", DATE),
        ("{due} - {due}", NUMBER),
        ("{created_at} - {created_at}", DURATION),
        ("{created_at} + 1", DATETIME),
        ("IF({done}, {price}, 0)", MONEY),
        ('IF({done}, {status}, "")', CHOICE),
        ('IF({done}, 1, "none")', TEXT),
        ("IF({done}, {due}, {created_at})", DATETIME),
        ("{tags}", list_of(CHOICE)),
        ("ME()", USER),
        ("MAX({due}, TODAY())", DATE),
        ("{account}", record_of("account")),
        ("{account.level}", CHOICE),
    ],
)
def test_type_of_result(text, expected, names) -> None:
    assert compile_formula(text, names).type == expected


@pytest.mark.parametrize(
    "text, problems",
    [
        ("{prise} + 1", [("formula_unknown_field", 0, "{price}")]),
        ("{account.levle}", [("formula_unknown_field", 0, "{account.level}")]),
        ("{Price}", [("formula_unknown_field", 0, "{price}")]),
        ("price * 2", [("formula_word", 0, None)]),
        ("LET(x, 1, y)", [("formula_word", 10, None)]),
        ('LET("x", 1, 2)', [("formula_let_name", 4, None)]),
        ("LET(x, 1, y, 2)", [("formula_let_without_result", 0, None)]),
        ("OLD({qty} + 1)", [("formula_old_field", 4, None)]),
        ("OLD({qty})", [("formula_no_old_value", 0, None)]),
        ("1 + RUOND(2)", [("formula_unknown_function", 4, "ROUND")]),
        ("ROUND()", [("formula_too_few_arguments", 0, None)]),
        ("ROUND(1, 2, 3)", [("formula_too_many_arguments", 12, None)]),
        ("IFS(TRUE, 1, FALSE)", [("formula_odd_arguments", 0, None)]),
        ("{due} * 2", [("formula_cannot_calculate", 0, None)]),
        ("{qty} = {name}", [("formula_cannot_compare", 0, None)]),
        ("{status} < \"b\"", [("formula_cannot_compare", 0, None)]),
        ("{owner} = \"ada\"", [("formula_cannot_compare", 0, None)]),
        ("-{due}", [("formula_wrong_type", 1, None)]),
        ("{owner} & \"x\"", [("formula_wrong_type", 0, None)]),
        ("IF({name}, 1, 2)", [("formula_wrong_argument", 3, None)]),
        ("YEAR({qty})", [("formula_wrong_argument", 5, None)]),
        ("IN({qty}, 1, \"a\")", [("formula_arguments_differ", 13, None)]),
        ("{x1} + {x2} + FOO(BAR(1), {x3})", [
            ("formula_unknown_field", 0, None), ("formula_unknown_field", 7, None),
            ("formula_unknown_function", 18, None), ("formula_unknown_field", 26, None),
            ("formula_unknown_function", 14, None),
        ]),
    ],
)  # fmt: skip
def test_problems(text, problems, names) -> None:
    checked, issues = check(text, names)
    assert checked is None
    found = [(one.code, one.params["position"], one.params.get("suggestion")) for one in issues]
    assert [one[:2] for one in found] == [one[:2] for one in problems]
    for one, wanted in zip(found, problems, strict=True):
        assert wanted[2] is None or one[2] == wanted[2]
    for issue in issues:
        for language in ("en", "zh-CN"):
            assert issue_message(issue, language) != issue.code


@pytest.mark.parametrize(
    "text, expects, fits",
    [
        ("{qty} * 2", MONEY, True),
        ("{qty}", TEXT, True),
        ("{created_at}", DATE, True),
        ("{qty} > 1", BOOLEAN, True),
        ("{qty}", BOOLEAN, True),
        ('"new"', CHOICE, True),
        ('""', DATE, True),
        ("{due}", NUMBER, False),
        ("{name}", BOOLEAN, False),
        ("{qty}", USER, False),
        ("{status}", list_of(CHOICE), True),
    ],
)
def test_expected_result(text, expects, fits, names) -> None:
    if fits:
        assert compile_formula(text, names, expects=expects).type == expects
    else:
        with pytest.raises(FormulaError) as caught:
            compile_formula(text, names, expects=expects)
        assert caught.value.issues[0].code == "formula_wrong_result"


@pytest.mark.parametrize(
    "text, volatile, sql",
    [
        ("{qty} + 1", set(), True),
        ("{due} < TODAY()", {"today"}, True),
        ("{owner} = ME() && {created_at} < NOW()", {"viewer", "now"}, True),
        ('HASROLE("sales")', {"viewer", "people"}, True),
        ('UUID() & "x"', {"random"}, True),
        ("SIN({qty})", set(), False),
        ("NETWORKDAYS({due}, TODAY())", {"today"}, True),
        ('TEXT({qty}, "0")', set(), False),
        ('TEXT(5, "0") & {name}', set(), True),
        ("MAX({qty}, 1)", set(), True),
        ("MAX(LIST({qty}, 1))", set(), False),
    ],
)
def test_what_a_checked_expression_knows(text, volatile, sql, names) -> None:
    checked = compile_formula(text, names)
    assert checked.volatile == volatile
    assert checked.sql is sql
    assert checked.text == text
