"""From a quote with a large discount to a placed order, through the hands of four people."""

from itertools import count

import pytest

_numbers = count(1)


def workflow(desk, form, record):
    """The workflow's newest run on a record."""
    status, found = desk.client.get(desk.url(form, f"/{record['id']}/workflow"))
    assert status == 200, found
    return found["instances"][0]


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
    started = rep.submit("quote", quote, "quote_approval")
    assert [stop["node"] for stop in started["expected"]] == ["margin", "finance", "approved"]
    status, refused = rep.client.patch(
        rep.url("quote", f"/{quote['id']}"), {"revision": rep.read("quote", quote)["revision"], "discount": 0}
    )
    assert (status, refused["code"]) == (409, "locked_by_workflow")
    director.decide("quote", quote, comment="Strategic customer")
    finance.decide("quote", quote, comment="Margin noted")
    assert rep.read("quote", quote, "status") == ["approved"]
    rep.do("quote", quote, "send")
    order = rep.create("order", quote=quote["id"])
    rep.submit("order", order, "order_placement")
    assert rep.read("order", order, "status") == ["in_approval"]
    lead.decide("order", order)
    assert rep.read("order", order, "status") == ["placed"]
    said = [step["comment"] for step in workflow(rep, "quote", quote)["steps"] if step["comment"]]
    assert said == ["Strategic customer", "Margin noted"]


#: What is taken off, and who is asked.
WAYS = [("0.05", None), ("0.1", "lead"), ("0.2", "executive")]


@pytest.mark.parametrize("discount, asked", WAYS)
def test_who_is_asked_depends_on_the_discount(desk, rep_deal, discount, asked):
    quote = quoted(desk, rep_deal, discount=discount)
    desk("rep").submit("quote", quote, "quote_approval")
    if asked is not None:
        desk(asked).decide("quote", quote)
    assert desk("rep").read("quote", quote, "status") == ["approved"]


def test_an_approved_quote_is_approved_again_when_more_is_given_away(desk, rep_deal):
    rep, lead = desk("rep"), desk("lead")
    quote = quoted(desk, rep_deal, discount="0.1")
    rep.submit("quote", quote, "quote_approval")
    lead.decide("quote", quote)
    changed = rep.change("quote", quote, discount="0.12")
    assert changed["status"] == "in_approval"
    lead.decide("quote", quote, "reject", comment="Enough")
    assert rep.read("quote", quote, "status") == ["rejected"]


def test_with_its_order_a_deal_is_won_and_the_account_a_customer(desk, rep_deal):
    rep = desk("rep")
    [account] = rep.read("opportunity", {"id": rep_deal["opportunity"]}, "account")
    rep.change("account", account, tax_no="91310115MA1K4B2C3D")
    order = rep.create("order", quote=quoted(desk, rep_deal)["id"])
    rep.submit("order", order, "order_placement")
    assert rep.read("order", order, "status", "amount") == ["placed", 1100]
    assert workflow(rep, "order", order)["steps"][-1]["label"]["en"] == "Approved"
    status, told = rep.client.get(rep.url("order", f"/{order['id']}/history"))
    assert status == 200
    changed = [
        one["new"] for entry in told["entries"] for one in entry["changes"] if one["field"] == "status"
    ]
    assert "in_approval" not in changed
    assert rep.records("opportunity", f"{{renews}} = {order['id']}") == []
    deal = rep.read("opportunity", {"id": rep_deal["opportunity"]})
    assert (deal["stage"], deal["amount"], deal["win_probability"]) == ("won", 1100, 1)
    assert rep.read("account", deal["account"], "classification", "lifecycle") == ["success", "customer"]
    assert rep.records("project", f"{{opportunity}} = {deal['id']}") == []


def test_an_order_of_services_that_ends_begins_its_renewal_and_a_project(desk, rep_deal):
    ops, rep = desk("sales_ops"), desk("rep")
    product = ops.create("product", name=f"Care {next(_numbers)}", price=100, kind="service", tax_rate=0)
    order = rep.create(
        "order",
        quote=quoted(desk, {**rep_deal, "product": product["id"]})["id"],
        service_from="2026-05-01",
        service_to="2027-04-30",
    )
    rep.submit("order", order, "order_placement")
    [renewal] = rep.records("opportunity", f"{{renews}} = {order['id']}")
    assert (renewal["kind"], renewal["stage"], renewal["expected_close"]) == (
        *("renewal", "requirement", "2027-04-30"),
    )
    assert (renewal["name"], renewal["amount"], renewal["owner"]["id"]) == ("Tables 2027", 1000, rep.id)
    [project] = rep.records("project", f"{{opportunity}} = {rep_deal['opportunity']}")
    assert (project["stage"], project["budget"], project["owner"]["id"]) == ("draft", 1000, rep.id)


@pytest.fixture
def unpaid(desk, rep_deal):
    """Placed by the representative: 10 tables for 1,100 with tax."""
    rep = desk("rep")
    quote = quoted(desk, rep_deal)
    rep.do("quote", quote, "send")
    made = rep.create("order", quote=quote["id"])
    rep.submit("order", made, "order_placement")
    return made


@pytest.fixture
def order(desk, unpaid):
    """The same, and paid."""
    desk("finance").create("receipt", order=unpaid["id"], amount=unpaid["amount"], status="confirmed")
    return unpaid


def test_a_refund_goes_to_the_head_of_the_department_and_to_finance_by_itself(desk, order):
    rep, lead, finance = desk("rep"), desk("lead"), desk("finance")
    refund = rep.create("refund", order=order["id"], amount=100, reason="price")
    assert workflow(rep, "refund", refund)["workflow"] == "refund_approval"
    lead.decide("refund", refund)
    assert rep.read("refund", refund, "status") == ["requested"]
    finance.decide("refund", refund, values={"method": "bank"})
    assert rep.read("refund", refund, "status", "method") == ["approved", "bank"]
    finance.do("refund", refund, "pay")
    assert rep.read("order", order, "performance", "status") == [-100, "placed"]
    [back] = rep.records("performance_split", f"{{refund}} = {refund['id']}")
    assert (back["person"]["id"], back["source"]) == (rep.id, rep.read("refund", refund, "no")[0])


def test_what_is_paid_back_in_full_is_void_and_performance_is_taken_back_once(desk, order):
    rep, finance = desk("rep"), desk("finance")
    refund = rep.create("refund", order=order["id"], amount=order["amount"], reason="cancelled", kind="full")
    desk("lead").decide("refund", refund)
    finance.decide("refund", refund)
    if workflow(rep, "refund", refund)["status"] == "running":
        desk("executive").decide("refund", refund)
    finance.do("refund", refund, "pay")
    assert rep.read("order", order, "status") == ["void"]
    finance.change("refund", refund, status="approved")
    finance.change("refund", refund, status="paid", refunded_on="2026-05-01")
    assert len(rep.records("performance_split", f"{{refund}} = {refund['id']}")) == 1


def test_a_refund_that_is_rejected_is_over(desk, order):
    rep = desk("rep")
    refund = rep.create("refund", order=order["id"], amount=100, reason="price")
    desk("lead").decide("refund", refund, "reject", comment="Not without the goods")
    assert rep.read("refund", refund, "status") == ["rejected"]
    assert workflow(rep, "refund", refund)["status"] == "rejected"


@pytest.mark.parametrize(
    "amount, asked",
    [(20_000, ["lead"]), (200_000, ["lead", "finance"]), (2_000_000, ["lead", "finance", "executive"])],
)
def test_the_larger_a_contract_the_more_approve_it(desk, rep_deal, amount, asked):
    rep = desk("rep")
    deal = rep.read("opportunity", {"id": rep_deal["opportunity"]})
    contract = rep.create(
        "contract", name="Frame", account=deal["account"]["id"], opportunity=deal["id"], amount=amount
    )
    assert rep.press("contract", contract, "sign", signed_on="2026-04-01")[0] == 403
    rep.submit("contract", contract, "contract_approval")
    for name in asked:
        # Executives sign; the head of the department may, and finance does not.
        signed = {"signature": {"typed": "Xu Lan"}} if name == "executive" else {}
        desk(name).decide("contract", contract, **signed)
    assert rep.read("contract", contract, "stage") == ["approved"]
    decided = [step for step in workflow(rep, "contract", contract)["steps"] if step["event"] == "decided"]
    assert [step["signature"] is not None for step in decided] == [name == "executive" for name in asked]
    rep.do("contract", contract, "sign", signed_on="2026-04-01")


def test_pre_sales_assigns_an_engineer_who_supports_and_is_rated(desk, rep_deal):
    rep, presales = desk("rep"), desk("presales")
    request = rep.create(
        "presales_request",
        subject="Show the tables",
        opportunity=rep_deal["opportunity"],
        kind="demo",
        needed_on="2026-05-01",
        need="All models",
    )
    rep.submit("presales_request", request, "presales_support")
    tasks = presales.client.get("/tasks", form="presales_request")[1]["tasks"]
    [task] = [one for one in tasks if one["record"]["id"] == request["id"]]
    status, refused = presales.client.post(f"/tasks/{task['id']}/decision", {"decision": "approve"})
    assert (status, [issue["path"] for issue in refused["issues"]]) == (422, ["/values/engineer"])
    presales.decide("presales_request", request, values={"engineer": presales.id})
    assert rep.read("presales_request", request, "status") == ["assigned"]
    presales.decide(
        "presales_request", request, "submit", values={"work": "Shown", "done_on": "2026-04-02", "hours": 2}
    )
    assert rep.read("presales_request", request, "status") == ["rating"]
    rep.decide("presales_request", request, "submit", values={"rating": 5})
    assert rep.read("presales_request", request, "status", "rating") == ["done", 5]


def test_a_project_is_reviewed_side_by_side_delivered_audited_and_handed_over(desk, rep_deal):
    rep, presales, delivery, finance = (desk(name) for name in ("rep", "presales", "delivery", "finance"))
    deal = rep.read("opportunity", {"id": rep_deal["opportunity"]})
    project = rep.create(
        "project",
        name="Fit out",
        account=deal["account"]["id"],
        opportunity=deal["id"],
        scope="All rooms",
        budget=150_000,
    )
    rep.submit("project", project, "project_intake")
    presales.decide(
        "project", project, values={"feasibility": "Yes", "estimated_days": 20, "manager": delivery.id}
    )
    assert rep.read("project", project, "stage") == ["review"]
    finance.decide("project", project)
    presales.decide("project", project, values={"presales_opinion": "As shown"})
    assert rep.read("project", project, "stage") == ["review"]
    delivery.decide("project", project, values={"technical_opinion": "Two teams"})
    assert rep.read("project", project, "stage") == ["delivery"]
    delivery.decide("project", project, "submit", values={"delivered_on": "2026-04-03", "actual_days": 22})
    audit = desk("sales_ops")
    audit.decide("project", project, "return", to="delivery", comment="Where are the drawings?")
    delivery.decide("project", project, "submit", values={"progress": 1})
    audit.decide("project", project)
    rep.decide("project", project, "submit", values={"collected": True})
    assert rep.read("project", project, "stage") == ["service"]
    assert workflow(rep, "project", project)["status"] == "approved"


def test_a_bad_debt_goes_to_finance_and_to_the_executives_by_itself(desk, unpaid):
    rep, finance = desk("rep"), desk("finance")
    debt = finance.create("bad_debt", order=unpaid["id"], amount=50, reason="insolvent")
    assert workflow(finance, "bad_debt", debt)["workflow"] == "bad_debt_approval"
    finance.decide("bad_debt", debt)
    assert finance.read("bad_debt", debt, "status") == ["requested"]
    desk("executive").decide("bad_debt", debt)
    assert finance.read("bad_debt", debt, "status") == ["approved"]
    assert rep.read("order", unpaid, "written_off", "performance") == [50, -50]


def test_a_new_credit_limit_counts_when_finance_and_for_a_large_one_the_executives_agree(desk, rep_deal):
    ops, finance = desk("sales_ops"), desk("finance")
    account = desk("rep").read("opportunity", {"id": rep_deal["opportunity"]}, "account")[0]
    revision = ops.read("account", account, "revision")[0]
    body = {"revision": revision, "credit_limit": 2_000_000}
    status, answer = ops.client.patch(ops.url("account", f"/{account['id']}"), body)
    assert (status, answer["credit_limit"]) == (202, None)
    finance.decide("account", account, values={"credit_limit": 1_500_000})
    assert ops.read("account", account, "credit_limit") == [None]
    desk("executive").decide("account", account)
    assert ops.read("account", account, "credit_limit") == [1_500_000]
