"""Every decision that people may take is one that a simulation and a scenario can take, too."""

import copy
import json
from datetime import UTC, datetime
from pathlib import Path

import pytest

from joinery.definitions import check_app, load_app
from joinery.forms import compile_app
from joinery.formulas import EvaluationContext
from joinery.kernel import issue_message
from joinery.workflows import INITIATOR, ImaginedCompany, Move, catalogue, rehearse, simulate

SALES = json.loads(
    (Path(__file__).parents[2] / "cases" / "definitions" / "valid" / "workflows.json").read_text(
        encoding="utf-8"
    )
)
CONTEXT = EvaluationContext(now=datetime(2026, 3, 2, 12, tzinfo=UTC))
LABEL = {"en": "Case", "zh": "用例"}
ALL = {"rule": "all"}


def app(**settings):
    """The app of the cases, where the team lead's step and the workflow are otherwise."""
    document = copy.deepcopy(SALES)
    workflow = document["workflows"]["quote_approval"]
    workflow["tests"] = {}
    own = {key: settings.pop(key) for key in ("withdraw",) if key in settings}
    workflow |= own
    lead = workflow["nodes"]["lead"]
    lead |= settings
    return document


def lead(decision, **more):
    return {"node": "lead", "decision": decision, **more}


TWO = {"assignees": [{"by": "role", "role": "sales"}, {"by": "role", "role": "finance"}]}
WITH_DUE = {
    "due": {
        "after": {"amount": 5, "unit": "days"},
        "remind": [{"before": {"amount": 1, "unit": "days"}}],
        "then": "reject",
    }
}

#: settings of the step, decisions, where it stands and how in the end, and what of the history is looked for
PLAYED = {
    "somebody else decides instead": (
        {},
        [lead("reassign"), lead("approve")],
        (["expert", "finance"], "running"),
        {"reassigned": 1, "decided": 1},
    ),
    "an approver before decides first, then the one who asked for him": (
        {},
        [lead("add_approver", where="before"), lead("approve")],
        (["expert", "finance"], "running"),
        {"added": 1, "decided": 2},
    ),
    "an approver after decides what was approved with that": (
        {},
        [lead("add_approver", where="after"), lead("approve")],
        (["expert", "finance"], "running"),
        {"added": 1, "decided": 2},
    ),
    "two beside each other, and one of all is enough": (
        {},
        [lead("add_approver", where="beside", people=[{}, {"role": "sales"}]), lead("approve", alone=True)],
        (["expert", "finance"], "running"),
        {"added": 1, "decided": 1},
    ),
    "of two who all must agree one alone is not enough": (
        {**TWO, "several": ALL},
        [lead("approve", alone=True)],
        (["lead"], "running"),
        {"decided": 1},
    ),
    "one agrees, the other does not": (
        {**TWO, "several": ALL},
        [lead("approve", alone=True), lead("reject", alone=True)],
        ([], "rejected"),
        {"decided": 2},
    ),
    "whoever is asked something answers, and it is decided all the same": (
        {},
        [lead("ask"), lead("answer"), lead("approve")],
        (["expert", "finance"], "running"),
        {"asked": 1, "answered": 1, "decided": 1},
    ),
    "a comment is held, and nothing goes on": (
        {"decisions": {"hold": {}}},
        [lead("hold")],
        (["lead"], "running"),
        {"held": 1, "decided": 0},
    ),
    "it is withdrawn": (
        {"withdraw": "before_decision"},
        [lead("withdraw")],
        ([], "withdrawn"),
        {"withdrawn": 1},
    ),
    "what comes next by itself is the reminder": (
        WITH_DUE,
        [lead("wait")],
        (["lead"], "running"),
        {"reminded": 1, "timer": 0},
    ),
    "until the deadline reminders come on the way": (
        WITH_DUE,
        [lead("wait", until="due")],
        ([], "rejected"),
        {"reminded": 1, "timer": 1},
    ),
    "without a deadline it waits for what comes next": (
        {},
        [lead("approve"), {"node": "expert", "decision": "wait", "until": "due"}],
        (["expert", "finance"], "running"),
        {"reminded": 1},
    ),
}


@pytest.mark.parametrize("settings, decisions, stands, history", PLAYED.values(), ids=PLAYED)
def test_a_scenario_takes_it(settings, decisions, stands, history):
    document = app(**settings)
    at, status = stands
    expect = {"at": at, "status": status}
    record = {"no": "Q1", "amount": 60000, "discount": 0.3}
    scenario = {"label": LABEL, "record": record, "decisions": decisions, "expect": expect}
    document["workflows"]["quote_approval"]["tests"] = {"case": scenario}
    assert not check_app(document, catalogue())
    compiled = compile_app(load_app(document))
    workflow = compiled.definition.workflows["quote_approval"]
    found = rehearse(compiled, workflow, workflow.tests["case"], CONTEXT)
    assert [issue_message(issue, "en") for issue in found.issues] == []

    world = ImaginedCompany.of(compiled, "quote", record, CONTEXT)
    people = [world.person({}, f"other {number}") for number in range(2)]
    moves = [
        Move(**{**one, "people": tuple(people[: len(one.get("people", [{}]))])})
        if one["decision"] in ("reassign", "add_approver", "ask")
        else Move(**one)
        for one in decisions
    ]
    steps = simulate(workflow, world, INITIATOR, moves).steps
    assert {event: sum(step.event == event for step in steps) for event in history} == history


REFUSED = {
    "what was decided cannot be withdrawn": (
        {"withdraw": "before_decision"},
        [lead("approve"), lead("withdraw")],
        "/decisions/1",
    ),
    "what is not offered": ({"decisions": {"add_approver": False}}, [lead("add_approver")], "/decisions/0"),
    "nobody was asked anything": ({}, [lead("answer")], "/decisions/0"),
}


@pytest.mark.parametrize("settings, decisions, path", REFUSED.values(), ids=REFUSED)
def test_what_cannot_be_is_told_at_its_place(settings, decisions, path):
    document = app(**settings)
    scenario = {"label": LABEL, "record": {"no": "Q1"}, "decisions": decisions, "expect": {}}
    document["workflows"]["quote_approval"]["tests"] = {"case": scenario}
    compiled = compile_app(load_app(document))
    workflow = compiled.definition.workflows["quote_approval"]
    issues = rehearse(compiled, workflow, workflow.tests["case"], CONTEXT).issues
    assert [issue.path for issue in issues] == [path]


def test_whether_a_decision_left_nobody_to_be_asked():
    compiled = compile_app(load_app(app(**TWO, several=ALL)))
    workflow = compiled.definition.workflows["quote_approval"]
    world = ImaginedCompany.of(compiled, "quote", {"no": "Q1"}, CONTEXT)
    one = Move(node="lead", decision="approve", alone=True)
    assert simulate(workflow, world, INITIATOR, [one]).settled == (False,)
    assert simulate(workflow, world, INITIATOR, [one, one]).settled == (False, True)
    assert simulate(workflow, world, INITIATOR, [Move(node="lead", decision="approve")]).settled == (True,)


def test_what_comes_next_by_itself():
    compiled = compile_app(load_app(app(**WITH_DUE)))
    workflow = compiled.definition.workflows["quote_approval"]
    world = ImaginedCompany.of(compiled, "quote", {"no": "Q1"}, CONTEXT)
    wakes = simulate(workflow, world, INITIATOR, []).wakes
    assert wakes is not None
    assert (wakes.node, wakes.kind, wakes.at) == ("lead", "remind", datetime(2026, 3, 6, 12, tzinfo=UTC))
    later = simulate(workflow, world, INITIATOR, [Move(node="lead", decision="wait")]).wakes
    assert later is not None
    assert (later.kind, later.at) == ("due", datetime(2026, 3, 7, 12, tzinfo=UTC))
