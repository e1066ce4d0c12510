"""A workflow wishes for a call: it is written down with the change that led to it, and a worker makes it."""

from collections.abc import Iterable
from typing import TYPE_CHECKING

from joinery.kernel import LimitExceeded
from joinery.runtime.unit import Unit
from joinery.runtime.webhooks.requests import request_of
from joinery.storage import webhook_calls
from joinery.storage.webhook_calls import StoredCall
from joinery.workflows import CallWebhook, EffectDone, Event

if TYPE_CHECKING:
    from joinery.runtime.workflows.runner import Runner

#: The job that makes one attempt of one call.
CALL = "webhook_call"
#: Characters of the body of a request.
LONGEST_BODY = 1_000_000

BODY = {"en": "characters of what a webhook sends", "zh": "Webhook 请求体的字符数"}


def call_webhook(runner: "Runner", effect: CallWebhook) -> Iterable[Event]:
    """Let a worker call what a node describes; what follows at once, where the call was answered before.

    Each key stands for one call. One that failed is tried again: the very same, unless the other side
    certainly did nothing about it; then what the record says now is sent, under a new key of the next round.
    """
    settings, unit = runner.workflow.nodes[effect.node].settings, runner.unit
    request = request_of(settings, runner.world)
    if sum(len(part) for part in request.get("body", ()) if isinstance(part, str)) > LONGEST_BODY:
        raise LimitExceeded(limit=BODY, maximum=LONGEST_BODY)
    call = webhook_calls.add(
        unit,
        key=effect.key,
        instance_id=runner.instance.id,
        node=effect.node,
        request=request,
        at=unit.now,
    )
    if call is None:
        call = webhook_calls.by_key(unit, effect.key)
        if call.state == "done":
            return (EffectDone(effect.key, call.result),)
        if call.state == "waiting":
            return ()
        begun = {"state": "waiting", "attempts": 0, "next_at": unit.now}
        renewed = {"request": request, "round": call.round + 1, "error": None} if _is_certain(call) else {}
        webhook_calls.save(unit, call.id, **begun, **renewed)
    queue_attempt(unit, call.id, 0)
    return ()


def queue_attempt(unit: Unit, call_id: int, attempt: int) -> None:
    """Let a worker make an attempt at once; `attempt` counts those before it: it is void once made."""
    unit.defer(CALL, {"call": call_id, "attempt": attempt})


def _is_certain(call: StoredCall) -> bool:
    """Whether the other side certainly did nothing about a call that failed."""
    return call.error is None or bool(call.error["certain"])
