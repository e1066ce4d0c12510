"""What a webhook node says, as a request: filled in over the record, then with secrets and a signature."""

import hashlib
import hmac
from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Any
from urllib.parse import quote, urlsplit

from joinery.adapters import WebhookRequest
from joinery.kernel import dump_json
from joinery.runtime.workflows.templates import Parts, compute_json, fill_around_secrets
from joinery.runtime.workflows.world import RecordWorld

Json = Mapping[str, Any]

METHOD, TIMEOUT = "POST", 20


def request_of(settings: Json, world: RecordWorld) -> dict[str, Any]:
    """The request of a node as it is kept: `url`, `headers`, `body` in parts, so that secrets stay names."""
    headers = {
        name: [_one_line(part) for part in fill_around_secrets(world, template)]
        for name, template in settings.get("headers", {}).items()
    }
    body = settings.get("body", {})
    kept: dict[str, Any] = {
        "method": settings.get("method", METHOD),
        "url": fill_around_secrets(world, settings["url"], _in_address),
        "headers": headers,
        "sign": settings.get("sign"),
        "timeout": settings.get("timeout", TIMEOUT),
    }
    if "json" in body:
        text = dump_json(compute_json(world, body["json"]))
        kept |= {"body": [text], "content_type": "application/json"}
    elif "text" in body:
        parts = fill_around_secrets(world, body["text"])
        kept |= {"body": parts, "content_type": body.get("content_type", "text/plain; charset=utf-8")}
    return kept


def host_of(url: str) -> str:
    """Who an address calls, in small letters, whatever is filled in behind; "" of none."""
    try:
        return (urlsplit(url).hostname or "").lower()
    except ValueError:
        return ""


def secrets_of(kept: Json) -> frozenset[str]:
    """The names of the secrets that a request needs."""
    return frozenset([*_named(kept), *([kept["sign"]] if kept["sign"] else [])])


def _named(kept: Json) -> Iterator[str]:
    for parts in (kept["url"], kept.get("body", ()), *kept["headers"].values()):
        for part in parts:
            if not isinstance(part, str):
                yield part["secret"]


def ready(kept: Json, secrets: Mapping[str, str], *, key: str, now: datetime) -> WebhookRequest:
    """The request to send: with the values of its secrets, its key, and the signature of its body."""
    body = _joined(kept["body"], secrets).encode() if "body" in kept else None
    own = {name: _joined(parts, secrets) for name, parts in kept["headers"].items()}
    said = {name.lower() for name in own}
    usual = {
        "User-Agent": "Joinery",
        "Accept": "application/json, */*",
        **({"Content-Type": kept["content_type"]} if body is not None else {}),
    }
    headers = {name: value for name, value in usual.items() if name.lower() not in said}
    headers |= {**own, "Idempotency-Key": key}
    if kept["sign"]:
        moment = str(int(now.timestamp()))
        headers["Joinery-Timestamp"] = moment
        headers["Joinery-Signature"] = signature(secrets[kept["sign"]], moment, body or b"")
    return WebhookRequest(
        method=kept["method"],
        url=_joined(kept["url"], secrets),
        headers=headers,
        body=body,
        timeout=kept["timeout"],
    )


def signature(secret: str, moment: str, body: bytes) -> str:
    """What proves who calls: HMAC-SHA256 of "<timestamp>.<body>" with the secret, in hexadecimal digits."""
    return "sha256=" + hmac.new(secret.encode(), f"{moment}.".encode() + body, hashlib.sha256).hexdigest()


def _joined(parts: Parts, secrets: Mapping[str, str]) -> str:
    return "".join(part if isinstance(part, str) else secrets[part["secret"]] for part in parts)


def _in_address(text: str) -> str:
    """A value as one part of an address: it opens no other part, and leads no way up."""
    return quote(text, safe="").replace(".", "%2E") if set(text) == {"."} else quote(text, safe="")


def _one_line(part: str | dict[str, str]) -> str | dict[str, str]:
    """A part of a header: nothing in it begins another one."""
    return part if not isinstance(part, str) else "".join(c if c.isprintable() else " " for c in part)
