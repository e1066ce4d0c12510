"""Lines of subforms: part of their record's save, and seen by every formula that looks at them."""

import json
from pathlib import Path

import pytest

from joinery.directory import Actor
from joinery.runtime.apps import publishing
from joinery.runtime.formulas import propagation, recompute_jobs

DOCUMENT = json.loads((Path(__file__).parent / "lines_app.json").read_text(encoding="utf-8"))


class Trade:
    """The app of these tests, and one who uses it."""

    def __init__(self, shop, client) -> None:
        self.shop = shop
        self.client = client

    def url(self, form: str, rest: str = "") -> str:
        return f"/apps/trade/forms/{form}/records{rest}"

    def create(self, form: str, **values):
        status, record = self.client.post(self.url(form), values)
        assert status == 201, record
        return record

    def read(self, form: str, record, *keys: str):
        status, found = self.client.get(self.url(form, f"/{record['id']}"))
        assert status == 200, found
        return found if not keys else found[keys[0]] if len(keys) == 1 else [found[key] for key in keys]

    def send(self, record, **values):
        body = {"revision": self.read("order", record, "revision"), **values}
        return self.client.patch(self.url("order", f"/{record['id']}"), body)

    def change(self, record, **values):
        status, found = self.send(record, **values)
        assert status == 200, found
        return found

    def issues(self, **values):
        status, answer = self.client.post(self.url("order"), values)
        assert status == 422, answer
        return [(issue["path"], issue["code"]) for issue in answer["issues"]]

    def history(self, record, **query):
        status, found = self.client.get(self.url("order", f"/{record['id']}/history"), **query)
        assert status == 200, found
        return found["entries"]


def publish(shop, document) -> None:
    actor = Actor(user_id=None, name="setup", is_admin=True, workspace=shop.workspace_key)
    with shop.services.unit(shop.workspace_key) as unit:
        publishing.publish_app(unit, actor, "trade", document)


@pytest.fixture
def trade(shop) -> Trade:
    publish(shop, DOCUMENT)
    return Trade(shop, shop.as_user("admin"))


@pytest.fixture
def pen(trade):
    return trade.create("product", name="Pen", list_price=2, weight="0.1")


def qtys(record):
    return [line["qty"] for line in record["lines"]]


def test_an_order_is_saved_with_its_lines(trade, pen) -> None:
    acme = trade.create("account", name="Acme", rebate="0.5")
    order = trade.create(
        "order", no="1", account=acme["id"], lines=[{"product": pen["id"], "qty": 10}, {"price": 7, "qty": 2}]
    )
    first, second = order["lines"]
    assert first["product"] == {"id": pen["id"], "title": "Pen"}
    assert (first["price"], first["amount"], first["called"]) == (2, 10, "Pen")
    assert (second["amount"], second["called"]) == (7, None)
    assert [order[key] for key in ("amount", "rush", "first")] == [17, 1, "Pen"]
    assert order["weight"] == 1
    assert trade.read("order", order) == order
    assert trade.read("account", acme, "total", "pieces") == [17, 12]
    assert trade.read("product", pen, "sold") == 10


def test_lines_are_kept_altered_added_removed_and_moved(trade, pen) -> None:
    order = trade.create("order", lines=[{"qty": 1, "note": "a"}, {"qty": 2, "note": "b"}, {"qty": 3}])
    a, b, c = (line["id"] for line in order["lines"])
    changed = trade.change(order, lines=[{"id": c}, {"qty": 9, "product": pen["id"]}, {"id": a, "qty": 5}])
    assert qtys(changed) == [3, 9, 5]
    assert [line["id"] for line in changed["lines"]][::2] == [c, a]
    assert changed["lines"][2]["note"] == "a"
    assert changed["revision"] == order["revision"] + 1
    assert trade.read("order", order) == changed
    assert trade.read("product", pen, "sold") == 9
    assert trade.change(order, no="7")["lines"] == changed["lines"]
    assert trade.change(order, lines=[])["lines"] == []
    assert trade.read("product", pen, "sold") in (0, None)
    assert b not in (a, c)


def test_lines_sent_as_they_are_change_nothing(trade, pen) -> None:
    order = trade.create("order", lines=[{"qty": 1, "product": pen["id"], "tags": ["gift"]}])
    again = trade.change(order, lines=order["lines"])
    assert again["revision"] == order["revision"]
    assert len(trade.history(order)) == 1


def test_a_new_record_begins_with_its_default_lines(trade) -> None:
    order = trade.create("order", no="1")
    assert [(line["qty"], line["note"]) for line in order["lines"]] == [(2, None), (5, "begin")]
    assert trade.create("order", no="2", lines=[])["lines"] == []


MANY = [{"qty": 1}] * 1001


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        ("lines", [("/lines", "value_not_lines")]),
        ({"qty": 1}, [("/lines", "value_not_lines")]),
        ([{"qty": 1}, 7], [("/lines/1", "value_not_line")]),
        ([{"qty": 1}, {"id": 4711, "qty": 1}], [("/lines/1/id", "value_unknown_line")]),
        ([{"id": "x"}], [("/lines/0/id", "value_unknown_line")]),
        ([{"id": {}}], [("/lines/0/id", "value_unknown_line")]),
        ([{"qty": 1, "colour": 1}], [("/lines/0/colour", "record_unknown_field")]),
        ([{"qty": 1}, {"qty": "many"}], [("/lines/1/qty", "value_not_number")]),
        ([{"qty": 1}, {"qty": -1}], [("/lines/1/qty", "rule")]),
        ([{"qty": None}], [("/lines/0/qty", "record_required")]),
        ([{"amount": 5}], [("/lines/0/amount", "record_computed_field")]),
        ([{"product": 4711}], [("/lines/0/product", "related_record_missing")]),
        ([{"$parent": 1}], [("/lines/0/$parent", "record_unknown_field")]),
        ([{"qty": 1}] * 13, [("/lines", "rule")]),
        (MANY, [("/lines", "value_too_many_lines")]),
        (
            [{"qty": 0}, {"tags": ["x"]}],
            [("/lines/0/qty", "rule"), ("/lines/1/tags", "value_unknown_option")],
        ),
        ([{"price": 999999, "qty": 2}], [("/amount", "rule")]),
    ],
)
def test_what_is_wrong_is_told_at_its_place(trade, lines, expected) -> None:
    assert sorted(trade.issues(lines=lines)) == sorted(expected)


def test_lines_of_another_record_are_unknown(trade) -> None:
    one, other = trade.create("order", lines=[{"qty": 1}]), trade.create("order", lines=[{"qty": 2}])
    status, answer = trade.send(one, lines=other["lines"])
    assert (status, answer["issues"][0]["code"]) == (422, "value_unknown_line")
    status, answer = trade.send(one, lines=[*one["lines"], *one["lines"]])
    assert (status, answer["issues"][0]["path"]) == (422, "/lines/1/id")
    assert qtys(trade.read("order", other)) == [2]


def test_the_filter_of_a_relation_holds_in_lines(trade) -> None:
    gone = trade.create("product", name="Old", active=False)
    assert trade.issues(lines=[{"qty": 1}, {"product": gone["id"]}]) == [
        ("/lines/1/product", "record_relation_filter")
    ]


def test_the_second_of_two_editors_is_told(trade) -> None:
    order = trade.create("order", lines=[{"qty": 1}])
    trade.change(order, lines=[*order["lines"], {"qty": 2}])
    body = {"revision": order["revision"], "lines": []}
    status, answer = trade.client.patch(trade.url("order", f"/{order['id']}"), body)
    assert status == 409
    assert qtys(answer["current"]) == [1, 2]
    assert qtys(trade.read("order", order)) == [1, 2]


def test_changes_elsewhere_reach_lines_and_go_on_from_there(trade, pen) -> None:
    acme = trade.create("account", name="Acme")
    order = trade.create("order", account=acme["id"], lines=[{"product": pen["id"], "price": 10, "qty": 3}])
    revision = trade.read("product", pen, "revision")
    trade.client.patch(trade.url("product", f"/{pen['id']}"), {"name": "Quill", "revision": revision})
    assert trade.read("order", order, "first") == "Quill"
    assert trade.read("order", order)["lines"][0]["called"] == "Quill"
    status, _ = trade.client.patch(trade.url("account", f"/{acme['id']}"), {"rebate": "0.5", "revision": 1})
    assert status == 200
    assert trade.read("order", order)["lines"][0]["amount"] == 15
    assert trade.read("order", order, "amount") == 15
    assert trade.read("account", acme, "total") == 15
    kinds = [
        (entry["source"], [change["field"] for change in entry["changes"]]) for entry in trade.history(order)
    ]
    assert ("formula", ["lines"]) in kinds
    assert ("formula", ["amount"]) in kinds


def test_lines_go_and_come_back_with_their_record(trade, pen) -> None:
    acme = trade.create("account", name="Acme")
    order = trade.create("order", account=acme["id"], lines=[{"product": pen["id"], "qty": 3}])
    place = trade.url("order", f"/{order['id']}")
    assert trade.client.delete(place)[0] == 204
    assert trade.read("product", pen, "sold") in (0, None)
    assert trade.read("account", acme, "pieces") in (0, None)
    assert trade.client.post(place + "/restore", {})[1]["lines"] == order["lines"]
    assert trade.read("product", pen, "sold") == 3
    assert trade.read("account", acme, "pieces") == 3


def test_a_line_keeps_what_it_points_at(trade, pen) -> None:
    order = trade.create("order", no="1", lines=[{"product": pen["id"], "qty": 3}])
    status, answer = trade.client.delete(trade.url("product", f"/{pen['id']}"))
    assert status == 409
    assert answer["blockers"] == [
        {
            "form": "order",
            "label": {"en": "Order", "zh": "订单"},
            "count": 1,
            "records": [{"id": 1, "title": "1"}],
        }
    ]
    trade.change(order, lines=[])
    assert trade.client.delete(trade.url("product", f"/{pen['id']}"))[0] == 204


def test_relations_of_lines_can_be_unlinked(shop) -> None:
    document = json.loads(json.dumps(DOCUMENT))
    document["forms"]["order"]["fields"]["lines"]["fields"]["product"]["on_delete"] = "unlink"
    publish(shop, document)
    trade = Trade(shop, shop.as_user("admin"))
    pen = trade.create("product", name="Pen")
    order = trade.create("order", lines=[{"qty": 1}, {"product": pen["id"], "qty": 3}])
    assert trade.client.delete(trade.url("product", f"/{pen['id']}"))[0] == 204
    lines = trade.read("order", order, "lines")
    assert [(line["product"], line["qty"]) for line in lines] == [(None, 1), (None, 3)]


@pytest.fixture
def belonging(shop) -> Trade:
    """Lines that belong to their product, and may not be missing altogether."""
    document = json.loads(json.dumps(DOCUMENT))
    lines = document["forms"]["order"]["fields"]["lines"]
    lines["fields"]["product"]["on_delete"] = "cascade"
    lines["required"] = True
    publish(shop, document)
    return Trade(shop, shop.as_user("admin"))


def test_lines_that_belong_to_a_deleted_record_are_removed(belonging) -> None:
    pen, ink = (belonging.create("product", name=name) for name in ("Pen", "Ink"))
    sent = [{"qty": 1, "price": 5}, {"product": pen["id"], "price": 7, "qty": 3}, {"product": ink["id"]}]
    order = belonging.create("order", no="1", lines=sent)
    place = belonging.url("product", f"/{pen['id']}")
    told = belonging.client.get(place + "/deletion")[1]
    assert [(one["form"], one["records"]) for one in told["lines"]] == [("order", [{"id": 1, "title": "1"}])]
    assert told["along"] == told["unlinked"] == told["blockers"] == []
    assert belonging.client.delete(place)[0] == 204
    left = belonging.read("order", order)
    assert [(line["id"], line["qty"]) for line in left["lines"]] == [
        (order["lines"][place]["id"], order["lines"][place]["qty"]) for place in (0, 2)
    ]
    assert (order["amount"], left["amount"]) == (26, 5)
    entry = next(one for one in belonging.history(order) if one["source"] == "cascade")
    assert [line["kind"] for line in entry["changes"][0]["lines"] if line["kind"] != "changed"] == ["removed"]


def test_lines_stay_where_they_may_not_be_removed(belonging) -> None:
    pen = belonging.create("product", name="Pen")
    place = belonging.url("product", f"/{pen['id']}")
    order = belonging.create("order", no="1", lines=[{"product": pen["id"], "qty": 3}])
    status, answer = belonging.client.delete(place)
    assert (status, answer["code"]) == (409, "record_in_use"), "an order needs a line"
    belonging.change(order, lines=[*order["lines"], {"qty": 1}])
    sales = Trade(belonging.shop, belonging.shop.as_user("sales"))
    status, answer = sales.client.delete(place)
    assert (status, answer["code"]) == (409, "record_in_use"), "somebody else's order"
    assert "1" not in json.dumps(answer["blockers"][0]["records"])
    assert qtys(belonging.read("order", order)) == [3, 1]
    assert belonging.client.delete(place)[0] == 204


@pytest.mark.parametrize(
    ("condition", "found"),
    [
        ("COUNT({lines.id}) > 1", ["two"]),
        ("COUNTA({lines}) = 1", ["one"]),
        ("SUM({lines.amount}) >= 30", ["one"]),
        ('SUMIFS({lines.qty}, {lines.product.name}, "Pen") = 3', ["one"]),
        ("FIRST({lines.qty}) = 7", ["two"]),
        ("COUNTA({lines.product}) = 0", ["none", "two"]),
    ],
)
def test_lists_are_filtered_by_lines(trade, pen, condition, found) -> None:
    trade.create("order", no="one", lines=[{"product": pen["id"], "price": 10, "qty": 3}])
    two = trade.create("order", no="two", lines=[{"qty": 8}, {"qty": 7}])
    trade.change(two, lines=two["lines"][::-1])
    trade.create("order", no="none", lines=[])
    status, page = trade.client.get(trade.url("order"), filter=condition, fields="no", sort="no")
    assert (status, [record["no"] for record in page["records"]]) == (200, found)


def test_lists_give_lines_when_they_are_asked_for(trade) -> None:
    trade.create("order", no="1", lines=[{"qty": 1}, {"qty": 2}])
    trade.create("order", no="2", lines=[])
    _, page = trade.client.get(trade.url("order"))
    assert all("lines" not in record for record in page["records"])
    _, page = trade.client.get(trade.url("order"), fields="no,lines", sort="no")
    assert [qtys(record) for record in page["records"]] == [[1, 2], []]


def test_the_history_tells_of_every_line(trade) -> None:
    order = trade.create("order", lines=[{"qty": 1, "note": "a"}, {"qty": 2}, {"qty": 3}])
    a, b, c = (line["id"] for line in order["lines"])
    changed = trade.change(order, lines=[{"id": c}, {"id": a, "note": "z"}, {"qty": 9}])
    [change] = [one for one in trade.history(order)[0]["changes"] if one["field"] == "lines"]
    assert (change["old"], change["new"]) == (3, 3)
    told = {line["id"]: line for line in change["lines"]}
    assert {key: line["kind"] for key, line in told.items()} == {
        b: "removed",
        c: "moved",
        a: "changed",
        changed["lines"][2]["id"]: "added",
    } or {key: line["kind"] for key, line in told.items()} == {
        b: "removed",
        a: "changed",
        changed["lines"][2]["id"]: "added",
    }
    notes = [one for one in told[a]["changes"] if one["field"] == "note"]
    assert notes == [{"field": "note", "label": {"en": "Note", "zh": "备注"}, "old": "a", "new": "z"}]
    assert {one["field"]: one["old"] for one in told[b]["changes"]}["qty"] == 2
    of_line = trade.history(order, line=b)
    assert [[line["id"] for one in entry["changes"] for line in one["lines"]] for entry in of_line] == [[b]]


def test_what_groups_hide_of_lines_is_hidden_everywhere(trade) -> None:
    sales = Trade(trade.shop, trade.shop.as_user("sales"))
    order = sales.create("order", no="1", lines=[{"qty": 1}])
    full = trade.read("order", order)
    trade.change(order, lines=[{**full["lines"][0], "cost": 7, "note": "secret", "qty": 2}])
    seen = sales.read("order", order)
    assert "cost" not in seen["lines"][0]
    assert seen["lines"][0]["note"] == "secret"
    history = sales.history(order)
    assert "cost" not in json.dumps(history)
    line = seen["lines"][0]
    status, answer = sales.send(order, lines=[{"id": line["id"], "cost": 1}])
    assert (status, answer["issues"][0]["code"]) == (422, "record_unknown_field")
    status, answer = sales.send(order, lines=[{"id": line["id"], "note": "x"}])
    assert (status, answer["issues"][0]["code"]) == (422, "record_read_only_field")
    assert sales.change(order, lines=[{**line, "qty": 3}])["lines"][0]["qty"] == 3
    assert trade.read("order", order)["lines"][0]["cost"] == 7
    status, answer = sales.client.get(sales.url("order"), filter="SUM({lines.cost}) > 1")
    assert status == 422
    _, described = sales.client.get("/apps/trade/forms/order/describe")
    assert "cost" not in json.dumps(described)


def test_a_hidden_subform_leaks_nowhere(trade) -> None:
    order = trade.create("order", no="1", lines=[{"qty": 1, "note": "secret"}])
    guest = Trade(trade.shop, trade.shop.as_user("guest"))
    assert "lines" not in guest.read("order", order)
    assert guest.client.get(guest.url("order"), fields="lines")[0] == 422
    assert guest.client.get(guest.url("order"), filter="COUNT({lines.id}) > 0")[0] == 422
    assert guest.client.get("/apps/trade/forms/order.lines/describe")[0] == 404
    assert guest.client.get("/apps/trade/forms/order.lines/records")[0] == 404
    _, described = guest.client.get("/apps/trade/forms/order/describe")
    assert "lines" not in described["fields"]
    trade.change(order, lines=[])
    assert "lines" not in json.dumps(guest.history(order))


def test_lines_are_seen_through_relations_as_their_records_are(trade, pen) -> None:
    sales, other = (Trade(trade.shop, trade.shop.as_user(name)) for name in ("sales", "other"))
    sales.create("order", no="1", lines=[{"product": pen["id"], "qty": 3}])
    condition = "SUM({order_lines.qty}) = 3"
    assert len(sales.client.get(trade.url("product"), filter=condition)[1]["records"]) == 1
    assert len(other.client.get(trade.url("product"), filter=condition)[1]["records"]) == 0


def test_the_other_end_of_a_relation_in_lines_lists_the_records(trade, pen) -> None:
    order = trade.create("order", no="1", lines=[{"product": pen["id"]}, {"product": pen["id"]}])
    trade.create("order", no="2", lines=[{"qty": 1}])
    status, page = trade.client.get(trade.url("product", f"/{pen['id']}/related/order_lines"))
    assert (status, [record["id"] for record in page["records"]]) == (200, [order["id"]])
    _, described = trade.client.get("/apps/trade/forms/product/describe")
    assert [(one["key"], one["form"]) for one in described["related"]] == [("order_lines", "order")]


def test_the_entry_form_is_told_what_lines_would_become(trade, pen) -> None:
    status, state = trade.client.post(
        trade.url("order", "/prepare"), {"values": {"lines": [{"product": pen["id"], "qty": 5}, {"qty": 0}]}}
    )
    assert status == 200
    first, second = state["values"]["lines"]
    assert (first["id"], first["price"], first["amount"], first["product"]["title"]) == (None, 2, 10, "Pen")
    assert second["qty"] == 0
    assert [issue["path"] for issue in state["issues"]] == ["/lines/1/qty"]
    assert state["values"]["amount"] == 10
    assert len(state["lines"]["lines"]) == 2
    _, begun = trade.client.post(trade.url("order", "/prepare"), {"values": {}})
    assert [line["qty"] for line in begun["values"]["lines"]] == [2, 5]


def test_the_description_has_the_fields_of_lines(trade) -> None:
    _, described = trade.client.get("/apps/trade/forms/order/describe")
    lines = described["fields"]["lines"]
    assert lines["type"] == "subform"
    assert lines["order"] == list(DOCUMENT["forms"]["order"]["fields"]["lines"]["fields"])
    assert lines["fields"]["product"]["settings"]["form"] == "product"
    assert lines["settings"]["max_lines"] == 1000
    assert (
        lines["settings"]["default_lines"] == DOCUMENT["forms"]["order"]["fields"]["lines"]["default_lines"]
    )
    formulas = {one["field"]: one["value"] for one in described["program"]["formulas"]}
    assert "lines.amount" in json.dumps(formulas["amount"])
    assert "$parent.amount" in json.dumps(lines["live"]["formulas"])
    assert lines["live"]["viewer"] == described["program"]["viewer"]
    assert "product" in lines["live"]["asks"]
    assert "account" in described["program"]["asks"]


def test_the_description_of_the_api_has_lines(trade) -> None:
    _, document = trade.client.get("/openapi.json")
    lines = document["components"]["schemas"]["values_trade_order"]["properties"]["lines"]
    assert lines["type"] == ["array", "null"]
    line = lines["items"]["properties"]
    assert set(line) == {"id", *DOCUMENT["forms"]["order"]["fields"]["lines"]["fields"]}
    assert line["amount"]["readOnly"] is True
    assert "integer" in line["product"]["type"]
    assert not [name for name in document["components"]["schemas"] if "." in name or "order_lines" in name]


def test_lines_are_exported_below_each_other(trade, pen) -> None:
    trade.create("order", no="1", lines=[{"product": pen["id"], "qty": 2}, {"qty": 1, "note": "=1+1"}])
    trade.create("order", no="2", lines=[])
    admin = trade.client
    status, text = admin.get(
        "/apps/trade/forms/order/export", format="csv", fields="no,lines,amount", sort="no", language="en"
    )
    assert status == 200
    rows = [row.split(",") for row in text.lstrip("\ufeff").splitlines()]
    assert rows[0][:3] == ["No", "Lines / Product", "Lines / Price"]
    head = {name: place for place, name in enumerate(rows[0])}
    shown = [
        [row[head[name]] for name in ("No", "Lines / Product", "Lines / Quantity", "Lines / Note", "Amount")]
        for row in rows[1:]
    ]
    assert shown == [["1", "Pen", "2", "", "4"], ["", "", "1", "'=1+1", ""], ["2", "", "", "", "0"]]
    _, plain = admin.get("/apps/trade/forms/order/export", format="csv")
    assert "Lines / " not in plain
    assert len(plain.splitlines()) == 3


def test_expressions_of_lines_are_checked_like_others(trade) -> None:
    def check(client, formula: str) -> tuple:
        body = {"formula": formula, "app": "trade", "form": "order.lines"}
        status, answer = client.post("/formulas/check", body)
        return status, answer.get("type"), [issue["code"] for issue in answer.get("issues", [])]

    admin, guest = trade.client, trade.shop.as_user("guest")
    assert check(admin, "{price} * {qty} + {$parent.amount}")[1:] == ("money", [])
    assert check(admin, "{prise}")[2] == ["formula_unknown_field"]
    assert check(trade.shop.as_user("sales"), "{cost}")[2] == ["formula_unknown_field"]
    assert check(guest, "{qty}")[0] == 404


def test_very_many_lines_are_brought_up_to_date_by_a_job(trade, pen, jobs, monkeypatch) -> None:
    monkeypatch.setattr(propagation, "AT_ONCE", 2)
    order = trade.create("order", lines=[{"product": pen["id"], "qty": 1}] * 3)
    revision = trade.read("product", pen, "revision")
    trade.client.patch(trade.url("product", f"/{pen['id']}"), {"name": "Quill", "revision": revision})
    assert [line["called"] for line in trade.read("order", order, "lines")] == ["Pen"] * 3
    _, described = trade.client.get("/apps/trade/forms/order/describe")
    assert "lines" in described["updating"]
    [job] = [arguments["job"] for kind, arguments in jobs.deferred if kind == propagation.RECOMPUTE]
    recompute_jobs.run_recompute(trade.shop.services, trade.shop.workspace_key, job)
    assert [line["called"] for line in trade.read("order", order, "lines")] == ["Quill"] * 3
    assert trade.read("order", order, "first") == "Quill"
