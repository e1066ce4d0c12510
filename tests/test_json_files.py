"""What Python's reader of JSON passes over in silence: a key that stands twice, the later one winning."""

import json
from collections import Counter
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
#: Installed or built, not ours; of `static` the interface.
APART = {"node_modules", "static", "build", "dist"}
FILES = sorted(
    path
    for folder in ("platform", "suites", "designer_ui", "tests", "docs")
    for path in (ROOT / folder).rglob("*.json")
    if not APART & set(path.relative_to(ROOT).parts)
)


def repeated(text: str) -> list[str]:
    """The keys that stand twice in an object of a JSON document, once each."""
    found: list[str] = []

    def read(pairs: list[tuple[str, object]]) -> dict[str, object]:
        found.extend(key for key, number in Counter(key for key, _ in pairs).items() if number > 1)
        return dict(pairs)

    json.loads(text, object_pairs_hook=read)
    return found


def test_a_repeated_key_is_found_however_deep_it_stands() -> None:
    assert repeated('{"a": 1, "b": [{"c": 1, "d": {}, "c": 2}], "a": 2}') == ["c", "a"]
    assert repeated('{"a": {"b": 1}, "b": [1, {"b": 2}]}') == []


def test_the_files_that_people_change_together_are_among_them() -> None:
    names = {str(path.relative_to(ROOT)) for path in FILES}
    assert {"platform/web/schemas.json", "suites/crm_ltc.json", "platform/runtime/messages.json"} <= names
    assert any(path.match("i18n/zh-CN.json") for path in FILES)


@pytest.mark.parametrize("path", FILES, ids=lambda path: str(path.relative_to(ROOT)))
def test_no_key_stands_twice(path: Path) -> None:
    assert repeated(path.read_text(encoding="utf-8")) == []


def test_no_message_is_told_by_two_folders() -> None:
    told = Counter(
        code
        for path in (ROOT / "platform").rglob("messages.json")
        for code in json.loads(path.read_text(encoding="utf-8"))
    )
    assert [code for code, number in told.items() if number > 1] == []
