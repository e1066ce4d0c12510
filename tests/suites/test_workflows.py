"""From a quote with a large discount to a placed order, through the hands of four people."""

from itertools import count

import pytest

_numbers = count(1)


def workflow(desk, form, record):
    """The workflow's newest run on a record."""
    status, found = desk.client.get(desk.url(form, f"/{record['id']}/workflow"))
    assert status == 200, found
    return found["instances"][0]


def submit(desk, form, record, key):
    """Start a workflow by its button."""
    status, instance = desk.client.post(desk.url(form, f"/{record['id']}/workflow"), {"workflow": key})
    assert status == 201, instance
    return instance


def decide(desk, record, decision="approve", **more):
    """Decide what somebody has to do about a record."""
    tasks = desk.client.get("/tasks", limit=200)[1]["tasks"]
    [task] = [one for one in tasks if one["record"]["id"] == record["id"]]
    status, answer = desk.client.post(f"/tasks/{task['id']}/decision", {"decision": decision, **more})
    assert status == 200, answer
    return answer


@pytest.fixture
def rep_deal(desk):
    """A deal of the representative, and a product for 100 that goes for 80 at the least."""
    ops, rep = desk("sales_ops"), desk("rep")
    number = next(_numbers)
    product = ops.create("product", name=f"Table {number}", price=100, minimum_price=80, tax_rate="0.1")
    account = rep.create("account", name=f"Beta {number}")
    opportunity = rep.create("opportunity", name="Tables", account=account["id"], expected_close="2026-12-01")
    return {"product": product["id"], "opportunity": opportunity["id"]}


def quoted(desk, rep_deal, **values):
    line = {"product": rep_deal["product"], "qty": 10, **values.pop("line", {})}
    return desk("rep").create("quote", opportunity=rep_deal["opportunity"], lines=[line], **values)


def test_a_quote_with_a_large_discount_becomes_a_placed_order_as_four_people(desk, rep_deal):
    rep, lead, director, finance = (desk(name) for name in ("rep", "lead", "executive", "finance"))
    quote = quoted(desk, rep_deal, discount="0.35", line={"price": 70})
    assert rep.press("quote", quote, "send")[0] == 403
    started = submit(rep, "quote", quote, "quote_approval")
    assert [stop["node"] for stop in started["expected"]] == ["margin", "finance", "approved"]
    status, refused = rep.client.patch(
        rep.url("quote", f"/{quote['id']}"), {"revision": rep.read("quote", quote)["revision"], "discount": 0}
    )
    assert (status, refused["code"]) == (409, "locked_by_workflow")
    decide(director, quote, comment="Strategic customer")
    decide(finance, quote, comment="Margin noted")
    assert rep.read("quote", quote, "status") == ["approved"]
    rep.do("quote", quote, "send")
    order = rep.create("order", quote=quote["id"])
    assert rep.press("order", order, "place")[0] == 403
    submit(rep, "order", order, "special_price_order")
    assert rep.read("order", order, "status") == ["in_approval"]
    decide(lead, order)
    assert rep.read("order", order, "status") == ["placed"]
    said = [step["comment"] for step in workflow(rep, "quote", quote)["steps"] if step["comment"]]
    assert said == ["Strategic customer", "Margin noted"]


#: What is taken off, and who is asked.
WAYS = [("0.05", None), ("0.1", "lead"), ("0.2", "executive")]


@pytest.mark.parametrize("discount, asked", WAYS)
def test_who_is_asked_depends_on_the_discount(desk, rep_deal, discount, asked):
    quote = quoted(desk, rep_deal, discount=discount)
    submit(desk("rep"), "quote", quote, "quote_approval")
    if asked is not None:
        decide(desk(asked), quote)
    assert desk("rep").read("quote", quote, "status") == ["approved"]


def test_an_approved_quote_is_approved_again_when_more_is_given_away(desk, rep_deal):
    rep, lead = desk("rep"), desk("lead")
    quote = quoted(desk, rep_deal, discount="0.1")
    submit(rep, "quote", quote, "quote_approval")
    decide(lead, quote)
    changed = rep.change("quote", quote, discount="0.12")
    assert changed["status"] == "in_approval"
    decide(lead, quote, "reject", comment="Enough")
    assert rep.read("quote", quote, "status") == ["rejected"]
