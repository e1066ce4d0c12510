"""History and events of what happens to records as a whole."""

from collections.abc import Sequence

from joinery.runtime.bus import announce
from joinery.runtime.open_form import OpenForm
from joinery.storage import events, history
from joinery.storage.events import StoredEvent
from joinery.storage.history import HistoryEntry


def note_records(at: OpenForm, record_ids: Sequence[int], kind: str) -> None:
    """Note that records were "deleted" or "restored"."""
    moment, actor, app, form = at.unit.now, at.actor.user_id, at.form.app, at.form.key
    entries = [
        HistoryEntry(app=app, form=form, record_id=record_id, at=moment, actor=actor, kind=kind, changes={})
        for record_id in record_ids
    ]
    facts = [
        StoredEvent(at=moment, kind=f"record_{kind}", app=app, form=form, record_id=record_id, actor=actor)
        for record_id in record_ids
    ]
    history.add_many(at.unit, entries)
    events.add_many(at.unit, facts)
    announce(at.unit, facts)
