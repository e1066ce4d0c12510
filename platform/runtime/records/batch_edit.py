"""The same change of many records: first what it would do, then it is done."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from joinery.directory import Actor
from joinery.forms import ShowContext
from joinery.kernel import LimitExceeded
from joinery.runtime.lists.listing import list_spec
from joinery.runtime.records.batch import prepare_many, refuse, with_issues, write_many
from joinery.runtime.records.batch_values import Wanted, operations_for, wanted_of
from joinery.runtime.records.batches import LARGEST_BATCH
from joinery.runtime.records.duplicates import CONFIRM_DUPLICATES
from joinery.runtime.records.history import show_entries
from joinery.runtime.records.notes import changes_json
from joinery.runtime.records.open_form import OpenForm, open_form
from joinery.runtime.records.operations import Prepared
from joinery.runtime.records.record_rights import lines_on_record, on_record
from joinery.runtime.unit import Unit
from joinery.storage import query_runner, record_batches
from joinery.storage.history import HistoryEntry

#: Problems told of one batch; the counts tell of all.
MOST_PROBLEMS = 50
#: Records whose values are shown before and after.
MOST_SAMPLES = 10

_RECORDS = {"en": "records in one batch edit", "zh": "单次批量修改的记录数"}


def edit_batch(
    unit: Unit, actor: Actor, app_key: str, form_key: str, batch: Mapping[str, Any], *, preview: bool
) -> dict[str, Any]:
    """Change the records of `ids`, or without them all that `filter` and `search` match.

    `values` are set, `compute` gives expressions by field, `add` and `remove` what lists gain and lose.
    Answers how many records are meant, how many change, stay as they are, may not be changed by the actor,
    and would break a rule, with the problems of the first and what becomes of some. `preview` writes nothing.
    Otherwise it is all or nothing, unless `partly` asks to pass over the records with problems, and `batch`
    names what was done. Raises InvalidInput for a wrong filter or change, LimitExceeded for too many records,
    and without `partly` what the changes would raise one by one.
    """
    at = open_form(unit, actor, app_key, form_key, "edit").for_batch()
    wanted = wanted_of(at, batch)
    prepared = prepare_edit(at, _ids(at, batch), wanted, confirmed=batch.get("confirm") == CONFIRM_DUPLICATES)
    if preview:
        return summary_of(at, prepared)
    if not batch.get("partly"):
        refuse(prepared)
    return {**summary_of(at, prepared), "batch": _write(at, prepared)}


def prepare_edit(at: OpenForm, ids: Sequence[int], wanted: Wanted, *, confirmed: bool) -> list[Prepared]:
    """The change of each record, checked; nothing is written."""
    operations, failed = operations_for(at, ids, wanted)
    prepared = prepare_many(at, operations, way="batch", confirmed=confirmed)
    for place, issues in failed.items():
        prepared[place] = with_issues(at, prepared[place], issues)
    return prepared


def _write(at: OpenForm, prepared: Sequence[Prepared]) -> int | None:
    """Store what is right; the batch that the history names, None when nothing changed."""
    batch = record_batches.begin(at.unit, at.form.app, at.form.key, at=at.unit.now, actor=at.actor.user_id)
    saved = write_many(at, prepared, batch=batch)
    return record_batches.end(at.unit, batch, sum(record.changed for record in saved))


def _ids(at: OpenForm, batch: Mapping[str, Any]) -> Sequence[int]:
    """The records that are meant, as far as the actor may see those that a filter matches."""
    ids: Sequence[int]
    if "ids" in batch:
        ids = sorted(set(batch["ids"]))
    else:
        query = {
            "filter": batch.get("filter"),
            "search": batch.get("search"),
            "fields": "id",
            "count": "none",
        }
        spec = replace(list_spec(at, query), limit=LARGEST_BATCH + 1)
        page = query_runner.run_list(at.unit, at.table, spec, at.access.rows, at.evaluation)
        ids = sorted(row["id"] for row in page.rows)
    if len(ids) > LARGEST_BATCH:
        raise LimitExceeded(limit=_RECORDS, maximum=LARGEST_BATCH)
    return ids


def summary_of(at: OpenForm, prepared: Sequence[Prepared]) -> dict[str, Any]:
    """What a batch edit does to these records, as `edit_batch` answers it; `batch` is not known yet."""
    right = [record for record in prepared if record.is_right]
    changed = [record for record in right if record.draft and record.draft.changed]
    refused = sum(record.error is not None for record in prepared)
    wrong = [record for record in prepared if record.error is None and not record.is_right]
    issues = [issue for record in wrong for issue in record.issues][:MOST_PROBLEMS]
    return {
        "matched": len(prepared),
        "changed": len(changed),
        "unchanged": len(right) - len(changed),
        "not_allowed": refused,
        "wrong": len(wrong),
        "issues": issues,
        "titles": {
            str(before["id"]): before["title"]
            for record in wrong[:MOST_PROBLEMS]
            if (before := record.before)
        },
        "samples": _samples(at, changed[:MOST_SAMPLES]),
        "batch": None,
    }


def _samples(at: OpenForm, changed: Sequence[Prepared]) -> list[dict[str, Any]]:
    """What becomes of the first records, told as the history will tell it."""
    show = ShowContext(
        directory=at.directory, language=at.actor.language, time_zone=at.unit.workspace.time_zone
    )
    entries = [
        HistoryEntry(
            app=at.form.app,
            form=at.form.key,
            record_id=record.before["id"],
            at=at.unit.now,
            actor=at.actor.user_id,
            kind="updated",
            changes=changes_json(at, record.draft.changed, show),
        )
        for record in changed
        if record.before is not None and record.draft is not None
    ]
    found = [record.before for record in changed if record.before is not None]
    told = [
        show_entries(on_record(at, before), [entry], lines_on_record(at, before))[0]
        for before, entry in zip(found, entries, strict=True)
    ]
    return [
        {"id": before["id"], "title": before["title"], "changes": entry["changes"]}
        for before, entry in zip(found, told, strict=True)
    ]
