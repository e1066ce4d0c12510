"""Invented leads and what was done about them: the same for the same seed, in any portion.

Every lead is made from a random source of its own, so lead 700,000 is the same whether 1,000 or 1,000,000
are made, and a run that was interrupted goes on where it stopped.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from random import Random
from typing import Any
from zoneinfo import ZoneInfo

from joinery.runtime.demo.talks import Day, DemoTalk, make_talks
from joinery.runtime.demo.words import SEED, vocabulary, weighted

#: Of the leads from this number on, every tenth has follow-ups.
_ALL_FOLLOWED = 100_000
#: Days after which nobody waits for a first contact any more.
_LONGEST_WAIT = 12
#: Of four leads three are Chinese.
_CHINESE_SHARE = 0.75
#: Mobile numbers are spread over this many without meeting twice (the step shares no divisor with it).
_NUMBERS, _STEP = 700_000_000, 433_494_437

_SOURCES = (
    "website",
    "hotline",
    "sem",
    "seo",
    "social",
    "live",
    "exhibition",
    "referral",
    "partner",
    "self",
    "existing",
)
#: These sources say where exactly.
_DETAILS = {
    "exhibition": ("春季硬件展", "Spring hardware fair"),
    "sem": ("百度推广", "Search ads"),
    "social": ("微信公众号", "LinkedIn"),
    "live": ("周四产品直播", "Thursday webinar"),
    "partner": ("银牌渠道伙伴", "Silver partner"),
    "referral": ("老客户介绍", "Existing customer"),
}
_SIZES = ("small", "medium", "micro", "large", "giant")
_LEVELS = ("basic", "paper", "integrated", "data_driven")
_ROLES = ("decision_maker", "influencer", "user", "unknown")
_BEHAVIOUR = ("reply", "download", "webinar", "demo", "visit", "trial")
_BUDGETS = (10_000, 20_000, 30_000, 50_000, 80_000, 100_000, 150_000, 200_000, 300_000, 500_000, 800_000)
_REASONS = ("no_need", "wrong_number", "no_budget", "competitor", "duplicate", "individual")
_RETURNED_FOR = ("wrong_region", "not_ready", "wrong_industry", "overload")


@dataclass(frozen=True, slots=True, kw_only=True)
class DemoLead:
    """One invented lead: `values` by field of the bundled suite; the older it is, the further has it come."""

    number: int
    chinese: bool
    created_at: datetime
    values: Mapping[str, Any]
    status: str
    talks: tuple[DemoTalk, ...]

    @property
    def assigned_at(self) -> datetime:
        """When it was given to somebody: some minutes after it came in."""
        first = self.talks[0].at if self.talks else self.created_at
        return min(self.created_at + timedelta(minutes=5 + self.number % 55), first)

    @property
    def next_at(self) -> datetime | None:
        """When the next contact is due."""
        return self.talks[-1].next_at if self.talks else None


def make_leads(start: int, stop: int, *, total: int, now: datetime, time_zone: str) -> Iterator[DemoLead]:
    """Leads `start` to `stop` (exclusive) of `total`, spread evenly over the year before `now`."""
    zone = ZoneInfo(time_zone)
    today = now.astimezone(zone).date()
    for number in range(start, stop):
        random = Random(SEED * 1_000_003 + number)
        age = 364 - number * 365 // total
        created_at = _moment(today - timedelta(days=age), random, zone, now)
        yield _lead(number, random, created_at, age, Day(now=now, zone=zone))


def _moment(day: date, random: Random, zone: ZoneInfo, now: datetime) -> datetime:
    """A time within office hours of a day, never in the future."""
    local = datetime.combine(day, time(9 + int(random.random() * 9), int(random.random() * 60)), zone)
    return min(local, now)


def _lead(number: int, random: Random, created_at: datetime, age: int, day: Day) -> DemoLead:
    """A lead that came in `age` days ago."""
    chinese = random.random() < _CHINESE_SHARE
    values = _chinese_values(number, random) if chinese else _english_values(number, random)
    source = weighted(random, _SOURCES)
    values |= {
        "source": source,
        "source_detail": _DETAILS[source][0 if chinese else 1] if source in _DETAILS else None,
        "company_size": weighted(random, _SIZES),
        "digital_level": weighted(random, _LEVELS),
        "decision_role": random.choice(_ROLES),
        "interest": 1 + int(random.random() * 5) if random.random() < 0.7 else None,
        "behaviour": _some(random, _BEHAVIOUR),
        "budget": random.choice(_BUDGETS) if random.random() < 0.6 else None,
    }
    status = _status(random, age)
    kept = number < _ALL_FOLLOWED or number % 10 == 0
    talks = make_talks(random, chinese, status, created_at, age, day) if kept else ()
    if status == "invalid":
        values["invalid_reason"] = weighted(random, _REASONS)
    if status == "returned":
        values["return_reason"] = random.choice(_RETURNED_FOR)
    return DemoLead(
        number=number, chinese=chinese, created_at=created_at, values=values, status=status, talks=talks
    )


def _status(random: Random, age: int) -> str:
    """How far a lead has come: the older, the more are settled; none waits longer than it may."""
    settled = random.random() < min(0.85, age / 120)
    if settled:
        return _pick(
            random,
            (
                ("converted", 0.28),
                ("invalid", 0.3),
                ("recycled", 0.2),
                ("returned", 0.07),
                ("following", 0.15),
            ),
        )
    if age == 0:
        return _pick(random, (("unassigned", 0.5), ("pending", 0.5)))
    waiting = 0.3 if age <= _LONGEST_WAIT else 0.0
    return _pick(random, (("unassigned", 0.3 if age < 30 else 0.1), ("pending", waiting), ("following", 0.5)))


def _chinese_values(number: int, random: Random) -> dict[str, Any]:
    words = vocabulary()
    surname, given = random.choice(words["surnames"]), random.choice(words["given_names"])
    trade, industry = random.choice(words["trades"])
    province, city, districts, _ = _place(random, words["places"])
    brand = random.choice(words["brand_first"]) + random.choice(words["brand_last"])
    if random.random() < 0.5:
        brand += random.choice(words["brand_last"])
    return {
        "company": city.removesuffix("市") + brand + trade + random.choice(words["company_ends"]),
        "contact_name": surname[0] + given[0],
        "department": random.choice(words["departments"]),
        "job_title": random.choice(words["positions"]),
        "mobile": _mobile(number),
        "email": f"{given[1]}.{surname[1]}{number}@example.cn".lower(),
        "wechat": f"{surname[1]}{given[1]}_{number % 9973}".lower() if random.random() < 0.5 else None,
        "region": {
            "province": province,
            "city": city,
            "district": random.choice(districts),
            "detail": f"{random.choice(words['streets'])}{1 + int(random.random() * 300)}号",
        },
        "industry": industry,
        "demand": random.choice(words["demands"]) if random.random() < 0.6 else None,
    }


def _english_values(number: int, random: Random) -> dict[str, Any]:
    words = vocabulary()
    first, last = random.choice(words["english_first_names"]), random.choice(words["english_last_names"])
    trade, industry = random.choice(words["english_trades"])
    province, city, districts, _ = _place(random, words["places"])
    brand = random.choice(words["english_brands"]) + random.choice(words["english_seconds"])
    return {
        "company": f"{brand} {trade} {random.choice(words['english_ends'])}",
        "contact_name": f"{first} {last}",
        "department": random.choice(words["english_departments"]),
        "job_title": random.choice(words["english_positions"]),
        "mobile": _mobile(number),
        "email": f"{first}.{last}{number}@example.com".lower(),
        "wechat": None,
        "region": {"province": province, "city": city, "district": random.choice(districts)},
        "industry": industry,
        "demand": random.choice(words["english_demands"]) if random.random() < 0.6 else None,
    }


def _mobile(number: int) -> str:
    """Another Chinese mobile number for every lead."""
    scattered = number * _STEP % _NUMBERS
    return f"1{3 + scattered % 7}{(scattered // 7):08d}{number % 10}"


def _place(random: Random, places: Sequence[Sequence[Any]]) -> Sequence[Any]:
    weights = [place[3] for place in places]
    return random.choices(places, weights)[0]


def _some(random: Random, options: Sequence[str]) -> list[str] | None:
    """None to three of the options."""
    chosen = [option for option in options if random.random() < 0.18]
    return chosen[:3] or None


def _pick(random: Random, shares: Sequence[tuple[str, float]]) -> str:
    names, weights = zip(*shares, strict=True)
    chosen: str = random.choices(names, weights)[0]
    return chosen
