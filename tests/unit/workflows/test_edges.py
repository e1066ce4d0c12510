"""What seldom happens: ways left in the middle, very long and very broad workflows, odd words."""

import datetime as dt

import pytest

from joinery.kernel import PlatformError
from joinery.workflows import ChildEnded, Decided, Moved, Reassigned, Withdrawn
from tests.unit.workflows.play import ADA, ANN, BOB, CAY, DAN, EVE, FAY, Play
from tests.unit.workflows.test_ways import END, approval, branch

STRAIGHT = {"return": {"to": ["start", "any"], "then": "straight_back"}}
#: An inner split in one way of an outer one, people before and behind both.
NESTED = {
    "zero": approval(EVE, next="outer"),
    "outer": branch("parallel", a="a", b="b"),
    "a": approval(BOB, next="inner", decisions=STRAIGHT),
    "inner": branch("parallel", c="c", d="d"),
    "c": approval(CAY, next="inside"),
    "d": approval(DAN, next="inside"),
    "inside": {"type": "join", "next": "e"},
    "e": approval(BOB, next="outside"),
    "b": approval(FAY, next="outside"),
    "outside": {"type": "join", "next": "last"},
    "last": approval(EVE),
    "end": END,
}


def nested():
    """The play where c, d and b are asked."""
    return Play(NESTED).start().decide(EVE, "approve").decide(BOB, "approve")


def token_at(play, node):
    return next(token.id for token in play.instance.tokens if token.node == node)


def finish(play):
    """Everybody who is asked agrees, until nobody is asked any more; how often each node was entered then."""
    before = len(play.path)
    while play.asked:
        user, _ = play.asked[0]
        task = next(one for one in play.instance.tasks if one.user == user and one.state == "open")
        play.happen(Decided(task.id, user, "submit" if task.kind == "fill" else "approve", "yes"))
    assert play.status == "approved", (play.status, play.at)
    return play.path[before:]


#: What is moved where, and who is asked then; behind the splits it goes on once, whatever was moved.
MOVES = {
    "within its way": ("c", "inside", ["b", "d"]),
    "to the other way of its split": ("c", "d", ["b", "d", "d"]),
    "out of the inner split": ("c", "e", ["b", "e"]),
    "out of both splits": ("c", "last", ["last"]),
    "out of the outer split": ("b", "last", ["last"]),
    "before both splits": ("c", "zero", ["zero"]),
    "into the inner split": ("b", "c", ["c", "c", "d"]),
}


@pytest.mark.parametrize("source, to, asked", MOVES.values(), ids=MOVES)
def test_a_way_that_is_moved_leaves_the_splits_that_are_not_around_its_new_place(source, to, asked):
    play = nested()
    play.happen(Moved(ADA, token_at(play, source), to, "so"))
    assert sorted(node for _, node in play.asked) == asked
    path = finish(play)
    assert path.count("last") == (0 if asked == ["last"] else 1)


def test_who_moves_all_of_it_leaves_one_place():
    play = nested().happen(Moved(ADA, None, "c", "so"))
    assert play.asked == [(CAY, "c")]
    assert finish(play) == ["inside", "e", "outside", "last", "end"]


def test_a_return_to_where_only_an_earlier_round_was_takes_the_ways_of_this_round_along():
    nodes = {
        "zero": approval(EVE, next="split"),
        "split": branch("parallel", a="how", b="b"),
        "how": branch("exclusive", x=("{amount} > 1", "x"), y="y"),
        "x": approval(BOB, next="z"),
        "y": approval(BOB, next="z"),
        "z": approval(CAY, next="join"),
        "b": approval(DAN, next="join"),
        "join": {"type": "join", "next": "last"},
        "last": approval(EVE),
        "end": END,
    }
    play = Play(nodes, values={"amount": 5}).start().decide(EVE, "approve").decide(BOB, "approve")
    play.decide(CAY, "return", to="zero").change(amount=0)
    play.decide(EVE, "approve").decide(BOB, "approve").decide(CAY, "return", to="x")
    assert play.asked == [(BOB, "x"), (DAN, "b")]
    play.decide(BOB, "approve").decide(CAY, "approve")
    assert play.asked == [(DAN, "b")]
    assert finish(play).count("last") == 1


def test_who_rejects_what_came_straight_out_of_a_split_takes_the_other_ways_along():
    nodes = {**NESTED, "zero": {**NESTED["zero"], "rejected": "last"}}
    play = Play(nodes).start().decide(EVE, "approve").decide(BOB, "return", to="zero")
    assert play.asked == [(EVE, "zero"), (FAY, "b")]
    play.decide(EVE, "reject")
    assert play.asked == [(EVE, "last")]
    assert finish(play) == ["end"]


def test_returning_again_and_again_neither_ends_nor_grows_what_is_asked():
    nodes = {"one": approval(BOB, next="two"), "two": approval(CAY), "end": END}
    play = Play(nodes).start()
    for _ in range(50):
        play.decide(BOB, "approve").decide(CAY, "return", to="one")
    assert play.asked == [(BOB, "one")]
    assert finish(play) == ["two", "end"]


def chain(count, node):
    keys = [f"n{number}" for number in range(count)]
    return {
        **{key: {**node, "next": after} for key, after in zip(keys, [*keys[1:], "end"], strict=True)},
        "end": END,
    }


CHAINS = {
    "copies": {"type": "copy", "assignees": [{"by": "role", "role": "finance"}]},
    "values": {"type": "set_fields", "values": {"amount": "1"}},
    "people who started it": approval(ANN, repeat={"initiator": "skip"}),
    "nobody": {**approval(), "assignees": [{"by": "role", "role": "nobody"}], "nobody": {"then": "skip"}},
    "branches": None,
}


@pytest.mark.parametrize("node", CHAINS.values(), ids=CHAINS)
def test_as_many_nodes_as_there_can_be_are_gone_through_in_one_go(node):
    if node is None:
        keys = [f"n{number}" for number in range(199)]
        nodes = {
            key: branch("exclusive", a=("{amount} > 1", after), b=after)
            for key, after in zip(keys, [*keys[1:], "end"], strict=True)
        } | {"end": END}
    else:
        nodes = chain(199, node)
    play = Play(nodes).start()
    assert (play.status, len(play.path)) == ("approved", 200)


def test_a_thousand_people_are_asked_and_some_of_them_are_enough():
    crowd = list(range(100, 1100))
    rules = [{"by": "users", "users": crowd[start : start + 100]} for start in range(0, 1000, 100)]
    node = {**approval(), "assignees": rules, "several": {"rule": "share", "share": 1}}
    play = Play({"all": node, "end": END}).start()
    assert len(play.asked) == 1000
    for user in crowd[:10]:
        assert play.status == "running"
        play.decide(user, "approve")
    assert (play.status, play.asked) == ("approved", [])


#: Whom somebody names, and who gets a task.
NAMED = {
    "twice the same": ("ask", (DAN, DAN), [(BOB, "lead"), (DAN, "lead")]),
    "added twice": ("add_approver", (DAN, DAN), [(BOB, "lead"), (DAN, "lead")]),
}


@pytest.mark.parametrize("decision, people, asked", NAMED.values(), ids=NAMED)
def test_whoever_is_named_twice_is_asked_once(decision, people, asked):
    play = Play({"lead": approval(BOB), "end": END}).start()
    play.decide(BOB, decision, people=people, where="beside" if decision == "add_approver" else None)
    assert play.asked == asked


def test_whoever_takes_a_question_over_knows_it_and_its_answer_reaches_who_asked():
    play = Play({"lead": approval(BOB), "end": END}).start()
    play.decide(BOB, "ask", people=(DAN,), comment="Why so cheap?")
    question = next(task for task in play.instance.tasks if task.kind == "answer")
    play.happen(Reassigned(ADA, question.id, EVE, "ill"))
    taken = next(task for task in play.instance.tasks if task.user == EVE)
    assert (taken.kind, taken.comment) == ("answer", "Why so cheap?")
    play.decide(EVE, "answer", comment="A friend")
    assert play.told[-1] == ("answered", (BOB,))


SUB = {"sub": {"type": "sub_workflow", "workflow": "child", "list": "orders", "next": "end"}, "end": END}


def test_sub_workflows_that_are_waited_for_end_with_their_parent():
    play = Play(SUB, properties={"withdraw": "any_time"})
    play.children = [11, 12]
    play.start().happen(ChildEnded(11, "approved")).happen(Withdrawn(ANN))
    assert (play.status, play.given_up) == ("withdrawn", [12])
    play.happen(ChildEnded(12, "cancelled"))
    assert play.status == "withdrawn"


def test_sub_workflows_of_a_way_that_is_moved_end_too():
    play = Play(SUB)
    play.children = [11]
    play.start().happen(Moved(ADA, None, "end", "so"))
    assert (play.status, play.given_up) == ("approved", [11])


@pytest.mark.parametrize("day", [dt.date.min, dt.date.max])
def test_a_delay_until_the_end_of_all_days_is_no_mistake(day):
    nodes = {"night": {"type": "delay", "until": "{day}", "next": "end"}, "end": END}
    play = Play(nodes, values={"day": day}).start()
    assert play.at == ["night"]
    assert len(play.timers) == 1


def test_odd_words_are_refused_and_change_nothing():
    play = Play({"lead": approval(BOB), "end": END}).start()
    task, before = play.instance.tasks[0].id, play.instance
    odd = [
        Decided(task, BOB, "explode", "x"),
        Decided(task, BOB, "__class__", "x"),
        Decided(10**30, BOB, "approve"),
        Decided(task, BOB, "return", "x", to="../start"),
        Decided(task, BOB, "return", "x", then="never"),
        Decided(task, BOB, "add_approver", "x", people=(DAN,), where="above"),
        Decided(task, BOB, "reassign", "x", people=(BOB,)),
        Decided(task, BOB, "ask", "x", people=(BOB,)),
        Moved(ADA, 99, "lead", "x"),
        Moved(ADA, None, "nowhere", "x"),
        Reassigned(ADA, 99, DAN, "x"),
    ]
    for event in odd:
        with pytest.raises(PlatformError):
            play.happen(event)
        assert play.instance == before
