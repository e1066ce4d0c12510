"""Deadlines: reminders, automatic decisions, returns, and asking those above."""

from datetime import UTC, date, datetime

import pytest

from tests.unit.workflows.play import ANN, BOB, CAY, DAN, EVE, FAY, NOON, Play
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


def step(hours, then, **more):
    return {"after": {"amount": hours, "unit": "hours"}, "then": then, **more}


@twice
def test_one_thing_after_the_other_until_somebody_decides(reload):
    """Reminded before, escalated at the deadline, reminded once more, approved in the end."""
    escalate = {"then": "escalate", "to": [{"by": "role", "role": "director"}]}
    later = [step(4, "remind"), step(8, "approve")]
    play = lead(BOB, reload=reload, remind=[{"before": HOURS}], later=later, **escalate)
    seen = []
    for _ in range(8):
        before = len(play.told)
        play.wait(hours=4)
        told = [(kind, *users) for kind, users in play.told[before:]]
        seen.append((told, play.asked))
    alone, both = [(BOB, "lead")], [(BOB, "lead"), (DAN, "lead")]
    assert seen == [
        ([], alone),
        ([], alone),
        ([], alone),
        ([], alone),
        ([("due", BOB)], alone),
        ([("overdue", BOB), ("task", DAN)], both),
        ([("overdue", BOB)], both),
        ([("overdue", BOB), ("ended", ANN)], []),
    ]
    assert (play.status, play.timers) == ("approved", {})
    [decided] = [one for one in play.steps if one.detail.get("rule") == "deadline"]
    assert (decided.user, decided.detail["decision"]) == (None, "approve")


@twice
@pytest.mark.parametrize("hours, waits", [(25, True), (31, True), (33, False)])
def test_whoever_decides_in_between_ends_what_would_have_come(reload, hours, waits):
    play = lead(BOB, reload=reload, later=[step(4, "remind"), step(8, "reject")]).wait(hours=hours)
    assert (play.asked == [(BOB, "lead")]) is waits
    if waits:
        assert play.decide(BOB, "approve").wait(days=3).status == "approved"
        assert play.timers == {}


BACK = {
    "where it says": ("first", "first"),
    "the nearest": ("previous", "one"),
    "the start": ("start", "start"),
    "what was not gone through: the nearest": ("other", "one"),
}


@twice
@pytest.mark.parametrize("back, at", BACK.values(), ids=BACK)
@pytest.mark.parametrize("place", ["at the deadline", "later"])
def test_where_a_deadline_sends_it_back_to(reload, place, back, at):
    found = {"then": "return", "back": back}
    due = {"after": DAY, **(found if place != "later" else {"later": [step(2, **found)]})}
    nodes = {
        "first": approval(CAY, next="how"),
        "how": {
            "type": "branch",
            "kind": "exclusive",
            "branches": {
                "never": {"label": {"en": "N"}, "when": "{amount} > 5", "next": "other"},
                "usual": {"label": {"en": "U"}, "next": "one"},
            },
        },
        "other": approval(FAY, next="lead"),
        "one": approval(CAY, next="lead"),
        "lead": approval(BOB, due=due),
        "end": END,
    }
    play = Play(nodes, reload=reload).start().decide(CAY, "approve").decide(CAY, "approve")
    assert play.wait(days=1, hours=3).at == [at]


def until(text, *, reload=False, values=None, **due):
    nodes = {"lead": approval(BOB, due={"until": text, **due}), "end": END}
    return Play(nodes, reload=reload, values=values).start()


def at(day, month):
    """The last minute of a day."""
    return datetime(2026, month, day, 23, 59, tzinfo=UTC)


UNTIL = {
    "a date ends with its last minute": ("{day}", {"day": date(2026, 3, 9)}, at(9, 3)),
    "days before a date": ("{day} - 2", {"day": date(2026, 3, 9)}, at(7, 3)),
    "what lies behind": ("{day}", {"day": date(2026, 2, 1)}, at(1, 2)),
    "nothing there": ("{day}", {}, None),
}


@twice
@pytest.mark.parametrize("text, values, due_at", UNTIL.values(), ids=UNTIL)
def test_a_deadline_that_the_record_says(reload, text, values, due_at):
    play = until(text, reload=reload, values=values, then="reject")
    [task] = play.instance.tasks
    assert task.due_at == due_at
    gone = due_at is not None and due_at < NOON
    assert play.wait(minutes=1).status == ("rejected" if gone else "running")


@twice
def test_the_deadline_and_its_reminders_follow_the_record(reload):
    remind = [{"before": {"amount": 1, "unit": "days"}}]
    play = until("{day}", reload=reload, values={"day": date(2026, 3, 4)}, remind=remind, then="approve")
    play.wait(days=1)
    assert [kind for kind, _ in play.told].count("due") == 0
    play.change(amount=5)
    assert play.events().count("rescheduled") == 0
    play.change(day=date(2026, 3, 20))
    [task] = play.instance.tasks
    assert task.due_at == at(20, 3)
    assert sorted(play.timers.values()) == [task.due_at.replace(day=19), task.due_at]
    assert play.wait(days=10).status == "running"
    assert play.wait(days=7).status == "running"
    assert [kind for kind, _ in play.told].count("due") == 1
    # What was reminded of an earlier deadline is reminded of the later one anew.
    play.change(day=date(2026, 3, 25))
    play.wait(days=5)
    assert [kind for kind, _ in play.told].count("due") == 2
    assert play.wait(days=2).status == "approved"


@twice
def test_a_deadline_that_is_taken_out_of_the_record_is_none(reload):
    play = until("{day}", reload=reload, values={"day": date(2026, 3, 4)}, then="approve").change(day=None)
    assert (play.instance.tasks[0].due_at, play.timers) == (None, {})
    assert play.wait(days=30).status == "running"
    assert play.change(day=date(2026, 3, 5)).wait(minutes=1).status == "approved"


@twice
def test_those_to_whom_it_was_escalated_get_no_deadline_from_the_record(reload):
    to = [{"by": "role", "role": "director"}]
    play = until("{day}", reload=reload, values={"day": date(2026, 3, 2)}, then="escalate", to=to)
    play.wait(days=1)
    assert play.asked == [(BOB, "lead"), (DAN, "lead")]
    play.change(day=date(2026, 3, 6))
    due = {task.user: task.due_at for task in play.instance.tasks}
    assert (due[BOB], due[DAN]) == (at(6, 3), None)


@twice
def test_whose_turn_has_not_come_has_no_deadline_yet(reload):
    several = {"rule": "all", "in_turn": True}
    nodes = {"lead": approval(BOB, EVE, due={"until": "{day}"}, several=several), "end": END}
    play = Play(nodes, reload=reload, values={"day": date(2026, 3, 6)}).start()
    play.change(day=date(2026, 3, 9))
    due = {task.user: task.due_at for task in play.instance.tasks}
    assert (due[BOB], due[EVE]) == (at(9, 3), None)
    play.decide(BOB, "approve")
    assert play.instance.tasks[1].due_at == at(9, 3)
