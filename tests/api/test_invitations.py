"""Several people invited at once, and what a link tells whoever has it."""

from datetime import timedelta

import pytest

NEW = "a password of my own"


@pytest.fixture
def address(shop):
    return lambda name: f"{name}.{shop.workspace_key}@example.com"


def test_several_people_are_invited_with_a_link_each(admin, anonymous, address):
    _, sales = admin.post("/departments", {"name": "Sales"})
    status, answer = admin.post(
        "/invitations",
        {
            "people": [
                {"name": "Anna", "email": address("anna")},
                {"name": "Ben", "email": f" {address('ben')} "},
            ],
            "department_ids": [sales["id"]],
            "roles": ["sales"],
            "language": "zh-CN",
        },
    )
    assert status == 200
    people = [one["person"] for one in answer["invited"]]
    assert [(one["name"], one["state"], one["roles"]) for one in people] == [
        ("Anna", "invited", ["sales"]),
        ("Ben", "invited", ["sales"]),
    ]
    assert all(one["department_ids"] == [sales["id"]] for one in people)
    token = answer["invited"][1]["link"]["token"]
    status, known = anonymous.post("/password/link", {"token": token})
    assert (status, known["name"], known["email"], known["invited"]) == (200, "Ben", address("ben"), True)
    status, me = anonymous.post("/password", {"token": token, "password": NEW})
    assert (status, me["user"]["language"]) == (200, "zh-CN")


def test_one_wrong_address_and_nobody_is_invited(admin, address, sales):
    status, problem = admin.post(
        "/invitations",
        {
            "people": [
                {"name": "Anna", "email": address("anna")},
                {"name": " ", "email": "nowhere"},
                {"name": "Anna again", "email": address("ANNA")},
                {"name": "Taken", "email": sales.me["user"]["email"]},
                {"name": "Zero", "email": "a\x00b@example.com"},
            ],
            "department_ids": [4_000_000],
            "roles": ["emperor"],
        },
    )
    assert status == 422
    assert {issue["path"]: issue["code"] for issue in problem["issues"]} == {
        "/department_ids/0": "no_such_department",
        "/roles/0": "no_such_role",
        "/people/1/email": "not_an_email",
        "/people/1/name": "not_a_name",
        "/people/2/email": "given_twice",
        "/people/3/email": "email_taken",
        "/people/4/email": "not_an_email",
    }
    assert admin.get("/people", search=address("anna"))[1]["total"] == 0


def test_only_administrators_invite(sales, address):
    body = {"people": [{"name": "Anna", "email": address("anna")}]}
    assert sales.post("/invitations", body)[0] == 403


def test_a_link_tells_whom_it_is_for_as_long_as_it_opens(admin, anonymous, address, clock):
    _, answer = admin.post("/invitations", {"people": [{"name": "Anna", "email": address("anna")}]})
    token = answer["invited"][0]["link"]["token"]
    assert anonymous.post("/password/link", {"token": token})[0] == 200
    for wrong in ("", "x" * 100, "\x00", token[:-1]):
        assert anonymous.post("/password/link", {"token": wrong})[0] == 404
    clock.move(timedelta(days=8))
    assert anonymous.post("/password/link", {"token": token})[0] == 404
