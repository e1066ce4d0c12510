"""People and how they are organised: users, departments, and the actor of a use case."""

from joinery.directory.directory import Directory
from joinery.directory.model import Actor, Department, User

__all__ = ["Actor", "Department", "Directory", "User"]
