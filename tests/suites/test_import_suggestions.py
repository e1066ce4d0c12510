"""Files as people have them find the fields of the suite's forms."""

import json
from importlib.resources import files

import pytest

from joinery.definitions import load_app
from joinery.forms import compile_app
from joinery.runtime.importing.mapping import suggest_fields

FORMS = compile_app(
    load_app(json.loads((files("joinery.suites") / "crm_ltc.json").read_text(encoding="utf-8")))
).forms


@pytest.mark.parametrize(
    "form, expected",
    [
        (
            "account",
            {
                "account": "name",
                "sector": "industry",
                "year_established": "year_established",
                "revenue": "annual_revenue",
                "employees": "employees",
                "office_location": "office_location",
                "subsidiary_of": "parent",
            },
        ),
        ("account", {"名称": "name", "来源": "source", "Parent company": "parent", "官网": "website"}),
        ("lead", {"公司": "company", "来源": "source", "来源说明": "source_detail", "所属行业": "industry"}),
        ("lead", {"Lead source": "source", "Source detail": "source_detail", "Sector": "industry"}),
        ("opportunity", {"来源": "source", "Opportunity name": "name", "deal_stage": "stage"}),
        ("lead", {"favourite colour": None, "编": None}),
    ],
)
def test_columns_find_their_fields(form, expected):
    found = suggest_fields(expected, FORMS[form], frozenset(FORMS[form].fields))
    assert found == expected
