"""Undo a conversion while nothing else depends on what it made."""

from collections.abc import Iterator, Mapping
from typing import Any

from joinery.directory import Actor
from joinery.forms import Field
from joinery.kernel import ConversionInUse, Forbidden, NotFound
from joinery.permissions import EVERYTHING
from joinery.runtime.kinds import CONVERSION, RECORD
from joinery.runtime.records.blockers import Blockers
from joinery.runtime.records.conversion_json import may_undo
from joinery.runtime.records.conversion_links import put_back
from joinery.runtime.records.conversions import shown_record
from joinery.runtime.records.deletion import Deletion, delete_many
from joinery.runtime.records.open_form import OpenForm, open_form
from joinery.runtime.unit import Unit
from joinery.storage import conversions, records
from joinery.storage.conversions import StoredConversion
from joinery.storage.lines import records_of

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
    for form, moved in _by_form(at, done.moved).items():
        put_back(at.beside(form), {one["id"]: one for one in moved})
    put_back(at, {record_id: {"changes": done.changes}})
    # Only now: what moved along and still refers to what was made does so because somebody wanted it since.
    _refuse_when_in_use(at, done)
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


def _delete(there: OpenForm, record_id: int) -> None:
    """Delete a record unless somebody did so before."""
    if records.get(there.unit, there.table, record_id, EVERYTHING, there.evaluation) is not None:
        delete_many(there, [Deletion(record_id=record_id)])


def _refuse_when_in_use(at: OpenForm, done: StoredConversion) -> None:
    """Raise ConversionInUse when others refer to what was made."""
    own = {(one["form"], one["id"]) for one in done.targets if one["created"]}
    blockers = Blockers()
    for there, field, referring in _referring(at, done):
        blockers.add(there, field, _others(there, referring, own))
    if blockers:
        raise ConversionInUse(blockers=blockers.words(), details={"blockers": blockers.told()})


def _others(there: OpenForm, referring: list[int], own: set[tuple[str, int]]) -> list[int]:
    """Those that are not the conversion's own; lines belong to the records around them."""
    if there.form.parent is None:
        return [one for one in referring if (there.form.key, one) not in own]
    around = records_of(there.unit, there.table, referring)
    return [line for line in referring if (there.form.parent, around[line]) not in own]


def _referring(at: OpenForm, done: StoredConversion) -> Iterator[tuple[OpenForm, Field, list[int]]]:
    """The relations that point at what was made, with the records that do."""
    made: dict[str, list[int]] = {}
    for one in done.targets:
        if one["created"]:
            made.setdefault(one["form"], []).append(one["id"])
    for key, form in at.app.compiled.forms.items():
        for field in form.relations.values():
            if field.references in made:
                there = at.beside(key)
                ids = made[field.references]
                yield there, field, records.referring_ids(at.unit, there.table, field.key, ids)
