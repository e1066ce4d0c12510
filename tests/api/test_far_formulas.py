"""Formulas that look at other records, through every door by which those can change."""

import json
from pathlib import Path

import pytest

from joinery.directory import Actor
from joinery.runtime.apps import publishing

DOCUMENT = json.loads((Path(__file__).parent / "far_app.json").read_text(encoding="utf-8"))


class Far:
    """The app of these tests, and one who uses it."""

    def __init__(self, shop, client) -> None:
        self.shop = shop
        self.client = client

    def url(self, form: str, rest: str = "") -> str:
        return f"/apps/far/forms/{form}/records{rest}"

    def create(self, form: str, **values):
        status, record = self.client.post(self.url(form), values)
        assert status == 201, record
        return record

    def read(self, form: str, record, *keys: str):
        status, found = self.client.get(self.url(form, f"/{record['id']}"))
        assert status == 200, found
        return found[keys[0]] if len(keys) == 1 else [found[key] for key in keys]

    def change(self, form: str, record, **values):
        revision = self.read(form, record, "revision")
        status, found = self.client.patch(
            self.url(form, f"/{record['id']}"), {**values, "revision": revision}
        )
        assert status == 200, found
        return found


def publish(shop, document) -> None:
    actor = Actor(user_id=None, name="setup", is_admin=True, workspace=shop.workspace_key)
    with shop.services.unit(shop.workspace_key) as unit:
        publishing.publish_app(unit, actor, "far", document)


@pytest.fixture
def far(shop) -> Far:
    publish(shop, DOCUMENT)
    return Far(shop, shop.as_user("admin"))


def test_a_sum_follows_its_items_in_and_out(far) -> None:
    acme, other = far.create("account", name="Acme"), far.create("account", name="Other")
    first = far.create("order", account=acme["id"], amount=100, status="confirmed")
    second = far.create("order", account=acme["id"], amount=250, status="draft")
    assert far.read("account", acme, "total", "confirmed") == [350, 100]
    far.change("order", second, status="confirmed")
    assert far.read("account", acme, "confirmed") == 350
    far.change("order", first, amount=10)
    assert far.read("account", acme, "total") == 260
    far.change("order", second, account=other["id"])
    assert far.read("account", acme, "total") == 10
    assert far.read("account", other, "total") == 250
    assert far.client.delete(far.url("order", f"/{second['id']}"))[0] == 204
    assert far.read("account", other, "total") == 0
    assert far.client.post(far.url("order", f"/{second['id']}/restore"), None)[0] == 200
    assert far.read("account", other, "total") == 250


def test_a_record_that_comes_back_is_seen_by_those_that_came_back_before(far) -> None:
    acme = far.create("account", name="Acme", level="gold")
    order = far.create("order", account=acme["id"], amount=1)
    for form, record in (("order", order), ("account", acme)):
        assert far.client.delete(far.url(form, f"/{record['id']}"))[0] == 204
    for form, record in (("order", order), ("account", acme)):
        assert far.client.post(far.url(form, f"/{record['id']}/restore"), None)[0] == 200
    assert far.read("order", order, "level") == "gold"
    assert far.read("account", acme, "total") == 1


def test_a_looked_up_value_follows_its_record(far) -> None:
    north, south = far.create("region", name="North", rate=0.1), far.create("region", name="South", rate=0.2)
    acme = far.create("account", name="Acme", level="gold", region=north["id"])
    order = far.create("order", account=acme["id"], amount=100)
    assert far.read("order", order, "level", "region") == ["gold", "North"]
    far.change("account", acme, level="silver", region=south["id"])
    assert far.read("order", order, "level", "region") == ["silver", "South"]
    far.change("region", south, name="Far south")
    assert far.read("order", order, "region") == "Far south"
    far.change("order", order, account=None)
    assert far.read("order", order, "level", "region") == [None, None]


def test_formulas_upon_formulas_of_other_records(far) -> None:
    region = far.create("region", name="North", rate=0.5)
    acme = far.create("account", name="Acme", region=region["id"])
    first = far.create("order", account=acme["id"], amount=100)
    far.create("order", account=acme["id"], amount=300)
    assert far.read("account", acme, "weighted") == 200
    assert far.read("order", first, "share") == 0.25
    far.change("region", region, rate=0.25)
    assert far.read("account", acme, "weighted") == 100


def test_records_behind_two_relations_and_sums_of_products(far) -> None:
    acme = far.create("account", name="Acme")
    orders = [far.create("order", account=acme["id"], amount=1) for _ in range(2)]
    item = far.create("item", order=orders[0]["id"], price=2, qty=3)
    far.create("item", order=orders[1]["id"], price=5, qty=4)
    assert far.read("account", acme, "lines", "value") == [2, 26]
    far.change("item", item, qty=1)
    assert far.read("account", acme, "value") == 22
    far.change("order", orders[1], account=None)
    assert far.read("account", acme, "lines", "value") == [1, 2]


def test_the_latest_and_what_depends_on_today(far) -> None:
    acme = far.create("account", name="Acme")
    far.create("order", account=acme["id"], amount=7, day="2020-05-01")
    far.create("order", account=acme["id"], amount=9, day="2020-06-01")
    far.create("order", account=acme["id"], amount=11, day="2999-01-01")
    assert far.read("account", acme, "latest", "late") == [11, 2]
    status, page = far.client.get(far.url("account"), filter="{late} > 1", sort="-late", fields="name,late")
    assert (status, [row["late"] for row in page["records"]]) == (200, [2])
    status, found = far.client.post(
        far.url("account", "/aggregate"), {"measures": {"late": {"fn": "sum", "field": "late"}}}
    )
    assert (status, found["rows"]) == (200, [{"late": 2}])


def test_batches_and_imports_bring_sums_up_to_date(far) -> None:
    acme = far.create("account", name="Acme")
    body = {"create": [{"account": acme["id"], "amount": n} for n in range(1, 101)]}
    assert far.client.post(far.url("order", "/batch"), body)[0] == 200
    assert far.read("account", acme, "total") == 5050


def test_a_computed_change_has_history_and_keeps_the_revision(far) -> None:
    acme = far.create("account", name="Acme")
    far.create("order", account=acme["id"], amount=100)
    status, told = far.client.get(far.url("account", f"/{acme['id']}/history"))
    assert status == 200
    newest = told["entries"][0]
    assert (newest["kind"], newest["source"]) == ("updated", "formula")
    assert {change["field"]: change["new"] for change in newest["changes"]}["total"] == 100
    assert far.read("account", acme, "revision") == acme["revision"]
    count = len(told["entries"])
    far.create("order", account=acme["id"], amount=0)
    assert len(far.client.get(far.url("account", f"/{acme['id']}/history"))[1]["entries"]) == count


def test_rules_look_at_other_records(far) -> None:
    region = far.create("region", name="North")
    acme = far.create("account", name="Acme", region=region["id"])
    status, problem = far.client.post(far.url("order"), {"account": acme["id"], "amount": 2_000_000})
    assert (status, problem["issues"][0]["path"]) == (422, "/amount")


def test_row_scopes_look_at_other_records(far) -> None:
    seen, hidden = (
        far.create("account", name="A", level="gold"),
        far.create("account", name="B", level="hidden"),
    )
    order = far.create("order", account=seen["id"], amount=1)
    secret = far.create("order", account=hidden["id"], amount=2)
    person = far.shop.as_user("sales")
    _, page = person.get(far.url("order"))
    assert [row["id"] for row in page["records"]] == [order["id"]]
    assert person.get(far.url("order", f"/{secret['id']}"))[0] == 404
    assert person.post(far.url("order"), {"account": hidden["id"], "amount": 1})[0] == 403


@pytest.mark.parametrize("formula", ['COUNTIF(LIST("a"), "HALF*")', 'COUNTIFS({orders.status}, "HALF*")'])
def test_half_a_character_in_a_formula_is_refused(far, formula) -> None:
    written = json.dumps(formula).replace("HALF", "\\ud800")
    body = f'{{"app": "far", "form": "account", "formula": {written}}}'
    status, problem = far.client.post("/formulas/evaluate", body)
    assert (status, problem["issues"][0]["code"]) == (422, "formula_no_character")


def test_half_a_character_in_a_value_is_none(far) -> None:
    body = '{"formula": "SEARCH(\\"?\\", {a})", "record": {"a": "\\ud800"}}'
    assert far.client.post("/formulas/evaluate", body)[1]["value"] == 1


def test_filters_of_people_reach_only_what_they_may_see(far) -> None:
    hidden = far.create("account", name="B", level="hidden")
    far.create("order", account=hidden["id"], amount=2)
    acme = far.create("account", name="Acme", level="gold")
    far.create("order", account=acme["id"], amount=1)
    path, ask = far.url("account"), "{name} & COUNTA({orders})"
    person = far.shop.as_user("sales")
    assert far.client.get(path, filter="COUNTA({orders}) = 1")[1]["count"]["value"] == 2
    assert person.get(path, filter="COUNTA({orders}) = 1")[1]["count"]["value"] == 1
    asked = {"formula": ask, "app": "far", "form": "account", "record": hidden["id"]}
    assert far.client.post("/formulas/evaluate", asked)[1]["value"] == "B1"
    assert person.post("/formulas/evaluate", asked)[1]["value"] == "B0"


def test_rules_look_at_what_was_before(far) -> None:
    order = far.create("order", amount=1, status="draft")
    far.change("order", order, status="confirmed")
    revision = far.read("order", order, "revision")
    path = far.url("order", f"/{order['id']}")
    status, problem = far.client.patch(path, {"status": "draft", "revision": revision})
    assert (status, problem["issues"][0]["path"]) == (422, "/status")


def test_a_rename_elsewhere_names_every_formula_that_breaks(far) -> None:
    document = json.loads(json.dumps(DOCUMENT))
    document["forms"]["account"]["fields"]["tier"] = document["forms"]["account"]["fields"].pop("level")
    asked = {"document": document}
    status, problem = far.client.post("/apps/far/publish?preview=1", asked)
    assert status == 422
    assert {issue["path"] for issue in problem["issues"]} == {
        "/forms/order/fields/level/formula",
        "/forms/order/permissions/sales/rows",
    }


def test_a_circle_through_two_forms_is_told_with_its_way(far) -> None:
    document = json.loads(json.dumps(DOCUMENT))
    document["forms"]["order"]["fields"]["amount"] = {
        "type": "formula",
        "result": "money",
        "label": {"en": "Amount", "zh": "金额"},
        "formula": "{account.total}",
    }
    status, problem = far.client.post("/apps/far/publish?preview=1", {"document": document})
    circles = [issue["message"] for issue in problem["issues"] if issue["code"] == "definition_formula_cycle"]
    assert (status, len(circles)) == (422, 1)
    assert "account.total → order.amount → account.total" in circles[0]
