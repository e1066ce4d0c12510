"""The options of a choice field: found by key or by label in either language, shown in the reader's."""

from collections.abc import Iterator, Mapping
from typing import Any

from joinery.forms.field_type import ValueProblem, cell_text
from joinery.kernel import Issue, closest, label_key

COLORS = ("gray", "red", "orange", "amber", "green", "teal", "cyan", "blue", "indigo", "purple", "pink")

_LABEL_SCHEMA = {
    "type": "object",
    "properties": {"en": {"type": "string"}, "zh": {"type": "string"}},
    "required": ["en", "zh"],
    "additionalProperties": False,
}

#: Settings of every type with options.
OPTION_SETTINGS: Mapping[str, Any] = {
    "options": {
        "type": "object",
        "minProperties": 1,
        "maxProperties": 500,
        "propertyNames": {"pattern": "^[a-z0-9][a-z0-9_]{0,39}$"},
        "additionalProperties": {
            "type": "object",
            "properties": {"label": _LABEL_SCHEMA, "color": {"enum": list(COLORS)}},
            "required": ["label"],
            "additionalProperties": False,
        },
        "label": {"en": "Options", "zh": "选项"},
    },
    "option_order": {
        "type": "array",
        "items": {"type": "string"},
        "uniqueItems": True,
        "label": {"en": "Order of the options", "zh": "选项顺序"},
    },
}


class Options:
    """Options in their order. `keys` maps each key to its place."""

    def __init__(self, settings: Mapping[str, Any]) -> None:
        options = settings.get("options", {})
        order = [key for key in settings.get("option_order", ()) if key in options]
        order += [key for key in options if key not in set(order)]
        self.keys = {key: place for place, key in enumerate(order)}
        self._labels: Mapping[str, Mapping[str, str]] = {key: options[key]["label"] for key in order}
        self._by_text: dict[str, str] = {_folded(key): key for key in order}
        # Labels win over keys, and the first of two equal labels over the second.
        for key in reversed(order):
            self._by_text.update({_folded(text): key for text in self._labels[key].values()})
        # What an export or another program wrote is found without folding; labels as they are win here too.
        self._exact = {key: self._by_text[_folded(key)] for key in order}
        for key in reversed(order):
            self._exact.update(dict.fromkeys(self._labels[key].values(), key))

    def of_key(self, raw: Any) -> str:
        """The option with this key. Raises ValueProblem, with the nearest option as a suggestion."""
        if isinstance(raw, str) and raw in self.keys:
            return raw
        if not isinstance(raw, str):
            raise ValueProblem("value_not_option")
        raise self._unknown(raw, closest(raw, self.keys))

    def of_text(self, cell: Any) -> str | None:
        """The option with this label or key in any case; None for a blank cell."""
        text = cell_text(cell)
        if text in self._exact:
            return self._exact[text]
        text = text.strip()
        if not text:
            return None
        if found := self._by_text.get(_folded(text)):
            return found
        texts = [text for labels in self._labels.values() for text in labels.values()]
        raise self._unknown(text, closest(text[:100], texts))

    def _unknown(self, value: str, suggestion: str | None) -> ValueProblem:
        return ValueProblem("value_unknown_option", value=value[:100], suggestion=suggestion)

    def label(self, key: str, language: str) -> str:
        """The option's label for a reader; the key itself for an option that was removed."""
        labels = self._labels.get(key)
        return key if labels is None else labels.get(label_key(language)) or labels.get("en") or key

    def words(self, key: str) -> str:
        """The option's labels in all languages."""
        labels = self._labels.get(key)
        return key if labels is None else " ".join(dict.fromkeys(labels.values()))

    def in_order(self, keys: Any) -> tuple[str, ...]:
        """The keys without repetition, in the order of the options; removed options come last."""
        return tuple(sorted(dict.fromkeys(keys), key=lambda key: self.keys.get(key, len(self.keys))))


def order_issues(settings: Mapping[str, Any]) -> Iterator[Issue]:
    """Entries of `option_order` that are no options."""
    options = settings["options"]
    for place, key in enumerate(settings.get("option_order", ())):
        if key not in options:
            yield Issue(
                f"/option_order/{place}",
                "value_unknown_option",
                {"value": key, "suggestion": closest(key, options)},
            )


def _folded(text: str) -> str:
    return " ".join(text.split()).casefold()
