"""A person's HTTP client: one kept-alive connection, signed in, JSON in and out."""

import http.client
import json
import time
from typing import Any
from urllib.parse import quote

#: Servers close a connection that is idle for longer; a new one is opened then.
IDLE_SECONDS = 1.0


class Client:
    """Calls one server; raises RuntimeError with the answer for any status of 400 or more."""

    def __init__(self, port: int) -> None:
        self._connection = http.client.HTTPConnection("127.0.0.1", port, timeout=600)
        self._headers = {"Content-Type": "application/json", "Accept": "application/json"}
        self._used = time.monotonic()

    def sign_in(self, email: str, password: str) -> None:
        """Open a session; every later call carries it."""
        answer = self.call("POST", "/api/v1/session", {"email": email, "password": password})
        self._headers["X-CSRF-Token"] = answer["csrf_token"]

    def again(self) -> "Client":
        """The same person over a connection of its own."""
        other = Client(self._connection.port)
        other._headers = dict(self._headers)
        return other

    def get(self, path: str, **parameters: object) -> Any:
        """The JSON answer of a GET."""
        query = "&".join(f"{name}={quote(str(value))}" for name, value in parameters.items())
        return self.call("GET", f"{path}?{query}" if query else path)

    def call(self, method: str, path: str, body: Any = None) -> Any:
        """The JSON answer of a call, None for an empty one."""
        content = json.dumps(body).encode() if body is not None else None
        return self.send(method, path, content, self._headers)

    def upload(self, path: str, name: str, content: bytes, **fields: str) -> Any:
        """The JSON answer of a multipart call with one file."""
        mark = "joinery-bench-boundary"
        parts = [
            f'--{mark}\r\nContent-Disposition: form-data; name="{key}"\r\n\r\n{value}\r\n'.encode()
            for key, value in fields.items()
        ]
        parts.append(
            f'--{mark}\r\nContent-Disposition: form-data; name="file"; filename="{name}"\r\n'
            "Content-Type: text/csv\r\n\r\n".encode()
            + content
            + b"\r\n"
        )
        body = b"".join(parts) + f"--{mark}--\r\n".encode()
        headers = self._headers | {"Content-Type": f"multipart/form-data; boundary={mark}"}
        return self.send("POST", path, body, headers)

    def send(self, method: str, path: str, content: bytes | None, headers: dict[str, str]) -> Any:
        """Send one request and read its answer."""
        response, answer = self._exchange(method, path, content, headers)
        if cookie := response.getheader("Set-Cookie"):
            self._headers["Cookie"] = cookie.partition(";")[0]
        if response.status >= 400:
            raise RuntimeError(f"{method} {path} answered {response.status}: {answer[:2000].decode()}")
        return json.loads(answer) if answer else None

    def size(self, path: str, coding: str) -> int:
        """Bytes of the body that a GET gets when the caller takes this `Accept-Encoding`."""
        response, answer = self._exchange("GET", path, None, self._headers | {"Accept-Encoding": coding})
        if response.status >= 400:
            raise RuntimeError(f"GET {path} answered {response.status}")
        return len(answer)

    def _exchange(
        self, method: str, path: str, content: bytes | None, headers: dict[str, str]
    ) -> tuple[http.client.HTTPResponse, bytes]:
        if time.monotonic() - self._used > IDLE_SECONDS:
            self._connection.close()
        self._connection.request(method, path, content, headers)
        response = self._connection.getresponse()
        answer = response.read()
        self._used = time.monotonic()
        return response, answer
