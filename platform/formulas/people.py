"""What expressions ask of the people of a workspace; `directory.Directory` answers it."""

from collections.abc import Hashable, Iterable, Sequence
from typing import Protocol


class People(Hashable, Protocol):
    """Ids of people and departments; whoever is not known has nothing."""

    def user_ids(self) -> Iterable[int]:
        """Everybody, those who left included."""

    def department_ids(self) -> Iterable[int]:
        """All departments, closed ones included."""

    def manager(self, user_id: int, level: int = 1) -> int | None:
        """The manager (level 1), the manager's manager (2), and so on."""

    def subordinates(self, user_id: int) -> frozenset[int]:
        """Everybody whom somebody manages, over any number of levels."""

    def departments_of(self, user_id: int) -> Sequence[int]:
        """The departments of somebody, the main one first."""

    def roles_of(self, user_id: int) -> Sequence[str]:
        """The roles that somebody has in the whole workspace, in order."""

    def roles_for_departments(self, user_id: int) -> Sequence[str]:
        """The roles that somebody has for single departments, in order."""

    def has_role(self, user_id: int, role: str, department_id: int | None = None) -> bool:
        """Whether somebody has a role in the workspace, or for a department or one above it."""

    def organisation_of(self, user_id: int) -> int | None:
        """The external organisation that somebody is of; None for one's own people."""

    def heads_of(self, department_id: int, level: int = 1) -> Sequence[int]:
        """The heads of a department (level 1), of the one above it (2), and so on."""

    def below(self, department_id: int) -> Sequence[int]:
        """A department and all below it, in the order of their ids."""

    def is_in(self, user_id: int, department_id: int, *, with_below: bool = True) -> bool:
        """Whether somebody, active or not, is in a department, or in one below it."""

    def user_text(self, user_id: int, name: str) -> str | None:
        """The "name", "email", "department" or "manager" of somebody in words."""

    def department_text(self, department_id: int, name: str) -> str | None:
        """The "name", "path" or "heads" of a department in words."""


class Nobody:
    """A workspace without people."""

    def user_ids(self) -> Iterable[int]:
        return ()

    def department_ids(self) -> Iterable[int]:
        return ()

    def manager(self, user_id: int, level: int = 1) -> int | None:
        return None

    def subordinates(self, user_id: int) -> frozenset[int]:
        return frozenset()

    def departments_of(self, user_id: int) -> Sequence[int]:
        return ()

    def roles_of(self, user_id: int) -> Sequence[str]:
        return ()

    def roles_for_departments(self, user_id: int) -> Sequence[str]:
        return ()

    def has_role(self, user_id: int, role: str, department_id: int | None = None) -> bool:
        return False

    def organisation_of(self, user_id: int) -> int | None:
        return None

    def heads_of(self, department_id: int, level: int = 1) -> Sequence[int]:
        return ()

    def below(self, department_id: int) -> Sequence[int]:
        return ()

    def is_in(self, user_id: int, department_id: int, *, with_below: bool = True) -> bool:
        return False

    def user_text(self, user_id: int, name: str) -> str | None:
        return None

    def department_text(self, department_id: int, name: str) -> str | None:
        return None


NOBODY = Nobody()
