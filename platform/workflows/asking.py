"""Asking people at a node: whom, in which order, who is spared, and what their decisions come to."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Literal

from joinery.definitions import NodeDefinition
from joinery.workflows.deadlines import with_deadline
from joinery.workflows.model import START, Instance, Task, TaskKind, Token
from joinery.workflows.moving import finish, get_stuck, go_on
from joinery.workflows.nesting import jump
from joinery.workflows.work import Work
from joinery.workflows.world import World

Json = Mapping[str, Any]

#: Decisions that let it go on.
AGREED = ("approve", "submit")

#: How often a deputy may be away himself.
MOST_DEPUTIES = 5

Vote = Literal["yes", "no", "open"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Several:
    """How several people decide: `rule` "any", "all" or "share" (`share` in per cent)."""

    rule: str = "any"
    share: int = 100
    in_turn: bool = False
    veto: bool = False


def several_of(node: NodeDefinition) -> Several:
    """How several people decide at a node; managers in a chain always agree one after the other."""
    if any(rule["by"] == "manager_chain" for rule in node.settings.get("assignees", ())):
        return Several(rule="all", in_turn=True)
    return Several(**node.settings.get("several", {}))


def people_of(rules: Iterable[Json], instance: Instance, world: World) -> tuple[int, ...]:
    """Whom assignee rules name, each once, in order."""
    found = (world.people(rule, instance) for rule in rules)
    return tuple(dict.fromkeys(user for users in found for user in users))


def asked_at(node: NodeDefinition, instance: Instance, world: World) -> tuple[int, ...]:
    """Whom a node asks by its rules: in place of the initiator his manager, where it says so."""
    found = people_of(node.settings["assignees"], instance, world)
    if node.settings.get("repeat", {}).get("initiator") != "manager" or instance.initiator not in found:
        return found
    managers = world.people({"by": "manager", "of": "initiator", "level": 1}, instance)
    asked = (one for user in found for one in (managers if user == instance.initiator else (user,)))
    return tuple(dict.fromkeys(asked))


def instead_of_nobody(node: NodeDefinition, world: World) -> tuple[str, tuple[int, ...]]:
    """What is done when the rules name nobody: "ask" (with whom), "skip" or "stop"."""
    nobody = node.settings.get("nobody", {"then": "administrator"})
    if nobody["then"] in ("skip", "stop"):
        return nobody["then"], ()
    named = tuple(user for user in nobody.get("users", ()) if world.is_active(user))
    asked = named or world.administrators()
    return ("ask", asked) if asked else ("stop", ())


def ask(work: Work, token: Token, kind: TaskKind) -> None:
    """Ask the people of a node that a token has entered."""
    node = work.node(token.node)
    visited = (key for key in work.instance.visited if key != token.node)
    work.change(visited=(*visited, token.node))
    people = asked_at(node, work.instance, work.world)
    if not people:
        then, people = instead_of_nobody(node, work.world)
        if then == "skip":
            work.note("skipped", token, rule="nobody")
            go_on(work, token)
            return
        if then == "stop":
            get_stuck(work, token, "stopped", rule="nobody")
            return
    # Deputies may stand in for several: each person is asked once.
    asked: dict[int, int | None] = {}
    for user in people:
        decider = deciding_for(work, user)
        asked.setdefault(decider, None if decider == user else user)
    for user, for_user in asked.items():
        add_task(work, token, user, kind, state="queued", for_user=for_user)
    spare(work, token)
    if not several_of(node).in_turn and result_at(work, token) == "open":
        for task in work.tasks_of(token):
            if task.state == "queued":
                open_task(work, task)
    settle(work, token)


def ask_initiator(work: Work, token: Token) -> None:
    """Ask the initiator to complete what was returned to him; without him an administrator."""
    initiator = work.instance.initiator
    there = initiator is not None and work.world.is_active(initiator)
    people = (initiator,) if there and initiator is not None else work.world.administrators()[:1]
    if not people:
        get_stuck(work, token, "stopped", rule="nobody")
        return
    add_task(work, token, people[0], "fill")


def deciding_for(work: Work, user: int) -> int:
    """The person himself, or whoever stands in for him; nobody comes to approve his own by that."""
    known = [user]
    while (deputy := work.world.deputy(known[-1])) is not None and len(known) <= MOST_DEPUTIES:
        if deputy in (*known, work.instance.initiator) or not work.world.is_active(deputy):
            break
        known.append(deputy)
    return known[-1]


def add_task(
    work: Work,
    token: Token,
    user: int,
    kind: TaskKind,
    *,
    state: str = "open",
    root: int | None = None,
    **properties: Any,
) -> Task:
    """Give somebody a task; one that is open is told to him, and has the node's deadline."""
    number = work.number()
    task = work.put_task(
        Task(
            id=number,
            token=token.id,
            node=token.node,
            user=user,
            kind=kind,
            state="queued",
            root=root or number,
            opened_at=work.now,
        ),
        **properties,
    )
    return open_task(work, task) if state == "open" else work.put_task(task, state=state)


def open_task(work: Work, task: Task) -> Task:
    """Let somebody begin with a task."""
    task = work.put_task(task, state="open", opened_at=work.now)
    work.tell("asked" if task.kind == "answer" else "task", [task.user], task)
    if task.for_user is not None:
        work.tell("delegated", [task.for_user], task)
    return task if task.kind == "answer" else with_deadline(work, task)


def spare(work: Work, token: Token) -> None:
    """Let those approve by themselves who are not asked again: the initiator, or who agreed before."""
    repeat = work.node(token.node).settings.get("repeat", {})
    for task in work.tasks_of(token):
        rule = _spared_by(work, token, task.user, repeat)
        if rule is not None and task.kind != "answer":
            decision = "approve" if task.kind == "decide" else "submit"
            done = work.close(task, "done", decision=decision, decided_at=work.now, by_rule=rule)
            work.note("skipped", task=done, user=task.user, rule=rule)


def _spared_by(work: Work, token: Token, user: int, repeat: Json) -> str | None:
    """Why somebody is not asked again; None when he is."""
    if user == work.instance.initiator:
        whether = repeat.get("initiator")
        if whether == "skip" or (whether == "skip_adjacent" and START in token.after):
            return "initiator"
    whether = repeat.get("earlier")
    if whether == "skip" and user in _agreed_before(work, token):
        return "earlier"
    if whether == "skip_adjacent" and user in _agreed_before(work, token, token.after):
        return "adjacent"
    return None


def _agreed_before(work: Work, token: Token, at: tuple[str, ...] | None = None) -> set[int]:
    """Who agreed before, since it was last returned: anywhere, or at these nodes. A deadline is nobody."""
    return {
        task.user
        for task in work.tasks.values()
        if task.state == "done"
        and task.decision in AGREED
        and task.id > work.instance.fresh
        and (task.token, task.node) != (token.id, token.node)
        and task.by_rule != "deadline"
        and (at is None or task.node in at)
    }


def settle(work: Work, token: Token) -> None:
    """Go on as soon as the result is certain; else let the next in turn begin."""
    result = result_at(work, token)
    if result == "yes":
        go_on(work, work.put(token, after=(token.node,)))
    elif result == "no":
        reject(work, work.put(token, after=(token.node,)))
    else:
        _open_next(work, [task for task in work.tasks_of(token) if task.kind in ("decide", "fill")])


def result_at(work: Work, token: Token) -> Vote:
    """What the decisions at a token's node come to so far."""
    tasks = [task for task in work.tasks_of(token) if task.kind in ("decide", "fill")]
    return result_of(several_of(work.node(token.node)), votes_of(tasks))


def _open_next(work: Work, tasks: list[Task]) -> None:
    """Let those begin who waited for somebody that was asked before them, and the next in turn."""
    busy = {task.root for task in tasks if task.state == "open"}
    for task in tasks:
        if task.state == "held" and task.root not in busy:
            open_task(work, task)
            busy.add(task.root)
    following = next((task for task in tasks if task.state == "queued"), None)
    if following is not None and not busy:
        open_task(work, following)


def reject(work: Work, token: Token) -> None:
    """Go the way of the rejected, or end the instance."""
    rejected = work.node(token.node).settings.get("rejected")
    if rejected is not None:
        # Nobody goes straight back to where he was returned from, nor do the ways beside that go on.
        there = jump(work, token, token.node) if token.back is not None else token
        go_on(work, there, rejected)
    else:
        finish(work, "rejected")


def votes_of(tasks: Iterable[Task]) -> list[Vote]:
    """What the tasks of a node come to: one vote for each root."""
    by_root: dict[int, list[Task]] = {}
    for task in tasks:
        if task.state != "gone":
            by_root.setdefault(task.root, []).append(task)
    return [_vote(group) for group in by_root.values()]


def _vote(group: list[Task]) -> Vote:
    if any(task.decision == "reject" for task in group):
        return "no"
    return "yes" if all(task.decision in AGREED for task in group) else "open"


def result_of(several: Several, votes: list[Vote]) -> Vote:
    """The result once it is certain, "open" before."""
    yes, no = votes.count("yes"), votes.count("no")
    if no and several.veto:
        return "no"
    match several.rule:
        case "any":
            return "yes" if yes else "no" if no else "open"
        case "all":
            return "no" if no else "yes" if yes == len(votes) else "open"
        case _:
            needed = several.share * len(votes)
            if 100 * yes >= needed:
                return "yes"
            return "no" if 100 * (len(votes) - no) < needed else "open"
