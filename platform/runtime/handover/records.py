"""Records that change hands: the successor takes the leaver's place in the fields that name him."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import groupby
from typing import Any

from joinery.forms import Field
from joinery.kernel import Issue, issue_message
from joinery.runtime.handover.belongings import Place
from joinery.runtime.records.batch import prepare_many, write_many
from joinery.runtime.records.open_form import OpenForm
from joinery.runtime.records.operations import Operation, Prepared
from joinery.storage import record_batches, records
from joinery.storage.named_people import ids_naming

#: How the history names the reason.
SOURCE = "handover"
#: Records saved at once, and problems told of one handover.
PORTION, MOST_TOLD = 500, 50

Values = Mapping[str, Any]
#: Told how many records have been looked at.
Progress = Callable[[int], None]


@dataclass(slots=True)
class Outcome:
    """What became of records and tasks: how many changed hands, in which batches, why others did not."""

    changed: int = 0
    batches: list[dict[str, Any]] = field(default_factory=list)
    left: int = 0
    #: Records that were looked at, and tasks of workflows that changed hands.
    looked_at: int = 0
    tasks: int = 0
    issues: list[Issue] = field(default_factory=list)


def hand_over_records(
    places: Sequence[tuple[Place, int]], user_id: int, progress: Progress = lambda count: None
) -> Outcome:
    """Give each place to its successor, form by form; each form is a batch that can be undone.

    Records that break a rule of their form are passed over and told of: whether the others may change hands
    without them is for the caller to say.
    """
    outcome = Outcome()
    for _, of_form in groupby(places, key=lambda one: (one[0].at.form.app, one[0].at.form.key)):
        wanted = list(of_form)
        at = wanted[0][0].at.as_anybody()
        trace = record_batches.begin(
            at.unit, at.form.app, at.form.key, at=at.unit.now, actor=at.actor.user_id
        )
        changed = 0
        meant = _ids(wanted, user_id)
        for start in range(0, len(meant), PORTION):
            ids = meant[start : start + PORTION]
            prepared = _prepare(at, wanted, ids, user_id)
            _note_wrong(at, prepared, outcome)
            changed += sum(one.changed for one in write_many(at, prepared, source=SOURCE, batch=trace))
            outcome.looked_at += len(ids)
            progress(outcome.looked_at)
        if batch := record_batches.end(at.unit, trace, changed):
            outcome.batches.append(
                {"app": at.form.app, "form": at.form.key, "batch": batch, "count": changed}
            )
        outcome.changed += changed
    return outcome


def _ids(wanted: Sequence[tuple[Place, int]], user_id: int) -> list[int]:
    """The records in which one of the places names somebody, in order."""
    found: set[int] = set()
    for place, _ in wanted:
        there = (
            place.at if place.within is None else place.at.beside(f"{place.at.form.key}.{place.within.key}")
        )
        found |= ids_naming(place.at.unit, there.table, [place.field], user_id)
    return sorted(found)


def _prepare(
    at: OpenForm, wanted: Sequence[tuple[Place, int]], ids: Sequence[int], user_id: int
) -> list[Prepared]:
    """The records as they will be. What somebody changed before they were locked is looked at again."""
    read = records.get_many(at.unit, at.table, ids, at.access.rows, at.evaluation, lines=True)
    while True:
        operations = [_operation(wanted, before, user_id) for before in read.values()]
        prepared = prepare_many(at, operations, way="batch", confirmed=True)
        locked = {one.before["id"]: dict(one.before) for one in prepared if one.before is not None}
        if all(before["revision"] == read[one]["revision"] for one, before in locked.items()):
            return [one for one in prepared if one.before is not None]
        read = locked


def _operation(wanted: Sequence[tuple[Place, int]], before: Values, user_id: int) -> Operation:
    given: dict[str, Any] = {}
    lines: dict[str, list[dict[str, Any]]] = {}
    for place, successor in wanted:
        key = place.field.key
        if place.within is None:
            if _names(before.get(key), user_id):
                given[key] = _instead(place.field, before[key], user_id, successor)
            continue
        subform = place.within.key
        stored = before.get(subform) or ()
        sent = lines.setdefault(subform, [{"id": line["id"]} for line in stored])
        for line, values in zip(stored, sent, strict=True):
            if _names(line.get(key), user_id):
                values[key] = _instead(place.field, line[key], user_id, successor)
    touched = {key: sent for key, sent in lines.items() if any(len(one) > 1 for one in sent)}
    return Operation(values=touched, given=given, record_id=before["id"])


def _names(value: Any, user_id: int) -> bool:
    return user_id in value if isinstance(value, tuple) else value == user_id


def _instead(place: Field, people: Any, user_id: int, successor: int) -> Any:
    """The successor in the leaver's place; in a list everybody is there once."""
    if not place.type.several:
        return successor
    return list(dict.fromkeys(successor if one == user_id else one for one in people))


def _note_wrong(at: OpenForm, prepared: Sequence[Prepared], outcome: Outcome) -> None:
    for one in prepared:
        if one.is_right or one.before is None:
            continue
        outcome.left += 1
        if len(outcome.issues) < MOST_TOLD:
            params = {"form": at.form.label, "title": one.before["title"] or "", "reason": _reason(one)}
            outcome.issues.append(Issue("/records", "handover_left", params))


def _reason(record: Prepared) -> Mapping[str, str]:
    return {
        key: " ".join(
            [record.error.message(language)]
            if record.error is not None
            else dict.fromkeys(issue_message(issue, language) for issue in record.issues)
        )
        for key, language in (("en", "en"), ("zh", "zh-CN"))
    }
