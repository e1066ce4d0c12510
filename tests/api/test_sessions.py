"""Signing in and out, tokens, throttling, setup, and one's own settings."""

from datetime import timedelta

import pytest

from joinery.runtime.people import people, sign_in
from joinery.runtime.services import Services
from joinery.runtime.settings import FIRST_WORKSPACE, Settings
from joinery.storage import create_workspace, system_tables
from joinery.web.app import create_app
from tests.api.conftest import PASSWORD, Client


def sign_in_status(client, email, password, **options) -> int:
    return client.call("POST", "/session", {"email": email, "password": password}, **options)[0]


def test_signing_in_gives_a_session_and_signing_out_ends_it(app, emails):
    client = Client(app.test_client()).sign_in(emails("sales").upper())
    assert client.get("/me")[1]["user"]["roles"] == ["sales"]
    assert client.get("/session")[1]["user"]["name"] == "Sales"
    stolen = client.flask.get_cookie("joinery_session").value
    assert client.delete("/session")[0] == 204
    assert client.get("/me")[0] == 401
    client.flask.set_cookie("joinery_session", stolen)
    assert client.get("/me")[0] == 401


def test_the_cookie_is_out_of_reach_of_scripts_and_only_its_hash_is_stored(app, emails, database):
    flask_client = app.test_client()
    answer = flask_client.post("/api/v1/session", json={"email": emails("sales"), "password": PASSWORD})
    cookie = answer.headers["Set-Cookie"]
    assert "HttpOnly" in cookie
    assert "SameSite=Lax" in cookie
    token = flask_client.get_cookie("joinery_session").value
    with database.begin() as unit:
        hashes = unit.connection.execute(system_tables.session.select()).scalars().all()
    assert token not in hashes


def test_nobody_is_signed_in(anonymous):
    status, state = anonymous.get("/session")
    assert (status, state["user"], state["csrf_token"]) == (200, None, None)
    status, problem = anonymous.get("/apps")
    assert (status, problem["code"]) == (401, "not_signed_in")
    assert anonymous.delete("/session")[0] == 204


@pytest.mark.parametrize(
    "email, password",
    [
        ("sales", "wrong"),
        ("nobody@example.com", PASSWORD),
        ("sales", ""),
        ("sales", "x" * 1000),
        ("\x00", PASSWORD),
        ("", PASSWORD),
    ],
)
def test_a_wrong_sign_in_does_not_say_what_is_wrong(anonymous, emails, email, password):
    status, problem = anonymous.post(
        "/session", {"email": emails(email) if email == "sales" else email, "password": password}
    )
    assert (status, problem["code"], problem["issues"]) == (401, "wrong_sign_in", [])


def test_guessing_is_slowed_down_and_the_right_password_waits_too(anonymous, emails, clock):
    for _ in range(5):
        assert sign_in_status(anonymous, emails("sales"), "guess") == 401
    answer = anonymous.flask.post("/api/v1/session", json={"email": emails("sales"), "password": PASSWORD})
    assert answer.status_code == 429
    assert 0 < int(answer.headers["Retry-After"]) <= 16
    assert sign_in_status(anonymous, emails("other"), PASSWORD) == 200
    clock.move(timedelta(seconds=20))
    assert sign_in_status(anonymous, emails("sales"), PASSWORD) == 200
    assert sign_in_status(anonymous, emails("sales"), "guess") == 401


def test_a_session_ends_when_it_is_not_used(sales, clock):
    clock.move(timedelta(days=13))
    assert sales.get("/me")[0] == 200
    clock.move(timedelta(days=13))
    assert sales.get("/me")[0] == 200
    clock.move(timedelta(days=15))
    assert sales.get("/me")[0] == 401


@pytest.mark.parametrize("token", ["", "wrong", None])
def test_writing_needs_the_csrf_token(sales, token):
    headers = {} if token is None else {"X-CSRF-Token": token}
    answer = sales.flask.patch("/api/v1/me", json={"theme": "dark"}, headers=headers)
    assert (answer.status_code, answer.get_json()["code"]) == (403, "wrong_csrf_token")


def test_a_page_of_another_site_cannot_write(sales, emails):
    status, problem = sales.call(
        "PATCH", "/me", {"theme": "dark"}, headers={"Origin": "https://evil.example"}
    )
    assert (status, problem["code"]) == (403, "wrong_origin")
    origin = {"Origin": "https://evil.example"}
    assert sign_in_status(sales, emails("sales"), PASSWORD, headers=origin) == 403
    assert sales.call("PATCH", "/me", {"theme": "dark"}, headers={"Origin": "http://localhost"})[0] == 200


def test_ones_own_settings(sales):
    status, me = sales.patch("/me", {"language": "zh-CN", "theme": "dark", "name": "小王"})
    assert status == 200
    assert (me["user"]["language"], me["user"]["theme"], me["user"]["name"]) == ("zh-CN", "dark", "小王")
    assert sales.get("/users", search="小王")[1]["users"][0]["name"] == "小王"
    assert sales.patch("/me", {"language": "fr"})[0] == 422
    assert sales.patch("/me", {"name": " "})[0] == 422
    assert sales.patch("/me", {"is_admin": True})[0] == 422


def test_a_new_password_ends_all_sessions(sales, services, workspace, emails, anonymous):
    with services.unit(workspace.key) as unit:
        people.set_password(unit, email=emails("sales"), password="another good one")
    assert sales.get("/me")[0] == 401
    assert sign_in_status(anonymous, emails("sales"), "another good one") == 200


def make_demo_user(services, workspace) -> str:
    email = f"demo.{workspace.key}@example.com"
    with services.unit(workspace.key) as unit:
        people.add_user(unit, email=email, name="Demo", password="joinery-demo", demo=True)
    return email


@pytest.mark.parametrize(
    "demo, environ, headers, status",
    [
        (True, {"REMOTE_ADDR": "127.0.0.1"}, {}, 200),
        (True, {"REMOTE_ADDR": "::1"}, {}, 200),
        # Everybody knows this password: not from other machines, not through a proxy on this one.
        (True, {"REMOTE_ADDR": "192.168.1.7"}, {}, 401),
        (True, {"REMOTE_ADDR": "127.0.0.1"}, {"X-Forwarded-For": "1.2.3.4"}, 401),
        (False, {"REMOTE_ADDR": "127.0.0.1"}, {}, 401),
    ],
)
def test_demo_users_sign_in_only_in_the_demo_and_on_this_machine(
    database, workspace, tmp_path, demo, environ, headers, status
):
    services = Services(database=database, settings=Settings(data_dir=tmp_path, demo=demo))
    email = make_demo_user(services, workspace)
    client = Client(create_app(services).test_client())
    assert sign_in_status(client, email, "joinery-demo", environ_base=environ, headers=headers) == status


def test_a_demo_session_ends_with_the_demo(database, workspace, tmp_path):
    services = Services(database=database, settings=Settings(data_dir=tmp_path, demo=True))
    client = Client(create_app(services).test_client())
    client.sign_in(make_demo_user(services, workspace), "joinery-demo")
    serious = Services(database=database, settings=Settings(data_dir=tmp_path, demo=False))
    later = Client(create_app(serious).test_client())
    later.flask.set_cookie("joinery_session", client.flask.get_cookie("joinery_session").value)
    assert later.get("/me")[0] == 401


@pytest.fixture
def nobody_yet(database, now):
    """The first workspace, as it is before the first administrator; everything is undone afterwards."""
    with database.begin() as unit:
        unit.connection.execute(system_tables.user.update().values(active=False))
        create_workspace(unit, FIRST_WORKSPACE, name="First", at=now)
    yield
    with database.begin() as unit:
        unit.connection.execute(system_tables.user.update().values(active=True))


def test_the_first_administrator_comes_by_a_link_that_works_once(nobody_yet, services, anonymous):
    assert anonymous.get("/session")[1]["setup_needed"] is True
    with services.unit(None) as unit:
        token = sign_in.make_setup_link(unit)
    sent = {"token": token, "email": "boss@example.com", "name": "Boss", "password": "short"}
    status, problem = anonymous.post("/setup", sent)
    assert (status, problem["issues"][0]["path"]) == (422, "/password")
    assert anonymous.post("/setup", {**sent, "token": "wrong", "password": PASSWORD})[0] == 404
    status, me = anonymous.post("/setup", {**sent, "password": PASSWORD})
    assert (status, me["user"]["is_admin"], me["workspace"]["key"]) == (200, True, FIRST_WORKSPACE)
    assert anonymous.get("/session")[1]["setup_needed"] is False
    again = {**sent, "email": "second@example.com", "password": PASSWORD}
    assert anonymous.post("/setup", again, headers={"X-CSRF-Token": ""})[0] == 404
