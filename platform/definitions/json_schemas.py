"""The JSON Schemas of the definition language, one file per noun; they are its normative description."""

import json
import re
from collections.abc import Iterator, Mapping
from functools import cache
from importlib.resources import files
from typing import Any

from jsonschema import Draft202012Validator, FormatChecker, ValidationError
from jsonschema.validators import extend
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
    return _Validator(schemas()[noun], registry=_resources())


def settings_validator(settings_schema: Mapping[str, Any]) -> Draft202012Validator:
    """A validator of the settings of one type of field or node; what the schema does not name is refused."""
    schema = {**settings_schema, "type": "object", "additionalProperties": False}
    return _Validator(schema, registry=_resources(), format_checker=_FORMATS)


@cache
def _resources() -> Registry[Any]:
    """All schemas by the names under which they refer to each other."""
    resources = [(PREFIX + name, Resource.from_contents(schema)) for name, schema in schemas().items()]
    return Registry().with_resources(resources)


def _unique_items(_: object, wanted: bool, items: Any, __: Mapping[str, Any]) -> Iterator[ValidationError]:
    """The standard's rule in linear time; jsonschema's own compares each with each where it cannot sort."""
    if wanted and isinstance(items, list):
        seen = {json.dumps(item, sort_keys=True, default=str) for item in items}
        if len(seen) < len(items):
            yield ValidationError("repeated")


_Validator: type[Draft202012Validator] = extend(Draft202012Validator, {"uniqueItems": _unique_items})  # type: ignore[no-untyped-call]
_FORMATS = FormatChecker(formats=())


@_FORMATS.checks("regex", raises=(re.error, OverflowError, RecursionError))
def _is_pattern(text: object) -> bool:
    return not isinstance(text, str) or bool(re.compile(text))
