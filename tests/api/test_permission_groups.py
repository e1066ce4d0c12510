"""Permission groups as administrators fill and explain them, and what they do to everybody's calls."""

import copy
import json
from pathlib import Path

import pytest
import sqlalchemy as sa

from joinery.directory import Actor
from joinery.runtime.apps import publishing
from joinery.storage.workspace_tables import event

LEADS = "/apps/shop/forms/lead/records"
GROUPS = "/apps/shop/forms/lead/permission-groups"
DOCUMENT = json.loads((Path(__file__).parent / "app.json").read_text(encoding="utf-8"))


@pytest.fixture
def publish(shop):
    """Publish the app with other permission groups of leads."""

    def published(**groups):
        document = copy.deepcopy(DOCUMENT)
        document["forms"]["lead"]["permissions"] = groups
        actor = Actor(user_id=None, name="setup", is_admin=True, workspace=shop.workspace_key)
        with shop.services.unit(shop.workspace_key) as unit:
            publishing.publish_app(unit, actor, "shop", document)

    return published


ALL = ["view", "create", "edit", "delete", "restore", "import", "export"]
KEEPERS = {"roles": ["manager"], "actions": ALL, "rows": "all"}
MASKING = {
    "roles": ["sales"],
    "actions": ALL,
    "rows": "all",
    "masked_fields": {"secret": {"first": 2, "last": 2}},
}


@pytest.fixture
def masked(publish, manager):
    """A lead whose secret the sales people see in part."""
    publish(keepers=KEEPERS, sales=MASKING)
    return manager.create("lead", company="Acme", secret="abcdefghij")


def test_a_masked_value_is_shown_in_part_everywhere(masked, sales, manager):
    path = f"{LEADS}/{masked['id']}"
    assert manager.get(path)[1]["secret"] == "abcdefghij"
    assert sales.get(path)[1]["secret"] == "ab****ij"
    assert sales.get(LEADS)[1]["records"][0]["secret"] == "ab****ij"
    assert sales.get(LEADS, fields="secret")[1]["records"][0]["secret"] == "ab****ij"
    answer = sales.flask.get("/api/v1/apps/shop/forms/lead/export", query_string={"format": "csv"})
    assert "ab****ij" in answer.text
    assert "abcdefghij" not in answer.text
    _, described = sales.get("/apps/shop/forms/lead/describe")
    field = described["fields"]["secret"]
    assert (field["masked"], field["read_only"], field["sortable"]) == (True, True, False)
    assert manager.get("/apps/shop/forms/lead/describe")[1]["fields"]["secret"]["masked"] is False


@pytest.mark.parametrize(
    "query",
    [{"filter": 'STARTSWITH({secret}, "abc")'}, {"sort": "secret"}, {"filter": "LEN({secret}) = 10"}],
)
def test_nobody_feels_his_way_through_a_mask(masked, sales, query):
    status, problem = sales.get(LEADS, **query)
    assert status == 422
    assert "abcdefghij" not in json.dumps(problem)
    assert sales.get(LEADS, search="abcdefghij")[1]["records"] == []
    measure = {"measures": {"most": {"fn": "max", "field": "secret"}}}
    assert sales.post(f"{LEADS}/aggregate", measure)[0] == 422


def test_a_masked_value_is_not_changed_by_those_who_see_it_so(masked, sales, manager):
    path = f"{LEADS}/{masked['id']}"
    assert sales.patch(path, {"revision": 1, "secret": "ab****ij"})[0] == 422
    assert sales.patch(path, {"revision": 1, "company": "Acme Ltd"})[0] == 200
    assert manager.get(path)[1]["secret"] == "abcdefghij"
    assert "secret" not in json.dumps(sales.get(f"{path}/history")[1])


def test_buttons_and_batches_are_for_those_who_have_them(publish, sales, manager):
    batching = {"roles": ["manager"], "actions": [*ALL, "batch"], "rows": "all"}
    publish(managers=batching, sales={**MASKING, "masked_fields": {}})
    lead = manager.create("lead", company="Acme")
    change = {"ids": [lead["id"]], "values": {"company": "Acme Ltd"}}
    status, problem = sales.post(f"{LEADS}/batch-edit", change)
    assert (status, problem["code"]) == (403, "forbidden")
    assert manager.post(f"{LEADS}/batch-edit", change)[0] == 200


def test_an_administrator_puts_people_and_departments_into_groups(publish, admin, as_user, shop):
    publish(
        keepers=KEEPERS, readers={"label": {"en": "Readers", "zh": "查看"}, "roles": [], "actions": ["view"]}
    )
    guest = as_user("guest")
    assert guest.get(LEADS)[0] == 404
    _, company = admin.post("/departments", {"name": "Company"})
    _, north = admin.post("/departments", {"name": "North", "parent_id": company["id"]})
    user_id = guest.me["user"]["id"]
    assert admin.patch(f"/users/{user_id}", {"department_ids": [north["id"]]})[0] == 200
    of_department = {"users": [], "departments": [{"id": company["id"]}]}
    status, group = admin.call("PUT", f"{GROUPS}/readers/members", of_department)
    assert (status, group["people"]) == (200, {"count": 1, "names": ["Guest"]})
    assert guest.get(LEADS)[0] == 200
    # The very next request is refused, in any process: rights are read with the session.
    only_there = {"users": [], "departments": [{"id": company["id"], "with_below": False}]}
    assert admin.call("PUT", f"{GROUPS}/readers/members", only_there)[1]["people"]["count"] == 0
    assert guest.get(LEADS)[0] == 404
    admin.call("PUT", f"{GROUPS}/readers/members", {"users": [user_id], "departments": []})
    assert guest.get(LEADS)[0] == 200
    _, told = admin.get(GROUPS)
    readers = next(group for group in told["groups"] if group["key"] == "readers")
    assert readers["users"] == [{"id": user_id, "name": "Guest"}]
    with shop.services.unit(shop.workspace_key) as unit:
        wanted = event.c.kind == "permission_group_members_changed"
        kept = (
            unit.connection.execute(sa.select(event.c.data).where(wanted).order_by(event.c.id))
            .scalars()
            .all()
        )
    assert kept[-1]["after"]["members"] == [{"id": user_id, "kind": "user", "with_below": False}]
    assert kept[-1]["before"]["members"] == [{"id": company["id"], "kind": "department", "with_below": False}]


def test_every_problem_of_the_members_is_told(admin):
    wrong = {"users": [4_000_000, 1, 1], "departments": [{"id": 4_000_000}]}
    status, problem = admin.call("PUT", f"{GROUPS}/sales/members", wrong)
    assert status == 422
    assert {"/users/0", "/departments/0/id"} <= {issue["path"] for issue in problem["issues"]}
    assert admin.call("PUT", f"{GROUPS}/nobody/members", {"users": [], "departments": []})[0] == 404
    assert admin.get("/apps/shop/forms/nothing/permission-groups")[0] == 404


def test_only_administrators_look_at_groups_and_reasons(sales, admin):
    lead = sales.create("lead", company="Mine")
    me = sales.me["user"]["id"]
    for path in (GROUPS, f"{LEADS}/{lead['id']}/access/{me}"):
        assert sales.get(path)[0] == 403
        assert admin.get(path)[0] == 200
    assert sales.call("PUT", f"{GROUPS}/sales/members", {"users": [me], "departments": []})[0] == 403


def test_why_somebody_can_see_a_record_and_somebody_else_cannot(sales, other, admin):
    lead = sales.create("lead", company="Mine")
    path = f"{LEADS}/{lead['id']}/access"
    _, told = admin.get(f"{path}/{sales.me['user']['id']}")
    assert told["unlimited"] is None
    assert [told["actions"][one] for one in ("view", "edit", "export")] == [True, True, False]
    own = next(group for group in told["groups"] if group["key"] == "sales")
    assert (own["member_by"], own["holds"]) == ("role", True)
    assert (told["fields"]["secret"], told["fields"]["score"], told["fields"]["company"]) == (
        "hidden",
        "readable",
        "writable",
    )
    _, told = admin.get(f"{path}/{other.me['user']['id']}")
    assert not any(told["actions"].values())
    groups = {group["key"]: (group["member_by"], group["holds"]) for group in told["groups"]}
    assert groups == {"sales": ("role", False), "manager": (None, None)}
    _, told = admin.get(f"{path}/{admin.me['user']['id']}")
    assert (told["unlimited"], told["actions"]["delete"]) == ("administrator", True)
    assert admin.get(f"{path}/4000000")[0] == 404
    assert admin.get(f"{LEADS}/4000000/access/{admin.me['user']['id']}")[0] == 404


@pytest.mark.parametrize(
    "withdrawn, told",
    [
        ({"read_only_fields": ["reason"]}, ("/reason", "batch_field_not_writable")),
        ({"hidden_fields": ["reason"]}, ("", "batch_field_hidden")),
    ],
)
def test_undoing_does_not_write_fields_that_one_may_not_write_any_more(
    publish, sales, manager, withdrawn, told
):
    everything = {"roles": ["sales"], "actions": ALL, "rows": "all"}
    publish(managers=KEEPERS, sales=everything)
    lead = manager.create("lead", company="Acme", notes="before", reason="before")
    values = {"notes": "after", "reason": "after"}
    _, done = sales.post(f"{LEADS}/batch-edit", {"ids": [lead["id"]], "values": values})
    publish(managers=KEEPERS, sales={**everything, **withdrawn})
    status, undone = sales.post(f"{LEADS}/batches/{done['batch']}/undo", {})
    assert status == 200
    path, code = told
    assert [(one["path"], one["code"]) for one in undone["issues"]] == [
        (f"/records/{lead['id']}{path}", code)
    ]
    stored = manager.get(f"{LEADS}/{lead['id']}")[1]
    assert (stored["notes"], stored["reason"]) == ("before", "after")
