"""Undo a conversion while nothing else depends on what it made."""

from collections.abc import Iterator, Mapping
from typing import Any

from joinery.directory import Actor
from joinery.kernel import ConversionInUse, Forbidden, NotFound, to_json
from joinery.permissions import EVERYTHING
from joinery.runtime.kinds import CONVERSION, RECORD
from joinery.runtime.records.batch import Operation, save_many
from joinery.runtime.records.conversion_json import may_undo
from joinery.runtime.records.conversions import SOURCE, shown_record
from joinery.runtime.records.deletion import HIDDEN_RECORDS, Deletion, delete_many
from joinery.runtime.records.open_form import OpenForm, open_form
from joinery.runtime.unit import Unit
from joinery.storage import conversions, records
from joinery.storage.conversions import StoredConversion

UNDO = {"en": "undo this conversion", "zh": "撤销此转换"}


def undo_conversion(
    unit: Unit, actor: Actor, app_key: str, form_key: str, record_id: int, key: str
) -> dict[str, Any]:
    """Put the record and what moved along back, and delete what was made; answers with the record.

    What was changed by hand since stays as it is. Raises NotFound, Forbidden, and ConversionInUse with what
    is in the way.
    """
    at = open_form(unit, actor, app_key, form_key)
    stored = records.get(unit, at.table, record_id, at.access.rows, at.evaluation, for_update=True)
    if stored is None:
        raise NotFound(kind=RECORD)
    found = conversions.of_record(unit, app_key, form_key, record_id)
    done = next((one for one in found if one.key == key), None)
    if done is None:
        raise NotFound(kind=CONVERSION)
    if not may_undo(at, done):
        raise Forbidden(action=UNDO)
    _refuse_when_in_use(at, done)
    for form, moved in _by_form(at, done.moved).items():
        _put_back(at.beside(form), {one["id"]: one["changes"] for one in moved})
    _put_back(at, {record_id: done.changes})
    for one in reversed(done.targets):
        if one["created"]:
            _delete(at.beside(one["form"]).as_app(), one["id"])
    conversions.mark_undone(unit, done.id, at=unit.now, by=actor.user_id)
    return {"record": shown_record(at, record_id)}


def _by_form(at: OpenForm, moved: Any) -> dict[str, list[Mapping[str, Any]]]:
    """What moved along, without forms that the app no longer has."""
    found: dict[str, list[Mapping[str, Any]]] = {}
    for one in moved:
        if one["form"] in at.app.compiled.forms:
            found.setdefault(one["form"], []).append(one)
    return found


def _put_back(there: OpenForm, changes: Mapping[int, Mapping[str, Any]]) -> None:
    """Give fields their old values where they still have those that the conversion gave them."""
    found = records.get_many(
        there.unit, there.table, sorted(changes), EVERYTHING, there.evaluation, for_update=True
    )
    operations = []
    for record_id, values in found.items():
        given = {
            key: old
            for key, (old, new) in changes[record_id].items()
            if key in values and to_json(values[key]) == new
        }
        if given:
            operations.append(Operation(values={}, given=given, record_id=record_id))
    save_many(there.as_app(), operations, source=SOURCE)


def _delete(there: OpenForm, record_id: int) -> None:
    """Delete a record unless somebody did so before."""
    if records.get(there.unit, there.table, record_id, EVERYTHING, there.evaluation) is not None:
        delete_many(there, [Deletion(record_id=record_id)])


def _refuse_when_in_use(at: OpenForm, done: StoredConversion) -> None:
    """Raise ConversionInUse when others refer to what was made."""
    own = {(one["form"], one["id"]) for one in done.targets if one["created"]}
    own |= {(one["form"], one["id"]) for one in done.moved} | {(at.form.key, done.record_id)}
    blockers = [
        _blocker(there, field, ids)
        for there, field, referring in _referring(at, done)
        if (ids := [found for found in referring if (there.form.key, found) not in own])
    ]
    if not blockers:
        return
    seen = [blocker for blocker in blockers if blocker["count"]]
    named = {
        language: ", ".join(f"{blocker['label'][language]} ({blocker['count']})" for blocker in seen)
        for language in HIDDEN_RECORDS
    }
    raise ConversionInUse(blockers=named if seen else HIDDEN_RECORDS, details={"blockers": blockers})


def _referring(at: OpenForm, done: StoredConversion) -> Iterator[tuple[OpenForm, str, list[int]]]:
    """The relations that point at what was made, with the records that do."""
    made: dict[str, list[int]] = {}
    for one in done.targets:
        if one["created"]:
            made.setdefault(one["form"], []).append(one["id"])
    for key, form in at.app.compiled.forms.items():
        for field in form.fields.values():
            if field.stored and field.references in made:
                there = at.beside(key)
                ids = made[field.references]
                yield there, field.key, records.referring_ids(at.unit, there.table, field.key, ids)


def _blocker(there: OpenForm, field: str, referring: list[int]) -> dict[str, Any]:
    """What is in the way, as far as the actor may see it."""
    visible: dict[int, str] = {}
    if there.access.allows("view") and field in there.access.readable:
        visible = records.titles(there.unit, there.table, referring, there.access.rows, there.evaluation)
    return {
        "form": there.form.key if visible else None,
        "label": there.form.label if visible else None,
        "count": len(visible),
    }
