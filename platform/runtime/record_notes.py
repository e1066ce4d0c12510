"""History and events of what happens to records as a whole."""

from collections.abc import Sequence
from dataclasses import replace

from joinery.runtime.bus import announce_later
from joinery.runtime.open_form import OpenForm
from joinery.storage import events, history
from joinery.storage.events import StoredEvent
from joinery.storage.history import HistoryEntry


def note_records(
    at: OpenForm, record_ids: Sequence[int], kind: str, *, as_event: str = "", source: str | None = None
) -> None:
    """Note that the same was done to all of these records: `kind` is as in the history.

    `as_event` says what the event tells was done, when that is not the same word.
    """
    moment, actor, app, form = at.unit.now, at.actor.user_id, at.form.app, at.form.key
    entry = HistoryEntry(
        app=app, form=form, record_id=0, at=moment, actor=actor, kind=kind, changes={}, source=source
    )
    fact = StoredEvent(at=moment, kind=f"record_{as_event or kind}", app=app, form=form, actor=actor)
    history.add_same(at.unit, entry, record_ids)
    events.add_same(at.unit, fact, record_ids)
    announce_later(at.unit, lambda: [replace(fact, record_id=record_id) for record_id in record_ids])
