"""The organisation as a tree: what is above and below, who heads, who manages whom."""

import pytest

from joinery.directory import (
    Department,
    DepartmentRole,
    Directory,
    ExternalOrganisation,
    GroupMember,
    User,
)

#: Company > Sales > (North > Harbour, South); Finance stands beside Sales.
COMPANY, SALES, NORTH, SOUTH, HARBOUR, FINANCE = range(1, 7)
BOSS, SALES_HEAD, SECOND, NORTH_HEAD, LEFT, ANNA, BEN, CARL, FINN, PAULA, OTTO = range(11, 22)
DEALER = 31

DIRECTORY = Directory(
    users=[
        User(id=BOSS, name="Boss", email="boss@x.com", department_ids=(COMPANY,)),
        User(id=SALES_HEAD, name="Sales head", email="s@x.com", department_ids=(SALES,)),
        User(id=SECOND, name="Second head", email="s2@x.com", department_ids=(SALES,)),
        User(id=NORTH_HEAD, name="North head", email="n@x.com", department_ids=(NORTH,)),
        User(id=LEFT, name="Left", email="l@x.com", active=False, department_ids=(SOUTH,)),
        User(id=ANNA, name="Anna", email="a@x.com", department_ids=(HARBOUR, FINANCE)),
        User(id=BEN, name="Ben", email="b@x.com", department_ids=(SOUTH,), manager_id=ANNA),
        User(id=CARL, name="Carl", email="c@x.com", department_ids=(SOUTH,), manager_id=LEFT),
        User(
            id=FINN,
            name="Finn",
            email="f@x.com",
            roles=frozenset({"auditor"}),
            department_roles=(DepartmentRole(role="finance", department_id=SALES),),
        ),
        User(id=PAULA, name="Paula", email="p@x.com", organisation_id=DEALER),
        User(id=OTTO, name="Otto", email="o@x.com", active=False, organisation_id=DEALER + 1),
    ],
    departments=[
        Department(id=COMPANY, name="Company", head_ids=(BOSS,)),
        Department(id=SALES, name="Sales", parent_id=COMPANY, head_ids=(SALES_HEAD, SECOND)),
        Department(id=SOUTH, name="South", parent_id=SALES, head_ids=(LEFT,)),
        Department(id=NORTH, name="North", parent_id=SALES, head_ids=(NORTH_HEAD,)),
        Department(id=HARBOUR, name="Harbour", parent_id=NORTH),
        Department(id=FINANCE, name="Finance", parent_id=COMPANY),
    ],
    organisations=[
        ExternalOrganisation(id=DEALER, name="Dealer", kind="dealer"),
        ExternalOrganisation(id=DEALER + 1, name="Parts", kind="supplier", active=False),
    ],
    group_members=[GroupMember(group="crm.lead.guests", kind="organisation", id=DEALER)],
)
TREE = DIRECTORY.tree


@pytest.mark.parametrize(
    "department, below",
    [
        (COMPANY, {COMPANY, SALES, NORTH, SOUTH, HARBOUR, FINANCE}),
        (NORTH, {NORTH, HARBOUR}),
        (HARBOUR, {HARBOUR}),
        (99, set()),  # no such department
    ],
)
def test_a_department_with_all_below_it(department, below):
    assert TREE.with_below(department) == below


def test_children_come_in_the_order_of_the_departments():
    assert [one.id for one in TREE.children(SALES)] == [SOUTH, NORTH]
    assert [one.id for one in TREE.children(None)] == [COMPANY]
    assert TREE.name_path(HARBOUR) == ("Company", "Sales", "North", "Harbour")


@pytest.mark.parametrize(
    "department, level, heads",
    [
        (NORTH, 1, (NORTH_HEAD,)),
        (NORTH, 2, (SALES_HEAD, SECOND)),
        (NORTH, 3, (BOSS,)),
        (NORTH, 4, ()),  # above the top
        (NORTH, 0, ()),
        (HARBOUR, 1, ()),  # it has none of its own
        (99, 1, ()),
    ],
)
def test_heads_by_level(department, level, heads):
    assert TREE.heads(department, level) == heads


@pytest.mark.parametrize(
    "user, chain",
    [
        (ANNA, (NORTH_HEAD, SALES_HEAD, BOSS)),  # the harbour has no head: that of the north
        (BEN, (ANNA, NORTH_HEAD, SALES_HEAD, BOSS)),  # who was named comes first
        (CARL, (SALES_HEAD, BOSS)),  # neither the manager who left nor the head who left
        (SALES_HEAD, (BOSS,)),  # a head is managed from above
        (SECOND, (BOSS,)),  # not by the other head beside him
        (BOSS, ()),
        (FINN, ()),  # of no department
        (99, ()),
    ],
)
def test_managers_up_to_the_top(user, chain):
    assert DIRECTORY.manager_chain(user) == chain
    for level, manager in enumerate((*chain, None), start=1):
        assert DIRECTORY.manager(user, level) == manager


def test_a_manager_reaches_down_over_all_levels():
    assert DIRECTORY.subordinates(NORTH_HEAD) == {ANNA, BEN}
    assert DIRECTORY.subordinates(ANNA) == {BEN}
    assert DIRECTORY.subordinates(BEN) == frozenset()
    assert DIRECTORY.subordinates(BOSS) == {SALES_HEAD, SECOND, NORTH_HEAD, LEFT, ANNA, BEN, CARL}


def test_members_are_those_who_are_here():
    assert [user.id for user in DIRECTORY.members(SOUTH)] == [BEN, CARL]
    assert [user.id for user in DIRECTORY.members(NORTH, with_below=True)] == [NORTH_HEAD, ANNA]


@pytest.mark.parametrize(
    "role, department, has",
    [
        ("auditor", None, True),
        ("auditor", SOUTH, True),  # of the whole workspace, so of every department
        ("finance", None, False),  # only for a department
        ("finance", SALES, True),
        ("finance", HARBOUR, True),  # below that department
        ("finance", FINANCE, False),
        ("sales", None, False),
    ],
)
def test_a_role_in_a_department_counts_there_and_below(role, department, has):
    assert DIRECTORY.has_role(FINN, role, department) is has
    holders = DIRECTORY.holders(role, department)
    assert [user.id for user in holders] == ([FINN] if has else [])


def test_circles_in_the_data_end():
    directory = Directory(
        users=[
            User(id=1, name="A", email="a@x.com", manager_id=2),
            User(id=2, name="B", email="b@x.com", manager_id=3),
            User(id=3, name="C", email="c@x.com", manager_id=1),
        ],
        departments=[Department(id=1, name="X", parent_id=2), Department(id=2, name="Y", parent_id=1)],
    )
    assert directory.manager_chain(1) == (2, 3)
    assert directory.subordinates(1) == {2, 3}
    assert directory.tree.with_below(1) == {1, 2}
    assert [one.id for one in directory.tree.upwards(1)] == [1, 2]


def test_people_of_a_partner_stand_beside_the_tree():
    paula = DIRECTORY.actor(PAULA, language="en", workspace="x")
    assert (paula.organisation_id, paula.external) == (DEALER, "dealer")
    assert paula.groups == {"crm.lead.guests"}
    assert DIRECTORY.actor(OTTO, language="en", workspace="x") is None
    assert [user.id for user in DIRECTORY.contacts(DEALER)] == [PAULA]
    assert PAULA not in {user.id for user in DIRECTORY.own_people}
    assert DIRECTORY.actor(ANNA, language="en", workspace="x").external is None


def test_people_of_a_partner_know_only_each_other():
    known = DIRECTORY.known_to(DIRECTORY.actor(PAULA, language="en", workspace="x"))
    assert [user.id for user in known.users] == [PAULA]
    assert known.find_user("Anna") is None
    assert known.departments == ()
    assert [one.id for one in known.organisations] == [DEALER]
    anna = DIRECTORY.actor(ANNA, language="en", workspace="x")
    assert DIRECTORY.known_to(anna) is DIRECTORY


@pytest.mark.parametrize("name, found", [("dealer", DEALER), (" Parts ", DEALER + 1), ("Nobody", None)])
def test_an_organisation_is_found_by_its_name(name, found):
    organisation = DIRECTORY.find_organisation(name)
    assert (organisation.id if organisation else None) == found
