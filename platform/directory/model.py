"""The people of a workspace as plain values."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Actor:
    """The one who acts now: a signed-in user, or the system itself (`user_id` is None)."""

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


@dataclass(frozen=True, slots=True, kw_only=True)
class User:
    """A person who signs in; one who left stays known as inactive."""

    id: int
    name: str
    email: str
    active: bool = True
    department_ids: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Department:
    """A place in the organisation tree; the topmost have no parent."""

    id: int
    name: str
    parent_id: int | None = None
