"""What the owners of deals in progress talked about with the customer, as follow-ups of the bundled suite."""

from collections.abc import Iterator
from random import Random
from typing import Any

import sqlalchemy as sa

from joinery.directory import Actor
from joinery.kernel import to_json
from joinery.runtime.demo.talks import talks_in
from joinery.runtime.demo.words import SEED, weighted
from joinery.runtime.demo.writing import save_with_past
from joinery.runtime.records.open_form import open_form
from joinery.runtime.records.operations import Operation
from joinery.runtime.records.past import Past
from joinery.runtime.unit import Unit

_KINDS = ("call", "meeting", "demo", "visit", "email", "wechat")


def write_visits(unit: Unit, actor: Actor, app: str) -> None:
    """One follow-up for every deal that has been talked about and is not closed."""
    deals = open_form(unit, actor, app, "opportunity").table.table.c
    statement = (
        sa.select(
            deals.id, deals.account, deals.contact, deals.owner, deals.stage,
            deals.last_follow_at, deals.next_follow_at,
        )
        .where(deals.closed_on.is_(None), deals.last_follow_at.is_not(None), deals.deleted_at.is_(None))
        .order_by(deals.id)
    )  # fmt: skip
    operations = list(_operations(unit.connection.execute(statement).mappings().all()))
    save_with_past(open_form(unit, actor, app, "follow_up"), operations)


def _operations(deals: Any) -> Iterator[Operation]:
    for number, deal in enumerate(deals):
        random = Random(SEED * 13 + number)
        talks, plans = talks_in(chinese=random.random() < 0.4)
        content, result = random.choice([entry for entry in talks if entry[1] in ("interested", "undecided")])
        values = {
            "about": {"form": "opportunity", "id": deal["id"]},
            "account": deal["account"],
            "contact": deal["contact"],
            "type": weighted(random, _KINDS),
            "time": deal["last_follow_at"],
            "duration": random.choice((10, 15, 20, 30, 45, 60)),
            "content": content,
            "result": result,
            "stage_then": deal["stage"],
            "next_time": deal["next_follow_at"],
            "next_plan": random.choice(plans),
            "owner": deal["owner"],
        }
        sent = {key: to_json(value) for key, value in values.items() if value is not None}
        yield Operation(values=sent, past=Past(at=deal["last_follow_at"], by=deal["owner"]))
