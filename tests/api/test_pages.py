"""The web interface's page and files, security headers, health and metrics."""

import gzip
import json

import pytest

from joinery.runtime.services import Services
from joinery.runtime.settings import Settings
from joinery.storage import Database
from joinery.web.app import create_app


@pytest.fixture
def interface(tmp_path):
    folder = tmp_path / "ui"
    (folder / "assets").mkdir(parents=True)
    (folder / "index.html").write_text('<meta nonce="__CSP_NONCE__"><script nonce="__CSP_NONCE__"></script>')
    (folder / "icon.svg").write_text("<svg/>")
    (folder / "assets" / "main-1a2b.js").write_text("plain()")
    (folder / "assets" / "main-1a2b.js.gz").write_text("as gzip")
    (folder / "assets" / "main-1a2b.js.br").write_text("as brotli")
    (folder / "assets" / "older-3c4d.js").write_text("older()")
    (folder / "assets" / "older-3c4d.js.gz").write_text("older as gzip")
    (tmp_path / "secret.txt").write_text("secret")
    return folder


@pytest.fixture
def browser(database, interface):
    services = Services(database=database, settings=Settings(data_dir=interface))
    return create_app(services, interface=interface).test_client()


@pytest.mark.parametrize("path", ["/", "/a/shop/lead?view=open", "/a/shop/lead/1.5", "/signin", "/a/b.c/d"])
def test_every_address_gives_the_page_with_a_fresh_nonce(browser, path):
    pages = [browser.get(path) for _ in range(2)]
    nonces = [page.text.split('"')[1] for page in pages]
    assert nonces[0] != nonces[1]
    for page, nonce in zip(pages, nonces, strict=True):
        assert page.status_code == 200
        assert page.text.count(nonce) == 2
        policy = page.headers["Content-Security-Policy"]
        assert f"script-src 'self' 'nonce-{nonce}'" in policy
        assert "unsafe-eval" not in policy
        assert "frame-ancestors 'none'" in policy
        assert page.headers["Cache-Control"] == "no-store"
        assert page.headers["X-Content-Type-Options"] == "nosniff"


@pytest.mark.parametrize(
    "name, accepted, coding, content",
    [
        ("main-1a2b.js", "", None, b"plain()"),
        ("main-1a2b.js", "gzip, deflate, br, zstd", "br", b"as brotli"),
        ("main-1a2b.js", "*", "br", b"as brotli"),
        ("main-1a2b.js", "gzip, deflate", "gzip", b"as gzip"),
        ("main-1a2b.js", "br;q=0.5, gzip", "gzip", b"as gzip"),
        ("main-1a2b.js", "br;q=0, gzip;q=0", None, b"plain()"),
        ("main-1a2b.js", "identity", None, b"plain()"),
        ("older-3c4d.js", "gzip, br", "gzip", b"older as gzip"),
        ("older-3c4d.js", "br", None, b"older()"),
    ],
)
def test_built_files_are_kept_forever_and_sent_compressed(browser, name, accepted, coding, content):
    answer = browser.get(f"/assets/{name}", headers={"Accept-Encoding": accepted}, buffered=True)
    assert (answer.headers.get("Content-Encoding"), answer.data) == (coding, content)
    assert answer.mimetype == "text/javascript"
    assert "immutable" in answer.headers["Cache-Control"]
    assert answer.headers["Vary"] == "Accept-Encoding"


def test_files_outside_the_build_s_assets_have_their_type(browser):
    assert browser.get("/icon.svg", buffered=True).mimetype == "image/svg+xml"


@pytest.mark.parametrize(
    "path, accepted, coding",
    [
        ("/api/v1/openapi.json", "gzip, br", "gzip"),
        ("/api/v1/openapi.json", "*", "gzip"),
        ("/api/v1/openapi.json", "gzip;q=0", None),
        ("/api/v1/openapi.json", "br", None),
        ("/api/v1/openapi.json", "", None),
        ("/api/v1/nothing", "gzip", None),  # fits one packet anyway
        ("/metrics", "gzip", None),  # not the API's JSON
    ],
)
def test_large_answers_of_the_api_are_sent_compressed(browser, path, accepted, coding):
    plain = browser.get(path)
    answer = browser.get(path, headers={"Accept-Encoding": accepted})
    assert answer.headers.get("Content-Encoding") == coding
    assert int(answer.headers["Content-Length"]) == len(answer.data)
    assert answer.headers.get("Vary") == plain.headers.get("Vary")
    if coding:
        assert json.loads(gzip.decompress(answer.data)) == plain.get_json()
        assert len(answer.data) < len(plain.data) / 3


@pytest.mark.parametrize(
    "path",
    [
        "/assets/missing.js",
        "/assets/../../secret.txt",
        "/assets/%2e%2e/%2e%2e/secret.txt",
        "/assets/..%2f..%2fsecret.txt",
        "/assets/%00",
        "/assets/" + "x" * 3000,
        "/assets/",
        "/robots.txt",
    ],
)
def test_files_that_are_not_there(browser, path):
    answer = browser.get(path)
    assert answer.status_code == 404
    assert "secret" not in answer.text.replace("secret.txt", "")


def test_without_a_build_the_page_says_what_to_do(database, tmp_path):
    services = Services(database=database, settings=Settings(data_dir=tmp_path))
    answer = create_app(services, interface=tmp_path / "nothing").test_client().get("/")
    assert (answer.status_code, "make ui" in answer.text) == (503, True)


def test_answers_of_the_api_are_data_and_nothing_else(browser):
    answer = browser.get("/api/v1/session")
    assert "default-src 'none'" in answer.headers["Content-Security-Policy"]
    assert answer.headers["Cache-Control"] == "no-store"


def test_health_and_metrics(browser):
    assert browser.get("/healthz").get_json() == {"status": "ok"}
    assert browser.get("/readyz").get_json() == {"status": "ready", "database": True}
    text = browser.get("/metrics").text
    assert "joinery_requests_total{" in text
    assert 'route="/healthz",status="200"} 1' in text
    assert "joinery_database_up 1" in text


def test_without_a_database_everything_says_so_and_nothing_breaks(interface):
    database = Database("postgresql://nobody@127.0.0.1:1/nothing?connect_timeout=1")
    browser = create_app(Services(database=database, settings=Settings(data_dir=interface))).test_client()
    assert browser.get("/healthz").status_code == 200
    assert browser.get("/readyz").status_code == 503
    assert "joinery_database_up 0" in browser.get("/metrics").text
    answer = browser.get("/api/v1/session")
    assert (answer.status_code, answer.get_json()["code"]) == (503, "unavailable")
    assert answer.headers["Retry-After"] == "5"


def test_an_unknown_mistake_of_ours_is_told_with_a_reference(database, interface, caplog):
    app = create_app(Services(database=database, settings=Settings(data_dir=interface)))

    @app.get("/api/v1/broken")
    def broken():
        raise ZeroDivisionError("the password is 123")

    answer = app.test_client().get("/api/v1/broken", headers={"Accept-Language": "zh-CN,zh;q=0.9"})
    problem = answer.get_json()
    assert (answer.status_code, problem["code"]) == (500, "internal")
    assert problem["reference"] in problem["detail"]
    assert "系统内部出错" in problem["detail"]
    assert "123" not in answer.text
    assert problem["reference"] in caplog.text


@pytest.mark.parametrize(
    "header, words",
    [("de", "There is"), ("zh-TW", "此地址"), ("en;q=0.5,zh-Hans", "此地址"), ("", "There is")],
)
def test_strangers_are_answered_in_the_language_of_their_browser(browser, header, words):
    assert words in browser.get("/api/v1/nothing", headers={"Accept-Language": header}).get_json()["detail"]
