"""Move an instance through its workflow; what the world has to do for it comes out as effects."""

from joinery.workflows.catalogue import catalogue
from joinery.workflows.codec import instance_json, read_instance
from joinery.workflows.effects import (
    ApplyProposal,
    CallWebhook,
    CancelTimer,
    CreateRecord,
    Effect,
    GiveUpChildren,
    Notify,
    SendMessage,
    SetFields,
    StartChildren,
    StartTimer,
    UpdateRecords,
)
from joinery.workflows.engine import step
from joinery.workflows.errors import (
    CannotWithdraw,
    InstanceEnded,
    InstanceRuns,
    NotYours,
    TaskClosed,
    UrgedLately,
    words_of,
)
from joinery.workflows.events import (
    Cancelled,
    ChildEnded,
    Decided,
    EffectDone,
    EffectFailed,
    Event,
    Moved,
    Reactivated,
    Reassigned,
    RecordChanged,
    Retried,
    Started,
    TimerFired,
    Urged,
    Withdrawn,
)
from joinery.workflows.managing import may_be_withdrawn
from joinery.workflows.model import START, Instance, Step, Task, Token, new_instance
from joinery.workflows.nesting import splits_around
from joinery.workflows.node_type import NODE_TYPES, NodeType
from joinery.workflows.offers import Offer, asked_with, decisions_of
from joinery.workflows.predicting import Expected, predict
from joinery.workflows.ranges import EVERYBODY, outside
from joinery.workflows.rehearsal import INITIATOR, ImaginedCompany, Rehearsal, rehearsal_issues, rehearse
from joinery.workflows.schedules import days_looked_at, last_due
from joinery.workflows.signatures import Signature, read_signature, show_signature
from joinery.workflows.simulation import ImaginedWorld, Move, Simulation, Waking, Wish, simulate
from joinery.workflows.work import Outcome
from joinery.workflows.world import World

NODE_TYPES.discover("joinery.workflows.node_types")

__all__ = [
    "EVERYBODY",
    "INITIATOR",
    "NODE_TYPES",
    "START",
    "ApplyProposal",
    "CallWebhook",
    "CancelTimer",
    "Cancelled",
    "CannotWithdraw",
    "ChildEnded",
    "CreateRecord",
    "Decided",
    "Effect",
    "EffectDone",
    "EffectFailed",
    "Event",
    "Expected",
    "GiveUpChildren",
    "ImaginedCompany",
    "ImaginedWorld",
    "Instance",
    "InstanceEnded",
    "InstanceRuns",
    "Move",
    "Moved",
    "NodeType",
    "NotYours",
    "Notify",
    "Offer",
    "Outcome",
    "Reactivated",
    "Reassigned",
    "RecordChanged",
    "Rehearsal",
    "Retried",
    "SendMessage",
    "SetFields",
    "Signature",
    "Simulation",
    "StartChildren",
    "StartTimer",
    "Started",
    "Step",
    "Task",
    "TaskClosed",
    "TimerFired",
    "Token",
    "UpdateRecords",
    "Urged",
    "UrgedLately",
    "Waking",
    "Wish",
    "Withdrawn",
    "World",
    "asked_with",
    "catalogue",
    "days_looked_at",
    "decisions_of",
    "instance_json",
    "last_due",
    "may_be_withdrawn",
    "new_instance",
    "outside",
    "predict",
    "read_instance",
    "read_signature",
    "rehearsal_issues",
    "rehearse",
    "show_signature",
    "simulate",
    "splits_around",
    "step",
    "words_of",
]
