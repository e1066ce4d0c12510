"""What new records need from a file, and what a mapping leaves open."""

import pytest

from joinery.definitions import load_app
from joinery.forms import compile_app
from joinery.runtime.importing.targets import demanded, lacking


def label(text: str) -> dict[str, str]:
    return {"en": text, "zh": text}


def field(kind: str, **more) -> dict:
    return {"type": kind, "label": label(kind), **more}


LINES = {
    "product": field("relation", form="product", required=True, fill={"price": "{price}"}),
    "price": field("money", required=True),
    "qty": field("number", required=True),
    "unit": field("text", required=True, default='"piece"'),
}
DOCUMENT = {
    "joinery": 1,
    "app": "shop",
    "version": "1.0.0",
    "label": label("Shop"),
    "forms": {
        "product": {
            "label": label("Product"),
            "title": "{name}",
            "fields": {"name": field("text"), "price": field("money")},
        },
        "order": {
            "label": label("Order"),
            "title": "{number}",
            "fields": {
                "number": field("text", required=True),
                "status": field("text", required=True, default='"new"'),
                "note": field("text", required='{status} = "odd"'),
                "lines": field("subform", required=True, fields=LINES),
                "visits": field("subform", fields={"day": field("date", required=True)}),
            },
        },
    },
}


@pytest.fixture(scope="module")
def order():
    return compile_app(load_app(DOCUMENT)).forms["order"]


def test_defaults_conditions_and_what_a_relation_fills_are_not_demanded(order):
    assert demanded(order) == {"number", "lines", "lines.product", "lines.qty", "visits.day"}


@pytest.mark.parametrize(
    "names, expected",
    [
        ([], {"number", "lines"}),
        (["number", "lines.product"], {"lines.qty"}),
        (["number", "lines.product", "lines.qty"], set()),
        (["number", "lines.product", "lines.qty", "visits.by"], {"visits.day"}),
    ],
)
def test_fields_of_lines_are_needed_where_there_are_lines(order, names, expected):
    assert lacking(order, names) == expected
