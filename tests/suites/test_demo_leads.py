"""Generated leads: believable on whatever day the demo is made."""

from collections import Counter
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest

from joinery.runtime.demo.leads import make_leads
from joinery.runtime.demo.pipeline import deals, progress_of
from joinery.runtime.demo.workspace import DEFAULT_LEADS

ZONE = ZoneInfo("Asia/Shanghai")
MOMENTS = [
    datetime(2026, 3, 31, 16, 30, tzinfo=UTC),  # half past midnight over there
    datetime(2027, 1, 1, 1, 0, tzinfo=UTC),
    datetime(2028, 2, 29, 15, 59, tzinfo=UTC),  # the last minute of the day
]


@pytest.fixture(scope="module", params=MOMENTS, ids=str)
def now(request):
    return request.param


@pytest.fixture(scope="module")
def leads(now):
    return list(make_leads(0, DEFAULT_LEADS, total=DEFAULT_LEADS, now=now, time_zone="Asia/Shanghai"))


def test_they_come_in_over_the_last_year(leads, now):
    assert timedelta(days=363) < now - leads[0].created_at < timedelta(days=366)
    assert now - leads[-1].created_at < timedelta(days=1)
    assert all(lead.created_at <= now for lead in leads)


def test_what_happens_to_a_lead_happens_in_order(leads, now):
    for lead in leads:
        moments = [lead.created_at, lead.assigned_at, *(talk.at for talk in lead.talks)]
        assert all(before <= after for before, after in pairwise(moments)), lead
        assert moments[-1] <= now
        assert lead.next_at is None or lead.next_at > moments[-1], lead
        assert bool(lead.talks) == (lead.status not in ("unassigned", "pending"))


def test_every_day_has_its_work(leads, now):
    today = now.astimezone(ZONE).date()
    working = [lead for lead in leads if lead.status == "following"]
    due = Counter((lead.next_at.astimezone(ZONE).date() - today).days for lead in working)
    assert due[0] > 50
    assert sum(number for days, number in due.items() if days < 0) > 50
    again = [
        lead
        for lead in working
        if lead.talks[-1].at.astimezone(ZONE).date() == today
        and lead.talks[-1].result in ("no_answer", "undecided")
    ]
    assert len(again) > 25
    assert Counter(lead.status for lead in leads)["unassigned"] > 100
    assert Counter(lead.status for lead in leads)["pending"] > 25


def test_the_same_leads_are_made_in_any_portion(leads, now):
    again = make_leads(4000, 4010, total=DEFAULT_LEADS, now=now, time_zone="Asia/Shanghai")
    assert list(again) == leads[4000:4010]


def test_deals_in_progress_look_current(now):
    today = now.astimezone(ZONE).date()
    for deal in deals():
        if deal.is_open:
            found = progress_of(deal, today)
            assert today - timedelta(days=182) < found.started_on <= found.stage_entered_on < today
            assert found.started_on <= found.last_follow_at.date() < today
            assert found.last_follow_at < found.next_follow_at
            assert found.started_on < found.expected_close < today + timedelta(days=100)
            assert found.amount > 0
