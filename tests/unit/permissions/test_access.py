"""What permission groups grant: actions, rows and fields, and how they add up."""

from datetime import UTC, datetime

import pytest

from joinery.definitions import load_app
from joinery.directory import Actor
from joinery.forms import compile_app
from joinery.formulas import EvaluationContext
from joinery.kernel import Forbidden
from joinery.permissions import ACTIONS, EVERYTHING, NOTHING, access_for, matches

LABEL = {"en": "Label", "zh": "标签"}
FIELDS = {
    "company": {"type": "text", "label": LABEL},
    "amount": {"type": "money", "label": LABEL},
    "cost": {"type": "money", "label": LABEL},
    "rate": {"type": "formula", "label": LABEL, "result": "number", "formula": "{amount} / {cost}"},
}
GROUPS = {
    "sales": {
        "roles": ["sales"],
        "actions": ["view", "create", "edit"],
        "rows": "own",
        "hidden_fields": ["cost", "rate"],
        "read_only_fields": ["company"],
    },
    "managers": {"roles": ["manager"], "actions": ["view"], "rows": "all", "hidden_fields": ["cost"]},
    "finance": {"roles": ["finance"], "actions": ["view", "edit", "export"], "rows": "{amount} / {cost} > 2"},
    "helpers": {"roles": ["helper"], "actions": ["delete"], "rows": '{company} = "Acme"'},
    "writers": {"roles": ["writer"], "actions": ["create"], "rows": "none"},
    "empty": {"roles": ["empty"], "actions": [], "rows": "all"},
}
SYSTEM = {"id", "revision", "title", "owner", "created_at", "created_by", "updated_at", "updated_by"}


def compiled(permissions):
    body = {"label": LABEL, "fields": FIELDS}
    if permissions is not None:
        body["permissions"] = permissions
    document = {"joinery": 1, "app": "test", "version": "1.0.0", "label": LABEL, "forms": {"deal": body}}
    return compile_app(load_app(document)).forms["deal"]


@pytest.fixture(scope="module")
def form():
    return compiled(GROUPS)


def actor(*roles, is_admin=False):
    return Actor(user_id=1, name="Ann", roles=frozenset(roles), is_admin=is_admin)


def record(**values):
    blank = {"company": None, "amount": None, "cost": None, "owner": None}
    return {**blank, **values}


CONTEXT = EvaluationContext(now=datetime(2026, 3, 31, tzinfo=UTC), user_id=1)


@pytest.mark.parametrize(
    "roles, actions",
    [
        ((), set()),
        (("stranger",), set()),
        (("sales",), {"view", "create", "edit", "batch", "comment", "print", "share"}),
        (("manager",), {"view", "comment", "print"}),
        (
            ("sales", "finance"),
            {"view", "create", "edit", "batch", "export", "comment", "print", "share"},
        ),
        (("helper",), {"view", "delete", "comment", "print"}),
        (("writer",), {"create"}),
        (("empty",), set()),
    ],
)
def test_actions(form, roles, actions):
    access = access_for(actor(*roles), form)
    assert access.actions == actions
    assert {action for action in ACTIONS if access.allows(action)} == actions


def test_administrators_and_forms_without_groups_have_no_limits(form):
    for access in (access_for(actor(is_admin=True), form), access_for(actor(), compiled(None))):
        assert access.actions == ACTIONS
        assert access.rows is EVERYTHING
        assert access.write_rows is EVERYTHING
        assert access.readable == SYSTEM | FIELDS.keys()
        assert access.writable == {"company", "amount", "cost", "owner"}


def test_a_form_with_groups_for_nobody_is_closed():
    access = access_for(actor("sales"), compiled({}))
    assert access.actions == frozenset()
    assert access.rows is NOTHING
    assert access.readable == frozenset()


@pytest.mark.parametrize(
    "roles, readable, writable",
    [
        ((), set(), set()),
        (("sales",), SYSTEM | {"company", "amount"}, {"amount", "owner"}),
        (("manager",), SYSTEM | {"company", "amount", "rate"}, set()),
        (("sales", "manager"), SYSTEM | {"company", "amount", "rate"}, {"amount", "owner"}),
        (
            ("finance",),
            SYSTEM | {"company", "amount", "cost", "rate"},
            {"company", "amount", "cost", "owner"},
        ),
        (("empty",), set(), set()),
    ],
)
def test_fields(form, roles, readable, writable):
    access = access_for(actor(*roles), form)
    assert access.readable == readable
    assert access.writable == writable


MINE = record(owner=1, amount=1, cost=1)
RICH = record(owner=2, amount=9, cost=3)
FREE = record(owner=2, amount=9, cost=0)
ACME = record(owner=2, company="Acme")


@pytest.mark.parametrize(
    "roles, action, reached",
    [
        (("sales",), "view", [MINE]),
        (("sales",), "edit", [MINE]),
        (("sales",), "delete", []),
        (("manager",), "view", [MINE, RICH, FREE, ACME]),
        (("manager",), "edit", []),
        (("sales", "manager"), "view", [MINE, RICH, FREE, ACME]),
        (("sales", "manager"), "edit", [MINE]),
        (("finance",), "view", [RICH]),
        (("sales", "finance"), "view", [MINE, RICH]),
        (("sales", "finance"), "export", [RICH]),
        (("helper",), "view", [ACME]),
        (("helper", "sales"), "view", [MINE, ACME]),
        (("helper", "sales"), "delete", [ACME]),
        (("writer",), "view", []),
        ((), "view", []),
    ],
)
def test_rows(form, roles, action, reached):
    scope = access_for(actor(*roles), form).rows_for(action)
    assert [one for one in (MINE, RICH, FREE, ACME) if matches(scope, one, CONTEXT)] == reached


def test_a_condition_that_fails_takes_nothing_away(form):
    scope = access_for(actor("finance", "sales"), form).rows
    assert matches(scope, record(owner=1, amount=1, cost=0), CONTEXT)


def test_a_scope_names_the_groups_that_granted_it(form):
    assert access_for(actor("sales", "finance"), form).rows.reason == "permission groups: sales, finance"
    assert access_for(actor("sales", "manager"), form).rows.reason == "permission groups: managers"


def test_require(form):
    access = access_for(actor("manager"), form)
    access.require("view")
    with pytest.raises(Forbidden) as caught:
        access.require("delete")
    assert "delete this record" in caught.value.message("en")
    assert "删除记录" in caught.value.message("zh-CN")


def test_nobody_owns_the_records_of_an_actor_without_an_id(form):
    scope = access_for(actor("sales"), form).rows
    nobody = EvaluationContext(now=CONTEXT.now, user_id=None)
    assert not matches(scope, record(owner=None), nobody)


def test_commenting_is_for_viewers_until_a_group_names_it():
    def allowed(groups, *roles):
        form = compiled(groups)
        return "comment" in access_for(actor(*roles), form).actions

    silent = {"a": {"roles": ["a"], "actions": ["view"]}, "b": {"roles": ["b"], "actions": ["create"]}}
    assert [allowed(silent, role) for role in "abc"] == [True, False, False]
    named = {**silent, "c": {"roles": ["c"], "actions": ["comment"], "rows": "own"}}
    assert [allowed(named, role) for role in "abc"] == [False, False, True]
    assert access_for(actor("c"), compiled(named)).allows("view")
