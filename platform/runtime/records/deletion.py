"""Move records to the recycle bin, and what that does to those that refer to them."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from joinery.forms import Field
from joinery.kernel import (
    DuplicateValue,
    Forbidden,
    InvalidRecord,
    LimitExceeded,
    NotFound,
    RecordInUse,
    StaleRevision,
)
from joinery.permissions import EVERYTHING
from joinery.runtime.formulas.far_values import in_scope
from joinery.runtime.formulas.propagation import Change, propagate, recompute
from joinery.runtime.kinds import RECORD
from joinery.runtime.records.batch import save_many
from joinery.runtime.records.blockers import Blockers
from joinery.runtime.records.checks import as_told
from joinery.runtime.records.holding import hold
from joinery.runtime.records.lines import line_changes, line_forms
from joinery.runtime.records.notes import note_records
from joinery.runtime.records.open_form import OpenForm
from joinery.runtime.records.operations import Operation
from joinery.runtime.records.record_rights import on_record
from joinery.runtime.records.uniqueness import restored_issues
from joinery.runtime.workflows.locks import refuse_deletion
from joinery.storage import records
from joinery.storage.lines import line_ids, mark_lines, records_of

Values = Mapping[str, Any]

#: Records that one deletion may take along.
MOST_ALONG = 1000
#: What "cascade" comes to in a relation of lines.
REMOVE_LINES = "remove_lines"
#: How others react to a deletion: the name of it in an answer, and in `_relations_to`.
PARTS = (
    ("along", "cascade"),
    ("lines", REMOVE_LINES),
    ("unlinked", "unlink"),
    ("blockers", "restrict"),
)

ALONG = {"en": "number of records deleted along", "zh": "一并删除的记录数"}
DELETE_RECORD = {"en": "delete this record", "zh": "删除此记录"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Deletion:
    """One record to delete; with a `revision` only if nobody changed it since."""

    path: str = ""
    record_id: int
    revision: int | None = None


def delete_many(
    at: OpenForm, deletions: Sequence[Deletion], *, source: str | None = None, batch: int | None = None
) -> None:
    """Delete all of them or none; their history names the `batch`.

    Relations that forbid it (on_delete "restrict") raise RecordInUse with what is in the way; those that
    allow it ("unlink") are emptied, and records that belong to the deleted ones ("cascade") go along;
    lines that do are removed from their records.
    Raises NotFound, Forbidden and StaleRevision as well, LimitExceeded when very many would go along, and
    LockedByWorkflow when a workflow runs on one of them.
    """
    ids = sorted({deletion.record_id for deletion in deletions})
    hold(at, ids, None)
    stored = records.get_many(
        at.unit, at.table, ids, at.access.rows, at.evaluation, for_update=True, lines=True
    )
    for deletion in deletions:
        _check(at, deletion, stored.get(deletion.record_id))
    refuse_deletion(at, ids)
    records.soft_delete(at.unit, at.table, ids, actor=at.actor.user_id, at=at.unit.now)
    for there in line_forms(at).values():
        mark_lines(at.unit, there.table, ids, at.unit.now, at.actor.user_id)
    _delete_along(at, ids)
    _remove_lines(at, ids)
    _refuse_when_in_use(at, ids)
    _unlink_all(at, ids)
    note_records(at, ids, "deleted", source=source, batch=batch)
    for subform, there in line_forms(at).items():
        of_lines = [line for key in ids for line in line_changes(stored[key], None, subform)]
        propagate(there, of_lines, settled=True)
    propagate(at, [Change(id=key, before=stored[key], after=None) for key in ids])


def restore(at: OpenForm, record_id: int, deleted: Values) -> None:
    """Bring a record back, `deleted` as it is in the recycle bin, and after it those that went along.

    Raises DuplicateValue when a value was taken since.
    """
    hold(at, [record_id], None)
    if taken := restored_issues(at, record_id, deleted):
        raise DuplicateValue(issues=[as_told(at, issue) for issue in taken])
    # Only what one deletion took has the very same moment.
    along = [
        (there, found)
        for there, field in _relations_to(at, "cascade")
        if (found := records.deleted_along(at.unit, there.table, field.key, at.table, record_id))
    ]
    records.restore(at.unit, at.table, record_id, actor=at.actor.user_id, at=at.unit.now)
    note_records(at, [record_id], "restored")
    for subform, lines in line_forms(at).items():
        mark_lines(at.unit, lines.table, [record_id], None, None)
        recompute(lines, [line["id"] for line in deleted[subform] or ()])
        propagate(lines, list(line_changes(None, deleted, subform)), settled=True)
    recompute(at, [record_id])
    # Records that came back before it may point at it: to them all of its values are new.
    propagate(at, [Change(id=record_id, before={}, after=deleted)])
    for there, ids in along:
        stored = records.get_many(
            there.unit,
            there.table,
            ids,
            EVERYTHING,
            there.evaluation,
            for_update=True,
            deleted=True,
            lines=True,
        )
        for one, values in stored.items():
            restore(there, one, values)


def consequences(at: OpenForm, record_id: int) -> dict[str, Any]:
    """What deleting a record would do: who goes `along`, loses `lines`, is `unlinked`, or stands in its way.

    By form, as far as the actor may see them; `hidden` says that there are others.
    """
    found = {part: Blockers() for part, _ in PARTS}
    seen = {(at.form.key, record_id)}
    waiting = [(at, [record_id])]
    while waiting:
        here, ids = waiting.pop()
        for part, on_delete in PARTS:
            for there, field in _relations_to(here, on_delete):
                referring = records.referring_ids(at.unit, there.table, field.key, ids, MOST_ALONG + 1)
                new = [one for one in referring if (there.form.key, one) not in seen]
                if on_delete == "cascade":
                    seen.update((there.form.key, one) for one in new)
                    if new:
                        waiting.append((there, new))
                found[part].add(there, field, new)
        if len(seen) > MOST_ALONG:
            break
    return {
        **{part: referring.by_form() for part, referring in found.items()},
        "hidden": any(referring.hidden for referring in found.values()),
    }


def _delete_along(at: OpenForm, ids: Sequence[int]) -> None:
    """Delete what belongs to deleted records; RecordInUse when the actor may not delete all of it."""
    for there, field in _relations_to(at, "cascade"):
        referring = records.referring_ids(at.unit, there.table, field.key, ids, limit=MOST_ALONG + 1)
        if len(referring) > MOST_ALONG:
            raise LimitExceeded(limit=ALONG, maximum=MOST_ALONG)
        if not referring:
            continue
        stored = records.get_many(at.unit, there.table, referring, there.access.rows, there.evaluation)
        scope = there.access.rows_for("delete")
        may = there.access.allows("delete") and there.access.allows("view")
        if not may or any(one not in stored or not in_scope(there, scope, stored[one]) for one in referring):
            blockers = Blockers()
            blockers.add(there, field, referring)
            raise _in_use(blockers)
        delete_many(there, [Deletion(record_id=one) for one in referring], source="cascade")


def _check(at: OpenForm, deletion: Deletion, stored: dict[str, Any] | None) -> None:
    if stored is None:
        raise NotFound(kind=RECORD)
    if not in_scope(at, at.access.rows_for("delete"), stored):
        raise Forbidden(action=DELETE_RECORD)
    if deletion.revision is not None and deletion.revision != stored["revision"]:
        raise StaleRevision(details={"id": deletion.record_id, "revision": stored["revision"]})


def _relations_to(at: OpenForm, on_delete: str) -> Iterator[tuple[OpenForm, Field]]:
    """Every relation of the app that points at this form and reacts to deletions like this."""
    for key, form in at.app.compiled.forms.items():
        for field in form.relations.values():
            if field.references != at.form.key:
                continue
            reaction = field.settings["on_delete"]
            # A line has no recycle bin of its own: to let it go is a change of the record around it.
            if reaction == "cascade" and form.parent is not None:
                reaction = REMOVE_LINES
            if reaction == on_delete:
                yield at.beside(key), field


def _refuse_when_in_use(at: OpenForm, ids: Sequence[int]) -> None:
    """Raise RecordInUse when others still refer to the records.

    The actor is told how many of them he may see; that there are others he must know, but not how many.
    """
    blockers = Blockers()
    for there, field in _relations_to(at, "restrict"):
        blockers.add(there, field, records.referring_ids(at.unit, there.table, field.key, ids, limit=1000))
    if blockers:
        raise _in_use(blockers)


def _unlink_all(at: OpenForm, ids: Sequence[int]) -> None:
    """Empty the relations that allow it; RecordInUse when a rule of the referring records forbids that."""
    blockers = Blockers()
    for there, field in _relations_to(at, "unlink"):
        referring = records.referring_ids(at.unit, there.table, field.key, ids)
        try:
            _unlink(there, field, referring, ids)
        except InvalidRecord:
            blockers.add(there, field, referring)
    if blockers:
        raise _in_use(blockers)


def _unlink(there: OpenForm, field: Field, referring: Sequence[int], deleted: Sequence[int]) -> None:
    """Take deleted records out of the relations that point at them, whoever may see these records."""
    stored: Mapping[int, Any] = {}
    if field.type.several:
        stored = records.get_many(there.unit, there.table, referring, EVERYTHING, there.evaluation)
    operations = [
        Operation(
            values={
                field.owner: [one for one in stored[record_id][field.key] or () if one not in deleted]
                if field.type.several
                else None
            },
            record_id=record_id,
        )
        for record_id in referring
    ]
    if there.form.parent is not None:
        operations = _unlinked_lines(there, field, referring)
        there = there.beside(there.form.parent)
    save_many(there.as_anybody(), operations, source="unlink")


def _remove_lines(at: OpenForm, ids: Sequence[int]) -> None:
    """Take lines that belong to deleted records out of the records around them.

    RecordInUse when the actor may not change all of these, or a rule of theirs forbids it.
    """
    blockers = Blockers()
    for there, field in _relations_to(at, REMOVE_LINES):
        referring = records.referring_ids(at.unit, there.table, field.key, ids)
        around = there.beside(there.form.parent or there.form.key)
        found = sorted(set(records_of(there.unit, there.table, referring).values()))
        gone = set(referring)
        lines: dict[int, list[dict[str, Any]]] = {record_id: [] for record_id in found}
        for line, record_id in line_ids(there.unit, there.table, found).items():
            lines[record_id] += [] if line in gone else [{"id": line}]
        operations = [
            Operation(values={there.form.subform: kept}, record_id=record_id)
            for record_id, kept in lines.items()
        ]
        try:
            _require_change(around, there.form.subform, found)
            save_many(around.as_anybody(), operations, source="cascade")
        except (Forbidden, InvalidRecord):
            blockers.add(there, field, referring)
    if blockers:
        raise _in_use(blockers)


def _require_change(around: OpenForm, subform: str, ids: Sequence[int]) -> None:
    """Raise Forbidden unless the actor may change the lines of all these records."""
    if not ids:
        return
    around.access.require("edit")
    stored = records.get_many(around.unit, around.table, ids, around.access.rows, around.evaluation)
    scope = around.access.rows_for("edit")
    if any(
        one not in stored
        or subform not in on_record(around, stored[one]).access.writable
        or not in_scope(around, scope, stored[one])
        for one in ids
    ):
        raise Forbidden(action=DELETE_RECORD)


def _unlinked_lines(there: OpenForm, field: Field, referring: Sequence[int]) -> list[Operation]:
    """The records with these lines, in which the relation is emptied."""
    around = sorted(set(records_of(there.unit, there.table, referring).values()))
    lines: dict[int, list[dict[str, Any]]] = {}
    for line, record_id in line_ids(there.unit, there.table, around).items():
        sent = {"id": line, field.owner: None} if line in set(referring) else {"id": line}
        lines.setdefault(record_id, []).append(sent)
    return [
        Operation(values={there.form.subform: found}, record_id=record_id)
        for record_id, found in lines.items()
    ]


def _in_use(blockers: Blockers) -> RecordInUse:
    return RecordInUse(blockers=blockers.words(), details={"blockers": blockers.told()})
