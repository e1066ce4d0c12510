"""The generated reference names everything there is."""

import re

import pytest

from joinery.definitions import reference_pages
from joinery.definitions.json_schemas import schemas
from joinery.definitions.reference_pages import NOUNS
from joinery.forms import FIELD_TYPES
from joinery.formulas import FUNCTIONS
from joinery.workflows import NODE_TYPES, catalogue

PAGES = reference_pages(catalogue())


def test_every_noun_and_property_is_described():
    assert set(NOUNS) == set(schemas())
    page = PAGES["definition.md"]
    for schema in schemas().values():
        assert f"## {schema['title']}\n" in page
        for part in [schema, *schema.get("$defs", {}).values()]:
            for name, inner in part.get("properties", {}).items():
                assert f"| `{name}` |" in page
                assert inner.get("description"), (schema["title"], name)


@pytest.mark.parametrize("name", FIELD_TYPES.names())
def test_every_field_type_with_its_settings_is_described(name):
    chapter = PAGES["field-types.md"].split(f"\n## {name}\n")[1].split("\n## ")[0]
    for setting in catalogue().settings_schema(name)["properties"]:
        assert f"| `{setting}` |" in chapter


@pytest.mark.parametrize("name", NODE_TYPES.names())
def test_every_type_of_node_with_its_settings_is_described(name):
    chapter = PAGES["node-types.md"].split(f"\n## {name}\n")[1].split("\n## ")[0]
    for setting in NODE_TYPES[name].settings:
        assert f"| `{setting}` |" in chapter


def test_every_function_is_described():
    described = re.findall(r"^### (\S+)$", PAGES["functions.md"], flags=re.MULTILINE)
    assert sorted(described) == sorted(function.name for function in FUNCTIONS)


@pytest.mark.parametrize("page", PAGES.values(), ids=PAGES.keys())
def test_tables_are_whole(page):
    for table in re.findall(r"(?:^\|.*\|\n?)+", page, flags=re.MULTILINE):
        widths = {len(re.findall(r"(?<!\\)\|", line)) for line in table.strip().splitlines()}
        assert len(widths) == 1, table
