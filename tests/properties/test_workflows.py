"""Random workflows with random people: they end or wait for something, and never go backwards unasked."""

import datetime as dt
import random

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from joinery.kernel import PlatformError
from joinery.workflows import (
    NODE_TYPES,
    Cancelled,
    ChildEnded,
    Decided,
    EffectDone,
    Moved,
    Reassigned,
    RecordChanged,
    Retried,
    TimerFired,
    Urged,
    Withdrawn,
    decisions_of,
)
from joinery.workflows.moving import ways_of
from tests.examples import examples
from tests.properties.random_workflows import PEOPLE, changed_nodes, random_nodes
from tests.unit.workflows.play import ADA, ANN, BOB, CAY, EVE, FAY, Play, workflow_of

#: Far more than any of these workflows needs when everybody agrees.
MOST_EVENTS = 600

PROPERTIES = {
    "state": {"field": "status", "running": "busy", "approved": "ok", "rejected": "no"},
    "withdraw": "any_time",
}
ENDED = {"approved", "rejected", "withdrawn", "cancelled", "own"}


@settings(max_examples=examples(80), deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(chance=st.randoms(use_true_random=False), reload=st.booleans())
def test_always_ends_or_waits(chance, reload):
    play = random_play(chance, reload)
    play.start()
    require_sound(play)
    for _ in range(chance.randint(0, 25)):
        if play.instance.ended_at is not None:
            break
        something_happens(play, chance)
        require_sound(play)
    require_end_when_all_agree(play)


@settings(max_examples=examples(25), deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(seed=st.integers(0, 10**6))
def test_it_is_the_same_with_and_without_reloading(seed):
    told = []
    for reload in (False, True):
        chance = random.Random(seed)
        play = random_play(chance, reload)
        play.start()
        for _ in range(12):
            if play.instance.ended_at is None:
                something_happens(play, chance)
        told.append((play.instance, play.steps, play.told, play.world.values))
    assert told[0] == told[1]


#: All that can be noted in the history of a run, and all that can be decided.
EVENTS = (
    "started entered left decided returned reassigned added asked answered held skipped branched copied"
    " created updated children timer reminded escalated moved urged withdrawn cancelled retried failed"
    " stopped ended called told given_up"
)
#: Decisions that are told as such; the others have events of their own.
DECISIONS = "approve reject return answer submit withdraw"


def test_these_plays_reach_everything_that_there_is():
    types, decisions, events, ways = set(), set(), set(), set()
    for seed in range(120):
        chance = random.Random(seed)
        play = random_play(chance, reload=False)
        play.start()
        for _ in range(15):
            if play.instance.ended_at is None:
                something_happens(play, chance)
        types |= {play.workflow.nodes[key].type for key in play.path if key != "start"}
        events |= {step.event for step in play.steps}
        decisions |= {step.detail.get("decision") for step in play.steps}
        ways |= {(step.event, step.detail.get("where") or step.detail.get("then")) for step in play.steps}
        ways |= {
            play.workflow.nodes[step.node].settings["kind"] for step in play.steps if step.event == "branched"
        }
    assert types == {kind.name for kind in NODE_TYPES}
    assert events == set(EVENTS.split())
    assert set(DECISIONS.split()) <= decisions
    assert {("added", where) for where in ("before", "after", "beside")} <= ways
    assert {("returned", "straight_back"), ("returned", None)} <= ways
    overdue = {("timer", then) for then in ("nothing", "approve", "reject", "return", "escalate")}
    assert overdue <= ways
    assert {"exclusive", "inclusive", "parallel"} <= ways


def random_play(chance, reload):
    away = {
        BOB: chance.choice([None, FAY]),
        CAY: chance.choice([None, BOB, ANN]),
        EVE: chance.choice([None, CAY]),
    }
    values = {"amount": chance.randint(0, 20), "helper": chance.choice([None, EVE])}
    nodes = random_nodes(chance)
    play = Play(
        nodes,
        reload=reload,
        values=values,
        away=away,
        left=chance.choice([(), (CAY,), (ADA,)]),
        properties=PROPERTIES,
    )
    play.nodes = nodes
    play.children = chance.choice([[], [51, 52]])
    return play


def something_happens(play, chance):
    """An event that may or may not be possible; what is refused changes nothing."""
    before = play.instance
    play.failing = {"set"} if chance.random() < 0.1 else set()
    try:
        choice = chance.random()
        if choice < 0.6 and play.asked:
            decided = random_decision(play, chance)
            play.happen(decided)
            require_decided_once(play, decided)
        elif choice > 0.97:
            play.workflow, _ = workflow_of(changed_nodes(chance, play.nodes), **PROPERTIES)
        elif choice < 0.75:
            play.wait(hours=chance.choice([1, 6, 30]))
        elif choice < 0.85:
            play.change(amount=chance.randint(0, 30), day=dt.date(2026, 3, chance.randint(1, 20)))
        else:
            event = random_event(play, chance)
            play.happen(event)
            require_happened_once(play, event)
    except PlatformError:
        assert play.instance == before


def require_decided_once(play, decided):
    """Said again by somebody who did not hear the answer it is refused, unless it was a word and no more."""
    if decided.decision in ("hold", "ask"):
        return
    before = play.instance
    with pytest.raises(PlatformError):
        play.happen(decided)
    assert play.instance == before


def require_happened_once(play, event):
    """What workers tell once more after a death does nothing."""
    if isinstance(event, TimerFired | EffectDone | ChildEnded):
        before, told = play.instance, len(play.keys)
        play.happen(event)
        assert (play.instance, len(play.keys)) == (before, told)


def random_decision(play, chance):
    task = chance.choice([one for one in play.instance.tasks if one.state == "open"])
    offer = chance.choice(decisions_of(play.workflow, play.instance, task.id))
    return Decided(
        task=task.id,
        user=task.user if chance.random() < 0.95 else ADA,
        decision=offer.key,
        comment="because",
        to=chance.choice(offer.to) if offer.to else None,
        then=chance.choice(offer.then) if offer.then else None,
        people=tuple(chance.sample(PEOPLE, 1)),
        where=chance.choice(offer.where) if offer.where else None,
    )


def random_event(play, chance):
    tasks = [task.id for task in play.instance.tasks] or [1]
    tokens = [token.id for token in play.instance.tokens]
    if play.status == "stuck" and chance.random() < 0.5:
        return Retried(ADA)
    return chance.choice(
        [
            Retried(ADA),
            Urged(ANN),
            RecordChanged(),
            ChildEnded(51, "approved"),
            ChildEnded(52, "rejected"),
            TimerFired(chance.choice([*play.timers, "due:3"])),
            EffectDone("7:2"),
            Withdrawn(BOB),
            Withdrawn(ANN),
            Cancelled(ADA, "wrong"),
            Reassigned(ADA, chance.choice(tasks), chance.choice(PEOPLE)),
            Moved(ADA, None, chance.choice(list(play.workflow.nodes))),
            Moved(ADA, chance.choice(tokens), chance.choice(list(play.workflow.nodes))),
        ]
    )


def require_sound(play):
    """What holds after every event, whatever happened."""
    instance = play.instance
    assert (instance.ended_at is None) == bool(instance.tokens)
    assert instance.status in (ENDED if instance.ended_at else {"running", "stuck"})
    assert (instance.status == "stuck") == any(token.state == "stuck" for token in instance.tokens)
    tokens = {token.id: token for token in instance.tokens}
    for task in instance.tasks:
        if task.state in ("open", "queued", "held"):
            assert tokens[task.token].node == task.node, "nobody is asked where nothing stands"
            assert task.id > tokens[task.token].visit
    if any(token.fork == () for token in instance.tokens):
        assert len(instance.tokens) == 1, "outside of all splits it stands at one place"
    for token in instance.tokens:
        if token.state == "parked":
            depth = len(token.fork)
            others = [one for one in instance.tokens if one.fork[:depth] == token.fork]
            assert any(one.state != "parked" for one in others), "somebody is still on his way"
        elif token.state == "active":
            assert waits_for_something(play, token), token
    numbers = [step.number for step in play.steps]
    assert numbers == sorted(set(numbers))
    require_forward(play)


def waits_for_something(play, token):
    if any(task.state == "open" and task.token == token.id for task in play.instance.tasks):
        return True
    node = play.workflow.nodes.get(token.node)
    waits_for_the_record = node is not None and (node.type == "wait_for" or "until" in node.settings)
    return bool(token.timers or token.children or token.waits) or waits_for_the_record


def require_forward(play):
    """Each node is entered by one of the ways that lead to it, unless somebody returned or moved it."""
    allowed = {play.workflow.first}
    for step in play.steps:
        if step.event in ("returned", "moved"):
            allowed |= {step.detail["to"], step.node}
        elif step.event == "entered":
            source = step.detail.get("from")
            ways = ways_of(play.workflow, source) if source else ()
            assert step.node in ways or step.node in allowed, (source, step.node)


def require_end_when_all_agree(play):
    """From wherever it is: once everybody agrees and time passes, it ends."""
    play.failing = set()
    play.world.left = set()
    play.world.values |= {"helper": EVE, "amount": 1000, "day": dt.date(2026, 1, 1)}
    play.happen(RecordChanged())
    for _ in range(MOST_EVENTS):
        if play.instance.ended_at is not None:
            break
        open_tasks = [task for task in play.instance.tasks if task.state == "open"]
        if play.status == "stuck":
            for token in [one for one in play.instance.tokens if one.state == "stuck"]:
                if "nobody" in play.workflow.nodes.get(token.node, play.workflow.nodes["finish"]).settings:
                    play.happen(Moved(ADA, token.id, onward(play, token.node)))
            if play.instance.ended_at is None:
                play.happen(Retried(ADA))
        elif open_tasks:
            task = open_tasks[0]
            keys = {offer.key for offer in decisions_of(play.workflow, play.instance, task.id)}
            decision = next(key for key in ("approve", "submit", "answer") if key in keys)
            play.happen(Decided(task.id, task.user, decision, "yes"))
        elif children := [child for token in play.instance.tokens for child in token.children]:
            play.happen(ChildEnded(children[0], "approved"))
        else:
            play.wait(hours=6)
        require_sound(play)
    assert play.instance.ended_at is not None, (play.at, play.asked, play.status)
    assert play.asked == []


def onward(play, node):
    return play.workflow.nodes[node].next
