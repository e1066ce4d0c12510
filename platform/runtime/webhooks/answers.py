"""What another system answered: whether it did what was asked, and what fields get from it."""

from collections.abc import Mapping
from typing import Any

from joinery.adapters import WebhookAnswer, WebhookFailed
from joinery.kernel import InvalidInput, load_json, to_json

#: Words that stand for the answer as a whole: its status, and its text.
STATUS, TEXT = "$status", "$text"
#: Statuses after which the same call may well be answered otherwise.
_PASSING = frozenset({408, 409, 425, 429})
#: Characters of an answer that are kept to be looked at.
SHOWN = 2000

_NOTHING = object()


def check_status(answer: WebhookAnswer) -> None:
    """Raise WebhookFailed for an answer that says no.

    A redirect is one: nobody knows where it leads. What the other side refused (4xx) was certainly not done.
    """
    if not 200 <= answer.status < 300:
        refused = 300 <= answer.status < 500 and answer.status not in _PASSING
        raise WebhookFailed("webhook_status", certain=refused, lasting=refused, status=answer.status)


def values_of(answer: WebhookAnswer, wanted: Mapping[str, str]) -> dict[str, Any]:
    """The values of fields by their paths in the JSON of an answer, as "data.items.0.id".

    A path that leads nowhere says nothing of its field. Raises WebhookFailed where the answer is no JSON.
    """
    if not wanted:
        return {}
    body: Any = _NOTHING
    if any(path not in (STATUS, TEXT) for path in wanted.values()):
        try:
            body = load_json(answer.body)
        except (InvalidInput, UnicodeError) as error:
            raise WebhookFailed("webhook_not_json", certain=False, lasting=True) from error
    whole = {STATUS: answer.status, TEXT: text_of(answer)}
    found = {key: whole.get(path, _at(body, path)) for key, path in wanted.items()}
    return {key: to_json(value) for key, value in found.items() if value is not _NOTHING}


def text_of(answer: WebhookAnswer) -> str:
    """The text of an answer; what is no text is replaced."""
    text = answer.body.decode("utf-8", "replace")
    return "".join(char for char in text if char.isprintable() or char in "\n\t")


def wait_asked_for(answer: WebhookAnswer | None) -> int:
    """Seconds that the other side asks to wait (Retry-After); 0 where it does not say."""
    said = answer.headers.get("retry-after", "").strip() if answer is not None else ""
    return int(said) if said.isascii() and said.isdigit() and len(said) < 7 else 0


def _at(body: Any, path: str) -> Any:
    for name in path.split("."):
        if isinstance(body, Mapping) and name in body:
            body = body[name]
        elif isinstance(body, list) and name.isascii() and name.isdigit() and int(name[:9]) < len(body):
            body = body[int(name[:9])]
        else:
            return _NOTHING
    return body
