"""Handing over what somebody has in workflows."""

from collections.abc import Iterator
from copy import deepcopy
from typing import Any

from joinery.directory import Actor, Directory
from joinery.kernel import Issue, PlatformError, issue_message
from joinery.runtime.apps.publishing import publish_app
from joinery.runtime.handover.records import MOST_TOLD, Outcome, Progress
from joinery.runtime.handover.work import (
    definitions_naming,
    deputyships,
    lists_naming,
    tasks_of,
    workflows_in,
)
from joinery.runtime.records.batch import save_many
from joinery.runtime.records.open_form import current_version, open_app
from joinery.runtime.unit import Unit
from joinery.runtime.workflows.definitions import newest
from joinery.runtime.workflows.migrating import follow_version
from joinery.runtime.workflows.runner import hold
from joinery.runtime.workflows.tasks import form_label, user_of
from joinery.storage import apps, own_workflow_settings
from joinery.workflows import Reassigned


def hand_over_tasks(
    unit: Unit, actor: Actor, user_id: int, successor: int, outcome: Outcome, progress: Progress
) -> None:
    """Give every waiting task to the successor, as an administrator reassigns it. Those that cannot be
    given, as where he is asked already, are left and told of."""
    for number, (task, run) in enumerate(tasks_of(unit, actor, user_id), 1):
        event = Reassigned(user_of(actor), task.number, successor)
        try:
            hold(unit, actor, run.id, save_many).advance(event)
            outcome.tasks += 1
        except PlatformError as error:
            outcome.left += 1
            if len(outcome.issues) < MOST_TOLD:
                told = {"form": form_label(unit, run), "title": run.title, "reason": _reason(error)}
                outcome.issues.append(Issue("/records", "handover_left", told))
        progress(outcome.looked_at + number)


def hand_over_deputies(unit: Unit, actor: Actor, known: Directory, user_id: int, successor: int) -> None:
    """The successor decides for those for whom the leaver did; whom the leaver chose for himself ends.

    Where that would make somebody his own deputy, or two people each other's, the delegation ends.
    """
    of_successor = own_workflow_settings.delegations(unit, of=successor)
    for one in deputyships(unit, actor, known, user_id):
        back = any(other.to_user_id == one.user_id and other.overlaps(one) for other in of_successor)
        if one.user_id in (user_id, successor) or back:
            own_workflow_settings.drop_delegation(unit, one.user_id, one.id)
        else:
            own_workflow_settings.change_deputy(unit, one.id, successor)


def hand_over_definitions(unit: Unit, actor: Actor, user_id: int, successor: int) -> None:
    """Publish each app whose workflows name the leaver with the successor in his place, in its draft too.

    What runs by the version before, which says the same but for him, goes on by the new one.
    """
    named = definitions_naming(unit, actor, user_id)
    for app in dict.fromkeys(app for app, _ in named):
        apps.lock(unit, app)
        unit.forget_workspace()
        before = newest(unit, open_app(unit, app))
        document = _with(apps.document_of(unit, app, current_version(unit, app)), user_id, successor)
        draft = apps.draft(unit, app)
        publish_app(unit, actor, app, document)
        if draft is not None:
            written = _with(draft.document, user_id, successor)
            apps.put_draft(unit, app, written, 0, author=draft.author, at=unit.now)
        unit.forget_workspace()
        for key in (key for there, key in named if there == app):
            follow_version(unit, actor, app, key, before[key].id)


def _with(document: Any, user_id: int, successor: int) -> Any:
    """A document whose workflows name the successor instead of the leaver, each once."""
    changed = deepcopy(document)
    for _, body in workflows_in(changed):
        for users in lists_naming(body, user_id):
            users[:] = dict.fromkeys(successor if one == user_id else one for one in users)
        for person in _people(body.get("tests"), user_id):
            person["user"] = successor
    return changed


def _people(part: Any, user_id: int) -> Iterator[dict[str, Any]]:
    """Where scenarios say that a user decides."""
    if isinstance(part, dict) and part.get("user") == user_id:
        yield part
    for inner in part.values() if isinstance(part, dict) else part if isinstance(part, list) else ():
        yield from _people(inner, user_id)


def _reason(error: PlatformError) -> dict[str, str]:
    told = {
        language: " ".join(dict.fromkeys(issue_message(issue, language) for issue in error.issues))
        for language in ("en", "zh-CN")
    }
    return {
        key: told[language] or error.message(language) for key, language in (("en", "en"), ("zh", "zh-CN"))
    }
