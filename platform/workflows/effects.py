"""What an instance wishes for; `key` is unique for ever, so that each wish is carried out once."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any


@dataclass(frozen=True, slots=True, kw_only=True)
class SetFields:
    """Give fields of the record these values; answered by EffectDone."""

    key: str
    values: Mapping[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class CreateRecord:
    """Make the record that the node describes; answered by EffectDone."""

    key: str
    node: str


@dataclass(frozen=True, slots=True, kw_only=True)
class UpdateRecords:
    """Change the related records that the node describes; answered by EffectDone."""

    key: str
    node: str


@dataclass(frozen=True, slots=True, kw_only=True)
class StartChildren:
    """Start the workflows of the node; answered by EffectDone with {"children": [ids]}."""

    key: str
    node: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CallWebhook:
    """Call the address that the node describes; a call of the same key that failed is tried again. Answered
    by EffectDone with {"status": .., "values": {field: value}}, once, perhaps much later.
    """

    key: str
    node: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SendMessage:
    """Tell people, and the mail addresses of the node, what the node says; answered by EffectDone with
    {"users": [ids], "addresses": how many}.
    """

    key: str
    node: str
    users: tuple[int, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class GiveUpChildren:
    """Cancel those of these instances that have not ended: nobody waits for them any more."""

    key: str
    children: tuple[int, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ApplyProposal:
    """Save the values that waited for approval; `anyway` over what was changed meanwhile, too. Answered by
    EffectDone.
    """

    key: str
    anyway: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class StartTimer:
    """Let TimerFired(name) happen at a moment, or soon after."""

    key: str
    name: str
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class CancelTimer:
    """Nobody waits for this timer any more."""

    key: str
    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Notify:
    """Tell people; `kind` is "task", "copy", "urge", "decided", "returned", "ended", "due", "overdue",
    "asked", "answered", "delegated" or "stuck".
    """

    key: str
    kind: str
    users: tuple[int, ...]
    task: int | None = None
    detail: Mapping[str, Any] = field(default_factory=dict)


Effect = (
    SetFields
    | CreateRecord
    | UpdateRecords
    | StartChildren
    | GiveUpChildren
    | CallWebhook
    | SendMessage
    | ApplyProposal
    | StartTimer
    | CancelTimer
    | Notify
)
