"""The people of the demo workspace: those whom everybody here may sign in as, and their colleagues.

The colleagues are the sales agents and managers of the sample data. Two of them are played by demo users,
so that these see deals of their own: `sales@example.com` stands for Darcel Schlecht, who has the most deals,
and `manager@example.com` for his manager Melvin Marxen.
"""

import csv
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

import sqlalchemy as sa

from joinery.runtime.people.passwords import hash_password
from joinery.runtime.unit import Unit
from joinery.storage import (
    directory,
    external_organisations,
    organisation,
    system_tables,
    touch_directory,
)

PASSWORD = "joinery-demo"

#: What is stored for people of the sample data, who cannot sign in and were never invited.
_NO_SIGN_IN = "!!"

_user = system_tables.user
_member = system_tables.member


@dataclass(frozen=True, slots=True, kw_only=True)
class DemoPerson:
    """A demo user; `role` is a key of the bundled suite, "admin" for the administrator.

    `plays` is the name in the sample data whose deals are this person's.
    """

    email: str
    name: str
    role: str
    label: Mapping[str, str]
    department: str
    plays: str | None = None


DEMO_PEOPLE = (
    DemoPerson(
        email="sales@example.com",
        name="Sam Sales",
        role="sales",
        label={"en": "Sales", "zh": "销售"},
        department="Central",
        plays="Darcel Schlecht",
    ),
    DemoPerson(
        email="manager@example.com",
        name="Mia Manager",
        role="sales_manager",
        label={"en": "Sales manager", "zh": "销售经理"},
        # All of the house is below her, so that she sees what everybody works on.
        department="Head office",
        plays="Melvin Marxen",
    ),
    DemoPerson(
        email="sdr@example.com",
        name="Sid Sdr",
        role="sdr",
        label={"en": "Sales development", "zh": "销售开发"},
        department="Sales development",
    ),
    DemoPerson(
        email="marketing@example.com",
        name="Mara Marketing",
        role="marketing",
        label={"en": "Marketing", "zh": "市场"},
        department="Marketing",
    ),
    DemoPerson(
        email="finance@example.com",
        name="Finn Finance",
        role="finance",
        label={"en": "Finance", "zh": "财务"},
        department="Finance",
    ),
    DemoPerson(
        email="presales@example.com",
        name="Pat Presales",
        role="presales",
        label={"en": "Pre-sales", "zh": "售前"},
        department="Pre-sales",
    ),
    DemoPerson(
        email="ops@example.com",
        name="Oli Operations",
        role="sales_ops",
        label={"en": "Sales operations", "zh": "销售运营"},
        department="Operations",
    ),
    DemoPerson(
        email="executive@example.com",
        name="Eve Executive",
        role="executive",
        label={"en": "Executive", "zh": "高管"},
        department="Head office",
    ),
    DemoPerson(
        email="admin@example.com",
        name="Ada Admin",
        role="admin",
        label={"en": "Administrator", "zh": "管理员"},
        department="Head office",
    ),
)

#: Who registers leads for a partner company.
PARTNER = DemoPerson(
    email="partner@example.com",
    name="Petra Partner",
    role="dealer",
    label={"en": "Dealer (external)", "zh": "经销商（外部）"},
    department="",
)
_PARTNER_COMPANY = "Northwind Partners"

#: Department and the one above it; regional offices come from the sample data.
_DEPARTMENTS = (
    ("Head office", None),
    ("Marketing", "Head office"),
    ("Finance", "Head office"),
    ("Pre-sales", "Head office"),
    ("Operations", "Head office"),
    ("Sales", "Head office"),
    ("Sales development", "Sales"),
    ("Central", "Sales"),
    ("East", "Sales"),
    ("West", "Sales"),
)


@cache
def played_by() -> Mapping[str, str]:
    """E-mail address of everybody in the sample data, by name."""
    players = {person.plays: person.email for person in DEMO_PEOPLE if person.plays}
    return {name: players.get(name) or _email(name) for name in _names_in_data()}


def add_people(unit: Unit) -> None:
    """Make departments and people of a new demo workspace."""
    departments = _add_departments(unit)
    password = hash_password(PASSWORD)
    for person in DEMO_PEOPLE:
        _add_demo_person(unit, person, password, departments[person.department])
    playing = {person.plays for person in DEMO_PEOPLE}
    for name, (role, office) in _names_in_data().items():
        if name not in playing:
            _add_person(
                unit, _email(name), name, password=_NO_SIGN_IN, roles=[role], department=departments[office]
            )
    _name_heads(unit, departments)
    _name_managers(unit)
    touch_directory(unit)


def add_missing(unit: Unit) -> list[str]:
    """Add the demo users whom a workspace of an older version lacks; their e-mail addresses.

    Whoever is there, by address or by name, stays as he is, be it deactivated or elsewhere. A department is
    made where there is none of its name, with the new user as its head.
    """
    known = directory.read(unit)
    there = {user.email.lower() for user in known.users} | {user.name for user in known.users}
    missing = [person for person in DEMO_PEOPLE if there.isdisjoint((person.email, person.name))]
    departments = {one.name: one.id for one in known.departments}
    above = dict(_DEPARTMENTS)
    for person in missing:
        made = person.department not in departments
        if made:
            over = above[person.department]
            departments[person.department] = organisation.add_department(
                unit, name=person.department, parent_id=departments.get(over or ""), head_ids=()
            )
        department = departments[person.department]
        user_id = _add_demo_person(unit, person, hash_password(PASSWORD), department)
        if made:
            organisation.change_department(unit, department, head_ids=[user_id])
    if missing:
        touch_directory(unit)
    return [person.email for person in missing]


def add_partner(unit: Unit) -> None:
    """Make the partner company and its person."""
    organisation_id = external_organisations.add(unit, name=_PARTNER_COMPANY, kind="dealer", at=unit.now)
    user_id = _add_person(
        unit, PARTNER.email, PARTNER.name, password=hash_password(PASSWORD), roles=[], department=None
    )
    organisation.change_member(unit, user_id, organisation_id=organisation_id)
    touch_directory(unit)


def agents() -> list[str]:
    """E-mail addresses of all who sell."""
    return [played_by()[name] for name, (role, _) in _names_in_data().items() if role == "sales"]


@cache
def team_of(email: str) -> frozenset[str]:
    """E-mail addresses of those in the sample data whose manager this is."""
    return frozenset(
        played_by()[row["sales_agent"]]
        for row in read_table("sales_teams.csv")
        if played_by()[row["manager"]] == email
    )


@cache
def offices() -> Mapping[str, str]:
    """Names of departments by the e-mail addresses of the people in them."""
    colleagues = {played_by()[name]: office for name, (_, office) in _names_in_data().items()}
    return {**colleagues, **{person.email: person.department for person in DEMO_PEOPLE}}


@cache
def _names_in_data() -> Mapping[str, tuple[str, str]]:
    """Role and office of each agent and manager by name, in the order of the file."""
    found: dict[str, tuple[str, str]] = {}
    for row in read_table("sales_teams.csv"):
        found.setdefault(row["manager"], ("sales_manager", row["regional_office"]))
        found.setdefault(row["sales_agent"], ("sales", row["regional_office"]))
    return found


def read_table(name: str) -> Iterator[dict[str, str]]:
    """The rows of a file of the sample data."""
    text = files("joinery.suites.demo").joinpath(name).read_text(encoding="utf-8")
    yield from csv.DictReader(text.splitlines())


def _email(name: str) -> str:
    return f"{name.lower().replace(' ', '.')}@example.com"


def _add_departments(unit: Unit) -> dict[str, int]:
    ids: dict[str, int] = {}
    for name, above in _DEPARTMENTS:
        ids[name] = organisation.add_department(
            unit, name=name, parent_id=ids[above] if above else None, head_ids=()
        )
    organisation.order_departments(unit, list(ids.values()))
    return ids


def _name_heads(unit: Unit, departments: Mapping[str, int]) -> None:
    """The managers of the sample data head their offices, demo users the other departments."""
    offices = {office for role, office in _names_in_data().values() if role == "sales_manager"}
    heads = {person.department: [person.email] for person in DEMO_PEOPLE if person.department not in offices}
    for name, (role, office) in _names_in_data().items():
        if role == "sales_manager":
            heads.setdefault(office, []).append(played_by()[name])
    ids = _ids(unit)
    for name, emails in heads.items():
        organisation.change_department(unit, departments[name], head_ids=[ids[email] for email in emails])


def _name_managers(unit: Unit) -> None:
    """Everybody of the sample data is managed by whom it says."""
    ids = _ids(unit)
    for row in read_table("sales_teams.csv"):
        agent, manager = played_by()[row["sales_agent"]], played_by()[row["manager"]]
        organisation.change_member(unit, ids[agent], manager_id=ids[manager])


def _ids(unit: Unit) -> dict[str, int]:
    return {user.email: user.id for user in directory.read(unit).users}


def _add_demo_person(unit: Unit, person: DemoPerson, password: str, department: int) -> int:
    return _add_person(
        unit,
        person.email,
        person.name,
        password=password,
        roles=[] if person.role == "admin" else [person.role],
        is_admin=person.role == "admin",
        department=department,
    )


def _add_person(
    unit: Unit,
    email: str,
    name: str,
    *,
    password: str,
    roles: list[str],
    department: int | None,
    is_admin: bool = False,
) -> int:
    """A member of the workspace; somebody of this address who exists already only becomes a member."""
    known = sa.select(_user.c.id).where(sa.func.lower(_user.c.email) == email)
    user_id = unit.connection.execute(known).scalar_one_or_none()
    if user_id is None:
        values = {
            "email": email,
            "name": name,
            "password_hash": password,
            "demo": True,
            "created_at": unit.now,
        }
        user_id = unit.connection.execute(_user.insert().values(values).returning(_user.c.id)).scalar_one()
    unit.connection.execute(
        _member.insert().values(
            workspace_id=unit.workspace.id,
            user_id=user_id,
            is_admin=is_admin,
            roles=roles,
            department_ids=[] if department is None else [department],
        )
    )
    return int(user_id)
