"""What a leaver has in workflows goes to his successor: tasks, deputies, and places that name him."""

import copy

from tests.api import approvals
from tests.api.approvals import APPROVAL, approve, label, publish, quote, start, task_of, todo

shop = approvals.shop


def id_of(client):
    return client.me["user"]["id"]


def has(admin, person):
    status, found = admin.get(f"/users/{id_of(person)}/belongings")
    assert status == 200, found
    return {item["key"]: (item["count"], item.get("names")) for item in found["items"] if "names" in item}


def hand_over(admin, leaver, successor, **more):
    return admin.post(f"/users/{id_of(leaver)}/handover", {"to": id_of(successor), **more})


def asking(*people, **settings):
    """The approval with people named at its first step."""
    changed = copy.deepcopy(APPROVAL)
    node = changed["nodes"]["manager"]
    node["assignees"] = [{"by": "users", "users": [id_of(one) for one in people]}]
    node.pop("fields")
    node.update(settings)
    return changed


def test_waiting_tasks_go_on_with_the_successor(sales, manager, guest, admin):
    made = quote(sales)
    start(sales, made)
    assert has(admin, manager) == {"tasks": (1, ["Q1 · Manager"])}
    status, done = hand_over(admin, manager, guest, deactivate=True)
    assert (status, done["handed"], done["left"]) == (
        200,
        [{"key": "tasks", "count": 1, "to": id_of(guest)}],
        0,
    )
    assert has(admin, manager) == {}
    assert [task["record"]["id"] for task in todo(guest)] == [made["id"]]
    [entry] = admin.get("/audit", kind="handed_over")[1]["entries"]
    told = {one["label"]: (one["before"], one["after"]) for one in entry["details"]}
    assert told["Tasks"] == ("Q1 · Manager", f"Guest (#{id_of(guest)})")
    approve(guest, made, values={"checked": "yes"})


def test_one_thing_may_stay(sales, manager, guest, admin):
    start(sales, quote(sales))
    items = [{"key": "tasks", "to": None}]
    status, done = hand_over(admin, manager, guest, items=items)
    assert (status, done["handed"], len(todo(manager))) == (200, [], 1)


def test_a_task_whose_successor_is_asked_already_is_told_and_may_be_left(shop, sales, manager, guest, admin):
    publish(shop, approval=asking(manager, guest, several={"rule": "all"}))
    made = quote(sales)
    start(sales, made)
    # Named in the workflow, too, which stays where it is.
    items = [{"key": "workflows", "to": None}]
    status, refused = hand_over(admin, manager, guest, items=items)
    assert (status, [one["path"] for one in refused["issues"]]) == (422, ["/records"])
    assert "Q1" in refused["issues"][0]["message"]
    assert len(todo(manager)) == 1
    status, done = hand_over(admin, manager, guest, items=items, partly=True)
    assert (status, done["left"]) == (200, 1)
    assert (len(todo(manager)), len(todo(guest))) == (1, 1)


def test_workflows_that_name_the_leaver_name_the_successor_and_runs_follow(
    shop, sales, manager, guest, other, admin
):
    first = {
        "type": "approval",
        "label": label("First"),
        "assignees": [{"by": "users", "users": [id_of(other)]}],
        "next": "manager",
    }
    named = asking(manager, guest)
    named["nodes"] = {"first": first, **named["nodes"]}
    named["first"] = "first"
    named["nodes"]["manager"]["nobody"] = {"then": "users", "users": [id_of(manager)]}
    publish(shop, approval=named)
    made = quote(sales)
    start(sales, made)
    _, draft = admin.get("/apps/shop/draft")
    change = {"path": "/workflows/approval/description", "value": label("Drafted")}
    status, draft = admin.patch("/apps/shop/draft", {"changes": [change], "revision": draft["revision"]})
    assert status == 200, draft
    assert has(admin, manager)["workflows"] == (1, ["Quote approval"])
    assert hand_over(admin, manager, guest)[0] == 200
    assert has(admin, manager) == {}
    for place in ("definition", "draft"):
        answer = admin.get(f"/apps/shop/{place}")[1]
        document = answer["document"] if place == "draft" else answer
        node = document["workflows"]["approval"]["nodes"]["manager"]
        assert node["assignees"] == [{"by": "users", "users": [id_of(guest)]}]
        assert node["nobody"]["users"] == [id_of(guest)]
        assert ("description" in document["workflows"]["approval"]) == (place == "draft")
    # What ran already asks the successor at the step to come.
    approve(other, made)
    assert task_of(guest, made)["node"]["key"] == "manager"
    assert "app_published" in {one["kind"] for one in admin.get("/audit")[1]["entries"]}


def delegate(client, to):
    status, made = client.post("/me/delegations", {"to": id_of(to)})
    assert status == 201, made


def deputies(client):
    return [one["to"]["name"] for one in client.get("/me/delegations")[1]["delegations"]]


def test_the_successor_is_deputy_instead_and_the_leavers_own_deputies_end(
    shop, sales, manager, guest, other, admin
):
    delegate(sales, manager)
    delegate(manager, admin)
    # The successor's own deputy cannot be the one for whom he decides.
    delegate(guest, other)
    delegate(other, manager)
    assert has(admin, manager)["delegations"] == (
        3,
        ["Manager → Admin", "Sales → Manager", "Other → Manager"],
    )
    assert hand_over(admin, manager, guest)[0] == 200
    assert has(admin, manager) == {}
    assert (deputies(sales), deputies(manager), deputies(other), deputies(guest)) == (
        ["Guest"],
        [],
        [],
        ["Other"],
    )


def test_of_apps_outside_the_circle_nothing_is_listed_nor_handed_over(sales, manager, guest, other, admin):
    _, place = admin.post("/departments", {"name": "Sales"})
    for person in (manager, guest):
        assert admin.patch(f"/users/{id_of(person)}", {"department_ids": [place["id"]]})[0] == 200
    circle = {"user_id": id_of(other), "apps": [], "department_ids": [place["id"]]}
    assert admin.post("/administrators", circle)[0] == 201
    start(sales, quote(sales))
    delegate(sales, manager)
    # Sales is nobody whom he manages, and the app is not his.
    assert has(other, manager) == {}
    assert hand_over(other, manager, guest)[0] == 200
    assert (len(todo(manager)), deputies(sales)) == (1, ["Manager"])
