"""Whom a node asks, how several decide, and what each decision does."""

import pytest

from joinery.kernel import InvalidInput
from joinery.workflows import (
    Cancelled,
    CannotWithdraw,
    Decided,
    InstanceEnded,
    InstanceRuns,
    Moved,
    NotYours,
    Reactivated,
    Reassigned,
    Retried,
    TaskClosed,
    Urged,
    Withdrawn,
    predict,
)
from tests.unit.workflows.play import ADA, ANN, BOB, CAY, DAN, EVE, FAY, Play
from tests.unit.workflows.test_ways import END, approval, branch, twice


def lead(*users, **settings):
    """A play of one approval, started."""
    play = {name: settings.pop(name) for name in ("reload", "away", "left", "values") if name in settings}
    properties = settings.pop("properties", None)
    return Play({"lead": approval(*users, **settings), "end": END}, properties=properties, **play).start()


SEVERAL = {
    "any: the first decides": ({"rule": "any"}, "a", "approved"),
    "any: also when he rejects": ({"rule": "any"}, "r", "rejected"),
    "all: not before the last": ({"rule": "all"}, "aa", "running"),
    "all: the last": ({"rule": "all"}, "aaa", "approved"),
    "all: one rejection is certain": ({"rule": "all"}, "ar", "rejected"),
    "share: enough": ({"rule": "share", "share": 60}, "aa", "approved"),
    "share: not yet certain": ({"rule": "share", "share": 60}, "ar", "running"),
    "share: certain that it will not be enough": ({"rule": "share", "share": 60}, "rr", "rejected"),
    "share: after a rejection": ({"rule": "share", "share": 60}, "raa", "approved"),
    "share: one per cent is one person": ({"rule": "share", "share": 1}, "rra", "approved"),
    "share: all": ({"rule": "share", "share": 100}, "aar", "rejected"),
    "veto": ({"rule": "share", "share": 30, "veto": True}, "r", "rejected"),
}


@twice
@pytest.mark.parametrize("several, decisions, status", SEVERAL.values(), ids=SEVERAL)
def test_how_several_decide(reload, several, decisions, status):
    play = lead(BOB, CAY, DAN, several=several, reload=reload)
    assert [user for user, _ in play.asked] == [BOB, CAY, DAN]
    for user, decision in zip((BOB, CAY, DAN), decisions, strict=False):
        play.decide(user, {"a": "approve", "r": "reject"}[decision])
    assert play.status == status
    assert (play.asked == []) == (status != "running")


@twice
def test_in_turn(reload):
    play = lead(BOB, CAY, DAN, several={"rule": "all", "in_turn": True}, reload=reload)
    seen = []
    for user in (BOB, CAY, DAN):
        seen.append(play.asked)
        play.decide(user, "approve")
    assert seen == [[(BOB, "lead")], [(CAY, "lead")], [(DAN, "lead")]]
    assert play.status == "approved"


@twice
def test_a_chain_of_managers_is_asked_in_turn(reload):
    rule = {"by": "manager_chain", "of": "initiator", "up_to": {"level": 2}}
    nodes = {"lead": {"type": "approval", "assignees": [rule], "next": "end"}, "end": END}
    play = Play(nodes, reload=reload).start()
    assert play.asked == [(BOB, "lead")]
    play.decide(BOB, "approve")
    assert play.asked == [(CAY, "lead")]
    assert play.decide(CAY, "reject").status == "rejected"


@twice
def test_each_person_is_asked_once(reload):
    rules = [{"by": "users", "users": [CAY, BOB]}, {"by": "role", "role": "finance"}, {"by": "initiator"}]
    nodes = {"lead": {"type": "approval", "assignees": rules, "next": "end"}, "end": END}
    assert [user for user, _ in Play(nodes, reload=reload).start().asked] == [ANN, BOB, CAY, EVE]


NOBODY = {
    "an administrator": (None, (), [(ADA, "lead")], "running"),
    "named": ({"then": "users", "users": [EVE, FAY]}, (), [(EVE, "lead"), (FAY, "lead")], "running"),
    "who left is not asked": ({"then": "users", "users": [EVE, FAY]}, (EVE,), [(FAY, "lead")], "running"),
    "skip": ({"then": "skip"}, (), [], "approved"),
    "stop": ({"then": "stop"}, (), [], "stuck"),
    "no administrator either": (None, (ADA,), [], "stuck"),
}


@twice
@pytest.mark.parametrize("nobody, left, asked, status", NOBODY.values(), ids=NOBODY)
def test_when_nobody_is_found(reload, nobody, left, asked, status):
    settings = {"assignees": [{"by": "role", "role": "nobody"}]} | ({"nobody": nobody} if nobody else {})
    nodes = {"lead": {"type": "approval", "next": "end", **settings}, "end": END}
    play = Play(nodes, reload=reload, left=left).start()
    assert (play.asked, play.status) == (asked, status)


@twice
def test_a_stopped_node_asks_again_once_somebody_is_there(reload):
    nodes = {
        "lead": {
            "type": "approval",
            "assignees": [{"by": "field", "field": "helper"}],
            "nobody": {"then": "stop"},
            "next": "end",
        },
        "end": END,
    }
    play = Play(nodes, reload=reload).start().change(helper=EVE)
    assert play.status == "stuck"
    assert play.happen(Retried(ADA)).asked == [(EVE, "lead")]
    assert (play.status, play.decide(EVE, "approve").status) == ("running", "approved")


REPEAT = {
    "the initiator is asked": ({"initiator": "ask"}, [ANN], [(ANN, "second")]),
    "the initiator is spared": ({"initiator": "skip"}, [ANN], []),
    "who approved before is asked": ({}, [BOB], [(BOB, "second")]),
    "who approved before is spared": ({"earlier": "skip"}, [BOB], []),
    "others are asked all the same": ({"earlier": "skip"}, [BOB, CAY], [(CAY, "second")]),
}


@twice
@pytest.mark.parametrize("repeat, users, asked", REPEAT.values(), ids=REPEAT)
def test_the_same_person_again(reload, repeat, users, asked):
    second = approval(*users, repeat=repeat, several={"rule": "all"})
    nodes = {"lead": approval(BOB, next="second"), "second": second, "end": END}
    play = Play(nodes, reload=reload).start().decide(BOB, "approve")
    assert play.asked == asked
    assert play.status == ("running" if asked else "approved")
    spared = [task for task in play.instance.tasks if task.by_rule]
    assert play.events("second").count("skipped") == len(spared)
    told = [users for kind, users in play.told if kind == "task"]
    assert told == [(BOB,), *((user,) for user, _ in asked)]


#: Bob leads, Cay looks at it, then the last is asked; each repeats after another step or directly.
AGAIN = {
    "the initiator right after starting": ("first", ANN, {"initiator": "skip_adjacent"}, False),
    "the initiator after somebody else": ("last", ANN, {"initiator": "skip_adjacent"}, True),
    "who agreed in the step before": ("last", CAY, {"earlier": "skip_adjacent"}, False),
    "who agreed in an earlier step": ("last", BOB, {"earlier": "skip_adjacent"}, True),
    "who agreed in any step": ("last", BOB, {"earlier": "skip"}, False),
    "starting is no approval": ("first", ANN, {"earlier": "skip_adjacent"}, True),
}


@twice
@pytest.mark.parametrize("place, user, repeat, asked", AGAIN.values(), ids=AGAIN)
def test_directly_before_or_anywhere_before(reload, place, user, repeat, asked):
    nodes = {
        "first": approval(user, repeat=repeat, next="lead"),
        "lead": approval(BOB, next="note"),
        # What asks nobody does not stand between two steps.
        "note": {"type": "set_fields", "values": {"name": '"x"'}, "next": "look"},
        "look": approval(CAY, next="how"),
        "how": branch("exclusive", never=("{amount} > 1", "end"), usual="last"),
        "last": approval(user, repeat=repeat),
        "end": END,
    }
    if place == "last":
        del nodes["first"]
    play = Play(nodes, reload=reload).start()
    if place == "last":
        play.decide(BOB, "approve").decide(CAY, "approve")
    assert ((user, place) in play.asked) is asked


@twice
def test_after_ways_that_met_whoever_agreed_on_one_of_them_is_spared(reload):
    nodes = {
        "split": branch("parallel", a="a", b="b"),
        "a": approval(BOB, next="join"),
        "b": approval(CAY, next="join"),
        "join": {"type": "join", "next": "last"},
        "last": approval(
            BOB, CAY, DAN, several={"rule": "all"}, repeat={"earlier": "skip_adjacent"}, next="end"
        ),
        "end": END,
    }
    play = Play(nodes, reload=reload).start().decide(BOB, "approve").decide(CAY, "approve")
    assert play.asked == [(DAN, "last")]
    [rule] = {task.by_rule for task in play.instance.tasks if task.node == "last" and task.by_rule}
    assert rule == "adjacent"


@twice
def test_who_was_spared_is_spared_in_the_step_after_too_until_it_is_returned(reload):
    spare = {"earlier": "skip_adjacent"}
    nodes = {
        "a": approval(BOB, next="b"),
        "b": approval(BOB, repeat=spare, next="c"),
        "c": approval(BOB, repeat=spare, next="d"),
        "d": approval(CAY),
        "end": END,
    }
    play = Play(nodes, reload=reload).start().decide(BOB, "approve")
    assert play.asked == [(CAY, "d")]
    play.decide(CAY, "return", to="b")
    assert play.asked == [(BOB, "b")]


@twice
def test_a_deadline_that_agreed_spares_nobody(reload):
    due = {"after": {"amount": 1, "unit": "hours"}, "then": "approve"}
    nodes = {
        "a": approval(BOB, due=due, next="b"),
        "b": approval(BOB, repeat={"earlier": "skip"}),
        "end": END,
    }
    assert Play(nodes, reload=reload).start().wait(hours=2).asked == [(BOB, "b")]


MANAGER = {"initiator": "manager"}
MANAGERS = {
    "in his place": ([ANN, CAY], ANN, [(BOB, "lead"), (CAY, "lead")]),
    "who is asked anyway": ([BOB, ANN], ANN, [(BOB, "lead")]),
    "only for the initiator": ([BOB], ANN, [(BOB, "lead")]),
    "nobody is above him": ([DAN], DAN, [(ADA, "lead")]),
}


@twice
@pytest.mark.parametrize("users, initiator, asked", MANAGERS.values(), ids=MANAGERS)
def test_the_manager_is_asked_in_place_of_the_initiator(reload, users, initiator, asked):
    nodes = {"first": approval(FAY, next="lead"), "lead": approval(*users, repeat=MANAGER), "end": END}
    play = Play(nodes, reload=reload).start(initiator)
    expected = predict(play.workflow, play.instance, play.world)
    assert [list(one.people) for one in expected if one.node == "lead"] == [[user for user, _ in asked]]
    assert play.decide(FAY, "approve").asked == asked


CHECKS = {"validations": {"{amount} > 0": {"en": "No amount", "zh": "无金额"}}}


@twice
@pytest.mark.parametrize("decision", ["reject", "return"])
def test_what_must_hold_for_rejecting_and_returning(reload, decision):
    free = Play({"a": approval(BOB, **CHECKS), "end": END}, reload=reload).start()
    assert not free.offers(BOB)[decision].complete
    assert free.decide(BOB, decision).asked != [(BOB, "a")]
    bound = approval(BOB, decisions={decision: {"complete": True}}, **CHECKS)
    play = Play({"a": bound, "end": END}, reload=reload).start()
    assert play.offers(BOB)[decision].complete
    with pytest.raises(InvalidInput) as refused:
        play.decide(BOB, decision)
    assert [issue.path for issue in refused.value.issues] == ["/values"]
    assert play.change(amount=1).decide(BOB, decision).asked != [(BOB, "a")]


@twice
def test_who_adds_somebody_after_himself_agrees_and_must_hold_to_the_checks(reload):
    play = Play({"a": approval(BOB, **CHECKS), "end": END}, reload=reload).start()
    with pytest.raises(InvalidInput):
        play.decide(BOB, "add_approver", people=(CAY,), where="after")
    assert play.asked == [(BOB, "a")]
    play.change(amount=1).decide(BOB, "add_approver", people=(CAY,), where="after")
    assert play.asked == [(CAY, "a")]


@twice
def test_a_deputy_stands_in(reload):
    play = lead(BOB, reload=reload, away={BOB: EVE})
    assert play.asked == [(EVE, "lead")]
    [task] = play.instance.tasks
    assert task.for_user == BOB
    assert ("delegated", (BOB,)) in play.told
    play.decide(EVE, "approve")
    assert [one.detail["for_user"] for one in play.steps if one.event == "decided"] == [BOB]


@pytest.mark.parametrize(
    "away, left, asked",
    [
        ({BOB: EVE, EVE: FAY}, (), FAY),
        ({BOB: EVE, EVE: BOB}, (), EVE),
        ({BOB: EVE}, (EVE,), BOB),
        ({BOB: ANN}, (), BOB),
        ({BOB: EVE, EVE: ANN}, (), EVE),
    ],
    ids=["a deputy's deputy", "in a circle", "who left", "never the initiator", "nor by another"],
)
def test_who_is_the_deputy(away, left, asked):
    assert lead(BOB, away=away, left=left).asked == [(asked, "lead")]


def test_a_deputy_of_two_is_asked_once():
    assert (
        lead(BOB, CAY, several={"rule": "all"}, away={BOB: EVE, CAY: EVE}).decide(EVE, "approve").status
        == "approved"
    )


@twice
def test_filling_in(reload):
    nodes = {
        "fill": {"type": "fill_in", "assignees": [{"by": "users", "users": [BOB, CAY]}], "next": "end"},
        "end": END,
    }
    play = Play(nodes, reload=reload).start()
    assert set(play.offers(BOB)) == {"submit", "reassign", "ask"}
    assert play.decide(BOB, "submit").status == "approved"
    nodes["fill"]["several"] = {"rule": "all"}
    play = Play(nodes, reload=reload).start().decide(BOB, "submit")
    assert (play.status, play.decide(CAY, "submit").status) == ("running", "approved")


@twice
def test_what_must_hold_before_it_goes_on(reload):
    play = lead(BOB, validations={"{amount} > 10": {"en": "Too little", "zh": "太少"}}, reload=reload)
    with pytest.raises(InvalidInput) as refused:
        play.decide(BOB, "approve")
    assert [issue.params["text"]["en"] for issue in refused.value.issues] == ["Too little"]
    assert play.asked == [(BOB, "lead")]
    assert play.change(amount=11).decide(BOB, "approve").status == "approved"
    assert (
        lead(BOB, validations={"{amount} > 10": {"en": "x"}}, reload=reload).decide(BOB, "reject").status
        == "rejected"
    )


REFUSED = {
    "an unknown decision": ({"decision": "bless"}, "/decision"),
    "one that is not offered": ({"decision": "hold"}, "/decision"),
    "submitting an approval": ({"decision": "submit"}, "/decision"),
    "rejecting without a reason": ({"decision": "reject", "comment": None}, "/comment"),
    "asking nobody": ({"decision": "ask"}, "/users"),
    "reassigning to two": ({"decision": "reassign", "people": (CAY, EVE)}, "/users"),
    "reassigning to oneself": ({"decision": "reassign", "people": (BOB,)}, "/users/0"),
    "reassigning to who is asked": ({"decision": "reassign", "people": (DAN,)}, "/users/0"),
    "reassigning to who left": ({"decision": "reassign", "people": (FAY,)}, "/users/0"),
    "adding who is asked": ({"decision": "add_approver", "people": (EVE, DAN)}, "/users/1"),
    "adding nowhere": ({"decision": "add_approver", "people": (EVE,), "where": "above"}, "/where"),
    "asking oneself": ({"decision": "ask", "people": (BOB,)}, "/users"),
    "returning nowhere": ({"decision": "return", "to": "lead"}, "/to"),
    "returning somehow": ({"decision": "return", "to": "start", "then": "straight_back"}, "/then"),
}


@pytest.mark.parametrize("what, path", REFUSED.values(), ids=REFUSED)
def test_what_is_refused_changes_nothing(what, path):
    play = lead(BOB, DAN, several={"rule": "all"}, left=(FAY,))
    before = play.instance
    with pytest.raises(InvalidInput) as refused:
        play.decide(BOB, **what)
    assert [issue.path for issue in refused.value.issues] == [path]
    assert play.instance == before


def test_a_required_comment():
    play = lead(BOB, decisions={"approve": {"comment": "required"}})
    with pytest.raises(InvalidInput) as refused:
        play.decide(BOB, "approve", comment=None)
    assert [issue.path for issue in refused.value.issues] == ["/comment"]
    assert play.decide(BOB, "approve", comment="Fine").status == "approved"


def test_only_the_holder_decides_and_only_once():
    play = lead(BOB, CAY)
    mine, other = play.instance.tasks
    with pytest.raises(NotYours):
        play.happen(Decided(mine.id, CAY, "approve"))
    play.decide(BOB, "approve")
    for task, user in ((mine, BOB), (other, CAY)):
        with pytest.raises(TaskClosed):
            play.happen(Decided(task.id, user, "approve"))
    with pytest.raises(TaskClosed):
        play.happen(Decided(999, BOB, "approve"))


@twice
def test_reassigning(reload):
    play = lead(BOB, CAY, several={"rule": "all", "in_turn": True}, reload=reload)
    play.decide(BOB, "reassign", people=(EVE,))
    assert play.asked == [(EVE, "lead")]
    assert [one.detail["people"] for one in play.steps if one.event == "reassigned"] == [[EVE]]
    play.decide(EVE, "approve")
    assert play.asked == [(CAY, "lead")]
    queued = lead(BOB, CAY, DAN, several={"rule": "all", "in_turn": True}, reload=reload)
    [number] = [task.id for task in queued.instance.tasks if task.user == CAY]
    queued.happen(Reassigned(ADA, number, FAY, "ill")).decide(BOB, "approve")
    assert queued.asked == [(FAY, "lead")]
    assert queued.decide(FAY, "approve").asked == [(DAN, "lead")]


@twice
def test_adding_an_approver_before(reload):
    play = lead(BOB, CAY, several={"rule": "all"}, reload=reload)
    play.decide(BOB, "add_approver", people=(EVE,), where="before")
    assert play.asked == [(CAY, "lead"), (EVE, "lead")]
    play.decide(EVE, "approve")
    assert play.asked == [(BOB, "lead"), (CAY, "lead")]
    assert play.decide(CAY, "approve").decide(BOB, "approve").status == "approved"
    other = lead(BOB, CAY, several={"rule": "all"}, reload=reload)
    other.decide(BOB, "add_approver", people=(EVE,), where="before")
    assert other.decide(EVE, "reject").status == "rejected"


@twice
def test_adding_an_approver_after(reload):
    play = lead(BOB, reload=reload).decide(BOB, "add_approver", people=(EVE, FAY), where="after")
    assert (play.asked, play.status) == ([(EVE, "lead"), (FAY, "lead")], "running")
    assert play.decide(EVE, "approve").status == "running"
    assert play.decide(FAY, "approve").status == "approved"


@twice
def test_adding_an_approver_beside(reload):
    play = lead(BOB, several={"rule": "all"}, reload=reload)
    play.decide(BOB, "add_approver", people=(EVE,), where="beside").decide(BOB, "approve")
    assert (play.asked, play.status) == ([(EVE, "lead")], "running")
    assert play.decide(EVE, "approve").status == "approved"


@twice
def test_asking_for_information(reload):
    play = lead(BOB, reload=reload).decide(BOB, "ask", people=(EVE,), comment="How much?")
    assert play.asked == [(BOB, "lead"), (EVE, "lead")]
    assert set(play.offers(EVE)) == {"answer"}
    play.decide(EVE, "answer", comment="Ten.")
    assert (play.asked, play.told[-1]) == ([(BOB, "lead")], ("answered", (BOB,)))
    assert play.decide(BOB, "approve").status == "approved"
    unanswered = lead(BOB, reload=reload).decide(BOB, "ask", people=(EVE,)).decide(BOB, "approve")
    assert (unanswered.status, unanswered.asked) == ("approved", [])


@twice
def test_a_comment_is_held_without_deciding(reload):
    play = lead(BOB, decisions={"hold": {}}, reload=reload).decide(BOB, "hold", comment="Later.")
    assert (play.asked, play.instance.tasks[0].comment) == ([(BOB, "lead")], "Later.")


OFFERS = {
    "the usual ones": ({}, {"approve", "reject", "return", "reassign", "add_approver", "ask"}),
    "some taken away": (
        {"reject": False, "return": False, "ask": False},
        {"approve", "reassign", "add_approver"},
    ),
    "one added": (
        {"hold": {"comment": "optional"}, "return": False},
        {"approve", "reject", "reassign", "add_approver", "ask", "hold"},
    ),
}


@pytest.mark.parametrize("decisions, offered", OFFERS.values(), ids=OFFERS)
def test_what_is_offered(decisions, offered):
    assert set(lead(BOB, decisions=decisions).offers(BOB)) == offered


def test_how_it_is_offered():
    decisions = {"reject": {"comment": "optional"}, "add_approver": {"where": ["beside"]}}
    offers = lead(BOB, decisions=decisions).offers(BOB)
    assert (offers["reject"].comment, offers["approve"].comment) == ("optional", "optional")
    assert offers["add_approver"].where == ("beside",)
    assert (offers["return"].to, offers["return"].then) == (("start",), ("again",))


WITHDRAWALS = {
    "before a decision": ("before_decision", 0, True),
    "after a decision": ("before_decision", 1, False),
    "any time": ("any_time", 1, True),
    "never": ("never", 0, False),
}


@pytest.mark.parametrize("rule, decisions, may", WITHDRAWALS.values(), ids=WITHDRAWALS)
def test_withdrawing(rule, decisions, may):
    state = {"field": "status", "running": "busy", "withdrawn": "draft"}
    play = lead(BOB, CAY, several={"rule": "all"}, properties={"withdraw": rule, "state": state})
    for user in (BOB, CAY)[:decisions]:
        play.decide(user, "approve")
    with pytest.raises(CannotWithdraw):
        play.happen(Withdrawn(BOB))
    if not may:
        with pytest.raises(CannotWithdraw):
            play.happen(Withdrawn(ANN))
        return
    play.happen(Withdrawn(ANN, "a mistake"))
    assert (play.status, play.asked, play.world.values["status"]) == ("withdrawn", [], "draft")
    with pytest.raises(InstanceEnded):
        play.happen(Withdrawn(ANN))


@twice
def test_urging_reminds_those_who_are_asked(reload):
    play = lead(BOB, CAY, several={"rule": "all", "in_turn": True}, reload=reload)
    play.happen(Urged(ANN))
    assert play.told[-1] == ("urge", (BOB,))


@twice
def test_administrators_move_and_cancel(reload):
    nodes = {
        "split": branch("parallel", a="a", b="b"),
        "a": approval(BOB, next="join"),
        "b": approval(CAY, next="join"),
        "join": {"type": "join", "next": "last"},
        "last": approval(EVE),
        "end": END,
    }
    play = Play(nodes, reload=reload).start().happen(Moved(ADA, None, "last", "agreed by phone"))
    assert (play.asked, play.at) == ([(EVE, "last")], ["last"])
    assert play.decide(EVE, "approve").status == "approved"
    one = Play(nodes, reload=reload).start().decide(BOB, "approve")
    [token] = [token.id for token in one.instance.tokens if token.node == "b"]
    one.happen(Moved(ADA, token, "join"))
    assert one.asked == [(EVE, "last")]
    for event, path in ((Moved(ADA, None, "nowhere"), "/to"), (Moved(ADA, 999, "a"), "/token")):
        with pytest.raises(InvalidInput) as refused:
            one.happen(event)
        assert refused.value.issues[0].path == path
    back = one.happen(Moved(ADA, None, "start"))
    assert back.asked == [(ANN, "start")]
    assert back.happen(Cancelled(ADA, "a mistake")).status == "cancelled"
    for event in (Cancelled(ADA), Moved(ADA, None, "a"), Urged(ANN), Reassigned(ADA, 1, BOB)):
        with pytest.raises(InstanceEnded):
            back.happen(event)


@twice
def test_one_that_has_ended_goes_on_at_a_node_and_approvals_before_that_count_no_more(reload):
    nodes = {"a": approval(BOB, next="b"), "b": approval(CAY, next="end"), "end": END}
    state = {"field": "status", "running": "busy", "approved": "ok", "rejected": "no"}
    play = Play(nodes, reload=reload, properties={"state": state}).start()
    with pytest.raises(InstanceRuns):
        play.happen(Reactivated(ADA, "a", "too early"))
    play.decide(BOB, "approve").decide(CAY, "reject", comment="no")
    assert (play.status, play.world.values["status"]) == ("rejected", "no")
    with pytest.raises(InvalidInput) as refused:
        play.happen(Reactivated(ADA, "nowhere"))
    assert refused.value.issues[0].path == "/to"
    play.happen(Reactivated(ADA, "a", "a mistake"))
    assert (play.status, play.asked, play.instance.ended_at) == ("running", [(BOB, "a")], None)
    assert play.world.values["status"] == "busy"
    assert play.decide(BOB, "approve").decide(CAY, "approve").status == "approved"
    assert play.world.values["status"] == "ok"


def test_what_is_expected():
    nodes = {
        "lead": approval(BOB, next="how"),
        "how": branch("exclusive", high=("{amount} > 10", "cfo"), low="tell"),
        "cfo": {"type": "approval", "assignees": [{"by": "role", "role": "nobody"}], "next": "tell"},
        "tell": {"type": "copy", "assignees": [{"by": "initiator"}], "next": "end"},
        "end": END,
    }
    play = Play(nodes, values={"amount": 20}).start()

    def expected():
        return [(one.node, one.people) for one in predict(play.workflow, play.instance, play.world)]

    assert expected() == [("how", ()), ("cfo", (ADA,)), ("tell", (ANN,)), ("end", ())]
    play.change(amount=1)
    assert expected() == [("how", ()), ("tell", (ANN,)), ("end", ())]
    play.decide(BOB, "approve")
    assert expected() == []


FINANCE = [{"by": "role", "role": "finance"}]
AMONG = {
    "everybody": ("everybody", DAN, True),
    "who is in his department": ("department", CAY, True),
    "who is not": ("department", DAN, False),
    "whom the rules name": (FINANCE, EVE, True),
    "whom they do not": (FINANCE, DAN, False),
    "what is usual": (None, DAN, True),
}


@twice
@pytest.mark.parametrize("decision", ["reassign", "add_approver", "ask"])
@pytest.mark.parametrize("among, user, may", AMONG.values(), ids=AMONG)
def test_whom_a_decision_may_name(reload, decision, among, user, may):
    decisions = {} if among is None else {"decisions": {decision: {"among": among}}}
    play = lead(BOB, reload=reload, **decisions)
    if may:
        assert (user, "lead") in play.decide(BOB, decision, people=(user,)).asked
        return
    with pytest.raises(InvalidInput) as refused:
        play.decide(BOB, decision, people=(user,))
    assert [issue.path for issue in refused.value.issues] == ["/users/0"]
    assert play.asked == [(BOB, "lead")]


@twice
def test_each_person_who_may_not_be_named_is_told_and_administrators_name_anybody(reload):
    play = lead(
        BOB, reload=reload, decisions={name: {"among": FINANCE} for name in ("reassign", "add_approver")}
    )
    with pytest.raises(InvalidInput) as refused:
        play.decide(BOB, "add_approver", people=(DAN, CAY, FAY), where="beside")
    assert [issue.path for issue in refused.value.issues] == ["/users/0", "/users/2"]
    [task] = play.instance.tasks
    assert play.happen(Reassigned(ADA, task.id, FAY)).asked == [(FAY, "lead")]
