"""The people and departments of a workspace as one value, read again only after a change."""

import sqlalchemy as sa

from joinery.directory import Department, Directory, User
from joinery.storage.system_tables import member, user
from joinery.storage.unit_of_work import UnitOfWork
from joinery.storage.workspace_tables import department


def load(unit: UnitOfWork) -> Directory:
    """The directory of the unit's workspace."""
    workspace = unit.workspace
    key = ("directory", workspace.schema_name, workspace.directory_stamp)
    return unit.memory.get(key, lambda: _read(unit, workspace.id))


def _read(unit: UnitOfWork, workspace_id: int) -> Directory:
    members = (
        sa.select(user.c.id, user.c.name, user.c.email, user.c.active, member.c.department_ids)
        .join(member, member.c.user_id == user.c.id)
        .where(member.c.workspace_id == workspace_id)
        .order_by(user.c.id)
    )
    departments = sa.select(department.c.id, department.c.name, department.c.parent_id).order_by(
        department.c.id
    )
    return Directory(
        users=[
            User(
                id=row.id,
                name=row.name,
                email=row.email,
                active=row.active,
                department_ids=tuple(row.department_ids),
            )
            for row in unit.connection.execute(members)
        ],
        departments=[Department(**row) for row in unit.connection.execute(departments).mappings()],
    )
