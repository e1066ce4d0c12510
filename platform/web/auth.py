"""Who is calling: the session cookie or an API key, the CSRF token, and where the call comes from."""

import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from ipaddress import ip_address
from urllib.parse import urlsplit

from flask import Response, request

from joinery.kernel import Forbidden, NotSignedIn, WrongCsrfToken
from joinery.runtime.api_keys.tokens import SIGN
from joinery.runtime.people import sessions
from joinery.runtime.people.sessions import Session
from joinery.runtime.people.sign_in import Origin
from joinery.runtime.services import Services
from joinery.runtime.unit import Unit
from joinery.web.language import remember_language

COOKIE = "joinery_session"
CSRF_HEADER = "X-CSRF-Token"

#: How the headers begin that proxies add to what they pass on.
_PASSED_ON = ("x-forwarded", "forwarded", "x-real-ip", "via")

_READING = frozenset({"GET", "HEAD", "OPTIONS"})


class WrongOrigin(Forbidden):
    """A writing call came from a page of another site."""

    code = "wrong_origin"


def session_token() -> str | None:
    """The token in the session cookie, if it looks like one of ours."""
    token = request.cookies.get(COOKIE)
    return token if token and len(token) <= sessions.LONGEST_TOKEN else None


def api_key() -> str | None:
    """The API key in the header Authorization; None for whatever else proxies may put there."""
    kind, _, text = request.headers.get("Authorization", "").partition(" ")
    text = text.strip()
    return text if kind.lower() == "bearer" and text.startswith(SIGN) else None


@contextmanager
def session_unit(services: Services, *, public: bool) -> Iterator[tuple[Unit, Session | None]]:
    """One transaction for the call, in the workspace of the API key that it brings, else of the session.

    A public call without either gets a unit without a workspace; any other raises NotSignedIn.
    """
    key = api_key()
    by_key = None if key is None else services.key_unit(key, address=request.remote_addr)
    with by_key or services.session_unit(session_token()) as (unit, session):
        if session is not None:
            remember_language(session.user.language)
        elif not public:
            raise NotSignedIn()
        yield unit, session


def check_csrf(session: Session) -> None:
    """A writing call by cookie must prove that it comes from our own page; no page sends keys by itself."""
    if request.method in _READING or session.key is not None:
        return
    sent = request.headers.get(CSRF_HEADER, "")
    if not secrets.compare_digest(sent.encode(), session.csrf_token.encode()):
        raise WrongCsrfToken(action=request.method)


def check_origin() -> None:
    """A writing call from a page of another site is refused, signed in or not."""
    if request.method in _READING:
        return
    origin = request.headers.get("Origin")
    if origin and urlsplit(origin).netloc.lower() != request.host.lower():
        raise WrongOrigin(action=request.method)


def caller_origin() -> Origin:
    """Where the caller sits. A request that a proxy passed on never counts as coming from this machine."""
    address = request.remote_addr
    passed_on = any(name.lower().startswith(_PASSED_ON) for name, _ in request.headers)
    return Origin(
        address=address,
        user_agent=request.headers.get("User-Agent"),
        loopback=not passed_on and _is_loopback(address) and _is_local_name(request.host),
    )


def _is_local_name(host: str) -> bool:
    """Whether the browser itself thinks that it talks to this machine.

    Another site whose name was turned to this machine's address (DNS rebinding) sends its own name.
    """
    name = urlsplit(f"//{host}").hostname or ""
    return name == "localhost" or _is_loopback(name)


def _is_loopback(address: str | None) -> bool:
    try:
        return address is not None and ip_address(address).is_loopback
    except ValueError:
        return False


def set_session_cookie(response: Response, token: str) -> Response:
    """Hand the browser its session; scripts cannot read it and other sites cannot send it along."""
    response.set_cookie(
        COOKIE,
        token,
        max_age=int(sessions.LIFETIME.total_seconds()),
        path="/",
        httponly=True,
        samesite="Lax",
        secure=request.is_secure,
    )
    return response


def clear_session_cookie(response: Response) -> Response:
    """Take the session back from the browser."""
    response.delete_cookie(COOKIE, path="/", httponly=True, samesite="Lax", secure=request.is_secure)
    return response
