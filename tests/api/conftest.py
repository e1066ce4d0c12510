"""A small app in a fresh workspace, its people, and a client that signs in as any of them."""

import json
from collections.abc import Callable, Iterator
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import Any, ClassVar

import pytest
from flask import Flask
from flask.testing import FlaskClient
from jsonschema import Draft202012Validator
from werkzeug.test import TestResponse

from joinery.adapters import FixedClock
from joinery.directory import Actor
from joinery.runtime.apps import publishing
from joinery.runtime.people import people
from joinery.runtime.services import Services
from joinery.runtime.settings import Settings
from joinery.storage import create_workspace
from joinery.web.app import create_app
from joinery.web.body import api_schemas
from tests.conftest import NOW

DOCUMENT = json.loads((Path(__file__).parent / "app.json").read_text(encoding="utf-8"))
PASSWORD = "correct horse battery"


class Jobs:
    """Remembers what was handed to workers."""

    def __init__(self) -> None:
        self.deferred: list[tuple[str, dict[str, Any]]] = []
        self.later: list[datetime] = []

    def __call__(self, unit, kind, arguments, *, at=None) -> None:
        self.deferred.append((kind, dict(arguments)))
        if at is not None:
            self.later.append(at)


@cache
def answer_validator(schema: str) -> Draft202012Validator:
    """The validator of a documented answer."""
    return Draft202012Validator(
        {"$ref": f"#/components/schemas/{schema}", "components": {"schemas": api_schemas()}}
    )


def check_documented(app: Flask, method: str, path: str, answer: TestResponse) -> None:
    """Whatever a test asks: the answer is one that the description of the API tells of."""
    if answer.status_code >= 400:
        assert answer.content_type == "application/problem+json", answer.text
        answer_validator("Problem").validate(answer.get_json())
        assert answer.get_json()["status"] == answer.status_code
        return
    endpoint, _ = app.url_map.bind("localhost").match("/api/v1" + path.split("?")[0], method=method)
    documented = app.view_functions[endpoint].operation
    waits = answer.status_code == 202 and documented.accepted is not None
    assert waits or answer.status_code == documented.status
    shape = documented.accepted if waits else documented.answer
    if shape not in (None, "file"):
        wrong = answer_validator(shape).iter_errors(answer.get_json())
        assert [f"{error.json_path}: {error.message[:200]}" for error in wrong] == []


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
        check_documented(self.flask.application, method, path, answer)
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


#: Applications that earlier tests are done with: to compile the addresses of another takes long.
_idle: list[Flask] = []


def lend_app(services: Services, interface: Path) -> Flask:
    """An application that answers with these services, as if it had been made for them."""
    if not _idle:
        return create_app(services, interface=interface)
    app = _idle.pop()
    app.extensions["joinery"] = services
    app.config["INTERFACE_FOLDER"] = interface
    return app


class Shop:
    """The small app in a workspace, with its people and browsers for them."""

    ROLES: ClassVar = {
        "admin": [],
        "manager": ["manager"],
        "sales": ["sales"],
        "other": ["sales"],
        "guest": ["guest"],
    }

    def __init__(self, services: Services, workspace_key: str, interface: Path) -> None:
        self.services = services
        self.workspace_key = workspace_key
        self.app = lend_app(services, interface)
        self._emails: dict[str, str] = {}
        actor = Actor(user_id=None, name="setup", is_admin=True, workspace=workspace_key)
        with services.unit(workspace_key) as unit:
            publishing.publish_app(unit, actor, "shop", DOCUMENT)

    def email(self, name: str) -> str:
        """The address of one of the people; each is made when somebody first asks."""
        if name not in self._emails:
            self._emails[name] = f"{name}.{self.workspace_key}@example.com"
            with self.services.unit(self.workspace_key) as unit:
                people.add_user(
                    unit,
                    email=self._emails[name],
                    name=name.title(),
                    password=PASSWORD,
                    is_admin=name == "admin",
                    roles=self.ROLES[name],
                )
        return self._emails[name]

    def as_user(self, name: str) -> Client:
        """A signed-in browser."""
        return Client(self.app.test_client()).sign_in(self.email(name))


def open_shop(database, folder: Path, key: str, time_zone: str = "Asia/Shanghai") -> Shop:
    """A shop in a workspace of its own."""
    with database.begin() as unit:
        create_workspace(unit, key, name=key, at=NOW, time_zone=time_zone)
    services = Services(
        database=database, settings=Settings(data_dir=folder), clock=FixedClock(NOW), defer=Jobs()
    )
    return Shop(services, key, folder / "ui")


@pytest.fixture
def shop(services, workspace, tmp_path) -> Iterator[Shop]:
    shop = Shop(services, workspace.key, tmp_path / "ui")
    yield shop
    _idle.append(shop.app)


@pytest.fixture
def emails(shop) -> Callable[[str], str]:
    return shop.email


@pytest.fixture
def app(shop) -> Flask:
    return shop.app


@pytest.fixture
def as_user(shop) -> Callable[[str], Client]:
    return shop.as_user


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


@pytest.fixture
def guest(as_user) -> Client:
    return as_user("guest")
