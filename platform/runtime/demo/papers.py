"""What follows an order in the demo: invoices, refunds, a bad debt, commissions, and who is credited.

Everything is told by the orders and receipts that are there, so a workspace that was made before these
forms were gets the same.
"""

from collections.abc import Iterator, Sequence
from datetime import timedelta
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

import sqlalchemy as sa

from joinery.directory import Actor
from joinery.runtime.demo.books import Books, Row
from joinery.runtime.unit import Unit

#: Every so many-th order has one of these; of receipts every so many-th is partly paid back.
_INVOICED, _COMMISSIONED, _BAD, _REFUNDED = 2, 12, 25, 22
#: So many of the last receipts are credited to people.
_CREDITED = 90
_CENT = Decimal("0.01")

Values = dict[str, Any]


def write_papers(unit: Unit, actor: Actor, app: str) -> None:
    """Store everything, in an order in which each record only refers to earlier ones."""
    books = Books.of(unit, actor, app)
    orders = books.read(
        "order",
        lambda order: ~order.status.in_(("draft", "void")),
        "account", "amount", "outstanding", "ordered_on", "owner", "no",
        sort="ordered_on",
    )  # fmt: skip
    books.write("invoice", list(_invoices(books, orders)), "requested_on")
    books.write("platform_commission", list(_commissions(orders)), "settled_on")
    books.write("bad_debt", list(_bad_debts(books, orders)), "reported_on")
    receipts = books.read(
        "receipt",
        lambda receipt: receipt.status == "confirmed",
        "order", "account", "amount", "received_on", "owner",
        sort="received_on",
    )  # fmt: skip
    receipts = [one for one in receipts if one["received_on"] <= books.past.today]
    refunds = list(_refunds(receipts))
    made = books.write("refund", refunds, "refunded_on")
    splits = [*_credited(books, receipts[-_CREDITED:]), *_taken_back(refunds, made)]
    books.write("performance_split", splits, "earned_on")


def _invoices(books: Books, orders: Sequence[Row]) -> Iterator[Values]:
    """Most were issued soon after the order; the last ones still have to be."""
    accounts = {row["id"]: row for row in books.read("account", lambda one: sa.true(), "name", "tax_no")}
    today = books.past.today
    for number, order in enumerate(orders):
        if number % _INVOICED:
            continue
        waiting = number >= len(orders) - 8
        asked = today - timedelta(days=number % 5) if waiting else order["ordered_on"] + timedelta(days=3)
        account = accounts[order["account"]]
        issued = {"status": "issued", "number": f"2531{number:08d}", "issued_on": asked + timedelta(days=2)}
        yield {
            "order": order["id"],
            "account": order["account"],
            "made_out_to": account["name"],
            "tax_no": account["tax_no"],
            "type": ("special", "electronic", "normal")[number % 3],
            "amount": order["amount"],
            "requested_on": asked,
            "seller": order["owner"],
            "owner": order["owner"],
            **({} if waiting else issued),
        }


def _commissions(orders: Sequence[Row]) -> Iterator[Values]:
    for number, order in enumerate(orders[::_COMMISSIONED]):
        yield {
            "order": order["id"],
            "platform": ("market", "shop", "agent")[number % 3],
            "base": order["amount"],
            "rate": Decimal("0.05"),
            "status": "settled",
            "settled_on": order["ordered_on"] + timedelta(days=30),
        }


def _bad_debts(books: Books, orders: Sequence[Row]) -> Iterator[Values]:
    """Reported, and waiting for somebody who decides."""
    for number, order in enumerate(row for row in orders if row["outstanding"] > 0):
        if number % _BAD == 0:
            yield {
                "order": order["id"],
                "account": order["account"],
                "amount": _part_of(order["outstanding"], "0.2"),
                "reason": ("dispute", "gone", "insolvent")[number // _BAD % 3],
                "reported_on": books.past.today - timedelta(days=number % 9),
                "seller": order["owner"],
                "owner": order["owner"],
            }


def _refunds(receipts: Sequence[Row]) -> Iterator[Values]:
    for number, receipt in enumerate(receipts):
        if number % _REFUNDED == _REFUNDED - 1:
            yield {
                "order": receipt["order"],
                "receipt": receipt["id"],
                "account": receipt["account"],
                "amount": _part_of(receipt["amount"], "0.1"),
                "kind": "partial",
                "reason": ("price", "quality", "double")[number // _REFUNDED % 3],
                "refunded_on": receipt["received_on"],
                "status": "paid",
                "seller": receipt["owner"],
                "owner": receipt["owner"],
            }


def _credited(books: Books, receipts: Sequence[Row]) -> Iterator[Values]:
    """The seller for all of a receipt, and marketing for a part of some."""
    marketing = books.past.person("marketing@example.com")
    for number, receipt in enumerate(receipts):
        common = {
            "order": receipt["order"],
            "receipt": receipt["id"],
            "account": receipt["account"],
            "base": receipt["amount"],
            "earned_on": receipt["received_on"],
            "status": "open" if number >= len(receipts) - 12 else "confirmed",
        }
        yield {**common, "person": receipt["owner"], "share": Decimal(1), "owner": receipt["owner"]}
        if number % 5 == 0 and marketing is not None:
            helped = {"kind": "marketing", "person": marketing, "share": Decimal("0.1"), "owner": marketing}
            yield {**common, **helped}


def _taken_back(refunds: Sequence[Values], made: Sequence[int]) -> Iterator[Values]:
    """What was paid back no longer counts for whoever sold it."""
    for refund, refund_id in zip(refunds, made, strict=True):
        yield {
            "order": refund["order"],
            "refund": refund_id,
            "account": refund["account"],
            "base": -refund["amount"],
            "person": refund["seller"],
            "share": Decimal(1),
            "earned_on": refund["refunded_on"],
            "status": "confirmed",
            "owner": refund["owner"],
        }


def _part_of(amount: Decimal, share: str) -> Decimal:
    return (amount * Decimal(share)).quantize(_CENT, ROUND_HALF_UP)
