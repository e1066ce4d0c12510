"""Computing one record: paths, errors as values, limits, literals, messages."""

import json
from datetime import UTC, date, datetime, time
from decimal import Decimal
from importlib.resources import files

import pytest

from joinery.formulas import FormulaProblem, compile_formula, evaluate, format_literal, label_of
from joinery.formulas import types as kinds


@pytest.mark.parametrize(
    "text, record, expected",
    [
        ("{rating} * 2", {"rating": 4}, Decimal(8)),
        ("{rating} / 3 * 3", {"rating": 4}, Decimal(4)),
        ("{rating}", {"rating": 4}, 4),
        ("ISNUMBER({rating})", {"rating": 4}, True),
        ("ISNUMBER({owner})", {"owner": 4}, False),
        ("COALESCE({rating}, 1)", {"rating": 4}, Decimal(4)),
        ("{account.level}", {"account": {"level": "a"}}, "a"),
        ("{account.level}", {"account": None}, None),
        ("{account.level}", {"account": 5}, None),
        ('{account.level} = "a"', {"account": {"level": "a"}}, True),
        ("{account} = {$form.account}", {"account": 3, "$form": {"account": 3}}, True),
        ('{name} & ""', {}, None),
        ("{qty}", {}, None),
    ],
)
def test_records(text, record, expected, names, context) -> None:
    value = evaluate(compile_formula(text, names), record, context)
    assert value == expected
    assert type(value) is type(expected)


def test_an_error_value_in_the_record_propagates(names, context) -> None:
    record = {"qty": FormulaProblem("#DIV/0!", "formula_division_by_zero")}
    for text in ("{qty}", "{qty} + 1", "ROUND({qty}, 2)", "IF({qty} > 1, 1, 2)"):
        assert evaluate(compile_formula(text, names), record, context) == record["qty"]
    assert evaluate(compile_formula("IFERROR({qty}, 7)", names), record, context) == 7


@pytest.mark.parametrize(
    "text, code",
    [
        ("9^9^9^9^9", "#NUM!"),
        ("REPT(REPT(REPT({name}, 9999), 9999), 9999)", "#VALUE!"),
        ('SUBSTITUTE(REPT({name}, 9999), "a", REPT("b", 9999))', "#VALUE!"),
        ("*".join(["9999999999"] * 90), "#NUM!"),
        ("EXP(EXP(EXP(9)))", "#NUM!"),
        ("FACT(1000000)", "#NUM!"),
        ("COMBIN(10^90, 10^80)", "#NUM!"),
        ("PERMUT(10^90, 10^9)", "#NUM!"),
        ("PMT(10%, 10^9, 1)", "#NUM!"),
        ("RATE(999, -0.0001, 10^9)", "#NUM!"),
        ("WORKDAY(DATE(2026, 1, 1), 10^50)", "#NUM!"),
        ('REGEXMATCH(REPT("a", 99999), "((a{1,30}){1,30}){1,30}b")', "#VALUE!"),
        ('REGEXMATCH("a", REPT("(a?)", 999))', "#VALUE!"),
        ('REGEXREPLACE(REPT("a", 99999), "", REPT("b", 99999))', "#VALUE!"),
        ('REGEXREPLACE(REPT("a", 99999), "x*", "$0$0$0")', "#NUM!"),
        ('REGEXREPLACE(REPT("a", 99), "a", REPT("$0", 999))', "#VALUE!"),
        ('SEARCH(REPT("*a", 9999) & "b", REPT("a", 99999))', "#VALUE!"),
        ('JOIN(SPLIT(REPT("a", 99999), "a"), REPT("b", 99999))', "#VALUE!"),
        ("&".join(['REPT("a", 99999)'] * 500), "#NUM!"),
        ("SUM(" + ", ".join(['COUNTUNIQUE(SPLIT(REPT("ab", 50000), "a"))'] * 200) + ")", "#NUM!"),
        ('TEXT(1, REPT("0", 9999))', "#VALUE!"),
        ('VALUE(REPT("1,", 9999))', "#VALUE!"),
        ('DATEVALUE(REPT("1", 9999))', "#VALUE!"),
    ],
)
def test_bombs_are_error_values(text, code, names, context) -> None:
    assert evaluate(compile_formula(text, names), {"name": "aaa"}, context).code == code


@pytest.mark.parametrize(
    "text, expected",
    [
        ("SUM(" + ",".join(["{qty}"] * 1600) + ")", Decimal(4800)),
        ('REGEXMATCH(REPT("a", 99999), "(x+x+)+y")', False),
        ('REGEXMATCH(REPT("a", 99999), "(a|aa)+$b")', False),
        ('IFERROR(SEARCH("*a*a*a*a*a*b", REPT("a", 99999)), 0)', Decimal(0)),
        ('LEN(TEXTBEFORE(REPT("a", 99999), "a", 99999))', Decimal(99998)),
        ("0.999999 ^ (10^40)", Decimal(0)),
        ("PMT(10^-30, 10^30, 1)", Decimal(0)),
    ],
)
def test_long_ways_come_to_an_end(text, expected, names, context) -> None:
    value = evaluate(compile_formula(text, names), {"qty": Decimal(3)}, context)
    assert value == expected
    assert str(value)[0] != "-"


@pytest.mark.parametrize(
    "value, text",
    [
        (None, '""'),
        (True, "TRUE"),
        (5, "5"),
        (Decimal("-1.50"), "-1.5"),
        ('a "b" \\c', '"a ""b"" \\\\c"'),
        (date(2026, 1, 31), "DATE(2026, 1, 31)"),
        (datetime(2026, 1, 31, 8, 30, tzinfo=UTC), 'DATETIME("2026-01-31T08:30:00Z")'),
        (time(8, 30, 1), "TIME(8, 30, 1)"),
        (("a", "b"), 'LIST("a", "b")'),
    ],
)
def test_literals_come_back(value, text, names, context) -> None:
    assert format_literal(value) == text
    assert evaluate(compile_formula(text, names), {}, context) == value


def test_every_message_is_there_in_both_languages() -> None:
    folder = files("joinery.formulas")
    sentences = json.loads(folder.joinpath("messages.json").read_text(encoding="utf-8"))
    modules = [*folder.iterdir(), *folder.joinpath("functions").iterdir()]
    sources = "".join(one.read_text(encoding="utf-8") for one in modules if one.name.endswith(".py"))
    used = {part.split('"')[0] for part in sources.split('"formula_')[1:]}
    assert {"formula_" + code for code in used} == set(sentences)
    assert all(set(texts) == {"en", "zh"} for texts in sentences.values())


def test_types_in_words() -> None:
    assert label_of(kinds.list_of(kinds.CHOICE)) == {"en": "list of choice", "zh": "选项列表"}
    assert str(kinds.list_of(kinds.CHOICE)) == "list of choice"
    assert str(kinds.record_of("account")) == "account record"


_SEVERAL = (
    {"name": "Acme", "qty": Decimal(2), "tags": ("a", "b"), "status": "open", "done": True},
    {"name": "Beta", "qty": Decimal(3), "tags": ("a",), "status": "open", "done": True},
    {"name": "", "qty": Decimal(0), "tags": (), "status": None, "done": False},
    {"name": None, "qty": None, "tags": None, "status": "won", "done": None},
    {"name": FormulaProblem("#N/A", "formula_not_available"), "qty": Decimal(2), "tags": None},
    {"name": FormulaProblem("#DIV/0!", "formula_division_by_zero"), "qty": Decimal(2), "tags": None},
)


@pytest.mark.parametrize(
    "text",
    [
        "ROUND(COUNTA({name}, {qty}, {status}) / 3, 2)",
        'IF(ISBLANK({name}), 0, 1) + IF({status} = "open", 10, 20)',
        'IF(ISBLANK({name}), "none", {name} & "!")',
        "COUNTA({tags}, {name}, {status}, {done}) * 10",
        "IFERROR(COUNTA({name}, {qty}) * 2, -1)",
        "COUNTA({qty}, {name}) + COALESCE({qty}, 0)",
    ],
)
def test_results_for_one_record_are_none_for_another(text, names, context) -> None:
    """An expression that remembers gives every record what it would give if it met no other."""
    checked = compile_formula(text, names)
    alone = [evaluate(compile_formula(text, names), record, context) for record in _SEVERAL]
    assert [evaluate(checked, record, context) for record in (*_SEVERAL, *_SEVERAL)] == alone * 2
