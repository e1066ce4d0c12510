"""JSON Schema's findings as issues with sentences that people understand."""

from collections.abc import Callable, Iterator, Mapping
from typing import Any

from jsonschema import ValidationError

from joinery.definitions.suggestions import nearest, shortened
from joinery.definitions.wording import json_type_words
from joinery.kernel import Issue, pointer


def issues_of(error: ValidationError) -> Iterator[Issue]:
    """What one finding of a JSON Schema means: usually one issue, one per name for unknown properties."""
    path = pointer(*error.absolute_path)
    if "propertyNames" in error.absolute_schema_path:
        yield _bad_name(path, error)
        return
    keyword = str(error.validator)
    if keyword in _CHOICES and error.context:
        yield from _likeliest_branch(error)
    elif keyword in _SEVERAL:
        yield from _SEVERAL[keyword](path, error)
    else:
        code, params = _SINGLE.get(keyword, _not_accepted)(error)
        yield Issue(path, code, params)


def _wanted(error: ValidationError) -> Any:
    """What the schema says at the place of the error."""
    return error.validator_value


def _found(error: ValidationError) -> Any:
    """What the document says there."""
    return error.instance


def _bad_name(path: str, error: ValidationError) -> Issue:
    name = str(error.instance)
    code = "definition_bad_key" if error.validator == "pattern" else "definition_bad_name_length"
    return Issue(path + pointer(name), code, {"name": shortened(name)})


def _likeliest_branch(error: ValidationError) -> Iterator[Issue]:
    """Of several allowed forms, the one that was most nearly met is what the author meant."""
    branches: dict[Any, list[ValidationError]] = {}
    for inner in error.context:
        branches.setdefault(inner.relative_schema_path[0], []).append(inner)
    for inner in min(branches.values(), key=_distance):
        yield from issues_of(inner)


def _distance(branch: list[ValidationError]) -> tuple[bool, int]:
    wrong_kind = any(
        error.validator in ("type", "const", "enum") and not error.relative_path for error in branch
    )
    return wrong_kind, len(branch)


def _unknown_properties(path: str, error: ValidationError) -> Iterator[Issue]:
    schema: Any = error.schema
    known = schema.get("properties", {})
    for name in _found(error):
        if name not in known:
            params = {"name": shortened(name), "suggestion": nearest(name, known)}
            yield Issue(path + pointer(name), "definition_unknown_property", params)


def _missing_property(path: str, error: ValidationError) -> Iterator[Issue]:
    # jsonschema reports each missing name on its own and only its message says which.
    name = next(name for name in _wanted(error) if error.message.startswith(repr(name)))
    yield Issue(path, "definition_missing_property", {"name": name})


def _wrong_type(error: ValidationError) -> tuple[str, dict[str, Any]]:
    return "definition_wrong_type", {"expected": json_type_words(_wanted(error))}


def _unknown_value(error: ValidationError) -> tuple[str, dict[str, Any]]:
    allowed = [str(value) for value in _wanted(error)]
    value = shortened(error.instance)
    suggestion = nearest(error.instance, allowed) if isinstance(error.instance, str) else None
    return "definition_unknown_value", {
        "value": value,
        "allowed": ", ".join(allowed),
        "suggestion": suggestion,
    }


def _wrong_constant(error: ValidationError) -> tuple[str, dict[str, Any]]:
    return "definition_wrong_constant", {"expected": _wanted(error)}


def _wrong_pattern(error: ValidationError) -> tuple[str, dict[str, Any]]:
    if _wanted(error).startswith("^[a-z][a-z0-9_]"):
        return "definition_bad_key", {"name": shortened(error.instance)}
    return "definition_bad_pattern", {"value": shortened(error.instance), "pattern": _wanted(error)}


def _wrong_format(error: ValidationError) -> tuple[str, dict[str, Any]]:
    return "definition_bad_format", {"value": shortened(error.instance), "format": _wanted(error)}


def _repeated(error: ValidationError) -> tuple[str, dict[str, Any]]:
    return "definition_repeated", {}


def _limit(code: str) -> Callable[[ValidationError], tuple[str, dict[str, Any]]]:
    return lambda error: (code, {"limit": _wanted(error)})


def _not_accepted(error: ValidationError) -> tuple[str, dict[str, Any]]:
    return "definition_not_accepted", {"value": shortened(error.instance)}


_CHOICES = ("anyOf", "oneOf")

_SEVERAL: Mapping[str, Callable[[str, ValidationError], Iterator[Issue]]] = {
    "additionalProperties": _unknown_properties,
    "required": _missing_property,
}

_SINGLE: Mapping[str, Callable[[ValidationError], tuple[str, dict[str, Any]]]] = {
    "type": _wrong_type,
    "enum": _unknown_value,
    "const": _wrong_constant,
    "pattern": _wrong_pattern,
    "format": _wrong_format,
    "uniqueItems": _repeated,
    "minLength": _limit("definition_text_too_short"),
    "maxLength": _limit("definition_text_too_long"),
    "minimum": _limit("definition_number_below"),
    "exclusiveMinimum": _limit("definition_number_below"),
    "maximum": _limit("definition_number_above"),
    "minItems": _limit("definition_too_few_entries"),
    "maxItems": _limit("definition_too_many_entries"),
    "minProperties": _limit("definition_too_few_entries"),
    "maxProperties": _limit("definition_too_many_entries"),
}
