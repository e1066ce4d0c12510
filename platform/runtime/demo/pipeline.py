"""The opportunities of the sample data as rows to import.

Deals that are won or lost stay as the sample data has them. Of those in progress it knows neither amount nor
dates that mean anything today: they get the product's list price, a little varied, and are placed around the
day on which the demo is made, the same way on every day.
"""

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import cache
from random import Random

from joinery.runtime.demo.people import played_by, read_table, team_of
from joinery.runtime.demo.words import SEED, vocabulary

MANAGER = "manager@example.com"

_PRODUCTS = {"GTXPro": "GTX Pro"}
_SOURCES = ("existing", "website", "referral", "partner", "sem", "exhibition", "self", "hotline")
_KINDS = ("new", "new", "new", "expansion", "expansion", "renewal", "cross")
_LOST_REASONS = ("price", "competitor", "no_decision", "no_budget", "function", "timing", "relationship")
#: Reasons for losing a deal that name who won it.
_LOST_TO = frozenset({"price", "competitor", "function"})
COMPETITORS = ("Northwind Computing", "华星智算", "Bluepeak Systems", "启明硬件")

#: An engaged deal with a known account stands in one of these stages, with these shares.
_STAGES = {"demo": 0.2, "proposal": 0.35, "testing": 0.25, "negotiation": 0.2}
#: The deal has been open for at most so many days, and closes in about so many.
_AGES = {"requirement": 60, "demo": 120, "proposal": 150, "testing": 165, "negotiation": 175}
_CLOSES_IN = {"requirement": 85, "demo": 70, "proposal": 50, "testing": 35, "negotiation": 20}
#: Days without contact after which nothing is planned any more.
_QUIET_AFTER = 30
_FORECASTS = {"negotiation": "commit", "testing": "best_case", "proposal": "pipeline", "demo": "pipeline"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Deal:
    """A row of the sample data; `number` counts from 0 in the order of the file."""

    number: int
    external_id: str
    owner: str
    product: str
    account: str
    state: str
    engaged_on: str
    closed_on: str
    amount: str

    @property
    def is_open(self) -> bool:
        """Whether it is neither won nor lost."""
        return self.state in ("Engaging", "Prospecting")


@dataclass(frozen=True, slots=True, kw_only=True)
class Progress:
    """Where a deal in progress stands; times are those of a clock on the wall."""

    stage: str
    amount: int
    started_on: date
    stage_entered_on: date
    expected_close: date
    last_follow_at: datetime
    next_follow_at: datetime
    forecast: str


@cache
def deals() -> tuple[Deal, ...]:
    """All deals of the sample data; owners are e-mail addresses."""
    return tuple(
        Deal(
            number=number,
            external_id=row["opportunity_id"],
            owner=played_by()[row["sales_agent"]],
            product=_PRODUCTS.get(row["product"], row["product"]),
            account=row["account"],
            state=row["deal_stage"],
            engaged_on=row["engage_date"],
            closed_on=row["close_date"],
            amount=row["close_value"],
        )
        for number, row in enumerate(read_table("sales_pipeline.csv"))
    )


@cache
def workers() -> Mapping[str, tuple[str, ...]]:
    """Who works deals of each account, whoever has most of them first."""
    counts: defaultdict[str, Counter[str]] = defaultdict(Counter)
    for deal in deals():
        if deal.account:
            counts[deal.account][deal.owner] += 1
    return {account: tuple(owner for owner, _ in found.most_common()) for account, found in counts.items()}


@cache
def best_sellers() -> Mapping[str, str]:
    """Who has won the most with each account."""
    won: defaultdict[str, Counter[str]] = defaultdict(Counter)
    for deal in deals():
        if deal.state == "Won":
            won[deal.account][deal.owner] += int(deal.amount)
    return {account: counts.most_common(1)[0][0] for account, counts in won.items()}


def progress_of(deal: Deal, today: date) -> Progress:
    """Where a deal that is neither won nor lost stands on a day."""
    random = Random(SEED * 7 + deal.number)
    stage = _stage(deal, random)
    age = 4 + int(random.random() ** 1.3 * (_AGES[stage] - 4))
    asleep = deal.account in asleep_accounts()
    if asleep:
        age = max(age, 45)
    in_stage = 1 + int(random.random() ** 1.5 * (age - 1))
    last = 31 + int(random.random() * 13) if asleep else 1 + int(random.random() ** 1.5 * min(age - 1, 40))
    return Progress(
        stage=stage,
        amount=max(1, round(_prices()[deal.product] * random.triangular(0.82, 1.08, 0.97))),
        started_on=today - timedelta(days=age),
        stage_entered_on=today - timedelta(days=in_stage),
        expected_close=today + timedelta(days=_closes_in(stage, age, today, random)),
        last_follow_at=_office_hour(today - timedelta(days=last), random),
        next_follow_at=_office_hour(today + timedelta(days=_next_contact(last, random)), random),
        forecast=_FORECASTS.get(stage) or ("omitted" if random.random() < 0.3 else "pipeline"),
    )


def _stage(deal: Deal, random: Random) -> str:
    """Without an account a deal has not come further than a demo."""
    if deal.state == "Prospecting":
        return "requirement"
    if not deal.account:
        return "demo"
    return random.choices(tuple(_STAGES), tuple(_STAGES.values()))[0]


def _closes_in(stage: str, age: int, today: date, random: Random) -> int:
    """Days: some are overdue, some close this month, most in the next three."""
    place = random.random()
    if place < 0.1:
        return -1 - int(random.random() * min(25, age - 2))
    if place < 0.25:
        next_month = (today.replace(day=1) + timedelta(days=32)).replace(day=1)
        return int(random.random() * (next_month - today).days)
    return 3 + int(random.random() * 2 * (_CLOSES_IN[stage] - 3)) % 92


def _next_contact(last: int, random: Random) -> int:
    """Days from today: one of ten today, some overdue, most in the next two weeks."""
    place = random.random()
    if last > _QUIET_AFTER:
        return -int(random.random() * 20)
    if place < 0.1:
        return 0
    if place < 0.18:
        return -int(random.random() * last)
    return 1 + int(random.random() * 14)


def _office_hour(day: date, random: Random) -> datetime:
    return datetime.combine(day, time(9 + int(random.random() * 9), random.choice((0, 15, 30, 45))))


@cache
def asleep_accounts() -> frozenset[str]:
    """Nobody has been in touch with these customers for more than a month."""
    return frozenset(account for place, account in enumerate(sorted(workers())) if place % 8 == 5)


@cache
def _prices() -> Mapping[str, int]:
    return {row["product"]: int(row["sales_price"]) for row in read_table("products.csv")}


def deal_rows(today: date, offices: Mapping[str, str]) -> Iterator[dict[str, str]]:
    """All opportunities by field; `offices` names the department of everybody who sells."""
    contacts = contact_names()
    for deal in deals():
        random = Random(SEED * 11 + deal.number)
        people = contacts.get(deal.account, ("",))
        row = {
            "external_id": deal.external_id,
            "name": f"{deal.product} – {deal.account}" if deal.account else deal.product,
            "owner": deal.owner,
            "owner_department": offices[deal.owner],
            "product": deal.product,
            "account": deal.account,
            "contact": people[deal.number % len(people)],
            "kind": random.choice(_KINDS) if deal.account else "new",
            "source": random.choice(_SOURCES),
            "competitor": random.choice(COMPETITORS) if random.random() < 0.3 else "",
        }
        yield row | (_in_progress(deal, today) if deal.is_open else _closed(deal, random))


def _in_progress(deal: Deal, today: date) -> dict[str, str]:
    found = progress_of(deal, today)
    return {
        "stage": found.stage,
        "amount": str(found.amount),
        "started_on": found.started_on.isoformat(),
        "stage_entered_on": found.stage_entered_on.isoformat(),
        "expected_close": found.expected_close.isoformat(),
        "last_follow_at": found.last_follow_at.isoformat(" ", "minutes"),
        "next_follow_at": found.next_follow_at.isoformat(" ", "minutes"),
        "forecast": found.forecast,
        "team": _helper(deal, found.stage),
        "presales": _adviser(deal, found.stage),
    }


def _helper(deal: Deal, stage: str) -> str:
    """The manager helps her team to close deals, telesales stays with some of those it found."""
    if stage == "negotiation" and deal.owner in team_of(MANAGER):
        return MANAGER
    found_by_telesales = stage in ("requirement", "demo") and deal.account and deal.number % 9 == 0
    return "sdr@example.com" if found_by_telesales else ""


def _adviser(deal: Deal, stage: str) -> str:
    """Pre-sales shows and tests the product at some of those who look at it."""
    return "presales@example.com" if stage in ("demo", "testing") and deal.number % 4 == 0 else ""


def _closed(deal: Deal, random: Random) -> dict[str, str]:
    closed_on = _iso(deal.closed_on)
    row = {
        "stage": deal.state.lower(),
        "amount": deal.amount,
        "started_on": _iso(deal.engaged_on),
        "stage_entered_on": closed_on,
        "closed_on": closed_on,
        "expected_close": closed_on,
    }
    if deal.state == "Lost":
        row["lost_reason"] = random.choice(_LOST_REASONS)
        if row["lost_reason"] in _LOST_TO:
            row["lost_to"] = row["competitor"] = random.choice(COMPETITORS)
    return row


def _iso(written: str) -> str:
    """A date of the sample data, day first with a two-digit year, the way the import likes it."""
    day, month, year = written.split("-")
    return f"20{year}-{month}-{day}"


@cache
def contact_names() -> Mapping[str, tuple[str, str]]:
    """Two people at every account, none of the same name as another."""
    words = vocabulary()
    random = Random(SEED)
    names = [
        f"{first} {last}" for first in words["english_first_names"] for last in words["english_last_names"]
    ]
    random.shuffle(names)
    accounts = [row["account"] for row in read_table("accounts.csv")]
    return {account: (names[2 * place], names[2 * place + 1]) for place, account in enumerate(accounts)}
