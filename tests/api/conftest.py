"""A small app in a fresh workspace, its people, and a client that signs in as any of them."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any, ClassVar

import pytest
from flask import Flask
from flask.testing import FlaskClient

from joinery.adapters import FixedClock
from joinery.directory import Actor
from joinery.runtime import people, publishing
from joinery.runtime.services import Services
from joinery.runtime.settings import Settings
from joinery.web.app import create_app

DOCUMENT = json.loads((Path(__file__).parent / "app.json").read_text(encoding="utf-8"))
PASSWORD = "correct horse battery"


class Jobs:
    """Remembers what was handed to workers."""

    def __init__(self) -> None:
        self.deferred: list[tuple[str, dict[str, Any]]] = []

    def __call__(self, unit, kind, arguments) -> None:
        self.deferred.append((kind, dict(arguments)))


class Client:
    """A signed-in browser: sends JSON and the CSRF token, gives status and parsed answer."""

    def __init__(self, flask_client: FlaskClient) -> None:
        self.flask = flask_client
        self.csrf = ""
        self.me: dict[str, Any] = {}

    def sign_in(self, email: str, password: str = PASSWORD) -> "Client":
        answer = self.flask.post("/api/v1/session", json={"email": email, "password": password})
        assert answer.status_code == 200, answer.text
        self.me = answer.get_json()
        self.csrf = self.me["csrf_token"]
        return self

    def call(self, method: str, path: str, body: Any = None, **options: Any) -> tuple[int, Any]:
        headers = {"X-CSRF-Token": self.csrf, **options.pop("headers", {})}
        if body is not None:
            options["data"] = body if isinstance(body, str | bytes) else json.dumps(body)
            options.setdefault("content_type", "application/json")
        answer = self.flask.open("/api/v1" + path, method=method, headers=headers, **options)
        text = answer.get_data(as_text=True)
        return answer.status_code, (json.loads(text) if answer.is_json and text else text)

    def get(self, path: str, **query: Any) -> tuple[int, Any]:
        return self.call("GET", path, query_string=query)

    def post(self, path: str, body: Any, **options: Any) -> tuple[int, Any]:
        return self.call("POST", path, body, **options)

    def patch(self, path: str, body: Any) -> tuple[int, Any]:
        return self.call("PATCH", path, body)

    def delete(self, path: str, **query: Any) -> tuple[int, Any]:
        return self.call("DELETE", path, query_string=query)

    def create(self, form: str, **values: Any) -> dict[str, Any]:
        status, record = self.post(f"/apps/shop/forms/{form}/records", values)
        assert status == 201, record
        return record


@pytest.fixture
def jobs() -> Jobs:
    return Jobs()


@pytest.fixture
def clock(now) -> FixedClock:
    return FixedClock(now)


@pytest.fixture
def services(database, clock, jobs, tmp_path) -> Services:
    settings = Settings(data_dir=tmp_path, demo=True)
    return Services(database=database, settings=settings, clock=clock, defer=jobs)


@pytest.fixture
def admin_actor(workspace) -> Actor:
    return Actor(user_id=None, name="setup", is_admin=True, workspace=workspace.key)


class People(dict[str, str]):
    """Addresses by what people are; each person is made when somebody first asks for the address."""

    ROLES: ClassVar = {"admin": [], "manager": ["manager"], "sales": ["sales"], "other": ["sales"], "guest": ["guest"]}

    def __init__(self, services: Services, workspace_key: str) -> None:
        super().__init__()
        self._services = services
        self._workspace_key = workspace_key

    def __missing__(self, name: str) -> str:
        self[name] = f"{name}.{self._workspace_key}@example.com"
        with self._services.unit(self._workspace_key) as unit:
            people.add_user(
                unit,
                email=self[name],
                name=name.title(),
                password=PASSWORD,
                is_admin=name == "admin",
                roles=self.ROLES[name],
            )
        return self[name]


@pytest.fixture
def emails(services, workspace, admin_actor) -> People:
    """The workspace's people by what they are; the app is installed."""
    with services.unit(workspace.key) as unit:
        publishing.publish_app(unit, admin_actor, "shop", DOCUMENT)
    return People(services, workspace.key)


@pytest.fixture
def app(services, tmp_path) -> Flask:
    return create_app(services, interface=tmp_path / "ui")


@pytest.fixture
def as_user(app, emails) -> Callable[[str], Client]:
    return lambda name: Client(app.test_client()).sign_in(emails[name])


@pytest.fixture
def anonymous(app) -> Client:
    return Client(app.test_client())


@pytest.fixture
def sales(as_user) -> Client:
    return as_user("sales")


@pytest.fixture
def other(as_user) -> Client:
    return as_user("other")


@pytest.fixture
def manager(as_user) -> Client:
    return as_user("manager")


@pytest.fixture
def admin(as_user) -> Client:
    return as_user("admin")
