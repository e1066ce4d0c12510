"""What was sold in the demo: a price book, quotes of deals in progress, orders of the last deals won.

Deals that were won keep the days of the sample data; what is not yet paid is asked for around the day on
which the demo is made, so that whoever looks after the money finds something to do.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal
from random import Random
from typing import Any

import sqlalchemy as sa

from joinery.directory import Actor
from joinery.kernel import to_json
from joinery.runtime.demo.past import DemoPast
from joinery.runtime.demo.words import SEED
from joinery.runtime.demo.writing import save_with_past
from joinery.runtime.records.batch import Operation
from joinery.runtime.records.open_form import open_form
from joinery.runtime.records.past import Past
from joinery.runtime.unit import Unit

#: So many of the last deals that were won have an order, so many deals in progress a quote.
ORDERS, QUOTES = 240, 60

#: Every so many-th order is not paid in full; of the others every so many-th was paid in two parts.
_UNPAID, _PARTS = 4, 3
_CENT = Decimal("0.01")

Row = sa.RowMapping


@dataclass(frozen=True, slots=True, kw_only=True)
class _Part:
    """A part of an order's amount, when it is due, and when it came in; None while it did not."""

    period: str
    amount: Decimal
    due_on: date
    received_on: date | None
    status: str = "confirmed"


def write_orders(unit: Unit, actor: Actor, app: str) -> None:
    """Prices, quotes, orders, payment plans and receipts."""
    _Seller(unit, actor, app, DemoPast.of(unit)).sell()


class _Seller:
    """Stores what was sold, each record as if it had been made on its day by whoever owns the deal."""

    def __init__(self, unit: Unit, actor: Actor, app: str, past: DemoPast) -> None:
        self._unit, self._actor, self._app, self._past = unit, actor, app, past

    def sell(self) -> None:
        """Store everything, in an order in which each record only refers to earlier ones."""
        products = self._read("product", lambda product: product.deleted_at.is_(None), "price")
        start = self._past.today - timedelta(days=200)
        self._write_many("price_book", [_prices(products, start)], "valid_from")
        offered = self._deals(lambda deal: deal.stage.in_(("proposal", "negotiation")), "expected_close")
        quotes = [_quote(number, deal, self._past.today) for number, deal in enumerate(offered[:QUOTES])]
        self._write_many("quote", quotes, "quoted_on")
        won = self._deals(lambda deal: deal.stage == "won", "closed_on")[-ORDERS:]
        self._collect(
            won, self._write_many("order", [_order(*found) for found in enumerate(won)], "ordered_on")
        )

    def _collect(self, deals: Sequence[Row], orders: Sequence[int]) -> None:
        """Payment plans of the orders, and the receipts that were written off against them."""
        known = self._read("order", lambda order: order.id.in_(orders), "amount", "account")
        parts = [
            (deal, order, part)
            for number, (deal, order) in enumerate(zip(deals, known, strict=True))
            for part in _parts(number, order["amount"], deal["closed_on"], self._past.today)
        ]
        plans = self._write_many("payment_plan", [_plan(*found) for found in parts], "due_on", days=30)
        receipts = [
            _receipt(deal, order, part, plan)
            for (deal, order, part), plan in zip(parts, plans, strict=True)
            if part.received_on
        ]
        self._write_many("receipt", receipts, "received_on")

    def _deals(self, condition: Callable[[Any], Any], sort: str) -> Sequence[Row]:
        fields = (
            "account",
            "contact",
            "product",
            "amount",
            "owner",
            "team",
            "closed_on",
            "name",
            "no",
            "stage",
        )
        found = self._read("opportunity", condition, *fields, sort=sort)
        return [deal for deal in found if deal["account"] and deal["product"] and deal["amount"]]

    def _read(
        self, form: str, condition: Callable[[Any], Any], *fields: str, sort: str = "id"
    ) -> Sequence[Row]:
        columns = open_form(self._unit, self._actor, self._app, form).table.table.c
        wanted = (columns.id, *(columns[field] for field in fields))
        statement = sa.select(*wanted).where(condition(columns)).order_by(columns[sort], columns.id)
        return self._unit.connection.execute(statement).mappings().all()

    def _write_many(
        self, form: str, records: Sequence[Mapping[str, Any]], day: str, days: int = 0
    ) -> Sequence[int]:
        """Store records, each so many days before the one in its field `day`; gives their ids."""
        operations = [self._operation(record, record[day] - timedelta(days=days)) for record in records]
        saved = save_with_past(open_form(self._unit, self._actor, self._app, form), operations)
        return [one.id for one in saved]

    def _operation(self, record: Mapping[str, Any], day: date) -> Operation:
        by = record.get("owner") or self._past.person("admin@example.com")
        past = Past(at=self._past.at(min(day, self._past.today), 11, 10), by=by)
        return Operation(values=_sendable(record), past=past)


def _prices(products: Sequence[Row], start: date) -> dict[str, Any]:
    lines = [
        {"product": product["id"], "price": product["price"], "floor_discount": Decimal("0.2")}
        for product in products
    ]
    return {"name": "Standard prices 标准价格", "status": "active", "valid_from": start, "lines": lines}


def _line(deal: Row) -> dict[str, Any]:
    """The deal's product at the price that was agreed on."""
    return {"product": deal["product"], "price": deal["amount"], "qty": 1, "tax_rate": Decimal("0.13")}


def _quote(number: int, deal: Row, today: date) -> dict[str, Any]:
    made = today - timedelta(days=2 + number % 45)
    return {
        "opportunity": deal["id"],
        "account": deal["account"],
        "contact": deal["contact"],
        "name": deal["name"],
        "quoted_on": made,
        "valid_to": made + timedelta(days=30),
        "status": ("sent", "sent", "draft")[number % 3],
        "lines": [_line(deal)],
        "owner": deal["owner"],
    }


def _order(number: int, deal: Row) -> dict[str, Any]:
    return {
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


def _sendable(values: Any) -> Any:
    """What a client would send: JSON without blanks."""
    if isinstance(values, Mapping):
        return {key: _sendable(value) for key, value in values.items() if value is not None}
    if isinstance(values, list | tuple):
        return [_sendable(value) for value in values]
    return to_json(values)
