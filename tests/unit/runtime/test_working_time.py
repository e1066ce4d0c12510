"""Hours are worked from nine to six on working days, forwards and backwards."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest

from joinery.formulas import USUAL_CALENDAR, WorkingCalendar
from joinery.runtime.workflows.working_time import add_working_hours

ZONE = ZoneInfo("Asia/Shanghai")

#: From a moment (2026-11-27 is a Friday), so many hours, to a moment.
CASES = [
    ("2026-11-27 10:00", 4, "2026-11-27 14:00"),
    ("2026-11-27 10:00", 8, "2026-11-27 18:00"),
    ("2026-11-27 16:00", 4, "2026-11-30 11:00"),
    ("2026-11-27 20:00", 1, "2026-11-30 10:00"),
    ("2026-11-28 12:00", 1, "2026-11-30 10:00"),
    ("2026-11-26 07:00", 0, "2026-11-26 09:00"),
    ("2026-11-23 09:00", 45, "2026-11-27 18:00"),
    ("2026-11-30 11:00", -4, "2026-11-27 16:00"),
    ("2026-11-30 11:00", -2, "2026-11-30 09:00"),
    ("2026-11-29 11:00", -1, "2026-11-27 17:00"),
]


@pytest.mark.parametrize("start, hours, wanted", CASES)
def test_only_working_hours_count(start, hours, wanted):
    moment = datetime.fromisoformat(start).replace(tzinfo=ZONE)
    assert add_working_hours(USUAL_CALENDAR, moment, hours).strftime("%Y-%m-%d %H:%M") == wanted


def test_holidays_are_not_worked_and_a_week_without_work_counts_every_hour():
    friday = datetime(2026, 11, 27, 17, tzinfo=ZONE)
    closed = WorkingCalendar(holidays=frozenset({date(2026, 11, 30)}))
    assert add_working_hours(closed, friday, 2).strftime("%m-%d %H:%M") == "12-01 10:00"
    never = WorkingCalendar(weekend=frozenset(range(7)))
    assert add_working_hours(never, friday, 2).strftime("%m-%d %H:%M") == "11-27 19:00"
