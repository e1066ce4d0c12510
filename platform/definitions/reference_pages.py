"""The reference documentation of the definition language, made from what the code itself goes by."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from joinery.definitions.catalogue import Catalogue
from joinery.definitions.json_schemas import PREFIX, schemas
from joinery.definitions.node_shapes import NodeShape
from joinery.formulas import DIFFERENCES, FUNCTIONS, SERVER_ONLY, Function, Parameter
from joinery.kernel import dump_json

Schema = Mapping[str, Any]

#: Nouns in the order in which one meets them; the small ones come last.
NOUNS = (
    "app",
    "form",
    "field",
    "layout",
    "action",
    "view",
    "rule",
    "uniqueness",
    "duplicate_rule",
    "match_field",
    "conversion",
    "permission_group",
    "audience",
    "workflow",
    "workflow_start",
    "node",
    "assignee",
    "decision",
    "duration",
    "json_expression",
    "scenario",
    "role",
    "menu",
    "label",
    "key",
)

_DEFINITION_INTRODUCTION = """# App definitions

An app definition is one JSON document. Things are objects by key; keys never change, labels may.
This page is generated from the JSON Schemas that check every definition."""

_TYPES_INTRODUCTION = """# Field types

Settings stand flat in the field, beside the properties that all fields have
([App definitions](definition.md#field))."""

_NODES_INTRODUCTION = """# Node types

The boxes a workflow is made of. Settings stand flat in the node, beside the properties that all nodes have
([App definitions](definition.md#node))."""

_FUNCTIONS_INTRODUCTION = """# Functions

What may be called in expressions. Names may be written in any case;
arguments in square brackets may be left out. They compute as Excel does
([Differences from Excel](differences-from-excel.md)), with the same result on the server, in the database
and in an entry form while somebody types."""

_DIFFERENCES_INTRODUCTION = """# Differences from Excel

Operators and functions give what Excel gives, with these exceptions. Each example is a test; *refused*
means that the expression is not accepted when it is written."""


def reference_pages(catalogue: Catalogue) -> Mapping[str, str]:
    """The pages of the reference as Markdown, by file name."""
    types = (_field_type(name, catalogue) for name in catalogue.names())
    return {
        "definition.md": _page(_DEFINITION_INTRODUCTION, map(_noun, NOUNS)),
        "field-types.md": _page(_TYPES_INTRODUCTION, types),
        "node-types.md": _page(_NODES_INTRODUCTION, map(_node_type, catalogue.node_shapes().values())),
        "differences-from-excel.md": _page(_DIFFERENCES_INTRODUCTION, [_differences()]),
        "functions.md": _page(_FUNCTIONS_INTRODUCTION, _categories(FUNCTIONS)),
    }


def _page(introduction: str, chapters: Iterable[str]) -> str:
    return "\n\n".join([introduction, *chapters]) + "\n"


def _noun(name: str) -> str:
    schema = schemas()[name]
    parts = [f"## {schema['title']}", schema["description"]]
    if "properties" in schema:
        parts.append(_properties(schema))
    for title, inner in schema.get("$defs", {}).items():
        parts += [f"### {title.capitalize()}", _properties(inner)]
    return "\n\n".join(parts)


def _properties(schema: Schema) -> str:
    required = schema.get("required", ())
    rows = [
        (f"`{name}`", _kind(part), "yes" if name in required else "", _meaning(part))
        for name, part in schema["properties"].items()
    ]
    return markdown_table(("property", "is", "required", "meaning"), rows)


def _kind(schema: Schema) -> str:
    """What a value looks like, in a word or two."""
    if "$ref" in schema:
        name = schema["$ref"].removeprefix(PREFIX)
        return f"[{name.replace('_', ' ')}](definition.md#{name.replace('_', '-')})"
    if "enum" in schema:
        return ", ".join(f"`{value}`" for value in schema["enum"])
    if "const" in schema:
        return f"`{schema['const']}`"
    if schema.get("type") == "array":
        return f"list of {_kind(schema['items'])}" if "items" in schema else "list"
    if schema.get("type") == "object" and isinstance(schema.get("additionalProperties"), dict):
        return f"{_kind(schema['additionalProperties'])} by key"
    kinds = schema.get("type", "value")
    return " or ".join([kinds] if isinstance(kinds, str) else kinds)


def _meaning(schema: Schema) -> str:
    words = schema.get("description") or schema.get("label", {}).get("en", "")
    limits = {"minimum": "at least", "maximum": "at most", "maxLength": "characters at most"}
    facts = [f"{text} {schema[name]}" for name, text in limits.items() if name in schema]
    if "default" in schema:
        facts.append(f"default `{dump_json(schema['default'])}`")
    return f"{words} ({', '.join(facts)})" if facts else str(words)


def _field_type(name: str, catalogue: Catalogue) -> str:
    label, schema = catalogue.label(name), catalogue.settings_schema(name)
    abilities = {
        "sorted by": catalogue.is_sortable(name),
        "grouped by": catalogue.is_groupable(name),
        "searched": catalogue.is_searchable(name),
    }
    can = ", ".join(word for word, able in abilities.items() if able)
    parts = [f"## {name}", f"{label['en']} · {label['zh']}"]
    parts += [f"Can be {can}."] if can else []
    parts += ["Its value is made by the platform."] if catalogue.is_computed(name) else []
    parts.append(_properties(schema) if schema.get("properties") else "No settings.")
    return "\n\n".join(parts)


def _node_type(shape: NodeShape) -> str:
    parts = [f"## {shape.name}", f"{shape.label['en']} · {shape.label['zh']}", shape.help["en"]]
    parts.append(
        _properties(shape.settings_schema) if shape.settings_schema["properties"] else "No settings."
    )
    return "\n\n".join(parts)


def _categories(functions: Iterable[Function]) -> Iterator[str]:
    by_category: dict[str, list[Function]] = {}
    for function in functions:
        by_category.setdefault(function.category, []).append(function)
    for category, members in sorted(by_category.items()):
        yield "\n\n".join([f"## {category.capitalize()}", *map(_function, members)])


def _differences() -> str:
    rows = [(one.rule, f"`{one.example}`", f"{one.excel}", f"{one.here}") for one in DIFFERENCES]
    return markdown_table(("here", "example", "in Excel", "here it gives"), rows)


def _function(function: Function) -> str:
    arguments = ", ".join(map(_argument, function.parameters))
    parts = [f"### {function.name}", f"`{function.name}({arguments})`", function.help]
    if reason := SERVER_ONLY.get(function.operation.name):
        parts.append(f"Computed by the server only, not while somebody types: {reason}.")
    if function.examples:
        rows = [(f"`{text}`", f"`{result}`") for text, result in function.examples]
        parts.append(markdown_table(("example", "gives"), rows))
    return "\n\n".join(parts)


def _argument(parameter: Parameter) -> str:
    if parameter.optional:
        return f"[{parameter.name}]"
    return f"{parameter.name}, …" if parameter.repeated else parameter.name


def markdown_table(head: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> str:
    """A Markdown table; bars and line ends in cells are made harmless."""
    lines = [head, tuple("---" for _ in head), *rows]
    return "\n".join("| " + " | ".join(_cell(text) for text in line) + " |" for line in lines)


def _cell(text: str) -> str:
    return text.replace("|", "\\|").replace("\n", " ")
