"""The list of workspaces."""

from collections.abc import Sequence
from datetime import datetime

import sqlalchemy as sa

from joinery.kernel import NotFound
from joinery.storage.system_tables import member, workspace
from joinery.storage.unit_of_work import WORKSPACE_COLUMNS, UnitOfWork, Workspace
from joinery.storage.workspace_schema import create_workspace_schema, schema_name, upgrade_workspace_schema

_BY_KEY = sa.select(*WORKSPACE_COLUMNS).where(workspace.c.key == sa.bindparam("key"))


def create_workspace(
    unit: UnitOfWork,
    key: str,
    *,
    name: str,
    at: datetime,
    time_zone: str = "UTC",
    currency: str = "CNY",
    language: str = "en",
    demo: bool = False,
) -> Workspace:
    """Make a workspace with its schema; DuplicateValue when the key is taken."""
    statement = (
        workspace.insert()
        .values(
            key=key,
            name=name,
            schema_name=schema_name(key),
            time_zone=time_zone,
            currency=currency,
            language=language,
            demo=demo,
            created_at=at,
        )
        .returning(*WORKSPACE_COLUMNS)
    )
    row = unit.connection.execute(statement).mappings().one()
    create_workspace_schema(unit.connection, row["schema_name"])
    return Workspace(**row)


def get_workspace(unit: UnitOfWork, key: str) -> Workspace:
    """The workspace with this key; NotFound."""
    row = unit.connection.execute(_BY_KEY, {"key": key}).mappings().one_or_none()
    if row is None:
        raise NotFound(kind={"en": "workspace", "zh": "工作区"})
    return Workspace(**row)


def list_workspaces(unit: UnitOfWork) -> Sequence[Workspace]:
    """All workspaces by key."""
    rows = unit.connection.execute(sa.select(*WORKSPACE_COLUMNS).order_by(workspace.c.key)).mappings()
    return [Workspace(**row) for row in rows]


def upgrade_workspaces(unit: UnitOfWork) -> None:
    """Bring the fixed tables of every workspace to the newest version."""
    for found in list_workspaces(unit):
        upgrade_workspace_schema(unit.connection, found.schema_name)


def touch_directory(unit: UnitOfWork) -> None:
    """Note that people or departments of the unit's workspace changed: directories are read again."""
    _touch(unit, workspace.c.directory_stamp)


def touch_directories_of(unit: UnitOfWork, user_id: int) -> None:
    """Note that somebody changed, in every workspace in which he works."""
    here = sa.select(member.c.workspace_id).where(member.c.user_id == user_id)
    unit.connection.execute(
        workspace.update()
        .where(workspace.c.id.in_(here))
        .values(directory_stamp=workspace.c.directory_stamp + 1)
    )
    unit.forget_workspace()


def touch_apps(unit: UnitOfWork) -> None:
    """Note that a version was published in the unit's workspace."""
    _touch(unit, workspace.c.apps_stamp)


def _touch(unit: UnitOfWork, stamp: sa.Column[int]) -> None:
    unit.connection.execute(
        workspace.update().where(workspace.c.schema_name == unit.schema).values({stamp.name: stamp + 1})
    )
    unit.forget_workspace()
