"""Publishing changes of subforms: tables and columns come and go, and no line is lost."""

import copy

import pytest
import sqlalchemy as sa

from joinery.kernel import InvalidDefinition
from tests.api.test_lines import DOCUMENT, Trade, publish, trade

__all__ = ["trade"]


def label(text: str) -> dict[str, str]:
    return {"en": text, "zh": text}


def changed(edit) -> dict:
    document = copy.deepcopy(DOCUMENT)
    edit(document["forms"]["order"]["fields"])
    return document


def kept_columns(trade: Trade) -> set[tuple[str, str]]:
    with trade.shop.services.unit(trade.shop.workspace_key) as unit:
        rows = unit.connection.execute(
            sa.text(f'SELECT form, field FROM "{unit.schema}".kept_column WHERE app = :app'), {"app": "trade"}
        )
        return {(row.form, row.field) for row in rows}


def test_a_subform_is_added_to_a_form_with_records(shop) -> None:
    without = changed(
        lambda fields: [fields.pop(key) for key in ("lines", "amount", "weight", "rush", "first")]
    )
    del without["forms"]["order"]["rules"], without["forms"]["order"]["permissions"]
    del without["forms"]["account"]["fields"]["total"], without["forms"]["account"]["fields"]["pieces"]
    del without["forms"]["product"]["fields"]["sold"]
    publish(shop, without)
    trade = Trade(shop, shop.as_user("admin"))
    order = trade.create("order", no="1")
    publish(shop, DOCUMENT)
    assert trade.read("order", order, "lines") == []
    assert trade.change(order, lines=[{"qty": 2, "price": 3}])["amount"] == 6


def test_formulas_of_lines_and_over_lines_are_filled(trade) -> None:
    order = trade.create("order", lines=[{"qty": 2, "price": 3}, {"qty": 1, "price": 5}])

    def edit(fields) -> None:
        formulas = fields["lines"]["fields"]
        formulas["double"] = {
            "type": "formula", "result": "money", "label": label("Double"), "formula": "{amount} * 2"
        }  # fmt: skip
        fields["doubles"] = {
            "type": "formula", "result": "money", "label": label("D"), "formula": "SUM({lines.double})"
        }  # fmt: skip

    publish(trade.shop, changed(edit))
    assert [line["double"] for line in trade.read("order", order, "lines")] == [12, 10]
    assert trade.read("order", order, "doubles") == 22


def test_a_field_of_lines_is_renamed_converted_and_removed(trade) -> None:
    order = trade.create("order", lines=[{"qty": 2, "note": "12"}, {"qty": 3, "note": "many"}])

    def rename(fields) -> None:
        lines = fields["lines"]["fields"]
        lines["remark"] = {**lines.pop("note"), "was": "note"}
        fields["lines"]["default_lines"] = 1

    def convert(fields) -> None:
        rename(fields)
        fields["lines"]["fields"]["remark"] = {"type": "number", "label": label("Remark")}

    def remove(fields) -> None:
        convert(fields)
        del fields["lines"]["fields"]["remark"]

    def published(edit) -> list[dict]:
        document = changed(edit)
        document["forms"]["order"]["permissions"]["sales"]["read_only_fields"] = []
        publish(trade.shop, document)
        return trade.read("order", order, "lines")

    assert [line["remark"] for line in published(rename)] == ["12", "many"]
    assert [line["remark"] for line in published(convert)] == [12, None]
    assert all("remark" not in line for line in published(remove))
    assert ("order.lines", "remark") in kept_columns(trade)
    status, values = trade.client.get("/apps/trade/unconverted")
    assert status in (200, 404), values


def test_a_subform_is_renamed_with_its_lines(trade, pen_lines) -> None:
    before = pen_lines

    def rename(fields) -> None:
        fields["items"] = {**fields.pop("lines"), "was": "lines", "validate": {}}
        for key in ("amount", "weight", "rush", "first"):
            fields[key] = {**fields.pop(key)}
            fields[key]["formula"] = fields[key]["formula"].replace("{lines.", "{items.")

    document = changed(rename)
    document["forms"]["account"]["fields"]["pieces"]["formula"] = "SUM({orders.items.qty})"
    sales = document["forms"]["order"]["permissions"]["sales"]
    sales["hidden_fields"], sales["read_only_fields"] = ["items.cost"], ["items.note"]
    document["forms"]["order"]["permissions"]["guest"]["hidden_fields"] = ["items"]
    publish(trade.shop, document)
    after = trade.read("order", before)
    assert after["items"] == before["lines"]
    again = trade.change(after, items=[*after["items"], {"qty": 5}])
    assert len(again["items"]) == len(after["items"]) + 1
    product = before["lines"][0]["product"]
    assert trade.client.delete(trade.url("product", f"/{product['id']}"))[0] == 409


@pytest.fixture
def pen_lines(trade) -> dict:
    pen = trade.create("product", name="Pen", list_price=2)
    return trade.create("order", no="1", lines=[{"product": pen["id"], "qty": 2}, {"qty": 3, "note": "x"}])


def test_a_subform_that_is_removed_is_set_aside(trade, pen_lines) -> None:
    without = changed(
        lambda fields: [fields.pop(key) for key in ("lines", "amount", "weight", "rush", "first")]
    )
    del without["forms"]["order"]["rules"], without["forms"]["order"]["permissions"]
    del without["forms"]["account"]["fields"]["total"], without["forms"]["account"]["fields"]["pieces"]
    del without["forms"]["product"]["fields"]["sold"]
    publish(trade.shop, without)
    assert "lines" not in trade.read("order", pen_lines)
    assert ("order.lines", "") in kept_columns(trade)
    product = pen_lines["lines"][0]["product"]
    assert trade.client.delete(trade.url("product", f"/{product['id']}"))[0] == 204
    publish(trade.shop, DOCUMENT)
    assert trade.read("order", pen_lines, "lines") == []


def test_a_subform_and_a_text_take_each_others_place(trade, pen_lines) -> None:
    def edit(fields) -> None:
        fields["lines"] = {"type": "text", "label": label("Lines")}
        for key in ("amount", "weight", "rush", "first"):
            del fields[key]

    document = changed(edit)
    del document["forms"]["order"]["rules"]
    del document["forms"]["account"]["fields"]["total"], document["forms"]["account"]["fields"]["pieces"]
    del document["forms"]["product"]["fields"]["sold"]
    document["forms"]["order"]["permissions"]["sales"]["hidden_fields"] = []
    document["forms"]["order"]["permissions"]["sales"]["read_only_fields"] = []
    publish(trade.shop, document)
    assert trade.read("order", pen_lines, "lines") is None
    assert trade.change(pen_lines, lines="text")["lines"] == "text"
    publish(trade.shop, DOCUMENT)
    assert trade.read("order", pen_lines, "lines") == []


def test_a_renamed_field_is_missed_by_the_expressions_of_lines(trade) -> None:
    document = changed(lambda fields: None)
    product = document["forms"]["product"]["fields"]
    product["caption"] = {**product.pop("name"), "was": "name"}
    document["forms"]["product"]["title"] = "{caption}"
    with pytest.raises(InvalidDefinition) as caught:
        publish(trade.shop, document)
    assert [issue.path for issue in caught.value.issues] == [
        "/forms/order/fields/lines/fields/called/formula"
    ]


def test_lines_come_back_with_a_record_that_went_along(shop) -> None:
    document = copy.deepcopy(DOCUMENT)
    document["forms"]["order"]["fields"]["account"]["on_delete"] = "cascade"
    publish(shop, document)
    trade = Trade(shop, shop.as_user("admin"))
    acme = trade.create("account", name="Acme")
    order = trade.create("order", account=acme["id"], lines=[{"qty": 3}, {"qty": 4}])
    place = trade.url("account", f"/{acme['id']}")
    assert trade.client.delete(place)[0] == 204
    assert trade.client.post(place + "/restore", {})[0] == 200
    assert trade.read("order", order)["lines"] == order["lines"]
    assert trade.read("account", acme, "pieces") == 7
