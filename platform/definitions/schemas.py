"""The JSON Schemas of the definition language, one file per noun; they are its normative description."""

import json
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from typing import Any

from jsonschema import Draft202012Validator
from referencing import Registry, Resource

PREFIX = "urn:joinery:schema:"


@cache
def schemas() -> Mapping[str, Mapping[str, Any]]:
    """Every schema by its noun ("app", "form", "field", ...)."""
    folder = files("joinery.definitions") / "schemas"
    found = sorted(folder.iterdir(), key=lambda entry: entry.name)
    return {
        file.name.removesuffix(".schema.json"): json.loads(file.read_text(encoding="utf-8"))
        for file in found
        if file.name.endswith(".schema.json")
    }


@cache
def validator(noun: str) -> Draft202012Validator:
    """A validator of one noun, which finds the others by their names."""
    resources = [(PREFIX + name, Resource.from_contents(schema)) for name, schema in schemas().items()]
    return Draft202012Validator(schemas()[noun], registry=Registry().with_resources(resources))
