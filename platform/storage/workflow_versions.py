"""Workflows as they were published: instances stay on the version they started with."""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql as pg

from joinery.kernel import dump_json, load_json
from joinery.storage.unit_of_work import UnitOfWork
from joinery.storage.workflow_tables import workflow_instance, workflow_version

Json = Mapping[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class WorkflowVersion:
    """One version of a workflow; `definition` is its JSON, `digest` stands for all of that."""

    id: int
    app: str
    workflow: str
    number: int
    definition: Json
    digest: str
    published_at: datetime
    published_by: int | None


def keep(unit: UnitOfWork, app: str, workflows: Mapping[str, Json], *, by: int | None, at: datetime) -> None:
    """Add a version of each of an app's workflows that is new or not as it was."""
    known = newest(unit, app) if workflows else {}
    for key, definition in workflows.items():
        text = dump_json(definition)
        digest = hashlib.sha256(text.encode()).hexdigest()
        last = known.get(key)
        if last is not None and last.digest == digest:
            continue
        values = {"app": app, "workflow": key, "number": last.number + 1 if last else 1}
        values |= {"definition": text, "digest": digest, "published_at": at, "published_by": by}
        unit.connection.execute(workflow_version.insert().values(values))


def newest(unit: UnitOfWork, app: str) -> dict[str, WorkflowVersion]:
    """The newest version of each workflow that an app has or had."""
    statement = (
        sa.select(workflow_version)
        .ext(pg.distinct_on(workflow_version.c.workflow))
        .where(workflow_version.c.app == app)
        .order_by(workflow_version.c.workflow, workflow_version.c.number.desc())
    )
    rows = unit.connection.execute(statement).mappings()
    return {row["workflow"]: _version(row) for row in rows}


def get(unit: UnitOfWork, version_id: int) -> WorkflowVersion:
    """A version by its id; versions never change, so it is read once per process."""

    def read() -> WorkflowVersion:
        statement = sa.select(workflow_version).where(workflow_version.c.id == version_id)
        return _version(unit.connection.execute(statement).mappings().one())

    return unit.memory.get(("workflow version", unit.schema, version_id), read)


def history(unit: UnitOfWork, app: str, workflow: str) -> Sequence[tuple[WorkflowVersion, int]]:
    """All versions of a workflow, the newest first, each with how many instances run on it."""
    running = (
        sa.select(sa.func.count())
        .where(workflow_instance.c.version_id == workflow_version.c.id)
        .where(workflow_instance.c.ended_at.is_(None))
        .scalar_subquery()
    )
    statement = (
        sa.select(workflow_version, running.label("running"))
        .where(workflow_version.c.app == app, workflow_version.c.workflow == workflow)
        .order_by(workflow_version.c.number.desc())
    )
    rows = unit.connection.execute(statement).mappings()
    return [(_version(row), row["running"]) for row in rows]


def _version(row: Mapping[Any, Any]) -> WorkflowVersion:
    values = {name: row[name] for name in WorkflowVersion.__dataclass_fields__}
    return WorkflowVersion(**{**values, "definition": load_json(values["definition"])})
