"""People who are new in the demo come into a workspace that an older version made; nobody else is touched."""

from contextlib import suppress

import pytest

from joinery.adapters import FixedClock
from joinery.runtime.demo.people import DEMO_PEOPLE, add_missing, add_people
from joinery.runtime.services import Services
from joinery.runtime.settings import Settings
from joinery.storage import directory, organisation, system_tables, touch_directory
from joinery.storage.workspace_tables import department

GONE = ("presales@example.com", "executive@example.com", "admin@example.com")


class Undone(Exception):
    """Takes back a transaction."""


@pytest.fixture
def unit(database, workspace, tmp_path, now):
    """A transaction in an empty workspace, of which nothing stays: people belong to all workspaces."""
    settings = Settings(data_dir=tmp_path, demo=True)
    services = Services(
        database=database, settings=settings, clock=FixedClock(now), defer=lambda *_, **__: None
    )
    with suppress(Undone), services.unit(workspace.key) as unit:
        yield unit
        raise Undone


def facts(unit):
    """Everything about everybody, and the departments."""
    known = directory.read(unit)
    return {user.email: user for user in known.users}, {one.name: one for one in known.departments}


def older(unit):
    """What a version would have made that knew fewer people, one department less among what they are in."""
    add_people(unit)
    people, departments = facts(unit)
    member = system_tables.member
    for email in GONE:
        gone = member.c.user_id == people[email].id
        unit.connection.execute(member.delete().where(gone, member.c.workspace_id == unit.workspace.id))
    for one in departments.values():
        staying = [head for head in one.head_ids if head not in {people[email].id for email in GONE}]
        organisation.change_department(unit, one.id, head_ids=staying)
    unit.connection.execute(department.delete().where(department.c.id == departments["Pre-sales"].id))
    touch_directory(unit)


def test_missing_people_come_and_nothing_else_changes(unit):
    older(unit)
    people, _ = facts(unit)
    # What people did to theirs since: another role, another name, nobody any more.
    organisation.change_member(unit, people["sales@example.com"].id, roles=["finance"], department_ids=[])
    touch_directory(unit)
    before, departments_before = facts(unit)
    assert set(add_missing(unit)) == set(GONE)
    after, departments = facts(unit)
    assert {email: user for email, user in after.items() if email not in GONE} == before
    for person in DEMO_PEOPLE:
        if person.email in GONE:
            found = after[person.email]
            roles = [] if person.role == "admin" else [person.role]
            assert (found.name, sorted(found.roles), found.is_admin) == (
                person.name,
                roles,
                person.role == "admin",
            )
            assert found.department_ids == (departments[person.department].id,)
    made = departments.pop("Pre-sales")
    assert made.head_ids == (after["presales@example.com"].id,)
    assert made.parent_id == departments["Head office"].id
    assert departments == {name: one for name, one in departments_before.items() if name != "Pre-sales"}
    # A second start finds everybody.
    assert add_missing(unit) == []
    assert facts(unit)[0] == after


def test_somebody_who_has_another_address_now_does_not_come_twice(unit):
    add_people(unit)
    user = system_tables.user
    unit.connection.execute(
        user.update().where(user.c.email == "ops@example.com").values(email="oli@real.example.com")
    )
    touch_directory(unit)
    assert add_missing(unit) == []
