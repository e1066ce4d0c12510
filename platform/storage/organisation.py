"""Changing departments, roles and memberships; who calls it notes that the directory changed."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql as pg

from joinery.directory import DepartmentRole, GroupMember
from joinery.storage.system_tables import member, user
from joinery.storage.unit_of_work import UnitOfWork
from joinery.storage.workspace_tables import department, department_role, permission_group_member, role


def add_department(unit: UnitOfWork, *, name: str, parent_id: int | None, head_ids: Sequence[int]) -> int:
    """A new department; returns its id."""
    statement = department.insert().values(name=name, parent_id=parent_id, head_ids=list(head_ids))
    added: int = unit.connection.execute(statement.returning(department.c.id)).scalar_one()
    return added


def change_department(unit: UnitOfWork, department_id: int, **values: Any) -> None:
    """Set columns of a department."""
    unit.connection.execute(department.update().where(department.c.id == department_id).values(values))


def order_departments(unit: UnitOfWork, ids: Sequence[int]) -> None:
    """Put departments into this order among each other."""
    place = sa.case({one: index for index, one in enumerate(ids)}, value=department.c.id)
    unit.connection.execute(department.update().where(department.c.id.in_(ids)).values(position=place))


def save_role(unit: UnitOfWork, key: str, label: Mapping[str, str]) -> None:
    """A role of the workspace, new or with another label."""
    statement = pg.insert(role).values(key=key, label=dict(label))
    unit.connection.execute(
        statement.on_conflict_do_update(index_elements=[role.c.key], set_={"label": dict(label)})
    )


def delete_role(unit: UnitOfWork, key: str) -> None:
    """Forget a role of the workspace, and that people of it have it."""
    unit.connection.execute(role.delete().where(role.c.key == key))
    unit.connection.execute(department_role.delete().where(department_role.c.role == key))
    unit.connection.execute(
        member.update()
        .where(member.c.workspace_id == unit.workspace.id, member.c.roles.contains([key]))
        .values(roles=sa.func.array_remove(member.c.roles, key))
    )


def save_group_members(
    unit: UnitOfWork, app: str, form: str, group: str, members: Iterable[GroupMember]
) -> None:
    """Whom the workspace puts into a permission group from now on, in place of those before."""
    table = permission_group_member
    place = {"app": app, "form": form, "group_key": group}
    unit.connection.execute(table.delete().where(*(table.c[name] == value for name, value in place.items())))
    rows = [{**place, "kind": one.kind, "member_id": one.id, "with_below": one.with_below} for one in members]
    if rows:
        unit.connection.execute(table.insert(), rows)


def change_member(unit: UnitOfWork, user_id: int, **values: Any) -> None:
    """Set columns of somebody's membership in the unit's workspace."""
    unit.connection.execute(
        member.update()
        .where(member.c.workspace_id == unit.workspace.id, member.c.user_id == user_id)
        .values(values)
    )


def change_user(unit: UnitOfWork, user_id: int, **values: Any) -> None:
    """Set columns of somebody in all workspaces."""
    unit.connection.execute(user.update().where(user.c.id == user_id).values(values))


def set_department_roles(unit: UnitOfWork, user_id: int, roles: Iterable[DepartmentRole]) -> None:
    """The roles that somebody has for departments, instead of those before."""
    unit.connection.execute(department_role.delete().where(department_role.c.user_id == user_id))
    rows = [{"user_id": user_id, "role": one.role, "department_id": one.department_id} for one in roles]
    if rows:
        unit.connection.execute(department_role.insert(), rows)


def works_elsewhere(unit: UnitOfWork, user_id: int) -> bool:
    """Whether somebody is a member of another workspace too."""
    other = sa.exists().where(member.c.user_id == user_id, member.c.workspace_id != unit.workspace.id)
    return bool(unit.connection.execute(sa.select(other)).scalar_one())
