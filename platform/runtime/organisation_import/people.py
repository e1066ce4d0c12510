"""People from a file, known by their addresses: new ones come, others change their place."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import sqlalchemy as sa

from joinery.directory import Actor, Directory, User
from joinery.kernel import LANGUAGES, Issues
from joinery.runtime.importing.mapping import normalise
from joinery.runtime.organisation_import.finding import find_department, find_person, find_role
from joinery.runtime.organisation_import.rows import Row
from joinery.runtime.people.departments import department_json
from joinery.runtime.people.members import person_json
from joinery.runtime.people.organising import app_roles, note
from joinery.runtime.people.people import identity_issues, insert_user
from joinery.runtime.unit import Unit
from joinery.storage import directory, organisation, system_tables

_LANGUAGES = {"en": "en", "english": "en", "英文": "en", "英语": "en", "zh": "zh-CN", "zhcn": "zh-CN"}
_LANGUAGES |= {"chinese": "zh-CN", "中文": "zh-CN", "简体中文": "zh-CN"}

#: Columns of the membership, as they are stored.
_MEMBERSHIP = ("department_ids", "roles", "manager_id")


@dataclass(slots=True)
class PeoplePlan:
    """What the file makes of the people. New ones have negative ids until they are stored.

    `added` and `changed` give the values by id; `heads` whom departments get as heads.
    """

    known: Directory
    added: dict[int, dict[str, Any]] = field(default_factory=dict)
    changed: dict[int, dict[str, Any]] = field(default_factory=dict)
    heads: dict[int, list[int]] = field(default_factory=dict)
    unchanged: int = 0


class _Reading:
    """One look at a file of people."""

    def __init__(self, unit: Unit, known: Directory, rows: Sequence[Row], issues: Issues) -> None:
        self.known = known
        self.rows = rows
        self.issues = issues
        self.roles = {**app_roles(unit), **{role.key: role.label for role in known.roles.values()}}
        self.by_email = {user.email.casefold(): user for user in known.own_people if user.email}
        self.elsewhere = _known_elsewhere(unit, [row.cells["email"] for row in rows])
        self.bound = _work_elsewhere(unit)
        #: Who each row is about, and where the names of the file lead.
        self.ids: dict[int, int] = {}
        self.named: dict[str, list[int]] = {}
        self.managers = {user.id: user.manager_id for user in known.users}
        self.plan = PeoplePlan(known)

    def read(self) -> PeoplePlan:
        for row in self.rows:
            self._identify(row)
        for row in self.rows:
            if row.number in self.ids:
                self._place(row, self.ids[row.number])
        self._check_circles()
        return self.plan

    def _identify(self, row: Row) -> None:
        """Whom the row is about: somebody here, or somebody new."""
        email, name = row.cells["email"], row.cells["name"]
        key = email.casefold()
        user = self.by_email.get(key)
        wrong = identity_issues(email, name if user is None or name else None)
        self.issues.extend(wrong, under=f"/rows/{row.number}")
        if key in self.named and any(one in self.ids.values() for one in self.named[key]):
            self.issues.add(row.path("email"), "given_twice")
        elif user is not None and not user.active:
            self.issues.add(row.path("email"), "organisation_person_left", name=user.name)
        elif user is None and key in self.elsewhere:
            self.issues.add(row.path("email"), "email_taken")
        elif user is not None and name and name != user.name and user.id in self.bound:
            self.issues.add(row.path("name"), "user_works_elsewhere")
        elif not wrong:
            person = user.id if user is not None else -row.number
            self.ids[row.number] = person
            self.named.setdefault(key, []).append(person)
            self.named.setdefault((name or (user.name if user else "")).casefold(), []).append(person)

    def _place(self, row: Row, person: int) -> None:
        """What the row says about somebody; a blank cell leaves it as it is."""
        user = self.known.user(person)
        values: dict[str, Any] = {}
        if row.cells["name"]:
            values["name"] = row.cells["name"]
        if row.cells["departments"]:
            values["department_ids"] = self._departments(row, "departments")
        if row.cells["roles"]:
            roles = (
                find_role(self.roles, one, row.path("roles"), self.issues) for one in row.listed("roles")
            )
            values["roles"] = sorted({one for one in roles if one is not None})
        if row.cells["manager"]:
            values["manager_id"] = self.managers[person] = self._manager(row)
        language = self._language(row)
        for department in self._departments(row, "head_of"):
            self._head(department, person)
        if user is None:
            self.plan.added[person] = {**values, "email": row.cells["email"], "language": language}
            return
        changes = {name: value for name, value in values.items() if value != _stored(user, name)}
        if changes:
            self.plan.changed[person] = changes
        else:
            self.plan.unchanged += 1

    def _departments(self, row: Row, part: str) -> list[int]:
        found = (find_department(self.known, one, row.path(part), self.issues) for one in row.places(part))
        return list(dict.fromkeys(one for one in found if one is not None))

    def _head(self, department_id: int, person: int) -> None:
        department = self.known.department(department_id)
        heads = self.plan.heads.get(department_id, list(department.head_ids) if department else [])
        if person not in heads:
            self.plan.heads[department_id] = [*heads, person]

    def _manager(self, row: Row) -> int | None:
        """Somebody of the file, or of the workspace."""
        text = row.cells["manager"]
        of_file = self.named.get(text.casefold(), [])
        if len(of_file) == 1:
            return of_file[0]
        user = find_person(self.known, text, row.path("manager"), self.issues)
        return None if user is None else user.id

    def _language(self, row: Row) -> str | None:
        text = row.cells["language"]
        if not text:
            return None
        found = _LANGUAGES.get(normalise(text))
        if found is None:
            self.issues.add(row.path("language"), "not_offered", allowed=", ".join(LANGUAGES))
        return found

    def _check_circles(self) -> None:
        for row in self.rows:
            person = self.ids.get(row.number)
            if person is None or not row.cells["manager"]:
                continue
            seen: set[int] = set()
            above = self.managers.get(person)
            while above is not None and above != person and above not in seen:
                seen.add(above)
                above = self.managers.get(above)
            if above == person:
                self.issues.add(row.path("manager"), "manager_circle", name=row.cells["manager"][:100])


def plan_people(unit: Unit, known: Directory, rows: Sequence[Row], issues: Issues) -> PeoplePlan:
    """What the rows mean; everything that is wrong with them is noted."""
    return _Reading(unit, known, rows, issues).read()


def save_people(unit: Unit, actor: Actor, plan: PeoplePlan) -> list[int]:
    """Do what was planned; each person is noted by himself. Gives the ids of the new ones."""
    ids: dict[int, int] = {}
    for new, values in plan.added.items():
        ids[new] = insert_user(
            unit,
            email=values["email"],
            name=values["name"],
            password_hash=directory.NO_PASSWORD,
            language=values["language"],
        )
    for person, values in {**plan.added, **plan.changed}.items():
        _save(unit, ids.get(person, person), values, ids)
    for department, heads in plan.heads.items():
        stored = [ids.get(one, one) for one in heads]
        organisation.change_department(unit, department, head_ids=stored)
    now = directory.read(unit)
    for new in ids.values():
        note(unit, actor, "user_added", None, _json(now, new))
    for person in plan.changed:
        note(unit, actor, "user_changed", _json(plan.known, person), _json(now, person))
    for department_id in plan.heads:
        was, is_now = plan.known.department(department_id), now.department(department_id)
        if was is not None and is_now is not None:
            before, after = department_json(plan.known, was), department_json(now, is_now)
            note(unit, actor, "department_changed", before, after)
    return list(ids.values())


def _save(unit: Unit, user_id: int, values: Mapping[str, Any], ids: Mapping[int, int]) -> None:
    membership = {name: values[name] for name in _MEMBERSHIP if name in values}
    if "manager_id" in membership:
        membership["manager_id"] = ids.get(membership["manager_id"], membership["manager_id"])
    if membership:
        organisation.change_member(unit, user_id, **membership)
    if "name" in values:
        organisation.change_user(unit, user_id, name=values["name"])


def _json(known: Directory, user_id: int) -> dict[str, Any]:
    user = known.user(user_id)
    assert user is not None, "somebody who was read or stored a moment ago"
    return person_json(known, user)


def _stored(user: User, name: str) -> Any:
    match name:
        case "department_ids":
            return list(user.department_ids)
        case "roles":
            return sorted(user.roles)
    return getattr(user, name)


def _known_elsewhere(unit: Unit, emails: Sequence[str]) -> frozenset[str]:
    """Which of the addresses somebody signs in with who is not of this workspace."""
    user, member = system_tables.user, system_tables.member
    here = sa.exists().where(member.c.user_id == user.c.id, member.c.workspace_id == unit.workspace.id)
    wanted = {email.lower() for email in emails if "\x00" not in email}
    found = unit.connection.execute(
        sa.select(sa.func.lower(user.c.email)).where(sa.func.lower(user.c.email).in_(wanted), ~here)
    )
    return frozenset(email.casefold() for email in found.scalars())


def _work_elsewhere(unit: Unit) -> frozenset[int]:
    """The people of this workspace who are members of another one too."""
    member = system_tables.member
    other = member.alias()
    statement = sa.select(member.c.user_id).join(other, other.c.user_id == member.c.user_id)
    statement = statement.where(
        member.c.workspace_id == unit.workspace.id, other.c.workspace_id != unit.workspace.id
    )
    return frozenset(unit.connection.execute(statement).scalars())
