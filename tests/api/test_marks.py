"""Which conditions hold for which records: the colours of a list."""

import pytest

from tests.api.conftest import Client, open_shop

LEADS = "/apps/shop/forms/lead/records"


@pytest.fixture(scope="module")
def shop(database, tmp_path_factory):
    return open_shop(database, tmp_path_factory.mktemp("marks"), "marks")


@pytest.fixture(scope="module")
def manager(shop) -> Client:
    return shop.as_user("manager")


@pytest.fixture(scope="module")
def ids(manager) -> list[int]:
    rows = [
        {"company": "Late", "amount": 100, "due": "2020-01-15"},
        {"company": "Large", "amount": 5000},
        {"company": "Both", "amount": 9000, "due": "2020-02-20"},
        {"company": "Neither", "amount": 1},
    ]
    status, answer = manager.post(f"{LEADS}/batch", {"create": rows})
    assert status == 200
    return [record["id"] for record in answer["created"]]


def test_each_record_names_the_conditions_that_hold(manager, ids):
    conditions = ["{due} < TODAY()", "{amount} > 1000"]
    status, answer = manager.post(f"{LEADS}/marks", {"ids": [*ids, 999_999], "conditions": conditions})
    assert status == 200
    assert answer["marks"] == {str(ids[0]): [0], str(ids[1]): [1], str(ids[2]): [0, 1]}


def test_every_wrong_condition_is_named(manager, ids):
    body = {"ids": ids, "conditions": ["{amount} > 1", "{nothing} = 1", "1 +"]}
    status, answer = manager.post(f"{LEADS}/marks", body)
    assert status == 422
    assert [issue["path"] for issue in answer["issues"]] == ["/conditions/1", "/conditions/2"]


def test_nothing_is_told_of_hidden_fields_and_records(shop, ids):
    sales = shop.as_user("sales")
    status, answer = sales.post(f"{LEADS}/marks", {"ids": ids, "conditions": ["TRUE"]})
    assert (status, answer["marks"]) == (200, {}), "the records are the manager's"
    status, _ = sales.post(f"{LEADS}/marks", {"ids": ids, "conditions": ['{secret} = "x"']})
    assert status == 422
