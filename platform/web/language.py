"""Which language the reader of an answer has."""

from flask import g, has_request_context, request


def reader_language() -> str:
    """The signed-in user's language, else what the browser asks for, else English."""
    if not has_request_context():
        return "en"
    chosen: str | None = g.get("language")
    return chosen or browser_language()


def browser_language() -> str:
    """The interface language the browser likes best: `zh`, `zh-Hans` and `zh-SG` all read our Chinese."""
    for tag, _ in request.accept_languages:
        if tag.lower().startswith("zh"):
            return "zh-CN"
        if tag.lower().startswith("en"):
            return "en"
    return "en"


def remember_language(language: str) -> None:
    """Use the language of the signed-in user for the rest of this request."""
    g.language = language
