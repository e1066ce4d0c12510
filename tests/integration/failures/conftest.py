"""The product in processes of its own, on a database of its own, to be hurt in every way."""

import json
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from http.client import HTTPConnection
from itertools import count
from pathlib import Path
from typing import Any

import psycopg
import pytest
from sqlalchemy.engine import make_url

from joinery.directory import Actor
from joinery.runtime import job_queue
from joinery.runtime.apps import publishing
from joinery.runtime.services import Services
from joinery.runtime.settings import FIRST_WORKSPACE, Settings
from joinery.storage import Database

COMMAND = Path(sys.executable).with_name("joinery")
PATIENCE_SECONDS = 120
PASSWORD = "correct horse battery"

_numbers = count(1)

OPERATOR = Actor(user_id=None, name="operator", is_admin=True, workspace=FIRST_WORKSPACE)


def wait_for(condition: Callable[[], Any], why: Callable[[], str] = str) -> Any:
    """What `condition` gives as soon as it gives something; fails after a while."""
    deadline = time.monotonic() + PATIENCE_SECONDS
    while not (found := condition()):
        assert time.monotonic() < deadline, why()
        time.sleep(0.02)
    return found


def own_database(database_url: str) -> str:
    """The URL of a new, empty database on the server of the tests."""
    name = f"failures{next(_numbers)}_{os.getpid()}"
    with psycopg.connect(database_url, autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {name}")
    return make_url(database_url).set(database=name).render_as_string(hide_password=False)


class Browser:
    """Somebody at the other end of the wire."""

    def __init__(self, port: int) -> None:
        self.port = port
        self.headers: dict[str, str] = {}

    def send(
        self, method: str, path: str, body: bytes | Iterator[bytes] | None = None, **headers: str
    ) -> tuple[int, dict[str, str], bytes]:
        """Status, headers (names in small letters) and body of the answer to one request."""
        connection = HTTPConnection("127.0.0.1", self.port, timeout=60)
        try:
            connection.request(method, path, body, {**self.headers, **headers})
            answer = connection.getresponse()
            return answer.status, {k.lower(): v for k, v in answer.getheaders()}, answer.read()
        finally:
            connection.close()

    def call(self, method: str, path: str, body: Any = None) -> tuple[int, Any]:
        """A call of the API with JSON."""
        content = None if body is None else json.dumps(body).encode()
        status, _, text = self.send(
            method, "/api/v1" + path, content, **{} if body is None else {"Content-Type": "application/json"}
        )
        return status, json.loads(text) if text else None

    def enter(self, path: str, body: dict[str, str]) -> int:
        """Open a session; the status."""
        status, headers, text = self.send(
            "POST", "/api/v1" + path, json.dumps(body).encode(), **{"Content-Type": "application/json"}
        )
        if status == 200:
            cookie = headers["set-cookie"].split(";")[0]
            self.headers = {"Cookie": cookie, "X-CSRF-Token": json.loads(text)["csrf_token"]}
        return status


class Product:
    """`joinery serve` and `joinery worker` on a database."""

    def __init__(self, url: str, folder: Path) -> None:
        self.url = url
        self.log = folder / "product.log"
        self.processes: list[subprocess.Popen[bytes]] = []
        self.services = Services(
            database=Database(url, pool_size=2), settings=Settings(data_dir=folder), defer=job_queue.enqueue
        )
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            self.port = int(probe.getsockname()[1])

    def start(self, *command: str, **environment: str) -> subprocess.Popen[bytes]:
        settings = {"JOINERY_DATABASE_URL": self.url, "JOINERY_WEB_WORKERS": "1", "JOINERY_WEB_THREADS": "4"}
        with self.log.open("ab") as output:
            process = subprocess.Popen(
                [COMMAND, *command], env=os.environ | settings | environment, stdout=output, stderr=output
            )
        self.processes.append(process)
        return process

    def serve(self, *, job_workers: int = 0) -> subprocess.Popen[bytes]:
        """Start the server and wait until it answers."""
        process = self.start("serve", "--port", str(self.port), JOINERY_JOB_WORKERS=str(job_workers))
        wait_for(lambda: process.poll() is not None or self.is_ready(), self.said)
        assert process.poll() is None, self.said()
        return process

    def is_ready(self) -> bool:
        try:
            return Browser(self.port).send("GET", "/readyz")[0] == 200
        except OSError:
            return False

    def said(self) -> str:
        """All that the processes have printed."""
        return self.log.read_text(errors="replace")

    def setup_token(self) -> str:
        """The token of the one-time link that the first start printed."""
        return self.said().rsplit("/setup?token=", 1)[1].split()[0]

    def administrator(self) -> Browser:
        """The first administrator, who came by that link."""
        browser = Browser(self.port)
        person = {"email": "boss@example.com", "name": "Boss", "password": PASSWORD}
        assert browser.enter("/setup", {"token": self.setup_token(), **person}) == 200
        return browser

    def publish(self, document: dict[str, Any]) -> None:
        with self.services.unit(FIRST_WORKSPACE) as unit:
            publishing.install_suite(unit, OPERATOR, document)

    def ask(self, statement: str) -> list[tuple[Any, ...]]:
        """The rows of a statement, asked beside the product."""
        with psycopg.connect(self.url) as connection:
            connection.execute(f"SET search_path = ws_{FIRST_WORKSPACE}, joinery")
            return connection.execute(statement).fetchall()

    def forget_heartbeats(self) -> None:
        """Nobody has to wait until the silence of a dead worker has become long enough."""
        with psycopg.connect(self.url, autocommit=True) as connection:
            connection.execute(
                "UPDATE joinery.procrastinate_workers SET last_heartbeat = now() - interval '1 hour'"
            )

    def stop(self) -> None:
        for process in self.processes:
            if process.poll() is None:
                process.send_signal(signal.SIGTERM)
        for process in self.processes:
            process.wait(60)
        self.services.database.close()


@pytest.fixture(scope="module")
def product(database_url, tmp_path_factory) -> Iterator[Product]:
    """The product on an empty database, not started."""
    made = Product(own_database(database_url), tmp_path_factory.mktemp("product"))
    yield made
    made.stop()
