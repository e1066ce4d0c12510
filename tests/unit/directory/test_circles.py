"""What an application administrator may do to people and departments, computed from the directory alone."""

from datetime import UTC, datetime

import pytest

from joinery.directory import (
    Actor,
    Department,
    DepartmentRole,
    Directory,
    ExternalOrganisation,
    GivenCircle,
    Management,
    User,
)

AT = datetime(2026, 1, 1, tzinfo=UTC)
SALES, NORTH, FINANCE = 1, 2, 3
ANN, SELLER, BOSS, BOTH, NOBODY, PARTNER, ROBOT, PEER, LEADER = range(1, 10)


def person(user_id: int, *departments: int, **more) -> User:
    return User(
        id=user_id, name=f"u{user_id}", email=f"u{user_id}@example.com", department_ids=departments, **more
    )


def circle(number: int, **more) -> GivenCircle:
    values = {"user_id": None, "role": None, "apps": frozenset(), "department_ids": (), "roles": frozenset()}
    return GivenCircle(id=number, given_at=AT, given_by=None, **{**values, **more})


def directory(*circles: GivenCircle) -> Directory:
    return Directory(
        users=[
            person(ANN, SALES),
            person(SELLER, NORTH, department_roles=(DepartmentRole(role="leaders", department_id=SALES),)),
            person(BOSS, SALES, is_admin=True),
            person(BOTH, SALES, FINANCE),
            person(NOBODY),
            person(PARTNER, organisation_id=1, roles=frozenset({"leaders"})),
            person(ROBOT, SALES, service=True, roles=frozenset({"leaders"})),
            person(PEER, SALES),
            person(LEADER, SALES, roles=frozenset({"leaders"})),
        ],
        departments=[
            Department(id=SALES, name="Sales"),
            Department(id=NORTH, name="North", parent_id=SALES),
            Department(id=FINANCE, name="Finance"),
        ],
        organisations=[ExternalOrganisation(id=1, name="Dealer", kind="dealer")],
        circles=circles,
    )


KNOWN = directory(
    circle(
        1, user_id=ANN, apps=frozenset({"shop"}), department_ids=(SALES,), roles=frozenset({"sdr", "leaders"})
    ),
    circle(2, user_id=PEER, apps=frozenset({"pay"})),
    circle(3, role="leaders", apps=None),
)


def actor(user_id: int, known: Directory = KNOWN) -> Actor:
    found = known.actor(user_id, language="en", workspace="x")
    assert found is not None
    return found


#: Whom Ann sees, and whom she may change.
PEOPLE = [
    (ANN, True, False),
    (SELLER, True, True),
    (BOSS, True, False),
    (BOTH, True, False),
    (NOBODY, False, False),
    (PARTNER, False, False),
    (ROBOT, True, False),
    (PEER, True, False),
    (LEADER, True, False),
]


@pytest.mark.parametrize(("user_id", "seen", "managed"), PEOPLE)
def test_whom_an_application_administrator_manages(user_id, seen, managed):
    may, user = Management(KNOWN, actor(ANN)), KNOWN.user(user_id)
    assert (may.sees(user), may.manages(user)) == (seen, managed)
    everything = Management(KNOWN, actor(BOSS))
    assert (everything.sees(user), everything.manages(user)) == (True, True)


@pytest.mark.parametrize(
    ("department_id", "managed", "arranged"),
    [(SALES, True, False), (NORTH, True, True), (FINANCE, False, False), (99, False, False)],
)
def test_departments_of_a_circle_reach_down_and_their_top_stays(department_id, managed, arranged):
    may = Management(KNOWN, actor(ANN))
    assert (may.manages_department(department_id), may.arranges_department(department_id)) == (
        managed,
        arranged,
    )
    assert not may.manages_department(None)


@pytest.mark.parametrize(("role", "gives"), [("sdr", True), ("finance", False), ("leaders", False)])
def test_roles_are_named_and_none_makes_administrators(role, gives):
    assert Management(KNOWN, actor(ANN)).gives_role(role) is gives


@pytest.mark.parametrize(
    ("user_id", "apps"),
    [
        (ANN, {"shop": True, "pay": False}),
        (PEER, {"shop": False, "pay": True}),
        (LEADER, {"shop": True, "pay": True, "to come": True}),
        # A role for a department, a program and somebody from outside administer nothing.
        (SELLER, {"shop": False}),
        (ROBOT, {"shop": False}),
        (PARTNER, {"shop": False}),
        (BOSS, {"shop": True, "to come": True}),
    ],
)
def test_which_apps_are_administered(user_id, apps):
    asking = actor(user_id)
    assert {app: asking.administers(app) for app in apps} == apps


def test_circles_add_up():
    known = directory(
        circle(1, user_id=LEADER, apps=frozenset({"shop"}), department_ids=(FINANCE,)),
        circle(2, role="leaders", apps=frozenset({"pay"}), department_ids=(NORTH,)),
    )
    both = actor(LEADER, known)
    assert (both.administers("shop"), both.administers("pay"), both.administers("hr")) == (True, True, False)
    assert both.circle.departments == {FINANCE, NORTH}


def test_who_lost_a_circle_is_refused_by_the_directory_of_now():
    before = actor(ANN)
    may = Management(directory(), before)
    assert not may.manages(KNOWN.user(SELLER))
    assert not may.manages_department(SALES)
