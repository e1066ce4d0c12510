"""Answers of the API travel compressed to callers that take it; built files lie ready, see `pages`."""

import zlib

from flask import Flask, Response, request

#: Bytes below which an answer fits one packet anyway.
SMALLEST = 1_400

#: A third of a millisecond for 30 KB; the next level takes half as long again and gains two in a hundred.
_LEVEL = 5
#: What makes zlib write gzip's header.
_GZIP_WINDOW = 16 + zlib.MAX_WBITS


def register_compression(app: Flask) -> None:
    """Compress every JSON answer that is large enough.

    The token against forged requests is only in the session's answer, which repeats nothing the caller sent:
    its compressed length tells nobody anything.
    """
    app.after_request(compress)


def compress(response: Response) -> Response:
    """The answer with its JSON gzipped, or as it was: too small, not JSON, not wanted, or sent in pieces."""
    if not response.is_json or response.is_streamed or "Content-Encoding" in response.headers:
        return response
    response.vary.add("Accept-Encoding")
    body = response.get_data()
    if len(body) < SMALLEST or request.accept_encodings.quality("gzip") <= 0:
        return response
    packer = zlib.compressobj(_LEVEL, zlib.DEFLATED, _GZIP_WINDOW)
    response.set_data(packer.compress(body) + packer.flush())
    response.headers["Content-Encoding"] = "gzip"
    return response
