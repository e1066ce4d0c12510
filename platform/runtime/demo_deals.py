"""The sample data as tables that fit the bundled suite's forms.

What is plainly a slip in the files is mended here, as a person would before an import: "GTXPro", "technolgy",
"Philipines". Dates stay as they are written, day first with two-digit years; the import finds that out.
"""

import csv
import io
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from random import Random

from joinery.runtime.demo_leads import SEED, vocabulary
from joinery.runtime.demo_people import agents, played_by, read_table

_PRODUCTS = {"GTXPro": "GTX Pro"}
_SECTORS = {"technolgy": "technology"}
_PLACES = {"Philipines": "Philippines"}

_WON_OR_LOST = {"Won": "won", "Lost": "lost", "Prospecting": "requirement"}
#: An engaged deal stands in one of these stages.
_ENGAGED = ("demo", "demo", "proposal", "proposal", "testing", "negotiation")


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """Rows to import into a form: `mapping` names the field of each column."""

    name: str
    form: str
    columns: Sequence[str]
    rows: Sequence[Sequence[str]]
    mapping: Mapping[str, str]
    match: str | None = None
    mode: str = "add"

    def content(self) -> bytes:
        """The rows as a CSV file."""
        text = io.StringIO(newline="")
        writer = csv.writer(text)
        writer.writerow(self.columns)
        writer.writerows(self.rows)
        return text.getvalue().encode("utf-8")


def tables() -> Iterator[Table]:
    """Everything but leads, in an order in which each table only refers to earlier ones."""
    yield _fixed("product_categories.csv", "product_category", ("name", "code"), _CATEGORIES)
    yield _products()
    yield _fixed(
        "competitors.csv", "competitor", ("name", "threat", "price_level", "strengths"), _COMPETITORS
    )
    yield _accounts()
    yield _parents()
    yield _contacts()
    yield _opportunities()
    yield _fixed("pools.csv", "lead_pool", ("name", "kind", "assignment", "admin"), _POOLS)
    yield _fixed(
        "campaigns.csv",
        "campaign",
        ("name", "type", "status", "start_on", "end_on", "budget", "owner"),
        _CAMPAIGNS,
    )


_CATEGORIES = (("GTX series", "GTX"), ("MG series", "MG"), ("GTK series", "GTK"))
_COMPETITORS = (
    ("Northwind Computing", "4", "same", "Large partner network"),
    ("华星智算", "5", "low", "本地服务团队，价格低"),
    ("Bluepeak Systems", "3", "high", "Strong in finance"),
    ("启明硬件", "2", "low", "交货快"),
)
_POOLS = (
    ("Main pool 总池", "main", "manual", "manager@example.com"),
    ("SDR pool SDR 池", "sdr", "round_robin", "sdr@example.com"),
    ("Nurture pool 培育池", "nurture", "claim", "marketing@example.com"),
)
_CAMPAIGNS = (
    (
        "Spring hardware fair 春季硬件展",
        "exhibition",
        "finished",
        "2026-03-12",
        "2026-03-15",
        "180000",
        "marketing@example.com",
    ),
    ("Search ads 搜索推广", "online_ads", "running", "2026-01-05", "", "240000", "marketing@example.com"),
    ("Customer live show 客户直播间", "live", "running", "2026-05-20", "", "60000", "marketing@example.com"),
    (
        "CIO salon 信息主管沙龙",
        "salon",
        "finished",
        "2026-06-18",
        "2026-06-18",
        "45000",
        "marketing@example.com",
    ),
    (
        "Bring a customer 老客转介绍",
        "customer_referral",
        "running",
        "2026-02-01",
        "",
        "30000",
        "marketing@example.com",
    ),
)


def _fixed(name: str, form: str, columns: Sequence[str], rows: Sequence[Sequence[str]]) -> Table:
    return Table(name=name, form=form, columns=columns, rows=rows, mapping={key: key for key in columns})


def _products() -> Table:
    columns = ("product", "series", "category", "sales_price", "code", "kind")
    rows = [
        (
            row["product"],
            row["series"],
            f"{row['series']} series",
            row["sales_price"],
            row["product"].upper().replace(" ", "-"),
            "hardware",
        )
        for row in read_table("products.csv")
    ]
    mapping = {
        "product": "name",
        "series": "series",
        "category": "category",
        "sales_price": "price",
        "code": "code",
        "kind": "kind",
    }
    return Table(name="products.csv", form="product", columns=columns, rows=rows, mapping=mapping)


def _accounts() -> Table:
    """The accounts; each belongs to the agent who has won the most with it."""
    owners = _owners()
    columns = (
        "account",
        "sector",
        "year_established",
        "revenue",
        "employees",
        "office_location",
        "owner",
        "external_id",
        "lifecycle",
        "level",
        "classification",
    )
    rows = []
    for number, row in enumerate(read_table("accounts.csv"), start=1):
        revenue = float(row["revenue"])
        rows.append(
            (
                row["account"],
                _SECTORS.get(row["sector"], row["sector"]),
                row["year_established"],
                row["revenue"],
                row["employees"],
                _PLACES.get(row["office_location"], row["office_location"]),
                owners[row["account"]],
                f"maven-{number:03d}",
                "customer",
                "strategic" if revenue > 5000 else "a" if revenue > 2500 else "b" if revenue > 1000 else "c",
                "potential",
            )
        )
    mapping = {
        "account": "name",
        "sector": "industry",
        "year_established": "year_established",
        "revenue": "annual_revenue",
        "employees": "employees",
        "office_location": "office_location",
        "owner": "owner",
        "external_id": "external_id",
        "lifecycle": "lifecycle",
        "level": "level",
        "classification": "classification",
    }
    return Table(name="accounts.csv", form="account", columns=columns, rows=rows, mapping=mapping)


def _parents() -> Table:
    """A second pass: subsidiaries stand before their parents in the file."""
    rows = [
        (row["account"], row["subsidiary_of"]) for row in read_table("accounts.csv") if row["subsidiary_of"]
    ]
    return Table(
        name="subsidiaries.csv",
        form="account",
        columns=("account", "subsidiary_of"),
        rows=rows,
        mapping={"account": "name", "subsidiary_of": "parent"},
        match="name",
        mode="update",
    )


def _owners() -> Mapping[str, str]:
    won: defaultdict[str, Counter[str]] = defaultdict(Counter)
    for row in read_table("sales_pipeline.csv"):
        if row["deal_stage"] == "Won":
            won[row["account"]][row["sales_agent"]] += int(row["close_value"])
    return {account: played_by()[counts.most_common(1)[0][0]] for account, counts in won.items()}


def _opportunities() -> Table:
    columns = (
        "opportunity_id",
        "name",
        "sales_agent",
        "product",
        "account",
        "deal_stage",
        "engage_date",
        "close_date",
        "close_value",
    )
    rows = [
        (
            row["opportunity_id"],
            _name_of(row),
            played_by()[row["sales_agent"]],
            _PRODUCTS.get(row["product"], row["product"]),
            row["account"],
            _stage(number, row["deal_stage"]),
            row["engage_date"],
            row["close_date"],
            row["close_value"],
        )
        for number, row in enumerate(read_table("sales_pipeline.csv"))
    ]
    mapping = {
        "opportunity_id": "external_id",
        "name": "name",
        "sales_agent": "owner",
        "product": "product",
        "account": "account",
        "deal_stage": "stage",
        "engage_date": "started_on",
        "close_date": "closed_on",
        "close_value": "amount",
    }
    return Table(name="sales_pipeline.csv", form="opportunity", columns=columns, rows=rows, mapping=mapping)


def _name_of(row: Mapping[str, str]) -> str:
    product = _PRODUCTS.get(row["product"], row["product"])
    return f"{product} – {row['account']}" if row["account"] else product


def _stage(number: int, stage: str) -> str:
    return _WON_OR_LOST.get(stage) or _ENGAGED[number % len(_ENGAGED)]


def _contacts() -> Table:
    """Two people at every account."""
    words = vocabulary()
    random = Random(SEED)
    owners, sellers = _owners(), agents()
    rows = []
    for number, row in enumerate(read_table("accounts.csv")):
        for second in range(2):
            first = random.choice(words["english_first_names"])
            last = random.choice(words["english_last_names"])
            rows.append(
                (
                    row["account"],
                    f"{first} {last}",
                    f"139{number:04d}{second:04d}",
                    f"{first}.{last}{number}@example.com".lower(),
                    random.choice(words["english_positions"]),
                    ("decision", "purchasing")[second],
                    owners.get(row["account"]) or sellers[0],
                )
            )
    columns = ("account", "name", "mobile", "email", "job_title", "role", "owner")
    return _fixed("contacts.csv", "contact", columns, rows)
