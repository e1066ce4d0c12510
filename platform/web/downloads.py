"""Files as attachments: saved by the browser, never shown or run in our own origin."""

from collections.abc import Iterable
from urllib.parse import quote

from flask import Response


def attachment(
    name: str, content: bytes | Iterable[bytes], mimetype: str = "application/octet-stream"
) -> Response:
    """A download called `name`."""
    plain = "".join(char if (char.isascii() and char.isalnum()) or char in "._- " else "_" for char in name)
    response = Response(content, content_type=mimetype)
    response.headers["Content-Disposition"] = (
        f"attachment; filename=\"{plain[:100] or 'file'}\"; filename*=UTF-8''{quote(name[:200], safe='')}"
    )
    response.headers["X-Content-Type-Options"] = "nosniff"
    return response
