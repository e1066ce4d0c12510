"""Many changes of one form in one call: the rules of single changes, all or nothing."""

from collections.abc import Mapping
from typing import Any

from joinery.directory import Actor
from joinery.kernel import LimitExceeded, pointer
from joinery.runtime.records.batch import save_many
from joinery.runtime.records.deletion import Deletion, delete_many
from joinery.runtime.records.duplicates import CONFIRM_DUPLICATES
from joinery.runtime.records.open_form import open_form
from joinery.runtime.records.operations import Operation
from joinery.runtime.unit import Unit
from joinery.storage import record_batches

LARGEST_BATCH = 5000

_CHANGES = {"en": "changes in one call", "zh": "单次提交的修改数"}


def save_batch(
    unit: Unit, actor: Actor, app_key: str, form_key: str, batch: Mapping[str, Any]
) -> dict[str, Any]:
    """Create, change and delete records; `batch` holds the lists `create`, `update` and `delete`.

    `"confirm": "duplicates"` in it passes what duplicate rules only warn of; `batch` of the answer names what
    was changed and deleted, so that it can be undone.
    Raises InvalidRecord with the issues of all records (paths such as /create/3/company), and whatever
    the same changes would raise one by one.
    """
    create, update, delete = (batch.get(name) or [] for name in ("create", "update", "delete"))
    if len(create) + len(update) + len(delete) > LARGEST_BATCH:
        raise LimitExceeded(limit=_CHANGES, maximum=LARGEST_BATCH)
    at = open_form(unit, actor, app_key, form_key)
    for action, wanted in (("create", create), ("edit", update), ("delete", delete)):
        if wanted:
            at.access.require(action)
    operations = [
        Operation(path=pointer("create", place), values=values) for place, values in enumerate(create)
    ] + [_update(place, sent) for place, sent in enumerate(update)]
    trace = None
    if update or delete:
        trace = record_batches.begin(unit, app_key, form_key, at=unit.now, actor=actor.user_id)
    confirmed = batch.get("confirm") == CONFIRM_DUPLICATES
    saved = save_many(at, operations, way="batch", confirmed=confirmed, batch=trace)
    deletions = [_deletion(place, sent) for place, sent in enumerate(delete)]
    if deletions:
        delete_many(at, deletions, batch=trace)
    if trace is not None:
        changed = sum(record.changed for record in saved[len(create) :])
        trace = record_batches.end(unit, trace, changed + len(deletions))
    done = [{"id": record.id, "revision": record.revision} for record in saved]
    return {
        "created": done[: len(create)],
        "updated": done[len(create) :],
        "deleted": [deletion.record_id for deletion in deletions],
        "batch": trace,
    }


def _update(place: int, sent: Mapping[str, Any]) -> Operation:
    values = {key: value for key, value in sent.items() if key not in ("id", "revision")}
    return Operation(
        path=pointer("update", place),
        values=values,
        record_id=int(sent["id"]),
        revision=int(sent["revision"]),
    )


def _deletion(place: int, sent: int | Mapping[str, Any]) -> Deletion:
    path = pointer("delete", place)
    if isinstance(sent, Mapping):
        return Deletion(path=path, record_id=int(sent["id"]), revision=sent.get("revision"))
    return Deletion(path=path, record_id=int(sent))
