"""Platform values as JSON answers."""

import json
from typing import Any

import orjson
from flask import Response

from joinery.kernel import to_json

#: Moments and days have one form in all of the platform.
_OPTIONS = orjson.OPT_PASSTHROUGH_DATETIME


def json_answer(value: Any, status: int = 200) -> Response:
    """A platform value as a JSON answer; None as an empty one."""
    if value is None:
        return Response(status=204)
    return Response(json_bytes(value), status, mimetype="application/json")


def json_bytes(value: Any) -> bytes:
    """The JSON of a platform value; the encoder asks us only about what JSON does not know by itself.

    Half a character (a lone surrogate that somebody sent) is answered as a question mark.
    """
    try:
        return orjson.dumps(value, default=to_json, option=_OPTIONS)
    except TypeError:
        # Whole numbers beyond 64 bits, half characters, numbers as keys.
        text = json.dumps(value, ensure_ascii=False, separators=(",", ":"), default=to_json)
        return text.encode("utf-8", "replace")
