"""Signatures: those of decided tasks, and the one that somebody keeps for the next time."""

from collections.abc import Iterable

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql as pg

from joinery.storage.unit_of_work import UnitOfWork
from joinery.storage.workflow_tables import kept_signature, workflow_signature, workflow_task
from joinery.workflows import Signature


def add(unit: UnitOfWork, instance_id: int, number: int, signature: Signature) -> None:
    """Store with what a task of an instance was signed."""
    here = workflow_task.c
    task = sa.select(here.id, sa.literal(signature.kind), sa.literal(signature.content)).where(
        here.instance_id == instance_id, here.number == number
    )
    unit.connection.execute(workflow_signature.insert().from_select(["task_id", "kind", "content"], task))


def of_tasks(unit: UnitOfWork, task_ids: Iterable[int]) -> dict[int, Signature]:
    """The signatures of tasks, by task; those that were not signed have none."""
    ids = sorted(set(task_ids))
    if not ids:
        return {}
    here = workflow_signature.c
    rows = unit.connection.execute(
        sa.select(workflow_signature).where(
            here.task_id == sa.any_(sa.bindparam(None, ids, type_=pg.ARRAY(sa.BigInteger)))
        )
    )
    return {row.task_id: Signature(kind=row.kind, content=row.content) for row in rows}


def kept(unit: UnitOfWork, user_id: int) -> Signature | None:
    """The signature that somebody keeps."""
    here = kept_signature.c
    row = unit.connection.execute(
        sa.select(here.kind, here.content).where(here.user_id == user_id)
    ).one_or_none()
    return None if row is None else Signature(kind=row.kind, content=row.content)


def keep(unit: UnitOfWork, user_id: int, signature: Signature) -> None:
    """Keep a signature in place of the one that was kept before."""
    values = {"kind": signature.kind, "content": signature.content}
    statement = pg.insert(kept_signature).values(user_id=user_id, **values)
    unit.connection.execute(statement.on_conflict_do_update(index_elements=["user_id"], set_=values))


def forget(unit: UnitOfWork, user_id: int) -> bool:
    """Keep it no longer; False when there was none. What was signed with it stays signed."""
    statement = kept_signature.delete().where(kept_signature.c.user_id == user_id)
    return unit.connection.execute(statement).rowcount > 0
