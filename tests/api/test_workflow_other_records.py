"""Nodes that change other records than their own: those of a list, or the one that a relation names."""

import pytest

from tests.api import approvals
from tests.api.approvals import label, publish, read, start

shop = approvals.shop
ORDERS = "/apps/shop/forms/order/records"


def change(**settings):
    """An order's workflow that changes other records at once."""
    node = {"type": "update_records", "label": label("Change"), "next": "end", **settings}
    return {
        "label": label("Tell the quote"),
        "form": "order",
        "starts": [{"on": "create"}],
        "first": "change",
        "nodes": {"change": node, "end": {"type": "end", "label": label("End")}},
    }


def ordered(client, **values):
    status, made = client.post(ORDERS, values)
    assert status == 201, made
    return made


@pytest.fixture
def order(shop, sales, admin):
    """Make an order about a quote of 1,000 while this workflow is there; the quote then, and the run."""

    def make(workflow, **values):
        publish(shop, telling=workflow)
        quote = approvals.quote(sales)
        made = ordered(admin, amount=900, **{"quote": quote["id"], **values})
        [run] = admin.get(f"{ORDERS}/{made['id']}/workflow")[1]["instances"]
        return read(admin, quote), run

    return make


#: What the node does to the quote of an order of 900, and what the quote is then.
CASES = [
    ({"values": {"note": '"ordered " & {$form.no}'}}, {"note": "ordered SO-1"}),
    ({"values": {"amount": "{$form.amount} + {amount}"}}, {"amount": 1900}),
    ({"values": {"note": "{$form.quote.no}"}}, {"note": "Q1"}),
    ({"values": {"note": '"less"'}, "when": "{$form.amount} < {amount}"}, {"note": "less"}),
    ({"values": {"note": '"more"'}, "when": "{$form.amount} > {amount}"}, {"note": None}),
    ({"values": {"amount": "SUM({orders.amount})"}}, {"amount": 900}),
]


@pytest.mark.parametrize("settings, wanted", CASES)
def test_the_record_that_a_relation_names_is_changed(order, settings, wanted):
    quote, run = order(change(relation="quote", **settings), no="SO-1")
    assert run["status"] == "approved"
    assert {key: quote[key] and type(value)(quote[key]) for key, value in wanted.items()} == wanted


def test_a_relation_that_names_nothing_leaves_nothing_to_do(order):
    quote, run = order(change(relation="quote", values={"note": '"x"'}), no="SO-1", quote=None)
    assert (run["status"], quote["note"]) == ("approved", None)


def test_what_the_other_form_refuses_stops_the_run_with_words(order):
    quote, run = order(change(relation="quote", values={"no": '""'}), no="SO-1")
    assert (run["status"], quote["no"]) == ("stuck", "Q1")
    [failed] = [step for step in run["steps"] if step["event"] == "failed"]
    assert "No." in failed["comment"]


def test_records_of_a_list_look_at_the_one_of_the_workflow(shop, sales, admin):
    workflow = change(
        list="orders", when="{amount} < {$form.amount}", values={"no": '{no} & "/" & {$form.no}'}
    )
    publish(shop, telling={**workflow, "form": "quote", "starts": [{"on": "button"}]})
    quote = approvals.quote(sales)
    for no, amount in (("A", 900), ("B", 1100)):
        ordered(admin, no=no, amount=amount, quote=quote["id"])
    start(sales, quote, "telling")
    found = admin.get(ORDERS)[1]["records"]
    assert sorted(one["no"] for one in found) == ["A/Q1", "B"]
