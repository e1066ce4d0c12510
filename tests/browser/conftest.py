"""A real server with the demo workspace, and a real browser that fails the test on any console error.

`JOINERY_TEST_SERVER=http://127.0.0.1:8000` drives a demo server that runs already, which saves its start
while a test is being written. `JOINERY_TEST_SLOWDOWN=4` gives every page a quarter of the processor: what
a test does not wait for shows then. So it does with `JOINERY_TEST_LATENCY=500`, which holds every call that
may change something for half a second before it is sent and every answer up to as long; how long depends on
the name of the test, and is the same when it runs again.
"""

import json
import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import APIRequestContext, APIResponse, Page, expect, sync_playwright

from tests.browser.latency import LATENCY, slow_down
from tests.browser.second_tries import pytest_configure

__all__ = ["pytest_configure"]
PASSWORD = "joinery-demo"
#: Whose sessions tests share: a password is meant to be slow to check.
DEMO = {f"{name}@example.com" for name in ("admin", "marketing", "sdr", "sales", "manager", "finance")}
#: The browser counts the last list of features only, so what Playwright switches off stands here too. Without
#: the last two each new window starts two processes for suggestions under an address bar that nobody sees.
SWITCHED_OFF = [
    *("AvoidUnnecessaryBeforeUnloadCheckSync", "DestroyProfileOnBrowserClose", "HttpsUpgrades"),
    *("HttpsFirstBalancedModeAutoEnable", "LensOverlay", "MediaRouter", "PaintHolding"),
    *("ThirdPartyStoragePartitioning", "AvoidCorsURLLoaderRestartOnRedirect", "TcpPortRandomizationWin"),
    *("OptimizationHints", "NetworkTimeServiceQuerying", "AimEnabled", "PreconnectToSearch"),
    *("WebUIOmniboxPopup", "WebUIOmniboxAimPopup"),
]
FLAGS = [
    f"--disable-features={','.join(SWITCHED_OFF)}",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
START_SECONDS = 240
SLOWDOWN = float(os.environ.get("JOINERY_TEST_SLOWDOWN", "1"))
WAIT_MS = round(15_000 * SLOWDOWN) + 20 * LATENCY
TEXTS = Path(__file__).parents[2] / "designer_ui" / "src"
REFUSED = re.compile(r"Failed to load resource: the server responded with a status of (\d+)")


expect.set_options(timeout=WAIT_MS)


def eventually(read, wanted) -> None:
    """Ask `read()` again and again until it gives `wanted`, and fail with both when time is up.

    For whatever a test compares that is still on its way after an action on the page: what the server
    holds (a dialog that has closed, or a cell that is not being saved, may be seen before the save has
    begun), the address, several texts read together. `expect` does the same for one element, and other
    languages of Playwright have it as `expect.poll`. `read` asks the server or the page (`page.evaluate`,
    not `page.url`): Playwright handles what happens in the browser, routes too, while it is asked.
    """
    deadline = time.monotonic() + WAIT_MS / 1000
    while (found := read()) != wanted and time.monotonic() < deadline:
        time.sleep(0.05)
    assert found == wanted


def linked(value):
    """A value of a record with links, users and files given by their ids."""
    if isinstance(value, list):
        return [linked(one) for one in value]
    return value["id"] if isinstance(value, dict) and "id" in value else value


def pytest_collection_modifyitems(items):
    for item in items:
        if "tests/browser/" in item.nodeid:
            item.add_marker(pytest.mark.browser)


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


@pytest.fixture(scope="session")
def server(request):
    """The address of a product started as a newcomer would, on data of its own."""
    address, _ = request.getfixturevalue("product")
    return address


@pytest.fixture(scope="session")
def command(request):
    """`command("workspace", "list")` as the operator of the server types it; gives the output.

    A server that runs already tells where its data is by `JOINERY_TEST_DATA_DIR`.
    """
    _, data = request.getfixturevalue("product")
    if data is None:
        pytest.skip("JOINERY_TEST_DATA_DIR does not say where the data of the running server is")

    def run(*arguments: str, text: str = "") -> str:
        done = subprocess.run(
            [Path(sys.executable).with_name("joinery"), *arguments],
            input=text,
            capture_output=True,
            text=True,
            encoding="utf-8",
            timeout=START_SECONDS,
            env=os.environ | {"JOINERY_DATA_DIR": data},
        )
        assert done.returncode == 0, done.stderr
        return done.stdout

    return run


@pytest.fixture(scope="session")
def product():
    """The address of a server and the folder of its data."""
    if running := os.environ.get("JOINERY_TEST_SERVER"):
        yield running, os.environ.get("JOINERY_TEST_DATA_DIR")
        return
    folder = Path(tempfile.mkdtemp(prefix="joinery-browser-"))
    port = free_port()
    log = folder / "server.log"
    environment = os.environ | {
        "JOINERY_DATA_DIR": str(folder / "data"),
        "JOINERY_PORT": str(port),
        # Even the demo's lists are long enough for an export that a job writes.
        "JOINERY_EXPORT_AT_ONCE": "100",
    }
    with log.open("wb") as output:
        process = subprocess.Popen(
            [Path(sys.executable).with_name("joinery"), "serve", "--demo"],
            env=environment,
            stdout=output,
            stderr=subprocess.STDOUT,
        )
    try:
        wait_until_ready(f"http://127.0.0.1:{port}", process, log)
        yield f"http://127.0.0.1:{port}", str(folder / "data")
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


@pytest.fixture(scope="session")
def sessions():
    """The sessions of the people of the demo that tests share: address -> (cookies, token)."""
    return {}


@pytest.fixture
def open_page(request, server, browser, sessions):
    """Open signed-in pages: `open_page("sales@example.com", "/a/crm_ltc/lead", language="zh-CN")`.

    After the test no page may have logged an error or asked another host for anything. The browser
    logs refused requests too: a test names the statuses it provokes, `refusals={422}`.
    """
    complaints: list[str] = []
    contexts = []

    def opened(
        email: str | None,
        path: str = "/",
        *,
        language: str = "en",
        width: int = 1440,
        scheme: str = "light",
        refusals: frozenset[int] | set[int] = frozenset(),
    ) -> Page:
        context = browser.new_context(
            base_url=server,
            locale=language,
            viewport={"width": width, "height": 900},
            color_scheme=scheme,
            reduced_motion="reduce",
        )
        contexts.append(context)
        slow_down(context, request.node.name)
        page = context.new_page()
        page.set_default_timeout(WAIT_MS)
        if SLOWDOWN > 1:
            context.new_cdp_session(page).send("Emulation.setCPUThrottlingRate", {"rate": SLOWDOWN})
        watch(page, server, complaints, refusals)
        if email:
            come_in(page, email, language, sessions)
        page.goto(path)
        return page

    def close() -> None:
        while contexts:
            contexts.pop().close()

    opened.close = close
    yield opened
    close()
    assert complaints == []


@pytest.hookimpl(tryfirst=True)
def pytest_runtest_teardown(item):
    """Close the pages before what the test made is deleted: a page that still reads it would complain."""
    if opened := getattr(item, "funcargs", {}).get("open_page"):
        opened.close()


def watch(page: Page, server: str, complaints: list[str], refusals: frozenset[int] | set[int]) -> None:
    host = urlsplit(server).netloc

    def heard(message) -> None:
        refused = REFUSED.match(message.text)
        if message.type in ("error", "warning") and not (refused and int(refused[1]) in refusals):
            complaints.append(f"{message.type}: {message.text} ({message.location.get('url')})")

    def asked(request) -> None:
        if urlsplit(request.url).scheme in ("http", "https") and urlsplit(request.url).netloc != host:
            complaints.append(f"asked another host: {request.url}")

    page.on("pageerror", lambda error: complaints.append(f"error: {error}"))
    page.on("console", heard)
    page.on("request", asked)


def come_in(page: Page, email: str, language: str, sessions: dict) -> None:
    """Go on with the session of an earlier test, where it holds and may change something; else sign in."""
    if email in sessions:
        cookies, token = sessions[email]
        page.context.add_cookies(cookies)
        if set_up(page, language, token).ok:
            return
        page.context.clear_cookies()
    token = sign_in(page, email, language)
    if email in DEMO:
        sessions[email] = page.context.cookies(), token


def sign_in(page: Page, email: str, language: str) -> str:
    """Sign in through the API in the page's own context, with this language and the theme of the device.

    Gives the token that a change has to name.
    """
    token = new_session(page.request, email)
    changed = set_up(page, language, token)
    assert changed.ok, changed.text()
    return token


def new_session(request: APIRequestContext, email: str) -> str:
    answer = request.post("/api/v1/session", data={"email": email, "password": PASSWORD})
    assert answer.ok, answer.text()
    return answer.json()["csrf_token"]


def set_up(page: Page, language: str, token: str) -> APIResponse:
    return page.request.patch(
        "/api/v1/me", data={"language": language, "theme": "system"}, headers={"X-CSRF-Token": token}
    )


def writes(page: Page) -> list[str]:
    """What the page sends from now on to change something, for a test that nothing is sent."""
    sent: list[str] = []
    page.on("request", lambda asked: asked.method == "GET" or sent.append(f"{asked.method} {asked.url}"))
    return sent


class Api:
    """The API as one signed-in person, for what a test needs to find or to leave behind."""

    def __init__(self, request: APIRequestContext, token: str) -> None:
        self._request = request
        self._headers = {"X-CSRF-Token": token}

    def get(self, path: str, **params):
        return self._answer(self._request.get(f"/api/v1{path}", params=params))

    def post(self, path: str, data=None):
        return self._answer(self._request.post(f"/api/v1{path}", data=data or {}, headers=self._headers))

    def patch(self, path: str, data):
        return self._answer(self._request.patch(f"/api/v1{path}", data=data, headers=self._headers))

    def delete(self, path: str):
        return self._answer(self._request.delete(f"/api/v1{path}", headers=self._headers))

    def publish_draft(self) -> None:
        """Publish what a draft still changes; one that was changed back is none any more."""
        if self.get("/apps/crm_ltc/draft")["changed"]:
            self.post("/apps/crm_ltc/publish")

    @contextmanager
    def changing_app(self) -> Iterator[dict]:
        """The app's definition, to be changed and published; afterwards it is published as it was."""
        before = self._version()
        yield self.get("/apps/crm_ltc/definition")
        if self._version() != before:
            self.post(f"/apps/crm_ltc/versions/{before}/restore")

    def _version(self) -> int:
        versions = self.get("/apps/crm_ltc/versions")["versions"]
        return next(one for one in versions if one["current"])["number"]

    def records(self, form: str, **params) -> list:
        return self.get(f"/apps/crm_ltc/forms/{form}/records", **params)["records"]

    def create(self, form: str, **values):
        return self.post(f"/apps/crm_ltc/forms/{form}/records", values)

    def record(self, form: str, key: int):
        return self.get(f"/apps/crm_ltc/forms/{form}/records/{key}")

    def expect_record(self, form: str, key: int, **values) -> None:
        """Wait until the record holds these values: links, users and files by their ids."""
        eventually(lambda: {name: linked(self.record(form, key)[name]) for name in values}, values)

    def change(self, form: str, key: int, **values):
        revision = self.record(form, key)["revision"]
        return self.patch(f"/apps/crm_ltc/forms/{form}/records/{key}", {"revision": revision, **values})

    @staticmethod
    def _answer(answer):
        assert answer.ok, answer.text()
        return answer.json() if answer.text() else None


@pytest.fixture(scope="session")
def api(server, browser):
    """`api("admin@example.com")`: the API as that person, who signs in once."""
    known: dict[str, Api] = {}
    contexts = []

    def opened(email: str = "admin@example.com") -> Api:
        if email not in known:
            context = browser.new_context(base_url=server)
            contexts.append(context)
            known[email] = Api(context.request, new_session(context.request, email))
        return known[email]

    yield opened
    for context in contexts:
        context.close()


@pytest.fixture(scope="session")
def texts():
    """`texts("zh-CN")("list.new")`: a text of the interface, as the interface itself keeps it."""

    def of(language: str):
        entries: dict[str, str] = {}
        for path in TEXTS.glob(f"**/i18n/{language}.json"):
            flatten(json.loads(path.read_text(encoding="utf-8")), "", entries)

        def text(key: str, **values: object) -> str:
            return re.sub(r"\{\{(\w+)\}\}", lambda found: str(values[found[1]]), entries[key])

        return text

    return of


def flatten(node: dict, prefix: str, into: dict[str, str]) -> None:
    for key, value in node.items():
        if isinstance(value, dict):
            flatten(value, f"{prefix}{key}.", into)
        else:
            into[f"{prefix}{key}"] = value
