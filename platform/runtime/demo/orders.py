"""What was sold in the demo: a price book, quotes of deals in progress, contracts and orders of deals won.

Deals that were won keep the days of the sample data; what is not yet paid is asked for around the day on
which the demo is made, so that whoever looks after the money finds something to do.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal
from random import Random
from typing import Any

import sqlalchemy as sa

from joinery.directory import Actor
from joinery.runtime.demo.books import Books, Row
from joinery.runtime.demo.words import SEED
from joinery.runtime.unit import Unit

#: So many of the last deals that were won have an order, so many deals in progress a quote.
ORDERS, QUOTES = 240, 60

#: Every so many-th order stands under a contract of its own.
_BOUND = 4
#: Every so many-th order is not paid in full; of the others every so many-th was paid in two parts.
_UNPAID, _PARTS = 4, 3
_CENT, _TAX = Decimal("0.01"), Decimal("0.13")


@dataclass(frozen=True, slots=True, kw_only=True)
class _Part:
    """A part of an order's amount, when it is due, and when it came in; None while it did not."""

    period: str
    amount: Decimal
    due_on: date
    received_on: date | None
    status: str = "confirmed"


def write_orders(unit: Unit, actor: Actor, app: str) -> None:
    """Prices, quotes, contracts, orders, payment plans and receipts."""
    books = Books.of(unit, actor, app)
    today = books.past.today
    products = books.read("product", lambda product: sa.true(), "price")
    [book] = books.write("price_book", [_prices(products, today - timedelta(days=200))], "valid_from")
    offered = _deals(books, lambda deal: deal.stage.in_(("proposal", "negotiation")), "expected_close")
    quotes = [_quote(number, deal, book, today) for number, deal in enumerate(offered[:QUOTES])]
    books.write("quote", quotes, "quoted_on")
    won = _deals(books, lambda deal: deal.stage == "won", "closed_on")[-ORDERS:]
    bound = [(number, deal) for number, deal in enumerate(won) if number % _BOUND == 0]
    contracts = books.write("contract", [_contract(*found, today) for found in bound], "signed_on", days=2)
    of_deals = {deal["id"]: contract for (_, deal), contract in zip(bound, contracts, strict=True)}
    orders = [_order(number, deal, of_deals.get(deal["id"])) for number, deal in enumerate(won)]
    _collect(books, won, books.write("order", orders, "ordered_on"))


def _collect(books: Books, deals: Sequence[Row], orders: Sequence[int]) -> None:
    """Payment plans of the orders, and the receipts that were written off against them."""
    known = books.read("order", lambda order: order.id.in_(orders), "amount", "account")
    parts = [
        (deal, order, part)
        for number, (deal, order) in enumerate(zip(deals, known, strict=True))
        for part in _parts(number, order["amount"], deal["closed_on"], books.past.today)
    ]
    plans = books.write("payment_plan", [_plan(*found) for found in parts], "due_on", days=30)
    receipts = [
        _receipt(deal, order, part, plan)
        for (deal, order, part), plan in zip(parts, plans, strict=True)
        if part.received_on
    ]
    books.write("receipt", receipts, "received_on")


def _deals(books: Books, condition: Callable[[Any], Any], sort: str) -> Sequence[Row]:
    """Deals of which it is known who buys what for how much."""
    fields = ("account", "contact", "product", "amount", "owner", "team", "closed_on", "name", "no", "stage")
    found = books.read("opportunity", condition, *fields, sort=sort)
    return [deal for deal in found if deal["account"] and deal["product"] and deal["amount"]]


def _prices(products: Sequence[Row], start: date) -> dict[str, Any]:
    lines = [
        {"product": product["id"], "price": product["price"], "floor_discount": Decimal("0.2")}
        for product in products
    ]
    return {"name": "Standard prices 标准价格", "status": "active", "valid_from": start, "lines": lines}


def _line(deal: Row) -> dict[str, Any]:
    """The deal's product at the price that was agreed on."""
    return {"product": deal["product"], "price": deal["amount"], "qty": 1, "tax_rate": _TAX}


def _with_tax(amount: Decimal) -> Decimal:
    return (amount * (1 + _TAX)).quantize(_CENT, ROUND_HALF_UP)


def _contract(number: int, deal: Row, today: date) -> dict[str, Any]:
    """For a year or more; some end soon, some have ended."""
    until = today + timedelta(days=number * 7 % 400 - 60)
    return {
        "name": deal["name"] or deal["no"],
        "account": deal["account"],
        "opportunity": deal["id"],
        "type": ("new", "new", "renewal", "frame")[number // _BOUND % 4],
        "lines": [_line(deal)],
        "amount": _with_tax(deal["amount"]),
        "performance": deal["amount"],
        "signed_on": deal["closed_on"],
        "start_on": deal["closed_on"],
        "end_on": until,
        "stage": "performing" if until >= today else "finished",
        "owner": deal["owner"],
    }


def _quote(number: int, deal: Row, book: int, today: date) -> dict[str, Any]:
    made = today - timedelta(days=2 + number % 45)
    return {
        "opportunity": deal["id"],
        "account": deal["account"],
        "contact": deal["contact"],
        "price_book": book,
        "name": deal["name"],
        "quoted_on": made,
        "valid_to": made + timedelta(days=30),
        "status": ("sent", "sent", "draft")[number % 3],
        "lines": [_line(deal)],
        "owner": deal["owner"],
    }


def _order(number: int, deal: Row, contract: int | None) -> dict[str, Any]:
    return {
        "contract": contract,
        "opportunity": deal["id"],
        "account": deal["account"],
        "contact": deal["contact"],
        "team": deal["team"],
        "status": "finished" if number % _UNPAID else "placed",
        "ordered_on": deal["closed_on"],
        "lines": [_line(deal)],
        "split": [{"person": deal["owner"], "share": 1}],
        "owner": deal["owner"],
    }


def _parts(number: int, amount: Decimal, ordered_on: date, today: date) -> Sequence[_Part]:
    """In which parts an order is paid: most at once, some in two, of some the last part is still open."""
    random = Random(SEED * 17 + number)
    first = ordered_on + timedelta(days=random.randint(5, 40))
    if number % _UNPAID and number % _PARTS:
        due = ordered_on + timedelta(days=30)
        return (_Part(period="1/1", amount=amount, due_on=due, received_on=first),)
    half = (amount / 2).quantize(_CENT, ROUND_HALF_UP)
    begin = _Part(period="1/2", amount=half, due_on=ordered_on + timedelta(days=14), received_on=first)
    if number % _UNPAID:
        later = ordered_on + timedelta(days=90)
        return (begin, _Part(period="2/2", amount=amount - half, due_on=later, received_on=later))
    due = today + timedelta(days=random.randint(-25, 40))
    reported = today - timedelta(days=random.randint(0, 4)) if number % (2 * _UNPAID) == 0 else None
    return (
        begin,
        _Part(period="2/2", amount=amount - half, due_on=due, received_on=reported, status="pending"),
    )


def _plan(deal: Row, order: Row, part: _Part) -> dict[str, Any]:
    return {
        "order": order["id"],
        "account": order["account"],
        "period": part.period,
        "due_on": part.due_on,
        "amount": part.amount,
        "seller": deal["owner"],
        "owner": deal["owner"],
    }


def _receipt(deal: Row, order: Row, part: _Part, plan: int) -> dict[str, Any]:
    return {
        "order": order["id"],
        "account": order["account"],
        "amount": part.amount,
        "received_on": part.received_on,
        "status": part.status,
        "write_offs": [{"plan": plan, "amount": part.amount}],
        "split": [{"person": deal["owner"], "share": 1}],
        "seller": deal["owner"],
        "owner": deal["owner"],
    }
