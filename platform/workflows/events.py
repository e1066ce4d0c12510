"""What happens to an instance from outside."""

from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True, slots=True)
class Started:
    """It begins; `initiator` is None when no person started it."""

    initiator: int | None
    comment: str | None = None


@dataclass(frozen=True, slots=True)
class Decided:
    """Somebody decides a task of his.

    `to` and `then` belong to "return", `people` to "reassign", "add_approver" and "ask", `where` to
    "add_approver". `signed` says that it comes with a signature, which is kept beside the task.
    """

    task: int
    user: int
    decision: str
    comment: str | None = None
    to: str | None = None
    then: str | None = None
    people: tuple[int, ...] = ()
    where: str | None = None
    signed: bool = False


@dataclass(frozen=True, slots=True)
class TimerFired:
    """A timer that an effect started."""

    name: str


@dataclass(frozen=True, slots=True)
class RecordChanged:
    """The record was saved."""


@dataclass(frozen=True, slots=True)
class EffectDone:
    """What an effect wished for was carried out; `result` is what came of it."""

    key: str
    result: Any = None


@dataclass(frozen=True, slots=True)
class EffectFailed:
    """What an effect wished for was refused, in words of both languages."""

    key: str
    en: str
    zh: str


@dataclass(frozen=True, slots=True)
class ChildEnded:
    """An instance that was waited for has ended."""

    child: int
    status: str


@dataclass(frozen=True, slots=True)
class Withdrawn:
    """The initiator takes it back."""

    user: int
    comment: str | None = None


@dataclass(frozen=True, slots=True)
class Urged:
    """Somebody reminds those who are asked."""

    user: int


@dataclass(frozen=True, slots=True)
class Moved:
    """An administrator moves a token to a node, or with None all of it."""

    user: int
    token: int | None
    to: str
    reason: str | None = None


@dataclass(frozen=True, slots=True)
class Reactivated:
    """An administrator lets one that has ended go on at a node."""

    user: int
    to: str
    reason: str | None = None


@dataclass(frozen=True, slots=True)
class Cancelled:
    """An administrator ends it, or with None as the user whatever it was part of."""

    user: int | None
    reason: str | None = None


@dataclass(frozen=True, slots=True)
class Reassigned:
    """An administrator gives a task to somebody else."""

    user: int
    task: int
    to: int
    reason: str | None = None


@dataclass(frozen=True, slots=True)
class Retried:
    """An administrator lets a stuck token (None: all of them) try its node once more."""

    user: int
    token: int | None = field(default=None)


Event = (
    Started
    | Decided
    | TimerFired
    | RecordChanged
    | EffectDone
    | EffectFailed
    | ChildEnded
    | Withdrawn
    | Urged
    | Moved
    | Reactivated
    | Cancelled
    | Reassigned
    | Retried
)
