"""The walk over an app meets every place where something is mentioned."""

import json
from pathlib import Path

from joinery.definitions import expressions_in, references_in

SHOP = json.loads(
    (Path(__file__).parents[2] / "cases" / "definitions" / "valid" / "shop.json").read_text(encoding="utf-8")
)


def mentions(**wanted):
    return {
        reference.path
        for reference in references_in(SHOP)
        if all(getattr(reference, name) == value for name, value in wanted.items())
    }


def test_every_mention_of_a_field():
    assert mentions(kind="field", form="order", name="amount") == {
        "/forms/order/fields/customer/inverse/columns/1",
        "/forms/order/layout/1/content/2",
        "/forms/order/facts/1",
        "/forms/order/views/open/columns/2",
        "/forms/order/views/board/card/0",
        "/forms/order/views/board/measure",
    }
    assert mentions(kind="field", form="order", name="note") == {
        "/forms/order/fields/customer/fill/note",
        "/forms/order/layout/2/content/0",
        "/forms/order/search/1",
    }
    assert mentions(name="paid_at", use="any") == {"/forms/order/rules/paid/fields/0"}


def test_every_mention_of_other_things():
    assert mentions(kind="form", name="customer") == {
        "/forms/customer/fields/parent/form",
        "/forms/order/fields/customer/form",
        "/menu/1/items/0/form",
    }
    assert mentions(kind="view") == {"/forms/order/view_order/0", "/forms/order/view_order/1", "/menu/0/view"}
    assert mentions(kind="role") == {
        "/forms/order/permissions/clerks/roles/0",
        "/forms/order/permissions/bosses/roles/0",
    }


def test_every_expression_with_its_names():
    found = {
        expression.path: (expression.form, expression.record, expression.query)
        for expression in expressions_in(SHOP)
    }
    own, target = ("order", None, False), ("customer", "order", True)
    assert found == {
        "/forms/customer/fields/level/default": ("customer", None, False),
        "/forms/order/fields/customer/filter": target,
        "/forms/order/fields/customer/fill/note": ("customer", "order", False),
        "/forms/order/fields/status/default": own,
        "/forms/order/fields/price/validate/{price} >= 0": own,
        "/forms/order/fields/quantity/default": own,
        "/forms/order/fields/amount/formula": own,
        "/forms/order/fields/due/required": own,
        "/forms/order/fields/due/default": own,
        "/forms/order/fields/overdue/formula": own,
        "/forms/order/fields/paid_at/visible": own,
        "/forms/order/fields/paid_at/read_only": own,
        "/forms/order/layout/2/content/1/visible": own,
        "/forms/order/views/open/filter": ("order", None, True),
        "/forms/order/rules/paid/validate": own,
        "/forms/order/rules/paid/when": own,
        "/forms/order/permissions/clerks/rows": ("order", None, True),
    }


def test_mentions_in_uniqueness_and_duplicate_rules():
    path = Path(__file__).parents[2] / "cases" / "definitions" / "valid" / "matching.json"
    document = json.loads(path.read_text(encoding="utf-8"))
    assert {(one.path, one.form, one.name) for one in references_in(document) if one.use == "match"} == {
        ("/forms/lead/unique/once/fields/0", "lead", "account"),
        ("/forms/lead/unique/once/fields/1", "lead", "period"),
        ("/forms/lead/unique/named/fields/0/field", "lead", "company"),
        ("/forms/lead/duplicates/mobile/match/0", "lead", "mobile"),
        ("/forms/lead/duplicates/mobile/with/1/match/0", "account", "phone"),
        ("/forms/lead/duplicates/company/match/0/field", "lead", "company"),
    }
    assert {one.path: (one.form, one.query) for one in expressions_in(document)} == {
        "/forms/lead/unique/once/when": ("lead", True),
        "/forms/lead/duplicates/mobile/when": ("lead", False),
        "/forms/lead/duplicates/mobile/with/1/when": ("account", True),
    }
