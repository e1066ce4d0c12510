"""Reading expressions: the tree, canonical text, and one clear issue with its place."""

import pytest

from joinery.formulas import parse, unparse
from joinery.kernel import FormulaError, issue_message


@pytest.mark.parametrize(
    "text, canonical",
    [
        ("1+2*3", "1 + 2 * 3"),
        ("(1+2)*3", "(1 + 2) * 3"),
        ("1-(2-3)", "1 - (2 - 3)"),
        ("1-2-3", "1 - 2 - 3"),
        ("-2^2", "-2 ^ 2"),
        ("-(2^2)", "-(2 ^ 2)"),
        ("2^(3^2)", "2 ^ (3 ^ 2)"),
        ("(1+2)%", "(1 + 2)%"),
        ("-5%", "-5%"),
        ("(-5)%", "(-5)%"),
        ("round( {price} ,2 )", "ROUND({price}, 2)"),
        ('"a"&"b"&{account.level}', '"a" & "b" & {account.level}'),
        ("true&&(false||{done})", "TRUE && (FALSE || {done})"),
        ("1==2", "1 = 2"),
        ("1!=2", "1 <> 2"),
        ("(1<2)=(2<3)", "1 < 2 = (2 < 3)"),
        ('"say ""hi"""', '"say ""hi"""'),
        (r'"a\\b"', r'"a\\b"'),
        ("pi()", "PI()"),
        ("{$form.account}", "{$form.account}"),
    ],
)
def test_canonical_text(text: str, canonical: str) -> None:
    assert unparse(parse(text).tree) == canonical
    assert unparse(parse(canonical).tree) == canonical


@pytest.mark.parametrize(
    "text, code, position, length",
    [
        ("", "formula_empty", 0, 0),
        ("  ", "formula_empty", 0, 2),
        ("1 +", "formula_unfinished", 3, 0),
        ("1 + * 2", "formula_unexpected", 4, 1),
        ("(1 + 2", "formula_open_bracket", 6, 0),
        ("SUM(1, 2", "formula_open_bracket", 8, 0),
        ("1 + 2)", "formula_extra_bracket", 5, 1),
        ("SUM(1,)", "formula_unexpected", 6, 1),
        ('1 & "abc', "formula_open_text", 4, 4),
        ("1 + {abc", "formula_open_field", 4, 4),
        ("{a} {b}", "formula_unexpected", 4, 3),
        ("1 # 2", "formula_unexpected", 2, 1),
        ("1" * 61, "formula_number_too_long", 0, 61),
        ("1e99", "formula_number_too_long", 0, 4),
        ("1" * 1_000_000, "formula_too_long", 10_000, 990_000),
        ("(" * 1_000 + "1" + ")" * 1_000, "formula_too_deep", 100, 1),
        ("+".join(["1"] * 1_000), "formula_too_deep", 0, 1_999),
        ("-" * 5_000 + "1", "formula_too_deep", 0, 5_001),
        ("IF(" * 101 + "1" + ")" * 101, "formula_too_deep", 302, 1),
    ],
)
def test_mistakes_have_a_place_and_a_sentence(text: str, code: str, position: int, length: int) -> None:
    with pytest.raises(FormulaError) as caught:
        parse(text)
    (issue,) = caught.value.issues
    assert (issue.code, issue.params["position"], issue.params["length"]) == (code, position, length)
    assert issue_message(issue, "en") not in ("", code)
    assert issue_message(issue, "zh-CN") not in ("", code)


def test_paths_are_collected() -> None:
    assert parse("{a} + IF({b.c} > 1, {a}, 2)").paths == {("a",), ("b", "c")}


def test_positions_of_every_node() -> None:
    tree = parse("ROUND({price} * 2, 1)").tree
    product = tree.arguments[0]
    assert (tree.position, tree.length) == (0, 21)
    assert (product.position, product.length) == (6, 11)
    assert (product.right.position, product.right.length) == (16, 1)


def test_long_chains_of_text_and_conditions_are_not_deep() -> None:
    assert parse(" & ".join(["{name}"] * 500)).tree.depth == 2
    assert parse(" && ".join(["{done}"] * 500)).tree.depth == 2
