"""The parameters of a list, the same in the address, in a body and in the documentation."""

from collections.abc import Collection, Mapping
from typing import Any

from joinery.web.body import api_schemas


def list_parameters(*without: str, only: Collection[str] | None = None) -> Mapping[str, Mapping[str, Any]]:
    """The members of the schema ListQuery, or `only` some of them, as query parameters."""
    members = api_schemas()["ListQuery"]["properties"]
    chosen = set(only or members) - set(without)
    return {name: _as_text(schema) for name, schema in members.items() if name in chosen}


def _as_text(schema: Mapping[str, Any]) -> Mapping[str, Any]:
    """In an address there is neither null nor a list: what may be text is text."""
    kinds = schema.get("type", "string")
    if isinstance(kinds, list):
        return {name: value for name, value in schema.items() if name not in ("items", "maxItems")} | {
            "type": "string"
        }
    return schema
