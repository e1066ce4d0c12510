"""Calls of other systems: each effect has one row, which says what is called and how far that is."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql as pg

from joinery.storage.unit_of_work import UnitOfWork
from joinery.storage.workflow_tables import webhook_call, workflow_instance

Json = Mapping[str, Any]
#: It will be tried; its answer has arrived; it failed for good; nobody waited for it any more.
CallState = Literal["waiting", "done", "failed", "void"]

_here, _run = webhook_call.c, workflow_instance.c


@dataclass(frozen=True, slots=True, kw_only=True)
class StoredCall:
    """A call; `request` names secrets and never holds their values.

    `round` counts anew what the other side refused for certain: it goes by another key then. `attempts` are
    those that were made, `next_at` is when it is tried again. `answer` is the beginning of what was answered,
    `result` what the workflow was told, `error` why the last attempt failed: {"code", "params", "certain"},
    which is certain where nothing was done about any attempt.
    """

    id: int
    key: str
    instance_id: int
    node: str
    round: int
    request: Json
    state: CallState
    attempts: int
    made_at: datetime
    next_at: datetime | None
    called_at: datetime | None
    status: int | None
    error: Json | None
    answer: str | None
    result: Json | None


def add(
    unit: UnitOfWork, *, key: str, instance_id: int, node: str, request: Json, at: datetime
) -> StoredCall | None:
    """Store a new call, to be made at once; None where there is one of this key already."""
    statement = (
        pg.insert(webhook_call)
        .values(
            key=key,
            instance_id=instance_id,
            node=node,
            round=1,
            request=request,
            state="waiting",
            attempts=0,
            made_at=at,
            next_at=at,
        )
        .on_conflict_do_nothing(index_elements=["key"])
        .returning(webhook_call)
    )
    row = unit.connection.execute(statement).mappings().one_or_none()
    return None if row is None else StoredCall(**row)


def by_key(unit: UnitOfWork, key: str) -> StoredCall:
    """The call of a key, which there must be; others wait until this transaction ends."""
    statement = sa.select(webhook_call).where(_here.key == key).with_for_update()
    return StoredCall(**unit.connection.execute(statement).mappings().one())


def get(unit: UnitOfWork, call_id: int, *, lock: bool = False) -> StoredCall | None:
    """A call; with `lock` others wait until this transaction ends."""
    statement = sa.select(webhook_call).where(_here.id == call_id)
    if lock:
        statement = statement.with_for_update()
    row = unit.connection.execute(statement).mappings().one_or_none()
    return None if row is None else StoredCall(**row)


def save(unit: UnitOfWork, call_id: int, **values: Any) -> None:
    """Store new values of some attributes of a call."""
    unit.connection.execute(webhook_call.update().where(_here.id == call_id).values(values))


@dataclass(frozen=True, slots=True, kw_only=True)
class ListedCall:
    """A call with the run that wished for it; whether that is stuck with it."""

    call: StoredCall
    app: str
    form: str
    workflow: str
    version_id: int
    record_id: int | None
    title: str
    stuck: bool


def page(
    unit: UnitOfWork, *, states: Sequence[str] = (), app: str | None = None, before: int | None, limit: int
) -> list[ListedCall]:
    """Calls below the id `before`, the newest first."""
    return _listed(
        unit,
        *([_here.state.in_(states)] if states else []),
        *([_run.app == app] if app is not None else []),
        *([_here.id < before] if before is not None else []),
        limit=limit,
    )


def one(unit: UnitOfWork, call_id: int) -> ListedCall | None:
    """One of the calls."""
    found = _listed(unit, _here.id == call_id, limit=1)
    return found[0] if found else None


def _listed(unit: UnitOfWork, *conditions: sa.ColumnElement[bool], limit: int) -> list[ListedCall]:
    with_it = sa.func.jsonb_build_object("call", _here.key, "state", "stuck")
    stuck = _run.state["tokens"].op("@>", is_comparison=True)(sa.func.jsonb_build_array(with_it))
    run = (_run.app, _run.form, _run.workflow, _run.version_id, _run.record_id, _run.title)
    statement = (
        sa.select(*webhook_call.c, *run, stuck.label("stuck"))
        .join(workflow_instance, _run.id == _here.instance_id)
        .where(*conditions)
        .order_by(_here.id.desc())
        .limit(limit)
    )
    own = set(StoredCall.__dataclass_fields__)
    return [
        ListedCall(
            call=StoredCall(**{name: value for name, value in row.items() if name in own}),
            **{name: value for name, value in row.items() if name not in own},
        )
        for row in unit.connection.execute(statement).mappings()
    ]


def forget(unit: UnitOfWork, until: datetime) -> None:
    """Forget calls that were made before a moment, of runs that have ended."""
    ended = sa.select(_run.id).where(_run.id == _here.instance_id, _run.ended_at.is_not(None)).exists()
    unit.connection.execute(webhook_call.delete().where(_here.made_at < until, ended))
