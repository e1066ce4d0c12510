"""What somebody may start: the list over all apps, and the records on which a workflow may begin."""

import pytest

from tests.api import approvals
from tests.api.approvals import APPROVAL, label, publish, quote, start

shop = approvals.shop
LIST = "/workflows/startable"
RECORDS = "/apps/shop/workflows/approval/startable-records"


def ways(client, **query):
    status, answer = client.get(LIST, **query)
    assert status == 200, answer
    return {one["key"]: [way["on"] for way in one["ways"]] for one in answer["workflows"]}


def titles(client, **query):
    status, answer = client.get(RECORDS, **query)
    assert status == 200, answer
    return [one["title"] for one in answer["records"]]


def starts(*given, **more):
    return {**APPROVAL, "starts": list(given), **more}


def test_each_workflow_says_how_it_is_started(shop, sales, admin):
    publish(
        shop,
        approval=APPROVAL,
        born=starts({"on": "create"}),
        changed=starts({"on": "change", "fields": ["note"]}),
        finance=starts({"on": "button", "roles": ["guest"]}),
        guests=starts({"on": "create", "allowed_to": {"roles": ["guest"]}}),
        off=starts({"on": "button"}, enabled=False),
        secret=starts({"on": "button"}, visible_to={"roles": ["manager"]}),
    )
    assert ways(sales) == {"approval": ["button", "create"], "born": ["create"]}
    assert ways(admin, app="shop") == {
        "approval": ["button", "create"],
        "born": ["create"],
        "finance": ["button"],
        "guests": ["create"],
        "secret": ["button"],
    }
    assert ways(sales, app="other") == {}


def test_who_may_only_read_starts_what_his_role_may_alone(shop, as_user):
    publish(shop, approval=APPROVAL, finance=starts({"on": "button", "roles": ["guest"]}))
    # A guest has no right on quotes at all.
    assert ways(as_user("guest")) == {}


def test_it_tells_when_one_started_it_last(shop, sales, manager):
    start(sales, quote(sales))
    [mine] = sales.get(LIST)[1]["workflows"]
    [theirs] = manager.get(LIST)[1]["workflows"]
    assert mine["last_started_at"] is not None
    assert theirs["last_started_at"] is None
    assert (mine["form"], mine["label"], mine["ways"][0]["label"]) == (
        "quote",
        label("Quote approval", "报价审批"),
        label("Submit"),
    )


@pytest.mark.parametrize("when", ['{status} = "draft"', 'AND({status} = "draft", {margin} > 0.1)'])
def test_records_are_those_on_which_it_may_begin_now(shop, sales, manager, other, when):
    publish(shop, approval=starts({"on": "button", "when": when}))
    for no, status in (("A1", "draft"), ("A2", "approved"), ("B3", "draft")):
        made = quote(sales, no, status=status)
        manager.patch(f"/apps/shop/forms/quote/records/{made['id']}", {"revision": 1, "margin": 0.2})
    running = quote(sales, "A4")
    manager.patch(f"/apps/shop/forms/quote/records/{running['id']}", {"revision": 1, "margin": 0.2})
    start(sales, running)
    assert titles(sales) == ["B3", "A1"]
    assert titles(sales, search="A1") == ["A1"]
    assert titles(sales, search="A2") == []
    assert titles(manager) == ["B3", "A1"]
    assert titles(other) == []


def test_what_has_no_button_for_one_is_not_there(shop, sales, as_user):
    publish(shop, approval=starts({"on": "create"}))
    assert sales.get(RECORDS)[0] == 404
    assert sales.get("/apps/shop/workflows/nothing/startable-records")[0] == 404
    assert as_user("guest").get(RECORDS)[0] == 404
