"""The parameters of a list, the same in the address, in a body and in the documentation."""

from collections.abc import Mapping
from typing import Any

from joinery.web.body import api_schemas


def list_parameters(*without: str) -> Mapping[str, Mapping[str, Any]]:
    """The members of the schema ListQuery as query parameters."""
    members = api_schemas()["ListQuery"]["properties"]
    return {name: _as_text(schema) for name, schema in members.items() if name not in without}


def _as_text(schema: Mapping[str, Any]) -> Mapping[str, Any]:
    """In an address there is neither null nor a list: what may be text is text."""
    kinds = schema.get("type", "string")
    if isinstance(kinds, list):
        return {name: value for name, value in schema.items() if name not in ("items", "maxItems")} | {
            "type": "string"
        }
    return schema
