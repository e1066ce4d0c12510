"""The people of a workspace as plain values."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

#: What an external organisation is to us.
OrganisationKind = Literal["customer", "dealer", "supplier"]
ORGANISATION_KINDS: tuple[OrganisationKind, ...] = ("customer", "dealer", "supplier")


@dataclass(frozen=True, slots=True, kw_only=True)
class Rights:
    """What a person's access to forms depends on; people with the same rights share what is found out of it.

    `groups` are the permission groups that the workspace put a person in by name, department or external
    organisation, as "app.form.group"; `department_roles` are roles that he has in some departments only.
    `apps` are the only apps that he may enter now, None for all. `external` is the kind of the external
    organisation that somebody comes from, None for one's own people. An administrator of every app counts
    as `is_admin`; `administered` are the apps of one who administers some.
    """

    is_admin: bool
    roles: frozenset[str]
    department_roles: frozenset[str]
    groups: frozenset[str]
    apps: frozenset[str] | None = None
    external: OrganisationKind | None = None
    administered: frozenset[str] = frozenset()

    def administers(self, app: str) -> bool:
        """Whether nothing of an app is kept from these people."""
        return self.is_admin or app in self.administered


@dataclass(frozen=True, slots=True, kw_only=True)
class Circle:
    """What an application administrator administers.

    `apps` are the keys of apps, None for all of them, those to come included; `departments` are the ids of
    departments, all those below them counted in; `roles` are those that he may give to people there.
    """

    apps: frozenset[str] | None = frozenset()
    departments: frozenset[int] = frozenset()
    roles: frozenset[str] = frozenset()

    def joined(self, other: "Circle") -> "Circle":
        """Both circles together."""
        everything = self.apps is None or other.apps is None
        return Circle(
            apps=None if everything else (self.apps or frozenset()) | (other.apps or frozenset()),
            departments=self.departments | other.departments,
            roles=self.roles | other.roles,
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class GivenCircle:
    """A circle as it was given, to a person or to all who have a role: one of `user_id` and `role` is None.

    Of `department_ids` the departments below are meant, too. `given_by` is None for the system itself.
    """

    id: int
    user_id: int | None
    role: str | None
    apps: frozenset[str] | None
    department_ids: tuple[int, ...]
    roles: frozenset[str]
    given_at: datetime
    given_by: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Actor:
    """The one who acts now: a signed-in user, or the system itself (`user_id` is None).

    `is_admin` are administrators of the whole workspace; `circle` is that of an application administrator.
    """

    user_id: int | None
    name: str
    email: str = ""
    roles: frozenset[str] = frozenset()
    is_admin: bool = False
    department_ids: tuple[int, ...] = ()
    #: Language of the interface, "en" or "zh-CN".
    language: str = "en"
    #: Key of the workspace in which the actor works.
    workspace: str = ""
    department_roles: frozenset[str] = frozenset()
    groups: frozenset[str] = frozenset()
    #: Keys of the apps to which an API key is limited; None for all.
    apps: frozenset[str] | None = None

    #: The external organisation that somebody comes from, and its kind.
    organisation_id: int | None = None
    external: OrganisationKind | None = None
    circle: Circle | None = None

    def may_enter(self, app: str) -> bool:
        """Whether the actor may have to do with an app at all."""
        return self.apps is None or app in self.apps

    def administers(self, app: str) -> bool:
        """Whether the actor designs, publishes and administers an app."""
        return self.may_enter(app) and self.rights.administers(app)

    @property
    def administered(self) -> frozenset[str] | None:
        """The apps that the actor administers, as far as he may enter them; None for all."""
        rights = self.rights
        if rights.is_admin or self.apps is None:
            return self.apps if rights.is_admin else rights.administered
        return rights.administered & self.apps

    @property
    def administers_people(self) -> bool:
        """Whether there are departments whose people the actor manages."""
        return self.is_admin or bool(self.circle and self.circle.departments)

    @property
    def administers_something(self) -> bool:
        """Whether the actor is an administrator of any kind."""
        return self.is_admin or self.circle is not None

    @property
    def rights(self) -> Rights:
        """What the actor's access to forms depends on."""
        administered = self.circle.apps if self.circle else frozenset()
        return Rights(
            is_admin=self.is_admin or administered is None,
            roles=self.roles,
            department_roles=self.department_roles,
            groups=self.groups,
            apps=self.apps,
            external=self.external,
            administered=administered or frozenset(),
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class DepartmentRole:
    """A role that somebody has for one department and those below it: finance of a branch."""

    role: str
    department_id: int


@dataclass(frozen=True, slots=True, kw_only=True)
class User:
    """A person who signs in; one who left stays known as inactive.

    The first of `department_ids` is the main department. `manager_id` is the manager who was named;
    without one the heads of departments are asked (`Directory.manager`). Whoever was `invited` has no
    password yet. A `service` account is a program, which has none ever. People of an external organisation
    (`organisation_id`) have no department, role or manager, and are inactive while it is switched off.
    """

    id: int
    name: str
    email: str
    active: bool = True
    invited: bool = False
    is_admin: bool = False
    department_ids: tuple[int, ...] = ()
    manager_id: int | None = None
    roles: frozenset[str] = frozenset()
    department_roles: tuple[DepartmentRole, ...] = ()
    service: bool = False
    organisation_id: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ExternalOrganisation:
    """A partner company; switched off (not active), nobody of it can sign in."""

    id: int
    name: str
    kind: OrganisationKind
    active: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Department:
    """A place in the organisation tree; the topmost have no parent, a closed one is no longer active."""

    id: int
    name: str
    parent_id: int | None = None
    #: In their order: the first is asked first.
    head_ids: tuple[int, ...] = ()
    active: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class GroupMember:
    """A user, department or external organisation (`kind`) that the workspace put into a permission group,
    "app.form.group".

    With `with_below` the people of all departments below are meant, too.
    """

    group: str
    kind: Literal["user", "department", "organisation"]
    id: int
    with_below: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Role:
    """What a person is in the company; `label` is per language. Apps bring roles of their own."""

    key: str
    label: Mapping[str, str]
