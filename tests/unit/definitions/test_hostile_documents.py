"""Whatever is sent as a definition, the check answers with issues."""

import copy
import json
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from joinery.definitions import check_app, load_app
from joinery.forms import compile_app
from joinery.workflows import catalogue
from tests.examples import examples

SHOP = json.loads(
    (Path(__file__).parents[2] / "cases" / "definitions" / "valid" / "shop.json").read_text(encoding="utf-8")
)

LABEL = {"en": "X"}

scalars = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(),
    st.decimals(allow_nan=False, allow_infinity=False),
    st.text(max_size=20),
    st.sampled_from(
        ["order", "customer", "status", "{amount}", "{no} {", "TODAY()", "\0", "🙂", "relation", "formula"]
    ),
)
names = st.one_of(
    st.text(max_size=8),
    st.sampled_from(
        ["type", "label", "form", "inverse", "key", "fields", "layout", "section", "tab", "content", "fill"]
    ),
)
values = st.recursive(
    scalars,
    lambda inner: st.one_of(st.lists(inner, max_size=4), st.dictionaries(names, inner, max_size=4)),
    max_leaves=12,
)


def app(fields, **form):
    body = {"label": LABEL, "title": "none", "fields": fields, **form}
    return {"joinery": 1, "app": "big", "version": "1.0.0", "label": LABEL, "forms": {"thing": body}}


def places(value, path=()):
    """The path of every value inside a document."""
    yield path
    inner = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for name, part in inner:
        yield from places(part, (*path, name))


PLACES = [path for path in places(SHOP) if path]


def assert_found_or_fit(document):
    """What the check finds nothing in must be ready to run."""
    if not list(check_app(document, catalogue())):
        compile_app(load_app(document))


@settings(deadline=None)
@given(values)
def test_anything(document):
    assert len(check_app(document, catalogue())) > 0


@settings(max_examples=examples(120), deadline=None)
@given(st.data())
def test_a_good_document_with_anything_in_one_place(data):
    document = copy.deepcopy(SHOP)
    *way, last = data.draw(st.sampled_from(PLACES))
    part = document
    for name in way:
        part = part[name]
    part[last] = data.draw(values)
    assert_found_or_fit(document)


@settings(max_examples=examples(80), deadline=None)
@given(st.data())
def test_a_good_document_with_a_piece_missing(data):
    document = copy.deepcopy(SHOP)
    *way, last = data.draw(st.sampled_from(PLACES))
    part = document
    for name in way:
        part = part[name]
    del part[last]
    assert_found_or_fit(document)


def test_deep_nesting():
    document = layout = []
    for _ in range(100_000):
        layout.append([])
        layout = layout[0]
    codes = [issue.code for issue in check_app(app({}, layout=document), catalogue())]
    assert codes == ["definition_too_deep"]


def test_too_many_fields():
    fields = {
        f"f{number}": {"type": "text", "label": LABEL, "default": "{nothing}"} for number in range(5_000)
    }
    issues = list(check_app(app(fields), catalogue()))
    assert [(issue.path, issue.code) for issue in issues] == [
        ("/forms/thing/fields", "definition_too_many_entries")
    ]


def test_as_many_fields_as_there_may_be():
    fields = {
        f"f{number}": {
            "type": "formula",
            "label": LABEL,
            "result": "number",
            "formula": f"{{f{number + 1}}} + 1",
        }
        for number in range(499)
    }
    fields["f499"] = {"type": "number", "label": LABEL}
    assert list(check_app(app(fields), catalogue())) == []


def test_a_circle_of_five_hundred_formulas():
    fields = {
        f"f{number}": {
            "type": "formula",
            "label": LABEL,
            "result": "number",
            "formula": f"{{f{(number + 1) % 500}}} + 1",
        }
        for number in range(500)
    }
    issues = [
        issue for issue in check_app(app(fields), catalogue()) if issue.code == "definition_formula_cycle"
    ]
    assert len(issues) == 1
    assert issues[0].params["cycle"].count("→") == 500


@pytest.mark.parametrize(
    "document",
    [
        app({}, views=[[0]] * 400_000),
        {str(number): {} for number in range(400_000)},
        app({"x": {"type": "text" * 1_000_000, "label": LABEL}}),
        app(
            {
                "x": {
                    "type": "choice",
                    "label": LABEL,
                    "options": {str(n): {"label": LABEL} for n in range(90_000)},
                }
            }
        ),
        app(
            {
                "x": {
                    "type": "choice",
                    "label": LABEL,
                    "options": {"a": {"label": LABEL}},
                    "option_order": [{}, 1] * 9_000,
                }
            }
        ),
        app({"x": {"type": "formula", "label": LABEL, "result": "number", "formula": "(" * 9_999}}),
        app({"x": {"type": "text", "label": LABEL, "default": "1+" * 2_000_000}}),
        app({"x": {"type": "text", "label": LABEL, "pattern": "a{99999999999}"}}),
        app({"x": {"type": "number", "label": LABEL, "minimum": Decimal("1e400")}}),
        app({f"f{n}": {"type": "text", "label": LABEL, "visible": f"{{g{n}}}"} for n in range(500)}),
    ],
    ids=[
        "lists",
        "properties",
        "long name",
        "options",
        "mixed order",
        "brackets",
        "long",
        "pattern",
        "number",
        "unknown",
    ],
)
def test_large_and_odd(document):
    issues = list(check_app(document, catalogue()))
    assert 0 < len(issues) <= 501


def test_the_rest_is_announced_when_there_are_too_many_problems():
    fields = {f"f{n}": {"type": "text", "label": 1, "default": "{nothing}"} for n in range(400)}
    issues = list(check_app(app(fields), catalogue()))
    assert len(issues) == 501
    assert issues[-1].code == "definition_more_issues"
