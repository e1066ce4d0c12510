"""Headers that keep a page from being framed, sniffed or made to run what is not ours."""

import secrets

from flask import Flask, Response, g, request


def register_security(app: Flask) -> None:
    """Put the security headers on every answer."""
    app.after_request(add_security_headers)


def page_nonce() -> str:
    """The random word that marks this page's own scripts and styles; one per request."""
    if "nonce" not in g:
        g.nonce = secrets.token_urlsafe(16)
    nonce: str = g.nonce
    return nonce


def add_security_headers(response: Response) -> Response:
    """Every answer gets them; a page that asked for a nonce may use scripts and styles marked by it."""
    headers = response.headers
    headers.setdefault("Content-Security-Policy", _page_policy() if "nonce" in g else _BARE_POLICY)
    headers.setdefault("X-Content-Type-Options", "nosniff")
    headers.setdefault("Referrer-Policy", "same-origin")
    headers.setdefault("X-Frame-Options", "DENY")
    headers.setdefault("Cross-Origin-Opener-Policy", "same-origin")
    headers.setdefault("Cross-Origin-Resource-Policy", "same-origin")
    headers.setdefault("Permissions-Policy", "camera=(), geolocation=(), microphone=(), payment=()")
    if request.is_secure:
        headers.setdefault("Strict-Transport-Security", "max-age=31536000")
    if request.path.startswith("/api/"):
        headers.setdefault("Cache-Control", "no-store")
    return response


#: For answers that are data: nothing in them may run or be framed.
_BARE_POLICY = "default-src 'none'; frame-ancestors 'none'; base-uri 'none'; sandbox"


def _page_policy() -> str:
    """The policy of the application's page.

    `style-src-attr` allows inline style attributes: virtual lists place their rows with them.
    `frame-src` allows what our own script made: PDF for the browser's viewer, nothing else.
    """
    nonce = page_nonce()
    return "; ".join(
        (
            "default-src 'none'",
            f"script-src 'self' 'nonce-{nonce}'",
            f"style-src 'self' 'nonce-{nonce}'",
            "style-src-attr 'unsafe-inline'",
            "img-src 'self' data: blob:",
            "frame-src blob:",
            "font-src 'self' data:",
            "connect-src 'self'",
            "manifest-src 'self'",
            "worker-src 'self' blob:",
            "form-action 'self'",
            "frame-ancestors 'none'",
            "base-uri 'none'",
        )
    )
