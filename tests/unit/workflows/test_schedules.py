"""When a start by schedule comes round, in the wall clock of the workspace."""

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest

from joinery.definitions import StartDefinition
from joinery.workflows import days_looked_at, last_due

BERLIN = ZoneInfo("Europe/Berlin")


def start(**settings):
    return StartDefinition(on="schedule", at=settings.pop("at", "09:00"), **settings)


def at(text):
    return datetime.fromisoformat(text).replace(tzinfo=BERLIN)


#: A start, since when and until when is looked, and what came round last.
MOMENTS = [
    (start(), "2026-03-02 08:00", "2026-03-02 08:59", None),
    (start(), "2026-03-02 08:00", "2026-03-02 09:00", "2026-03-02 09:00"),
    (start(), "2026-03-02 09:00", "2026-03-02 23:00", None),
    (start(), "2026-03-02 09:00", "2026-03-06 10:00", "2026-03-06 09:00"),
    (start(every="week", days=(1, 5)), "2026-03-02 09:00", "2026-03-05 12:00", None),
    (start(every="week", days=(1, 5)), "2026-03-02 09:00", "2026-03-08 12:00", "2026-03-06 09:00"),
    (start(every="month"), "2026-03-02 00:00", "2026-04-15 00:00", "2026-04-01 09:00"),
    (start(every="month", days=(31,)), "2026-04-01 00:00", "2026-05-02 00:00", "2026-04-30 09:00"),
    (start(every="month", days=(-1,)), "2028-02-01 00:00", "2028-03-01 00:00", "2028-02-29 09:00"),
    # The clocks go forward on March 29th: 02:30 is not there, and counts as an hour later.
    (start(at="02:30"), "2026-03-28 12:00", "2026-03-29 12:00", "2026-03-29 02:30"),
]


@pytest.mark.parametrize("one, since, until, due", MOMENTS)
def test_the_last_moment_that_came_round(one, since, until, due):
    found = last_due(one, BERLIN, at(since).astimezone(UTC), at(until).astimezone(UTC))
    assert found == (None if due is None else at(due))


def test_the_days_that_a_date_must_hold_are_those_not_looked_at_yet():
    before = start(date={"field": "end", "offset": -30})
    days = days_looked_at(before, BERLIN, at("2026-03-01 09:00"), at("2026-03-03 09:00"))
    assert list(days) == [date(2026, 4, 1), date(2026, 4, 2)]
    late = days_looked_at(before, BERLIN, at("2026-03-01 08:00"), at("2026-03-01 09:00"))
    assert list(late) == [date(2026, 3, 31)]
