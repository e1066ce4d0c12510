"""What time it is: the only place of the platform that asks the machine."""

from datetime import UTC, datetime, timedelta
from typing import Protocol


class Clock(Protocol):
    """Tells the time (aware, UTC) when called."""

    def __call__(self) -> datetime: ...


class SystemClock:
    """The time of this machine."""

    def __call__(self) -> datetime:
        return datetime.now(UTC)


class FixedClock:
    """A clock for tests: stands still until it is moved."""

    def __init__(self, now: datetime) -> None:
        self._now = now

    def __call__(self) -> datetime:
        return self._now

    def move(self, by: timedelta) -> None:
        """Let `by` pass."""
        self._now += by
