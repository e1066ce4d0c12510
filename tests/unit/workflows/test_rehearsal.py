"""Scenarios are played in an imagined company, and tell what goes otherwise than they expect."""

import copy
import json
from datetime import UTC, datetime
from pathlib import Path

import pytest

from joinery.definitions import check_app, load_app
from joinery.forms import compile_app
from joinery.formulas import EvaluationContext
from joinery.kernel import issue_message
from joinery.workflows import (
    INITIATOR,
    ImaginedCompany,
    Move,
    catalogue,
    rehearsal_issues,
    rehearse,
    simulate,
)

SALES = json.loads(
    (Path(__file__).parents[2] / "cases" / "definitions" / "valid" / "workflows.json").read_text(
        encoding="utf-8"
    )
)
CONTEXT = EvaluationContext(now=datetime(2026, 3, 2, 12, tzinfo=UTC))
RECORD = {"no": "Q1", "amount": 60000, "discount": 0.3, "due": "2026-03-09"}

FINANCE = [{"node": "lead", "decision": "approve"}, {"node": "finance", "decision": "approve"}]
WHOLE = [*FINANCE, {"node": "expert", "decision": "submit"}, {"node": "director", "decision": "approve"}]

HOLDS = {
    "a small discount goes straight through": (
        {"discount": 0.15, "due": "2026-03-01", "amount": 100},
        [{"node": "lead", "decision": "approve"}, {"node": "day", "decision": "wait"}],
        {
            "path": [
                "lead",
                "accept",
                "order",
                "others",
                "customer",
                "tell",
                "day",
                "paid",
                "check_orders",
                "done",
            ],
            "status": "approved",
        },
    ),
    "at first it waits": (
        {"discount": 0.15},
        [],
        {"path": ["lead"], "status": "running", "at": ["lead"]},
    ),
    "a large one goes to finance and the expert; branches may be named": (
        {},
        [{"node": "lead", "decision": "approve"}],
        {
            "path": ["lead", "how_much", "split", "finance", "expert"],
            "at": ["expert", "finance"],
            "not": ["director"],
        },
    ),
    "everybody agrees": (
        {},
        [*WHOLE, {"node": "day", "decision": "wait", "after": {"amount": 7, "unit": "days"}}],
        {"status": "approved", "not": ["refuse"]},
    ),
    "finance says no": (
        {},
        [{"node": "lead", "decision": "approve"}, {"node": "finance", "decision": "reject"}],
        {"status": "rejected", "at": []},
    ),
    "returned, and with less discount straight through": (
        {"due": None},
        [
            {"node": "lead", "decision": "approve"},
            {"node": "finance", "decision": "return", "to": "start"},
            {"node": "start", "decision": "submit", "values": {"discount": 0.15}},
            {"node": "lead", "decision": "approve"},
        ],
        {
            "path": [
                "lead",
                "finance",
                "expert",
                "start",
                "lead",
                "accept",
                "order",
                "others",
                "customer",
                "tell",
                "day",
            ],
            "at": ["day"],
        },
    ),
}


def issues_of(record, decisions, expect):
    document = copy.deepcopy(SALES)
    scenario = {
        "label": {"en": "Case", "zh": "用例"},
        "record": {key: value for key, value in {**RECORD, **record}.items() if value is not None},
        "initiator": {"role": "sales"},
        "decisions": decisions,
        "expect": expect,
    }
    document["workflows"]["quote_approval"]["tests"] = {"case": scenario}
    return list(rehearsal_issues(compile_app(load_app(document)), CONTEXT))


@pytest.mark.parametrize("record, decisions, expect", HOLDS.values(), ids=HOLDS)
def test_scenarios_that_hold(record, decisions, expect):
    assert [issue_message(issue, "en") for issue in issues_of(record, decisions, expect)] == []


AT = "/workflows/quote_approval/tests/case"

FAILS = {
    "another way": (
        {},
        [{"node": "lead", "decision": "approve"}],
        {"path": ["lead", "accept"]},
        [f"{AT}/expect/path"],
        'Test "Case": the way is Team lead → Finance → Expert\'s opinion, expected was Team lead → Note it.',
    ),
    "a node that must not be entered": (
        {},
        [{"node": "lead", "decision": "approve"}],
        {"not": ["done", "finance"]},
        [f"{AT}/expect/not/1"],
        'Test "Case": "Finance" is entered.',
    ),
    "another end": (
        {},
        [{"node": "lead", "decision": "reject"}],
        {"status": "approved", "at": ["finance"]},
        [f"{AT}/expect/at", f"{AT}/expect/status"],
        'Test "Case": in the end it stands at –, expected was Finance.',
    ),
    "somebody who is not asked": (
        {},
        [{"node": "finance", "decision": "approve"}],
        {},
        [f"{AT}/decisions/0"],
        'Test "Case": this cannot be done: Nobody is asked at "finance" then. It stands at: Team lead.',
    ),
    "what cannot be decided": (
        {"discount": 0.6},
        FINANCE,
        {},
        [f"{AT}/decisions/1"],
        'Test "Case": this cannot be done: Less than half It stands at: Finance → Expert\'s opinion.',
    ),
    "a record that cannot be": (
        {"amount": "much"},
        [],
        {},
        [f"{AT}/record/amount"],
        None,
    ),
}


@pytest.mark.parametrize("record, decisions, expect, paths, sentence", FAILS.values(), ids=FAILS)
def test_what_goes_otherwise_is_told(record, decisions, expect, paths, sentence):
    issues = issues_of(record, decisions, expect)
    assert [issue.path for issue in issues] == paths
    assert sentence in (None, issue_message(issues[0], "en"))
    assert all("{" not in issue_message(issue, "zh-CN") for issue in issues)


def company():
    app = compile_app(load_app(SALES))
    world = ImaginedCompany.of(app, "quote", RECORD, CONTEXT)
    return app.definition.workflows["quote_approval"], world


def test_a_simulation_tells_what_would_happen_and_changes_nothing():
    workflow, world = company()
    moves = [Move(node="lead", decision="approve"), Move(node="finance", decision="reject")]
    played = simulate(workflow, world, INITIATOR, moves)
    assert played.instance.status == "rejected"
    assert world.evaluate("{status}") is None
    assert played.world.evaluate("{status}") == "rejected"
    kinds = [type(effect).__name__ for effect in played.effects]
    assert kinds.count("SetFields") == 3
    assert played.steps == simulate(workflow, world, INITIATOR, moves).steps


def test_time_passes_in_a_simulation():
    workflow, world = company()
    moves = [
        Move(node="lead", decision="approve"),
        Move(node="finance", decision="wait", after={"amount": 3, "unit": "working_days"}),
    ]
    played = simulate(workflow, world, INITIATOR, moves)
    assert [one.event for one in played.steps if one.event in ("reminded", "escalated")] == [
        "reminded",
        "escalated",
    ]
    assert played.world.now == datetime(2026, 3, 5, 12, tzinfo=UTC)


AROUND = """AND({account.name} = "Acme", SUM({orders.amount}) > 10)"""
DESCRIBED = {
    "enough orders of the right account": (
        {"account": {"name": "Acme"}, "orders": [{"amount": 4}, {"amount": 7}]},
        True,
    ),
    "too few": ({"account": {"name": "Acme"}, "orders": [{"amount": 4}]}, False),
    "another account": ({"account": {"name": "Other"}, "orders": [{"amount": 4}, {"amount": 7}]}, False),
    "nothing is told": ({}, False),
}


def around(record):
    """How a scenario goes whose workflow asks for records around its own."""
    document = copy.deepcopy(SALES)
    workflow = document["workflows"]["quote_approval"]
    branches = workflow["nodes"]["how_much"]["branches"]
    first = next(iter(branches))
    branches[first]["when"] = AROUND
    workflow["tests"] = {
        "case": {
            "label": {"en": "Case", "zh": "用例"},
            "record": {**RECORD, **record},
            "decisions": [{"node": "lead", "decision": "approve"}],
            "expect": {},
        }
    }
    assert not check_app(document, catalogue())
    app = compile_app(load_app(document))
    found = app.definition.workflows["quote_approval"]
    return branches[first]["next"], rehearse(app, found, found.tests["case"], CONTEXT)


@pytest.mark.parametrize("record, goes", DESCRIBED.values(), ids=DESCRIBED)
def test_related_records_are_described(record, goes):
    target, told = around(record)
    assert told.issues == ()
    assert (target in told.path) is goes


@pytest.mark.parametrize(
    "record, path",
    [
        ({"account": {"name": 5}}, "/record/account/name"),
        ({"account": {"nmae": "Acme"}}, "/record/account/nmae"),
        ({"orders": [{"amount": "much"}]}, "/record/orders/0/amount"),
        ({"orders": ["many"]}, "/record/orders/0"),
        ({"orders": 5}, "/record/orders/0"),
        ({"account": "Acme"}, "/record/account"),
    ],
)
def test_what_is_wrong_with_a_description_is_told_at_its_place(record, path):
    _, told = around(record)
    assert [issue.path for issue in told.issues] == [path]
    assert all("{" not in issue_message(issue, "zh-CN") for issue in told.issues)
