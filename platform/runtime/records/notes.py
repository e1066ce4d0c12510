"""History and events of what happens to records."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from joinery.forms import Draft, ShowContext
from joinery.formulas import PARENT_RECORD
from joinery.runtime.bus import announce, announce_later
from joinery.runtime.records.line_history import line_change_json, lines_json
from joinery.runtime.records.open_form import OpenForm
from joinery.runtime.records.past import Changes
from joinery.storage import events, history
from joinery.storage.events import StoredEvent
from joinery.storage.history import HistoryEntry
from joinery.storage.lines import line_counts

Values = Mapping[str, Any]


def note_records(
    at: OpenForm,
    record_ids: Sequence[int],
    kind: str,
    *,
    as_event: str = "",
    source: str | None = None,
    batch: int | None = None,
) -> None:
    """Note that the same was done to all of these records: `kind` is as in the history.

    `as_event` says what the event tells was done, when that is not the same word; `batch` where it was one.
    """
    moment, actor, app, form = at.unit.now, at.actor.user_id, at.form.app, at.form.key
    entry = HistoryEntry(
        app=app,
        form=form,
        record_id=0,
        at=moment,
        actor=actor,
        kind=kind,
        changes={},
        source=source,
        batch=batch,
    )
    fact = StoredEvent(at=moment, kind=f"record_{as_event or kind}", app=app, form=form, actor=actor)
    history.add_same(at.unit, entry, record_ids)
    events.add_same(at.unit, fact, record_ids)
    announce_later(at.unit, lambda: [replace(fact, record_id=record_id) for record_id in record_ids])


def note_changes(
    at: OpenForm, changed: Mapping[int, tuple[Values, Draft]], show: ShowContext, *, source: str
) -> None:
    """Note how each of these records became another, and what was at work instead of a person.

    What happens to lines is told of the records they stand in.
    """
    if at.form.parent is None:
        changes = {key: changes_json(at, draft.changed, show) for key, (_, draft) in changed.items()}
        _note(at, changes, source)
        return
    lines: dict[int, list[dict[str, Any]]] = {}
    for key, (before, draft) in changed.items():
        entry = line_change_json(at, key, before, draft.values, show)
        lines.setdefault(before[PARENT_RECORD], []).append(entry)
    around = at.beside(at.form.parent)
    counts = line_counts(at.unit, at.table, list(lines))
    _note(
        around,
        {
            key: {at.form.subform: {"old": counts[key], "new": counts[key], "lines": found}}
            for key, found in lines.items()
        },
        source,
    )


def _note(at: OpenForm, changed: Mapping[int, Mapping[str, Any]], source: str) -> None:
    if not changed:
        return
    of: dict[str, Any] = {
        "app": at.form.app,
        "form": at.form.key,
        "at": at.unit.now,
        "actor": at.actor.user_id,
    }
    entries = [
        HistoryEntry(
            **of,
            record_id=record_id,
            kind="updated",
            changes=changes,
            source=source,
        )
        for record_id, changes in changed.items()
    ]
    facts = [
        StoredEvent(
            **of,
            record_id=record_id,
            kind="record_updated",
            data={"changed": sorted(changes), "source": source},
        )
        for record_id, changes in changed.items()
    ]
    history.add_many(at.unit, entries)
    events.add_many(at.unit, facts)
    announce(at.unit, facts)


def note_other_ends(at: OpenForm, changed: Mapping[int, Changes], *, source: str | None) -> None:
    """Note in the records that lists of other records gained or lost, that they did: by the list's other end.

    `changed` are the changes of records of the form that stores the relation, by id.
    """
    entries: list[HistoryEntry] = []
    facts: list[StoredEvent] = []
    for key, relation in at.form.relations.items():
        inverse = relation.settings.get("inverse")
        if not relation.type.several or inverse is None:
            continue
        of: dict[str, Any] = {
            "app": at.form.app,
            "form": relation.references or "",
            "at": at.unit.now,
            "actor": at.actor.user_id,
        }
        for record_id, changes in changed.items():
            old, new = (set(value or ()) for value in changes.get(key, ((), ())))
            for target in sorted(old ^ new):
                told = [{"form": at.form.key, "id": record_id}]
                pair = [told, None] if target in old else [None, told]
                entries.append(
                    HistoryEntry(
                        **of, record_id=target, kind="updated", changes={inverse["key"]: pair}, source=source
                    )
                )
                facts.append(
                    StoredEvent(
                        **of, record_id=target, kind="record_updated", data={"changed": [inverse["key"]]}
                    )
                )
    if entries:
        history.add_many(at.unit, entries)
        events.add_many(at.unit, facts)
        announce(at.unit, facts)


def changes_json(at: OpenForm, changes: Changes, show: ShowContext) -> dict[str, Any]:
    """The old and the new value of each field as the history keeps them; of a subform, see `line_history`."""

    def shown(key: str, value: Any) -> Any:
        field = at.form.field(key)
        return None if value is None or field is None else field.type.to_json(field, value, show)

    def change(key: str, old: Any, new: Any) -> Any:
        if key in at.form.line_forms:
            return lines_json(at.beside(at.form.line_forms[key].key), old, new, show)
        return [shown(key, old), shown(key, new)]

    return {key: change(key, old, new) for key, (old, new) in changes.items()}
