"""Workflows in a definition: what they mention, how versions differ, how those of a suite are merged."""

import copy
import json
from pathlib import Path

import pytest

from joinery.definitions import (
    WorkflowAdded,
    WorkflowChanged,
    WorkflowRemoved,
    changes_between,
    check_app,
    dump_app,
    load_app,
    merge_documents,
    workflow_expressions,
    workflow_references,
)
from joinery.definitions.workflow_graph import are_gone_together
from joinery.workflows import catalogue

CASES = Path(__file__).parents[2] / "cases" / "definitions" / "valid"
SALES = json.loads((CASES / "workflows.json").read_text(encoding="utf-8"))
SHAPES = catalogue().node_shapes()
NODES = "/workflows/quote_approval/nodes"


def changed(change):
    document = copy.deepcopy(SALES)
    change(document["workflows"])
    return document


def test_a_workflow_is_read_and_written_without_loss():
    app = load_app(SALES)
    assert load_app(dump_app(app)) == app
    workflow = app.workflows["quote_approval"]
    assert workflow.nodes["finance"].settings["several"] == {"rule": "share", "share": 60, "veto": True}
    assert workflow.nodes["finance"].next == "together"
    assert workflow.lock.holds("amount")
    assert not workflow.lock.holds("note")
    check = app.workflows["order_check"]
    assert (check.enabled, check.lock.holds("amount"), check.lock.holds("no")) == (False, True, False)


def test_what_is_the_default_is_not_written():
    body = dump_app(load_app(changed(lambda found: found["order_check"].update(enabled=True))))
    assert "enabled" not in body["workflows"]["order_check"]
    assert "withdraw" in body["workflows"]["order_check"]


@pytest.mark.parametrize(
    "wanted, paths",
    [
        (
            {"kind": "role", "name": "director"},
            {
                f"{NODES}/director/assignees/0/up_to/role",
                f"{NODES}/finance/due/to/0/role",
            },
        ),
        ({"kind": "form", "name": "order"}, {"/workflows/order_check/form"}),
        ({"kind": "workflow"}, {f"{NODES}/check_orders/workflow"}),
        (
            {"kind": "inverse", "name": "orders"},
            {f"{NODES}/order/list", f"{NODES}/others/list", f"{NODES}/check_orders/list"},
        ),
        (
            {"kind": "option", "form": "quote", "within": "status", "name": "draft"},
            {
                "/workflows/quote_approval/state/withdrawn",
                "/workflows/quote_approval/state/cancelled",
            },
        ),
        (
            {"kind": "node", "within": "quote_approval", "name": "lead"},
            {
                "/workflows/quote_approval/first",
                f"{NODES}/director/assignees/2/node",
                "/workflows/quote_approval/tests/large/decisions/0/node",
                "/workflows/quote_approval/tests/large/expect/path/0",
            },
        ),
        (
            {"kind": "field", "form": "quote", "name": "note"},
            {
                "/workflows/quote_approval/lock/except/0",
                f"{NODES}/expert/fields/editable/0",
                f"{NODES}/expert/fields/required/0",
                f"{NODES}/accept/values/note",
            },
        ),
        (
            {"kind": "field", "form": "order"},
            {
                "/workflows/order_check/lock/fields/0",
                f"{NODES}/order/values/no",
                f"{NODES}/order/values/amount",
                f"{NODES}/others/values/open",
            },
        ),
        ({"kind": "field", "use": "link"}, {f"{NODES}/customer/relation"}),
        ({"kind": "field", "form": "account", "use": "fill"}, {f"{NODES}/customer/values/name"}),
        (
            {"kind": "field", "name": "expert", "use": "any"},
            {f"{NODES}/expert/assignees/0/field", f"{NODES}/finance/fields/hidden/0"},
        ),
    ],
)
def test_every_mention_is_found(wanted, paths):
    found = {
        mention.path
        for mention in workflow_references(SALES, SHAPES)
        if all(getattr(mention, name) == value for name, value in wanted.items())
    }
    assert found == paths


def test_every_expression_is_found_with_its_names():
    found = {
        one.path: (one.form, one.record, one.owner, one.fills, one.wants)
        for one in workflow_expressions(SALES, SHAPES)
    }
    over_quote = ("quote", None, "", None, "condition")
    assert found == {
        "/workflows/quote_approval/starts/0/when": over_quote,
        "/workflows/quote_approval/starts/1/when": over_quote,
        f"{NODES}/how_much/branches/large/when": over_quote,
        f"{NODES}/finance/validations/{{discount}} < 0.5": over_quote,
        f"{NODES}/director/assignees/1/expression": ("quote", None, "", None, "people"),
        f"{NODES}/accept/values/note": ("quote", None, "quote", "note", "condition"),
        f"{NODES}/order/values/no": ("quote", None, "order", "no", "condition"),
        f"{NODES}/order/values/amount": ("quote", None, "order", "amount", "condition"),
        f"{NODES}/others/when": ("order", "quote", "", None, "condition"),
        f"{NODES}/others/values/open": ("order", "quote", "order", "open", "condition"),
        f"{NODES}/customer/when": ("account", "quote", "", None, "condition"),
        f"{NODES}/customer/values/name": ("account", "quote", "account", "name", "condition"),
        f"{NODES}/day/until": ("quote", None, "", None, "moment"),
        f"{NODES}/paid/condition": over_quote,
    }


def test_versions_differ_by_workflow_and_node():
    def change(found):
        del found["order_check"]
        approval = found["quote_approval"]
        del approval["nodes"]["check_orders"]
        approval["nodes"]["paid"]["next"] = "archive"
        approval["nodes"]["archive"] = {"type": "end", "label": {"en": "Archived"}}
        approval["withdraw"] = "never"
        found["short"] = {**SALES["workflows"]["order_check"]}

    old, new = load_app(SALES), load_app(changed(change))
    assert set(changes_between(old, new)) == {
        WorkflowRemoved(app="sales", form="order", workflow="order_check"),
        WorkflowAdded(app="sales", form="order", workflow="short"),
        WorkflowChanged(
            app="sales",
            form="quote",
            workflow="quote_approval",
            properties=("withdraw",),
            nodes_added=("archive",),
            nodes_removed=("check_orders",),
            nodes_changed=("paid",),
        ),
    }
    assert changes_between(old, old) == ()


def test_a_first_installation_brings_its_workflows():
    added = [one for one in changes_between(None, load_app(SALES)) if isinstance(one, WorkflowAdded)]
    assert [one.workflow for one in added] == ["quote_approval", "order_check"]


def test_a_new_suite_and_one_s_own_nodes_become_one_workflow():
    def own(found):
        nodes = found["quote_approval"]["nodes"]
        nodes["lead"]["next"] = "check"
        nodes["check"] = {
            "type": "copy",
            "label": {"en": "Tell"},
            "assignees": [{"by": "initiator"}],
            "next": "how_much",
        }

    def suite(found):
        nodes = found["quote_approval"]["nodes"]
        branches = nodes["how_much"]["branches"]
        nodes["how_much"]["branches"] = {
            "huge": {"label": {"en": "Over 40 %"}, "when": "{discount} > 0.4", "next": "refuse"},
            **branches,
        }
        nodes["finance"]["label"] = {"en": "Treasury", "zh": "资金"}

    merge = merge_documents(SALES, changed(own), changed(suite))
    assert merge.conflicts == ()
    assert list(check_app(merge.document, catalogue())) == []
    nodes = merge.document["workflows"]["quote_approval"]["nodes"]
    assert nodes["lead"]["next"] == "check"
    assert list(nodes["how_much"]["branches"]) == ["huge", "large", "small"]
    assert nodes["finance"]["label"]["en"] == "Treasury"


def test_the_same_edge_changed_on_both_sides_is_told():
    def lead_to(key):
        return changed(lambda found: found["quote_approval"]["nodes"]["paid"].update(next=key))

    merge = merge_documents(SALES, lead_to("done"), lead_to("tell"))
    assert [one.path for one in merge.conflicts] == [f"{NODES}/paid/next"]


@pytest.mark.parametrize(
    "one, other, together",
    [
        ((), (), False),
        ((("s", "a"),), (("s", "a"),), False),
        ((("s", "a"),), (("s", "b"),), True),
        ((("s", "a"), ("t", "c")), (("s", "b"),), True),
        ((("s", "a"),), (("t", "a"),), False),
    ],
)
def test_tokens_meet_only_out_of_the_same_split(one, other, together):
    assert are_gone_together(one, other) == together


def test_a_large_workflow_is_checked_quickly_enough_to_type_beside_it():
    """As many nodes as there may be, each way back and forth known; only that it ends is asserted."""
    nodes = {
        f"n{number}": {
            "type": "branch",
            "label": {"en": "B"},
            "kind": "parallel",
            "branches": {name: {"label": {"en": name}, "next": f"n{number + 1}"} for name in ("a", "b", "c")},
        }
        for number in range(199)
    }
    nodes["n199"] = {"type": "join", "label": {"en": "J"}, "next": "n199"}
    document = changed(lambda found: found.pop("quote_approval"))
    document["workflows"]["order_check"] |= {"first": "n0", "nodes": nodes}
    assert [issue.code for issue in check_app(document, catalogue())] == ["definition_workflow_circle"]
    nodes["n199"] = {"type": "end", "label": {"en": "E"}}
    assert list(check_app(document, catalogue())) == []
