"""Playing a workflow through without touching anything: effects are imagined, time passes when told so."""

from collections import deque
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any, Literal, Protocol

from joinery.definitions import WorkflowDefinition
from joinery.kernel import Issue, LimitExceeded, PlatformError
from joinery.workflows.effects import (
    CallWebhook,
    CancelTimer,
    CreateRecord,
    Effect,
    SendMessage,
    SetFields,
    StartChildren,
    StartTimer,
    UpdateRecords,
)
from joinery.workflows.engine import step
from joinery.workflows.events import (
    Decided,
    EffectDone,
    Event,
    RecordChanged,
    Started,
    TimerFired,
    Withdrawn,
)
from joinery.workflows.model import START, Instance, Step, Task, Token, new_instance
from joinery.workflows.offers import asked_with, decisions_of
from joinery.workflows.world import World

#: Decisions of one person that leave the node as it is, or ask others there: nobody repeats them.
_OF_ONE = frozenset({"reassign", "add_approver", "ask", "hold"})

#: A workflow that does more in one go comes to no end.
MOST_EVENTS = 2_000

EVENTS = {"en": "events of a simulated workflow", "zh": "流程模拟的事件数"}


class ImaginedWorld(World, Protocol):
    """A world that can be imagined otherwise."""

    def imagine(self, values: Mapping[str, Any], now: datetime) -> "ImaginedWorld":
        """The same world at a moment, where these fields of the record have other values."""

    def fill_in(self, sent: Mapping[str, Any]) -> "ImaginedWorld":
        """The same world after somebody gave fields values, as the API takes them; raises InvalidRecord."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Move:
    """What happens next: at `node` somebody decides (`user`; else all who are asked there, or with `alone`
    the first of them); `values` are filled in with it. It is signed where it must be, and with `signed` where
    it may. "wait" as the decision lets the duration `after` pass instead; without one all the time until
    something happens by itself, or with `until` "due" until the deadline at the node, reminders on the way.
    "change" gives the record the `values` and nobody decides; "withdraw" has the initiator take it back.
    """

    node: str
    decision: str
    user: int | None = None
    comment: str | None = None
    to: str | None = None
    then: str | None = None
    people: tuple[int, ...] = ()
    where: str | None = None
    signed: bool = False
    values: Mapping[str, Any] = field(default_factory=dict)
    after: Mapping[str, Any] | None = None
    until: Literal["next", "due"] = "next"
    alone: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Waking:
    """What happens next by itself: at `node` a deadline ("due"), a reminder ("remind"), the end of a delay
    ("delay") or of a wait for a condition ("wait").
    """

    at: datetime
    kind: str
    node: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Wish:
    """An effect that was wished for after the step of this number, in the world as it was then."""

    effect: Effect
    step: int
    world: ImaginedWorld


@dataclass(frozen=True, slots=True, kw_only=True)
class Simulation:
    """What came of it: the instance, its history, all that was wished for, and the world as it would be.

    `wakes` is what happens next by itself, None when nothing will. Of each move `settled` tells whether
    nobody is asked any more where it was made. With `issues` it went no further than the move they are about,
    named by "/decisions/<place>".
    """

    instance: Instance
    steps: tuple[Step, ...]
    wishes: tuple[Wish, ...]
    world: ImaginedWorld
    wakes: Waking | None = None
    settled: tuple[bool, ...] = ()
    issues: tuple[Issue, ...] = ()

    @property
    def effects(self) -> tuple[Effect, ...]:
        """All that was wished for, in order."""
        return tuple(wish.effect for wish in self.wishes)


def simulate(
    workflow: WorkflowDefinition, world: ImaginedWorld, initiator: int | None, moves: Sequence[Move]
) -> Simulation:
    """Start a workflow in imagination and let the moves happen in order; raises LimitExceeded."""
    playing = _Playing(workflow, world, initiator)
    issues: list[Issue] = []
    settled: list[bool] = []
    try:
        playing.happen(Started(initiator))
    except LimitExceeded:
        raise
    except PlatformError as error:
        issues = _told(error, "")
    for place, move in enumerate(moves if not issues else ()):
        try:
            issues = playing.make(move)
        except LimitExceeded:
            raise
        except PlatformError as error:
            issues = _told(error, "")
        if issues:
            issues = [issue.under(f"/decisions/{place}") for issue in issues]
            break
        settled.append(playing.is_settled(move.node))
    return Simulation(
        instance=playing.instance,
        steps=tuple(playing.steps),
        wishes=tuple(playing.wishes),
        world=playing.world,
        wakes=playing.wakes,
        settled=tuple(settled),
        issues=tuple(issues),
    )


def _told(error: PlatformError, path: str) -> list[Issue]:
    """An error as issues."""
    return list(error.issues) or [Issue(path, error.code, error.params)]


class _Playing:
    """A simulation at work."""

    def __init__(self, workflow: WorkflowDefinition, world: ImaginedWorld, initiator: int | None) -> None:
        self.workflow = workflow
        self.world = world
        self.steps: list[Step] = []
        self.wishes: list[Wish] = []
        self.instance = new_instance(
            id=0, workflow=workflow, number=0, record=0, initiator=initiator, now=world.now
        )
        self._timers: dict[str, datetime] = {}
        self._events = 0

    def happen(self, event: Event) -> None:
        """Let something happen with all that follows at once."""
        waiting = deque([event])
        while waiting:
            self._events += 1
            if self._events > MOST_EVENTS:
                raise LimitExceeded(limit=EVENTS, maximum=MOST_EVENTS)
            outcome = step(self.workflow, self.instance, waiting.popleft(), self.world)
            self.steps += outcome.instance.steps
            self.instance = replace(outcome.instance, steps=())
            for effect in outcome.effects:
                number = self.steps[-1].number if self.steps else 0
                self.wishes.append(Wish(effect=effect, step=number, world=self.world))
                waiting.extend(self._imagine(effect))

    def _imagine(self, effect: Effect) -> Sequence[Event]:
        match effect:
            case SetFields():
                self.world = self.world.imagine(effect.values, self.world.now)
                return (EffectDone(effect.key), RecordChanged())
            case CreateRecord() | UpdateRecords():
                return (EffectDone(effect.key),)
            case CallWebhook():
                # Nobody is called; what would be answered is not known.
                return (EffectDone(effect.key, {}),)
            case SendMessage():
                return (EffectDone(effect.key, {"users": list(effect.users)}),)
            case StartChildren():
                # Those that are waited for are taken as ended.
                return (EffectDone(effect.key, {"children": []}),)
            case StartTimer():
                self._timers[effect.name] = effect.at
            case CancelTimer():
                self._timers.pop(effect.name, None)
        return ()

    def make(self, move: Move) -> list[Issue]:
        """Let a move happen; what is wrong with it."""
        if move.decision == "wait":
            self._wait(self._until(move))
            return []
        if move.decision == "change":
            self.world = self.world.fill_in(move.values)
            self.happen(RecordChanged())
            return []
        if move.decision == "withdraw" and move.node != START:
            # Nobody but the initiator may, so 0, who is nobody, is refused.
            self.happen(Withdrawn(self.instance.initiator or 0, move.comment or "–"))
            return []
        first = self._open_task(move)
        if first is None:
            return [Issue("/node", "workflow_nobody_asked_there", {"name": move.node})]
        if move.values:
            self.world = self.world.fill_in(move.values)
            self.happen(RecordChanged())
        visit = self._visit(first)
        is_of_one = move.alone or move.user is not None or move.decision in _OF_ONE
        task: Task | None = first
        while task is not None and self._visit(task) == visit:
            self.happen(
                Decided(
                    task=task.id,
                    user=task.user,
                    decision=move.decision,
                    comment=move.comment or "–",
                    to=move.to,
                    then=move.then,
                    people=move.people,
                    where=move.where,
                    signed=move.signed or self._must_sign(task, move),
                )
            )
            task = None if is_of_one else self._open_task(move)
        return []

    def is_settled(self, node: str) -> bool:
        """Whether nobody is asked at a node any more."""
        return not any(
            task.node == node and task.state in ("open", "held", "queued") for task in self.instance.tasks
        )

    @property
    def wakes(self) -> Waking | None:
        """What happens next by itself."""
        if self.instance.ended_at is not None or not self._timers:
            return None
        name, at = min(self._timers.items(), key=lambda timer: timer[1])
        waiting: tuple[Task | Token, ...] = (*self.instance.tasks, *self.instance.tokens)
        node = next((one.node for one in waiting if name in one.timers), START)
        return Waking(at=at, kind=name.partition(":")[0], node=node)

    def _until(self, move: Move) -> datetime:
        """Until when a move waits."""
        if move.after is not None:
            return self.world.add(move.after["amount"], move.after["unit"], self.world.now)
        wakes = self._due_at(move.node) if move.until == "due" else None
        if wakes is None and self.wakes is not None:
            wakes = self.wakes.at
        return self.world.add(1, "days", self.world.now) if wakes is None else max(wakes, self.world.now)

    def _due_at(self, node: str) -> datetime | None:
        """The next deadline at a node."""
        named = [name for task in self.instance.tasks if task.node == node for name in task.timers]
        known = [self._timers[name] for name in named if name.startswith("due:") and name in self._timers]
        return min(known, default=None)

    def _open_task(self, move: Move) -> Task | None:
        """The first open task that a move is about."""
        wanted = (
            task
            for task in self.instance.tasks
            if task.node == move.node and task.state == "open" and move.user in (None, task.user)
        )
        return next((task for task in wanted if (task.kind == "answer") == (move.decision == "answer")), None)

    def _must_sign(self, task: Task, move: Move) -> bool:
        """Whether a move needs a signature: it is taken as given."""
        offers = decisions_of(self.workflow, self.instance, task.id)
        return any(one.signature == "required" for one in asked_with(offers, move.decision, move.where))

    def _visit(self, task: Task) -> int:
        """By which visit of its node a task is there."""
        token = next((one for one in self.instance.tokens if one.id == task.token), None)
        return token.visit if token is not None else -1

    def _wait(self, until: datetime) -> None:
        """Let time pass; timers fire in their order."""
        while due := sorted((at, name) for name, at in self._timers.items() if at <= until):
            at, name = due[0]
            del self._timers[name]
            self.world = self.world.imagine({}, max(at, self.world.now))
            self.happen(TimerFired(name))
        self.world = self.world.imagine({}, until)
