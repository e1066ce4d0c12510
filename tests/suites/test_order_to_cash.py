"""From the offer to the money: a salesperson sells, finance confirms, and the sums follow."""

import pytest


@pytest.fixture
def order(desk, deal):
    """Made from a quote: two desks and four chairs for 440 with tax, placed."""
    sales = desk("sales")
    first, second = deal["products"]
    quote = sales.create(
        "quote",
        opportunity=deal["opportunity"]["id"],
        lines=[{"product": first, "qty": 2}, {"product": second, "qty": 4}],
    )
    assert (quote["subtotal"], quote["tax_total"], quote["total"]) == (400, 40, 440)
    assert quote["capital"] == "肆佰肆拾元整"
    assert (quote["account"]["id"], quote["name"]) == (deal["account"]["id"], "Furniture")
    sales.do("quote", quote, "send")
    made = sales.create("order", quote=quote["id"])
    assert [(line["qty"], line["amount"]) for line in made["lines"]] == [(2, 200), (4, 200)]
    assert (made["opportunity"]["id"], made["amount"]) == (deal["opportunity"]["id"], 440)
    sales.submit("order", made, "order_placement")
    return made


def test_what_is_outstanding_falls_with_what_finance_confirms(desk, deal, order):
    sales, finance = desk("sales"), desk("finance")
    plan = sales.create("payment_plan", order=order["id"], amount=300)
    receipt = sales.create(
        "receipt", order=order["id"], amount=300, write_offs=[{"plan": plan["id"], "amount": 300}]
    )
    assert receipt["account"]["id"] == deal["account"]["id"]
    assert sales.read("order", order, "received", "outstanding") == [0, 440]
    assert sales.press("receipt", receipt, "confirm")[0] == 404
    finance.do("receipt", receipt, "confirm")
    assert sales.read("order", order, "received", "outstanding", "planned") == [300, 140, 300]
    assert sales.read("payment_plan", plan, "allocated", "open_amount") == [300, 0]
    sums = ("ordered_amount", "received_amount", "outstanding_amount")
    assert sales.read("account", deal["account"], *sums) == [440, 300, 140]
    assert sales.refused("receipt", order=order["id"], amount=141) == {"/amount"}
    finance.do("receipt", finance.create("receipt", order=order["id"], amount=140), "confirm")
    assert sales.read("order", order, "outstanding") == [0]


def test_no_more_is_paid_back_than_came_in(desk, order):
    sales, finance = desk("sales"), desk("finance")
    finance.create("receipt", order=order["id"], amount=200, status="confirmed")
    assert sales.refused("refund", order=order["id"], amount=201, reason="price") == {"/amount"}
    refund = sales.create("refund", order=order["id"], amount=50, reason="price")
    assert sales.read("order", order, "refunded") == [0]
    assert finance.refused("refund", order=order["id"], amount=151, reason="price") == {"/amount"}
    desk("manager").decide("refund", refund)
    finance.decide("refund", refund)
    finance.do("refund", refund, "pay")
    finance.create("platform_commission", order=order["id"], rate="0.1")
    assert sales.read("order", order, "refunded", "commission", "net_received") == [50, 44, 106]
    assert sales.read("order", order, "outstanding") == [240]


def test_bad_debts_and_invoices_stay_within_the_order(desk, order):
    sales, finance = desk("sales"), desk("finance")
    assert sales.refused("bad_debt", order=order["id"], amount=441, reason="gone") == {"/amount"}
    debt = sales.create("bad_debt", order=order["id"], amount=40, reason="gone")
    finance.decide("bad_debt", debt)
    desk("executive").decide("bad_debt", debt)
    assert sales.read("order", order, "written_off", "outstanding") == [40, 400]
    invoice = sales.create("invoice", order=order["id"], amount=400, made_out_to="Acme")
    assert sales.refused("invoice", order=order["id"], amount=41, made_out_to="Acme") == {"/amount"}
    finance.do("invoice", invoice, "issue", number="25312000")
    assert sales.read("order", order, "invoiced") == [400]


def test_who_is_given_a_share_gets_one_of_all(desk, order):
    sales = desk("sales")
    me = sales.client.me["user"]["id"]
    share = {"person": me, "share": "0.4"}
    assert sales.refused("receipt", order=order["id"], amount=100, split=[share]) == {"/split"}
    halves = [share, {"person": me, "kind": "help", "share": "0.6"}]
    made = sales.create("receipt", order=order["id"], amount=100, split=halves)
    assert [line["amount"] for line in made["split"]] == [40, 60]


def test_a_price_below_the_lowest_marks_the_order(desk, deal):
    lines = [{"product": deal["products"][0], "price": 79}]
    made = desk("sales").create("order", opportunity=deal["opportunity"]["id"], lines=lines)
    assert made["special_price"] is True
    assert desk("sales").refused("order", opportunity=deal["opportunity"]["id"], lines=[]) == {"/lines"}


@pytest.mark.parametrize("line", [{"qty": 0}, {"price": -1}, {"discount": "1.2"}])
def test_lines_are_checked(desk, deal, line):
    lines = [{"product": deal["products"][0], **line}]
    [path] = desk("sales").refused("quote", opportunity=deal["opportunity"]["id"], lines=lines)
    assert path == f"/lines/0/{next(iter(line))}"


def test_buttons_of_an_order_begin_what_belongs_to_it(desk, deal, order):
    sales = desk("sales")
    status, done = sales.press("order", order, "receipt", amount=100)
    assert (status, done["created"]["form"]) == (200, "receipt"), done
    made = sales.read("receipt", done["created"])
    assert (made["order"]["id"], made["account"]["id"], made["amount"]) == (
        order["id"], deal["account"]["id"], 100,
    )  # fmt: skip
    asked = sales.press("order", order, "invoice", made_out_to="Acme Ltd")[1]["created"]
    assert sales.read("invoice", asked, "made_out_to", "amount") == ["Acme Ltd", 440]
    assert sales.press("order", order, "refund", amount=1, reason="other")[0] != 200


def test_everybody_sees_what_is_his(desk, order):
    finance = desk("finance")
    receipt = finance.create("receipt", order=order["id"], amount=10)
    assert desk("sales").read("receipt", receipt, "amount") == [10]
    for name, form, record in (
        ("other", "order", order),
        ("other", "receipt", receipt),
        ("marketing", "order", order),
    ):
        found = desk(name)
        assert found.client.get(found.url(form, f"/{record['id']}"))[0] in (403, 404), (name, form)
