"""Which language the reader of an answer has."""

from flask import g, has_request_context, request

from joinery.kernel import LANGUAGES


def reader_language() -> str:
    """The signed-in user's language, else what the browser asks for, else English."""
    if not has_request_context():
        return "en"
    chosen: str | None = g.get("language")
    return chosen or browser_language()


def browser_language() -> str:
    """The best interface language for the request's `Accept-Language`."""
    return request.accept_languages.best_match(LANGUAGES, default=None) or _by_prefix() or "en"


def _by_prefix() -> str | None:
    """`zh`, `zh-Hans` and `zh-SG` all read our Chinese."""
    for tag, _ in request.accept_languages:
        if tag.lower().startswith("zh"):
            return "zh-CN"
        if tag.lower().startswith("en"):
            return "en"
    return None


def remember_language(language: str) -> None:
    """Use the language of the signed-in user for the rest of this request."""
    g.language = language
