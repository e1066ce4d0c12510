"""Going back: to the start, to who was asked before, out of splits; again the same way or straight back."""

import pytest

from tests.unit.workflows.play import ADA, ANN, BOB, CAY, DAN, EVE, Play
from tests.unit.workflows.test_ways import END, approval, branch, twice

STRAIGHT = {"return": {"to": ["start", "any"], "then": "straight_back"}}

LINE = {
    "one": approval(BOB, next="two"),
    "two": approval(CAY, next="three"),
    "three": approval(DAN),
    "end": END,
}


def with_return(node, **said):
    return {**LINE, node: {**LINE[node], "decisions": {"return": said}}}


@twice
def test_back_to_the_start_and_the_same_way_again(reload):
    play = Play(LINE, reload=reload).start().decide(BOB, "approve").decide(CAY, "return", to="start")
    assert (play.asked, play.at) == ([(ANN, "start")], ["start"])
    assert ("returned", (ANN,)) in play.told
    assert set(play.offers(ANN)) == {"submit", "withdraw"}
    play.decide(ANN, "submit")
    assert play.asked == [(BOB, "one")]
    play.decide(BOB, "approve").decide(CAY, "approve").decide(DAN, "approve")
    assert play.status == "approved"
    assert play.path == ["one", "two", "start", "one", "two", "three", "end"]


@twice
def test_the_initiator_gives_it_up(reload):
    play = Play(LINE, reload=reload).start().decide(BOB, "return")
    assert play.decide(ANN, "withdraw").status == "withdrawn"


@twice
def test_an_initiator_who_left_is_stood_in_for(reload):
    play = Play(LINE, reload=reload, left=(ANN,)).start().decide(BOB, "return")
    assert play.asked == [(ADA, "start")]


@twice
def test_straight_back(reload):
    nodes = {**LINE, "three": {**LINE["three"], "decisions": STRAIGHT}}
    play = Play(nodes, reload=reload).start().decide(BOB, "approve").decide(CAY, "approve")
    play.decide(DAN, "return", to="one")
    assert play.asked == [(BOB, "one")]
    play.decide(BOB, "approve")
    assert play.asked == [(DAN, "three")]
    play.decide(DAN, "return", to="start").decide(ANN, "submit")
    assert play.asked == [(DAN, "three")]
    assert play.decide(DAN, "approve").status == "approved"


TARGETS = {
    "the usual": ({}, ("two", "one", "start")),
    "any": ({"to": ["any"]}, ("two", "one")),
    "previous": ({"to": ["previous"]}, ("two",)),
    "one that was named": ({"to": ["one"]}, ("one",)),
    "start and previous": ({"to": ["start", "previous"]}, ("two", "start")),
}


@pytest.mark.parametrize("said, targets", TARGETS.values(), ids=TARGETS)
def test_where_it_may_go_back_to(said, targets):
    play = Play(with_return("three", **said)).start().decide(BOB, "approve").decide(CAY, "approve")
    assert play.offers(DAN)["return"].to == targets


def test_only_where_people_were_asked():
    nodes = {
        "how": branch("exclusive", a=("{amount} > 1", "a"), b="b"),
        "a": approval(BOB, next="c"),
        "b": approval(CAY, next="c"),
        "c": approval(DAN),
        "end": END,
    }
    play = Play(nodes, values={"amount": 5}).start().decide(BOB, "approve")
    assert play.offers(DAN)["return"].to == ("a", "start")


def test_previous_of_the_first_is_the_start():
    play = Play(with_return("one", to=["previous"])).start()
    assert play.offers(BOB)["return"].to == ("start",)


SPLIT = {
    "zero": approval(EVE, next="split"),
    "split": branch("parallel", a="a1", b="b"),
    "a1": approval(BOB, next="a2"),
    "a2": approval(CAY, next="join"),
    "b": approval(DAN, next="join"),
    "join": {"type": "join", "next": "last"},
    "last": approval(EVE),
    "end": END,
}


@twice
def test_out_of_a_split_gives_up_its_other_ways(reload):
    play = (
        Play(SPLIT, reload=reload)
        .start()
        .decide(EVE, "approve")
        .decide(BOB, "approve")
        .decide(DAN, "approve")
    )
    play.decide(CAY, "return", to="zero")
    assert (play.asked, play.at) == ([(EVE, "zero")], ["zero"])
    play.decide(EVE, "approve")
    assert play.asked == [(BOB, "a1"), (DAN, "b")]


@twice
def test_inside_of_a_split_the_other_ways_stay(reload):
    play = Play(SPLIT, reload=reload).start().decide(EVE, "approve").decide(BOB, "approve")
    play.decide(CAY, "return", to="a1")
    assert play.asked == [(BOB, "a1"), (DAN, "b")]
    play.decide(BOB, "approve").decide(CAY, "approve").decide(DAN, "approve")
    assert play.asked == [(EVE, "last")]


@twice
def test_straight_out_of_a_split_leaves_the_other_ways(reload):
    nodes = {**SPLIT, "a2": {**SPLIT["a2"], "decisions": STRAIGHT}}
    play = Play(nodes, reload=reload).start().decide(EVE, "approve").decide(BOB, "approve")
    play.decide(CAY, "return", to="start")
    assert play.asked == [(ANN, "start"), (DAN, "b")]
    play.decide(DAN, "approve").decide(ANN, "submit").decide(CAY, "approve")
    assert play.asked == [(EVE, "last")]


@twice
def test_back_into_a_split_that_was_joined(reload):
    play = Play(SPLIT, reload=reload).start().decide(EVE, "approve")
    play.decide(BOB, "approve").decide(CAY, "approve").decide(DAN, "approve").decide(EVE, "return", to="a2")
    assert play.asked == [(CAY, "a2")]
    play.decide(CAY, "approve")
    assert play.asked == [(EVE, "last")]
    assert play.decide(EVE, "approve").status == "approved"


@twice
def test_approvals_before_a_return_spare_nobody(reload):
    nodes = {
        "one": approval(BOB, next="two"),
        "two": approval(BOB, CAY, several={"rule": "all"}, repeat={"earlier": "skip"}),
        "end": END,
    }
    play = Play(nodes, reload=reload).start().decide(BOB, "approve")
    assert play.asked == [(CAY, "two")]
    play.decide(CAY, "return", to="one").decide(BOB, "approve")
    assert play.asked == [(CAY, "two")]
    play.decide(CAY, "return", to="start").decide(ANN, "submit")
    assert play.asked == [(BOB, "one")]
