"""Decisions that are signed: where a signature must be, may be and must not be; and what counts as one."""

import pytest

from joinery.definitions import load_app
from joinery.forms import compile_app
from joinery.formulas import EvaluationContext
from joinery.kernel import InvalidInput
from joinery.workflows import Move, Signature, read_signature, rehearse, show_signature, simulate
from tests.unit.workflows.play import ADA, ANN, BOB, CAY, DAN, NOON, Play, document_of
from tests.unit.workflows.test_ways import END, approval, twice

SIGNED = {"approve": {"signature": "required"}, "reject": {"signature": "optional"}}


def play_of(*, reload=False, **settings):
    """A play of two approvals of which the second is signed, standing there."""
    nodes = {
        "first": approval(BOB, next="lead"),
        "lead": approval(CAY, **{"decisions": SIGNED, **settings}),
        "end": END,
    }
    play = Play(nodes, reload=reload).start()
    return play.decide(BOB, "approve")


def signed_steps(play):
    return [(step.event, step.user) for step in play.steps if step.detail.get("signed")]


@twice
def test_what_must_be_signed_is_not_decided_without(reload):
    play = play_of(reload=reload)
    assert {key: offer.signature for key, offer in play.offers(CAY).items()} == {
        "approve": "required",
        "reject": "optional",
        "return": "no",
        "reassign": "no",
        "add_approver": "no",
        "ask": "no",
    }
    with pytest.raises(InvalidInput) as refused:
        play.decide(CAY, "approve")
    assert [(one.path, one.code) for one in refused.value.issues] == [
        ("/signature", "workflow_signature_required")
    ]
    assert play.asked == [(CAY, "lead")]
    play.decide(CAY, "approve", signed=True)
    assert (play.status, signed_steps(play)) == ("approved", [("decided", CAY)])
    assert [task.signed for task in play.instance.tasks if task.state == "done"] == [False, True]


CASES = {
    "optional, given": ("reject", {"signed": True}, None),
    "optional, not given": ("reject", {}, None),
    "not asked for": ("return", {"signed": True}, "workflow_not_signed"),
    "handing over is not signed": ("reassign", {"signed": True, "people": (BOB,)}, "workflow_not_signed"),
    "handing over needs none": ("reassign", {"people": (BOB,)}, None),
    "adding somebody before oneself needs none": (
        "add_approver",
        {"people": (DAN,), "where": "before"},
        None,
    ),
    "who adds somebody after himself approves by that": (
        "add_approver",
        {"people": (DAN,), "where": "after"},
        "workflow_signature_required",
    ),
    "and signs": ("add_approver", {"people": (DAN,), "where": "after", "signed": True}, None),
}


@twice
@pytest.mark.parametrize("decision, said, code", CASES.values(), ids=CASES)
def test_where_a_signature_belongs(reload, decision, said, code):
    play = play_of(reload=reload)
    if code is None:
        play.decide(CAY, decision, **said)
        assert bool(signed_steps(play)) == said.get("signed", False)
        return
    with pytest.raises(InvalidInput) as refused:
        play.decide(CAY, decision, **said)
    assert [one.code for one in refused.value.issues] == [code]
    assert play.asked == [(CAY, "lead")]


@twice
def test_a_return_is_signed_where_it_must_be(reload):
    play = play_of(reload=reload, decisions={"return": {"signature": "required"}})
    with pytest.raises(InvalidInput):
        play.decide(CAY, "return", to="first")
    play.decide(CAY, "return", to="first", signed=True)
    assert signed_steps(play) == [("returned", CAY)]


@twice
def test_the_start_and_answers_are_not_signed(reload):
    play = play_of(reload=reload)
    play.decide(CAY, "ask", people=(ADA,))
    assert play.offers(ADA)["answer"].signature == "no"
    play.decide(CAY, "return", to="start")
    assert {offer.signature for offer in play.offers(ANN).values()} == {"no"}


@twice
def test_what_is_decided_at_a_deadline_carries_no_signature(reload):
    due = {"after": {"amount": 1, "unit": "days"}, "then": "approve"}
    play = play_of(reload=reload, due=due).wait(days=2)
    assert (play.status, signed_steps(play)) == ("approved", [])


def test_simulations_take_what_must_be_signed_as_signed():
    play = play_of()
    moves = [Move(node="first", decision="approve"), Move(node="lead", decision="approve")]
    found = simulate(play.workflow, Imagined(play.world), ANN, moves)
    assert (found.instance.status, found.issues) == ("approved", ())
    assert [step.node for step in found.steps if step.detail.get("signed")] == ["lead"]


class Imagined:
    """The company of a play, in which values and moments are imagined."""

    def __init__(self, world):
        self._world = world

    def __getattr__(self, name):
        return getattr(self._world, name)

    def imagine(self, values, now):
        return self

    def fill_in(self, sent):
        return self


SCENARIOS = {
    "where it may be": ("reject", True, []),
    "where it must be, and nobody says so": ("approve", False, []),
    "where it must be": ("approve", True, []),
    "where none is asked for": ("return", True, ["/decisions/0"]),
}


@pytest.mark.parametrize("decision, signature, paths", SCENARIOS.values(), ids=SCENARIOS)
def test_scenarios_sign(decision, signature, paths):
    nodes = {"lead": approval(CAY, decisions=SIGNED), "end": END}
    app = compile_app(load_app(document_of(nodes)))
    decided = {"node": "lead", "decision": decision, "signature": signature}
    scenario = {"label": {"en": "x", "zh": "x"}, "decisions": [decided], "expect": {}}
    found = rehearse(app, app.definition.workflows["w"], scenario, EvaluationContext(now=NOON))
    assert [issue.path for issue in found.issues] == paths


WRONG = {
    "a script": ("drawn", "<script>alert(1)</script>"),
    "a path that is closed": ("drawn", "M1 1L90 90Z"),
    "curves": ("drawn", "M1 1C1 2 3 4 5 6"),
    "an address": ("drawn", "M1 1L90 90 url(#a)"),
    "parts of numbers": ("drawn", "M1.5 1L90 90"),
    "below nothing": ("drawn", "M-1 1L90 90"),
    "half a point": ("drawn", "M1 1L90 90 3"),
    "nothing but points": ("drawn", "M1 1M90 90"),
    "digits of another script": ("drawn", "M١ ١L٩٠ ٩٠"),
    "a line's end": ("drawn", "M1 1L90 90\n"),
    "too wide": ("drawn", "M1 1L601 20"),
    "too high": ("drawn", "M1 1L60 201"),
    "a slip of the pen": ("drawn", "M100 100L105 103 101 109"),
    "too long": ("drawn", "M1 1L" + "90 90 " * 2999 + "90 90"),
    "no name": ("typed", "   "),
    "no letters": ("typed", "--- 12"),
    "what turns the direction": ("typed", "Mia \u202eaiM"),
    "what cannot be seen": ("typed", "Mia\u0000"),
    "a long name": ("typed", "M" * 61),
}


@pytest.mark.parametrize("kind, content", WRONG.values(), ids=WRONG)
def test_what_is_no_signature(kind, content):
    with pytest.raises(InvalidInput) as refused:
        read_signature({kind: content})
    assert [one.path for one in refused.value.issues] == [f"/{kind}"]


RIGHT = {
    "one stroke": ({"drawn": "M0 0L600 200"}, Signature(kind="drawn", content="M0 0L600 200")),
    "several": (
        {"drawn": "M10 20L30 40 50 45M60 60L61 70"},
        Signature(kind="drawn", content="M10 20L30 40 50 45M60 60L61 70"),
    ),
    "a flat line": ({"drawn": "M10 20L30 20"}, Signature(kind="drawn", content="M10 20L30 20")),
    "a name": ({"typed": "  Mia   Chen "}, Signature(kind="typed", content="Mia Chen")),
    "a Chinese name": ({"typed": "陈美雅"}, Signature(kind="typed", content="陈美雅")),
}


@pytest.mark.parametrize("sent, signature", RIGHT.values(), ids=RIGHT)
def test_what_is_one(sent, signature):
    assert read_signature(sent) == signature
    assert read_signature(show_signature(signature)) == signature
