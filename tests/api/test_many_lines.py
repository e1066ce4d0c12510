"""Many lines in one save: as few statements as for some."""

import psycopg
import pytest

from tests.api.test_lines import Trade, trade

__all__ = ["trade"]


@pytest.fixture
def counted(monkeypatch) -> list[str]:
    """The statements that the database was given since the list was cleared last."""
    found: list[str] = []
    for name in ("execute", "copy"):
        original = getattr(psycopg.Cursor, name)

        def remember(self, query, *arguments, original=original, **options):
            found.append(str(query))
            return original(self, query, *arguments, **options)

        monkeypatch.setattr(psycopg.Cursor, name, remember)
    return found


def lines(trade: Trade, products: list, size: int) -> list[dict]:
    return [{"product": products[place % len(products)]["id"], "qty": place + 1} for place in range(size)]


def test_statements_do_not_grow_with_the_number_of_lines(trade, counted) -> None:
    acme = trade.create("account", name="Acme", rebate="0.1")
    products = [trade.create("product", name=f"Pen {place}", list_price=2) for place in range(3)]

    def create(size: int) -> tuple[dict, int]:
        counted.clear()
        order = trade.create("order", account=acme["id"], lines=lines(trade, products, size))
        return order, len(counted)

    def change(order) -> int:
        sent = [{"id": line["id"], "qty": line["qty"] + 1} for line in order["lines"][:0:-1]]
        counted.clear()
        status, _ = trade.client.patch(
            trade.url("order", f"/{order['id']}"),
            {"revision": order["revision"], "lines": [*sent, {"qty": 1}]},
        )
        assert status == 200
        return len(counted)

    create(3)
    (few, created_few), (many, created_many) = create(3), create(1000)
    assert created_many == created_few
    change(create(3)[0])
    assert change(few) == change(many) > 0
