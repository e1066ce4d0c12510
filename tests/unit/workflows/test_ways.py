"""How tokens go: branches, joins, ends, values, timers and conditions."""

import pytest

from joinery.workflows import ChildEnded, EffectDone, RecordChanged, Retried, TimerFired
from tests.unit.workflows.play import ADA, ANN, BOB, CAY, DAN, EVE, Play

twice = pytest.mark.parametrize("reload", [False, True], ids=["straight", "reloaded"])

END = {"type": "end"}
NO = {"type": "end", "result": "rejected"}


def approval(*users, next="end", **settings):
    return {
        "type": "approval",
        "assignees": [{"by": "users", "users": list(users)}],
        "next": next,
        **settings,
    }


def branch(kind, **ways):
    """A branch; each way is a node, or a condition and a node."""
    found = {
        key: {
            "label": {"en": key},
            **({"next": way} if isinstance(way, str) else {"when": way[0], "next": way[1]}),
        }
        for key, way in ways.items()
    }
    return {"type": "branch", "kind": kind, "branches": found}


@twice
def test_one_approval(reload):
    play = Play({"lead": approval(BOB), "end": END}, reload=reload).start()
    assert (play.at, play.asked, play.status) == (["lead"], [(BOB, "lead")], "running")
    assert play.told == [("task", (BOB,))]
    play.decide(BOB, "approve")
    assert (play.at, play.asked, play.status) == ([], [], "approved")
    assert play.events() == ["started", "entered", "decided", "left", "entered", "left", "ended"]
    assert play.told[1:] == [("decided", (ANN,)), ("ended", (ANN,))]
    assert play.instance.ended_at == play.world.now


@twice
def test_a_rejection_ends_it_or_goes_its_own_way(reload):
    play = Play({"lead": approval(BOB), "end": END}, reload=reload).start().decide(BOB, "reject")
    assert (play.status, play.path) == ("rejected", ["lead"])
    nodes = {"lead": approval(BOB, rejected="second"), "second": approval(CAY), "end": END}
    play = Play(nodes, reload=reload).start().decide(BOB, "reject")
    assert (play.status, play.asked) == ("running", [(CAY, "second")])
    play.decide(CAY, "approve")
    assert play.status == "approved"


@twice
@pytest.mark.parametrize(
    "amount, path", [(5, ["how", "low", "end"]), (50, ["how", "high", "end"]), (500, ["how", "top", "end"])]
)
def test_an_exclusive_branch_goes_the_first_way_that_holds(reload, amount, path):
    nodes = {
        "how": branch("exclusive", top=("{amount} > 100", "top"), high=("{amount} > 10", "high"), low="low"),
        "low": approval(BOB),
        "high": approval(BOB),
        "top": approval(BOB),
        "end": END,
    }
    play = Play(nodes, reload=reload, values={"amount": amount}).start().decide(BOB, "approve")
    assert (play.path, play.status) == (path, "approved")


@twice
def test_a_parallel_branch_waits_for_all_its_ways(reload):
    nodes = {
        "split": branch("parallel", a="a", b="b", c="c"),
        "a": approval(BOB, next="join"),
        "b": approval(CAY, next="join"),
        "c": approval(DAN, next="join"),
        "join": {"type": "join", "next": "last"},
        "last": approval(EVE),
        "end": END,
    }
    play = Play(nodes, reload=reload).start()
    assert play.asked == [(BOB, "a"), (CAY, "b"), (DAN, "c")]
    play.decide(CAY, "approve").decide(BOB, "approve")
    assert (play.at, play.asked) == (["c", "join", "join"], [(DAN, "c")])
    play.decide(DAN, "approve")
    assert (play.at, play.asked) == (["last"], [(EVE, "last")])
    assert play.path.count("last") == 1
    assert play.decide(EVE, "approve").status == "approved"


@twice
@pytest.mark.parametrize(
    "amount, asked",
    [(5, [(DAN, "o")]), (50, [(BOB, "a")]), (500, [(BOB, "a"), (CAY, "b")])],
)
def test_an_inclusive_branch_waits_for_the_ways_that_were_gone(reload, amount, asked):
    nodes = {
        "split": branch("inclusive", a=("{amount} > 10", "a"), b=("{amount} > 100", "b"), o="o"),
        "a": approval(BOB, next="join"),
        "b": approval(CAY, next="join"),
        "o": approval(DAN, next="join"),
        "join": {"type": "join", "next": "end"},
        "end": END,
    }
    play = Play(nodes, reload=reload, values={"amount": amount}).start()
    assert play.asked == asked
    for user, _ in asked:
        assert play.status == "running"
        play.decide(user, "approve")
    assert play.status == "approved"


def joined(enough, **more):
    """Three ways of which some are enough."""
    nodes = {
        "split": branch("parallel", a="a", b="b", c="c"),
        "a": approval(BOB, next="join"),
        "b": approval(CAY, next="join"),
        "c": approval(DAN, next="join"),
        "join": {"type": "join", "enough": enough, "next": "last"},
        "last": approval(EVE),
        "end": END,
    }
    return {**nodes, **more}


@twice
@pytest.mark.parametrize("enough, needed", [(1, 1), (2, 2), (3, 3), (9, 3)])
def test_a_join_goes_on_as_soon_as_enough_ways_have_come(reload, enough, needed):
    play = Play(joined(enough), reload=reload).start()
    deciders = [CAY, BOB, DAN]
    for number, user in enumerate(deciders, start=1):
        assert (user, {BOB: "a", CAY: "b", DAN: "c"}[user]) in play.asked
        play.decide(user, "approve")
        if number == needed:
            break
    assert (play.at, play.asked) == (["last"], [(EVE, "last")])
    given_up = [task for task in play.instance.tasks if task.state == "gone"]
    assert [task.user for task in given_up] == deciders[needed:][::1]
    assert play.events().count("given_up") == len(given_up)
    assert play.decide(EVE, "approve").status == "approved"


@twice
def test_ways_that_end_leave_what_has_come_to_the_join(reload):
    nodes = joined(2, a=approval(BOB, next="stop"), c=approval(DAN, next="stop"))
    nodes["stop"] = {"type": "end", "result": "noted"}
    play = Play(nodes, reload=reload).start().decide(BOB, "approve").decide(CAY, "approve")
    assert play.at == ["c", "join"]
    assert play.decide(DAN, "approve").asked == [(EVE, "last")]


@twice
def test_what_is_inside_of_a_way_is_given_up_with_it(reload):
    nodes = joined(
        1,
        c=branch("parallel", x="x", y="y"),
        x=approval(DAN, next="inner"),
        y=approval(ANN, next="inner"),
        inner={"type": "join", "next": "join"},
    )
    play = Play(nodes, reload=reload).start()
    assert play.asked == [(ANN, "y"), (BOB, "a"), (CAY, "b"), (DAN, "x")]
    play.decide(ANN, "approve").decide(BOB, "approve")
    assert (play.at, play.asked) == (["last"], [(EVE, "last")])


@twice
def test_a_way_that_ends_is_not_waited_for(reload):
    nodes = {
        "split": branch("parallel", a="a", b="b"),
        "a": approval(BOB, next="done"),
        "b": approval(CAY, next="join"),
        "join": {"type": "join", "next": "last"},
        "last": approval(EVE),
        "done": {"type": "end", "result": "noted"},
        "end": END,
    }
    first = Play(nodes, reload=reload).start().decide(BOB, "approve").decide(CAY, "approve")
    last = Play(nodes, reload=reload).start().decide(CAY, "approve")
    assert last.at == ["a", "join"]
    last.decide(BOB, "approve")
    for play in (first, last):
        assert play.asked == [(EVE, "last")]
        assert play.decide(EVE, "approve").status == "approved"


@twice
def test_splits_inside_of_splits(reload):
    nodes = {
        "outer": branch("parallel", a="inner", b="b"),
        "inner": branch("parallel", c="c", d="d"),
        "c": approval(BOB, next="inside"),
        "d": approval(CAY, next="inside"),
        "inside": {"type": "join", "next": "e"},
        "e": approval(DAN, next="outside"),
        "b": approval(EVE, next="outside"),
        "outside": {"type": "join", "next": "end"},
        "end": END,
    }
    play = Play(nodes, reload=reload).start().decide(EVE, "approve").decide(BOB, "approve")
    assert play.at == ["d", "inside", "outside"]
    play.decide(CAY, "approve")
    assert play.at == ["e", "outside"]
    assert play.decide(DAN, "approve").status == "approved"


@twice
def test_a_rejected_way_ends_everything(reload):
    nodes = {
        "split": branch("parallel", a="a", b="b"),
        "a": approval(BOB, next="join", rejected="no"),
        "b": approval(CAY, next="join"),
        "join": {"type": "join", "next": "end"},
        "no": NO,
        "end": END,
    }
    play = Play(nodes, reload=reload).start().decide(BOB, "reject")
    assert (play.status, play.asked, play.at) == ("rejected", [], [])
    gone = [task for task in play.instance.tasks if task.user == CAY]
    assert [task.state for task in gone] == ["gone"]


@twice
def test_values_are_set_and_seen_by_what_follows(reload):
    nodes = {
        "double": {
            "type": "set_fields",
            "values": {"amount": "{amount} * 2", "name": '"a" & {amount}'},
            "next": "how",
        },
        "how": branch("exclusive", high=("{amount} > 10", "lead"), low="end"),
        "lead": approval(BOB),
        "end": END,
    }
    play = Play(nodes, reload=reload, values={"amount": 6}).start()
    assert (play.world.values, play.at) == ({"amount": 12, "name": "a6"}, ["lead"])


@twice
def test_the_state_field_follows(reload):
    nodes = {"lead": approval(BOB, state="at_lead"), "end": END}
    state = {"field": "status", "running": "busy", "approved": "ok", "rejected": "no"}
    told = []
    for decision in ("approve", "reject"):
        play = Play(nodes, reload=reload, properties={"state": state}).start()
        told.append(play.world.values["status"])
        told.append(play.decide(BOB, decision).world.values["status"])
    assert told == ["at_lead", "ok", "at_lead", "no"]


@twice
def test_what_could_not_be_set_is_tried_again(reload):
    state = {"field": "status", "running": "busy", "approved": "ok"}
    play = Play({"lead": approval(BOB), "end": END}, reload=reload, properties={"state": state})
    play.failing.add("set")
    play.start()
    assert (play.status, play.asked) == ("stuck", [])
    assert play.told == [("stuck", (ADA,))]
    play.failing.clear()
    play.happen(Retried(ADA))
    assert (play.status, play.asked, play.world.values) == ("running", [(BOB, "lead")], {"status": "busy"})
    play.failing.add("set")
    play.decide(BOB, "approve")
    assert (play.status, play.world.values) == ("approved", {"status": "busy"})
    play.failing.clear()
    play.happen(Retried(ADA))
    assert (play.status, play.world.values, play.instance.unsaved) == ("approved", {"status": "ok"}, {})


@twice
def test_a_node_whose_effect_failed_is_tried_again(reload):
    nodes = {"set": {"type": "set_fields", "values": {"name": '"b"'}, "next": "end"}, "end": END}
    play = Play(nodes, reload=reload)
    play.failing.add("set")
    play.start()
    assert (play.status, play.at, play.instance.ended_at) == ("stuck", ["set"], None)
    play.happen(RecordChanged())
    assert play.status == "stuck"
    play.failing.clear()
    assert play.happen(Retried(ADA)).status == "approved"
    assert play.world.values == {"name": "b"}


@twice
def test_records_are_made_and_changed(reload):
    nodes = {
        "make": {"type": "create_record", "list": "orders", "values": {"no": "{name}"}, "next": "change"},
        "change": {"type": "update_records", "list": "orders", "values": {"no": '"x"'}, "next": "end"},
        "end": END,
    }
    play = Play(nodes, reload=reload).start()
    assert (play.created, play.status) == (["make", "change"], "approved")


@twice
def test_sub_workflows_are_waited_for(reload):
    nodes = {
        "sub": {"type": "sub_workflow", "workflow": "child", "list": "orders", "next": "end"},
        "end": END,
    }
    play = Play(nodes, reload=reload)
    play.children = [11, 12]
    play.start().happen(ChildEnded(12, "approved"))
    assert (play.status, play.at) == ("running", ["sub"])
    play.happen(ChildEnded(12, "approved")).happen(ChildEnded(99, "approved"))
    assert play.status == "running"
    assert play.happen(ChildEnded(11, "rejected")).status == "approved"
    assert Play(nodes, reload=reload).start().status == "approved"
    nodes["sub"]["wait"] = False
    play = Play(nodes, reload=reload)
    play.children = [11]
    assert play.start().status == "approved"


@twice
def test_a_delay_passes(reload):
    nodes = {"night": {"type": "delay", "after": {"amount": 8, "unit": "hours"}, "next": "end"}, "end": END}
    play = Play(nodes, reload=reload).start().wait(hours=7)
    assert play.status == "running"
    assert play.wait(hours=1).status == "approved"


@twice
def test_a_delay_follows_the_field_it_waits_for(reload):
    import datetime as dt

    nodes = {"night": {"type": "delay", "until": "{day}", "next": "end"}, "end": END}
    play = (
        Play(nodes, reload=reload, values={"day": dt.date(2026, 3, 5)})
        .start()
        .change(day=dt.date(2026, 3, 9))
    )
    assert play.wait(days=4).status == "running"
    assert play.change(day=dt.date(2026, 3, 1)).wait(minutes=1).status == "approved"
    blank = Play(nodes, reload=reload).start()
    assert (blank.status, blank.timers) == ("running", {})
    assert blank.change(day=dt.date(2026, 3, 4)).wait(days=3).status == "approved"


@twice
def test_waiting_for_a_condition(reload):
    wait = {
        "type": "wait_for",
        "condition": "{amount} > 10",
        "at_most": {"amount": 2, "unit": "days"},
        "timed_out": "late",
        "next": "end",
    }
    nodes = {"wait": wait, "late": {"type": "end", "result": "late"}, "end": END}
    assert Play(nodes, reload=reload, values={"amount": 11}).start().status == "approved"
    play = Play(nodes, reload=reload).start().change(amount=5)
    assert (play.status, play.at) == ("running", ["wait"])
    assert play.change(amount=50).status == "approved"
    assert play.timers == {}
    assert Play(nodes, reload=reload).start().wait(days=3).status == "late"


@twice
def test_copies_wait_for_nobody(reload):
    nodes = {
        "tell": {"type": "copy", "assignees": [{"by": "role", "role": "finance"}], "next": "end"},
        "end": END,
    }
    play = Play(nodes, reload=reload).start()
    assert play.status == "approved"
    assert play.told[:2] == [("copy", (CAY,)), ("copy", (EVE,))]
    assert [(task.user, task.kind, task.state) for task in play.instance.tasks] == [
        (CAY, "copy", "done"),
        (EVE, "copy", "done"),
    ]


@twice
def test_what_nobody_waits_for_does_nothing(reload):
    play = Play({"lead": approval(BOB), "end": END}, reload=reload).start()
    before = play.instance
    play.happen(TimerFired("due:99")).happen(EffectDone("7:99")).happen(ChildEnded(3, "approved"))
    assert play.instance == before
