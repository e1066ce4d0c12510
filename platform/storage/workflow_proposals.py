"""Values that wait for approval beside the record that they are about."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql as pg

from joinery.kernel import to_json
from joinery.storage.unit_of_work import UnitOfWork
from joinery.storage.workflow_tables import workflow_proposal

Json = Mapping[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class Proposal:
    """`values` by field as the API takes them, `base` what the record had there when they were proposed.

    `granted` are fields that a step of the workflow filled in, whatever who proposed may write; `confirmed`
    whether he saves although a duplicate rule warns.
    """

    instance_id: int
    proposed_by: int | None
    values: Json
    base: Json
    granted: tuple[str, ...] = ()
    confirmed: bool = False
    applied_at: datetime | None = None


def add(unit: UnitOfWork, one: Proposal) -> None:
    """Store the values of a new instance."""
    unit.connection.execute(workflow_proposal.insert(), _columns(one))


def change(unit: UnitOfWork, one: Proposal) -> None:
    """Store what became of them."""
    unit.connection.execute(
        workflow_proposal.update()
        .where(workflow_proposal.c.instance_id == one.instance_id)
        .values(**_columns(one))
    )


def of_instances(unit: UnitOfWork, instance_ids: Collection[int]) -> dict[int, Proposal]:
    """The proposals of these instances, as far as they have any, by instance."""
    if not instance_ids:
        return {}
    wanted = sa.bindparam(None, sorted(instance_ids), type_=pg.ARRAY(sa.BigInteger))
    statement = sa.select(workflow_proposal).where(workflow_proposal.c.instance_id == sa.any_(wanted))
    rows = unit.connection.execute(statement).mappings()
    return {row["instance_id"]: Proposal(**{**row, "granted": tuple(row["granted"])}) for row in rows}


def _columns(one: Proposal) -> dict[str, Any]:
    found = {name: getattr(one, name) for name in Proposal.__dataclass_fields__}
    # Numbers with a point came as exact ones, which JSON columns do not know.
    values, base = to_json(dict(one.values)), to_json(dict(one.base))
    return {**found, "values": values, "base": base, "granted": list(one.granted)}
