"""Where somebody is signed in, and signing out from afar."""

import pytest


@pytest.fixture
def phone(as_user, sales):
    """The same person at a second place."""
    return as_user("sales")


def keys(client):
    _, answer = client.get("/me/sessions")
    return {one["current"]: one["key"] for one in answer["sessions"]}


def test_one_place_is_signed_out_from_another(sales, phone):
    listed = sales.get("/me/sessions")[1]["sessions"]
    assert [one["current"] for one in listed].count(True) == 1
    assert len(listed) == 2
    assert sales.delete(f"/me/sessions/{keys(sales)[False]}")[0] == 204
    assert phone.get("/me")[0] == 401
    assert sales.get("/me")[0] == 200


def test_everywhere_but_here(sales, phone, other):
    assert phone.delete("/me/sessions")[0] == 204
    assert sales.get("/me")[0] == 401
    assert phone.get("/me")[0] == 200
    assert other.get("/me")[0] == 200


def test_nobody_ends_the_session_of_another(sales, other):
    key = keys(other)[True]
    assert sales.delete(f"/me/sessions/{key}")[0] == 404
    assert other.get("/me")[0] == 200


def test_a_key_opens_nothing(sales, anonymous):
    anonymous.flask.set_cookie("joinery_session", keys(sales)[True])
    assert anonymous.get("/me")[0] == 401


@pytest.mark.parametrize("key", ["x", "%00", "a" * 64, "'"])
def test_what_is_no_key_is_not_found(sales, key):
    assert sales.delete(f"/me/sessions/{key}")[0] == 404
