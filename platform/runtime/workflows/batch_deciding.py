"""Deciding many tasks alike: each for itself, what is refused comes back with the reason."""

from collections.abc import Mapping
from typing import Any

from joinery.directory import Actor
from joinery.kernel import Forbidden, PlatformError, issue_message
from joinery.runtime.unit import Unit
from joinery.runtime.workflows.deciding import carry_out
from joinery.runtime.workflows.signing import sent_signature
from joinery.runtime.workflows.task_access import OpenTask, open_task
from joinery.storage.database_errors import is_retryable
from joinery.workflows import asked_with, decisions_of, read_instance

TOGETHER = {"en": "decide this together with others", "zh": "批量处理该待办"}


def decide_many(unit: Unit, actor: Actor, body: Mapping[str, Any]) -> dict[str, Any]:
    """Give each of these tasks the same decision; how many were, and which were refused and why.

    One signature stands for all that are signed; where none is asked for, none is stored.
    """
    signature = sent_signature(body)
    decided = 0
    refused: list[dict[str, Any]] = []
    # In the order of their ids, so that two such calls do not wait for each other in a circle.
    for task_id in sorted(set(body["tasks"])):
        title = ""
        point = unit.connection.begin_nested()
        try:
            opened = open_task(unit, actor, task_id)
            title = opened.instance.title
            if opened.node is None or not opened.node.settings.get("batch", True):
                raise Forbidden(action=TOGETHER)
            carry_out(unit, actor, opened, body, signature if _is_signed(opened, body["decision"]) else None)
            unit.line.settle()
            point.commit()
            decided += 1
        except PlatformError as error:
            if is_retryable(error) or not point.is_active:
                raise
            point.rollback()
            refused.append({"id": task_id, "title": title, "message": _words(error, actor.language)})
    return {"decided": decided, "refused": refused}


def _is_signed(opened: OpenTask, decision: str) -> bool:
    """Whether this decision of a task takes a signature."""
    offers = decisions_of(opened.workflow, read_instance(opened.instance.state), opened.task.number)
    return any(one.signature != "no" for one in asked_with(offers, decision))


def _words(error: PlatformError, language: str) -> str:
    issues = [issue_message(issue, language) for issue in error.issues]
    return " ".join([error.message(language), *issues])
