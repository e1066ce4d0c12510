"""Tell other parts of this process what was committed."""

from collections.abc import Callable, Sequence

from blinker import Namespace

from joinery.runtime.unit import Unit
from joinery.storage.events import StoredEvent

_signals = Namespace()

#: Sent once per committed transaction and kind of change: sender is the schema, `events` what happened.
committed = _signals.signal("committed")


def announce(unit: Unit, events: Sequence[StoredEvent]) -> None:
    """Send `committed` with these events once the transaction is committed."""
    announce_later(unit, lambda: events)


def announce_later(unit: Unit, events: Callable[[], Sequence[StoredEvent]]) -> None:
    """As `announce`, with events that are only made when somebody listens."""
    if committed.receivers:
        unit.after_commit(lambda: _send(unit.schema, events()))


def _send(schema: str | None, events: Sequence[StoredEvent]) -> None:
    committed.send(schema, events=events)
