"""Approving, rejecting, returning and taking back, as several people, with all that follows in the data."""

import copy

import pytest

from tests.api import approvals
from tests.api.approvals import (
    APPROVAL,
    QUOTES,
    approve,
    decide,
    publish,
    quote,
    read,
    start,
    task_of,
    todo,
)

shop = approvals.shop


def history(client, record):
    return client.get(f"{QUOTES}/{record['id']}/workflow")[1]["instances"]


def orders(client):
    return client.get("/apps/shop/forms/order/records")[1]["records"]


def test_a_quote_goes_from_its_owner_over_two_approvals_to_a_placed_order(sales, manager, guest, admin):
    made = quote(sales)
    instance = start(sales, made)
    assert (instance["status"], instance["status_label"]["en"]) == ("running", "Running")
    assert read(sales, made)["status"] == "in_approval"
    states = {node["key"]: node["state"] for node in instance["nodes"]}
    assert states["manager"] == "current"
    assert [stop["node"] for stop in instance["expected"]][:1] != []
    answer = approve(manager, made, values={"checked": "yes"}, comment="Good")
    assert answer["task"]["decision"] == "approve"
    assert read(sales, made)["status"] == "at_finance"
    assert orders(admin) == []
    answer = approve(guest, made)
    assert answer["workflow"]["status"] == "approved"
    assert read(sales, made)["status"] == "approved"
    [order] = orders(admin)
    assert (order["no"], order["placed"], order["quote"]["id"]) == ("SO-Q1", True, made["id"])
    [told] = history(sales, made)
    assert told["ended_at"] is not None
    assert [edge["taken"] for edge in told["edges"]] == [True] * 4
    assert {node["state"] for node in told["nodes"]} == {"done"}
    comments = [step["comment"] for step in told["steps"] if step["comment"]]
    assert comments == ["Good"]


def test_a_workflow_starts_by_itself_when_its_condition_holds(sales, manager):
    small, large = quote(sales, "Q1", discount=0.1), quote(sales, "Q2", discount=0.25)
    assert [task["record"]["id"] for task in todo(manager)] == [large["id"]]
    assert large["status"] == "in_approval"
    status, changed = sales.patch(f"{QUOTES}/{small['id']}", {"revision": small["revision"], "note": "x"})
    assert (status, changed["status"]) == (200, "draft")
    status, changed = sales.patch(f"{QUOTES}/{small['id']}", {"revision": 2, "discount": 0.35})
    assert (status, changed["status"]) == (200, "in_approval")
    assert {task["record"]["id"] for task in todo(manager)} == {small["id"], large["id"]}


def test_batches_start_workflows_as_single_saves_do(sales, manager):
    body = {"create": [{"no": f"B{number}", "discount": 0.25} for number in range(3)]}
    assert sales.post(f"{QUOTES}/batch", body)[0] == 200
    assert len(todo(manager)) == 3


def test_a_second_start_is_refused_while_one_runs_and_may_come_after_it(sales, manager, guest):
    made = quote(sales)
    start(sales, made)
    status, problem = sales.post(f"{QUOTES}/{made['id']}/workflow", {"workflow": "approval"})
    assert (status, problem["code"]) == (409, "workflow_already_running")
    assert sales.get(f"{QUOTES}/{made['id']}/workflow")[1]["startable"] == []
    decide(manager, task_of(manager, made), "reject", comment="No")
    assert [one["workflow"] for one in sales.get(f"{QUOTES}/{made['id']}/workflow")[1]["startable"]] == [
        "approval"
    ]
    start(sales, made)
    assert len(history(sales, made)) == 2


def test_rejecting_ends_it_with_the_reason(sales, manager):
    made = quote(sales)
    start(sales, made)
    task = task_of(manager, made)
    assert decide(manager, task, "reject")[0] == 422
    status, answer = decide(manager, task, "reject", comment="Too dear")
    assert (status, answer["workflow"]["status"]) == (200, "rejected")
    assert read(sales, made)["status"] == "rejected"
    assert todo(manager) == []
    [done] = todo(manager, box="done")
    assert (done["decision"], done["decision_label"]["en"]) == ("reject", "Reject")


def test_what_a_task_requires_must_be_filled_in_and_other_fields_stay_closed(sales, manager):
    made = quote(sales)
    start(sales, made)
    task = task_of(manager, made)
    status, problem = decide(manager, task, "approve")
    assert (status, [issue["path"] for issue in problem["issues"]]) == (422, ["/values/checked"])
    status, problem = decide(manager, task, "approve", values={"checked": "yes", "amount": 1})
    assert (status, [issue["path"] for issue in problem["issues"]]) == (422, ["/values/amount"])
    status, problem = decide(manager, task, "approve", values={"checked": "x", "discount": "much"})
    assert (status, [issue["path"] for issue in problem["issues"]]) == (422, ["/values/discount"])
    assert read(sales, made)["checked"] is None
    assert decide(manager, task, "approve", values={"checked": "yes", "discount": 0.05})[0] == 200
    assert read(sales, made)["discount"] == 0.05


def test_returning_brings_it_back_and_the_way_is_gone_again(sales, manager, guest):
    made = quote(sales)
    start(sales, made)
    approve(manager, made, values={"checked": "yes"})
    task = task_of(guest, made)
    page = guest.get(f"/tasks/{task['id']}")[1]
    [back] = [one for one in page["decisions"] if one["key"] == "return"]
    assert "manager" in [target["key"] for target in back["to"]]
    status, answer = decide(guest, task, "return", to="manager", comment="Look again")
    assert status == 200, answer
    again = task_of(manager, made)
    assert again["id"] != task["id"]
    approve(manager, made)
    assert task_of(guest, made)["node"]["key"] == "finance"


def test_who_started_it_may_take_it_back(sales, manager, other):
    made = quote(sales)
    instance = start(sales, made)
    path = f"/workflow-instances/{instance['id']}/withdraw"
    assert other.post(path, {})[0] == 404
    assert manager.post(path, {})[0] == 403
    status, told = sales.post(path, {"comment": "A mistake"})
    assert (status, told["status"]) == (200, "withdrawn")
    assert read(sales, made)["status"] == "draft"
    assert todo(manager) == []


def test_a_task_is_reassigned_and_an_approver_is_added(sales, manager, guest, admin, other):
    made = quote(sales)
    start(sales, made)
    task = task_of(manager, made)
    someone = other.me["user"]["id"]
    status, answer = decide(manager, task, "reassign", user=someone, comment="Yours")
    assert status == 200, answer
    assert todo(manager) == []
    moved = task_of(other, made)
    more = {"users": [admin.me["user"]["id"]], "where": "after"}
    assert decide(other, moved, "add_approver", **more)[0] == 422
    status, answer = decide(other, moved, "add_approver", values={"checked": "yes"}, **more)
    assert status == 200, answer
    assert (todo(other), todo(guest)) == ([], [])
    approve(admin, made)
    assert [task["node"]["key"] for task in todo(guest)] == ["finance"]


def test_two_people_decide_and_the_second_is_told_who_was_faster(shop, sales, manager, as_user):
    everybody = copy.deepcopy(APPROVAL)
    everybody["nodes"]["manager"]["assignees"] = [
        {"by": "role", "role": role} for role in ("manager", "guest")
    ]
    everybody["nodes"]["manager"]["fields"] = {}
    publish(shop, approval=everybody)
    guest = as_user("guest")
    made = quote(sales)
    start(sales, made)
    mine, theirs = task_of(manager, made), task_of(guest, made)
    assert decide(manager, mine, "approve")[0] == 200
    for client, task in ((guest, theirs), (manager, mine)):
        status, problem = decide(client, task, "approve")
        assert (status, problem["code"]) == (409, "task_decided")
        assert problem["decided"]["by"]["name"] == "Manager"


def test_while_it_runs_the_record_is_locked_for_others_but_for_the_exceptions(sales, manager):
    made = quote(sales)
    start(sales, made)
    now = read(sales, made)
    assert now["$locked"]["workflow"]["en"] == "Quote approval"
    assert [person["name"] for person in now["$locked"]["people"]] == ["Manager"]
    assert "note" not in now["$locked"]["fields"]
    path, revision = f"{QUOTES}/{made['id']}", now["revision"]
    status, problem = sales.patch(path, {"revision": revision, "amount": 5})
    assert (status, problem["code"]) == (409, "locked_by_workflow")
    assert "Manager" in problem["title"]
    status, problem = manager.delete(path)
    assert (status, problem["code"]) == (409, "locked_by_workflow")
    status, changed = sales.patch(path, {"revision": revision, "note": "Please hurry"})
    assert (status, changed["note"]) == (200, "Please hurry")
    decide(manager, task_of(manager, made), "reject", comment="No")
    assert "$locked" not in read(sales, made)
    assert sales.patch(path, {"revision": read(sales, made)["revision"], "amount": 5})[0] == 200


def test_somebody_without_any_right_sees_that_one_record_within_the_fields_of_the_node(
    sales, manager, guest, other
):
    made, hidden = quote(sales, "Q1", note="inside"), quote(sales, "Q2")
    start(sales, made)
    task = task_of(manager, made)
    for stranger in (guest, other):
        assert stranger.get(f"/tasks/{task['id']}")[0] == 404
        assert decide(stranger, task, "approve")[0] == 404
    approve(manager, made, values={"checked": "yes"})
    mine = task_of(guest, made)
    status, page = guest.get(f"/tasks/{mine['id']}")
    assert status == 200, page
    assert (page["record"]["no"], page["record"]["amount"]) == ("Q1", 1000)
    assert not {"note", "discount", "margin", "checked"} & page["record"].keys()
    assert set(page["describe"]["fields"]) == {"no", "amount"}
    assert page["fields"]["editable"] == []
    assert guest.get(f"{QUOTES}/{made['id']}")[0] == 404
    assert guest.get(QUOTES)[0] == 404
    assert guest.get(f"{QUOTES}/{hidden['id']}/workflow")[0] == 404
    assert decide(guest, mine, "approve", values={"amount": 1})[0] == 422
    assert decide(guest, mine, "approve")[0] == 200
    assert guest.get(f"/tasks/{mine['id']}")[1]["record"]["no"] == "Q1"


def test_the_page_of_a_task_tells_what_may_be_done_and_what_is_new(sales, manager):
    made = quote(sales)
    start(sales, made)
    sales.patch(f"{QUOTES}/{made['id']}", {"revision": read(sales, made)["revision"], "note": "New"})
    status, page = manager.get(f"/tasks/{task_of(manager, made)['id']}")
    assert status == 200, page
    assert page["intro"]["en"] == "Look at the margin"
    assert page["fields"]["editable"] == ["checked", "discount"]
    assert page["fields"]["required"] == ["checked"]
    assert {"approve", "reject", "return", "reassign"} <= {one["key"] for one in page["decisions"]}
    assert [one["field"] for one in page["changed"] if one["field"] == "note"] == ["note"]
    assert page["workflow"]["initiator"]["name"] == "Sales"


def test_boxes_are_filtered_counted_and_paged(sales, manager):
    for number in range(3):
        start(sales, quote(sales, f"Q{number}"))
    counts = manager.get("/tasks/counts")[1]
    assert counts == {"todo": 3, "overdue": 0, "copied": 0, "by_app": {"shop": 3}}
    page = manager.get("/tasks", limit=2)[1]
    assert [task["record"]["title"] for task in page["tasks"]] == ["Q2", "Q1"]
    rest = manager.get("/tasks", limit=2, cursor=page["next_cursor"])[1]
    assert ([task["record"]["title"] for task in rest["tasks"]], rest["next_cursor"]) == (["Q0"], None)
    assert [task["record"]["title"] for task in todo(manager, search="q1")] == ["Q1"]
    assert todo(manager, workflow="nothing") == []
    assert len(todo(manager, form="quote", initiator=sales.me["user"]["id"])) == 3
    found = manager.get("/tasks/facets")[1]
    assert [one["key"] for one in found["workflows"]] == ["approval"]
    assert [one["name"] for one in found["initiators"]] == ["Sales"]
    started = todo(sales, box="started")
    assert [one["waiting_for"][0]["name"] for one in started] == ["Manager"] * 3
    assert manager.get("/tasks", cursor="x")[0] == 422


def test_the_next_task_is_the_one_below_of_those_that_the_filter_leaves(sales, manager):
    for no in ("Q1", "X2", "Q3", "Q4", "X5"):
        start(sales, quote(sales, no))
    ids = {task["record"]["title"]: task["id"] for task in todo(manager)}
    for no, query, then in (
        ("Q3", "?search=Q", "Q1"),
        ("Q1", "?search=Q", "Q4"),
        ("X5", "", "Q4"),
        ("Q4", "?search=Q", None),
    ):
        body = {"decision": "reject", "comment": "No"}
        status, answer = manager.post(f"/tasks/{ids[no]}/decision{query}", body)
        assert status == 200, answer
        assert answer["next_task"] == ids.get(then), no


def test_many_tasks_are_decided_at_once_and_what_is_refused_says_why(sales, manager):
    made = [quote(sales, f"Q{number}", checked="yes" if number else None) for number in range(3)]
    for one in made:
        start(sales, one)
    ids = [task["id"] for task in todo(manager)]
    status, answer = manager.post("/tasks/decisions", {"tasks": [*ids, 999999], "decision": "approve"})
    assert (status, answer["decided"]) == (200, 2)
    assert [one["title"] for one in answer["refused"]] == ["Q0", ""]
    assert "Checked" in answer["refused"][0]["message"]
    assert len(todo(manager)) == 1


def test_administrators_reassign_move_and_cancel_with_a_reason_that_is_logged(sales, manager, guest, admin):
    made = quote(sales)
    instance = start(sales, made)
    path = f"/workflow-instances/{instance['id']}"
    assert manager.post(f"{path}/cancel", {"reason": "x"})[0] == 403
    [running] = admin.get("/workflow-instances")[1]["tasks"]
    assert running["instance"]["id"] == instance["id"]
    task = task_of(manager, made)
    body = {"task": task["id"], "user": guest.me["user"]["id"], "reason": "On holiday"}
    assert admin.post(f"{path}/reassign", body)[0] == 200
    assert (todo(manager), len(todo(guest))) == ([], 1)
    status, told = admin.post(f"{path}/move", {"to": "finance", "reason": "Faster"})
    assert status == 200, told
    assert [one["node"]["key"] for one in todo(guest)] == ["finance"]
    status, told = admin.post(f"{path}/cancel", {"reason": "Not needed"})
    assert (status, told["status"]) == (200, "cancelled")
    assert read(sales, made)["status"] == "cancelled"
    kinds = {entry["kind"] for entry in admin.get("/audit")[1]["entries"]}
    assert {"workflow_reassigned", "workflow_moved", "workflow_cancelled"} <= kinds


def test_an_effect_that_the_data_refuses_leaves_the_run_stuck_until_it_is_retried(
    sales, manager, guest, admin
):
    status, _ = admin.post("/apps/shop/forms/order/records", {"no": "SO-Q1"})
    assert status == 201
    made = quote(sales)
    instance = start(sales, made)
    approve(manager, made, values={"checked": "yes"})
    answer = approve(guest, made)
    assert answer["workflow"]["status"] == "stuck"
    assert read(sales, made)["status"] == "at_finance"
    [stuck] = admin.get("/workflow-instances", status="stuck")[1]["tasks"]
    assert stuck["instance"]["id"] == instance["id"]
    [blocker] = orders(admin)
    assert admin.delete(f"/apps/shop/forms/order/records/{blocker['id']}")[0] == 204
    status, told = admin.post(f"/workflow-instances/{instance['id']}/retry", {})
    assert (status, told["status"]) == (200, "approved")
    assert [order["no"] for order in orders(admin)] == ["SO-Q1"]


def test_running_instances_stay_on_their_version(shop, sales, manager, guest, admin):
    made = quote(sales)
    start(sales, made)
    shorter = copy.deepcopy(APPROVAL)
    shorter["nodes"]["manager"]["next"] = "done"
    for key in ("finance", "make", "place"):
        del shorter["nodes"][key]
    publish(shop, approval=shorter)
    approve(manager, made, values={"checked": "yes"})
    assert len(todo(guest)) == 1
    later = quote(sales, "Q2")
    start(sales, later)
    assert approve(manager, later, values={"checked": "yes"})["workflow"]["status"] == "approved"
    versions = admin.get("/apps/shop/workflows/approval/versions")[1]["versions"]
    assert [(one["number"], one["running"]) for one in versions] == [(2, 0), (1, 1)]


def test_runs_move_to_a_newer_version_as_far_as_it_has_where_they_stand(shop, sales, manager, guest, admin):
    first, second = quote(sales, "Q1"), quote(sales, "Q2")
    for one in (first, second):
        start(sales, one)
    approve(manager, second, values={"checked": "yes"})
    shorter = copy.deepcopy(APPROVAL)
    shorter["nodes"]["manager"]["next"] = "done"
    for key in ("finance", "make", "place"):
        del shorter["nodes"][key]
    publish(shop, approval=shorter)
    body = {"app": "shop", "workflow": "approval", "reason": "A new rule"}
    path = "/workflow-instances/migrate"
    assert manager.post(path, body)[0] == 403
    assert admin.post(path, {**body, "reason": " "})[1]["issues"][0]["path"] == "/reason"
    status, seen = admin.post(f"{path}?preview=true", {"app": "shop", "workflow": "approval"})
    assert (status, seen["version"], seen["moved"]) == (200, 2, 0)
    assert [(one["title"], one["possible"]) for one in seen["instances"]] == [("Q1", True), ("Q2", False)]
    assert "Finance" in seen["instances"][1]["message"]
    assert [one["at"][0]["en"] for one in seen["instances"]] == ["Manager", "Finance"]
    assert admin.post(path, body)[1]["moved"] == 1
    answer = approve(manager, first, values={"checked": "yes"})
    assert (answer["workflow"]["number"], answer["workflow"]["status"]) == (2, "approved")
    assert approve(guest, second)["workflow"]["number"] == 1
    assert "workflow_migrated" in {entry["kind"] for entry in admin.get("/audit")[1]["entries"]}
    assert admin.post(path, {**body, "workflow": "nothing"})[0] == 404


def test_delegations_send_tasks_to_somebody_else_for_a_while(sales, manager, guest, admin):
    body = {"to": guest.me["user"]["id"], "app": "shop", "forms": ["quote"], "from": "2020-01-01"}
    status, kept = manager.post("/me/delegations", body)
    assert (status, kept["active"]) == (201, True)
    made = quote(sales)
    start(sales, made)
    assert todo(manager) == []
    assert task_of(guest, made)["for_user"]["name"] == "Manager"
    wrong = [
        {"to": manager.me["user"]["id"]},
        {"to": 99999},
        {**body, "until": "2019-01-01"},
        {**body, "app": "x"},
    ]
    assert [manager.post("/me/delegations", one)[0] for one in wrong] == [422] * 4
    assert guest.post("/me/delegations", {"to": manager.me["user"]["id"]})[0] == 422
    assert [one["of"]["name"] for one in guest.get("/me/delegations")[1]["for_me"]] == ["Manager"]
    assert guest.delete(f"/me/delegations/{kept['id']}")[0] == 404
    assert manager.delete(f"/me/delegations/{kept['id']}")[0] == 204


def test_people_are_told_and_see_what_they_were_told_once(sales, manager):
    start(sales, quote(sales))
    page = manager.get("/notifications")[1]
    assert page["unread"] == 1
    [told] = page["notifications"]
    assert (told["kind"], told["read"]) == ("task", False)
    assert "Q1" in told["text"]
    assert told["task"] == todo(manager)[0]["id"]
    assert manager.post("/notifications/read", {})[1] == {"unread": 0}
    assert manager.get("/notifications", unread="true")[1]["notifications"] == []
    assert sales.get("/notifications", cursor="x")[0] == 422


def test_phrases_and_mail_settings_are_ones_own(sales, manager):
    status, phrase = sales.post("/me/phrases", {"text": "  Looks  good "})
    assert (status, phrase["text"]) == (201, "Looks good")
    assert sales.post("/me/phrases", {"text": "Looks good"})[1]["id"] == phrase["id"]
    assert manager.get("/me/phrases")[1] == {"phrases": []}
    assert manager.delete(f"/me/phrases/{phrase['id']}")[0] == 404
    assert sales.delete(f"/me/phrases/{phrase['id']}")[0] == 204
    assert sales.get("/me/notification-settings")[1]["mail"]["task"] is True
    assert (
        sales.call("PUT", "/me/notification-settings", {"mail": {"task": False}})[1]["mail"]["task"] is False
    )
    assert sales.call("PUT", "/me/notification-settings", {"mail": {"nothing": False}})[0] == 422


def test_who_did_not_hear_the_answer_says_it_again_and_nothing_is_done_twice(shop, sales, manager, admin):
    made = quote(sales)
    path = f"{QUOTES}/{made['id']}/workflow"
    first, again = (sales.post(path, {"workflow": "approval", "key": "mine"}) for _ in range(2))
    assert (first[0], again[0], again[1]["id"]) == (201, 201, first[1]["id"])
    assert (
        sales.post(path, {"workflow": "approval", "key": "another"})[1]["code"] == "workflow_already_running"
    )
    task = task_of(manager, made)
    asked = {"user": admin.me["user"]["id"], "comment": "Is it?"}
    for _ in range(2):
        assert decide(manager, task, "ask", key="one", **asked)[0] == 200
    assert len(todo(admin)) == 1
    assert decide(manager, task, "ask", key="two", **asked)[0] == 200
    assert len(todo(admin)) == 2
    told = [decide(manager, task, "reject", comment="No", key="three") for _ in range(2)]
    assert [(status, answer["workflow"]["status"]) for status, answer in told] == [(200, "rejected")] * 2
    assert decide(manager, task, "approve", key="three")[1]["code"] == "task_decided"


PRINTS = {
    "as the form lets whom is asked": (None, {"manager": True, "guest": False}),
    "always": (True, {"manager": True, "guest": True}),
    "never": (False, {"manager": False, "guest": False}),
}


@pytest.mark.parametrize("said, printable", PRINTS.values(), ids=PRINTS)
def test_a_node_says_whether_its_tasks_are_printed(shop, sales, manager, guest, said, printable):
    changed = copy.deepcopy(APPROVAL)
    changed["nodes"]["manager"].pop("fields")
    for node in ("manager", "finance"):
        if said is not None:
            changed["nodes"][node]["print"] = said
    document = approvals.document(approval=changed)
    document["forms"]["quote"]["permissions"]["manager"]["actions"].append("print")
    approvals.publish_document(shop, document)
    made = quote(sales)
    start(sales, made)
    for name, client in (("manager", manager), ("guest", guest)):
        task = task_of(client, made)
        assert client.get(f"/tasks/{task['id']}")[1]["print"] == printable[name]
        decide(client, task, "approve")
        # It is still so once he has decided: the paper goes into the file.
        shown = client.get(f"/tasks/{task['id']}")[1]
        assert shown["print"] == printable[name]
        assert ("margin" in shown["record"]) == (name == "manager")
