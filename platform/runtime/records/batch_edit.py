"""The same change of many records: first what it would do, then it is done."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any

from joinery.directory import Actor
from joinery.kernel import Issue, LimitExceeded, pointer
from joinery.runtime.lists.listing import list_spec
from joinery.runtime.records.batch import Operation, Prepared, prepare_many, save_many, write_many
from joinery.runtime.records.batches import LARGEST_BATCH
from joinery.runtime.records.open_form import OpenForm, open_form
from joinery.runtime.unit import Unit
from joinery.storage import query_runner

#: Problems told of one batch; the counts tell of all.
MOST_PROBLEMS = 50

_RECORDS = {"en": "records in one batch edit", "zh": "单次批量修改的记录数"}


def edit_batch(
    unit: Unit, actor: Actor, app_key: str, form_key: str, batch: Mapping[str, Any], *, preview: bool
) -> dict[str, Any]:
    """Set `values` in the records of `ids`, or without them in all that `filter` and `search` match.

    Answers how many records are meant, how many change, stay as they are, may not be changed by the actor,
    and would break a rule, with the problems of the first. `preview` writes nothing. Otherwise it is all or
    nothing, unless `partly` asks to pass over the records with problems. Raises InvalidInput for a wrong
    filter, LimitExceeded for too many records, and without `partly` what the changes would raise one by one.
    """
    at = open_form(unit, actor, app_key, form_key, "edit").for_batch()
    operations = [
        Operation(path=pointer("records", record_id), values=batch["values"], record_id=record_id)
        for record_id in _ids(at, batch)
    ]
    if not preview and not batch.get("partly"):
        saved = save_many(at, operations, way="batch")
        changed = sum(record.changed for record in saved)
        return _answer(len(saved), changed, len(saved) - changed)
    prepared = prepare_many(at, operations, way="batch")
    if not preview:
        write_many(at, prepared)
    return _summary(prepared)


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
        ids = [row["id"] for row in page.rows]
    if len(ids) > LARGEST_BATCH:
        raise LimitExceeded(limit=_RECORDS, maximum=LARGEST_BATCH)
    return ids


def _summary(prepared: Sequence[Prepared]) -> dict[str, Any]:
    right = [record for record in prepared if record.is_right]
    changed = sum(bool(record.draft and record.draft.changed) for record in right)
    refused = sum(record.error is not None for record in prepared)
    wrong = len(prepared) - len(right) - refused
    problems = [*_problems(prepared)][:MOST_PROBLEMS]
    return _answer(len(prepared), changed, len(right) - changed, refused, wrong, problems)


def _problems(prepared: Sequence[Prepared]) -> Iterator[Issue]:
    for record in prepared:
        if record.error is None:
            yield from record.issues


def _answer(
    matched: int, changed: int, unchanged: int, refused: int = 0, wrong: int = 0, issues: Sequence[Issue] = ()
) -> dict[str, Any]:
    return {
        "matched": matched,
        "changed": changed,
        "unchanged": unchanged,
        "not_allowed": refused,
        "wrong": wrong,
        "issues": issues,
    }
