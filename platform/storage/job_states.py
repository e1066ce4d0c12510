"""Long work as people see it: how far it is, what came out, and which rows of an import failed."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import sqlalchemy as sa

from joinery.kernel import NotFound, to_json
from joinery.storage.unit_of_work import UnitOfWork
from joinery.storage.workspace_tables import job, job_failure

JOB = {"en": "job", "zh": "任务"}

#: States in which nothing happens any more by itself.
FINISHED = frozenset({"done", "failed", "cancelled"})


@dataclass(frozen=True, slots=True, kw_only=True)
class JobState:
    """`state` is waiting, running, done, failed or cancelled; `params` and `summary` are JSON.

    `done` of `total` units are finished (`total` is None while it is not known).
    """

    id: int
    kind: str
    state: str
    done: int
    total: int | None
    params: Mapping[str, Any]
    summary: Mapping[str, Any]
    error: str | None
    file_id: int | None
    created_by: int | None
    created_at: datetime
    started_at: datetime | None
    finished_at: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Failure:
    """A row of an import that could not be saved; `issues` are JSON, `part` is the place of its file."""

    row_number: int
    cells: Sequence[str]
    issues: Sequence[Mapping[str, Any]]
    part: int = 0


def create(
    unit: UnitOfWork,
    *,
    kind: str,
    params: Mapping[str, Any],
    created_by: int | None,
    at: datetime,
    total: int | None = None,
) -> JobState:
    """A new job that waits."""
    statement = (
        job.insert()
        .values(
            kind=kind,
            state="waiting",
            done=0,
            total=total,
            params=to_json(dict(params)),
            summary={},
            created_by=created_by,
            created_at=at,
        )
        .returning(job)
    )
    return JobState(**unit.connection.execute(statement).mappings().one())


def get(unit: UnitOfWork, job_id: int, *, lock: bool = False) -> JobState:
    """A job; with `lock` others wait until this transaction ends. Raises NotFound."""
    statement = sa.select(job).where(job.c.id == job_id)
    if lock:
        statement = statement.with_for_update()
    row = unit.connection.execute(statement).mappings().one_or_none()
    if row is None:
        raise NotFound(kind=JOB)
    return JobState(**row)


def save(unit: UnitOfWork, job_id: int, **changes: Any) -> None:
    """Store new values of some attributes of a JobState."""
    for name in ("params", "summary"):
        if name in changes:
            changes[name] = to_json(dict(changes[name]))
    unit.connection.execute(job.update().where(job.c.id == job_id).values(**changes))


def unfinished(unit: UnitOfWork, kind: str, params: Mapping[str, Any]) -> Sequence[JobState]:
    """Jobs of a kind that wait or run and whose parameters hold all of `params`, the oldest first."""
    statement = (
        sa.select(job)
        .where(job.c.kind == kind, job.c.state.in_(("waiting", "running")), job.c.params.contains(params))
        .order_by(job.c.id)
    )
    return [JobState(**row) for row in unit.connection.execute(statement).mappings()]


def find_last(unit: UnitOfWork, kind: str, params: Mapping[str, Any]) -> JobState | None:
    """The newest job of a kind whose parameters hold all of `params`."""
    statement = (
        sa.select(job)
        .where(job.c.kind == kind, job.c.params.contains(params))
        .order_by(job.c.id.desc())
        .limit(1)
    )
    row = unit.connection.execute(statement).mappings().one_or_none()
    return JobState(**row) if row is not None else None


def add_failures(unit: UnitOfWork, job_id: int, failures: Sequence[Failure]) -> None:
    """Keep rows that could not be saved."""
    if not failures:
        return
    unit.connection.execute(
        job_failure.insert(),
        [
            {
                "job_id": job_id,
                "part": failure.part,
                "row_number": failure.row_number,
                "cells": [cell.replace("\0", "") for cell in failure.cells],
                "issues": to_json(list(failure.issues)),
            }
            for failure in failures
        ],
    )


def failures(unit: UnitOfWork, job_id: int, part: int = 0) -> Iterable[Failure]:
    """The rows of a file that could not be saved, in the order of the file."""
    statement = (
        sa.select(job_failure.c.row_number, job_failure.c.cells, job_failure.c.issues, job_failure.c.part)
        .where(job_failure.c.job_id == job_id, job_failure.c.part == part)
        .order_by(job_failure.c.row_number)
    )
    for row in unit.connection.execute(statement).mappings():
        yield Failure(**row)


def all_failures(unit: UnitOfWork, job_id: int) -> Iterable[Failure]:
    """All that could not be done, in the order in which it was tried."""
    statement = (
        sa.select(job_failure.c.row_number, job_failure.c.cells, job_failure.c.issues, job_failure.c.part)
        .where(job_failure.c.job_id == job_id)
        .order_by(job_failure.c.part.desc(), job_failure.c.row_number)
    )
    for row in unit.connection.execute(statement).mappings():
        yield Failure(**row)


def page(
    unit: UnitOfWork,
    kind: str,
    params: Mapping[str, Any],
    *,
    created_by: int | None,
    below: int | None = None,
    limit: int,
) -> Sequence[JobState]:
    """Jobs of a kind whose parameters hold all of `params`, the newest first; with ids below `below`.

    With `created_by` only those of that person.
    """
    statement = sa.select(job).where(job.c.kind == kind, job.c.params.contains(params))
    if created_by is not None:
        statement = statement.where(job.c.created_by == created_by)
    if below is not None:
        statement = statement.where(job.c.id < below)
    statement = statement.order_by(job.c.id.desc()).limit(limit)
    return [JobState(**row) for row in unit.connection.execute(statement).mappings()]


def forget_failures(unit: UnitOfWork, job_id: int) -> None:
    """Drop the kept rows, as after their file was made."""
    unit.connection.execute(job_failure.delete().where(job_failure.c.job_id == job_id))
