"""What a permission group says about fields, buttons and people besides roles, and how groups add up."""

from datetime import UTC, datetime

import pytest

from joinery.definitions import MaskDefinition, check_app, load_app
from joinery.directory import Actor, Department, DepartmentRole, Directory, GroupMember, User
from joinery.forms import compile_app
from joinery.formulas import EvaluationContext
from joinery.permissions import access_for, masked, matches
from joinery.workflows import catalogue

LABEL = {"en": "Label", "zh": "标签"}
FIELDS = {
    "name": {"type": "text", "label": LABEL},
    "phone": {"type": "phone", "label": LABEL},
    "price": {"type": "money", "label": LABEL},
    "branch": {"type": "department", "label": LABEL},
    "lines": {
        "type": "subform",
        "label": LABEL,
        "fields": {
            "what": {"type": "text", "label": LABEL},
            "cost": {"type": "text", "label": LABEL},
        },
    },
}
VIEW = {"roles": ["a"], "actions": ["view"]}
EDIT = {"roles": ["a"], "actions": ["view", "edit"]}


def document(**groups):
    body = {
        "label": LABEL,
        "title": "{name}",
        "fields": FIELDS,
        "permissions": groups,
        "actions": {
            "win": {"label": LABEL, "kind": "set", "values": {"name": '"won"'}},
            "lose": {"label": LABEL, "kind": "set", "values": {"name": '"lost"'}},
        },
    }
    roles = {key: {"label": LABEL} for key in "abc"}
    return {
        "joinery": 1,
        "app": "test",
        "version": "1.0.0",
        "label": LABEL,
        "roles": roles,
        "forms": {"deal": body},
    }


def access(*roles, form="deal", groups=(), department_roles=(), **given):
    actor = Actor(
        user_id=1,
        name="Ann",
        roles=frozenset(roles),
        groups=frozenset(groups),
        department_roles=frozenset(department_roles),
    )
    return access_for(actor, compile_app(load_app(document(**given))).forms[form])


@pytest.mark.parametrize(
    "text, first, last, shown",
    [
        ("13800000001", 3, 4, "138****0001"),
        ("13800000001", 0, 4, "****0001"),
        ("13800000001", 3, 0, "138****"),
        ("13800000001", 0, 0, "****"),
        # A mask made for long numbers gives no short one away.
        ("1380001", 3, 4, "****"),
        ("", 3, 4, "****"),
        ("ab", 1, 0, "****" if len("ab") < 2 else "a****"),
        ("王小明", 1, 0, "王****"),
    ],
)
def test_masks(text, first, last, shown):
    assert masked(text, MaskDefinition(first=first, last=last)) == shown


def test_a_masked_field_is_shown_in_part_and_good_for_nothing_else():
    found = access("a", seen={**EDIT, "masked_fields": {"phone": {"first": 3, "last": 4}}})
    assert found.masked == {"phone": MaskDefinition(first=3, last=4)}
    assert "phone" not in found.readable | found.writable
    assert found.shows("phone")
    assert not access("a", seen={**EDIT, "hidden_fields": ["phone"]}).shows("phone")


def test_of_several_groups_the_one_that_shows_most_counts():
    groups = {
        "little": {**VIEW, "masked_fields": {"phone": {"last": 2}}},
        "more": {"roles": ["b"], "actions": ["view"], "masked_fields": {"phone": {"first": 3, "last": 4}}},
        "whole": {"roles": ["c"], "actions": ["view"]},
        "none": {"roles": ["c"], "actions": [], "masked_fields": {"price": {}}},
    }
    assert access("a", "b", **groups).masked == {"phone": MaskDefinition(first=3, last=4)}
    assert access("a", "c", **groups).masked == {}
    assert "phone" in access("a", "c", **groups).readable


@pytest.mark.parametrize(
    "said, readable, writable",
    [
        ({}, {"name", "phone", "price", "branch", "lines"}, {"name", "phone", "price", "branch", "lines"}),
        ({"other_fields": "readable"}, {"name", "phone", "price", "branch", "lines"}, set()),
        (
            {"other_fields": "readable", "writable_fields": ["name"], "hidden_fields": ["price"]},
            {"name", "phone", "branch", "lines"},
            {"name"},
        ),
        ({"other_fields": "hidden", "read_only_fields": ["name"]}, {"name"}, set()),
        (
            {"other_fields": "hidden", "read_only_fields": ["name"], "writable_fields": ["phone"]},
            {"name", "phone"},
            {"phone"},
        ),
        (
            {"other_fields": "hidden", "masked_fields": {"phone": {}}, "writable_fields": ["name"]},
            {"name"},
            {"name"},
        ),
    ],
)
def test_what_holds_for_fields_that_are_not_named(said, readable, writable):
    found = access("a", only={**EDIT, **said})
    assert found.readable & FIELDS.keys() == readable
    assert found.writable & FIELDS.keys() == writable


@pytest.mark.parametrize(
    "said, readable, writable",
    [
        ({"other_fields": "hidden"}, set(), set()),
        ({"other_fields": "readable"}, {"what", "cost"}, set()),
        ({"other_fields": "hidden", "writable_fields": ["lines"]}, {"what", "cost"}, {"what", "cost"}),
        ({"masked_fields": {"lines.cost": {"last": 1}}}, {"what"}, {"what"}),
    ],
)
def test_lines_follow_the_field_they_stand_in(said, readable, writable):
    found = access("a", form="deal.lines", only={**EDIT, **said})
    assert found.readable & {"what", "cost"} == readable
    writable_now = found.writable & {"what", "cost"} if found.allows("edit") else set()
    assert writable_now == writable


def test_buttons_add_up():
    named = {**EDIT, "buttons": ["win"]}
    other = {"roles": ["b"], "actions": ["view"], "buttons": []}
    every = {"roles": ["c"], "actions": ["view"]}

    def allowed(*roles):
        found = access(*roles, named=named, other=other, every=every)
        return [key for key in ("win", "lose") if found.allows_button(key)]

    assert allowed("a") == ["win"]
    assert allowed("b") == []
    assert allowed("a", "b") == ["win"]
    assert allowed("a", "c") == ["win", "lose"]


def test_changing_many_comes_with_editing_until_a_group_names_it():
    assert access("a", one=EDIT).allows("batch")
    named = {"one": EDIT, "two": {"roles": ["b"], "actions": ["view", "edit", "batch"], "rows": "own"}}
    assert not access("a", **named).allows("batch")
    assert access("b", **named).rows_for("batch").kind == "condition"
    # Without editing there is nothing to change together.
    alone = {"roles": ["b"], "actions": ["view", "batch"]}
    assert not access("b", one=alone).allows("batch")


def test_the_workspace_puts_people_into_groups():
    assert not access(one=EDIT).allows("view")
    assert access(groups=["test.deal.one"], one=EDIT).allows("edit")
    assert not access(groups=["test.deal.two", "test.other.one"], one=EDIT).allows("view")
    assert access(groups=["test.deal.one"], form="deal.lines", one=EDIT).allows("edit")


PEOPLE = Directory(
    users=[
        User(
            id=1,
            name="Ann",
            email="ann@example.com",
            department_ids=(1,),
            department_roles=(DepartmentRole(role="a", department_id=2),),
        ),
        User(id=2, name="Bob", email="bob@example.com", department_ids=(3,)),
        User(id=3, name="Cy", email="cy@example.com", department_ids=(4,)),
    ],
    departments=[
        Department(id=1, name="Company"),
        Department(id=2, name="North", parent_id=1),
        Department(id=3, name="North-West", parent_id=2),
        Department(id=4, name="South", parent_id=1),
    ],
    group_members=[
        GroupMember(group="test.deal.one", kind="department", id=2, with_below=True),
        GroupMember(group="test.deal.two", kind="department", id=2),
        GroupMember(group="test.deal.three", kind="user", id=3),
    ],
)
NOW = EvaluationContext(now=datetime(2026, 3, 31, tzinfo=UTC), user_id=1, people=PEOPLE)


@pytest.mark.parametrize(
    "said, reached",
    [
        ({}, ["of Bob"]),
        ({"department": "branch"}, ["in the north", "below it"]),
        ({"department": "branch", "rows": '{name} = "big"'}, ["below it"]),
        ({"rows": "none"}, []),
    ],
)
def test_a_role_in_one_department_admits_to_its_records(said, reached):
    records = {
        "of Bob": {"owner": 2, "branch": None},
        "of Cy": {"owner": 3, "branch": 4},
        "in the north": {"owner": None, "branch": 2, "name": "small"},
        "below it": {"owner": 3, "branch": 3, "name": "big"},
        "of nobody": {"owner": None, "branch": None},
    }
    scope = access(department_roles=["a"], one={**VIEW, **said}).rows
    blank = {"name": None, "phone": None, "price": None}
    assert [key for key, one in records.items() if matches(scope, {**blank, **one}, NOW)] == reached


def test_who_has_a_role_everywhere_needs_no_department():
    assert access("a", department_roles=["a"], one=VIEW).rows.kind == "everything"


def test_departments_are_members_with_or_without_those_below():
    assert PEOPLE.groups_of(2) == {"test.deal.one"}
    assert PEOPLE.groups_of(3) == {"test.deal.three"}
    assert PEOPLE.actor(3, language="en", workspace="w").groups == {"test.deal.three"}
    assert PEOPLE.actor(1, language="en", workspace="w").department_roles == {"a"}
    assert PEOPLE.actor(9, language="en", workspace="w") is None


@pytest.mark.parametrize(
    "group, path, code",
    [
        ({"masked_fields": {"price": {}}}, "/masked_fields/price", "definition_cannot_mask"),
        ({"masked_fields": {"nothing": {}}}, "/masked_fields/nothing", "definition_unknown_field"),
        ({"masked_fields": {"name": {}}}, None, "definition_title_hidden"),
        ({"masked_fields": {"title": {}}}, "/masked_fields/title", "definition_unknown_field"),
        ({"other_fields": "hidden"}, None, "definition_title_hidden"),
        ({"writable_fields": ["nothing"]}, "/writable_fields/0", "definition_unknown_field"),
        ({"buttons": ["draw"]}, "/buttons/0", "definition_unknown_action"),
        ({"department": "name"}, "/department", "definition_cannot_department"),
        ({"department": "nowhere"}, "/department", "definition_unknown_field"),
        (
            {"masked_fields": {"lines.nothing": {}}},
            "/masked_fields/lines.nothing",
            "definition_unknown_field",
        ),
    ],
)
def test_problems_of_a_group(group, path, code):
    issues = check_app(document(one={**EDIT, **group}), catalogue())
    at = "/forms/deal/title" if path is None else "/forms/deal/permissions/one" + path
    assert (at, code) in {(issue.path, issue.code) for issue in issues}
