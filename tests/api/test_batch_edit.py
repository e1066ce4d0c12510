"""The same change of many records: the preview says what it will do, and nothing else is done."""

import pytest

LEADS = "/apps/shop/forms/lead/records"
EDIT = f"{LEADS}/batch-edit"
PREVIEW = f"{EDIT}?preview=true"


@pytest.fixture
def manager(shop):
    client = shop.as_user("manager")
    rows = [{"company": "A", "amount": 5}, {"company": "B", "amount": 7}, {"company": "C"}]
    assert client.post(f"{LEADS}/batch", {"create": rows})[0] == 200
    return client


def statuses(client) -> list[str]:
    return [record["status"] for record in client.get(LEADS, sort="company")[1]["records"]]


def counts(answer) -> dict[str, int]:
    return {name: value for name, value in answer.items() if name != "issues" and value}


def test_the_preview_counts_and_writes_nothing(manager):
    status, answer = manager.post(PREVIEW, {"filter": "TRUE", "values": {"status": "won"}})
    assert status == 200
    assert counts(answer) == {"matched": 3, "changed": 2, "wrong": 1}
    assert answer["issues"][0]["path"].startswith("/records/")
    assert statuses(manager) == ["new", "new", "new"]


def test_all_or_nothing_unless_partly(manager):
    body = {"values": {"status": "won"}}
    assert manager.post(EDIT, body)[0] == 422
    assert statuses(manager) == ["new", "new", "new"]
    status, answer = manager.post(EDIT, {**body, "partly": True})
    assert (status, counts(answer)) == (200, {"matched": 3, "changed": 2, "wrong": 1})
    assert statuses(manager) == ["won", "won", "new"]


def test_records_that_have_the_value_already_stay_as_they_are(manager):
    status, answer = manager.post(EDIT, {"values": {"amount": 7}})
    assert (status, counts(answer)) == (200, {"matched": 3, "changed": 2, "unchanged": 1})


def test_records_out_of_reach_are_not_allowed_and_tell_nothing(shop, manager):
    ids = [record["id"] for record in manager.get(LEADS)[1]["records"]]
    sales = shop.as_user("sales")
    status, answer = sales.post(PREVIEW, {"ids": ids, "values": {"status": "won"}})
    assert (status, counts(answer), answer["issues"]) == (200, {"matched": 3, "not_allowed": 3}, [])
    assert sales.post(PREVIEW, {"values": {"status": "won"}})[1]["matched"] == 0
    assert sales.post(EDIT, {"ids": ids, "values": {"status": "won"}})[0] == 404
    assert sales.post(PREVIEW, {"filter": "{secret} = 1", "values": {"status": "won"}})[0] == 422
