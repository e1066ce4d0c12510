"""A copy of a record: what it begins with, what it leaves out, and under which rules it is stored."""

import json

import pytest

from tests.api.test_attachments import upload
from tests.api.test_lines import DOCUMENT as TRADE
from tests.api.test_lines import Trade
from tests.api.test_lines import publish as publish_trade
from tests.api.ties import Ties, document, ids, publish

LEADS = "/apps/shop/forms/lead/records"


def copied(client, record) -> dict:
    status, answer = client.get(f"{LEADS}/{record['id']}/duplicate")
    assert status == 200, answer
    return answer["values"]


def duplicate(client, record, **values) -> tuple[int, dict]:
    return client.post(f"{LEADS}/{record['id']}/duplicate", {"values": values})


def test_a_copy_leaves_out_what_is_numbered_computed_or_unique(manager) -> None:
    acme = manager.create("account", name="Acme")
    lead = manager.create(
        "lead", company="A", amount=7, chance=0.5, email="a@b.cn", account=acme["id"], due="2026-05-01"
    )
    assert copied(manager, lead) == {
        "company": "A",
        "status": "new",
        "amount": 7,
        "chance": 0.5,
        "due": "2026-05-01",
        "account": {"id": acme["id"], "title": "Acme"},
    }
    status, copy = duplicate(manager, lead, company="B", due=None)
    assert status == 201, copy
    assert copy["no"] != lead["no"]
    assert [copy[key] for key in ("company", "amount", "expected", "email", "due")] == [
        "B",
        7,
        3.5,
        None,
        None,
    ]
    assert manager.get(f"{LEADS}/{lead['id']}")[1] == lead
    assert len(manager.get(LEADS)[1]["records"]) == 2


def test_rules_count_as_for_any_new_record(manager) -> None:
    lead = manager.create("lead", company="A", amount=7, status="won")
    status, answer = duplicate(manager, lead, amount=0)
    assert (status, answer["issues"][0]["path"]) == (422, "/amount")
    acme = manager.create("account", name="Acme", level="gold")
    path = f"/apps/shop/forms/account/records/{acme['id']}/duplicate"
    status, answer = manager.post(path, {})
    assert (status, answer["issues"][0]["code"]) == (422, "record_required"), "the unique name is to be given"
    status, copy = manager.post(path, {"values": {"name": "Acme 2"}})
    assert (status, copy["level"]) == (201, "gold")


def test_nobody_copies_more_than_he_may_read_and_write(manager, sales, other, as_user) -> None:
    lead = manager.create("lead", company="A", secret="hush", score=3, owner=sales.me["user"]["id"])
    assert copied(manager, lead)["secret"] == "hush"
    assert copied(sales, lead).keys() == {"company", "status"}
    status, copy = duplicate(sales, lead)
    assert status == 201, copy
    stored = manager.get(f"{LEADS}/{copy['id']}")[1]
    assert (stored["secret"], stored["score"], stored["owner"]["id"]) == (None, None, sales.me["user"]["id"])
    assert duplicate(sales, lead, secret="x")[0] == 422
    for client in (other, as_user("guest")):
        assert client.get(f"{LEADS}/{lead['id']}/duplicate")[0] in (403, 404)
        assert duplicate(client, lead)[0] in (403, 404)


def test_files_go_along_where_they_may_be_read(manager, sales) -> None:
    paper, foreign = upload(manager), upload(manager, "other.txt")
    lead = manager.create("lead", company="A", papers=[paper["id"]], owner=sales.me["user"]["id"])
    elsewhere = manager.create("lead", company="B", papers=[foreign["id"]])
    values = copied(sales, lead)
    assert [one["id"] for one in values["papers"]] == [paper["id"]]
    body = {"values": values, "copy_of": lead["id"]}
    assert sales.post(f"{LEADS}/prepare", body)[1]["issues"] == []
    status, copy = duplicate(sales, lead, papers=values["papers"])
    assert (status, ids(copy["papers"])) == (201, [paper["id"]])
    where = {"app": "shop", "form": "lead", "record": copy["id"], "field": "papers"}
    assert sales.get(f"/files/{paper['id']}", **where)[0] == 200
    for papers in ([foreign["id"]], [paper["id"], foreign["id"]]):
        status, answer = duplicate(sales, lead, papers=papers)
        assert (status, answer["issues"][0]["path"]) == (422, "/papers")
    assert duplicate(sales, elsewhere)[0] == 404
    assert sales.post(LEADS, {"company": "C", "papers": [paper["id"]]})[0] == 422, "no copy of that lead"
    assert sales.post(f"{LEADS}/prepare", {**body, "copy_of": elsewhere["id"]})[0] == 404


def test_both_ends_of_relations_stay_right(shop) -> None:
    passport = {
        "label": {"en": "Passport", "zh": "护照"},
        "title": "{no}",
        "fields": {
            "no": {"type": "text", "label": {"en": "No", "zh": "号码"}},
            "holder": {
                "type": "relation",
                "form": "contact",
                "unique": True,
                "label": {"en": "Holder", "zh": "持有人"},
                "inverse": {"key": "passport"},
            },
        },
    }
    app = document()
    app["forms"]["passport"] = passport
    publish(shop, app)
    ties = Ties(shop, shop.as_user("admin"))
    ann, bo = (ties.create("contact", name=name) for name in ("Ann", "Bo"))
    acme = ties.create("account", name="Acme")
    deal = ties.create("deal", name="A", amount=5, account=acme["id"], contacts=ids([bo, ann]))
    visit = ties.create("visit", note="V", hours=2, about={"form": "deal", "id": deal["id"]})
    held = ties.create("passport", no="P", holder=ann["id"])

    def copy(form: str, record) -> dict:
        status, answer = ties.client.post(ties.url(form, f"/{record['id']}/duplicate"), {})
        assert status == 201, answer
        return answer

    second = copy("deal", deal)
    assert (second["account"]["id"], ids(second["contacts"])) == (acme["id"], ids([bo, ann]))
    assert sorted(ties.related("account", acme, "deals")) == ["A", "A"]
    assert ties.read("contact", ann, "total") == 10
    assert ties.related("deal", second, "visits") == [], "children stay with the first"
    assert copy("visit", visit)["about"]["id"] == deal["id"]
    assert sorted(ties.related("deal", deal, "visits")) == ["V", "V"]
    assert copy("passport", held)["holder"] is None
    assert ties.read("passport", held, "holder")["id"] == ann["id"]
    assert ties.related("contact", copy("contact", ann), "passport") == []


@pytest.fixture
def trade(shop) -> Trade:
    publish_trade(shop, TRADE)
    return Trade(shop, shop.as_user("admin"))


def test_lines_are_copied_as_new_ones(trade) -> None:
    pen = trade.create("product", name="Pen", list_price=2)
    order = trade.create("order", no="1", lines=[{"product": pen["id"], "qty": 3, "note": "a"}, {"qty": 2}])
    path = trade.url("order", f"/{order['id']}/duplicate")
    values = trade.client.get(path)[1]["values"]
    assert values["lines"][0] == {
        "product": {"id": pen["id"], "title": "Pen"},
        "price": 2,
        "qty": 3,
        "note": "a",
    }
    status, copy = trade.client.post(path, {"values": {"no": "2"}})
    assert status == 201, copy
    assert not {line["id"] for line in copy["lines"]} & {line["id"] for line in order["lines"]}
    assert [line["qty"] for line in copy["lines"]] == [3, 2]
    assert copy["amount"] == order["amount"]
    assert trade.read("product", pen, "sold") == 6
    assert trade.read("order", order) == order


def test_what_lines_hide_is_not_copied(trade) -> None:
    sales = Trade(trade.shop, trade.shop.as_user("sales"))
    owner = sales.client.me["user"]["id"]
    order = trade.create("order", no="1", owner=owner, lines=[{"qty": 1, "cost": 77, "note": "mine"}])
    path = sales.url("order", f"/{order['id']}/duplicate")
    assert sales.client.get(path)[1]["values"]["lines"] == [{"qty": 1}]
    status, copy = sales.client.post(path, {})
    assert status == 201
    assert "77" not in json.dumps(trade.read("order", copy, "lines"))
