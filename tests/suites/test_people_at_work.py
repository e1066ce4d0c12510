"""An order through the hands of sales, their manager and finance, each with what they may do."""

import pytest


@pytest.fixture
def book(desk, deal):
    """A price book for this deal: the first product at 90 instead of 100, at most ten percent off."""
    ops = desk("sales_ops")
    lines = [
        {"product": deal["products"][0], "price": 90, "floor_discount": "0.1"},
        {"product": deal["products"][1], "price": 45},
    ]
    return ops.create("price_book", name=f"Book {deal['account']['id']}", status="active", lines=lines)


def quoted(desk, deal, book, **line):
    lines = [{"product": deal["products"][0], "qty": 2, **line}]
    return desk("sales").create(
        "quote", opportunity=deal["opportunity"]["id"], price_book=book and book["id"], lines=lines
    )


def test_prices_come_from_the_price_book_or_else_from_the_product(desk, deal, book):
    [line] = quoted(desk, deal, book)["lines"]
    assert (line["price"], line["list_price"], line["off_list"], line["amount"]) == (90, 90, 0, 180)
    [line] = quoted(desk, deal, None)["lines"]
    assert (line["price"], line["list_price"]) == (100, 100)
    [line] = quoted(desk, deal, book, discount="0.05")["lines"]
    assert (float(line["off_list"]), line["amount"], line["special"]) == (0.05, 171, False)


#: The floor of the book is 81, that of the product 80; the other product of the book has none of its own.
FLOORS = [(True, 0, 81, False), (True, 0, 80, True), (False, 0, 80, False), (False, 0, 79, True),
          (True, 1, 40, False), (True, 1, 39, True)]  # fmt: skip


@pytest.mark.parametrize("of_book, product, price, special", FLOORS)
def test_a_price_below_the_floor_is_special(desk, deal, book, of_book, product, price, special):
    quote = quoted(desk, deal, book if of_book else None, product=deal["products"][product], price=price)
    assert (quote["special_price"], quote["lines"][0]["special"]) == (special, special)


def test_special_prices_are_not_sent_without_approval(desk, deal, book):
    sales, manager = desk("sales"), desk("manager")
    quote = quoted(desk, deal, book, price=70)
    for person in (sales, manager):
        assert person.press("quote", quote, "send")[0] == 403


@pytest.fixture
def order(desk, deal, book):
    """Quoted by the book, put under a contract, ordered, placed: two desks for 198 with tax."""
    sales = desk("sales")
    quote = quoted(desk, deal, book)
    sales.do("quote", quote, "send")
    contract = sales.read("contract", sales.do("quote", quote, "contract"))
    assert (contract["name"], contract["amount"], contract["lines_amount"]) == ("Furniture", 198, 198)
    assert [line["price"] for line in contract["lines"]] == [90]
    sales.submit("contract", contract, "contract_approval")
    desk("manager").decide("contract", contract)
    sales.do("contract", contract, "sign", signed_on="2026-04-01")
    made = sales.read("order", sales.do("contract", contract, "order"))
    assert (made["amount"], made["price_book"]["id"], made["contract"]["id"]) == (
        198, book["id"], contract["id"],
    )  # fmt: skip
    sales.submit("order", made, "order_placement")
    assert sales.read("contract", contract, "ordered") == [198]
    return made


def paid(desk, order, amount=198):
    """The salesperson says that money came in, finance confirms it."""
    receipt = desk("sales").do("order", order, "receipt", amount=amount)
    desk("finance").do("receipt", receipt, "confirm")
    return receipt


def test_what_is_overdue_is_what_plans_asked_for_and_nobody_paid(desk, deal, order):
    sales, finance = desk("sales"), desk("finance")
    late = sales.create("payment_plan", order=order["id"], amount=98, due_on="2026-03-01")
    sales.create("payment_plan", order=order["id"], amount=100, due_on="2026-12-01")
    assert sales.read("order", order, "planned", "overdue_amount", "outstanding") == [198, 98, 198]
    assert sales.read("account", deal["account"], "overdue_amount") == [98]
    found = sales.client.get(sales.url("account"), filter="{overdue_amount} > 97", fields="name")[1]
    assert deal["account"]["id"] in [one["id"] for one in found["records"]]
    receipt = sales.do("order", order, "receipt", amount=98)
    sales.change("receipt", receipt, write_offs=[{"plan": late["id"], "amount": 98}])
    finance.do("receipt", receipt, "confirm")
    assert sales.read("order", order, "received", "overdue_amount", "outstanding") == [98, 0, 100]


def test_performance_is_credited_and_taken_back(desk, order):
    sales, finance, manager = desk("sales"), desk("finance"), desk("manager")
    receipt = paid(desk, order)
    split = sales.read("performance_split", sales.do("receipt", receipt, "split", share="0.6"))
    assert (split["amount"], split["person"]["id"], split["source"]) == (
        pytest.approx(118.8), sales.id, sales.read("receipt", receipt, "no")[0],
    )  # fmt: skip
    more = {"order": order["id"], "receipt": receipt["id"], "person": desk("other").id}
    assert sales.refused("performance_split", **more, share="0.5") == {"/share"}
    helped = sales.create("performance_split", **more, share="0.4")
    sales.create("performance_split", **more, share="0.5", kind="marketing")
    assert desk("other").sees("performance_split", helped)
    assert not desk("other").sees("performance_split", split)
    assert sales.press("performance_split", split, "confirm")[0] == 404
    manager.do("performance_split", split, "confirm")
    assert sales.read("order", order, "performance") == [297]

    refund = sales.do("receipt", receipt, "refund", amount=50, reason="price")
    desk("manager").decide("refund", refund)
    finance.decide("refund", refund)
    finance.do("refund", refund, "pay")
    assert sales.refused("performance_split", order=order["id"], refund=refund["id"], base=1) == {
        "/base",
        "/share",
    }
    [back] = sales.records("performance_split", f"{{refund}} = {refund['id']}")
    assert (back["amount"], back["person"]["id"]) == (-50, sales.id)
    assert sales.read("order", order, "performance", "refunded", "net_received") == [247, 50, 148]


@pytest.mark.parametrize(
    "action, values, form, expected",
    [
        ("plan", {}, "payment_plan", {"amount": 198}),
        ("receipt", {}, "receipt", {"amount": 198}),
        ("invoice", {"made_out_to": "Acme"}, "invoice", {"amount": 198}),
        ("bad_debt", {"reason": "gone"}, "bad_debt", {"amount": 198}),
        ("split", {}, "performance_split", {"amount": 198, "base": 198}),
    ],
)
def test_everything_begins_at_the_order(desk, deal, order, action, values, form, expected):
    sales = desk("sales")
    made = sales.read(form, sales.do("order", order, action, **values))
    assert (made["order"]["id"], made["account"]["id"]) == (order["id"], deal["account"]["id"])
    assert {key: made[key] for key in expected} == expected
    assert not desk("other").sees(form, made)
    assert desk("manager").sees(form, made)
    assert not desk("marketing").sees(form, made)


def test_finance_books_commissions_and_sales_do_not(desk, order):
    finance = desk("finance")
    made = finance.read("platform_commission", finance.do("order", order, "commission", platform="shop"))
    assert (made["base"], float(made["amount"])) == (198, 9.9)
    assert desk("sales").press("order", order, "commission", platform="shop")[0] in (403, 404)
