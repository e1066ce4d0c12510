"""What somebody has in workflows: tasks that wait, deputies, and places where definitions name him."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from joinery.directory import Actor, Directory, Management
from joinery.kernel import label_key
from joinery.runtime.records.open_form import open_app
from joinery.runtime.unit import Unit
from joinery.runtime.workflows.definitions import at_version
from joinery.runtime.workflows.words import node_label
from joinery.storage import apps, own_workflow_settings, workflow_tasks
from joinery.storage.own_workflow_settings import Delegation
from joinery.storage.workflow_instances import StoredInstance
from joinery.storage.workflow_tasks import StoredTask

Waiting = Sequence[tuple[StoredTask, StoredInstance]]


def tasks_of(unit: Unit, actor: Actor, user_id: int) -> Waiting:
    """The tasks that wait for somebody, now or later, in apps that the actor administers."""
    found = workflow_tasks.waiting_for(unit, user_id)
    return [(task, run) for task, run in found if actor.administers(run.app)]


def deputyships(unit: Unit, actor: Actor, known: Directory, user_id: int) -> list[Delegation]:
    """The delegations from and to somebody, as far as the actor manages whoever gave them."""
    may = Management(known, actor)
    given = own_workflow_settings.delegations(unit, of=user_id)
    taken = own_workflow_settings.delegations(unit, to=user_id)
    people = {one.user_id: known.user(one.user_id) for one in taken}
    managed = {number for number, person in people.items() if person is None or may.manages(person)}
    return [*given, *(one for one in taken if one.user_id in managed)]


def definitions_naming(unit: Unit, actor: Actor, user_id: int) -> list[tuple[str, str]]:
    """The workflows (app, key) whose published definition asks somebody by name, of apps that the actor
    administers."""
    return [
        (installed.key, key)
        for installed in apps.list_apps(unit)
        if actor.administers(installed.key)
        for key, body in workflows_in(apps.document_of(unit, installed.key, installed.version))
        if any(True for _ in lists_naming(body, user_id))
    ]


def task_words(unit: Unit, actor: Actor, waiting: Waiting) -> list[str]:
    """Of each task the record and what is to be done with it."""
    language = label_key(actor.language)
    told = []
    for task, run in waiting:
        workflow, _ = at_version(unit, run.version_id)
        told.append(f"{run.title or f'#{run.record_id}'} · {node_label(workflow, task.node)[language]}")
    return told


def delegation_words(known: Directory, delegations: Sequence[Delegation]) -> list[str]:
    """Whose deputy somebody is, and who is his."""
    names = known.user_names()
    return [
        f"{names.get(one.user_id, f'#{one.user_id}')} → {names.get(one.to_user_id, f'#{one.to_user_id}')}"
        for one in delegations
    ]


def workflow_words(unit: Unit, actor: Actor, workflows: Sequence[tuple[str, str]]) -> list[str]:
    """What workflows are called."""
    language = label_key(actor.language)
    return [
        str(open_app(unit, app).compiled.definition.workflows[key].label.get(language) or key)
        for app, key in workflows
    ]


def workflows_in(document: Any) -> Iterator[tuple[str, Mapping[str, Any]]]:
    """The workflows of a document; a draft may be malformed anywhere."""
    found = document.get("workflows") if isinstance(document, Mapping) else None
    for key, body in found.items() if isinstance(found, Mapping) else ():
        if isinstance(body, Mapping):
            yield key, body


def lists_naming(part: Any, user_id: int) -> Iterator[list[Any]]:
    """The lists of users in rules that ask people by name (assignees, and whom to ask instead of nobody)."""
    if isinstance(part, dict):
        users = part.get("users")
        if "users" in (part.get("by"), part.get("then")) and isinstance(users, list) and user_id in users:
            yield users
    for inner in part.values() if isinstance(part, dict) else part if isinstance(part, list) else ():
        yield from lists_naming(inner, user_id)
