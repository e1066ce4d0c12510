"""Hostile input at a real server: every writing call refuses it clearly, and the next call works."""

import json
import re
from collections.abc import Iterator
from typing import Any
from urllib.parse import urlencode

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from joinery.web.app import create_app
from tests.api.conftest import DOCUMENT
from tests.examples import examples
from tests.integration.failures.conftest import Browser, Product, own_database

LEADS = "/apps/shop/forms/lead/records"
JSON = {"Content-Type": "application/json"}
CHINESE = re.compile("[\u4e00-\u9fff]")


TABLES = ("shop__account", "history", "app_version", "app_draft", "saved_view", "job", "joinery.user")


class Target:
    """A served workspace with the small app, its administrator, and one record."""

    def __init__(self, product: Product) -> None:
        self.product = product
        product.serve()
        product.publish(DOCUMENT)
        self.admin = product.administrator()
        assert self.admin.call("PATCH", "/me", {"language": "zh-CN"})[0] == 200
        # Calls are also refused before anybody is known.
        self.admin.headers["Accept-Language"] = "zh-CN"
        status, self.lead = self.admin.call("POST", LEADS, {"company": "Acme"})
        assert status == 201, self.lead
        self.state = self.snapshot()

    def snapshot(self) -> list[tuple[Any, ...]]:
        """What nothing that was refused may change."""
        return self.product.ask(
            "SELECT (SELECT array_agg((id, revision, title)) FROM shop__lead),"
            + ", ".join(f"(SELECT count(*) FROM {table})" for table in TABLES)
        )

    def refused(self, method: str, path: str, body: Any, **headers: str) -> Any:
        """Asserts that the answer is a problem in the administrator's language; the problem."""
        status, answered, text = self.admin.send(method, path, body, **{**JSON, **headers})
        assert 400 <= status < 500, (status, method, path, str(body)[:200], text[:500])
        problem = problem_of(status, answered, text)
        for sentence in (problem["detail"], *(issue["message"] for issue in problem["issues"])):
            assert CHINESE.search(sentence), problem
        return problem


def problem_of(status: int, headers: dict[str, str], text: bytes) -> Any:
    assert headers["content-type"] == "application/problem+json"
    problem = json.loads(text)
    assert problem["status"] == status
    assert problem["detail"]
    assert all(issue["message"] for issue in problem["issues"])
    assert headers["x-content-type-options"] == "nosniff"
    return problem


@pytest.fixture(scope="module")
def target(database_url, tmp_path_factory) -> Iterator[Target]:
    product = Product(own_database(database_url), tmp_path_factory.mktemp("hostile"))
    try:
        yield Target(product)
    finally:
        product.stop()


@pytest.fixture(autouse=True)
def unharmed(target):
    """After whatever was refused everything is as it was, and the next call works."""
    yield
    assert target.snapshot() == target.state
    assert target.admin.call("GET", LEADS)[0] == 200


def writing_rules() -> list[tuple[str, str, str | None]]:
    """Method, path and body schema of every writing call."""
    app = create_app(None)  # type: ignore[arg-type]
    found = []
    for rule in app.url_map.iter_rules():
        operation = getattr(app.view_functions[rule.endpoint], "operation", None)
        for method in sorted(rule.methods - {"GET", "HEAD", "OPTIONS"}):
            if operation is not None and rule.endpoint != "session.end_session":
                path = rule.rule.replace("<app>", "shop").replace("<form>", "lead")
                found.append((method, re.sub(r"<[^>]*>", "1", path), operation.body))
    return found


RULES = writing_rules()
JSON_RULES = [rule for rule in RULES if rule[2] and rule[2] != "multipart"]

MALFORMED = [
    b"",
    b"{",
    b"[" * 50_000,
    b'{"a":' * 50_000,
    b'{"a": NaN}',
    b'{"a": -Infinity}',
    b"\xff\xfe\x00",
    b'{"a": 1, "a": 2}',
    b"null",
    b"[]",
    b'"text"',
    b"1",
    b'{"a": ' + b"9" * 5000 + b"}",
]
WRONG = [
    None,
    True,
    -1,
    2**63,
    1.5,
    "",
    "x",
    "\x00",
    "\ud800",
    "😀\u202eأ",
    "x" * 20_000,
    [],
    [[]],
    {},
    {"": None},
    {"\ud800": "\x00"},
    {"a": {"a": {"a": []}}},
    [None] * 600,
]


#: Calls of people who are about to sign in: no session, so no token of one either.
BEFORE_SIGNING_IN = {
    f"/api/v1/{path}" for path in ("session", "setup", "password", "password/forgot", "password/link")
}


@pytest.mark.parametrize("method, path, body", RULES)
def test_other_sites_cannot_write(target, method, path, body):
    evil = {"Origin": "https://evil.example"}
    for origin in (evil, {"Origin": "null"}, {"Origin": "http://127.0.0.1.evil.example"}):
        assert target.refused(method, path, b"{}", **origin)["code"] == "wrong_origin"
    if path not in BEFORE_SIGNING_IN:
        for token in ("", "x", "é"):
            told = target.refused(method, path, b"{}", **{"X-CSRF-Token": token.encode().decode("latin-1")})
            assert told["code"] == "wrong_csrf_token"
        stranger = Browser(target.product.port)
        status, headers, text = stranger.send(method, path, b"{}", **JSON)
        assert (status, problem_of(status, headers, text)["code"]) == (401, "not_signed_in")


@pytest.mark.parametrize("method, path, schema", JSON_RULES)
def test_bodies_that_are_no_json_objects(target, method, path, schema):
    for body in MALFORMED:
        if body or schema not in ("Publish", "InstallSuite", "ChangeMe"):
            target.refused(method, path, body)
    for kind in ("text/plain", "application/xml", "multipart/form-data; boundary=x", "\xff", ""):
        target.refused(method, path, b'{"a": 1}', **{"Content-Type": kind})
    target.refused(method, path, (b'{"a": "', b"x" * 1000, b'"'))


@pytest.mark.parametrize("method, path, schema", JSON_RULES)
def test_members_of_wrong_types(target, method, path, schema):
    known = target.admin.call("GET", "/openapi.json")[1]["components"]["schemas"][schema]
    names = list(known.get("properties", {})) or ["company", "amount", "due", "account", "papers", "owner"]
    for name in names:
        for value in WRONG:
            # Beside something unknown nothing that happens to fit is accepted.
            sent = json.dumps({"nothing_of_this_name": 1, name: value}).encode()
            target.refused(method, path, sent)


@pytest.mark.parametrize("method, path, schema", [rule for rule in RULES if rule[2] == "multipart"])
def test_forms_that_are_none(target, method, path, schema):
    for kind, body in [
        ("multipart/form-data; boundary=x", b""),
        ("multipart/form-data; boundary=x", b"--x\r\n\r\n--x--"),
        ("multipart/form-data", b"--x"),
        (
            "multipart/form-data; boundary=x",
            b'--x\r\nContent-Disposition: form-data; name="file"\r\n\r\nno\r\n--x--',
        ),
        (
            "multipart/form-data; boundary=x",
            b'--x\r\nContent-Disposition: form-data; name="file_id"\r\n\r\n-1\r\n--x--',
        ),
        ("application/json", b"{"),
        ("text/csv", b"a,b"),
        ("application/x-www-form-urlencoded", b"file=5&mapping={"),
    ]:
        target.refused(method, path, body, **{"Content-Type": kind})


def test_bodies_that_are_too_large(target):
    """The server need not read to the end what it refuses; it may hang up while more is sent."""

    def pieces() -> Iterator[bytes]:
        for _ in range(1100):
            yield b"x" * 10_000

    for body in (b'{"company": "' + b"x" * 10_000_000, pieces()):
        try:
            assert target.refused("POST", f"/api/v1{LEADS}", body)["status"] in (400, 413)
        except ConnectionError:
            continue


LABEL = {"en": "X", "zh": "X"}


def app_of(fields: Any, **more: Any) -> dict[str, Any]:
    forms = {"thing": {"label": LABEL, "fields": fields}}
    return {"joinery": 1, "app": "shop", "version": "1", "label": LABEL, "forms": forms, "menu": [], **more}


def nested(depth: int) -> Any:
    inner: Any = "name"
    for number in range(depth):
        inner = {"section": f"s{number}", "label": LABEL, "content": [inner]}
    return [inner]


TEXT = {"type": "text", "label": LABEL}
FORMULA = {"type": "formula", "label": LABEL, "result": "number"}
DOCUMENTS = {
    "empty": {},
    "a circle": app_of(
        {"name": TEXT, "a": {**FORMULA, "formula": "{b}"}, "b": {**FORMULA, "formula": "{a}"}}
    ),
    "missing field": app_of({"name": TEXT, "a": {**FORMULA, "formula": "{nothing} + 1"}}),
    "missing form": app_of({"name": TEXT, "a": {"type": "relation", "label": LABEL, "form": "nothing"}}),
    "5,000 wrong fields": app_of({f"f{number}": {"type": "none"} for number in range(5000)}),
    "5,000 fields": app_of({f"f{number}": TEXT for number in range(5000)}),
    "deep layout": {**app_of({"name": TEXT}), "forms": {"thing": {"label": LABEL, "layout": nested(400)}}},
    "deep formula": app_of({"name": TEXT, "a": {**FORMULA, "formula": "(" * 3000 + "1" + ")" * 3000}}),
    "long formula": app_of({"name": TEXT, "a": {**FORMULA, "formula": "1" + "+1" * 200_000}}),
    "catastrophic": app_of({"name": {**TEXT, "pattern": "(a+)+$(?=b)"}}),
    "half a character": app_of({"name": {**TEXT, "label": {"en": "\ud800", "zh": "\x00"}}}),
    "other app": {**app_of({"name": TEXT}), "app": "other"},
    "keys": app_of({"Name": TEXT, "select; drop": TEXT, "id": TEXT, "x" * 100: TEXT}),
    "types": app_of([TEXT]),
    "hidden title": {
        **app_of({"name": TEXT}),
        "forms": {
            "thing": {
                "label": LABEL,
                "title": "{name}",
                "fields": {"name": TEXT},
                "permissions": {
                    "x": {"roles": [], "actions": ["view"], "rows": "all", "hidden_fields": ["name"]}
                },
            }
        },
    },
}


@pytest.mark.parametrize("name", DOCUMENTS)
def test_definitions_that_cannot_be(target, name):
    document = DOCUMENTS[name]
    for path in ("/apps/shop/publish?preview=1", "/apps/shop/publish", "/suites/install"):
        if name == "other app" and path == "/suites/install":
            continue
        told = target.refused("POST", "/api/v1" + path, json.dumps({"document": document}).encode())
        assert told["issues"]
        assert len(told["issues"]) <= 501


@pytest.mark.parametrize(
    "query",
    [
        {"filter": "NOT(" * 1000 + "TRUE" + ")" * 1000},
        {"filter": "OR(" + ",".join(["{amount} = 1"] * 10_000) + ")"},
        {"filter": " OR ".join(["{amount} = 1"] * 1000)},
        {"filter": "{amount} > " + "9" * 400 + "e999999"},
        {"filter": "\x00"},
        {"filter": "\ud800"},
        {"cursor": "W10"},
        {"cursor": "x" * 100_000},
        {"limit": -5},
        {"limit": 10**30},
        {"sort": "," * 1000 + "nothing"},
        {"fields": ["x"] * 501},
        {"search": "x" * 1000},
        {"count": []},
        {"deleted": "yes"},
    ],
    ids=lambda query: repr(query)[:40],
)
def test_questions_that_cannot_be_asked(target, query):
    assert target.refused("POST", f"/api/v1{LEADS}/query", json.dumps(query).encode())["issues"]


@pytest.mark.parametrize(
    "path",
    [
        "/assets/../../../../etc/passwd",
        "/assets/..%2f..%2f..%2f..%2fetc/passwd",
        "/assets/%2e%2e/%2e%2e/index.html",
        "/assets/%00",
        "/..%5c..%5cwindows.ini",
        "/assets//etc/passwd",
        "/assets/" + "x" * 5000,
        "/api/v1/apps/%ff",
        "/api/v1/apps/..%2fadmin",
        "/api/" + "%0d%0aSet-Cookie:x=1",
    ],
)
def test_addresses_that_lead_nowhere(target, path):
    status, headers, text = target.admin.send("GET", path)
    assert 400 <= status < 500, text[:200]
    assert "x=1" not in headers.get("set-cookie", "")
    assert b"root:" not in text


@pytest.mark.parametrize(
    "headers",
    [
        {"Cookie": "joinery_session=" + "x" * 5000},
        {"Cookie": "joinery_session=\xff\xfe; joinery_session="},
        {"Accept-Language": "zh;q=x,,,,;;" * 100},
        {"X-Forwarded-For": "127.0.0.1", "X-Forwarded-Proto": "javascript"},
        {"Host": "evil.example"},
    ],
    ids=lambda headers: next(iter(headers)),
)
def test_odd_headers(target, headers):
    status, _, text = Browser(target.product.port).send("GET", "/api/v1/session", **headers)
    assert status < 500, text
    assert status >= 400 or json.loads(text)["demo_users"] == []


def test_what_is_uploaded_is_never_shown_or_run(target):
    content = b"<script>alert(1)</script>"
    name = b'a\\"b\r\nSet-Cookie: x=1\r\n<script>.html'.replace(b"\r\n", b"%0d%0a")
    head = b'--x\r\nContent-Disposition: form-data; name="file"; filename="' + name + b'"\r\n'
    body = head + b"Content-Type: text/html\r\n\r\n" + content + b"\r\n--x--\r\n"
    kind = {"Content-Type": "multipart/form-data; boundary=x"}
    status, _, text = target.admin.send("POST", "/api/v1/files", body, **kind)
    assert status == 201, text
    status, headers, sent = target.admin.send("GET", f"/api/v1/files/{json.loads(text)['id']}")
    assert (status, sent) == (200, content)
    assert headers["content-type"] == "application/octet-stream"
    assert headers["content-disposition"].startswith("attachment;")
    assert headers["x-content-type-options"] == "nosniff"
    assert "sandbox" in headers["content-security-policy"]
    assert "set-cookie" not in headers


def test_a_session_cannot_be_chosen_by_somebody_else(target):
    """Whoever plants a cookie in a browser does not learn of the session that is opened in it."""
    browser = Browser(target.product.port)
    browser.headers = {"Cookie": "joinery_session=planted-by-somebody-else"}
    person = {"email": "boss@example.com", "password": "correct horse battery"}
    assert browser.enter("/session", person) == 200
    assert "planted" not in browser.headers["Cookie"]
    stranger = Browser(target.product.port)
    stranger.headers = {"Cookie": "joinery_session=planted-by-somebody-else"}
    assert stranger.call("GET", "/me")[0] == 401


def test_the_setup_link_works_once(target):
    person = {"email": "second@example.com", "name": "Second", "password": "another good password"}
    stranger = Browser(target.product.port)
    assert stranger.enter("/setup", {"token": target.product.setup_token(), **person}) == 404
    assert stranger.call("GET", "/session")[1]["setup_needed"] is False


ANYTHING = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats()
    | st.text(max_size=20)
    | st.sampled_from(WRONG[:9]),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=8,
)
MEMBERS = st.sampled_from(
    [
        "company",
        "amount",
        "due",
        "met",
        "account",
        "papers",
        "owner",
        "revision",
        "id",
        "values",
        "create",
        "update",
        "delete",
        "filter",
        "sort",
        "fields",
        "limit",
        "cursor",
        "group_by",
        "measures",
        "label",
        "kind",
        "columns",
        "formula",
        "record",
        "document",
        "suite",
        "mapping",
        "file",
        "mode",
    ]
)


@settings(
    max_examples=examples(120), deadline=None, suppress_health_check=list(HealthCheck), derandomize=True
)
@given(
    rule=st.sampled_from(RULES),
    body=st.dictionaries(MEMBERS, ANYTHING, max_size=4) | ANYTHING,
    query=st.dictionaries(st.sampled_from(["preview", "revision", "x"]), st.text(max_size=5), max_size=1),
)
def test_anything_at_all(target, rule, body, query):
    """Whatever is sent is understood or refused; what is written by chance is counted as the new state."""
    method, path, _ = rule
    address = f"{path}?{urlencode(query, errors='surrogatepass')}" if query else path
    status, headers, text = target.admin.send(method, address, json.dumps(body).encode(), **JSON)
    assert status < 500, (method, address, body, text)
    if status >= 400:
        problem_of(status, headers, text)
    else:
        target.state = target.snapshot()
