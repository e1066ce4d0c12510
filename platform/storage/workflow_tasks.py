"""What people have to do in workflows, what they did, and what they were told: the boxes."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, Literal

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql as pg

from joinery.storage.unit_of_work import UnitOfWork
from joinery.storage.workflow_instances import StoredInstance
from joinery.storage.workflow_tables import UNSAVED, workflow_instance, workflow_task

Box = Literal["todo", "done", "started", "copied"]


@dataclass(frozen=True, slots=True, kw_only=True)
class StoredTask:
    """A task of somebody; `number` is its id within the instance."""

    id: int
    instance_id: int
    number: int
    node: str
    kind: str
    user_id: int
    for_user_id: int | None
    state: str
    opened_at: datetime
    due_at: datetime | None
    decided_at: datetime | None
    decision: str | None
    comment: str | None
    read_at: datetime | None


#: A task with its instance; in the box of what one started there is no task.
Row = tuple[StoredTask | None, StoredInstance]


@dataclass(frozen=True, slots=True, kw_only=True)
class BoxFilter:
    """Which tasks of somebody are asked for; None stands for any. `apps` are the only apps he may enter."""

    apps: frozenset[str] | None = None
    app: str | None = None
    form: str | None = None
    workflow: str | None = None
    node: str | None = None
    initiator: int | None = None
    status: str | None = None
    search: str | None = None
    since: datetime | None = None
    until: datetime | None = None
    overdue: datetime | None = None
    #: Of runs: those that wait for this person.
    waiting_for: int | None = None
    oldest_first: bool = False
    #: Only what comes after the entry with this id.
    after: int | None = None


def add_many(unit: UnitOfWork, tasks: Sequence[Mapping[str, Any]]) -> dict[int, int]:
    """Store new tasks of one instance; their ids by number."""
    if not tasks:
        return {}
    statement = workflow_task.insert().returning(
        workflow_task.c.number, workflow_task.c.id, sort_by_parameter_order=True
    )
    return {row.number: row.id for row in unit.connection.execute(statement, list(tasks))}


def change(unit: UnitOfWork, instance_id: int, number: int, **changes: Any) -> None:
    """Store new values of some attributes of a task."""
    here = workflow_task.c
    unit.connection.execute(
        workflow_task.update().where(here.instance_id == instance_id, here.number == number).values(**changes)
    )


def get(unit: UnitOfWork, task_id: int) -> StoredTask | None:
    """One task."""
    statement = sa.select(workflow_task).where(workflow_task.c.id == task_id)
    row = unit.connection.execute(statement).mappings().one_or_none()
    return None if row is None else StoredTask(**row)


def with_instance(unit: UnitOfWork, task_id: int) -> tuple[StoredTask, StoredInstance] | None:
    """One task and what it belongs to."""
    statement = sa.select(*_TASK, *_INSTANCE).select_from(_JOINED).where(workflow_task.c.id == task_id)
    row = unit.connection.execute(statement).mappings().one_or_none()
    if row is None:
        return None
    task, instance = _row(row)
    return None if task is None else (task, instance)


def of_instances(unit: UnitOfWork, instance_ids: Iterable[int]) -> Sequence[StoredTask]:
    """All tasks of instances, in their order."""
    ids = sa.bindparam(None, sorted(set(instance_ids)), type_=pg.ARRAY(sa.BigInteger))
    statement = (
        sa.select(workflow_task)
        .where(workflow_task.c.instance_id == sa.any_(ids))
        .order_by(workflow_task.c.instance_id, workflow_task.c.number)
    )
    return [StoredTask(**row) for row in unit.connection.execute(statement).mappings()]


def open_of_record(unit: UnitOfWork, app: str, form: str, record_id: int) -> Sequence[StoredTask]:
    """The tasks about a record that somebody has to do now, in the order of their ids."""
    there = workflow_instance.c
    statement = (
        sa.select(workflow_task)
        .join(workflow_instance, there.id == workflow_task.c.instance_id)
        .where(there.app == app, there.form == form, there.record_id == record_id)
        .where(workflow_task.c.state == "open", workflow_task.c.kind != "copy")
        .order_by(workflow_task.c.id)
    )
    return [StoredTask(**row) for row in unit.connection.execute(statement).mappings()]


def waiting_for(unit: UnitOfWork, user_id: int) -> Sequence[tuple[StoredTask, StoredInstance]]:
    """What somebody has to do now or later, in the order of the ids; of copies he was only told."""
    here = workflow_task.c
    statement = (
        sa.select(*_TASK, *_INSTANCE)
        .select_from(_JOINED)
        .where(here.user_id == user_id, here.state.in_(("open", "queued", "held")), here.kind != "copy")
        .where(workflow_instance.c.ended_at.is_(None))
        .order_by(here.id)
    )
    rows = (_row(row) for row in unit.connection.execute(statement).mappings())
    return [(task, run) for task, run in rows if task is not None]


def mark_read(unit: UnitOfWork, task_id: int, at: datetime) -> None:
    """Note that somebody opened a task; the first time counts."""
    here = workflow_task.c
    unit.connection.execute(
        workflow_task.update().where(here.id == task_id, here.read_at.is_(None)).values(read_at=at)
    )


def box(unit: UnitOfWork, user_id: int, name: Box, wanted: BoxFilter, limit: int) -> Sequence[Row]:
    """One page of somebody's box."""
    if name == "started":
        return _started(unit, user_id, wanted, limit)
    statement = (
        sa.select(*_TASK, *_INSTANCE)
        .select_from(_JOINED)
        .where(*in_box(user_id, name), *_of_task(wanted), *_of_instance(wanted))
    )
    return _page(unit, statement, workflow_task.c.id, wanted, limit)


def count_each(unit: UnitOfWork, user_id: int, filters: Sequence[BoxFilter]) -> Sequence[int]:
    """How much somebody has to do of what each of the filters leaves, in one look at it."""
    if not filters:
        return []
    columns = [
        sa.func.count().filter(sa.and_(sa.true(), *_of_task(one), *_of_instance(one))) for one in filters
    ]
    statement = sa.select(*columns).select_from(_JOINED).where(*in_box(user_id, "todo"))
    return list(unit.connection.execute(statement).one())


def in_box(user_id: int, name: Box) -> tuple[sa.ColumnElement[bool], ...]:
    """The conditions under which a task is in somebody's box."""
    here = workflow_task.c
    if name == "copied":
        return (here.user_id == user_id, here.kind == "copy")
    states = ("open",) if name == "todo" else ("done",)
    return (here.user_id == user_id, here.state.in_(states), here.kind != "copy")


def facets(
    unit: UnitOfWork, user_id: int, name: Box, apps: frozenset[str] | None
) -> Sequence[Mapping[str, Any]]:
    """How many entries of a box there are of each workflow, node and initiator."""
    there = workflow_instance.c
    if name == "started":
        columns = [there.app, there.form, there.workflow, sa.null().label("node"), there.initiator]
        source: Any = workflow_instance
        where: tuple[Any, ...] = (there.initiator == user_id,)
    else:
        columns = [there.app, there.form, there.workflow, workflow_task.c.node, there.initiator]
        source, where = _JOINED, in_box(user_id, name)
    statement = sa.select(*columns, sa.func.count().label("count")).select_from(source).where(*where)
    if apps is not None:
        statement = statement.where(there.app.in_(sorted(apps)))
    rows = unit.connection.execute(statement.group_by(*columns[:3], columns[4], *_grouped(columns[3])))
    return [dict(row) for row in rows.mappings()]


def counts(unit: UnitOfWork, user_id: int, now: datetime, apps: frozenset[str] | None) -> dict[str, Any]:
    """How much somebody has to do, by app, how much of it is late, and copies that he has not opened."""
    here, there = workflow_task.c, workflow_instance.c
    overdue = sa.func.count().filter(here.due_at < now)
    statement = (
        sa.select(there.app, sa.func.count().label("todo"), overdue.label("overdue"))
        .select_from(_JOINED)
        .where(*in_box(user_id, "todo"))
        .group_by(there.app)
        .order_by(there.app)
    )
    unread = (
        sa.select(sa.func.count())
        .select_from(workflow_task if apps is None else _JOINED)
        .where(*in_box(user_id, "copied"), here.read_at.is_(None))
    )
    if apps is not None:
        statement = statement.where(there.app.in_(sorted(apps)))
        unread = unread.where(there.app.in_(sorted(apps)))
    rows = unit.connection.execute(statement).all()
    return {
        "todo": sum(row.todo for row in rows),
        "overdue": sum(row.overdue for row in rows),
        "copied": unit.connection.execute(unread).scalar_one(),
        "by_app": {row.app: row.todo for row in rows},
    }


def instances(unit: UnitOfWork, wanted: BoxFilter, limit: int) -> Sequence[StoredInstance]:
    """A page of all instances that run, the newest first, for administrators.

    Those whose last values could not be set count among them, and among the stuck ones.
    """
    stuck = wanted.status == "stuck"
    narrowed = replace(wanted, status=None) if stuck else wanted
    statement = sa.select(*_INSTANCE).where(*_of_instance(narrowed))
    if stuck:
        statement = statement.where(sa.or_(workflow_instance.c.status == "stuck", UNSAVED))
    elif wanted.status is None:
        statement = statement.where(sa.or_(workflow_instance.c.ended_at.is_(None), UNSAVED))
    if wanted.waiting_for is not None:
        here = workflow_task.c
        asked = sa.select(here.id).where(
            here.instance_id == workflow_instance.c.id, *in_box(wanted.waiting_for, "todo")
        )
        statement = statement.where(asked.exists())
    return [found for _, found in _page(unit, statement, workflow_instance.c.id, wanted, limit)]


def asked_in(unit: UnitOfWork, apps: Collection[str]) -> Sequence[int]:
    """The people for whom runs of these apps wait."""
    here, there = workflow_task.c, workflow_instance.c
    statement = (
        sa.select(here.user_id)
        .distinct()
        .select_from(_JOINED)
        .where(there.app.in_(sorted(apps)), there.ended_at.is_(None), here.state == "open")
        .where(here.kind != "copy")
    )
    return list(unit.connection.execute(statement).scalars())


def count_stuck(unit: UnitOfWork, apps: Collection[str]) -> int:
    """How many runs of these apps cannot go on by themselves."""
    there = workflow_instance.c
    statement = sa.select(sa.func.count()).where(
        there.app.in_(sorted(apps)), sa.or_(there.status == "stuck", UNSAVED)
    )
    found: int = unit.connection.execute(statement).scalar_one()
    return found


def holds_task(unit: UnitOfWork, user_id: int, instance_ids: Collection[int]) -> set[int]:
    """Those of the instances in which somebody has, had or was told of a task."""
    if not instance_ids:
        return set()
    here = workflow_task.c
    statement = (
        sa.select(here.instance_id)
        .distinct()
        .where(here.user_id == user_id, here.instance_id.in_(sorted(instance_ids)), here.state != "queued")
    )
    return set(unit.connection.execute(statement).scalars())


def _started(unit: UnitOfWork, user_id: int, wanted: BoxFilter, limit: int) -> Sequence[Row]:
    here = workflow_instance.c
    statement = sa.select(*_INSTANCE).where(here.initiator == user_id, *_of_instance(wanted))
    if wanted.since is not None:
        statement = statement.where(here.started_at >= wanted.since)
    if wanted.until is not None:
        statement = statement.where(here.started_at < wanted.until)
    return _page(unit, statement, here.id, wanted, limit)


def _of_task(wanted: BoxFilter) -> Iterator[sa.ColumnElement[bool]]:
    """What is asked of the task itself."""
    here = workflow_task.c
    if wanted.node is not None:
        yield here.node == wanted.node
    if wanted.since is not None:
        yield here.opened_at >= wanted.since
    if wanted.until is not None:
        yield here.opened_at < wanted.until
    if wanted.overdue is not None:
        yield here.due_at < wanted.overdue


def _of_instance(wanted: BoxFilter) -> Iterator[sa.ColumnElement[bool]]:
    """What is asked of the run that it belongs to."""
    there = workflow_instance.c
    for name in ("app", "form", "workflow", "initiator", "status"):
        value = getattr(wanted, name)
        if value is not None:
            yield there[name] == value
    if wanted.apps is not None:
        yield there.app.in_(sorted(wanted.apps))
    if wanted.search:
        yield there.title.icontains(wanted.search, autoescape=True)


def _page(
    unit: UnitOfWork, statement: sa.Select[Any], column: Any, wanted: BoxFilter, limit: int
) -> Sequence[Row]:
    if wanted.after is not None:
        beyond = column > wanted.after if wanted.oldest_first else column < wanted.after
        statement = statement.where(beyond)
    order = column.asc() if wanted.oldest_first else column.desc()
    rows = unit.connection.execute(statement.order_by(order).limit(limit)).mappings()
    return [_row(row) for row in rows]


def _row(row: Mapping[Any, Any]) -> Row:
    instance = StoredInstance(**{name: row[f"i_{name}"] for name in StoredInstance.__dataclass_fields__})
    if "t_id" not in row:
        return None, instance
    return StoredTask(**{name: row[f"t_{name}"] for name in StoredTask.__dataclass_fields__}), instance


def _grouped(column: Any) -> list[Any]:
    return [column] if isinstance(column, sa.Column) else []


_TASK = [workflow_task.c[name].label(f"t_{name}") for name in StoredTask.__dataclass_fields__]
_INSTANCE = [workflow_instance.c[name].label(f"i_{name}") for name in StoredInstance.__dataclass_fields__]
_JOINED = workflow_task.join(workflow_instance, workflow_instance.c.id == workflow_task.c.instance_id)
