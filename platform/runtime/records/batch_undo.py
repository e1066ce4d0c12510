"""Taking back what was done to many records in one go: only what nobody changed since."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from joinery.directory import Actor
from joinery.forms import Field, ShowContext, ValueProblem
from joinery.kernel import Conflict, Issue, LimitExceeded, NotFound, PlatformError, pointer
from joinery.runtime.formulas.far_values import FarValues, in_scope
from joinery.runtime.kinds import BATCH
from joinery.runtime.records.batch import prepare_many, write_many
from joinery.runtime.records.batches import LARGEST_BATCH
from joinery.runtime.records.context import record_context
from joinery.runtime.records.deletion import restore
from joinery.runtime.records.notes import changes_json
from joinery.runtime.records.open_form import OpenForm, open_form
from joinery.runtime.records.operations import Operation
from joinery.runtime.records.record_rights import on_record
from joinery.runtime.unit import Unit
from joinery.storage import history, record_batches, records
from joinery.storage.database_errors import is_retryable
from joinery.storage.history import HistoryEntry
from joinery.storage.record_batches import RecordBatch

#: How the history names the reason.
SOURCE = "undo"
#: Reasons and batches that are told of.
MOST_TOLD = 50
#: So many of a batch's records are looked at for what was done to them.
SKETCHED = 100

_RECORDS = {"en": "records taken back in one call", "zh": "单次撤销的记录数"}


class BatchUndone(Conflict):
    """A batch is taken back once; taking it back is a batch of its own."""

    code = "batch_undone"


def list_batches(unit: Unit, actor: Actor, app_key: str, form_key: str) -> dict[str, Any]:
    """The latest batches of a form, the newest first: one's own, to administrators everybody's."""
    at = open_form(unit, actor, app_key, form_key)
    found = record_batches.latest(
        unit, app_key, form_key, actor.user_id, everybodys=actor.administers(app_key), limit=MOST_TOLD
    )
    sketches = history.sketch_of_batches(unit, [batch.id for batch in found], within=SKETCHED)
    return {"batches": [_shown(at, batch, *sketches.get(batch.id, ((), ()))) for batch in found]}


def undo_batch(unit: Unit, actor: Actor, app_key: str, form_key: str, batch_id: int) -> dict[str, Any]:
    """Take back a batch of one's own (administrators: any).

    Values that somebody changed since stay, and so do those of fields that the actor may not write (any
    more), and records that he may no longer change or that would break a rule; `left` counts those records,
    and `issues` say why, with their titles. `batch` names what the undoing did: that can be taken back too.
    Raises NotFound and BatchUndone, and LimitExceeded for a batch that only a job takes back.
    """
    at = open_form(unit, actor, app_key, form_key)
    new, batch = begin_undo(at, batch_id)
    if batch.count > LARGEST_BATCH:
        raise LimitExceeded(limit=_RECORDS, maximum=LARGEST_BATCH)
    undone = undo_entries(at, history.of_batch(unit, batch_id), new)
    return {
        "undone": undone.count,
        "left": undone.left,
        "issues": undone.issues,
        "titles": undone.titles,
        "batch": record_batches.end(unit, new, undone.count),
    }


def begin_undo(at: OpenForm, batch_id: int) -> tuple[int, RecordBatch]:
    """The batch that takes another back, and that one, marked as undone. Raises NotFound and BatchUndone."""
    unit, actor = at.unit, at.actor
    batch = record_batches.get(unit, at.form.app, at.form.key, batch_id, lock=True)
    if batch is None or not (actor.administers(at.form.app) or batch.actor == actor.user_id):
        raise NotFound(kind=BATCH)
    if batch.undone_at is not None:
        raise BatchUndone()
    new = record_batches.begin(
        unit, at.form.app, at.form.key, at=unit.now, actor=actor.user_id, undoes=batch_id
    )
    record_batches.mark_undone(unit, batch_id, unit.now)
    return new, batch


@dataclass(frozen=True, slots=True, kw_only=True)
class Undone:
    """How many records are as they were, and how many stayed; of the first of these why, and their titles."""

    count: int
    left: int
    issues: Sequence[Issue]
    titles: Mapping[str, str]


def undo_entries(at: OpenForm, entries: Sequence[HistoryEntry], new: int) -> Undone:
    """Take back what a batch did, or a part of it; `new` is the batch that does so."""
    left: dict[int, Sequence[Issue]] = {}
    count = _restore_values(at, [one for one in entries if one.kind == "updated"], new, left)
    count += _bring_back(at, [one.record_id for one in entries if one.kind == "deleted"], left)
    told = sorted(left)[:MOST_TOLD]
    titles = records.titles(at.unit, at.table, told, at.access.rows, at.evaluation)
    return Undone(
        count=count,
        left=len(left),
        issues=[issue for one in told for issue in left[one]],
        titles={str(one): title for one, title in titles.items()},
    )


def _restore_values(
    at: OpenForm, entries: Sequence[HistoryEntry], batch: int, left: dict[int, Sequence[Issue]]
) -> int:
    """Give records their earlier values back; how many of them changed."""
    ids = sorted({entry.record_id for entry in entries})
    if not ids:
        return 0
    at.access.require("edit")
    stored = records.get_many(at.unit, at.table, ids, at.access.rows, at.evaluation, lines=True)
    workspace = at.unit.workspace
    show = ShowContext(directory=at.directory, language=workspace.language, time_zone=workspace.time_zone)
    context = record_context(at, [], {}, FarValues(at))
    operations = []
    for entry in entries:
        now = stored.get(entry.record_id)
        path = pointer("records", entry.record_id)
        if now is None:
            left[entry.record_id] = [Issue(path, "batch_record_gone")]
            continue
        given: dict[str, Any] = {}
        here = on_record(at, now)
        for key, change in entry.changes.items():
            field = at.form.plan.open.get(key)
            if field is None or not isinstance(change, list):
                continue
            if key not in here.access.writable:
                issue = _not_writable(here, path, field)
                left[entry.record_id] = [*left.get(entry.record_id, ()), issue]
                continue
            if changes_json(at, {key: (None, now[key])}, show)[key][1] != change[1]:
                issue = Issue(path + pointer(key), "batch_value_changed", {"label": field.label})
                left[entry.record_id] = [*left.get(entry.record_id, ()), issue]
                continue
            try:
                given[key] = (
                    None if change[0] is None else field.type.parse(field, change[0], context.parsing)
                )
            except ValueProblem as problem:
                issue = Issue(path + pointer(key), problem.code, problem.params)
                left[entry.record_id] = [*left.get(entry.record_id, ()), issue]
        operations.append(
            Operation(path=path, values={}, given=given, record_id=entry.record_id, revision=now["revision"])
        )
    prepared = prepare_many(at, operations, way="batch", confirmed=True)
    for record in prepared:
        if not record.is_right:
            one = record.operation.record_id or 0
            left[one] = [*left.get(one, ()), *(record.issues or _reason(record.operation.path, record.error))]
    return sum(saved.changed for saved in write_many(at, prepared, source=SOURCE, batch=batch))


def _not_writable(at: OpenForm, path: str, field: Field) -> Issue:
    """Why a value stays: whoever undoes may not write the field. A hidden one is not named."""
    if at.access.shows(field.key):
        return Issue(path + pointer(field.key), "batch_field_not_writable", {"label": field.label})
    return Issue(path, "batch_field_hidden")


def _bring_back(at: OpenForm, ids: Sequence[int], left: dict[int, Sequence[Issue]]) -> int:
    """Take records out of the recycle bin; how many came back."""
    if not ids:
        return 0
    at.access.require("restore")
    rows = at.access.rows
    deleted = records.get_many(at.unit, at.table, sorted(ids), rows, at.evaluation, deleted=True, lines=True)
    back = 0
    for one in sorted(ids):
        path = pointer("records", one)
        if one not in deleted or not in_scope(at, at.access.rows_for("restore"), deleted[one]):
            left[one] = [Issue(path, "batch_record_gone")]
            continue
        try:
            with at.unit.connection.begin_nested():
                restore(at, one, deleted[one])
            back += 1
        except PlatformError as error:
            if is_retryable(error):
                raise
            left[one] = _reason(path, error)
    return back


def _reason(path: str, error: PlatformError | None) -> Sequence[Issue]:
    if error is None or isinstance(error, NotFound):
        return [Issue(path, "batch_record_gone")]
    if error.issues:
        return [issue.under(path) for issue in error.issues]
    said = {"en": error.message("en"), "zh": error.message("zh-CN")}
    return [Issue(path, "undo_refused", {"reason": said})]


def _shown(
    at: OpenForm, batch: RecordBatch, kinds: Collection[str], fields: Collection[str]
) -> Mapping[str, Any]:
    user = at.directory.user(batch.actor) if batch.actor is not None else None
    return {
        "id": batch.id,
        "at": batch.at,
        "actor": None
        if batch.actor is None
        else {"id": batch.actor, "name": user.name if user else f"#{batch.actor}"},
        "count": batch.count,
        "kinds": sorted(kinds),
        "fields": [key for key in at.form.order if key in fields and key in at.access.readable_somewhere],
        "undoes": batch.undoes,
        "undone": batch.undone_at is not None,
    }
