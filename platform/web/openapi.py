"""The API described in OpenAPI 3.1: routes from the views themselves, records from the app definitions."""

import re
from collections.abc import Iterator, Mapping, Sequence
from importlib.metadata import version
from typing import Any

from flask import Flask
from werkzeug.routing import Rule

from joinery.web.body import api_schemas
from joinery.web.call import Operation
from joinery.web.openapi_forms import form_paths, form_schemas

Json = dict[str, Any]

_PREFIX = "/api/v1"

#: What each part of an address is.
_PARTS: Mapping[str, Json] = {
    "app": {"type": "string", "description": "key of an app"},
    "form": {"type": "string", "description": "key of a form"},
    "inverse": {"type": "string", "description": "key of a related list"},
    "record_id": {"type": "integer", "minimum": 1},
    "workflow": {"type": "string", "description": "key of a workflow"},
}
_ID: Json = {"type": "integer", "minimum": 1}

#: Answers beside the good one, by who may call.
_ERRORS = {
    "signing_in": (401, 422, 429),
    "public": (401, 403, 422, 429),
    "signed_in": (401, 403, 404, 409, 422, 429),
    "some_admin": (401, 403, 404, 409, 422, 429),
    "app_admin": (401, 403, 404, 409, 422, 429),
    "people_admin": (401, 403, 404, 409, 422, 429),
    "admin": (401, 403, 404, 409, 422, 429),
}


def describe_api(app: Flask, forms: Sequence[Any]) -> Json:
    """The OpenAPI document; `forms` are opened forms, as far as the reader may view them."""
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "Joinery",
            "version": version("joinery"),
            "description": "Programs carry an API key in every call, as Authorization: Bearer jk_... "
            "People sign in with POST /session; every later call carries the session's cookie, "
            "and every writing call the csrf_token of the answer in the header X-CSRF-Token.",
        },
        "servers": [{"url": _PREFIX}],
        "security": [{"session": []}, {"api_key": []}],
        "paths": {**_paths(app), **form_paths(forms)},
        "components": {
            "schemas": {**api_schemas(), **form_schemas(forms)},
            "securitySchemes": {
                "session": {"type": "apiKey", "in": "cookie", "name": "joinery_session"},
                "api_key": {
                    "type": "http",
                    "scheme": "bearer",
                    "bearerFormat": "jk_...",
                    "description": "An API key of a person or a service account, from the page of one's "
                    "account or the workspace's settings.",
                },
            },
            "responses": {"Problem": _problem()},
        },
    }


def documented_rules(app: Flask) -> Iterator[tuple[Rule, str, Operation]]:
    """Every call of the API: its address, its method, and what its view says about itself."""
    for rule in app.url_map.iter_rules():
        operation = getattr(app.view_functions[rule.endpoint], "operation", None)
        if operation is not None:
            for method in sorted((rule.methods or set()) - {"HEAD", "OPTIONS"}):
                yield rule, method.lower(), operation


def _paths(app: Flask) -> Json:
    paths: Json = {}
    for rule, method, operation in documented_rules(app):
        path = re.sub(r"<(?:\w+:)?(\w+)>", r"{\1}", rule.rule.removeprefix(_PREFIX))
        paths.setdefault(path, {})[method] = _operation(rule, operation)
    return dict(sorted(paths.items()))


def _operation(rule: Rule, operation: Operation) -> Json:
    described: Json = {
        "operationId": rule.endpoint.replace(".", "_"),
        "summary": operation.summary.splitlines()[0],
        "tags": [rule.endpoint.split(".")[0]],
        "parameters": [*_address(rule), *_query(operation)],
        "responses": _responses(operation),
    }
    if operation.access in ("signing_in", "public"):
        described["security"] = []
    elif operation.session_only:
        described["security"] = [{"session": []}]
    if operation.body:
        described["requestBody"] = _body(operation)
    return described


def _address(rule: Rule) -> list[Json]:
    return [
        {"name": name, "in": "path", "required": True, "schema": _PARTS.get(name, _ID)}
        for name in sorted(rule.arguments, key=rule.rule.index)
    ]


def _query(operation: Operation) -> list[Json]:
    return [
        {"name": name, "in": "query", "required": False, "schema": dict(schema)}
        for name, schema in operation.query.items()
    ]


def _body(operation: Operation) -> Json:
    content: Json = {}
    if operation.body == "multipart":
        parts = {"file": {"type": "string", "format": "binary"}, **operation.parts}
        content["multipart/form-data"] = {"schema": {"type": "object", "properties": parts}}
    if name := operation.or_json or (operation.body if operation.body != "multipart" else None):
        content["application/json"] = {"schema": _reference(name)}
    return {"required": True, "content": content}


def _responses(operation: Operation) -> Json:
    responses: Json = {str(operation.status): _answer(operation)}
    if operation.accepted is not None:
        content = {"application/json": {"schema": _reference(operation.accepted)}}
        responses["202"] = {"description": "What was sent waits for approval.", "content": content}
    codes = (*((400, 413, 415) if operation.body else ()), *_ERRORS[operation.access], 500, 503)
    for code in codes:
        responses[str(code)] = {"$ref": "#/components/responses/Problem"}
    return responses


def _answer(operation: Operation) -> Json:
    if operation.answer is None:
        return {"description": "Done."}
    if operation.answer == "file":
        binary = {"schema": {"type": "string", "format": "binary"}}
        return {"description": "A file.", "content": dict.fromkeys(operation.media, binary)}
    answer: Json = {
        "description": operation.answer,
        "content": {"application/json": {"schema": _reference(operation.answer)}},
    }
    if operation.status == 201:
        answer["headers"] = {"Location": {"schema": {"type": "string"}, "description": "where it is now"}}
    return answer


def _problem() -> Json:
    return {
        "description": "What went wrong, in the caller's language, with every single problem and its place.",
        "content": {"application/problem+json": {"schema": _reference("Problem")}},
    }


def _reference(name: str) -> Json:
    return {"$ref": f"#/components/schemas/{name}"}
