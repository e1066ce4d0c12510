"""People and how they are organised: users, departments, roles, and the actor of a use case."""

from joinery.directory.directory import Directory
from joinery.directory.model import Actor, Department, DepartmentRole, GroupMember, Rights, Role, User
from joinery.directory.tree import DepartmentTree

__all__ = [
    "Actor",
    "Department",
    "DepartmentRole",
    "DepartmentTree",
    "Directory",
    "GroupMember",
    "Rights",
    "Role",
    "User",
]
