"""What was done about an invented lead, and when it is to be contacted again.

Leads in contact are placed around the day on which the demo is made, so that on any day some are due, some
were tried in vain today, some are overdue and some are about to be taken back.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from random import Random
from zoneinfo import ZoneInfo

from joinery.runtime.demo.words import vocabulary, weighted

#: A lead that nobody contacts for so long is taken back.
RECYCLE_AFTER = timedelta(days=15)

_KINDS = ("call", "wechat", "email", "visit", "demo", "meeting")
_QUARTERS = (0, 15, 30, 45)

#: What stands on the desk for a lead in contact: name, days since it came in at least, share.
_DESK = (
    ("again_today", 1, 0.07),
    ("due_today", 2, 0.12),
    ("overdue", 4, 0.09),
    ("going_back", 13, 0.09),
    ("later", 1, 0.63),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class DemoTalk:
    """One contact with a lead."""

    at: datetime
    kind: str
    content: str
    result: str
    next_at: datetime | None
    plan: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Day:
    """The moment at which the demo is made, and where."""

    now: datetime
    zone: ZoneInfo

    @property
    def today(self) -> date:
        """The date there."""
        return self.now.astimezone(self.zone).date()

    def office_hour(self, days: int, random: Random) -> datetime:
        """A time within office hours, so many days from today."""
        moment = time(9 + int(random.random() * 9), random.choice(_QUARTERS))
        return datetime.combine(self.today + timedelta(days=days), moment, self.zone)

    def just_now(self, random: Random) -> datetime:
        """A few minutes or hours ago, but today."""
        midnight = datetime.combine(self.today, time(0), self.zone)
        return max(midnight, self.now - timedelta(minutes=2 + int(random.random() * 170)))


def make_talks(
    random: Random, chinese: bool, status: str, created_at: datetime, age: int, day: Day
) -> tuple[DemoTalk, ...]:
    """The contacts with a lead that came in `age` days ago and has now this status; the oldest first."""
    if status in ("unassigned", "pending"):
        return ()
    words, plans = talks_in(chinese)
    last, following, results = _end(random, status, created_at, age, day)
    count = 1 + int(random.random() * 3)
    step = (last - created_at) / count
    talks = []
    for place in range(1, count + 1):
        fitting = results if place == count else ("interested", "undecided", "no_answer")
        content, result = random.choice([entry for entry in words if entry[1] in fitting])
        at = last if place == count else (created_at + step * place).replace(second=0, microsecond=0)
        talks.append(
            DemoTalk(
                at=max(at, created_at),
                kind="call" if result == "no_answer" else weighted(random, _KINDS),
                content=content,
                result=result,
                next_at=following if place == count else None,
                plan=random.choice(plans) if following and place == count else None,
            )
        )
    return tuple(talks)


def talks_in(chinese: bool) -> tuple[Sequence[Sequence[str]], Sequence[str]]:
    """What may be said, with its result, and what may be planned next, in one of the languages."""
    words = vocabulary()
    prefix = "" if chinese else "english_"
    return words[f"{prefix}talks"], words[f"{prefix}plans"]


def _end(
    random: Random, status: str, created_at: datetime, age: int, day: Day
) -> tuple[datetime, datetime | None, Sequence[str]]:
    """The last contact with a lead, the next one, and how the last one may have gone."""
    if status != "following":
        days = min(age, 1 + int(random.random() * 20))
        settled = max(day.office_hour(days - age, random), created_at + timedelta(hours=1))
        lost = status in ("invalid", "recycled")
        return min(settled, day.now), None, ("not_interested",) if lost else ("interested", "undecided")
    task = _task(random, age)
    results: Sequence[str] = ("interested", "undecided", "no_answer")
    if task == "again_today":
        return day.just_now(random), day.office_hour(1, random), ("undecided", "no_answer")
    if task == "due_today":
        last, following = -_ago(random, 1, min(age - 1, 10)), 0
    elif task == "overdue":
        last, following = -_ago(random, 3, min(age - 1, 9)), -_ago(random, 1, 2)
    elif task == "going_back":
        last, following = -_ago(random, 12, min(age - 1, 14)), -1 + int(random.random() * 4)
    else:
        last, following = -_ago(random, 0, min(age - 1, 11)), 1 + int(random.random() * 13)
    spoken = day.just_now(random) if last == 0 else day.office_hour(last, random)
    return spoken, day.office_hour(following, random), results if last else ("interested",)


def _task(random: Random, age: int) -> str:
    possible = [(name, share) for name, least, share in _DESK if age >= least]
    names, shares = zip(*possible, strict=True)
    chosen: str = random.choices(names, shares)[0]
    return chosen


def _ago(random: Random, least: int, most: int) -> int:
    return least + int(random.random() * (most - least + 1))
