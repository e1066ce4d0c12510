"""How long the nodes of workflows take, and the people who are asked at them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import sqlalchemy as sa

from joinery.storage.unit_of_work import UnitOfWork
from joinery.storage.workflow_tables import workflow_instance, workflow_step, workflow_task

#: Nodes and people of an app that are told; the slowest of them.
MOST_ROWS = 1_000

#: What ends the visit of a node.
_LEAVING = ("left", "returned", "moved")


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """What is measured: an app, of it perhaps one workflow, and what ended within a time (None: whenever)."""

    app: str
    workflow: str | None = None
    since: datetime | None = None
    until: datetime | None = None


def of_nodes(unit: UnitOfWork, wanted: Wanted) -> Sequence[Mapping[str, Any]]:
    """By workflow and node: how many visits have ended, and the median and nine tenths of their seconds."""
    step, one = workflow_step.c, workflow_instance.c

    def then(column: sa.ColumnElement[Any]) -> sa.ColumnElement[Any]:
        """What the next step of the same visit has."""
        same = [step.instance_id, step.node, step.token]
        return sa.func.lead(column).over(partition_by=same, order_by=step.number)

    visits = (
        sa.select(
            one.workflow,
            step.node,
            step.event,
            step.at.label("entered"),
            then(step.at).label("left"),
            then(step.event).label("next"),
        )
        .join_from(workflow_step, workflow_instance, one.id == step.instance_id)
        .where(one.app == wanted.app, step.node.is_not(None), step.event.in_(("entered", *_LEAVING)))
    )
    if wanted.workflow is not None:
        visits = visits.where(one.workflow == wanted.workflow)
    found = visits.subquery()
    statement = _measured(found.c.entered, found.c.left, found.c.workflow, found.c.node).where(
        found.c.event == "entered", found.c.next.in_(_LEAVING)
    )
    return _rows(unit, statement, found.c.left, wanted, found.c.workflow, found.c.node)


def of_people(unit: UnitOfWork, wanted: Wanted) -> Sequence[Mapping[str, Any]]:
    """By workflow, node and person: how many tasks he decided, and the median and nine tenths of seconds.

    What a rule decided by itself is not among them.
    """
    task, one, step = workflow_task.c, workflow_instance.c, workflow_step.c
    own = sa.and_(step.instance_id == task.instance_id, step.task == task.number)
    statement = (
        _measured(task.opened_at, task.decided_at, one.workflow, task.node, task.user_id)
        .select_from(workflow_task)
        .join(workflow_instance, one.id == task.instance_id)
        .join(workflow_step, own)
        .where(one.app == wanted.app, task.state == "done", task.kind != "copy")
        .where(step.event.in_(("decided", "answered")), step.detail["rule"].astext.is_(None))
    )
    if wanted.workflow is not None:
        statement = statement.where(one.workflow == wanted.workflow)
    return _rows(unit, statement, task.decided_at, wanted, one.workflow, task.node, task.user_id)


def _measured(
    start: sa.ColumnElement[Any], end: sa.ColumnElement[Any], *names: sa.ColumnElement[Any]
) -> sa.Select[Any]:
    seconds = sa.func.extract("epoch", end - start)
    return sa.select(
        *names,
        sa.func.count().label("count"),
        sa.func.percentile_cont(0.5).within_group(seconds).label("median"),
        sa.func.percentile_cont(0.9).within_group(seconds).label("most"),
    )


def _rows(
    unit: UnitOfWork,
    statement: sa.Select[Any],
    end: sa.ColumnElement[Any],
    wanted: Wanted,
    *names: sa.ColumnElement[Any],
) -> Sequence[Mapping[str, Any]]:
    if wanted.since is not None:
        statement = statement.where(end >= wanted.since)
    if wanted.until is not None:
        statement = statement.where(end < wanted.until)
    grouped = statement.group_by(*names).order_by(sa.desc("median"), *names).limit(MOST_ROWS)
    return [dict(row) for row in unit.connection.execute(grouped).mappings()]


def running(unit: UnitOfWork, app: str) -> Mapping[str, int]:
    """How many runs of each workflow of an app have not ended."""
    one = workflow_instance.c
    statement = (
        sa.select(one.workflow, sa.func.count())
        .where(one.app == app, one.ended_at.is_(None))
        .group_by(one.workflow)
    )
    return {row[0]: row[1] for row in unit.connection.execute(statement)}
