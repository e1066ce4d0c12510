"""The sample data as tables that fit the bundled suite's forms.

What is plainly a slip in the files is mended here, as a person would before an import: "GTXPro", "technolgy",
"Philipines". What the files do not say, but people look for (who helps with an account, when somebody was
last in touch), is made up, the same way every time.
"""

import csv
import io
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from random import Random

from joinery.runtime.demo.past import DemoPast
from joinery.runtime.demo.people import offices, read_table, team_of
from joinery.runtime.demo.pipeline import (
    COMPETITORS,
    MANAGER,
    best_sellers,
    contact_names,
    deal_rows,
    deals,
    progress_of,
    workers,
)
from joinery.runtime.demo.words import SEED, vocabulary
from joinery.runtime.records.past import PastOf

_SECTORS = {"technolgy": "technology"}
_PLACES = {"Philipines": "Philippines"}

#: Of so many accounts one has a helper from marketing, and one from the administration.
_REFERENCE, _HOUSE = 11, 14


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """Rows to import into a form; the columns are named as the fields. `past` is that of the records."""

    name: str
    form: str
    columns: Sequence[str]
    rows: Sequence[Sequence[str]]
    past: PastOf
    match: str | None = None
    mode: str = "add"

    @property
    def mapping(self) -> Mapping[str, str]:
        """The field of each column."""
        return {key: key for key in self.columns}

    def content(self) -> bytes:
        """The rows as a CSV file."""
        text = io.StringIO(newline="")
        writer = csv.writer(text)
        writer.writerow(self.columns)
        writer.writerows(self.rows)
        return text.getvalue().encode("utf-8")


def tables(past: DemoPast) -> Iterator[Table]:
    """Everything but leads, in an order in which each table only refers to earlier ones."""
    today = past.today
    yield _fixed("product_categories.csv", "product_category", ("name", "code"), _CATEGORIES, past.master)
    yield _products(past.master)
    columns = ("name", "threat", "price_level", "strengths")
    rows = [(name, *rest) for name, rest in zip(COMPETITORS, _COMPETITORS, strict=True)]
    yield _fixed("competitors.csv", "competitor", columns, rows, past.master)
    yield _table("accounts.csv", "account", list(_accounts(today)), past.company)
    yield _parents(past.master)
    yield _contacts(past.master)
    yield _table("sales_pipeline.csv", "opportunity", list(deal_rows(today, offices())), past.deal)
    yield _fixed("pools.csv", "lead_pool", ("name", "kind", "assignment", "admin"), _POOLS, past.pool)
    yield _campaigns(today, past.campaign)


_CATEGORIES = (("GTX series", "GTX"), ("MG series", "MG"), ("GTK series", "GTK"))
_COMPETITORS = (
    ("4", "same", "Large partner network"),
    ("5", "low", "本地服务团队，价格低"),
    ("3", "high", "Strong in finance"),
    ("2", "low", "交货快"),
)
#: Names that people use in both languages.
_POOLS = (
    ("MQL Pool", "main", "manual", MANAGER),
    ("SDR Pool", "sdr", "round_robin", "sdr@example.com"),
    ("Nurture Pool", "nurture", "claim", "marketing@example.com"),
)
#: Days from today on which it begins and ends, after the name and the type; then budget, cost and target.
_CAMPAIGNS = (
    ("Hardware Expo", "exhibition", "finished", -236, -233, 180_000, 171_500, 400),
    ("SEM Always-on", "online_ads", "running", -320, None, 240_000, 198_200, 1_500),
    ("Live Demo Thursday", "live", "running", -165, 30, 60_000, 31_400, 600),
    ("CIO Salon", "salon", "finished", -138, -138, 45_000, 47_900, 60),
    ("VIP Referral", "customer_referral", "running", -290, None, 30_000, 12_600, 200),
    ("Partner Roadshow", "exhibition", "planned", 24, 31, 95_000, None, 250),
)


def _table(name: str, form: str, rows: Sequence[Mapping[str, str]], past: PastOf) -> Table:
    """A table whose columns are all that any row has."""
    columns = tuple(dict.fromkeys(key for row in rows for key in row))
    cells = [[row.get(key, "") for key in columns] for row in rows]
    return Table(name=name, form=form, columns=columns, rows=cells, past=past)


def _fixed(
    name: str, form: str, columns: Sequence[str], rows: Sequence[Sequence[str]], past: PastOf
) -> Table:
    return Table(name=name, form=form, columns=columns, rows=rows, past=past)


def _products(past: PastOf) -> Table:
    rows = [
        {
            "name": row["product"],
            "series": row["series"],
            "category": f"{row['series']} series",
            "price": row["sales_price"],
            "minimum_price": str(round(int(row["sales_price"]) * 0.8)),
            "cost": str(round(int(row["sales_price"]) * 0.55)),
            "code": row["product"].upper().replace(" ", "-"),
            "kind": "hardware",
        }
        for row in read_table("products.csv")
    ]
    return _table("products.csv", "product", rows, past)


def _campaigns(today: date, past: PastOf) -> Table:
    rows = [
        {
            "name": name,
            "type": kind,
            "status": status,
            "start_on": (today + timedelta(days=start)).isoformat(),
            "end_on": "" if end is None else (today + timedelta(days=end)).isoformat(),
            "budget": str(budget),
            "actual_cost": "" if cost is None else str(cost),
            "target_leads": str(target),
            "owner": "marketing@example.com",
        }
        for name, kind, status, start, end, budget, cost, target in _CAMPAIGNS
    ]
    return _table("campaigns.csv", "campaign", rows, past)


def _accounts(today: date) -> Iterator[dict[str, str]]:
    """The accounts; all who work deals with one see it."""
    touched = _contacted(today)
    for number, row in enumerate(read_table("accounts.csv")):
        name, level = row["account"], _level(float(row["revenue"]))
        owner = account_owner(number, name, level)
        last, following = touched.get(name, (None, None))
        yield {
            "name": name,
            "industry": _SECTORS.get(row["sector"], row["sector"]),
            "year_established": row["year_established"],
            "annual_revenue": row["revenue"],
            "employees": row["employees"],
            "company_size": _size(int(row["employees"])),
            "office_location": _PLACES.get(row["office_location"], row["office_location"]),
            "owner": owner,
            "owner_department": offices()[owner],
            "collaborators": ", ".join(helpers(number, name, level)),
            "external_id": f"maven-{number + 1:03d}",
            "type": "end_customer",
            "lifecycle": "customer",
            "level": level,
            "classification": "success",
            "tax_no": f"{10 + number}-{1_000_000 + 104_729 * number}",
            "pool_status": "public" if _is_public(number, level) else "private",
            "health": str(2 + number * 7 % 4),
            "last_follow_at": last.isoformat(" ", "minutes") if last else "",
            "next_follow_at": following.isoformat(" ", "minutes") if following else "",
        }


def _is_public(number: int, level: str) -> bool:
    """Some small customers wait for somebody who takes care of them."""
    return level == "c" and number % 6 == 1


def account_owner(number: int, name: str, level: str) -> str:
    """Who has won the most there; the manager's team leaves the strategic ones to her."""
    if _is_public(number, level):
        return "admin@example.com"
    seller = best_sellers()[name]
    if level == "strategic" and (seller in team_of(MANAGER) or number % 3 == 0):
        return MANAGER
    return seller


def helpers(number: int, name: str, level: str) -> list[str]:
    """Everybody else who works with the account: sellers, and some colleagues of other departments."""
    found = [email for email in workers()[name] if email != account_owner(number, name, level)]
    if level == "strategic":
        # They keep an eye on what large customers owe.
        found.append("finance@example.com")
    if number % _REFERENCE == 0:
        found.append("marketing@example.com")
    if number % _HOUSE == 0:
        found.append("admin@example.com")
    if number % 4 == 0:
        found.append("sdr@example.com")
    return found


def _level(revenue: float) -> str:
    """By millions of revenue."""
    return "strategic" if revenue > 5000 else "a" if revenue > 2500 else "b" if revenue > 1000 else "c"


def _size(employees: int) -> str:
    limits = {20: "micro", 100: "small", 500: "medium", 2000: "large"}
    return next((size for limit, size in limits.items() if employees < limit), "giant")


def _contacted(today: date) -> Mapping[str, tuple[datetime, datetime | None]]:
    """When somebody was last in touch with each account about a deal, and will be next."""
    found: dict[str, tuple[datetime, datetime | None]] = {}
    for deal in deals():
        if deal.account and deal.is_open:
            progress = progress_of(deal, today)
            last, following = found.get(deal.account, (progress.last_follow_at, None))
            if progress.next_follow_at.date() >= today:
                following = min(following or progress.next_follow_at, progress.next_follow_at)
            found[deal.account] = (max(last, progress.last_follow_at), following)
    return found


def _parents(past: PastOf) -> Table:
    """A second pass: subsidiaries stand before their parents in the file."""
    rows = [
        (row["account"], row["subsidiary_of"]) for row in read_table("accounts.csv") if row["subsidiary_of"]
    ]
    return Table(
        name="subsidiaries.csv",
        form="account",
        columns=("name", "parent"),
        rows=rows,
        past=past,
        match="name",
        mode="update",
    )


def _contacts(past: PastOf) -> Table:
    """Two people at every account, for those who work with it."""
    positions = vocabulary()["english_positions"]
    random = Random(SEED)
    rows = []
    for number, row in enumerate(read_table("accounts.csv")):
        account, level = row["account"], _level(float(row["revenue"]))
        for second, name in enumerate(contact_names()[account]):
            rows.append(
                {
                    "account": account,
                    "name": name,
                    "mobile": f"139{number:04d}{second:04d}",
                    "email": f"{name.replace(' ', '.')}@example.com".lower(),
                    "job_title": random.choice(positions),
                    "role": ("decision", "purchasing")[second],
                    "attitude": random.choice(("supporter", "supporter", "neutral", "unknown", "opponent")),
                    "is_key": "true" if second == 0 else "false",
                    "owner": account_owner(number, account, level),
                    "collaborators": ", ".join(helpers(number, account, level)),
                }
            )
    return _table("contacts.csv", "contact", rows, past)
