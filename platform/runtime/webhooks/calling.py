"""A worker makes an attempt of a call, with no transaction open while it waits for the answer.

A worker that dies between the call and the note of its answer lets the attempt be made once more, under the
same key: the other side knows it again. The workflow is told once: whoever moves the row on from "waiting"
tells it, in that transaction.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from joinery.adapters import WebhookAnswer, WebhookFailed, WebhookRequest
from joinery.directory import Actor
from joinery.kernel import NotFound, dump_json, message
from joinery.runtime.again import again
from joinery.runtime.records.batch import save_many
from joinery.runtime.records.open_form import OpenForm
from joinery.runtime.services import Services
from joinery.runtime.unit import Unit
from joinery.runtime.webhooks.answers import SHOWN, check_status, text_of, values_of, wait_asked_for
from joinery.runtime.webhooks.named_secrets import open_secrets
from joinery.runtime.webhooks.queueing import CALL
from joinery.runtime.webhooks.requests import host_of, ready, secrets_of
from joinery.runtime.workflows.definitions import at_version
from joinery.runtime.workflows.runner import hold
from joinery.storage import webhook_calls, workflow_instances
from joinery.storage.webhook_calls import StoredCall
from joinery.workflows import EffectDone, EffectFailed, Event

#: Attempts in all unless the node says otherwise, and the waits between them; the last one comes again.
TRIES = 6
WAITS = tuple(timedelta(minutes=minutes) for minutes in (1, 5, 15, 60, 180, 360, 720, 1440))
#: The longest wait that the other side may ask for.
LONGEST_WAIT = timedelta(days=1)
#: How long calls of runs that have ended are remembered.
REMEMBERED = timedelta(days=30)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Attempt:
    """What is to be sent, or why it cannot be; `settings` are those of the node, `secrets` what to hide."""

    settings: Mapping[str, Any]
    secrets: Mapping[str, str]
    request: WebhookRequest | None = None
    failed: WebhookFailed | None = None


def run_call(services: Services, workspace: str, call: int, attempt: int) -> None:
    """Make an attempt of a call unless it was made already, or nobody waits for it any more."""
    with services.unit(workspace) as unit:
        attempted = _prepare(services, unit, call, attempt)
    if attempted is None:
        return
    answer, failed, values = None, attempted.failed, dict[str, Any]()
    if attempted.request is not None:
        try:
            answer = services.caller.call(attempted.request)
            check_status(answer)
            values = values_of(answer, attempted.settings.get("answer", {}))
        except WebhookFailed as error:
            failed = error

    def note() -> None:
        with services.unit(workspace) as unit:
            _note(unit, call, attempt, attempted, answer, failed, values)

    again(note)


def _prepare(services: Services, unit: Unit, call_id: int, attempt: int) -> _Attempt | None:
    """What an attempt sends; None when it is void."""
    webhook_calls.forget(unit, unit.now - REMEMBERED)
    call = webhook_calls.get(unit, call_id, lock=True)
    if call is None or call.state != "waiting" or call.attempts != attempt:
        return None
    settings = _settings(unit, call)
    if settings is None:
        webhook_calls.save(unit, call.id, state="void", next_at=None)
        return None
    host = host_of("".join(part for part in call.request["url"] if isinstance(part, str)))
    opened = open_secrets(unit, secrets_of(call.request), host, services.settings)
    for code, names in (("webhook_no_secret", opened.missing), ("webhook_secret_elsewhere", opened.refused)):
        if names:
            failed = WebhookFailed(code, certain=True, lasting=True, names=", ".join(names), host=host)
            return _Attempt(settings=settings, secrets=opened.values, failed=failed)
    request = ready(call.request, opened.values, key=key_of(unit, call), now=unit.now)
    return _Attempt(settings=settings, secrets=opened.values, request=request)


def key_of(unit: Unit, call: StoredCall) -> str:
    """What the other side knows a call by: the same in all attempts, of no other call of any workspace."""
    key = f"{unit.workspace.key}:{call.key}"
    return key if call.round == 1 else f"{key}:{call.round}"


def _settings(unit: Unit, call: StoredCall) -> Mapping[str, Any] | None:
    """The settings of the node that waits for a call; None when none does any more."""
    run = workflow_instances.get(unit, call.instance_id)
    if run is None or not any(token["waits"] == call.key for token in run.state["tokens"]):
        return None
    node = at_version(unit, run.version_id)[0].nodes.get(call.node)
    return None if node is None else node.settings


def _note(
    unit: Unit,
    call_id: int,
    attempt: int,
    attempted: _Attempt,
    answer: WebhookAnswer | None,
    failed: WebhookFailed | None,
    values: Mapping[str, Any],
) -> None:
    """Keep what came of an attempt, and tell the workflow once there is nothing more to wait for."""
    found = webhook_calls.get(unit, call_id)
    if found is None:
        return
    nobody = Actor(user_id=None, name="joinery", is_admin=True, workspace=unit.workspace.key)
    try:
        # Records are locked before runs, and runs before calls.
        runner = hold(unit, nobody, found.instance_id, save_many)
    except NotFound:
        runner = None
    call = webhook_calls.get(unit, call_id, lock=True)
    if call is None or call.state != "waiting" or call.attempts != attempt:
        return
    changes: dict[str, Any] = {
        "attempts": attempt + 1,
        "called_at": unit.now,
        "status": answer.status if answer is not None else None,
        "answer": _hidden(text_of(answer), attempted.secrets)[:SHOWN] if answer is not None else None,
        "next_at": None,
    }
    event: Event | None = None
    if failed is None:
        assert answer is not None, "what did not fail was answered"
        told = values if runner is None else _as_texts(runner.at, values)
        result = {"status": answer.status, "values": told}
        changes |= {"state": "done", "result": result, "error": None}
        event = EffectDone(call.key, result)
    else:
        params = {name: _hidden(str(value), attempted.secrets) for name, value in failed.params.items()}
        # One attempt that may have been acted on is enough.
        certain = failed.certain and (call.error is None or call.error["certain"])
        changes["error"] = {"code": failed.code, "params": params, "certain": certain}
        if failed.lasting or attempt + 1 >= attempted.settings.get("tries", TRIES):
            changes["state"] = "failed"
            words = (message(failed.code, language, params) for language in ("en", "zh-CN"))
            event = EffectFailed(call.key, *words)
        else:
            wait = max(WAITS[min(attempt, len(WAITS) - 1)], timedelta(seconds=wait_asked_for(answer)))
            changes["next_at"] = unit.now + min(wait, LONGEST_WAIT)
            unit.defer(CALL, {"call": call.id, "attempt": attempt + 1}, at=changes["next_at"])
    webhook_calls.save(unit, call.id, **changes)
    if runner is not None and event is not None:
        runner.advance(event)
        runner.end_for_parent()


def _as_texts(at: OpenForm, values: Mapping[str, Any]) -> dict[str, Any]:
    """The values with numbers as texts where fields are texts: many systems count what others only name."""
    found = dict(values)
    for key, value in values.items():
        kind = at.form.names.type_of((key,))
        if kind is not None and kind.kind == "text" and isinstance(value, bool | int | float):
            found[key] = dump_json(value)
    return found


def _hidden(text: str, secrets: Mapping[str, str]) -> str:
    """A text from outside without the values of secrets, which it may say back."""
    for name, value in secrets.items():
        text = text.replace(value, f"{{secret.{name}}}")
    return text
