"""Sentences for people, by code and language.

Every folder of the platform may hold a `messages.json`: `{"code": {"en": "...", "zh": "..."}}`
with `str.format` placeholders. They are one flat catalogue; a code stands in one folder only.
"""

import json
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

from joinery.kernel.issues import Issue

_PLATFORM = Path(__file__).parents[1]

#: Languages of the interface (BCP 47) and the key of each in labels and messages.
LANGUAGES = {"en": "en", "zh-CN": "zh"}


def label_key(language: str) -> str:
    """The key used in labels for an interface language: "zh-CN" gives "zh", anything unknown "en"."""
    return "zh" if language.lower().startswith("zh") else "en"


@cache
def catalogue() -> Mapping[str, Mapping[str, str]]:
    """All messages of all folders: code to language to sentence."""
    found: dict[str, Mapping[str, str]] = {}
    for source in sorted(_PLATFORM.glob("*/messages.json")):
        for code, texts in json.loads(source.read_text(encoding="utf-8")).items():
            if code in found:
                raise ValueError(
                    f"message {code!r} stands in two folders, the second is {source.parent.name}"
                )
            found[code] = texts
    return found


def message(code: str, language: str, params: Mapping[str, Any] | None = None) -> str:
    """The sentence for `code` in `language`; a code without one gives the code itself."""
    params = params or {}
    key = label_key(language)
    texts = params["text"] if code == "rule" else catalogue().get(code)
    if not texts:
        return code
    sentence: str = texts.get(key) or texts.get("en") or next(iter(texts.values()))
    return sentence if code == "rule" else sentence.format_map(_Shown(params, key))


def issue_message(issue: Issue, language: str) -> str:
    """The sentence for an issue, with its "did you mean" when it has a suggestion."""
    sentence = message(issue.code, language, issue.params)
    if suggestion := issue.params.get("suggestion"):
        sentence += message("did_you_mean", language, {"suggestion": suggestion})
    return sentence


class _Shown(dict[str, Any]):
    """Placeholders as text: a label (per-language mapping) shows in the reader's language."""

    def __init__(self, params: Mapping[str, Any], key: str) -> None:
        super().__init__(params)
        self._key = key

    def __getitem__(self, name: str) -> Any:
        value = super().__getitem__(name)
        if isinstance(value, Mapping):
            return value.get(self._key) or next(iter(value.values()), "")
        return value

    def __missing__(self, name: str) -> str:
        return "{" + name + "}"
