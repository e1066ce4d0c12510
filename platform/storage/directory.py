"""The people and departments of a workspace as one value, read again only after a change."""

from collections.abc import Mapping

import sqlalchemy as sa

from joinery.directory import (
    Department,
    DepartmentRole,
    Directory,
    ExternalOrganisation,
    GivenCircle,
    GroupMember,
    Role,
    User,
)
from joinery.storage.system_tables import external_organisation, is_here, member, user
from joinery.storage.unit_of_work import UnitOfWork
from joinery.storage.workspace_tables import (
    administrator_circle,
    department,
    department_role,
    permission_group_member,
    role,
)

#: What is stored for people who have no password yet: no password has this hash.
NO_PASSWORD = "!"

_DEPARTMENTS = sa.select(
    department.c.id,
    department.c.name,
    department.c.parent_id,
    department.c.head_ids,
    department.c.active,
).order_by(department.c.position, department.c.id)


def load(unit: UnitOfWork) -> Directory:
    """The directory of the unit's workspace."""
    workspace = unit.workspace
    key = ("directory", workspace.schema_name, workspace.directory_stamp)
    return unit.memory.get(key, lambda: read(unit))


def read(unit: UnitOfWork) -> Directory:
    """The directory as it stands in this transaction, read anew."""
    members = (
        sa.select(
            user.c.id,
            user.c.name,
            user.c.email,
            is_here().label("active"),
            sa.and_(user.c.password_hash == NO_PASSWORD, ~user.c.service).label("invited"),
            user.c.service,
            member.c.is_admin,
            member.c.department_ids,
            member.c.manager_id,
            member.c.roles,
            member.c.organisation_id,
        )
        .join(member, member.c.user_id == user.c.id)
        .where(member.c.workspace_id == unit.workspace.id)
        .order_by(user.c.id)
    )
    in_departments = _department_roles(unit)
    return Directory(
        users=[
            User(
                **{
                    **row,
                    "department_ids": tuple(row["department_ids"]),
                    "roles": frozenset(row["roles"]),
                },
                department_roles=in_departments.get(row["id"], ()),
            )
            for row in unit.connection.execute(members).mappings()
        ],
        departments=[
            Department(**{**row, "head_ids": tuple(row["head_ids"])})
            for row in unit.connection.execute(_DEPARTMENTS).mappings()
        ],
        roles=[
            Role(**row) for row in unit.connection.execute(sa.select(role).order_by(role.c.key)).mappings()
        ],
        group_members=_group_members(unit),
        organisations=_organisations(unit),
        circles=_circles(unit),
    )


def _circles(unit: UnitOfWork) -> list[GivenCircle]:
    statement = sa.select(administrator_circle).order_by(administrator_circle.c.id)
    return [
        GivenCircle(
            **{
                **row,
                "apps": None if row["apps"] is None else frozenset(row["apps"]),
                "department_ids": tuple(row["department_ids"]),
                "roles": frozenset(row["roles"]),
            }
        )
        for row in unit.connection.execute(statement).mappings()
    ]


def _organisations(unit: UnitOfWork) -> list[ExternalOrganisation]:
    table = external_organisation
    statement = (
        sa.select(table.c.id, table.c.name, table.c.kind, table.c.active)
        .where(table.c.workspace_id == unit.workspace.id)
        .order_by(sa.func.lower(table.c.name), table.c.id)
    )
    return [ExternalOrganisation(**row) for row in unit.connection.execute(statement).mappings()]


def _group_members(unit: UnitOfWork) -> list[GroupMember]:
    table = permission_group_member
    rows = unit.connection.execute(
        sa.select(table).order_by(
            table.c.app, table.c.form, table.c.group_key, table.c.kind, table.c.member_id
        )
    )
    return [
        GroupMember(
            group=f"{row.app}.{row.form}.{row.group_key}",
            kind=row.kind,
            id=row.member_id,
            with_below=row.with_below,
        )
        for row in rows
    ]


def _department_roles(unit: UnitOfWork) -> Mapping[int, tuple[DepartmentRole, ...]]:
    statement = sa.select(department_role).order_by(department_role.c.role, department_role.c.department_id)
    found: dict[int, tuple[DepartmentRole, ...]] = {}
    for row in unit.connection.execute(statement):
        one = DepartmentRole(role=row.role, department_id=row.department_id)
        found[row.user_id] = (*found.get(row.user_id, ()), one)
    return found
