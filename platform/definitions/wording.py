"""Kinds of JSON values in words, for the sentences of issues."""

from collections.abc import Mapping

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


def json_type_words(names: str | list[str]) -> Mapping[str, str]:
    """One or several JSON types in words, per language."""
    words = [TYPE_NAMES[name] for name in ([names] if isinstance(names, str) else names)]
    return {"en": " or ".join(word["en"] for word in words), "zh": "或".join(word["zh"] for word in words)}
