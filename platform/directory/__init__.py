"""People and how they are organised: users, departments, roles, and the actor of a use case."""

from joinery.directory.directory import Directory
from joinery.directory.managing import Management
from joinery.directory.model import (
    ORGANISATION_KINDS,
    Actor,
    Circle,
    Department,
    DepartmentRole,
    ExternalOrganisation,
    GivenCircle,
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
    "Circle",
    "Department",
    "DepartmentRole",
    "DepartmentTree",
    "Directory",
    "ExternalOrganisation",
    "GivenCircle",
    "GroupMember",
    "Management",
    "OrganisationKind",
    "Rights",
    "Role",
    "User",
]
