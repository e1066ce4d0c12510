"""Somebody of several workspaces goes from one to another; nothing of one is seen in the other."""

import pytest

from joinery.directory import Actor
from joinery.runtime.apps import publishing
from joinery.runtime.people import people, workspaces
from joinery.storage import create_workspace
from tests.api.conftest import DOCUMENT, PASSWORD, Client
from tests.conftest import NOW


class Two:
    """The shop's workspace and another one with the same app; Both is in both, Only in the other alone."""

    def __init__(self, shop, database) -> None:
        self.shop = shop
        self.first = shop.workspace_key
        self.second = f"{shop.workspace_key}_b"
        with database.begin() as base:
            create_workspace(base, self.second, name="Second", at=NOW)
        self.both = shop.email("manager")
        self.only = f"only.{self.second}@example.com"
        with shop.services.unit(self.second) as unit:
            operator = Actor(user_id=None, name="setup", is_admin=True, workspace=self.second)
            publishing.publish_app(unit, operator, "shop", DOCUMENT)
            people.add_user(unit, email=self.only, name="Only", password=PASSWORD, is_admin=True)
            workspaces.join_workspace(unit, email=self.both, is_admin=False, roles=["sales"])

    def client(self, email) -> Client:
        return Client(self.shop.app.test_client()).sign_in(email)

    def switch(self, client, key) -> tuple[int, dict]:
        status, me = client.call("PUT", "/session/workspace", {"key": key})
        if status == 200:
            client.csrf = me["csrf_token"]
        return status, me


@pytest.fixture
def two(shop, database) -> Two:
    return Two(shop, database)


def keys(client) -> dict[str, bool]:
    status, found = client.get("/me/workspaces")
    assert status == 200
    return {one["key"]: one["current"] for one in found["workspaces"]}


def titles(client) -> list[str]:
    return [one["title"] for one in client.get("/apps/shop/forms/account/records")[1]["records"]]


def test_a_session_goes_to_the_other_workspace_and_sees_only_that(two):
    client = two.client(two.both)
    assert client.me["workspace"]["key"] == two.first
    client.create("account", name="Of the first")
    assert keys(client) == {two.first: True, two.second: False}
    old = client.flask.get_cookie("joinery_session").value
    old_csrf = client.csrf
    status, me = two.switch(client, two.second)
    assert (status, me["workspace"]["key"], me["user"]["roles"]) == (200, two.second, ["sales"])
    assert keys(client) == {two.first: False, two.second: True}
    assert titles(client) == []
    client.create("account", name="Of the second")
    assert titles(client) == ["Of the second"]
    people_there = [one["name"] for one in client.get("/users")[1]["users"]]
    assert sorted(people_there) == ["Manager", "Only"]
    assert two.switch(client, two.first)[0] == 200
    assert titles(client) == ["Of the first"]
    # What the browser had before is worth nothing any more.
    stale = Client(two.shop.app.test_client())
    stale.flask.set_cookie("joinery_session", old)
    stale.csrf = old_csrf
    assert stale.get("/me")[0] == 401


def test_a_page_that_is_still_open_cannot_write_into_the_other_workspace(two):
    client = two.client(two.both)
    before = client.csrf
    two.switch(client, two.second)
    client.csrf = before
    status, problem = client.post("/apps/shop/forms/account/records", {"name": "Astray"})
    assert (status, problem["code"]) == (403, "wrong_csrf_token")


def test_nobody_learns_of_a_workspace_that_is_not_his(two):
    client = two.client(two.shop.email("sales"))
    assert keys(client) == {two.first: True}
    unknown = two.switch(client, "nowhere")
    assert unknown[0] == 404
    assert two.switch(client, two.second) == unknown
    assert keys(client) == {two.first: True}


def test_whoever_left_a_workspace_does_not_come_back_to_it(two):
    client = two.client(two.both)
    admin = two.client(two.only)
    admin.post(f"/users/{client.me['user']['id']}/deactivate", {})
    assert keys(client) == {two.first: True}
    assert two.switch(client, two.second)[0] == 404


def test_a_preview_tells_of_no_other_workspace(two):
    admin = two.shop.as_user("admin")
    client = two.client(two.both)
    status, me = admin.call("PUT", "/session/preview", {"user_id": client.me["user"]["id"]})
    assert status == 200, me
    assert keys(admin) == {two.first: True}
    assert two.switch(admin, two.second)[0] in (403, 404)


def test_both_logs_tell_who_came_and_went(two):
    client = two.client(two.both)
    two.switch(client, two.second)
    other_side = two.client(two.only)
    me = client.me["user"]["id"]
    there = [one["kind"] for one in other_side.get("/audit")[1]["entries"] if one["actor"]["id"] == me]
    here = [
        one["kind"]
        for one in two.shop.as_user("admin").get("/audit")[1]["entries"]
        if one["actor"]["id"] == me
    ]
    assert (there, here) == (["signed_in"], ["signed_out", "signed_in"])
