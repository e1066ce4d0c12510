"""What a request carries: JSON bodies and query parameters, checked against their documented schemas."""

import json
from collections.abc import Iterable, Mapping
from functools import cache
from importlib.resources import files
from typing import Any, cast

from flask import abort, request
from jsonschema import Draft202012Validator
from jsonschema.exceptions import ValidationError

from joinery.kernel import InvalidInput, Issue, closest, load_json, pointer
from joinery.web.errors import MalformedRequest

#: Digits of the largest number a query parameter may have (a bigint has 19).
_LONGEST_INTEGER = 19


@cache
def api_schemas() -> Mapping[str, Any]:
    """The JSON Schemas of bodies and answers by name, as they stand in `openapi.json`."""
    text = (files("joinery.web") / "schemas.json").read_text(encoding="utf-8")
    schemas: Mapping[str, Any] = json.loads(text)
    return schemas


def read_body(schema: str | None) -> dict[str, Any]:
    """The JSON object that was sent; {} for a call without a body or with a multipart one.

    Raises MalformedRequest for text that is not JSON and InvalidInput, with every problem's place,
    for JSON of another shape than `schema`.
    """
    if schema is None or schema == "multipart":
        return {}
    if not request.is_json:
        if request.content_length or request.content_type:
            abort(415)
        return check_shape({}, schema)
    try:
        value = load_json(_sent())
    except InvalidInput as error:
        raise MalformedRequest(issues=error.issues) from error
    return check_shape(value, schema)


def _sent() -> bytes:
    """The bytes of the body; 413 for one without a length that goes on where reading stops, at the limit."""
    # Kept, because a call that met others crosswise in the database is answered in a second attempt.
    data = request.get_data()
    goes_on = request.content_length is None and len(data) == request.max_content_length
    if goes_on and request.environ["wsgi.input"].read(1):
        abort(413)
    return data


def check_shape(value: Any, schema: str) -> dict[str, Any]:
    """`value` when it is of the documented shape; else InvalidInput with every problem's place."""
    issues = [issue for error in _validator(schema).iter_errors(value) for issue in _issues_of(error)]
    if issues:
        raise InvalidInput(issues=issues)
    body: dict[str, Any] = value
    return body


@cache
def _validator(schema: str) -> Draft202012Validator:
    return Draft202012Validator(
        {"$ref": f"#/components/schemas/{schema}", "components": {"schemas": api_schemas()}}
    )


def _issues_of(error: ValidationError) -> Iterable[Issue]:
    """One schema error as issues that name the place and, for unknown members, what was meant."""
    place = pointer(*error.absolute_path)
    expected: Any = error.validator_value
    match error.validator:
        case "additionalProperties":
            schema: Any = error.schema
            known = schema.get("properties", {})
            for name in sorted(set(cast(Any, error.instance)) - set(known), key=str):
                yield Issue(
                    place + pointer(name),
                    "unknown_member",
                    {"name": _short(name), "suggestion": closest(str(name)[:100], known)},
                )
        case "required":
            for name in expected:
                if name not in cast(Any, error.instance):
                    yield Issue(place + pointer(name), "member_required", {"name": name})
        case "type":
            yield Issue(place, "wrong_json_type", {"expected": _type_names(expected)})
        case "enum" | "const":
            yield Issue(
                place, "not_one_of", {"allowed": ", ".join(map(str, _allowed(error.validator, expected)))}
            )
        case "maxItems" | "maxLength" | "maximum":
            yield Issue(place, "too_large", {"maximum": expected})
        case "minItems" | "minLength" | "minimum":
            yield Issue(place, "too_small", {"minimum": expected})
        case _:
            yield Issue(place, "wrong_shape", {})


def _allowed(validator: Any, expected: Any) -> Iterable[Any]:
    return expected if validator == "enum" else [expected]


def _type_names(expected: Any) -> str:
    return expected if isinstance(expected, str) else " / ".join(expected)


def _short(text: object) -> str:
    return str(text)[:60]


def read_query(schemas: Mapping[str, Mapping[str, Any]]) -> dict[str, Any]:
    """The documented query parameters as values; raises InvalidInput naming every wrong one."""
    issues: list[Issue] = []
    values: dict[str, Any] = {}
    for name, text in request.args.items():
        if name not in schemas:
            suggestion = closest(name[:100], schemas)
            issues.append(
                Issue(pointer(name), "unknown_member", {"name": _short(name), "suggestion": suggestion})
            )
            continue
        value = _parameter(text, schemas[name].get("type", "string"))
        found = [
            issue.under(pointer(name))
            for error in Draft202012Validator(schemas[name]).iter_errors(value)
            for issue in _issues_of(error)
        ]
        issues.extend(found)
        values[name] = value
    if issues:
        raise InvalidInput(issues=issues)
    return values


def _parameter(text: str, kind: str) -> Any:
    """A parameter's text as a value of its type, or the text itself, which the schema then refuses."""
    if kind == "boolean":
        return {"true": True, "1": True, "false": False, "0": False}.get(text, text)
    if kind == "integer":
        digits = text.removeprefix("-")
        if digits.isascii() and digits.isdigit() and len(digits) <= _LONGEST_INTEGER:
            return int(text)
    return text
