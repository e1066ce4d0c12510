"""API keys: what they open, what they never may, and how they end."""

import re
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
import sqlalchemy as sa

from joinery.directory import Actor
from joinery.runtime.apps import publishing
from joinery.storage import system_tables
from joinery.web.app import create_app
from tests.api.conftest import Client

LEADS = "/apps/shop/forms/lead/records"


class Program(Client):
    """A caller that has nothing but a key."""

    def __init__(self, flask_client, token: str) -> None:
        super().__init__(flask_client)
        self.token = token

    def call(self, method: str, path: str, body: Any = None, **options: Any) -> tuple[int, Any]:
        headers = {"Authorization": f"Bearer {self.token}", **options.pop("headers", {})}
        return super().call(method, path, body, headers=headers, **options)


@pytest.fixture
def program(app):
    """Makes a key as somebody, and a program that calls with it."""

    def make(owner: Client, *, writes: bool = True, **more: Any) -> Program:
        status, made = owner.post("/me/api-keys", {"name": "Robot", "writes": writes, **more})
        assert status == 200, made
        return Program(app.test_client(), made["token"])

    return make


def own_key(client: Client) -> dict[str, Any]:
    return client.get("/me/api-keys")[1]["keys"][0]


def audit_entries(admin: Client, kind: str) -> list[dict[str, Any]]:
    return admin.get("/audit", kind=kind)[1]["entries"]


def test_a_key_has_the_rights_of_its_person_and_needs_no_csrf_token(program, sales, manager, other):
    robot = program(sales)
    status, mine = robot.post(LEADS, {"company": "Made by a robot"})
    assert status == 201
    assert sales.get(f"{LEADS}/{mine['id']}")[0] == 200
    assert robot.get("/me")[1]["user"]["id"] == sales.me["user"]["id"]
    hidden = manager.create("lead", company="The manager's")
    assert robot.get(f"{LEADS}/{hidden['id']}") == sales.get(f"{LEADS}/{hidden['id']}")


def test_a_key_is_told_once_and_only_its_hash_is_stored(program, sales, database):
    robot = program(sales)
    key = own_key(sales)
    assert re.fullmatch(rf"jk_{key['prefix']}_[\w-]{{43}}", robot.token)
    assert robot.token not in str(sales.get("/me/api-keys"))
    with database.begin() as unit:
        row = unit.connection.execute(
            sa.select(system_tables.api_key).where(system_tables.api_key.c.id == key["id"])
        ).one()
    assert robot.token not in str(row)
    assert robot.token.rsplit("_", 1)[1] not in str(row)


def wrong_tokens(token: str) -> list[str]:
    prefix = token[:16]
    return [
        "jk_",
        "jk_x",
        f"{prefix}{'A' * 43}",
        f"{token}x",
        token[:-1],
        token.upper().replace("JK_", "jk_"),
        f"jk_{'a' * 12}_{token[16:]}",
    ]


@pytest.mark.parametrize("number", range(7))
def test_a_wrong_key_is_answered_like_one_that_never_was(program, sales, number):
    robot = program(sales)
    wrong = wrong_tokens(robot.token)[number]
    for path in ("/me", "/apps", LEADS, "/session", "/openapi.json", "/apps/nothing"):
        answer = sales.flask.get(f"/api/v1{path}", headers={"Authorization": f"Bearer {wrong}"})
        assert answer.status_code == 401
        assert answer.get_json()["code"] == "wrong_api_key"
        assert answer.headers["WWW-Authenticate"] == 'Bearer realm="Joinery", error="invalid_token"'


def test_a_header_that_is_no_key_of_ours_leaves_the_session_alone(sales):
    for header in ("Basic eDp5", "Bearer eyJhbGciOi", "jk_nothing", ""):
        answer = sales.flask.get("/api/v1/me", headers={"Authorization": header})
        assert answer.status_code == 200


def test_a_session_beside_a_key_counts_for_nothing(program, app, sales, admin):
    robot = program(sales)
    headers = {"Authorization": f"Bearer {robot.token}"}
    answer = admin.flask.get("/api/v1/me", headers=headers)
    assert answer.get_json()["user"]["id"] == sales.me["user"]["id"]
    assert admin.flask.get("/api/v1/audit", headers=headers).status_code == 403


def test_a_key_that_may_only_read(program, sales):
    record = sales.create("lead", company="Acme")
    robot = program(sales, writes=False)
    path = f"{LEADS}/{record['id']}"
    assert robot.get(path)[0] == 200
    assert robot.post(f"{LEADS}/query", {})[0] == 200
    assert robot.post(f"{LEADS}/aggregate", {})[0] == 200
    for method, place, body in (
        ("POST", LEADS, {"company": "New"}),
        ("PATCH", path, {"revision": 1, "company": "Changed"}),
        ("DELETE", path, None),
        ("POST", f"{LEADS}/batch", {"create": [{"company": "New"}]}),
    ):
        status, problem = robot.call(method, place, body)
        assert (status, problem["code"]) == (403, "key_reads_only"), (method, place)
    assert sales.get(path)[1]["company"] == "Acme"


def test_exports_by_a_key_are_noted_with_its_name(program, manager, admin):
    manager.create("lead", company="Acme")
    robot = program(manager, writes=False)
    status, text = robot.get("/apps/shop/forms/lead/export")
    assert status == 200
    assert "Acme" in text
    entry = audit_entries(admin, "records_exported")[0]
    assert entry["api_key"] == "Robot"
    assert entry["actor"]["id"] == manager.me["user"]["id"]


def test_a_key_for_certain_apps(program, admin, sales):
    robot = program(sales, apps=["shop"])
    assert robot.get(LEADS)[0] == 200
    with_limits = program(admin, apps=["shop"])
    assert with_limits.get("/people")[0] == 403
    assert with_limits.get("/apps/shop/draft")[0] == 200
    for path in ("/apps/other", "/apps/other/forms/lead/records", "/apps/other/draft"):
        status, problem = with_limits.get(path)
        assert (status, problem["code"]) == (404, "not_found")


def test_a_key_sees_nothing_of_another_app(program, shop, admin):
    document = {
        "joinery": 1,
        "app": "cellar",
        "version": "1.0.0",
        "label": {"en": "Cellar", "zh": "地窖"},
        "forms": {
            "bottle": {
                "label": {"en": "Bottle", "zh": "瓶"},
                "title": "{name}",
                "fields": {"name": {"type": "text", "label": {"en": "Name", "zh": "名称"}}},
                "search": ["name"],
            }
        },
    }
    setup = Actor(user_id=None, name="setup", is_admin=True, workspace=shop.workspace_key)
    with shop.services.unit(shop.workspace_key) as unit:
        publishing.publish_app(unit, setup, "cellar", document)
    assert admin.post("/apps/cellar/forms/bottle/records", {"name": "Chianti"})[0] == 201
    assert len(admin.get("/search", q="Chianti")[1]["results"]) == 1
    robot = program(admin, apps=["shop"])
    assert [app["key"] for app in robot.get("/apps")[1]["apps"]] == ["shop"]
    assert robot.get("/search", q="Chianti")[1]["results"] == []
    assert "bottle" not in str(robot.get("/openapi.json"))
    body = {"formula": "{name}", "app": "cellar", "form": "bottle"}
    assert robot.post("/formulas/check", body)[0] == 404
    assert robot.get("/formulas/names", app="cellar", draft="true")[0] in (403, 404)
    for path in ("/apps/cellar", "/apps/cellar/definition", "/apps/cellar/forms/bottle/records"):
        assert robot.get(path)[0] == 404


SESSION_ONLY = [
    ("POST", "/me/api-keys", {"name": "Another", "writes": True}),
    ("GET", "/me/api-keys", None),
    ("GET", "/api-keys", None),
    ("DELETE", "/api-keys/1", None),
    ("POST", "/service-accounts", {"name": "Robot"}),
    ("POST", "/me/password", {"current": "correct horse battery", "password": "another long password"}),
    ("PATCH", "/me", {"name": "Somebody else"}),
    ("GET", "/me/sessions", None),
    ("DELETE", "/me/sessions", None),
    ("PUT", "/session/preview", {"user_id": 1}),
    ("DELETE", "/session", None),
    ("POST", "/users", {"name": "New", "email": "new@example.com"}),
    ("PATCH", "/users/1", {"email": "new@example.com"}),
    ("POST", "/users/1/password-link", {}),
    ("POST", "/invitations", {"people": [{"name": "New", "email": "new@example.com"}]}),
    ("POST", "/organisation/import", None),
    ("GET", "/mails", None),
    ("PUT", "/password-policy", {"shortest": 12}),
    ("PUT", "/apps/shop/forms/lead/permission-groups/own/members", {"users": [], "departments": []}),
]


@pytest.mark.parametrize("method, path, body", SESSION_ONLY)
def test_what_only_a_session_may(program, admin, method, path, body):
    status, problem = program(admin).call(method, path, body)
    assert (status, problem["code"]) == (403, "needs_session")


def test_a_key_ends_at_its_time(program, sales, clock, now):
    robot = program(sales, expires_at=(now + timedelta(days=1)).isoformat())
    assert robot.get("/me")[0] == 200
    clock.move(timedelta(days=1))
    assert robot.get("/me")[1]["code"] == "wrong_api_key"
    assert own_key(sales)["expired"] is True


def test_a_revoked_key_opens_nothing(program, sales, other, admin):
    robot = program(sales)
    key = own_key(sales)
    assert other.delete(f"/me/api-keys/{key['id']}")[0] == 404
    assert sales.delete(f"/me/api-keys/{key['id']}")[0] == 204
    assert robot.get("/me")[0] == 401
    assert sales.get("/me/api-keys")[1]["keys"] == []
    assert sales.delete(f"/me/api-keys/{key['id']}")[0] == 404
    made, revoked = audit_entries(admin, "api_key_made")[0], audit_entries(admin, "api_key_revoked")[0]
    assert made["after"]["prefix"] == revoked["before"]["prefix"] == key["prefix"]
    assert robot.token not in str([made, revoked])


def test_administrators_see_all_keys_and_end_them(program, sales, admin):
    robot = program(sales)
    assert sales.get("/api-keys")[0] == 403
    assert sales.delete("/api-keys/1")[0] == 403
    key = admin.get("/api-keys")[1]["keys"][0]
    assert key["user"]["id"] == sales.me["user"]["id"]
    assert admin.delete(f"/api-keys/{key['id']}")[0] == 204
    assert robot.get("/me")[0] == 401


def test_a_key_ends_with_its_person_and_does_not_come_back(program, sales, admin):
    robot = program(sales)
    user_id = sales.me["user"]["id"]
    assert admin.post(f"/users/{user_id}/deactivate", None)[0] == 200
    assert robot.get("/me")[0] == 401
    assert admin.post(f"/users/{user_id}/activate", None)[0] == 200
    assert robot.get("/me")[0] == 401


def test_the_last_use_is_visible(program, sales):
    robot = program(sales)
    assert own_key(sales)["last_used_at"] is None
    robot.get("/apps/nothing")
    used = own_key(sales)
    assert used["last_address"] == "127.0.0.1"
    assert used["last_used_at"] is not None


def test_a_key_that_calls_too_often_waits(shop, sales, clock, tmp_path):
    settings = replace(shop.services.settings, api_calls_per_minute=3)
    app = create_app(replace(shop.services, settings=settings), interface=tmp_path)
    token = sales.post("/me/api-keys", {"name": "Robot", "writes": False})[1]["token"]
    robot = Program(app.test_client(), token)
    assert [robot.get("/me")[0] for _ in range(5)] == [200, 200, 200, 429, 429]
    clock.move(timedelta(seconds=61))
    assert robot.get("/me")[0] == 200


@pytest.mark.parametrize(
    "sent, problems",
    [
        ({"name": " "}, {("/name", "not_a_name")}),
        ({"name": "x", "expires_at": "soon"}, {("/expires_at", "not_a_moment")}),
        ({"name": "x", "expires_at": "2020-01-01T00:00:00"}, {("/expires_at", "not_a_moment")}),
        ({"name": "x", "expires_at": "2020-01-01T00:00:00Z"}, {("/expires_at", "key_ends_before")}),
        ({"name": "x", "apps": []}, {("/apps", "key_without_apps")}),
        (
            {"name": "\n", "apps": ["nothing"], "expires_at": "x"},
            {("/name", "not_a_name"), ("/apps/0", "no_such_app"), ("/expires_at", "not_a_moment")},
        ),
    ],
)
def test_all_problems_of_a_new_key_are_told_at_once(sales, sent, problems):
    status, told = sales.post("/me/api-keys", {"writes": True, **sent})
    assert status == 422
    assert {(issue["path"], issue["code"]) for issue in told["issues"]} == problems
    assert sales.get("/me/api-keys")[1]["keys"] == []


def test_a_service_account_works_by_its_keys_alone(app, admin, sales, anonymous):
    status, account = admin.post("/service-accounts", {"name": "Billing", "roles": ["sales"]})
    assert status == 200
    made = admin.post(f"/service-accounts/{account['id']}/api-keys", {"name": "Nightly", "writes": True})[1]
    robot = Program(app.test_client(), made["token"])
    _, record = robot.post(LEADS, {"company": "Acme"})
    assert record["owner"]["id"] == account["id"]
    listed = admin.get("/service-accounts")[1]["accounts"]
    assert [(one["name"], len(one["keys"])) for one in listed] == [("Billing", 1)]
    # It never gets a password, and is nobody's colleague.
    status, problem = admin.post(f"/users/{account['id']}/password-link", {})
    assert (status, problem["issues"][0]["code"]) == (422, "service_without_password")
    assert admin.patch(f"/users/{account['id']}", {"email": "a@example.com"})[0] == 422
    assert anonymous.post("/session", {"email": account["email"], "password": ""})[0] == 401
    assert "Billing" not in str(admin.get("/people"))
    # Only for service accounts does somebody else make keys.
    user_id = sales.me["user"]["id"]
    assert admin.post(f"/service-accounts/{user_id}/api-keys", {"name": "x", "writes": True})[0] == 404
    assert sales.post("/service-accounts", {"name": "Mine"})[0] == 403


def test_a_service_account_is_never_the_last_administrator(admin):
    assert admin.post("/service-accounts", {"name": "Root", "is_admin": True})[0] == 200
    user_id = admin.me["user"]["id"]
    status, problem = admin.patch(f"/users/{user_id}", {"is_admin": False})
    assert (status, problem["issues"][0]["code"]) == (422, "last_administrator")


def test_the_description_tells_of_keys(sales):
    document = sales.get("/openapi.json")[1]
    assert document["components"]["securitySchemes"]["api_key"]["scheme"] == "bearer"
    assert {"api_key": []} in document["security"]
    assert document["paths"]["/me/password"]["post"]["security"] == [{"session": []}]
