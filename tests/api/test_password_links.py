"""One-time links by which people choose a password."""

from datetime import timedelta

import pytest

NEW = "a password of my own"


@pytest.fixture
def anna(admin, shop):
    email = f"anna.{shop.workspace_key}@example.com"
    _, person = admin.post("/users", {"name": "Anna", "email": email})
    return person


def link(admin, user_id):
    status, made = admin.post(f"/users/{user_id}/password-link", {})
    assert status == 200, made
    return made["token"]


def test_who_was_invited_chooses_a_password_and_is_signed_in(admin, anonymous, anna):
    token = link(admin, anna["id"])
    status, me = anonymous.post("/password", {"token": token, "password": NEW})
    assert (status, me["user"]["name"]) == (200, "Anna")
    assert anonymous.get("/me")[0] == 200
    assert admin.get(f"/users/{anna['id']}")[1]["state"] == "active"
    status, problem = anonymous.post("/password", {"token": token, "password": NEW})
    assert (status, problem["code"]) == (404, "not_found")
    assert anonymous.post("/session", {"email": anna["email"], "password": NEW})[0] == 200


def test_a_weak_password_does_not_use_the_link_up(admin, anonymous, anna):
    token = link(admin, anna["id"])
    status, problem = anonymous.post("/password", {"token": token, "password": "short"})
    assert (status, problem["issues"][0]["code"]) == (422, "password_too_short")
    assert anonymous.post("/password", {"token": token, "password": NEW})[0] == 200


def test_a_new_password_ends_all_sessions(admin, sales, anonymous):
    token = link(admin, sales.me["user"]["id"])
    assert sales.get("/me")[0] == 200
    assert anonymous.post("/password", {"token": token, "password": NEW})[0] == 200
    assert sales.get("/me")[0] == 401


def test_a_link_ends_by_time_by_a_newer_one_and_when_somebody_leaves(admin, anonymous, anna, clock):
    first = link(admin, anna["id"])
    second = link(admin, anna["id"])
    assert anonymous.post("/password", {"token": first, "password": NEW})[0] == 404
    admin.post(f"/users/{anna['id']}/deactivate", {})
    assert anonymous.post("/password", {"token": second, "password": NEW})[0] == 404
    assert admin.post(f"/users/{anna['id']}/password-link", {})[0] == 422
    admin.post(f"/users/{anna['id']}/activate", {})
    third = link(admin, anna["id"])
    clock.move(timedelta(days=8))
    assert anonymous.post("/password", {"token": third, "password": NEW})[0] == 404


@pytest.mark.parametrize("token", ["", "\x00", "x" * 100, "';--", "\ud800"])
def test_what_is_no_link_opens_nothing(anonymous, token):
    status, problem = anonymous.post("/password", {"token": token, "password": NEW})
    assert (status, problem["code"]) == (404, "not_found")


def test_only_administrators_make_links(sales, manager):
    user_id = sales.me["user"]["id"]
    assert manager.post(f"/users/{user_id}/password-link", {})[0] == 403
