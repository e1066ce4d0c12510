"""The people and departments of a workspace: found by what somebody typed, and as an organisation."""

import re
from collections.abc import Iterable, Iterator, Mapping
from functools import cached_property
from typing import Protocol, TypeVar

from joinery.directory.model import (
    Actor,
    Circle,
    Department,
    DepartmentRole,
    ExternalOrganisation,
    GivenCircle,
    GroupMember,
    OrganisationKind,
    Role,
    User,
)
from joinery.directory.tree import DepartmentTree

#: What stands between the names of a path.
_PATH_SIGNS = re.compile(r"[/>\\]")

Found = TypeVar("Found", bound="_Named")


class _Named(Protocol):
    @property
    def name(self) -> str: ...


class Directory:
    """The people and departments of one workspace at one moment; never changes."""

    def __init__(
        self,
        users: Iterable[User] = (),
        departments: Iterable[Department] = (),
        roles: Iterable[Role] = (),
        group_members: Iterable[GroupMember] = (),
        organisations: Iterable[ExternalOrganisation] = (),
        circles: Iterable[GivenCircle] = (),
    ) -> None:
        self._users = {user.id: user for user in users}
        self._departments = {department.id: department for department in departments}
        self._organisations = {organisation.id: organisation for organisation in organisations}
        #: What people of each external organisation may look up, once somebody asked.
        self._outside: dict[int, Directory] = {}
        #: Roles of the workspace by key; those that apps bring are not among them.
        self.roles: Mapping[str, Role] = {role.key: role for role in roles}
        #: Whom the workspace put into permission groups.
        self.group_members = tuple(group_members)
        #: What application administrators were given, in the order in which it was given.
        self.circles = tuple(circles)
        self.tree = DepartmentTree(self._departments.values())
        self._by_email = {_folded(user.email): user for user in self._users.values() if user.email}
        self._users_by_name = _by_name(self._users.values())
        self._departments_by_name = _by_name(self._departments.values())
        self._organisations_by_name = _by_name(self._organisations.values())

    @property
    def users(self) -> tuple[User, ...]:
        """Everybody, those who left included."""
        return tuple(self._users.values())

    @property
    def departments(self) -> tuple[Department, ...]:
        """All departments, closed ones included, in the order in which they are shown."""
        return tuple(self._departments.values())

    @property
    def organisations(self) -> tuple[ExternalOrganisation, ...]:
        """All external organisations, those switched off included, in the order of their names."""
        return tuple(self._organisations.values())

    @property
    def own_people(self) -> tuple[User, ...]:
        """Everybody who is of no external organisation, those who left included."""
        return tuple(user for user in self._users.values() if user.organisation_id is None)

    def organisation(self, organisation_id: int) -> ExternalOrganisation | None:
        """The external organisation with this id."""
        return self._organisations.get(organisation_id)

    def find_organisation(self, text: str) -> ExternalOrganisation | None:
        """The external organisation with exactly this name, in any case.

        None when several have it; of these the only one that is switched on is meant.
        """
        namesakes = self._organisations_by_name.get(_folded(text), [])
        return _only(namesakes) or _only([one for one in namesakes if one.active])

    def contacts(self, organisation_id: int) -> tuple[User, ...]:
        """The people of an external organisation, those who left included."""
        return tuple(user for user in self._users.values() if user.organisation_id == organisation_id)

    def known_to(self, actor: Actor) -> "Directory":
        """Whom somebody may look up: for people from outside only those of their organisation."""
        if actor.organisation_id is None or actor.is_admin:
            return self
        return self._known_outside(actor.organisation_id)

    def _known_outside(self, organisation_id: int) -> "Directory":
        if organisation_id not in self._outside:
            own = self._organisations.get(organisation_id)
            self._outside[organisation_id] = Directory(
                self.contacts(organisation_id), organisations=[own] if own else ()
            )
        return self._outside[organisation_id]

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
        """The department with exactly this name or path ("Sales / North"), in any case.

        None when several have it; of these the only open one is meant. A path may begin anywhere.
        """
        return self._named_department(text) or self._department_at(text)

    def _named_department(self, text: str) -> Department | None:
        namesakes = self._departments_by_name.get(_folded(text), [])
        return _only(namesakes) or _only([one for one in namesakes if one.active])

    def _department_at(self, text: str) -> Department | None:
        names = tuple(_folded(name) for name in _PATH_SIGNS.split(text))
        if len(names) < 2:
            return None
        found = [
            one
            for one in self._departments_by_name.get(names[-1], [])
            if tuple(map(_folded, self.tree.name_path(one.id)))[-len(names) :] == names
        ]
        return _only(found) or _only([one for one in found if one.active])

    def user_names(self) -> Mapping[int, str]:
        """The name of each user by id."""
        return {user.id: user.name for user in self._users.values()}

    def user_ids(self) -> Iterable[int]:
        """Everybody, those who left included."""
        return self._users.keys()

    def department_ids(self) -> Iterable[int]:
        """All departments, closed ones included."""
        return self._departments.keys()

    def departments_of(self, user_id: int) -> tuple[int, ...]:
        """The departments of a user, the main one first."""
        user = self._users.get(user_id)
        return user.department_ids if user else ()

    def roles_of(self, user_id: int) -> tuple[str, ...]:
        """The roles that a user has in the whole workspace, in order."""
        user = self._users.get(user_id)
        return tuple(sorted(user.roles)) if user else ()

    def roles_for_departments(self, user_id: int) -> tuple[str, ...]:
        """The roles that a user has for single departments, in order."""
        user = self._users.get(user_id)
        return tuple(sorted({one.role for one in user.department_roles})) if user else ()

    def groups_of(self, user_id: int) -> frozenset[str]:
        """The permission groups ("app.form.group") that the workspace put a user in."""
        return frozenset(one.group for one in self.group_members if self._is_meant(one, user_id))

    def actor(self, user_id: int, *, language: str, workspace: str) -> Actor | None:
        """Somebody as the one who acts, with the rights he has now; None for people who left."""
        user = self._users.get(user_id)
        if user is None or not user.active:
            return None
        return Actor(
            user_id=user.id,
            name=user.name,
            email=user.email,
            roles=user.roles,
            is_admin=user.is_admin,
            department_ids=user.department_ids,
            language=language,
            workspace=workspace,
            department_roles=frozenset(one.role for one in user.department_roles),
            groups=self.groups_of(user_id),
            organisation_id=user.organisation_id,
            external=self.kind_of(user),
            circle=self.circle_of(user),
        )

    def circle_of(self, user: User) -> Circle | None:
        """What somebody administers as an application administrator, in his own right or by a role; None of
        whoever is none. Programs and people from outside never are, whatever roles they have."""
        if user.service or user.organisation_id is not None:
            return None
        found: Circle | None = None
        for given in self.circles:
            if given.user_id == user.id or given.role in user.roles:
                circle = self._spread(given)
                found = circle if found is None else found.joined(circle)
        return found

    def _spread(self, given: GivenCircle) -> Circle:
        below = (self.tree.with_below(one) for one in given.department_ids)
        return Circle(apps=given.apps, departments=frozenset().union(*below), roles=given.roles)

    def kind_of(self, user: User) -> OrganisationKind | None:
        """The kind of the external organisation that somebody is of; None for one's own people."""
        found = None if user.organisation_id is None else self._organisations.get(user.organisation_id)
        return found.kind if found else None

    def organisation_of(self, user_id: int) -> int | None:
        """The external organisation that a user, active or not, is of."""
        user = self._users.get(user_id)
        return user.organisation_id if user else None

    def _is_meant(self, member: GroupMember, user_id: int) -> bool:
        if member.kind == "user":
            return member.id == user_id
        if member.kind == "organisation":
            return self.organisation_of(user_id) == member.id
        return self.is_in(user_id, member.id, with_below=member.with_below)

    def heads_of(self, department_id: int, level: int = 1) -> tuple[int, ...]:
        """The heads of a department (level 1), of the one above it (2), and so on."""
        return self.tree.heads(department_id, level)

    def below(self, department_id: int) -> tuple[int, ...]:
        """A department and all departments below it, in the order of their ids."""
        return tuple(sorted(self.tree.with_below(department_id)))

    def is_in(self, user_id: int, department_id: int, *, with_below: bool = True) -> bool:
        """Whether a user, active or not, is in a department, or in one below it."""
        own = self.departments_of(user_id)
        if not with_below:
            return department_id in own
        return any(department_id in self._around.get(one, ()) for one in own)

    def user_text(self, user_id: int, name: str) -> str | None:
        """The "name", "email", "department" or "manager" of a user in words; None where there is none."""
        user = self._users.get(user_id)
        if user is None:
            return None
        if name == "department":
            return self.department_text(user.department_ids[0], "name") if user.department_ids else None
        if name == "manager":
            manager = self.manager(user_id)
            return None if manager is None else self._users[manager].name
        return (user.email if name == "email" else user.name) or None

    def department_text(self, department_id: int, name: str) -> str | None:
        """The "name", "path" or "heads" of a department in words; None where there is none."""
        department = self._departments.get(department_id)
        if department is None:
            return None
        if name == "path":
            return " / ".join(self.tree.name_path(department_id))
        if name == "heads":
            heads = (self._users.get(head) for head in department.head_ids)
            return ", ".join(head.name for head in heads if head) or None
        return department.name

    def members(self, department_id: int, *, with_below: bool = False) -> tuple[User, ...]:
        """The active people of a department; `with_below` also those of all departments below it."""
        wanted = self.tree.with_below(department_id) if with_below else frozenset({department_id})
        return tuple(
            user for user in self._users.values() if user.active and wanted.intersection(user.department_ids)
        )

    def manager(self, user_id: int, level: int = 1) -> int | None:
        """The manager of a user (level 1), the manager's manager (2), and so on; None when there is none.

        It is the person who was named; else the first head of the main department, or of the departments
        above it when that has none. Whoever heads a department is managed from above. People who left
        manage nobody.
        """
        for place, manager in enumerate(self._managers(user_id), start=1):
            if place == level:
                return manager
        return None

    def manager_chain(self, user_id: int) -> tuple[int, ...]:
        """All managers of a user, the nearest first; it ends where it would come back to somebody."""
        return tuple(self._managers(user_id))

    def subordinates(self, user_id: int) -> frozenset[int]:
        """Everybody, active or not, whom this user manages, over any number of levels."""
        found: set[int] = set()
        waiting = list(self._reports.get(user_id, ()))
        while waiting:
            current = waiting.pop()
            if current not in found and current != user_id:
                found.add(current)
                waiting.extend(self._reports.get(current, ()))
        return frozenset(found)

    def has_role(self, user_id: int, role: str, department_id: int | None = None) -> bool:
        """Whether a user has a role: in the whole workspace, or for a department or one above it."""
        user = self._users.get(user_id)
        if user is None:
            return False
        if role in user.roles:
            return True
        if department_id is None:
            return False
        line = {one.id for one in self.tree.upwards(department_id)}
        return any(one.role == role and one.department_id in line for one in user.department_roles)

    def holders(self, role: str, department_id: int | None = None) -> tuple[User, ...]:
        """The active people with a role; for a department those of the nearest one that has any.

        "Finance of the branch" is asked for the branch, then for what is above it, then for the workspace.
        """
        active = [user for user in self._users.values() if user.active]
        for department in self.tree.upwards(department_id) if department_id is not None else ():
            wanted = DepartmentRole(role=role, department_id=department.id)
            if found := tuple(user for user in active if wanted in user.department_roles):
                return found
        return tuple(user for user in active if role in user.roles)

    def _managers(self, user_id: int) -> Iterator[int]:
        seen = {user_id}
        current = self._direct_manager(user_id)
        while current is not None and current not in seen:
            yield current
            seen.add(current)
            current = self._direct_manager(current)

    def _direct_manager(self, user_id: int) -> int | None:
        user = self._users.get(user_id)
        if user is None:
            return None
        if user.manager_id is not None and user.manager_id != user_id and self._is_active(user.manager_id):
            return user.manager_id
        if not user.department_ids:
            return None
        for department in self.tree.upwards(user.department_ids[0]):
            heads = [one for one in department.head_ids if self._is_active(one)]
            if heads and user_id not in heads:
                return heads[0]
        return None

    def _is_active(self, user_id: int) -> bool:
        user = self._users.get(user_id)
        return user is not None and user.active

    @cached_property
    def _around(self) -> Mapping[int, frozenset[int]]:
        """Each department with all departments above it."""
        return {one: frozenset(above.id for above in self.tree.upwards(one)) for one in self._departments}

    @cached_property
    def _reports(self) -> Mapping[int, tuple[int, ...]]:
        """The people whom each manager manages directly."""
        found: dict[int, list[int]] = {}
        for user_id in self._users:
            manager = self._direct_manager(user_id)
            if manager is not None:
                found.setdefault(manager, []).append(user_id)
        return {manager: tuple(reports) for manager, reports in found.items()}


def _folded(text: str) -> str:
    return " ".join(text.split()).casefold()


def _by_name(things: Iterable[Found]) -> dict[str, list[Found]]:
    found: dict[str, list[Found]] = {}
    for thing in things:
        found.setdefault(_folded(thing.name), []).append(thing)
    return found


def _only(things: list[Found]) -> Found | None:
    return things[0] if len(things) == 1 else None
