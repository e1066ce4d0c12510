"""Another system for tests of webhooks: a real server on this machine that answers as it is told."""

import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest


@dataclass
class Request:
    """What came in."""

    method: str
    path: str
    headers: dict[str, str]
    body: bytes


@dataclass
class OtherSystem:
    """`answers` are (status, headers, body) in turn, the last for ever; `requests` is what came in."""

    port: int
    answers: list[tuple[int, dict[str, str], bytes]] = field(
        default_factory=lambda: [(200, {"Content-Type": "application/json"}, b"{}")]
    )
    requests: list[Request] = field(default_factory=list)

    @property
    def url(self) -> str:
        """Its address, without a slash at the end."""
        return f"http://127.0.0.1:{self.port}"

    def answer(self, status: int = 200, body: bytes | str = b"{}", **headers: str) -> None:
        """Answer so from now on."""
        self.answers = [(status, headers, body if isinstance(body, bytes) else body.encode())]

    def next_answer(self) -> tuple[int, dict[str, str], bytes]:
        """The answer to the request that came now."""
        return self.answers.pop(0) if len(self.answers) > 1 else self.answers[0]


@pytest.fixture
def other() -> Iterator[OtherSystem]:
    """The other system, which runs as long as the test."""

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def answer(self) -> None:
            length = int(self.headers.get("Content-Length") or 0)
            body = self.rfile.read(length)
            system.requests.append(Request(self.command, self.path, dict(self.headers), body))
            status, headers, told = system.next_answer()
            self.send_response(status)
            for name, value in {"Content-Length": str(len(told)), **headers}.items():
                self.send_header(name, value)
            self.send_header("Connection", "close")
            self.end_headers()
            self.wfile.write(told)
            self.close_connection = True

        do_GET = do_POST = do_PUT = do_PATCH = do_DELETE = answer

        def log_message(self, *_: object) -> None:
            """Say nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    system = OtherSystem(port=server.server_address[1])
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield system
    server.shutdown()
    server.server_close()
    thread.join()
