"""Finding people and departments by what somebody typed or stored."""

from collections.abc import Iterable, Mapping
from typing import Protocol, TypeVar

from joinery.directory.model import Department, User

Found = TypeVar("Found", bound="_Named")


class _Named(Protocol):
    @property
    def name(self) -> str: ...


class Directory:
    """The people and departments of one workspace at one moment; never changes."""

    def __init__(self, users: Iterable[User] = (), departments: Iterable[Department] = ()) -> None:
        self._users = {user.id: user for user in users}
        self._departments = {department.id: department for department in departments}
        self._by_email = {_folded(user.email): user for user in self._users.values() if user.email}
        self._users_by_name = _by_name(self._users.values())
        self._departments_by_name = _by_name(self._departments.values())

    @property
    def users(self) -> tuple[User, ...]:
        """Everybody, those who left included."""
        return tuple(self._users.values())

    @property
    def departments(self) -> tuple[Department, ...]:
        """All departments."""
        return tuple(self._departments.values())

    def user(self, user_id: int) -> User | None:
        """The user with this id."""
        return self._users.get(user_id)

    def department(self, department_id: int) -> Department | None:
        """The department with this id."""
        return self._departments.get(department_id)

    def find_user(self, text: str) -> User | None:
        """The user with this e-mail address or exactly this name, in any case.

        Of several people with one name the only active one is meant; when that does not decide, nobody is.
        """
        wanted = _folded(text)
        if user := self._by_email.get(wanted):
            return user
        namesakes = self._users_by_name.get(wanted, [])
        return _only(namesakes) or _only([user for user in namesakes if user.active])

    def find_department(self, text: str) -> Department | None:
        """The department with exactly this name, in any case; None when several have it."""
        return _only(self._departments_by_name.get(_folded(text), []))

    def user_names(self) -> Mapping[int, str]:
        """The name of each user by id."""
        return {user.id: user.name for user in self._users.values()}


def _folded(text: str) -> str:
    return " ".join(text.split()).casefold()


def _by_name(things: Iterable[Found]) -> dict[str, list[Found]]:
    found: dict[str, list[Found]] = {}
    for thing in things:
        found.setdefault(_folded(thing.name), []).append(thing)
    return found


def _only(things: list[Found]) -> Found | None:
    return things[0] if len(things) == 1 else None
