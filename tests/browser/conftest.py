"""A real server with the demo workspace, and a real browser that fails the test on any console error."""

import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Page, sync_playwright

PASSWORD = "joinery-demo"
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
START_SECONDS = 240


def pytest_collection_modifyitems(items):
    for item in items:
        if "tests/browser/" in item.nodeid:
            item.add_marker(pytest.mark.browser)


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


@pytest.fixture(scope="session")
def server():
    """The address of a product started as a newcomer would, on data of its own."""
    folder = Path(tempfile.mkdtemp(prefix="joinery-browser-"))
    port = free_port()
    log = folder / "server.log"
    environment = os.environ | {"JOINERY_DATA_DIR": str(folder / "data"), "JOINERY_PORT": str(port)}
    with log.open("wb") as output:
        process = subprocess.Popen(
            [Path(sys.executable).with_name("joinery"), "serve", "--demo"],
            env=environment,
            stdout=output,
            stderr=subprocess.STDOUT,
        )
    try:
        wait_until_ready(f"http://127.0.0.1:{port}", process, log)
        yield f"http://127.0.0.1:{port}"
    finally:
        process.send_signal(signal.SIGTERM)
        process.wait(30)
        shutil.rmtree(folder, ignore_errors=True)


def wait_until_ready(address: str, process: subprocess.Popen, log: Path) -> None:
    deadline = time.monotonic() + START_SECONDS
    while time.monotonic() < deadline:
        if process.poll() is not None:
            pytest.fail(f"the server stopped while starting:\n{log.read_text(errors='replace')}")
        try:
            with urllib.request.urlopen(f"{address}/readyz", timeout=2):
                return
        except OSError:
            time.sleep(0.2)
    pytest.fail(f"the server was not ready in {START_SECONDS} s:\n{log.read_text(errors='replace')}")


@pytest.fixture(scope="session")
def browser():
    found = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=found, args=FLAGS)
        yield browser
        browser.close()


@pytest.fixture
def open_page(server, browser):
    """Open signed-in pages: `open_page("sales@example.com", "/a/crm_ltc/lead", language="zh-CN")`.

    After the test no page may have logged an error or asked another host for anything.
    """
    complaints: list[str] = []
    contexts = []

    def opened(
        email: str | None, path: str = "/", *, language: str = "en", width: int = 1440, scheme: str = "light"
    ) -> Page:
        context = browser.new_context(
            base_url=server,
            locale=language,
            viewport={"width": width, "height": 900},
            color_scheme=scheme,
        )
        contexts.append(context)
        page = context.new_page()
        page.set_default_timeout(15_000)
        watch(page, server, complaints)
        if email:
            sign_in(page, email, language)
        page.goto(path)
        return page

    yield opened
    for context in contexts:
        context.close()
    assert complaints == []


def watch(page: Page, server: str, complaints: list[str]) -> None:
    host = urlsplit(server).netloc
    page.on("pageerror", lambda error: complaints.append(f"error: {error}"))
    page.on(
        "console",
        lambda message: (
            message.type in ("error", "warning") and complaints.append(f"{message.type}: {message.text}")
        ),
    )
    page.on(
        "request",
        lambda request: (
            urlsplit(request.url).netloc not in (host, "")
            and complaints.append(f"asked another host: {request.url}")
        ),
    )


def sign_in(page: Page, email: str, language: str) -> None:
    """Sign in through the API in the page's own context, and choose the language."""
    answer = page.request.post("/api/v1/session", data={"email": email, "password": PASSWORD})
    assert answer.ok, answer.text()
    token = answer.json()["csrf_token"]
    changed = page.request.patch("/api/v1/me", data={"language": language}, headers={"X-CSRF-Token": token})
    assert changed.ok, changed.text()
