"""The records of each form in OpenAPI: what their fields hold, and the calls with exactly those fields."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from joinery.forms import Field, Inverse
from joinery.runtime.records.open_form import OpenForm
from joinery.runtime.records.page import may_list

Json = dict[str, Any]

_NUMBER: Json = {
    "type": ["number", "string", "null"],
    "description": "exact; a string when it has more than 15 digits",
}
_PERSON: Json = {
    "type": ["object", "null"],
    "properties": {"id": {"type": "integer"}, "name": {"type": "string"}},
}
_FILE: Json = {
    "type": "object",
    "properties": {
        "id": {"type": "integer"},
        "name": {"type": ["string", "null"]},
        "size": {"type": ["integer", "null"]},
        "type": {"type": ["string", "null"]},
    },
}


_RECORD_ID: Json = {
    "name": "record_id",
    "in": "path",
    "required": True,
    "schema": {"type": "integer", "minimum": 1},
}
_EXPAND: Json = {
    "name": "expand",
    "in": "query",
    "required": False,
    "schema": {"type": "string", "description": "relations to answer with whole records"},
}


def _options(field: Field) -> list[Any]:
    return [*field.settings.get("options", {}), None]


#: The JSON Schema of an answer's value by the name of the field type; others are text.
_SCHEMAS: Mapping[str, Callable[[Field], Json]] = {
    "number": lambda field: _NUMBER,
    "money": lambda field: _NUMBER,
    "percent": lambda field: _NUMBER,
    "rating": lambda field: {"type": ["integer", "null"]},
    "boolean": lambda field: {"type": ["boolean", "null"]},
    "date": lambda field: {"type": ["string", "null"], "format": "date"},
    "datetime": lambda field: {"type": ["string", "null"], "format": "date-time"},
    "choice": lambda field: {"type": ["string", "null"], "examples": _options(field)[:-1]},
    "multi_choice": lambda field: {"type": ["array", "null"], "items": {"type": "string"}},
    "user": lambda field: _PERSON,
    "department": lambda field: _PERSON,
    "organisation": lambda field: _PERSON,
    "users": lambda field: {"type": ["array", "null"], "items": _PERSON},
    "departments": lambda field: {"type": ["array", "null"], "items": _PERSON},
    "file": lambda field: {"type": ["array", "null"], "items": _FILE},
    "image": lambda field: {"type": ["array", "null"], "items": _FILE},
    "address": lambda field: {"type": ["object", "null"], "additionalProperties": {"type": "string"}},
    "relation": lambda field: {
        "type": ["object", "null"],
        "properties": {"id": {"type": "integer"}, "title": {"type": ["string", "null"]}},
        "description": f"a record of {field.references}; with `expand` all that the caller may read of it",
    },
    "relations": lambda field: {
        "type": ["array", "null"],
        "items": {
            "type": "object",
            "properties": {"id": {"type": "integer"}, "title": {"type": ["string", "null"]}},
        },
        "description": f"records of {field.references}, in order; with `expand` all that the caller may read",
    },
    "relation_any": lambda field: {
        "type": ["object", "null"],
        "properties": {
            "form": {"enum": list(field.settings["forms"])},
            "id": {"type": "integer"},
            "title": {"type": ["string", "null"]},
        },
        "description": "a record of one of these forms; with `expand` all that the caller may read of it",
    },
}


def form_schemas(forms: Sequence[OpenForm]) -> Json:
    """Two schemas per form: a record as the reader sees it, and the values he may write."""
    return {
        **{_name(at): _record_schema(at) for at in forms},
        **{_name(at, "values"): _values_schema(at) for at in forms},
        **{_name(at, "change"): _change_schema(at) for at in forms},
    }


def form_paths(forms: Sequence[OpenForm]) -> Json:
    """The calls for single records of each form, with their own schemas."""
    paths: Json = {}
    for at in forms:
        base = f"/apps/{at.form.app}/forms/{at.form.key}/records"
        paths[base] = {"post": _call(at, "create", "201", "values")}
        paths[base + "/{record_id}"] = {
            "parameters": [_RECORD_ID],
            "get": {**_call(at, "read", "200", None), "parameters": [_EXPAND]},
            "patch": _call(at, "change", "200", "change"),
        }
    return paths


def _call(at: OpenForm, verb: str, status: str, body: str | None) -> Json:
    schema = {"$ref": f"#/components/schemas/{_name(at)}"}
    described: Json = {
        "operationId": f"{verb}_{_name(at)}",
        "summary": f"{verb.title()} a record: {at.form.label.get('en', at.form.key)}",
        "tags": [f"{at.form.app}.{at.form.key}"],
        "responses": {
            status: {"description": "The record.", "content": {"application/json": {"schema": schema}}},
            "default": {"$ref": "#/components/responses/Problem"},
        },
    }
    if body is not None:
        content = {"application/json": {"schema": {"$ref": f"#/components/schemas/{_name(at, body)}"}}}
        described["requestBody"] = {"required": True, "content": content}
    return described


def _record_schema(at: OpenForm) -> Json:
    fields = [*at.form.system_fields.values(), *at.form.fields.values()]
    shown = [field for field in fields if field.key in at.access.readable_somewhere]
    return {
        "type": "object",
        "title": at.form.label.get("en", at.form.key),
        "required": ["id", "revision"],
        "properties": {
            "id": {"type": "integer"},
            "revision": {"type": "integer"},
            **{field.key: _field_schema(at, field) for field in shown if field.key not in ("id", "revision")},
        },
    }


def _lines_schema(there: OpenForm) -> Json:
    """The lines of a subform; what is sent replaces them, those that stay go by their id."""
    fields = [
        field
        for field in there.form.fields.values()
        if field.key in there.access.readable_somewhere and not field.system
    ]
    return {
        "type": ["array", "null"],
        "description": "all lines in their order",
        "items": {
            "type": "object",
            "properties": {
                "id": {"type": ["integer", "null"], "description": "of a line that is there already"},
                **{field.key: _line_field_schema(there, field) for field in fields},
            },
            "additionalProperties": False,
        },
    }


def _line_field_schema(there: OpenForm, field: Field) -> Json:
    schema = _field_schema(there, field)
    return schema if schema.get("readOnly") else {**schema, **_accepted(schema)}


def _field_schema(at: OpenForm, field: Field) -> Json:
    if field.lines:
        lines = _lines_schema(at.beside(field.lines))
        lines["title"] = field.label.get("en", field.key)
        return lines if field.key in at.access.writable_somewhere else {**lines, "readOnly": True}
    name = field.settings["result"] if field.formula is not None else field.type.name
    make = _SCHEMAS.get(name)
    schema: Json = dict(make(field)) if make else {"type": ["string", "null"]}
    schema["title"] = field.label.get("en", field.key)
    if field.key not in at.access.writable_somewhere:
        schema["readOnly"] = True
    return schema


def _values_schema(at: OpenForm) -> Json:
    fields = [*at.form.system_fields.values(), *at.form.fields.values()]
    return {
        "type": "object",
        "title": at.form.label.get("en", at.form.key),
        "properties": {
            field.key: _field_schema(at, field) if field.lines else _accepted(_field_schema(at, field))
            for field in fields
            if field.key in at.access.writable_somewhere
        },
        "additionalProperties": False,
    }


def _change_schema(at: OpenForm) -> Json:
    values = _values_schema(at)
    revision = {"type": "integer", "minimum": 1, "description": "the revision that was read"}
    lists = {inverse.key: _list_schema(inverse) for inverse in at.form.inverses if may_list(at, inverse)}
    return {
        **values,
        "required": ["revision"],
        "properties": {"revision": revision, **values["properties"], **lists},
    }


def _list_schema(inverse: Inverse) -> Json:
    """What may be sent for a related list."""
    ids: Json = {"type": "array", "items": {"type": ["integer", "object"]}}
    single: list[Json] = [{"type": ["integer", "object", "null"]}] if inverse.single else []
    change = {"type": "object", "properties": {"add": ids, "remove": ids}, "additionalProperties": False}
    return {
        "title": inverse.label.get("en", inverse.key),
        "description": f"records of {inverse.form} that point here by {inverse.field}: all, or what changes",
        "anyOf": [ids, change, *single],
    }


def _accepted(schema: Json) -> Json:
    """What may be sent for a value that is answered like this: people and records also by their bare id."""
    if "id" not in schema.get("properties", {}) and "items" not in schema:
        return schema
    return {"type": [*schema["type"], "integer", "string"], "title": schema["title"]}


def _name(at: OpenForm, kind: str = "record") -> str:
    return f"{kind}_{at.form.app}_{at.form.key}"
