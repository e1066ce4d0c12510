"""Deadlines: reminders, automatic decisions, returns, and asking those above."""

import pytest

from tests.unit.workflows.play import ANN, BOB, CAY, DAN, NOON, Play
from tests.unit.workflows.test_ways import END, approval, twice

DAY = {"amount": 1, "unit": "days"}
HOURS = {"amount": 4, "unit": "hours"}


def lead(*users, reload=False, several=None, **due):
    settings = {"several": several} if several else {}
    nodes = {
        "one": approval(CAY, next="lead"),
        "lead": approval(*users, due={"after": DAY, **due}, **settings),
        "end": END,
    }
    return Play(nodes, reload=reload).start().decide(CAY, "approve")


@twice
def test_reminders_before_and_after(reload):
    play = lead(BOB, reload=reload, remind=[{"before": HOURS}, {"after": HOURS}])
    assert play.instance.tasks[-1].due_at == NOON.replace(day=3)
    seen = []
    for _ in range(7):
        before = len(play.told)
        play.wait(hours=4)
        seen.append([kind for kind, _ in play.told[before:]])
    assert seen == [[], [], [], [], ["due"], ["overdue"], ["due"]]
    assert play.asked == [(BOB, "lead")]


def test_a_reminder_that_would_come_at_once_does_not_come():
    play = lead(BOB, remind=[{"before": {"amount": 2, "unit": "days"}}])
    assert len(play.timers) == 1


@twice
@pytest.mark.parametrize(
    "then, status", [("approve", "approved"), ("reject", "rejected"), ("nothing", "running")]
)
def test_what_is_decided_by_itself(reload, then, status):
    play = lead(BOB, reload=reload, then=then).wait(days=2)
    assert play.status == status
    by_itself = [one for one in play.steps if one.event == "decided" and one.detail.get("rule") == "deadline"]
    assert [one.user for one in by_itself] == ([] if then == "nothing" else [None])


@twice
def test_only_who_was_too_late_is_decided_for(reload):
    play = lead(BOB, DAN, several={"rule": "all"}, reload=reload, then="approve").decide(BOB, "approve")
    assert play.status == "running"
    assert play.wait(days=2).status == "approved"


@twice
def test_returned_by_itself(reload):
    play = lead(BOB, reload=reload, then="return").wait(days=1)
    assert play.asked == [(CAY, "one")]


@twice
def test_those_above_are_asked_beside(reload):
    to = [{"by": "role", "role": "director"}, {"by": "initiator"}]
    play = lead(BOB, reload=reload, then="escalate", to=to).wait(days=1)
    assert play.asked == [(ANN, "lead"), (BOB, "lead"), (DAN, "lead")]
    play.decide(DAN, "approve")
    assert (play.status, play.asked) == ("approved", [])
    own = lead(BOB, reload=reload, then="escalate", to=to).wait(days=1).decide(BOB, "reject")
    assert own.status == "rejected"


@twice
def test_of_several_only_the_late_one_s_voice_is_shared(reload):
    to = [{"by": "role", "role": "director"}]
    play = lead(BOB, CAY, several={"rule": "all"}, reload=reload, then="escalate", to=to)
    play.decide(CAY, "approve").wait(days=1).decide(DAN, "approve")
    assert play.status == "approved"


@twice
def test_who_decided_in_time_is_left_alone(reload):
    play = lead(BOB, reload=reload, then="reject", remind=[{"before": HOURS}]).decide(BOB, "approve")
    assert (play.timers, play.status) == ({}, "approved")


@twice
def test_in_turn_each_has_his_own_time(reload):
    play = lead(BOB, DAN, several={"rule": "all", "in_turn": True}, reload=reload, then="reject").wait(
        hours=20
    )
    play.decide(BOB, "approve").wait(hours=20)
    assert play.asked == [(DAN, "lead")]
    assert play.wait(hours=5).status == "rejected"
