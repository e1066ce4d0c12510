"""Reference pages for programs: the calls of the API, made from its OpenAPI document, and every message."""

from collections.abc import Iterator, Mapping
from typing import Any

from joinery.definitions import markdown_table
from joinery.kernel import catalogue
from joinery.web.errors import HTTP_CODES, STATUS

Json = Mapping[str, Any]

_METHODS = ("get", "post", "put", "patch", "delete")

_API_INTRODUCTION = """# API

All calls stand below `/api/v1` and speak JSON. The server describes them, with the forms of your
workspace, in OpenAPI 3.1 at `/api/v1/openapi.json`; this page is made from the same description.
How to call them from a shell: [Use the API](../howto/use-the-api.md).

**Signing in.** `POST /session` sets the cookie of the session. Every writing call carries the
`csrf_token` of its answer in the header `X-CSRF-Token`. Without a session a call is answered by 401,
whatever other credentials it has.

**Languages.** Messages come in the language of the user, for strangers in that of `Accept-Language`:
English or Chinese.

**Errors** are `application/problem+json`: `code` stays the same in every language, `detail` is for
people, and `issues` names every single problem with its `path`, a JSON pointer into what was sent.
[All codes](messages.md).

**Limits.** A JSON body has at most 10 MB, an upload 50 MB, a page of a list 1,000 records, a batch
5,000.

**Lost updates.** Records have no ETag but a `revision`: a change carries the revision it is based on
and is answered by 409, with the `current` record and what was `submitted`, when somebody was faster.

Outside of `/api/v1` there are `GET /healthz` (the process answers), `GET /readyz` (the database too)
and `GET /metrics` (counters for Prometheus)."""

_MESSAGES_INTRODUCTION = """# Messages

Every code that errors and issues carry, with its sentence in both languages."""


def api_page(description: Json) -> str:
    """The calls and the shapes of what they take and answer with."""
    schemas = description["components"]["schemas"]
    chapters = [_API_INTRODUCTION, "## Calls", *_calls(description["paths"]), "## Shapes"]
    return "\n\n".join([*chapters, *(_shape(name, schemas[name]) for name in sorted(schemas))]) + "\n"


def messages_page() -> str:
    """The codes: first those of whole answers with their status, then those of single problems."""
    sentences = catalogue()
    status = {cls.code: number for cls, number in STATUS.items()}
    status |= {code: number for number, code in HTTP_CODES.items()}
    errors = sorted((number, code) for code, number in status.items())
    rows = [(str(number), f"`{code}`", *_both(sentences[code])) for number, code in errors]
    others = [(f"`{code}`", *_both(sentences[code])) for code in sorted(sentences.keys() - status.keys())]
    parts = (
        _MESSAGES_INTRODUCTION,
        "## Answers by status",
        "Conflicts (409), refusals (403) and wrong input (422) with a code of their own stand below.",
        markdown_table(("status", "code", "en", "zh"), rows),
        "## All other codes",
        markdown_table(("code", "en", "zh"), others),
    )
    return "\n\n".join(parts) + "\n"


def _both(sentence: Mapping[str, str]) -> tuple[str, str]:
    return sentence["en"], sentence["zh"]


def _calls(paths: Json) -> Iterator[str]:
    for path, found in paths.items():
        for method in _METHODS:
            if method in found:
                yield _call(f"{method.upper()} {path}", found[method])


def _call(title: str, operation: Json) -> str:
    parts = [f"### {title}", operation["summary"]]
    asked = [part for part in operation["parameters"] if part["in"] == "query"]
    if asked:
        rows = [
            (f"`{part['name']}`", _kind(schema), schema.get("description", ""))
            for part in asked
            for schema in [part["schema"]]
        ]
        parts.append(markdown_table(("parameter", "is", "meaning"), rows))
    content = operation.get("requestBody", {}).get("content", {})
    parts += [f"Takes {_content(kind, body['schema'])}." for kind, body in content.items()]
    parts.append(_answers(operation["responses"]))
    return "\n\n".join(parts)


def _content(kind: str, schema: Json) -> str:
    if "properties" in schema:
        return f"`{kind}` with " + ", ".join(f"`{name}`" for name in schema["properties"])
    return _kind(schema)


def _answers(responses: Json) -> str:
    good = [_good(status, answer) for status, answer in responses.items() if int(status) < 400]
    refusals = ", ".join(sorted(status for status in responses if int(status) >= 400))
    return f"Answers {'; '.join(good)}. Problems: {refusals}."


def _good(status: str, answer: Json) -> str:
    bodies = answer.get("content", {}).items()
    shown = [_kind(body["schema"]) if "json" in kind else f"`{kind}`" for kind, body in bodies]
    return f"**{status}** {' or '.join(shown) or 'nothing'}"


def _shape(name: str, schema: Json) -> str:
    parts = [f"### {name}", *([schema["description"]] if "description" in schema else [])]
    required = schema.get("required", ())
    rows = [
        (f"`{key}`", _kind(part), "yes" if key in required else "", part.get("description", ""))
        for key, part in schema.get("properties", {}).items()
    ]
    return "\n\n".join(
        [*parts, markdown_table(("member", "is", "always", "meaning"), rows)] if rows else parts
    )


def _kind(schema: Json) -> str:
    """What a value looks like, in a word or two."""
    if reference := schema.get("$ref"):
        name = reference.rsplit("/", 1)[-1]
        return f"[{name}](#{name.lower()})"
    for several in ("anyOf", "oneOf"):
        if several in schema:
            return " or ".join(_kind(part) for part in schema[several])
    if "enum" in schema:
        return ", ".join(f"`{value}`" for value in schema["enum"])
    kinds = schema.get("type", "value")
    if isinstance(kinds, list):
        return " or ".join(kinds)
    return f"list of {_kind(schema['items'])}" if kinds == "array" and schema.get("items") else str(kinds)
