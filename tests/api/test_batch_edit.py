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


COUNTS = ("matched", "changed", "unchanged", "not_allowed", "wrong")


def counts(answer) -> dict[str, int]:
    return {name: answer[name] for name in COUNTS if answer[name]}


def leads(client) -> dict[str, dict]:
    return {record["company"]: record for record in client.get(LEADS, sort="company")[1]["records"]}


def undo(client, batch: int):
    return client.post(f"{LEADS}/batches/{batch}/undo", {})


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


def test_expressions_are_computed_for_each_record(manager):
    body = {"compute": {"amount": "{amount} * 1.1", "email": '"sales@" & LOWER({company}) & ".com"'}}
    status, answer = manager.post(PREVIEW, body)
    assert (status, counts(answer)) == (200, {"matched": 3, "changed": 3})
    told = {
        sample["title"]: {one["field"]: one["new"] for one in sample["changes"]}
        for sample in answer["samples"]
    }
    assert told["LD-0001 A"] == {"amount": 5.5, "email": "sales@a.com"}
    assert manager.post(EDIT, body)[0] == 200
    assert {name: lead["amount"] for name, lead in leads(manager).items()} == {"A": 5.5, "B": 7.7, "C": 0}


@pytest.mark.parametrize(
    ("body", "path"),
    [
        ({"compute": {"amount": "{amount} *"}}, "/compute/amount"),
        ({"compute": {"amount": "{secret}"}}, "/compute/amount"),
        ({"compute": {"expected": "1"}}, "/compute/expected"),
        ({"compute": {"secret": '"x"'}}, "/compute/secret"),
        ({"add": {"company": ["A"]}}, "/add/company"),
        ({"remove": {"nothing": ["A"]}}, "/remove/nothing"),
        ({"values": {"amount": 1}, "compute": {"amount": "2"}}, "/values/amount"),
        ({}, "/values"),
    ],
)
def test_what_cannot_be_meant_is_refused_before_anything_is_done(shop, body, path):
    sales = shop.as_user("sales")
    assert sales.post(LEADS, {"company": "Mine"})[0] == 201
    status, answer = sales.post(PREVIEW, body)
    assert (status, [issue["path"] for issue in answer["issues"]]) == (422, [path])


def test_an_expression_without_a_result_is_a_problem_of_its_record(manager):
    status, answer = manager.post(PREVIEW, {"compute": {"score": "10 / ({amount} - 5)"}})
    assert (status, counts(answer)) == (200, {"matched": 3, "changed": 2, "wrong": 1})
    [issue] = answer["issues"]
    assert (issue["path"].split("/")[-1], answer["titles"]) == ("score", {"1": "LD-0001 A"})


def test_undo_gives_back_what_nobody_changed_since(manager):
    before = leads(manager)
    answer = manager.post(EDIT, {"values": {"amount": 9, "notes": "Call"}})[1]
    touched = leads(manager)["B"]
    change = {"revision": touched["revision"], "amount": 11}
    assert manager.patch(f"{LEADS}/{touched['id']}", change)[0] == 200
    status, undone = undo(manager, answer["batch"])
    assert (status, undone["undone"], undone["left"]) == (200, 3, 1)
    assert [issue["path"] for issue in undone["issues"]] == [f"/records/{touched['id']}/amount"]
    assert undone["titles"] == {str(touched["id"]): "LD-0002 B"}
    now = leads(manager)
    assert [now[name]["notes"] for name in "ABC"] == [None, None, None]
    assert [now[name]["amount"] for name in "ABC"] == [before["A"]["amount"], 11, before["C"]["amount"]]
    assert undo(manager, answer["batch"])[0] == 409


def test_an_undo_can_be_undone(manager):
    answer = manager.post(EDIT, {"values": {"amount": 9}})[1]
    back = undo(manager, answer["batch"])[1]
    assert undo(manager, back["batch"])[1]["undone"] == 3
    assert [lead["amount"] for lead in leads(manager).values()] == [9, 9, 9]
    listed = manager.get(f"{LEADS}/batches")[1]["batches"]
    assert [(one["count"], one["undone"], one["undoes"]) for one in listed] == [
        (3, False, back["batch"]),
        (3, True, answer["batch"]),
        (3, True, None),
    ]
    assert [(one["kinds"], one["fields"]) for one in listed] == [(["updated"], ["amount"])] * 3


def test_deleted_records_come_back_together(manager):
    ids = [lead["id"] for lead in leads(manager).values()]
    batch = manager.post(f"{LEADS}/batch", {"delete": ids[:2]})[1]["batch"]
    [listed] = manager.get(f"{LEADS}/batches")[1]["batches"]
    assert (listed["id"], listed["kinds"], listed["fields"]) == (batch, ["deleted"], [])
    assert list(leads(manager)) == ["C"]
    assert undo(manager, batch)[1]["undone"] == 2
    assert list(leads(manager)) == ["A", "B", "C"]


def test_the_history_names_the_batch_and_who_may_undo_it(shop, manager):
    answer = manager.post(EDIT, {"values": {"amount": 9}})[1]
    path = f"{LEADS}/{leads(manager)['A']['id']}/history"
    wanted = {"id": answer["batch"], "others": 2, "undone": False}
    assert manager.get(path)[1]["entries"][0]["batch"] == {**wanted, "may_undo": True}
    assert manager.get(path)[1]["entries"][-1]["batch"] is None
    assert undo(shop.as_user("sales"), answer["batch"])[0] == 404


def test_one_batch_changes_each_record_in_its_own_way_and_is_undone_as_a_whole(manager):
    before = leads(manager)
    update = [
        {"id": lead["id"], "revision": lead["revision"], "amount": place}
        for place, lead in enumerate(before.values())
    ]
    batch = manager.post(f"{LEADS}/batch", {"update": update})[1]["batch"]
    assert undo(manager, batch)[1]["undone"] == 3
    assert [lead["amount"] for lead in leads(manager).values()] == [
        lead["amount"] for lead in before.values()
    ]


def test_a_batch_that_changes_nothing_leaves_no_trace(manager):
    assert manager.post(EDIT, {"values": {"status": "new"}})[1]["batch"] is None
    assert manager.get(f"{LEADS}/batches")[1] == {"batches": []}
