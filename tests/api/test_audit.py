"""The audit log: what is kept, who may read it, and that nobody changes it."""

import csv
import io
import json

import pytest
import sqlalchemy as sa
from sqlalchemy.exc import DBAPIError

from tests.api.conftest import DOCUMENT

LEADS = "/apps/shop/forms/lead/records"


def kinds(client, **query):
    status, page = client.get("/audit", **query)
    assert status == 200, page
    return [entry["kind"] for entry in page["entries"]]


def test_what_people_do_is_kept_with_who_when_and_from_where(admin, manager, shop):
    _, department = admin.post("/departments", {"name": "North"})
    admin.patch(f"/departments/{department['id']}", {"name": "Far North"})
    assert (
        manager.flask.get("/api/v1/apps/shop/forms/lead/export", query_string={"format": "csv"}).status_code
        == 200
    )
    _, page = admin.get("/audit")
    found = {entry["kind"]: entry for entry in page["entries"]}
    changed = found["department_changed"]
    assert (changed["actor"]["name"], changed["subject"], changed["address"]) == (
        "Admin",
        "Far North",
        "127.0.0.1",
    )
    assert changed["before"]["name"] == "North"
    assert changed["after"]["name"] == "Far North"
    assert changed["label"]["zh"] == "修改部门"
    assert found["records_exported"]["actor"]["name"] == "Manager"
    assert found["records_exported"]["after"]["format"] == "csv"
    assert found["app_published"]["actor"] == {"id": None, "name": "setup"}
    assert {"signed_in", "department_created"} <= found.keys()
    told = {kind["key"] for kind in page["kinds"]}
    assert found.keys() <= told


def test_signing_in_out_and_failing_to(admin, emails, anonymous, as_user):
    assert anonymous.post("/session", {"email": emails("sales"), "password": "not the password"})[0] == 401
    assert (
        anonymous.post("/session", {"email": "nobody@example.com", "password": "not the password"})[0] == 401
    )
    sales = as_user("sales")
    sales.delete("/session")
    me = admin.me["user"]["id"]
    entries = admin.get("/audit", search="Sales")[1]["entries"]
    assert [entry["kind"] for entry in entries] == ["signed_out", "signed_in", "sign_in_failed"]
    assert kinds(admin, actor=me) == ["signed_in"]
    assert kinds(admin, kind="sign_in_failed,signed_out") == ["signed_out", "sign_in_failed"]


def test_a_preview_is_the_administrators(admin, sales):
    admin.call("PUT", "/session/preview", {"user_id": sales.me["user"]["id"]})
    admin.delete("/session/preview")
    entries = admin.get("/audit", kind="preview_started,preview_ended")[1]["entries"]
    assert [(one["kind"], one["actor"]["name"], one["subject"]) for one in entries] == [
        ("preview_ended", "Admin", "Sales"),
        ("preview_started", "Admin", "Sales"),
    ]


def test_pages_and_periods(admin):
    for number in range(5):
        admin.post("/departments", {"name": f"Department {number}"})
    query = {"kind": "department_created", "limit": 2}
    seen, cursor = [], {}
    while cursor is not None:
        _, page = admin.get("/audit", **query, **cursor)
        seen += [entry["subject"] for entry in page["entries"]]
        cursor = {"cursor": page["next_cursor"]} if page["next_cursor"] else None
    assert seen == [f"Department {number}" for number in (4, 3, 2, 1, 0)]
    assert kinds(admin, since="2999-01-01T00:00:00+08:00") == []
    assert kinds(admin, until="2000-01-01T00:00:00Z") == []
    assert kinds(admin, search="%") == []
    assert len(kinds(admin, search="department 3")) == 1


@pytest.mark.parametrize(
    "query, path",
    [
        ({"since": "yesterday"}, "/since"),
        ({"until": "2026-01-01T00:00:00"}, "/until"),
        ({"cursor": "x"}, "/cursor"),
        ({"cursor": "99999999999999999999"}, "/cursor"),
    ],
)
def test_a_wrong_filter_is_told(admin, query, path):
    status, problem = admin.get("/audit", **query)
    assert status == 422
    assert [issue["path"] for issue in problem["issues"]] == [path]


def test_the_log_as_a_file(admin):
    admin.post("/departments", {"name": '=HYPERLINK("x")'})
    answer = admin.flask.get("/api/v1/audit/export", query_string={"kind": "department_created"})
    rows = list(csv.reader(io.StringIO(answer.get_data().decode("utf-8-sig"))))
    assert rows[0][:3] == ["At", "What", "Who"]
    assert rows[1][1:4] == ["made a department", "Admin", '\'=HYPERLINK("x")']


def test_only_administrators_read_it(sales, manager, anonymous):
    for client, status in ((sales, 403), (manager, 403), (anonymous, 401)):
        assert client.get("/audit")[0] == status
        assert client.get("/audit/export")[0] == status


@pytest.mark.parametrize(
    "statement", ["UPDATE {schema}.audit_entry SET kind = 'x'", "DELETE FROM {schema}.audit_entry"]
)
def test_the_database_lets_nobody_change_an_entry(admin, shop, statement):
    admin.post("/departments", {"name": "North"})
    with shop.services.unit(shop.workspace_key) as unit, pytest.raises(DBAPIError, match="never changed"):
        unit.connection.execute(sa.text(statement.format(schema=unit.workspace.schema_name)))
    assert "department_created" in kinds(admin)


def words(client, kind, language="en"):
    client.patch("/me", {"language": language})
    entry = client.get("/audit", kind=kind)[1]["entries"][0]
    told = {one["label"]: (one["before"], one["after"]) for one in entry["details"]}
    return entry["about"], told


def test_details_are_told_in_names_and_labels(admin, manager, shop):
    _, north = admin.post("/departments", {"name": "North"})
    _, east = admin.post("/departments", {"name": "East", "parent_id": north["id"]})
    person = manager.me["user"]["id"]
    change = {"department_ids": [east["id"]], "roles": ["manager", "sales"], "manager_id": None}
    assert admin.patch(f"/users/{person}", change)[0] == 200
    about, told = words(admin, "user_changed")
    assert about == "Manager"
    assert told["Departments"] == ("—", "North / East")
    assert told["Roles"][1].count(",") == 1
    assert "manager" not in told["Roles"][1]
    admin.patch(f"/departments/{east['id']}", {"head_ids": [person]})
    assert words(admin, "department_changed", "zh-CN")[1]["部门负责人"] == ("—", "Manager")
    admin.delete(f"/departments/{east['id']}")
    # What is gone since goes by what was recorded; the file keeps keys and ids.
    assert str(person) in admin.get("/audit/export")[1]


def test_moments_are_marked_and_told_as_they_are(admin):
    key = {"name": "Robot", "writes": False, "expires_at": "2099-01-01T00:00:00Z"}
    status, made = admin.post("/me/api-keys", key)
    assert status == 200, made
    [entry] = admin.get("/audit", kind="api_key_made")[1]["entries"]
    told = {one["label"]: one for one in entry["details"]}
    assert (told["Ends"]["after"], told["Ends"]["moment"]) == (entry["after"]["expires_at"], True)
    assert {one["moment"] for label, one in told.items() if label != "Ends"} == {False}


def test_days_of_the_calendar_are_told_in_words(admin):
    changed = {
        "weekdays": [1, 2, 3, 4],
        "days": [{"day": "2026-10-01", "working": False, "name": "National Day"}],
    }
    assert admin.patch("/calendar", changed)[0] == 200
    _, told = words(admin, "calendar_changed")
    assert told["Special days"][1] == "2026-10-01 National Day (free)"
    assert told["Working days of the week"][1] == "Monday, Tuesday, Wednesday, Thursday"
    zh = words(admin, "calendar_changed", "zh-CN")[1]
    assert (zh["特殊日期"][1], zh["每周工作日"][1]) == (
        "2026-10-01 National Day（休息）",
        "周一、周二、周三、周四",
    )


def test_changed_permission_groups_are_told_by_their_labels(admin, shop):
    document = json.loads(json.dumps(DOCUMENT))
    groups = document["forms"]["lead"]["permissions"]
    key = next(iter(groups))
    groups[key] = {**groups[key], "label": {"en": "Everyday", "zh": "日常"}, "actions": ["view", "export"]}
    assert admin.post("/apps/shop/publish", {"document": document})[0] == 200
    about, told = words(admin, "permissions_changed")
    assert "shop" not in about
    assert told["Everyday › May"][1] == "view, export"
    assert words(admin, "permissions_changed", "zh-CN")[1]["日常 › 操作权限"][1] == "查看、导出"


def test_nobody_comes_back_with_a_permission_group_of_the_same_key(admin, sales, shop):
    person = sales.me["user"]["id"]
    document = json.loads(json.dumps(DOCUMENT))
    with_group, without = json.loads(json.dumps(document)), document
    group = {"roles": [], "actions": ["view"], "rows": "all"}
    with_group["forms"]["lead"]["permissions"]["extra"] = group
    place = "/apps/shop/forms/lead/permission-groups/extra/members"
    assert admin.post("/apps/shop/publish", {"document": with_group})[0] == 200
    assert admin.call("PUT", place, {"users": [person], "departments": []})[0] == 200
    assert admin.post("/apps/shop/publish", {"document": without})[0] == 200
    told = words(admin, "permission_group_members_changed")[1]
    assert told["Members"] == ("Sales", "—")
    assert admin.post("/apps/shop/publish", {"document": with_group})[0] == 200
    found = admin.get("/apps/shop/forms/lead/permission-groups")[1]["groups"]
    assert next(one for one in found if one["key"] == "extra")["users"] == []
