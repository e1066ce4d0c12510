"""One run of a workflow: where it stands, who is asked, what happened. `step` makes new ones of them."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Literal

from joinery.definitions import WorkflowDefinition

#: Where an instance stands that was returned to its initiator; no node is called so.
START = "start"

TokenState = Literal["active", "parked", "stuck"]
TaskState = Literal["open", "queued", "held", "done", "gone"]
TaskKind = Literal["decide", "fill", "copy", "answer"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Token:
    """Where an instance stands; after a split it has several.

    `fork` are the splits it came from, outermost first. It is "parked" at a join, "stuck" when only an
    administrator can help. `waits` is the key of an effect it rests for, `entering` whether its node has
    still to be begun then; `children` are the instances it waits for, `timers` the timers that may wake it,
    `back` the node it goes straight back to once this one is done. `after` are the nodes at which people
    decided directly before, the start for the initiator. `call` is the key of the call that its node makes,
    which stays the same however often that is tried. Whatever has a higher number than `visit` belongs to
    its present visit of the node.
    """

    id: int
    node: str
    fork: tuple[int, ...] = ()
    entered_at: datetime
    state: TokenState = "active"
    waits: str | None = None
    entering: bool = False
    children: tuple[int, ...] = ()
    timers: tuple[str, ...] = ()
    back: str | None = None
    after: tuple[str, ...] = ()
    call: str | None = None
    visit: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Task:
    """What one person shall do at a node: decide, fill in, answer a question; or what he was told (copy).

    "queued" is in turn later, "held" waits for somebody who was asked before him, "gone" was decided without
    him. `for_user` is whom a deputy stands in for, `by_rule` why it was decided by itself ("initiator",
    "earlier", "deadline"), `signed` whether it was decided with a signature. Tasks of one `root` speak with
    one voice: of those that are `either`, one is enough, all others must agree.
    """

    id: int
    token: int
    node: str
    user: int
    kind: TaskKind
    state: TaskState
    root: int
    opened_at: datetime
    decision: str | None = None
    comment: str | None = None
    decided_at: datetime | None = None
    for_user: int | None = None
    added_by: int | None = None
    due_at: datetime | None = None
    by_rule: str | None = None
    signed: bool = False
    either: bool = False
    timers: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One entry of the history, never changed: at `node` by `user` (None: the machine) happened `event`."""

    number: int
    node: str | None
    token: int | None
    event: str
    at: datetime
    user: int | None = None
    task: int | None = None
    detail: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Instance:
    """One run of a workflow over one record.

    `status` is "running", "stuck", or how it ended: "approved", "rejected", "withdrawn", "cancelled" or an
    own result. `steps` are the new ones only, `counter` numbers all that is numbered. `visited` are the nodes
    where people were asked, in their order; approvals with ids up to `fresh` were given before the last
    return and count no more. `result` is how the ways ended so far, `unsaved` are values that could not be
    set yet, by the key of the effect.
    `proposal` are the fields whose values wait for its end, `record` is None as long as a new record does;
    `insisted` says that an administrator wants them saved over what was changed meanwhile, `applied` that
    they are saved. `depth` is how many runs led to it, each of which started the next.
    """

    id: int
    workflow: str
    number: int
    app: str
    form: str
    record: int | None
    initiator: int | None
    started_at: datetime
    status: str = "running"
    ended_at: datetime | None = None
    tokens: tuple[Token, ...] = ()
    tasks: tuple[Task, ...] = ()
    steps: tuple[Step, ...] = ()
    counter: int = 0
    visited: tuple[str, ...] = ()
    fresh: int = 0
    result: str | None = None
    unsaved: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    proposal: tuple[str, ...] = ()
    insisted: bool = False
    applied: bool = False
    depth: int = 0

    @property
    def holds_back(self) -> bool:
        """Whether values wait for it to end."""
        return bool(self.proposal) and not self.applied

    def task(self, number: int) -> Task | None:
        """The task of this number; None when there is none."""
        return next((task for task in self.tasks if task.id == number), None)


def new_instance(
    *,
    id: int,
    workflow: WorkflowDefinition,
    number: int,
    record: int | None,
    initiator: int | None,
    now: datetime,
    proposal: tuple[str, ...] = (),
    depth: int = 0,
) -> Instance:
    """An instance that has not started yet; `number` is that of the workflow's version."""
    return Instance(
        id=id,
        workflow=workflow.key,
        number=number,
        app=workflow.app,
        form=workflow.form,
        record=record,
        initiator=initiator,
        started_at=now,
        proposal=proposal,
        depth=depth,
    )
