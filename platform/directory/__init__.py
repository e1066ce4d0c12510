"""People and how they are organised: users, departments, roles, and the actor of a use case."""

from joinery.directory.directory import Directory
from joinery.directory.model import (
    ORGANISATION_KINDS,
    Actor,
    Department,
    DepartmentRole,
    ExternalOrganisation,
    GroupMember,
    OrganisationKind,
    Rights,
    Role,
    User,
)
from joinery.directory.tree import DepartmentTree

__all__ = [
    "ORGANISATION_KINDS",
    "Actor",
    "Department",
    "DepartmentRole",
    "DepartmentTree",
    "Directory",
    "ExternalOrganisation",
    "GroupMember",
    "OrganisationKind",
    "Rights",
    "Role",
    "User",
]
