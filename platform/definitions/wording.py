"""Kinds of values in words, for the sentences of issues."""

from collections.abc import Mapping

from joinery.formulas import Type

#: The JSON types in words.
TYPE_NAMES: Mapping[str, Mapping[str, str]] = {
    "object": {"en": "an object {…}", "zh": "对象 {…}"},
    "array": {"en": "a list […]", "zh": "列表 […]"},
    "string": {"en": "a text", "zh": "文本"},
    "number": {"en": "a number", "zh": "数字"},
    "integer": {"en": "a whole number", "zh": "整数"},
    "boolean": {"en": "true or false", "zh": "true 或 false"},
    "null": {"en": "null", "zh": "null"},
}

#: Kinds of values in words.
KIND_NAMES: Mapping[str, Mapping[str, str]] = {
    "text": {"en": "a text", "zh": "文本"},
    "number": {"en": "a number", "zh": "数字"},
    "money": {"en": "an amount", "zh": "金额"},
    "percent": {"en": "a percentage", "zh": "百分比"},
    "boolean": {"en": "yes or no", "zh": "是/否"},
    "date": {"en": "a date", "zh": "日期"},
    "datetime": {"en": "a date with time", "zh": "日期时间"},
    "time": {"en": "a time", "zh": "时间"},
    "duration": {"en": "a duration", "zh": "时长"},
    "choice": {"en": "an option", "zh": "选项"},
    "user": {"en": "a person", "zh": "人员"},
    "department": {"en": "a department", "zh": "部门"},
    "record": {"en": "a record", "zh": "记录"},
    "list": {"en": "a list", "zh": "列表"},
}


def json_type_words(names: str | list[str]) -> Mapping[str, str]:
    """One or several JSON types in words, per language."""
    words = [TYPE_NAMES[name] for name in ([names] if isinstance(names, str) else names)]
    return {"en": " or ".join(word["en"] for word in words), "zh": "或".join(word["zh"] for word in words)}


def type_words(found: Type) -> Mapping[str, str]:
    """The type of an expression in words, per language."""
    words = KIND_NAMES.get(found.kind)
    return words or {"en": str(found), "zh": str(found)}
