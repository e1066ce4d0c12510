"""Calls of other systems as administrators of the workspace look at them, and try them again."""

from typing import Any

from joinery.directory import Actor
from joinery.kernel import Conflict, InvalidInput, Issue, NotFound, label_key, message
from joinery.runtime import audit
from joinery.runtime.kinds import WEBHOOK_CALL
from joinery.runtime.records.batch import save_many
from joinery.runtime.unit import Unit
from joinery.runtime.webhooks.calling import key_of
from joinery.runtime.webhooks.queueing import queue_attempt
from joinery.runtime.workflows.definitions import at_version
from joinery.runtime.workflows.runner import hold
from joinery.runtime.workflows.tasks import user_of
from joinery.runtime.workflows.templates import shown
from joinery.runtime.workflows.words import node_label
from joinery.storage import webhook_calls
from joinery.storage.webhook_calls import ListedCall
from joinery.workflows import Retried

#: Characters of a body that are shown.
SHOWN = 2000
PAGE = 50


class CallSettled(Conflict):
    """The call was answered, or its workflow has gone on without it."""

    code = "webhook_call_settled"


def list_calls(
    unit: Unit,
    actor: Actor,
    *,
    state: str | None = None,
    app: str | None = None,
    cursor: str | None = None,
    limit: int = PAGE,
) -> dict[str, Any]:
    """A page of the calls, the newest first."""
    states = [state] if state is not None else []
    found = webhook_calls.page(unit, states=states, app=app, before=_before(cursor), limit=limit + 1)
    page = found[:limit]
    return {
        "calls": [_json(unit, actor, one) for one in page],
        "next_cursor": str(page[-1].call.id) if len(found) > limit else None,
    }


def retry_call(unit: Unit, actor: Actor, call_id: int) -> dict[str, Any]:
    """Make the next attempt at once, or try a call that failed for good once more.

    Raises NotFound, and CallSettled where nobody waits for it.
    """
    found = webhook_calls.one(unit, call_id)
    if found is None:
        raise NotFound(kind=WEBHOOK_CALL)
    call = found.call
    if call.state == "waiting":
        webhook_calls.save(unit, call.id, next_at=unit.now)
        queue_attempt(unit, call.id, call.attempts)
    else:
        runner = hold(unit, actor, call.instance_id, save_many)
        stuck = (one for one in runner.instance.tokens if one.call == call.key and one.state == "stuck")
        token = next(stuck, None)
        if token is None:
            raise CallSettled()
        runner.advance(Retried(user_of(actor), token.id))
        runner.end_for_parent()
    after = {"instance": call.instance_id, "workflow": found.workflow, "call": call.id}
    subject = f"{found.app}.{found.form}: {found.title}"
    audit.record(unit, actor, "webhook_retried", subject=subject, after=after, app=found.app)
    again = webhook_calls.one(unit, call_id)
    assert again is not None, "this transaction holds it"
    return _json(unit, actor, again)


def _json(unit: Unit, actor: Actor, one: ListedCall) -> dict[str, Any]:
    call, workflow = one.call, at_version(unit, one.version_id)[0]
    key, error = label_key(actor.language), call.error
    return {
        "id": call.id,
        "key": key_of(unit, call),
        "app": one.app,
        "form": one.form,
        "record": {"id": one.record_id, "title": one.title},
        "instance": call.instance_id,
        "workflow": workflow.label[key],
        "node": node_label(workflow, call.node)[key],
        "method": call.request["method"],
        "url": shown(call.request["url"]),
        "body": shown(call.request.get("body", ()))[:SHOWN] or None,
        "state": call.state,
        "attempts": call.attempts,
        "made_at": call.made_at,
        "called_at": call.called_at,
        "next_at": call.next_at if call.state == "waiting" else None,
        "status": call.status,
        "error": message(error["code"], actor.language, error["params"]) if error else None,
        "answer": call.answer,
        "retry": call.state == "waiting" or one.stuck,
    }


def _before(cursor: str | None) -> int | None:
    if cursor is None:
        return None
    if not (cursor.isascii() and cursor.isdigit() and len(cursor) < 19):
        raise InvalidInput(issues=[Issue("/cursor", "wrong_cursor")])
    return int(cursor)
