"""An instance while something happens to it: what changes is noted here and becomes an outcome in the end.

Only tokens, tasks, steps and effects are handled here; how they follow on each other is in `moving`.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from joinery.definitions import NodeDefinition, WorkflowDefinition
from joinery.workflows.effects import CancelTimer, Effect, Notify, SetFields, StartTimer
from joinery.workflows.model import START, Instance, Step, Task, Token
from joinery.workflows.world import World


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What became of an instance, and what it wishes for, in order."""

    instance: Instance
    effects: tuple[Effect, ...]


class Work:
    """One event at work on one instance."""

    def __init__(self, workflow: WorkflowDefinition, instance: Instance, world: World) -> None:
        self.workflow = workflow
        self.world = world
        self.now = world.now
        self.tokens = {token.id: token for token in instance.tokens}
        self.tasks = {task.id: task for task in instance.tasks}
        self._instance = replace(instance, steps=())
        self._steps: list[Step] = []
        self._effects: list[Effect] = []
        self._arrivals: list[tuple[int, str | None, str | None]] = []
        self._place = 0

    @property
    def instance(self) -> Instance:
        """The instance as it is now."""
        return replace(self._instance, tokens=tuple(self.tokens.values()), tasks=tuple(self.tasks.values()))

    def outcome(self) -> Outcome:
        """What came of it."""
        status = self._instance.status
        if self._instance.ended_at is None:
            stuck = any(token.state == "stuck" for token in self.tokens.values())
            status = "stuck" if stuck else "running"
        steps = tuple(self._steps)
        return Outcome(
            instance=replace(self.instance, status=status, steps=steps), effects=tuple(self._effects)
        )

    def change(self, **properties: Any) -> None:
        """Change properties of the instance itself."""
        self._instance = replace(self._instance, **properties)

    def number(self) -> int:
        """The next number of the instance."""
        self.change(counter=self._instance.counter + 1)
        return self._instance.counter

    def node(self, key: str) -> NodeDefinition:
        """A node of the workflow; the start for its own word."""
        return _START_NODE if key == START else self.workflow.nodes[key]

    def note(
        self,
        event: str,
        token: Token | None = None,
        *,
        user: int | None = None,
        task: Task | None = None,
        **detail: Any,
    ) -> None:
        """Add an entry to the history; details that are None say nothing."""
        told = {_WORDS.get(name, name): value for name, value in detail.items() if value is not None}
        place = task.node if task else token.node if token else None
        self._steps.append(
            Step(
                number=self.number(),
                node=place,
                token=task.token if task else token.id if token else None,
                event=event,
                at=self.now,
                user=user,
                task=task.id if task else None,
                detail=told,
            )
        )

    def key(self) -> str:
        """A key for an effect."""
        return f"{self._instance.id}:{self.number()}"

    def wish(self, effect: Effect) -> None:
        """Add an effect."""
        self._effects.append(effect)

    def tell(self, kind: str, users: Iterable[int], task: Task | None = None, **detail: Any) -> None:
        """Wish that people are told, each once."""
        known = tuple(dict.fromkeys(users))
        if known:
            number = task.id if task else None
            self.wish(Notify(key=self.key(), kind=kind, users=known, task=number, detail=detail))

    def set_values(self, values: Mapping[str, Any]) -> str:
        """Wish that fields get values; the key of the effect."""
        key = self.key()
        self.wish(SetFields(key=key, values=values))
        return key

    def start_timer(self, kind: str, at: datetime) -> str:
        """Wish for a timer; its name."""
        number = self.number()
        name = f"{kind}:{number}"
        self.wish(StartTimer(key=f"{self._instance.id}:{number}", name=name, at=max(at, self.now)))
        return name

    def cancel_timers(self, names: Iterable[str]) -> None:
        """Wish that timers are forgotten."""
        for name in names:
            self.wish(CancelTimer(key=self.key(), name=name))

    def arrive_later(self, number: int, source: str | None, state: str | None) -> None:
        """Note that a token is on its way, from where and with which state of the record.

        It comes before those of earlier, behind its siblings.
        """
        self._arrivals.insert(self._place, (number, source, state))

    def next_arrival(self) -> tuple[int, str | None, str | None] | None:
        """The token that arrives next; what follows from it comes before the others."""
        if not self._arrivals:
            return None
        arrival = self._arrivals.pop()
        self._place = len(self._arrivals)
        return arrival

    def is_on_its_way(self, token: Token) -> bool:
        """Whether a token has still to enter its node."""
        return any(number == token.id for number, *_ in self._arrivals)

    def put(self, token: Token, **properties: Any) -> Token:
        """Keep a token, with some properties changed; the token as it is then."""
        changed = replace(token, **properties)
        self.tokens[changed.id] = changed
        return changed

    def put_task(self, task: Task, **properties: Any) -> Task:
        """Keep a task, with some properties changed; the task as it is then."""
        changed = replace(task, **properties)
        self.tasks[changed.id] = changed
        return changed

    def tasks_of(self, token: Token) -> list[Task]:
        """The tasks of a token's present visit of its node, in their order."""
        return [
            task
            for task in self.tasks.values()
            if task.token == token.id and task.node == token.node and task.id > token.visit
        ]

    def close(self, task: Task, state: str = "gone", **properties: Any) -> Task:
        """Let a task be done or gone; nothing wakes it any more."""
        self.cancel_timers(task.timers)
        return self.put_task(task, state=state, timers=(), **properties)


#: Details whose names Python has other uses for.
_WORDS = {"source": "from"}

_START_NODE = NodeDefinition(key=START, type=START, label={"en": "Start", "zh": "发起"})
