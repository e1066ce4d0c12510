"""The roles of the suite as people: who sees what from the pool to the cash, and a partner outside."""

from io import BytesIO
from itertools import count

import pytest

_numbers = count(1)
MOBILE = 13_800_200_000


def lead(desk, name, **values):
    number = next(_numbers)
    return desk(name).create(
        "lead",
        company=f"Roles {number} {name}",
        contact_name=f"Contact {number}",
        source="self",
        **{"mobile": str(MOBILE + number), **values},
    )


#: All but finance, whose forms are other ones.
EVERYBODY = (
    "sales", "other", "manager", "sdr", "commercial", "presales", "delivery", "marketing", "sales_ops",
    "executive", "partner", "rival",
)  # fmt: skip


def seen_by(desk, form, record):
    return {name for name in EVERYBODY if may_open(desk(name), form, record)}


def may_open(person, form, record):
    """Whether a record can be opened; it is listed exactly then."""
    opened = person.sees(form, record)
    status, page = person.client.post(person.url(form, "/query"), {"filter": f"{{id}} = {record['id']}"})
    assert (status == 200 and len(page["records"]) == 1) is opened
    return opened


ALWAYS = {"marketing", "sales_ops", "executive"}


def test_a_lead_of_ones_own_is_seen_by_its_department_and_who_looks_at_all(desk):
    mine = lead(desk, "sales", status="following")
    assert seen_by(desk, "lead", mine) == {"sales", "manager"} | ALWAYS
    desk("sales").change("lead", mine, collaborators=[desk("other").id])
    assert seen_by(desk, "lead", mine) == {"sales", "other", "manager"} | ALWAYS


def test_a_lead_in_the_pool_is_for_all_who_may_claim_it(desk):
    free = lead(desk, "marketing", status="unassigned")
    assert seen_by(desk, "lead", free) == {"sales", "other", "sdr", "manager"} | ALWAYS
    desk("sdr").do("lead", free, "claim")
    assert seen_by(desk, "lead", free) == {"sdr", "manager"} | ALWAYS


REACHED = {
    "mobile": "13800200999",
    "tel": "0755-86001234",
    "email": "li.lei@example.com",
    "wechat": "lilei88",
}
MASKED = {"mobile": "138****0999", "tel": "075****34", "email": "li****", "wechat": "li****"}


def test_how_a_lead_is_reached_is_masked_until_somebody_claims_it(desk):
    """Whoever may claim sees so much of a number that he knows it again, and cannot feel out the rest."""
    free = lead(desk, "marketing", status="unassigned", **REACHED)
    held = lead(desk, "sales", status="following")
    assert desk("marketing").read("lead", free, *REACHED) == [*REACHED.values()]
    for name in ("sdr", "sales"):
        assert desk(name).read("lead", free, *MASKED) == [*MASKED.values()]
        assert desk(name).read("lead", free)["$limits"]["masked"] == [*MASKED]
    found = [
        desk("sales").client.get(desk("sales").url("lead"), **query)[1]["records"]
        for query in (
            {"search": REACHED["mobile"]},
            {"filter": f'{{mobile}} = "{REACHED["mobile"]}"'},
            {"filter": 'ENDSWITH({email}, "example.com")', "search": "li.lei"},
        )
    ]
    assert found == [[], [], []]
    mine = desk("sales").client.get(desk("sales").url("lead"), search=held["mobile"])[1]["records"]
    assert [(one["id"], one["mobile"]) for one in mine] == [(held["id"], held["mobile"])]
    assert desk("sales").client.patch(
        desk("sales").url("lead", f"/{free['id']}"), {"revision": free["revision"], "mobile": "13800200998"}
    )[0] == 422  # fmt: skip
    desk("sdr").do("lead", free, "claim")
    assert desk("sdr").read("lead", free, *REACHED) == [*REACHED.values()]
    assert not desk("sales").sees("lead", free)
    desk("sdr").change("lead", free, mobile="13800200998")


def test_an_account_is_seen_without_its_phone_by_marketing(desk):
    account = desk("sales").create("account", name=f"Phone house {next(_numbers)}", phone="0755-86001234")
    assert seen_by(desk, "account", account) == {"sales", "manager"} | ALWAYS
    assert desk("finance").sees("account", account)
    assert "phone" not in desk("marketing").read("account", account)
    assert desk("executive").read("account", account, "phone") == ["0755-86001234"]
    assert desk("executive").client.patch(
        desk("executive").url("account", f"/{account['id']}"), {"revision": 1, "short_name": "A"}
    )[0] == 403  # fmt: skip


def test_what_a_manager_sees_ends_with_the_departments_below(desk):
    theirs = desk("sales_ops").create("account", name=f"Of operations {next(_numbers)}")
    assert seen_by(desk, "account", theirs) == ALWAYS


def test_a_deal_and_its_papers_are_for_those_who_work_on_it(desk, deal):
    sales, presales = desk("sales"), desk("presales")
    opportunity = deal["opportunity"]
    quote = sales.create(
        "quote", opportunity=opportunity["id"], lines=[{"product": deal["products"][0], "qty": 1}]
    )
    assert not presales.sees("opportunity", opportunity)
    assert not desk("other").sees("quote", quote)
    sales.change("opportunity", opportunity, presales=presales.id, team=[desk("other").id])
    assert presales.sees("opportunity", opportunity)
    assert desk("other").sees("quote", quote)
    for name in ("manager", "finance", "executive", "sales_ops"):
        assert desk(name).sees("quote", quote)
    assert not desk("sdr").sees("quote", quote)


@pytest.mark.parametrize(
    "name, shown",
    [("finance", True), ("executive", True), ("sales_ops", False), ("manager", False), ("sales", False)],
)
def test_costs_are_for_finance_and_those_who_decide(desk, deal, name, shown):
    product = desk(name).read("product", {"id": deal["products"][0]})
    assert ("cost" in product) is shown
    assert ("margin" in product) is shown


def ordered(desk, deal, **values):
    """An order of the salesperson for the deal."""
    return desk("sales").create(
        "order",
        account=deal["account"]["id"],
        opportunity=deal["opportunity"]["id"],
        lines=[{"product": deal["products"][0], "qty": 1}],
        **values,
    )


def test_renewals_are_for_who_keeps_those_of_the_account(desk, deal):
    sales, commercial = desk("sales"), desk("commercial")
    renewal, first = ordered(desk, deal, kind="renewal"), ordered(desk, deal)
    assert not commercial.sees("order", renewal)
    sales.change("account", deal["account"], commercial=commercial.id)
    assert commercial.sees("account", deal["account"])
    assert commercial.sees("order", renewal)
    assert not commercial.sees("order", first)
    assert not commercial.sees("opportunity", deal["opportunity"])
    path = commercial.url("order", f"/{renewal['id']}")
    answers = {
        kind: commercial.client.patch(path, {"revision": renewal["revision"], "kind": kind})[0]
        for kind in ("new", "renewal")
    }
    assert answers == {"new": 403, "renewal": 200}, "no renewal is moved out of its keeper's reach"
    lines = [{"product": deal["products"][0], "qty": 1}]
    again = commercial.create(
        "opportunity",
        name="Again",
        account=deal["account"]["id"],
        kind="renewal",
        expected_close="2026-12-01",
    )
    made = commercial.create(
        "order", account=deal["account"]["id"], opportunity=again["id"], kind="renewal", lines=lines
    )
    assert sales.client.get(sales.url("order", f"/{made['id']}"))[0] == 404


def test_delivery_sees_what_it_was_named_for(desk, deal):
    delivery, order = desk("delivery"), ordered(desk, deal)
    assert not delivery.sees("order", order)
    desk("sales").change("order", order, team=[delivery.id])
    assert delivery.sees("order", order)
    assert not delivery.sees("account", deal["account"])
    desk("sales").change("account", deal["account"], collaborators=[delivery.id])
    assert delivery.sees("account", deal["account"])


@pytest.mark.parametrize("form", ["product", "product_category", "price_book", "lead_pool", "campaign"])
def test_operations_keep_what_others_choose_from(desk, form):
    _, described = desk("sales_ops").client.get("/apps/crm_ltc")
    assert {"create", "edit", "delete"} <= set(described["forms"][form]["actions"])
    _, described = desk("sales").client.get("/apps/crm_ltc")
    assert "edit" not in described["forms"][form]["actions"]


def test_money_is_kept_by_finance(desk, deal):
    sales, finance = desk("sales"), desk("finance")
    order = ordered(desk, deal)
    sales.submit("order", order, "order_placement")
    receipt = sales.do("order", order, "receipt", amount=10)
    assert sales.press("receipt", receipt, "confirm")[0] in (403, 404)
    finance.do("receipt", receipt, "confirm")
    for name in ("manager", "executive", "sales_ops"):
        assert desk(name).sees("receipt", receipt)
    for name in ("other", "marketing", "sdr", "presales", "partner"):
        assert not desk(name).sees("receipt", receipt)


@pytest.fixture
def registered(desk):
    """A lead of the partner, one of its rival, and one of our own."""
    own = {name: lead(desk, name) for name in ("partner", "rival", "sales")}
    assert own["partner"]["partner"]["name"] == "Partner Ltd"
    return own


def test_a_partner_cannot_reach_a_record_of_others_by_any_address(desk, registered):
    partner = desk("partner")
    for other in (registered["rival"], registered["sales"]):
        for rest in ("", "/history", "/timeline", "/files", "/people"):
            assert partner.client.get(partner.url("lead", f"/{other['id']}{rest}"))[0] == 404, rest
        path = partner.url("lead", f"/{other['id']}")
        assert partner.client.post(f"{path}/comments", {"text": "Hello"})[0] == 404
        assert partner.client.patch(path, {"revision": 1, "demand": "x"})[0] == 404
        assert partner.client.delete(path)[0] in (403, 404)


def test_a_partner_reads_history_comments_and_files_of_his_own(desk, registered):
    partner, sales = desk("partner"), desk("sales")
    mine = registered["partner"]
    sales.do("lead", mine, "claim")
    sales.change("lead", mine, budget=5, note="Do not tell the partner")
    path = partner.url("lead", f"/{mine['id']}")
    assert partner.client.post(f"{path}/comments", {"text": "Please call"})[0] == 201
    for rest in ("/history", "/timeline"):
        status, told = partner.client.get(f"{path}{rest}")
        assert status == 200
        assert "Do not tell the partner" not in str(told)
        assert "Please call" in str(told) or rest == "/history"
    uploaded = [
        person.client.call("POST", "/files", data={"file": (BytesIO(b"plan"), "plan.txt")})[1]["id"]
        for person in (sales, sales)
    ]
    for record, file_id in zip((mine, registered["sales"]), uploaded, strict=True):
        sales.change("lead", record, files=[file_id])
        where = {"app": "crm_ltc", "form": "lead", "record": record["id"], "field": "files"}
        expected = 200 if record is mine else 404
        assert partner.client.get(f"/files/{file_id}", **where)[0] == expected


def test_a_partner_sees_customers_and_orders_that_came_from_him_with_masks(desk, deal, registered):
    sales, partner, rival = desk("sales"), desk("partner"), desk("rival")
    account = deal["account"]
    company = partner.client.get("/organisations")[1]["organisations"][0]["id"]
    assert not partner.sees("account", account)
    sales.change("account", account, partner=company, tax_no="91440300MA5FX00001", phone="0755-86001234")
    order = sales.create(
        "order", account=account["id"], opportunity=deal["opportunity"]["id"], receiver="Grace Wang",
        lines=[{"product": deal["products"][0], "qty": 1}],
    )  # fmt: skip
    shown = partner.read("account", account)
    assert (shown["tax_no"], shown["phone"]) == ("9144****0001", "075****1234")
    assert shown.keys().isdisjoint({"credit_limit", "received_amount", "level", "collaborators", "profile"})
    assert partner.read("order", order, "amount", "receiver") == [order["amount"], "G****"]
    assert "lines" not in partner.read("order", order)
    assert not rival.sees("account", account)
    assert not rival.sees("order", order)
    # What is masked cannot be asked for.
    asked = {"filter": '{tax_no} = "91440300MA5FX00001"'}
    status, _ = partner.client.post(partner.url("account", "/query"), asked)
    assert status == 422
    assert partner.client.patch(
        partner.url("account", f"/{account['id']}"), {"revision": 2, "name": "Mine now"}
    )[0] == 403  # fmt: skip


def test_a_partner_registers_a_lead_and_sales_takes_it_to_a_customer(desk, registered):
    partner, sales = desk("partner"), desk("sales")
    mine = registered["partner"]
    assert sales.sees("lead", mine), "what a partner registered waits in the pool"
    sales.do("lead", mine, "claim")
    revision = sales.read("lead", mine, "revision")[0]
    body = {
        "revision": revision,
        "values": {"tax_no": f"91440300MA5FK{next(_numbers):05}"},
        "targets": {"opportunity": {"values": {"expected_close": "2026-12-01"}}},
    }
    status, done = sales.client.post(sales.url("lead", f"/{mine['id']}/conversions/convert"), body)
    assert status == 200, done["issues"]
    account = sales.read("lead", mine, "converted_account")[0]
    assert partner.read("account", account, "name") == [mine["company"]]
    assert not desk("rival").sees("account", account)
