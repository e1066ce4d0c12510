"""What functions do, in the reader's language: English is in their docstrings, Chinese in `help_zh.json`."""

import json
from collections.abc import Mapping
from functools import cache
from importlib.resources import files

from joinery.formulas.function import Function
from joinery.kernel import label_key

#: The categories in the order of a help page.
CATEGORIES: Mapping[str, Mapping[str, str]] = {
    "logic": {"en": "Logic", "zh": "逻辑"},
    "number": {"en": "Numbers", "zh": "数字"},
    "text": {"en": "Texts", "zh": "文本"},
    "date": {"en": "Dates and times", "zh": "日期与时间"},
    "list": {"en": "Lists and related records", "zh": "列表与关联记录"},
    "statistics": {"en": "Statistics", "zh": "统计"},
    "finance": {"en": "Finance", "zh": "财务"},
    "people": {"en": "People", "zh": "成员"},
}


def category_label(category: str, language: str) -> str:
    """A category of functions in words."""
    return CATEGORIES[category][label_key(language)]


def help_of(function: Function, language: str) -> str:
    """What a function does."""
    return function.help if label_key(language) == "en" else _chinese()[function.name]


@cache
def _chinese() -> Mapping[str, str]:
    text = files("joinery.formulas").joinpath("help_zh.json").read_text(encoding="utf-8")
    found: Mapping[str, str] = json.loads(text)
    return found
