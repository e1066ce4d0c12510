"""The one place that knows which status number an error has, and how it is told (RFC 9457)."""

import logging
import secrets
from collections.abc import Iterable
from typing import Any

from flask import Flask, Response, current_app, request
from werkzeug.exceptions import HTTPException

from joinery.kernel import (
    Conflict,
    Forbidden,
    InvalidInput,
    Issue,
    LimitExceeded,
    Misconfigured,
    NotFound,
    NotSignedIn,
    PlatformError,
    ReadOnly,
    TooManyRequests,
    Unavailable,
    WrongSignIn,
    issue_message,
    message,
)
from joinery.runtime.api_keys.entering import WrongApiKey
from joinery.web.answers import json_bytes
from joinery.web.language import reader_language

logger = logging.getLogger("joinery.web")


class MalformedRequest(InvalidInput):
    """The request cannot even be read: its JSON is broken."""


STATUS: dict[type[PlatformError], int] = {
    MalformedRequest: 400,
    InvalidInput: 422,
    NotSignedIn: 401,
    WrongSignIn: 401,
    NotFound: 404,
    Forbidden: 403,
    ReadOnly: 403,
    Conflict: 409,
    LimitExceeded: 422,
    TooManyRequests: 429,
    Unavailable: 503,
    Misconfigured: 500,
    PlatformError: 500,
}

#: How to sign in, said with every 401: by the session's cookie, or by an API key.
SIGN_IN_BY = 'Cookie realm="Joinery", cookie-name="joinery_session", Bearer realm="Joinery"'
WRONG_KEY = 'Bearer realm="Joinery", error="invalid_token"'

#: What Flask itself refuses, by status: the code of its sentence.
HTTP_CODES = {
    400: "bad_request",
    404: "no_such_address",
    405: "method_not_allowed",
    413: "body_too_large",
    415: "unsupported_media_type",
}


def status_of(error: PlatformError) -> int:
    """The status number of an error: that of the nearest class in the table."""
    return next(STATUS[cls] for cls in type(error).__mro__ if cls in STATUS)


def register_errors(app: Flask) -> None:
    """Answer every error with a problem document in the reader's language."""
    app.register_error_handler(PlatformError, answer_platform_error)
    app.register_error_handler(HTTPException, answer_http_error)
    app.register_error_handler(Exception, answer_unknown_error)


def answer_platform_error(error: PlatformError) -> Response:
    """A problem a person can be told about."""
    language = reader_language()
    answer = problem(
        status_of(error),
        error.code,
        error.message(language),
        issues=issues_json(error.issues, language),
        **error.details,
    )
    if isinstance(error, TooManyRequests):
        answer.headers["Retry-After"] = str(error.params.get("seconds", 60))
    if isinstance(error, Unavailable):
        answer.headers["Retry-After"] = "5"
    if answer.status_code == 401:
        answer.headers["WWW-Authenticate"] = WRONG_KEY if isinstance(error, WrongApiKey) else SIGN_IN_BY
    return answer


def answer_http_error(error: HTTPException) -> Response:
    """What Flask refuses before a view runs: unknown address, wrong method, too large, ..."""
    status = error.code or 500
    if status >= 500:
        return answer_unknown_error(error)
    if 300 <= status < 400:
        return error.get_response()  # type: ignore[return-value]
    if status == 405 and request.method not in ("GET", "HEAD") and _is_no_call():
        status = 404
    code = HTTP_CODES.get(status, "bad_request")
    answer = problem(status, code, message(code, reader_language()))
    if status == 405 and (allowed := getattr(error, "valid_methods", None)):
        answer.headers["Allow"] = ", ".join(sorted(allowed))
    return answer


def _is_no_call() -> bool:
    """Whether a writing call went to an address that only the application's page answers, as it does any."""
    try:
        endpoint, _ = current_app.url_map.bind("").match(request.path, method="GET")
    except HTTPException:
        return False
    return request.path.startswith("/api/") and endpoint == "pages.page"


def answer_unknown_error(error: Exception) -> Response:
    """A mistake of ours: the caller gets a reference, the log the whole story."""
    reference = secrets.token_hex(4)
    logger.error("reference %s: %s %s", reference, request.method, request.path, exc_info=error)
    text = message("internal", reader_language(), {"reference": reference})
    return problem(500, "internal", text, reference=reference)


def problem(status: int, code: str, detail: str, **members: Any) -> Response:
    """One problem document; `members` are further members of it."""
    content = {
        "type": f"urn:joinery:problem:{code}",
        "title": detail,
        "status": status,
        "code": code,
        "detail": detail,
        "issues": [],
        **members,
    }
    return Response(json_bytes(content), status, mimetype="application/problem+json")


def issues_json(issues: Iterable[Issue], language: str) -> list[dict[str, Any]]:
    """Problems as callers see them."""
    return [issue_json(issue, language) for issue in issues]


def issue_json(issue: Issue, language: str) -> dict[str, Any]:
    """An issue as callers see it: where, what, and in words; a formula's with its place in the text."""
    shown: dict[str, Any] = {
        "path": issue.path,
        "code": issue.code,
        "message": issue_message(issue, language),
    }
    for extra in ("position", "length"):
        if isinstance(issue.params.get(extra), int):
            shown[extra] = issue.params[extra]
    if suggestion := issue.params.get("suggestion"):
        shown["hint"] = suggestion
    return shown
