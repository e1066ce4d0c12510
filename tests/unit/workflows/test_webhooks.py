"""Calls in the engine: the same key however often it is tried, and what follows from answers and failures."""

import pytest

from joinery.workflows import CallWebhook, EffectDone, EffectFailed, Moved, Retried
from tests.unit.workflows.play import ADA, Play

twice = pytest.mark.parametrize("reload", [False, True], ids=["straight", "reloaded"])

END = {"type": "end"}
NO = {"type": "end", "result": "rejected"}


class Calling(Play):
    """Remembers which calls were wished for; each is answered when the test says so."""

    def _perform(self, effect):
        if isinstance(effect, CallWebhook):
            self.calls.append(effect.key)
            return []
        return super()._perform(effect)


def play(reload, **node):
    nodes = {"call": {"type": "webhook", "url": "https://example.com/", "next": "end", **node}, "end": END}
    playing = Calling(nodes | ({"no": NO} if "failed" in node else {}), reload=reload)
    playing.calls = []
    return playing.start()


@twice
def test_it_waits_for_the_answer_and_sets_what_that_gives(reload):
    playing = play(reload)
    [key] = playing.calls
    assert (playing.at, playing.status) == (["call"], "running")
    playing.happen(EffectDone(key, {"status": 201, "values": {"name": "E-1"}}))
    assert (playing.status, playing.world.values["name"]) == ("approved", "E-1")
    assert playing.events("call") == ["entered", "called", "left"]


@twice
def test_an_answer_that_comes_twice_changes_nothing(reload):
    playing = play(reload)
    [key] = playing.calls
    for _ in range(2):
        playing.happen(EffectDone(key, {"status": 200}))
    assert playing.events().count("called") == 1


@twice
def test_tried_again_it_is_the_same_call(reload):
    playing = play(reload)
    playing.happen(EffectFailed(playing.calls[0], "No.", "不行。"))
    assert playing.status == "stuck"
    playing.happen(Retried(ADA))
    assert playing.calls == [playing.calls[0]] * 2
    playing.happen(EffectDone(playing.calls[0], {"status": 200}))
    assert playing.status == "approved"


@twice
def test_entered_again_it_is_another_call(reload):
    playing = play(reload)
    playing.happen(Moved(ADA, None, "call"))
    first, second = playing.calls
    assert first != second
    playing.happen(EffectDone(first, {"status": 200}))
    assert playing.status == "running"


@twice
def test_what_fails_for_good_may_go_another_way(reload):
    playing = play(reload, failed="no")
    playing.happen(EffectFailed(playing.calls[0], "No.", "不行。"))
    assert (playing.status, playing.events("call")) == ("rejected", ["entered", "failed", "left"])


@twice
def test_fields_that_refuse_the_answer_are_no_failure_of_the_call(reload):
    playing = play(reload, failed="no")
    playing.failing.add("set")
    playing.happen(EffectDone(playing.calls[0], {"status": 200, "values": {"name": "x"}}))
    assert playing.status == "stuck"
