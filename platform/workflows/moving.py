"""How tokens go: into a node, on to the next, apart at splits, together at joins, out at ends."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any

from joinery.definitions import WorkflowDefinition
from joinery.kernel import FormulaError, LimitExceeded
from joinery.workflows.effects import GiveUpChildren
from joinery.workflows.errors import words_of
from joinery.workflows.model import START, Token
from joinery.workflows.node_type import NODE_TYPES
from joinery.workflows.work import Work

#: Places where one instance can stand at once.
MOST_TOKENS = 200

PLACES = {"en": "places at once in a workflow", "zh": "流程同时所处的位置"}


def begin(work: Work) -> None:
    """Put the first token on its way."""
    start(work, work.put(Token(id=work.number(), node=START, entered_at=work.now, after=(START,))))


def start(work: Work, token: Token) -> None:
    """Note in the record that it runs, then go to the first node."""
    running = work.workflow.state.get("running")
    if running is None:
        go_to(work, token, work.workflow.first)
    else:
        field = work.workflow.state["field"]
        work.put(token, waits=work.set_values({field: running}), entering=True)


def go_to(work: Work, token: Token, key: str, state: str | None = None) -> None:
    """Let a token enter a node, once all else that happens now has happened; what it left is not touched.

    The record's state becomes that of the node; `state` where it has none.
    """
    source = None if token.node in (key, START) else token.node
    work.put(
        token,
        node=key,
        entered_at=work.now,
        state="active",
        waits=None,
        entering=False,
        children=(),
        timers=(),
        call=None,
    )
    work.arrive_later(token.id, source, state)


def let_arrive(work: Work) -> None:
    """Let all tokens enter the nodes they are on the way to, way after way, and those that these lead to.

    In turn and not one inside of the other: a workflow may be long.
    """
    while (arrival := work.next_arrival()) is not None:
        number, source, state = arrival
        # A way that ended everything leaves nothing for the others.
        if number in work.tokens:
            _enter(work, work.tokens[number], source, state)


def _enter(work: Work, token: Token, source: str | None, state: str | None) -> None:
    token = work.put(token, visit=work.number())
    work.note("entered", token, source=source)
    option = work.node(token.node).state or state
    if option is not None:
        values = {work.workflow.state["field"]: option}
        work.put(token, waits=work.set_values(values), entering=True)
    else:
        arrive(work, token)


def arrive(work: Work, token: Token) -> None:
    """Let the node that a token has entered do its work."""
    token = work.put(token, waits=None, entering=False)
    with stuck_without_meaning(work, token):
        NODE_TYPES[work.node(token.node).type].enter(work, token)


def go_on(work: Work, token: Token, to: str | None = None) -> None:
    """Let a token leave its node: to a node, straight back to who returned it, or by `next`."""
    leave(work, token)
    if token.back is not None:
        go_to(work, work.put(token, back=None), token.back)
        return
    following = to or work.node(token.node).next
    assert following is not None, "the checks see to it"
    go_to(work, token, following)


def leave(work: Work, token: Token) -> None:
    """Close what a token leaves behind at its node."""
    for task in work.tasks_of(token):
        if task.state in ("open", "queued", "held"):
            work.close(task)
    work.cancel_timers(token.timers)
    if token.children:
        work.wish(GiveUpChildren(key=work.key(), children=token.children))
    work.put(token, timers=(), children=())
    if not work.is_on_its_way(token):
        work.note("left", token)


def split(work: Work, token: Token, ways: Sequence[str]) -> None:
    """Let a token go several ways at once; each of them knows the split."""
    leave(work, token)
    del work.tokens[token.id]
    made = [
        Token(
            id=work.number(),
            node=token.node,
            fork=(*token.fork, token.id),
            entered_at=work.now,
            after=token.after,
        )
        for _ in ways
    ]
    if len(work.tokens) + len(made) > MOST_TOKENS:
        raise LimitExceeded(limit=PLACES, maximum=MOST_TOKENS)
    for one in made:
        work.put(one)
    for one, way in zip(made, ways, strict=True):
        go_to(work, one, way)


def park(work: Work, token: Token) -> None:
    """Let a token wait at a join."""
    work.put(token, state="parked")
    release_joins(work)


def release_joins(work: Work) -> None:
    """Let go on what waits at joins for nothing any more, the innermost splits first.

    Ways that a join does not wait for are given up once it goes on.
    """
    while ready := _ready(work):
        first = ready[0]
        leave(work, first)
        for token in ready:
            del work.tokens[token.id]
        for late in [one for one in work.tokens.values() if one.fork[: len(first.fork)] == first.fork]:
            work.note("given_up", late)
            drop(work, late)
        after = tuple(dict.fromkeys(key for token in ready for key in token.after))
        joined = work.put(first, id=work.number(), fork=first.fork[:-1], state="active", after=after)
        following = work.node(joined.node).next
        assert following is not None, "the checks see to it"
        go_to(work, joined, following)


def _ready(work: Work) -> list[Token]:
    """The parked tokens at one join that waits for no other: none is on its way, or enough have come."""
    parked = [token for token in work.tokens.values() if token.state == "parked"]
    for token in sorted(parked, key=lambda one: -len(one.fork)):
        depth = len(token.fork)
        same = [one for one in work.tokens.values() if one.fork[:depth] == token.fork]
        here = [one for one in same if one.node == token.node and one.fork == token.fork]
        enough = work.node(token.node).settings.get("enough", MOST_TOKENS)
        if len(here) >= enough or all(one.state == "parked" for one in same):
            return here
    return []


def end(work: Work, token: Token, result: str, *, everything: bool) -> None:
    """Let a way end; the instance ends with the last one, or with everything at once."""
    work.note("left", token)
    del work.tokens[token.id]
    work.change(result=result)
    if everything or not work.tokens:
        finish(work, result)
    else:
        release_joins(work)


def finish(work: Work, status: str) -> None:
    """End the instance."""
    for token in list(work.tokens.values()):
        drop(work, token)
    work.change(status=status, ended_at=work.now, result=status)
    work.note("ended", status=status)
    option = work.workflow.state.get(status)
    if option is not None:
        values = {work.workflow.state["field"]: option}
        work.change(unsaved={work.set_values(values): values})
    if work.instance.initiator is not None:
        work.tell("ended", [work.instance.initiator], status=status)


def drop(work: Work, token: Token) -> None:
    """Take a token away with all that waits at it."""
    leave(work, token)
    del work.tokens[token.id]


def get_stuck(work: Work, token: Token, event: str, **detail: Any) -> None:
    """Let a token rest until an administrator helps."""
    token = work.put(token, state="stuck", waits=None)
    work.note(event, token, **detail)
    work.tell("stuck", work.world.administrators(), node=token.node)


@contextmanager
def stuck_without_meaning(work: Work, token: Token) -> Iterator[None]:
    """Let a token rest where an expression of its node means nothing any more: a field may be gone by now."""
    try:
        yield
    except FormulaError as error:
        get_stuck(work, work.tokens[token.id], "failed", message=words_of(error))


def ways_of(workflow: WorkflowDefinition, key: str) -> tuple[str, ...]:
    """The nodes that may come directly after a node."""
    node = workflow.nodes[key]
    return NODE_TYPES[node.type].ways(node)


def nodes_before(workflow: WorkflowDefinition, key: str) -> frozenset[str]:
    """The nodes from which one may come to a node."""
    sources: dict[str, list[str]] = {}
    for one in workflow.nodes:
        for target in ways_of(workflow, one):
            sources.setdefault(target, []).append(one)
    found: set[str] = set()
    waiting = [key]
    while waiting:
        for source in sources.get(waiting.pop(), ()):
            if source not in found:
                found.add(source)
                waiting.append(source)
    return frozenset(found)
