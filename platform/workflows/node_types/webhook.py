"""Webhook: another system is called, and its answer may give fields values."""

import re
from collections.abc import Iterable, Mapping
from typing import Any, ClassVar

from joinery.definitions import Label, NodeDefinition, template_pieces
from joinery.kernel import Issue, pointer
from joinery.workflows.effects import CallWebhook
from joinery.workflows.model import Token
from joinery.workflows.moving import go_on
from joinery.workflows.node_type import NODE_TYPES, NodeType
from joinery.workflows.people_settings import NAME
from joinery.workflows.work import Work

Json = Mapping[str, Any]

METHODS = ("GET", "POST", "PUT", "PATCH", "DELETE")
#: Attempts in all, and seconds that one may take, unless the node says otherwise.
TRIES, TIMEOUT = 6, 20

#: Who is called stands for itself: no record and no secret says where a call goes.
_ADDRESS = re.compile(r"https?://(?:\[[0-9a-fA-F:.]+\]|[\w.-]+)(?::\d{1,5})?", re.IGNORECASE)
_HEADER = re.compile(r"[!#$%&'*+.^_`|~0-9A-Za-z-]+")
#: Headers that the call itself needs.
_OWN_HEADERS = frozenset(
    {"host", "content-length", "transfer-encoding", "connection", "te", "trailer", "upgrade", "expect"}
    | {"idempotency-key", "joinery-timestamp", "joinery-signature", "accept-encoding"}
)
_TEMPLATE: Json = {"type": "string", "maxLength": 4000, "names": "template"}


@NODE_TYPES.register
class Webhook(NodeType):
    """Calls an address and waits for the answer; the same call is never made for two reasons.

    A call that fails in passing is tried again after growing pauses, always under the same key, so that the
    other side knows it again. What fails for good stays here for an administrator, or goes on by `failed`.
    """

    name, icon, group = "webhook", "world-upload", "data"
    label: ClassVar[Label] = {"en": "Call a webhook", "zh": "调用 Webhook"}
    help: ClassVar[Label] = {
        "en": "Calls another system and takes over its answer.",
        "zh": "调用外部系统，并可将返回结果写入字段。",
    }
    settings: ClassVar[Mapping[str, Any]] = {
        "method": {"enum": list(METHODS), "default": "POST", "label": {"en": "Method", "zh": "请求方法"}},
        "url": {
            "type": "string",
            "minLength": 1,
            "maxLength": 2000,
            "names": "template",
            "label": {"en": "Address", "zh": "请求地址"},
        },
        "headers": {
            "type": "object",
            "propertyNames": {"type": "string", "minLength": 1, "maxLength": 100},
            "additionalProperties": _TEMPLATE,
            "maxProperties": 30,
            "label": {"en": "Headers", "zh": "请求头"},
        },
        "body": {
            "type": "object",
            "properties": {
                "json": {"$ref": "urn:joinery:schema:json_expression"},
                "text": {"type": "string", "maxLength": 50000, "names": "template"},
                "content_type": {"type": "string", "minLength": 1, "maxLength": 100},
            },
            "additionalProperties": False,
            "label": {"en": "Body", "zh": "请求体"},
        },
        "sign": {
            "type": "string",
            "maxLength": 60,
            "names": "secret",
            "label": {"en": "Sign with", "zh": "签名密钥"},
        },
        "answer": {
            "type": "object",
            "propertyNames": {"$ref": "urn:joinery:schema:key", "names": "own field"},
            "additionalProperties": {"type": "string", "minLength": 1, "maxLength": 200},
            "minProperties": 1,
            "maxProperties": 50,
            "label": {"en": "Fields from the answer", "zh": "返回结果写入字段"},
        },
        "tries": {
            "type": "integer",
            "minimum": 1,
            "maximum": 12,
            "default": TRIES,
            "label": {"en": "Attempts", "zh": "最多尝试次数"},
        },
        "timeout": {
            "type": "integer",
            "minimum": 1,
            "maximum": 60,
            "default": TIMEOUT,
            "label": {"en": "Seconds for one attempt", "zh": "单次超时（秒）"},
        },
        "failed": {
            **NAME,
            "names": "next",
            "label": {"en": "Go on with when it fails for good", "zh": "最终失败后转到"},
        },
    }
    required_settings = ("url",)

    def settings_issues(self, settings: Json) -> Iterable[Issue]:
        url = settings.get("url")
        if isinstance(url, str) and not _says_where(url):
            yield Issue("/url", "definition_webhook_address", {})
        headers = settings.get("headers")
        for name in headers if isinstance(headers, dict) else ():
            if not _HEADER.fullmatch(name) or name.lower() in _OWN_HEADERS:
                yield Issue(pointer("headers", name), "definition_webhook_header", {"name": name})
        body = settings.get("body")
        if not isinstance(body, dict):
            return
        if ("json" in body) == ("text" in body):
            yield Issue("/body", "definition_one_of", {"names": "json, text"})
        if settings.get("method") == "GET":
            yield Issue("/body", "definition_webhook_no_body", {})
        kind = body.get("content_type")
        if isinstance(kind, str) and not (kind.isascii() and kind.isprintable()):
            yield Issue("/body/content_type", "definition_webhook_header", {"name": "Content-Type"})

    def ways(self, node: NodeDefinition) -> tuple[str, ...]:
        failed = node.settings.get("failed")
        return (*super().ways(node), *([] if failed is None else [failed]))

    def enter(self, work: Work, token: Token) -> None:
        # Tried again after it failed, it is the same call.
        key = token.call or work.key()
        work.wish(CallWebhook(key=key, node=token.node))
        work.put(token, waits=key, call=key)

    def effect_done(self, work: Work, token: Token, result: Any) -> None:
        if result is None:
            # The fields have their values.
            go_on(work, token)
            return
        work.note("called", token, status=result.get("status"))
        values = result.get("values")
        if values:
            work.put(token, waits=work.set_values(values))
        else:
            go_on(work, token)

    def effect_failed(self, work: Work, token: Token, key: str, message: Label) -> bool:
        failed = work.node(token.node).settings.get("failed")
        if failed is None or key != token.call:
            return False
        work.note("failed", token, message=message)
        go_on(work, token, failed)
        return True


def _says_where(url: str) -> bool:
    """Whether the scheme and the host of a template are text, and nothing else may come into them."""
    first, *others = template_pieces(url)
    found = _ADDRESS.match(first.text) if first.kind == "text" else None
    if found is None or "\\" in first.text or any(char.isspace() for char in url):
        return False
    rest = first.text[found.end() :]
    return rest[:1] in ("/", "?") if rest or others else True
