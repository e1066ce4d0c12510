"""What the entry form takes typed values for is what the server reads; otherwise it asks."""

from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from joinery.definitions import load_app
from joinery.directory import Department, Directory, User
from joinery.forms import ParseContext, ValueProblem, compile_app
from joinery.kernel import dump_json, load_json
from tests.examples import examples
from tests.formulas_in_browser import Browser, as_told

LABEL = {"en": "Label", "zh": "标签"}
OPTIONS = {key: {"label": LABEL} for key in ("b", "a", "c")}
SETTINGS: dict[str, dict[str, Any]] = {
    "text": {"min_length": 2, "max_length": 8},
    "long_text": {"max_length": 12},
    "number": {"decimals": 2, "minimum": -5, "maximum": 1000},
    "money": {},
    "percent": {"decimals": 1},
    "rating": {"maximum": 4},
    "boolean": {},
    "choice": {"options": OPTIONS},
    "multi_choice": {"options": OPTIONS, "option_order": ["c", "a"], "maximum": 2},
    "date": {},
    "datetime": {},
    "time": {},
    "user": {},
    "users": {},
    "department": {},
    "email": {},
}
CONTEXT = ParseContext(
    directory=Directory(
        [User(id=number, name=f"U{number}", email=f"u{number}@example.com") for number in range(1, 5)],
        [Department(id=number, name=f"D{number}") for number in range(1, 5)],
    ),
    time_zone="Asia/Shanghai",
)
DOCUMENT = {
    "joinery": 1,
    "app": "test",
    "version": "1.0.0",
    "label": LABEL,
    "forms": {
        "thing": {
            "label": LABEL,
            "fields": {name: {"type": name, "label": LABEL, **own} for name, own in SETTINGS.items()},
        }
    },
}
FIELDS = compile_app(load_app(DOCUMENT)).forms["thing"].fields

numbers = st.one_of(
    st.integers(-20, 2000),
    st.decimals(-2000, 2000, places=4).map(float),
    st.from_regex(r"[-+]?[0-9]{0,3}\.?[0-9]{0,12}(e[+-]?[0-9])?", fullmatch=True),
    st.from_regex(r"[0-9]{28,32}(\.[0-9]{1,9})?", fullmatch=True),
)
texts = st.text(" \t\n\x07aé\u0301İ华😀\u3000\u200b.@", max_size=14)
keys = st.sampled_from(["a", "b", "c", "x", ""])
ids = st.integers(1, 4).flatmap(lambda number: st.sampled_from([number, {"id": number, "name": "N"}]))
VALUES: dict[str, st.SearchStrategy[Any]] = {
    **dict.fromkeys(("text", "long_text", "email"), texts),
    **dict.fromkeys(("number", "money", "percent"), numbers),
    "rating": st.integers(-1, 6) | numbers,
    "boolean": st.booleans() | keys,
    "choice": keys,
    "multi_choice": st.lists(keys, max_size=4) | keys,
    "date": st.dates().map(str) | texts,
    "datetime": st.datetimes().map(lambda moment: moment.isoformat(timespec="seconds") + "Z") | texts,
    "time": st.times().map(lambda time: time.isoformat("seconds"))
    | st.times().map(lambda time: str(time)[:5]),
    "user": ids,
    "users": st.lists(ids, max_size=3),
    "department": ids,
}


def read_by_server(name: str, raw: Any) -> Any:
    """As saving reads it; None where it is refused."""
    if raw in (None, "", [], {}):
        return as_told(None)
    try:
        return as_told(FIELDS[name].type.parse(FIELDS[name], load_json(dump_json(raw)), CONTEXT))
    except ValueProblem:
        return None


@pytest.mark.parametrize("name", SETTINGS)
@settings(max_examples=examples(250), deadline=None, suppress_health_check=list(HealthCheck))
@given(data=st.data())
def test_what_is_typed_is_read_alike_or_asked(formulas_in_browser: Browser, name: str, data: Any) -> None:
    value = data.draw(VALUES[name])
    described = {"type": name, "label": LABEL, "settings": dict(FIELDS[name].settings)}
    found = formulas_in_browser.typed(described, value)
    expected = read_by_server(name, value)
    if expected is not None and name == "rating" and isinstance(expected["value"], int):
        expected = {"value": {"number": str(expected["value"])}}
    assert found in ({}, expected)


@pytest.mark.parametrize(
    "name, value",
    [
        ("text", " ab "),
        ("long_text", "a\nb"),
        ("number", 12.345),
        ("money", "123456789012345678.5"),
        ("percent", 0.12345),
        ("rating", 3),
        ("boolean", False),
        ("choice", "a"),
        ("multi_choice", ["a", "c"]),
        ("date", "2026-01-31"),
        ("datetime", "2026-01-31T08:30:00Z"),
        ("time", "08:30"),
        ("user", {"id": 2, "name": "N"}),
        ("users", [1, 2]),
        ("department", 1),
        ("text", ""),
        ("users", []),
    ],
)
def test_nobody_is_asked_about_ordinary_values(formulas_in_browser: Browser, name: str, value: Any) -> None:
    described = {"type": name, "label": LABEL, "settings": dict(FIELDS[name].settings)}
    assert formulas_in_browser.typed(described, value) != {}
