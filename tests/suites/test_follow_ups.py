"""What was talked about with leads and customers: written once, shown wherever it belongs."""

from itertools import count

import pytest

MOBILES = (f"138{number:08}" for number in count(138_000))
TALKED = {"type": "call", "content": "Asked for prices", "result": "interested"}


@pytest.fixture
def contact(desk, deal):
    """Somebody at the deal's customer, on whom the deal depends."""
    found = desk("sales").create("contact", name="Ann", account=deal["account"]["id"])
    desk("sales").change("opportunity", deal["opportunity"], contact=found["id"])
    return found


@pytest.fixture
def lead(desk):
    """A lead with a number that no other test's lead has: the suite asks about those."""
    return desk("sales").create("lead", contact_name="Bo", mobile=next(MOBILES), source="exhibition")


def test_a_talk_about_a_deal_stands_at_the_deal_and_at_its_customer(desk, deal, contact):
    sales = desk("sales")
    made = sales.read("follow_up", sales.do("opportunity", deal["opportunity"], "follow_up", **TALKED))
    assert made["about"] == {
        "form": "opportunity", "id": deal["opportunity"]["id"], "title": deal["opportunity"]["title"],
    }  # fmt: skip
    assert (made["account"]["id"], made["contact"]["id"], made["stage_then"]) == (
        deal["account"]["id"], contact["id"], "requirement",
    )  # fmt: skip
    for form, record, name in (
        ("opportunity", deal["opportunity"], "follow_ups"),
        ("account", deal["account"], "follow_ups"),
        ("contact", contact, "follow_ups"),
    ):
        assert [one["id"] for one in sales.related(form, record, name)] == [made["id"]], form
    assert sales.related("account", deal["account"], "own_follow_ups") == []


def test_a_talk_with_the_customer_itself(desk, deal):
    sales = desk("sales")
    made = sales.read("follow_up", sales.do("account", deal["account"], "follow_up", **TALKED))
    assert (made["about"]["form"], made["account"]["id"]) == ("account", deal["account"]["id"])
    for name in ("follow_ups", "own_follow_ups"):
        assert [one["id"] for one in sales.related("account", deal["account"], name)] == [made["id"]]


def test_a_talk_with_a_lead(desk, lead):
    sales = desk("sales")
    made = sales.read("follow_up", sales.do("lead", lead, "follow_up", **TALKED))
    assert (made["about"]["id"], made["account"], made["stage_then"]) == (lead["id"], None, "pending")
    status, page = sales.client.get(sales.url("lead", f"/{lead['id']}/timeline"))
    assert status == 200
    assert [entry["id"] for entry in page["entries"] if entry.get("list") == "follow_ups"] == [made["id"]]
    assert not desk("other").sees("follow_up", made)
    assert desk("manager").sees("follow_up", made)


def test_one_thing_is_talked_about_at_a_time(desk, deal, lead):
    sales = desk("sales")
    assert sales.refused("follow_up", **TALKED) == {"/about"}
    assert sales.refused("follow_up", **TALKED, about={"form": "contact", "id": 1}) == {"/about"}
    made = sales.create("follow_up", **TALKED, about={"form": "lead", "id": lead["id"]})
    moved = sales.change("follow_up", made, about={"form": "opportunity", "id": deal["opportunity"]["id"]})
    assert moved["account"]["id"] == deal["account"]["id"]
    assert sales.related("lead", lead, "follow_ups") == []
    found = f"{{about.opportunity}} = {deal['opportunity']['id']}"
    status, page = sales.client.get(sales.url("follow_up"), filter=found)
    assert (status, [one["id"] for one in page["records"]]) == (200, [made["id"]])
