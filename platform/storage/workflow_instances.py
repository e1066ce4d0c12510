"""Runs of workflows: where each is, and what happened in it."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql as pg

from joinery.kernel import to_json
from joinery.storage.unit_of_work import UnitOfWork
from joinery.storage.workflow_tables import workflow_effect, workflow_instance, workflow_step

Json = Mapping[str, Any]

#: So many of somebody's newest instances say what he started lately.
LATELY = 500


@dataclass(frozen=True, slots=True, kw_only=True)
class StoredInstance:
    """One run; `state` is the engine's own JSON, `parent_id` the instance that waits for this one.

    `record_id` is None as long as the record is only proposed.
    """

    id: int
    version_id: int
    app: str
    workflow: str
    form: str
    record_id: int | None
    status: str
    initiator: int | None
    title: str
    started_at: datetime
    ended_at: datetime | None
    state: Json
    parent_id: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class StoredStep:
    """Something that happened in an instance; `detail` is JSON."""

    instance_id: int
    number: int
    node: str | None
    token: int | None
    event: str
    at: datetime
    user_id: int | None
    task: int | None
    detail: Json


def reserve_id(unit: UnitOfWork) -> int:
    """The id of an instance that is about to be stored: the keys of its effects begin with it."""
    name = f'"{unit.schema}".workflow_instance'
    found: int = unit.connection.execute(_RESERVE, {"name": name}).scalar_one()
    return found


_RESERVE = sa.text("SELECT nextval(pg_get_serial_sequence(:name, 'id')::regclass)")


def add(unit: UnitOfWork, one: StoredInstance) -> bool:
    """Store a new instance; False where the record has one of the workflow that has not ended."""
    table = pg.insert(workflow_instance).values(
        {name: getattr(one, name) for name in StoredInstance.__dataclass_fields__}
    )
    unclaimed = table.on_conflict_do_nothing(
        index_elements=["app", "form", "record_id", "workflow"],
        index_where=workflow_instance.c.ended_at.is_(None),
    )
    # The id was reserved from the column's own sequence.
    statement = unclaimed.returning(workflow_instance.c.id)
    return unit.connection.execute(statement).scalar_one_or_none() is not None


def get(unit: UnitOfWork, instance_id: int, *, lock: bool = False) -> StoredInstance | None:
    """An instance; with `lock` others wait until this transaction ends."""
    statement = sa.select(workflow_instance).where(workflow_instance.c.id == instance_id)
    if lock:
        statement = statement.with_for_update()
    row = unit.connection.execute(statement).mappings().one_or_none()
    return None if row is None else StoredInstance(**row)


def save(unit: UnitOfWork, instance_id: int, **changes: Any) -> None:
    """Store new values of some attributes of an instance."""
    unit.connection.execute(
        workflow_instance.update().where(workflow_instance.c.id == instance_id).values(**changes)
    )


def of_records(
    unit: UnitOfWork, app: str, form: str, record_ids: Collection[int], *, lock: bool = False
) -> Sequence[StoredInstance]:
    """The instances of these records that have not ended, in the order of their ids."""
    here = workflow_instance.c
    statement = (
        sa.select(workflow_instance)
        .where(here.app == app, here.form == form, here.record_id == sa.any_(_ids(record_ids)))
        .where(here.ended_at.is_(None))
        .order_by(here.id)
    )
    if lock:
        statement = statement.with_for_update()
    return [StoredInstance(**row) for row in unit.connection.execute(statement).mappings()]


def history_of(unit: UnitOfWork, app: str, form: str, record_id: int) -> Sequence[StoredInstance]:
    """All instances of a record, the newest first."""
    here = workflow_instance.c
    statement = (
        sa.select(workflow_instance)
        .where(here.app == app, here.form == form, here.record_id == record_id)
        .order_by(here.id.desc())
    )
    return [StoredInstance(**row) for row in unit.connection.execute(statement).mappings()]


def last_started(unit: UnitOfWork, user_id: int) -> Mapping[tuple[str, str], datetime]:
    """When somebody started which workflow last, by app and workflow; of his newest instances."""
    here = workflow_instance.c
    newest = (
        sa.select(here.app, here.workflow, here.started_at)
        .where(here.initiator == user_id)
        .order_by(here.id.desc())
        .limit(LATELY)
        .subquery()
    )
    statement = sa.select(newest.c.app, newest.c.workflow, sa.func.max(newest.c.started_at).label("at"))
    rows = unit.connection.execute(statement.group_by(newest.c.app, newest.c.workflow))
    return {(row.app, row.workflow): row.at for row in rows}


def children_of(unit: UnitOfWork, instance_id: int) -> Sequence[StoredInstance]:
    """The sub-workflows that an instance started, in the order of their ids."""
    here = workflow_instance.c
    statement = sa.select(workflow_instance).where(here.parent_id == instance_id).order_by(here.id)
    return [StoredInstance(**row) for row in unit.connection.execute(statement).mappings()]


def on_older_versions(
    unit: UnitOfWork, app: str, workflow: str, version_id: int, limit: int, *, lock: bool
) -> Sequence[StoredInstance]:
    """The instances of a workflow that have not ended and run by another version, by id."""
    here = workflow_instance.c
    statement = (
        sa.select(workflow_instance)
        .where(here.app == app, here.workflow == workflow, here.ended_at.is_(None))
        .where(here.version_id != version_id)
        .order_by(here.id)
        .limit(limit)
    )
    if lock:
        statement = statement.with_for_update()
    return [StoredInstance(**row) for row in unit.connection.execute(statement).mappings()]


def on_version(unit: UnitOfWork, version_id: int, *, lock: bool) -> Sequence[StoredInstance]:
    """The instances that run by a version and have not ended, by id."""
    here = workflow_instance.c
    statement = (
        sa.select(workflow_instance)
        .where(here.version_id == version_id, here.ended_at.is_(None))
        .order_by(here.id)
    )
    if lock:
        statement = statement.with_for_update()
    return [StoredInstance(**row) for row in unit.connection.execute(statement).mappings()]


def add_steps(unit: UnitOfWork, steps: Sequence[StoredStep]) -> None:
    """Add to the history of instances."""
    if steps:
        rows = [{name: getattr(step, name) for name in StoredStep.__dataclass_fields__} for step in steps]
        unit.connection.execute(
            workflow_step.insert(), [{**row, "detail": to_json(dict(row["detail"]))} for row in rows]
        )


def steps_of(unit: UnitOfWork, instance_ids: Iterable[int]) -> Sequence[StoredStep]:
    """What happened in instances, in its order."""
    statement = (
        sa.select(workflow_step)
        .where(workflow_step.c.instance_id == sa.any_(_ids(instance_ids)))
        .order_by(workflow_step.c.instance_id, workflow_step.c.number)
    )
    return [StoredStep(**row) for row in unit.connection.execute(statement).mappings()]


def failures_of(unit: UnitOfWork, instance_ids: Collection[int]) -> Sequence[StoredStep]:
    """The steps at which instances could not go on, in their order."""
    if not instance_ids:
        return []
    here = workflow_step.c
    statement = (
        sa.select(workflow_step)
        .where(here.instance_id == sa.any_(_ids(instance_ids)), here.event.in_(("failed", "stopped")))
        .order_by(here.instance_id, here.number)
    )
    return [StoredStep(**row) for row in unit.connection.execute(statement).mappings()]


def claim_effect(unit: UnitOfWork, key: str, at: datetime) -> bool:
    """Whether this effect is to be carried out now: once for ever, by whoever commits it."""
    statement = (
        pg.insert(workflow_effect)
        .values(key=key, at=at)
        .on_conflict_do_nothing()
        .returning(workflow_effect.c.key)
    )
    return unit.connection.execute(statement).scalar_one_or_none() is not None


def _ids(record_ids: Iterable[int]) -> sa.BindParameter[Any]:
    return sa.bindparam(None, sorted(set(record_ids)), type_=pg.ARRAY(sa.BigInteger))
