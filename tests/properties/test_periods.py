"""The days of a calendar: what the database finds is what a plain comparison of days finds."""

from datetime import UTC, date, datetime, timedelta
from random import Random
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.api.agenda import create_all, open_agenda, url
from tests.examples import examples

#: Clocks go forward in New York on 8 March 2026, and the day there is 23 hours long.
AROUND = date(2026, 3, 8)
ZONES = {"shanghai": "Asia/Shanghai", "newyork": "America/New_York"}


def days_of(chance: Random) -> dict[str, str]:
    """A record from one day to another; some end before they begin, some have no end."""
    first = AROUND + timedelta(days=chance.randint(-12, 12))
    last = first + timedelta(days=chance.choice([-3, 0, 0, 1, 2, 6, 30]))
    return {"first": first.isoformat(), **({} if chance.random() < 0.3 else {"last": last.isoformat()})}


def moments_of(chance: Random, zone: ZoneInfo) -> dict[str, str]:
    """A record from one moment to another, many of them at midnight or within a second of it."""
    midnight = datetime.combine(AROUND + timedelta(days=chance.randint(-6, 6)), datetime.min.time(), zone)
    begins = midnight.astimezone(UTC) + timedelta(seconds=chance.choice([-1, 0, 1, 3600, 36_000]))
    ends = begins + timedelta(seconds=chance.choice([-60, 0, 1, 3600, 86_400, 86_399, 200_000]))
    return {
        "begins": begins.isoformat(),
        **({} if chance.random() < 0.3 else {"ends": ends.isoformat()}),
    }


@pytest.fixture(scope="module", params=sorted(ZONES))
def calendar(request, database, tmp_path_factory):
    """Two hundred events in a workspace of this time zone, and somebody who may see them."""
    zone = ZoneInfo(ZONES[request.param])
    key = f"periods_{request.param}"
    client = open_agenda(database, tmp_path_factory.mktemp(key), key, zone.key).as_user("admin")
    chance = Random(key)
    rows = [{**days_of(chance), **moments_of(chance, zone), "name": str(number)} for number in range(200)]
    create_all(client, "event", rows)
    return client, zone, rows


def touched_by_days(row: dict[str, str]) -> tuple[date, date]:
    first = date.fromisoformat(row["first"])
    return first, max(first, date.fromisoformat(row.get("last", row["first"])))


def touched_by_moments(row: dict[str, str], zone: ZoneInfo) -> tuple[date, date]:
    begins = datetime.fromisoformat(row["begins"])
    ends = datetime.fromisoformat(row.get("ends", row["begins"]))
    # What ends at midnight is over before the day that begins then.
    over = max(begins, ends - timedelta(microseconds=1))
    return begins.astimezone(zone).date(), over.astimezone(zone).date()


@given(shift=st.integers(-14, 14), length=st.integers(0, 9), timed=st.booleans())
@settings(max_examples=examples(60), deadline=None)
def test_the_database_finds_what_touches_the_days(calendar, shift, length, timed):
    client, zone, rows = calendar
    first = AROUND + timedelta(days=shift)
    last = first + timedelta(days=length)
    status, page = client.post(
        url("event", "/calendar"),
        {
            "start": "begins" if timed else "first",
            "end": "ends" if timed else "last",
            "first": first.isoformat(),
            "last": last.isoformat(),
            "limit": 1000,
        },
    )
    assert status == 200
    spans = ((row, touched_by_moments(row, zone) if timed else touched_by_days(row)) for row in rows)
    expected = {row["name"] for row, (begin, end) in spans if begin <= last and end >= first}
    assert {record["name"] for record in page["records"]} == expected
