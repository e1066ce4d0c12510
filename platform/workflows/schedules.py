"""When a start by schedule comes round: pure, in the wall clock of the workspace."""

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from joinery.definitions import StartDefinition

#: How far back is looked for a moment that was missed.
LONGEST = timedelta(days=62)


def last_due(start: StartDefinition, zone: ZoneInfo, since: datetime, until: datetime) -> datetime | None:
    """The last moment after `since` and not after `until` (both aware) at which a start comes round.

    However many came round meanwhile, only the last is given: what was missed is made up for once.
    """
    since = max(since, until - LONGEST)
    day = until.astimezone(zone).date()
    while True:
        moment = datetime.combine(day, time.fromisoformat(start.at), zone)
        if moment <= since:
            return None
        if moment <= until and is_meant(start, day):
            return moment
        day -= timedelta(days=1)


def is_meant(start: StartDefinition, day: date) -> bool:
    """Whether a start comes round on a day; days of months that are shorter fall on their last."""
    match start.every:
        case "week":
            return not start.days or day.isoweekday() in start.days
        case "month":
            last = (day.replace(day=28) + timedelta(days=4)).replace(day=1) - timedelta(days=1)
            return day.day in {min(one, last.day) if one > 0 else last.day for one in start.days or (1,)}
        case _:
            return True


def days_looked_at(
    start: StartDefinition, zone: ZoneInfo, since: datetime, moment: datetime
) -> Iterator[date]:
    """The days that a date field must hold to come round between two moments, the earliest first.

    A date comes round on its day moved by the start's offset; those that were missed come along.
    """
    first = max(since, moment - LONGEST).astimezone(zone)
    at = time.fromisoformat(start.at)
    day = first.date() + timedelta(days=first.time() >= at)
    offset = timedelta(days=start.date["offset"] if start.date is not None else 0)
    while day <= moment.astimezone(zone).date():
        yield day - offset
        day += timedelta(days=1)
