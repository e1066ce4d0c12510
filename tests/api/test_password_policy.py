"""What is asked of new passwords, and changing one's own."""

import pytest

from joinery.kernel import InvalidInput
from joinery.runtime.people import people
from joinery.runtime.people.password_policy import is_common
from tests.api.conftest import PASSWORD

NEW = "seven green chairs"


@pytest.fixture
def change(sales):
    return lambda password, current=PASSWORD: sales.post(
        "/me/password", {"current": current, "password": password}
    )


def codes(problem):
    return {issue["path"]: issue["code"] for issue in problem["issues"]}


def test_one_changes_ones_own_password_and_is_signed_out_elsewhere(as_user, sales, change, anonymous):
    elsewhere = as_user("sales")
    assert change(NEW) == (204, "")
    assert (sales.get("/me")[0], elsewhere.get("/me")[0]) == (200, 401)
    email = sales.me["user"]["email"]
    assert anonymous.post("/session", {"email": email, "password": PASSWORD})[0] == 401
    assert anonymous.post("/session", {"email": email, "password": NEW})[0] == 200


def test_a_session_alone_does_not_change_the_password(change):
    status, problem = change(NEW, current="not this one")
    assert (status, codes(problem)) == (422, {"/current": "password_wrong"})
    answers = [change(NEW, current="guess")[0] for _ in range(5)]
    assert answers[-1] == 429
    assert change(NEW)[0] == 429


@pytest.mark.parametrize(
    ("password", "code"),
    [
        ("short", "password_too_short"),
        ("x" * 201, "password_too_long"),
        ("Password123!", "password_common"),
        ("1234567890", "password_common"),
        ("aaaaaaaaaaaa", "password_common"),
        ("qwertyuiop", "password_common"),
        ("woaini5201314", "password_common"),
    ],
)
def test_a_weak_password_is_refused_with_the_reason(change, password, code):
    status, problem = change(password)
    assert (status, codes(problem)) == (422, {"/password": code})


def test_a_password_is_not_the_address(sales, change):
    for password in (sales.me["user"]["email"], f"{sales.me['user']['email']}1!"):
        status, problem = change(password)
        assert (status, codes(problem)) == (422, {"/password": "password_of_name"})


@pytest.mark.parametrize("password", [NEW, "correct horse battery", "密码是七把绿色椅子呀", "K7#plo-xW2qe"])
def test_an_uncommon_password_is_fine(password):
    assert not is_common(password)


def test_a_workspace_asks_for_longer_passwords(admin, sales, change, anonymous):
    status, rules = sales.get("/password-policy")
    assert (status, rules["shortest"]) == (200, 10)
    assert admin.call("PUT", "/password-policy", {"shortest": 20}) == (200, {**rules, "shortest": 20})
    status, problem = change(NEW)
    assert (status, codes(problem)) == (422, {"/password": "password_too_short"})
    assert "20" in problem["issues"][0]["message"]
    _, link = admin.post(f"/users/{sales.me['user']['id']}/password-link", {})
    assert anonymous.post("/password", {"token": link["token"], "password": NEW})[0] == 422
    assert anonymous.post("/password", {"token": link["token"], "password": f"{NEW} more"})[0] == 200


@pytest.mark.parametrize("shortest", [0, 9, 65, -1, 1e9, "12", None, True])
def test_a_senseless_policy_is_refused(admin, shortest):
    assert admin.call("PUT", "/password-policy", {"shortest": shortest})[0] == 422


def test_only_administrators_change_the_policy(sales):
    assert sales.call("PUT", "/password-policy", {"shortest": 12})[0] == 403


@pytest.mark.parametrize("password", ["Password123!", "short", "new.person"])
def test_the_operators_commands_ask_the_same_of_a_password(shop, sales, password):
    email = sales.me["user"]["email"]
    with shop.services.unit(shop.workspace_key) as unit:
        with pytest.raises(InvalidInput):
            people.add_user(unit, email="new.person@example.com", name="New", password=password)
        with pytest.raises(InvalidInput):
            people.set_password(unit, email=email, password=password if password != "new.person" else email)
    assert sales.get("/me")[0] == 200


def test_a_longer_password_is_asked_of_the_command_line_too(shop, admin, sales):
    assert admin.call("PUT", "/password-policy", {"shortest": 30})[0] == 200
    email = sales.me["user"]["email"]
    with shop.services.unit(shop.workspace_key) as unit:
        with pytest.raises(InvalidInput):
            people.set_password(unit, email=email, password=NEW)
        people.set_password(unit, email=email, password=f"{NEW} and a long table")
