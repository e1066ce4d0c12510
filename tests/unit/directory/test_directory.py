"""Finding people and departments by what somebody typed."""

import pytest

from joinery.directory import Department, Directory, User

DIRECTORY = Directory(
    users=[
        User(id=1, name="Anna Snelling", email="Anna@example.com"),
        User(id=2, name="王 伟", email="wang@example.com", department_ids=(1,)),
        User(id=3, name="Li Na", email="li@example.com"),
        User(id=4, name="Li Na", email="li.old@example.com", active=False),
        User(id=5, name="Zhang San", email="zhang1@example.com"),
        User(id=6, name="Zhang San", email="zhang2@example.com"),
        User(id=7, name="Gone Away", email="", active=False),
    ],
    departments=[
        Department(id=1, name="Sales"),
        Department(id=2, name="North", parent_id=1),
        Department(id=3, name="North", parent_id=None),
    ],
)


@pytest.mark.parametrize(
    "text, expected",
    [
        ("anna@EXAMPLE.com", 1),  # e-mail addresses in any case
        ("  anna   snelling ", 1),  # names in any case, blanks do not count
        ("王 伟", 2),
        ("Li Na", 3),  # of two, the one who is still here
        ("li.old@example.com", 4),  # who left is found by address
        ("Zhang San", None),  # two of them: nobody can say which
        ("Gone Away", 7),
        ("Anna", None),  # a part of a name is no name
        ("", None),
    ],
)
def test_find_user(text, expected):
    found = DIRECTORY.find_user(text)
    assert (found.id if found else None) == expected


@pytest.mark.parametrize(
    "text, expected",
    [
        ("sales", 1),
        ("North", None),
        ("South", None),
        ("Sales / North", 2),
        (" sales>north ", 2),
        ("Sales\\North", 2),
        ("North / Sales", None),
        ("Nowhere / North", None),
        ("Sales /", None),
        ("/", None),
    ],
)
def test_find_department(text, expected):
    found = DIRECTORY.find_department(text)
    assert (found.id if found else None) == expected


def test_by_id():
    assert DIRECTORY.user(2).name == "王 伟"
    assert DIRECTORY.user(99) is None
    assert DIRECTORY.department(2).parent_id == 1
    assert DIRECTORY.department(99) is None
    assert DIRECTORY.user_names()[1] == "Anna Snelling"
    assert (len(DIRECTORY.users), len(DIRECTORY.departments)) == (7, 3)
