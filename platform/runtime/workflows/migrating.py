"""Moving runs to the newest version of their workflow: where they stand must be there too."""

from collections.abc import Collection
from dataclasses import replace
from typing import Any

from joinery.definitions import WorkflowDefinition
from joinery.directory import Actor
from joinery.kernel import Forbidden, InvalidInput, Issue, NotFound, label_key, message
from joinery.runtime import audit
from joinery.runtime.kinds import WORKFLOW
from joinery.runtime.records.open_form import open_app
from joinery.runtime.unit import Unit
from joinery.runtime.workflows.definitions import at_version, newest
from joinery.runtime.workflows.managing import ADMINISTER
from joinery.runtime.workflows.tasks import user_of
from joinery.runtime.workflows.words import node_label
from joinery.storage import workflow_instances
from joinery.storage.workflow_instances import StoredInstance, StoredStep
from joinery.storage.workflow_versions import WorkflowVersion
from joinery.workflows import START, Instance, instance_json, read_instance, splits_around

#: Runs that one call moves.
MOST = 1000


def migrate(
    unit: Unit,
    actor: Actor,
    app: str,
    key: str,
    chosen: Collection[int] | None,
    *,
    reason: str,
    preview: bool,
) -> dict[str, Any]:
    """Move runs (`chosen` ones, or all) that are on older versions; with `preview` only say what would be.

    Those that stand at a node which the newest version lacks, or has of another type, stay where they are.
    Raises NotFound, InvalidInput without a reason, Forbidden for who does not administer the app.
    """
    if not actor.administers(app):
        raise Forbidden(action=ADMINISTER)
    if not preview and not reason.strip():
        raise InvalidInput(issues=[Issue("/reason", "workflow_comment_required")])
    version = newest(unit, open_app(unit, app)).get(key)
    if version is None:
        raise NotFound(kind=WORKFLOW)
    found = workflow_instances.on_older_versions(unit, app, key, version.id, MOST, lock=not preview)
    found = [one for one in found if chosen is None or one.id in chosen]
    told = [_migrate(unit, actor, one, version, preview=preview) for one in found]
    moved = sum(one["possible"] for one in told)
    if moved and not preview:
        after = {"workflow": key, "version": version.number, "instances": moved, "reason": reason}
        audit.record(unit, actor, "workflow_migrated", subject=app, after=after, app=app)
    return {"version": version.number, "moved": 0 if preview else moved, "instances": told}


def follow_version(unit: Unit, actor: Actor, app: str, key: str, before: int) -> None:
    """Move all runs that are on the version `before` to the newest one, which has all of its nodes."""
    version = newest(unit, open_app(unit, app))[key]
    if version.id == before:
        return
    for one in workflow_instances.on_version(unit, before, lock=True):
        _move(unit, user_of(actor), read_instance(one.state), at_version(unit, before)[1].number, version)


def _migrate(
    unit: Unit, actor: Actor, one: StoredInstance, version: WorkflowVersion, *, preview: bool
) -> dict[str, Any]:
    before, old = at_version(unit, one.version_id)
    after, _ = at_version(unit, version.id)
    instance = read_instance(one.state)
    lacking = _lacking(instance, before, after)
    if lacking is None and not preview:
        _move(unit, user_of(actor), instance, old.number, version)
    node = node_label(before, lacking)[label_key(actor.language)] if lacking is not None else None
    standing = dict.fromkeys(token.node for token in instance.tokens)
    return {
        "id": one.id,
        "title": one.title,
        "from": old.number,
        "at": [node_label(before, key) for key in standing],
        "possible": lacking is None,
        "message": message("workflow_node_is_gone", actor.language, {"node": node}) if node else None,
    }


def _lacking(instance: Instance, before: WorkflowDefinition, after: WorkflowDefinition) -> str | None:
    """A node where the run stands, goes back to or has a task, that the newest version does not have like
    this, or not inside of as many splits.
    """
    open_tasks = (task.node for task in instance.tasks if task.state in ("open", "queued", "held"))
    back = (token.back for token in instance.tokens if token.back is not None)
    for key in (*(token.node for token in instance.tokens), *back, *open_tasks):
        if key == START:
            continue
        node = after.nodes.get(key)
        if node is None or node.type != before.nodes[key].type:
            return key
    around = splits_around(after)
    for token in instance.tokens:
        place = token.back or token.node
        if place != START and len(token.fork) not in {len(splits) for splits in around[place]}:
            return place
    return None


def _move(unit: Unit, user: int, instance: Instance, old: int, version: WorkflowVersion) -> None:
    number = instance.counter + 1
    moved = replace(instance, counter=number, number=version.number)
    workflow_instances.save(unit, instance.id, version_id=version.id, state=instance_json(moved))
    step = StoredStep(
        instance_id=instance.id,
        number=number,
        node=None,
        token=None,
        event="migrated",
        at=unit.now,
        user_id=user,
        task=None,
        detail={"old": old, "new": version.number},
    )
    workflow_instances.add_steps(unit, [step])
