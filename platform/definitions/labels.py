"""Labels in every language, so that nobody who shows one has to look for a substitute."""

from collections.abc import Mapping
from typing import Any

from joinery.kernel import LANGUAGES

#: Properties that hold a label wherever they occur, in settings of field types too.
LABEL_PROPERTIES = frozenset(
    ["label", "plural", "help", "placeholder", "description", "message", "confirm", "intro"]
)

#: Objects whose every value is a label.
LABELLED = frozenset(["validate", "validations", "require"])


def with_all_languages(value: Any, name: str = "") -> Any:
    """The JSON value with every label inside it complete: a missing language takes the text of another."""
    if isinstance(value, list):
        return [with_all_languages(part) for part in value]
    if not isinstance(value, dict):
        return value
    if name in LABEL_PROPERTIES and _is_label(value):
        return _complete(value)
    inner = "label" if name in LABELLED else None
    return {key: with_all_languages(part, inner or key) for key, part in value.items()}


def _is_label(value: Mapping[str, Any]) -> bool:
    return bool(value) and all(isinstance(text, str) for text in value.values())


def _complete(label: Mapping[str, str]) -> dict[str, str]:
    substitute = next(iter(label.values()))
    return {**dict.fromkeys(LANGUAGES.values(), substitute), **label}
