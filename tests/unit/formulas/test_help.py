"""Every function explains itself in both languages."""

import json
from importlib.resources import files

import pytest

from joinery.formulas import FUNCTIONS, category_label, help_of

CHINESE = json.loads(files("joinery.formulas").joinpath("help_zh.json").read_text(encoding="utf-8"))


def test_none_is_missing_and_none_is_left_over():
    assert set(CHINESE) == set(FUNCTIONS.names())


@pytest.mark.parametrize("name", FUNCTIONS.names())
def test_a_function_says_what_it_does(name):
    function = FUNCTIONS[name]
    for language in ("en", "zh-CN"):
        assert category_label(function.category, language)
        assert help_of(function, language).endswith((".", "。"))
    assert any("一" <= letter <= "鿿" for letter in help_of(function, "zh-CN"))
