"""Move records to the recycle bin, and what that does to those that refer to them."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from joinery.forms import Field
from joinery.kernel import Forbidden, InvalidRecord, NotFound, RecordInUse, StaleRevision
from joinery.permissions import EVERYTHING, access_for
from joinery.runtime.far_values import in_scope
from joinery.runtime.holding import hold
from joinery.runtime.kinds import RECORD
from joinery.runtime.open_form import OpenForm
from joinery.runtime.propagation import Change, propagate
from joinery.runtime.record_batch import Operation, save_many
from joinery.runtime.record_lines import line_changes, line_forms
from joinery.runtime.record_notes import note_records
from joinery.storage import records
from joinery.storage.lines import line_ids, mark_lines, records_of

HIDDEN_RECORDS = {"en": "records you may not see", "zh": "您无权查看的记录"}
DELETE_RECORD = {"en": "delete this record", "zh": "删除此记录"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Deletion:
    """One record to delete; with a `revision` only if nobody changed it since."""

    path: str = ""
    record_id: int
    revision: int | None = None


def delete_many(at: OpenForm, deletions: Sequence[Deletion]) -> None:
    """Delete all of them or none.

    Relations that forbid it (on_delete "restrict") raise RecordInUse with what is in the way; those that
    allow it ("unlink") are emptied. Raises NotFound, Forbidden and StaleRevision as well.
    """
    ids = sorted({deletion.record_id for deletion in deletions})
    hold(at, ids, None)
    stored = records.get_many(
        at.unit, at.table, ids, at.access.rows, at.evaluation, for_update=True, lines=True
    )
    for deletion in deletions:
        _check(at, deletion, stored.get(deletion.record_id))
    for record_id in ids:
        records.soft_delete(at.unit, at.table, record_id, None, actor=at.actor.user_id, at=at.unit.now)
    for there in line_forms(at).values():
        mark_lines(at.unit, there.table, ids, at.unit.now, at.actor.user_id)
    _refuse_when_in_use(at, ids)
    _unlink_all(at, ids)
    note_records(at, ids, "deleted")
    for subform, there in line_forms(at).items():
        of_lines = [line for key in ids for line in line_changes(stored[key], None, subform)]
        propagate(there, of_lines, settled=True)
    propagate(at, [Change(id=key, before=stored[key], after=None) for key in ids])


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
            if field.references == at.form.key and field.settings["on_delete"] == on_delete:
                yield at.beside(key), field


def _refuse_when_in_use(at: OpenForm, ids: Sequence[int]) -> None:
    """Raise RecordInUse when others still refer to the records.

    The actor is told how many of them he may see; that there are others he must know, but not how many.
    """
    blockers = []
    for there, field in _relations_to(at, "restrict"):
        if referring := records.referring_ids(at.unit, there.table, field.key, ids, limit=1000):
            blockers.append(_blocker(there, field, referring))
    if blockers:
        raise _in_use(blockers)


def _unlink_all(at: OpenForm, ids: Sequence[int]) -> None:
    """Empty the relations that allow it; RecordInUse when a rule of the referring records forbids that."""
    blockers = []
    for there, field in _relations_to(at, "unlink"):
        referring = records.referring_ids(at.unit, there.table, field.key, ids)
        try:
            _unlink(there, field, referring, ids)
        except InvalidRecord:
            blockers.append(_blocker(there, field, referring))
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
    anybody = replace(there, actor=replace(there.actor, is_admin=True))
    anybody = replace(anybody, access=access_for(anybody.actor, there.form))
    save_many(anybody, operations, source="unlink")


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


def _blocker(there: OpenForm, field: Field, referring: Sequence[int]) -> dict[str, Any]:
    """What stands in the way of a deletion, as far as the actor may see it."""
    visible: dict[int, str] = {}
    if there.form.parent is not None:
        shown = there.access.allows("view") and field.owner in there.access.readable
        around = there.beside(there.form.parent)
        lines = set(records_of(there.unit, there.table, referring).values()) if shown else ()
        return _blocker(around, around.form.system_fields["id"], sorted(lines))
    if there.access.allows("view") and field.owner in there.access.readable:
        visible = records.titles(there.unit, there.table, referring, there.access.rows, there.evaluation)
    return {
        "form": there.form.key if visible else None,
        "label": there.form.label if visible else None,
        "count": len(visible),
    }


def _in_use(blockers: Sequence[dict[str, Any]]) -> RecordInUse:
    seen = [blocker for blocker in blockers if blocker["count"]]
    named = {
        language: ", ".join(f"{blocker['label'][language]} ({blocker['count']})" for blocker in seen)
        for language in HIDDEN_RECORDS
    }
    return RecordInUse(blockers=named if seen else HIDDEN_RECORDS, details={"blockers": blockers})
