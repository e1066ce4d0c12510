"""Moments that expressions over the record give."""

from datetime import date, datetime, timedelta

from joinery.workflows.world import World


def moment_of(text: str, world: World, *, ends: bool = False) -> datetime | None:
    """The moment that an expression gives now; of a date its beginning, or with `ends` its last minute."""
    value = world.evaluate(text)
    if isinstance(value, datetime):
        return value
    if isinstance(value, date):
        if not ends:
            return world.day_begins(value)
        return world.day_begins(value + timedelta(days=1)) - timedelta(minutes=1)
    return None
