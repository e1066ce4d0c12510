"""Calls of other systems by HTTP, to the very address that was looked at; and a twin that remembers them."""

import http.client
import socket
import ssl
import threading
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from typing import Protocol
from urllib.parse import quote, urlsplit

from joinery.adapters.addresses import AllowedHosts, InnerAddress, NoSuchHost, addresses_of

#: Bytes of an answer that are read; more is no answer.
MOST_BYTES = 1_000_000

#: Characters of an address that stand for themselves.
_SAFE = "/%:@!$&'()*+,;=-._~?[]"


@dataclass(frozen=True, slots=True, kw_only=True)
class WebhookRequest:
    """One attempt to call; `timeout` is in seconds, for all of it."""

    method: str
    url: str
    headers: Mapping[str, str] = field(default_factory=dict)
    body: bytes | None = None
    timeout: float = 20


@dataclass(frozen=True, slots=True, kw_only=True)
class WebhookAnswer:
    """What was answered; the names of `headers` are in small letters."""

    status: int
    headers: Mapping[str, str] = field(default_factory=dict)
    body: bytes = b""


class WebhookFailed(Exception):
    """There is no answer; `code` says why in words of the platform, with `params`.

    With `certain` nothing reached the other side; `lasting` when another attempt would end the same way.
    """

    def __init__(self, code: str, *, certain: bool, lasting: bool = False, **params: object) -> None:
        super().__init__(code, params)
        self.code = code
        self.params = params
        self.certain = certain
        self.lasting = lasting


class WebhookCaller(Protocol):
    """Calls other systems; raises WebhookFailed."""

    def call(self, request: WebhookRequest) -> WebhookAnswer: ...


class HttpCaller:
    """Calls by HTTP/1.1, each time over a connection of its own, and follows no redirects."""

    def __init__(self, allowed: AllowedHosts | None = None, *, context: ssl.SSLContext | None = None) -> None:
        self._allowed = allowed or AllowedHosts()
        self._context = context

    def call(self, request: WebhookRequest) -> WebhookAnswer:
        """The answer, whatever its status; raises WebhookFailed."""
        host, port, target, secure = _place(request.url)
        deadline = time.monotonic() + request.timeout
        try:
            addresses = addresses_of(host, port, self._allowed)
        except NoSuchHost as error:
            raise WebhookFailed("webhook_no_such_host", certain=True, host=host) from error
        except InnerAddress as error:
            raise WebhookFailed("webhook_inner_address", certain=True, lasting=True, host=host) from error
        # It speaks to the host by its name, over a socket to the address that was looked at.
        connection = http.client.HTTPConnection(host, port)
        connection.default_port = 443 if secure else 80
        try:
            connection.sock = self._connected(addresses, port, deadline, host if secure else None)
            with _closed_at(deadline, connection.sock) as late:
                return _exchange(connection, target, request, late)
        finally:
            connection.close()

    def _connected(
        self, addresses: Sequence[str], port: int, deadline: float, secure_as: str | None
    ) -> socket.socket:
        """A socket to the first of these addresses that answers; no name is looked up any more."""
        reason: Exception = TimeoutError()
        for address in addresses:
            left = deadline - time.monotonic()
            if left <= 0:
                break
            try:
                plain = socket.create_connection((address, port), timeout=left)
            except OSError as error:
                reason = error
                continue
            if secure_as is None:
                return plain
            try:
                context = self._context or ssl.create_default_context()
                return context.wrap_socket(plain, server_hostname=secure_as)
            except (OSError, ValueError) as error:
                plain.close()
                reason = error
        raise WebhookFailed("webhook_not_reached", certain=True, reason=_said(reason)) from reason


class RecordingCaller:
    """For tests: remembers requests; gives these answers (or raises them) in turn, the last for ever."""

    def __init__(self, *answers: WebhookAnswer | WebhookFailed) -> None:
        self.requests: list[WebhookRequest] = []
        self.answers = list(answers) or [WebhookAnswer(status=204)]

    def call(self, request: WebhookRequest) -> WebhookAnswer:
        """Remember the request, and answer as told."""
        self.requests.append(request)
        answer = self.answers.pop(0) if len(self.answers) > 1 else self.answers[0]
        if isinstance(answer, WebhookFailed):
            raise answer
        return answer


def _place(url: str) -> tuple[str, int, str, bool]:
    """Host, port, what to ask it for, and whether by TLS; raises WebhookFailed."""
    try:
        parts = urlsplit(url)
        host = (parts.hostname or "").encode("ascii" if ":" in parts.netloc else "idna").decode()
        port = parts.port or (443 if parts.scheme == "https" else 80)
    except (ValueError, UnicodeError) as error:
        raise WebhookFailed("webhook_wrong_address", certain=True, lasting=True) from error
    if parts.scheme not in ("http", "https") or not host or "@" in parts.netloc:
        raise WebhookFailed("webhook_wrong_address", certain=True, lasting=True)
    query = f"?{quote(parts.query, safe=_SAFE)}" if parts.query else ""
    target = quote(parts.path or "/", safe=_SAFE) + query
    return host, port, target, parts.scheme == "https"


@contextmanager
def _closed_at(deadline: float, sock: socket.socket) -> Iterator[threading.Event]:
    """Let nothing be read from a socket after a moment; the event says that it came to that."""
    late = threading.Event()

    def close() -> None:
        late.set()
        with suppress(OSError):
            # Not `close`: whoever reads in another thread would not notice.
            sock.shutdown(socket.SHUT_RDWR)

    timer = threading.Timer(max(deadline - time.monotonic(), 0), close)
    timer.daemon = True
    timer.start()
    try:
        yield late
    finally:
        timer.cancel()
        timer.join()


def _exchange(
    connection: http.client.HTTPConnection, target: str, request: WebhookRequest, late: threading.Event
) -> WebhookAnswer:
    """Send the request and read the answer."""
    headers = {name: value.encode() for name, value in request.headers.items()}
    try:
        connection.request(request.method, target, body=request.body, headers=headers)
        with connection.getresponse() as response:
            body = response.read(MOST_BYTES + 1)
            answer = WebhookAnswer(
                status=response.status,
                headers={name.lower(): value for name, value in response.getheaders()},
                body=body,
            )
    except ValueError as error:
        # A header or an address that cannot be sent.
        raise WebhookFailed("webhook_wrong_address", certain=True, lasting=True) from error
    except (OSError, http.client.HTTPException) as error:
        if late.is_set() or isinstance(error, TimeoutError):
            raise WebhookFailed("webhook_too_late", certain=False, seconds=round(request.timeout)) from error
        raise WebhookFailed("webhook_no_answer", certain=False, reason=_said(error)) from error
    if late.is_set():
        raise WebhookFailed("webhook_too_late", certain=False, seconds=round(request.timeout))
    if len(body) > MOST_BYTES:
        raise WebhookFailed("webhook_answer_too_large", certain=False, lasting=True, maximum=MOST_BYTES)
    return answer


def _said(error: Exception) -> str:
    return f"{type(error).__name__}: {error}"[:300]
