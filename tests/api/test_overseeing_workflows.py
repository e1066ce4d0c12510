"""What administrators look over: which runs there are, why some cannot go on, many handed over at once."""

from datetime import timedelta

import pytest

from tests.api import approvals
from tests.api.approvals import APPROVAL, QUOTES, approve, decide, publish, quote, read, start, task_of, todo

shop = approvals.shop
RUNS = "/workflow-instances"


def facets(client, **query):
    status, answer = client.get(f"{RUNS}/facets", **query)
    assert status == 200, answer
    return answer


def history(client, made):
    return client.get(f"{QUOTES}/{made['id']}/workflow")[1]["instances"]


def test_all_workflows_are_offered_that_run_or_ran_whoever_started_them(shop, sales, manager, admin):
    start(sales, quote(sales))
    publish(shop, other={**APPROVAL, "label": {"en": "Other", "zh": "其他"}})
    told = facets(admin, app="shop")
    assert [one["key"] for one in told["workflows"]] == ["approval", "other"]
    assert told["workflows"][0]["label"] == APPROVAL["label"]
    assert [one["key"] for one in told["statuses"]][:2] == ["running", "approved"]
    assert [one["name"] for one in told["waiting_for"]] == ["Manager"]
    assert facets(admin, app="none")["workflows"] == []
    assert manager.get(f"{RUNS}/facets")[0] == 403


def test_what_cannot_go_on_says_where_and_why(sales, manager, guest, admin):
    assert admin.post("/apps/shop/forms/order/records", {"no": "SO-Q1"})[0] == 201
    made = quote(sales)
    start(sales, made)
    approve(manager, made, values={"checked": "yes"})
    approve(guest, made)
    start(sales, quote(sales, "Q2"))
    assert facets(admin)["stuck"] == 1
    [stuck] = admin.get(RUNS, status="stuck")[1]["tasks"]
    assert stuck["failure"]["node"]["en"] == "Make the order"
    assert "Another record already has this value" in stuck["failure"]["message"]
    [running] = admin.get(RUNS, status="running")[1]["tasks"]
    assert running["failure"] is None
    assert [one["record"]["title"] for one in sales.get("/tasks", box="started")[1]["tasks"]] == ["Q2", "Q1"]


def test_open_tasks_of_many_runs_go_to_somebody_else(sales, manager, guest, other, admin):
    runs = [start(sales, quote(sales, no))["id"] for no in ("Q1", "Q2", "Q3")]
    who = manager.me["user"]["id"]
    assert len(admin.get(RUNS, waiting_for=who)[1]["tasks"]) == 3
    body = {"instances": [*runs[:2], 10**9], "from": who, "user": other.me["user"]["id"], "reason": "Away"}
    status, answer = admin.post(f"{RUNS}/reassign", body)
    assert (status, answer) == (200, {"reassigned": 2, "refused": []})
    assert len(todo(other)) == 2
    assert [one["record"]["title"] for one in todo(manager)] == ["Q3"]
    assert len(admin.get(RUNS, waiting_for=who)[1]["tasks"]) == 1
    entries = admin.get("/audit")[1]["entries"]
    assert len([one for one in entries if one["kind"] == "workflow_reassigned"]) == 2
    body = {"instances": runs[2:], "user": 10**9, "reason": "Away"}
    [refused] = admin.post(f"{RUNS}/reassign", body)[1]["refused"]
    assert (refused["id"], refused["title"]) == (runs[2], "Q3")
    assert manager.post(f"{RUNS}/reassign", body)[0] == 403


@pytest.fixture
def rejected(sales, manager):
    """A quote that was rejected, and its run."""
    made = quote(sales)
    instance = start(sales, made)
    assert decide(manager, task_of(manager, made), "reject", comment="No")[0] == 200
    return made, f"{RUNS}/{instance['id']}/reactivate"


def test_a_run_that_has_ended_goes_on_with_a_reason_that_is_kept(rejected, sales, manager, guest, admin):
    made, path = rejected
    assert history(admin, made)[0]["may"]["reactivate"] is True
    assert history(sales, made)[0]["may"]["reactivate"] is False
    assert manager.post(path, {"to": "finance", "reason": "x"})[0] == 403
    assert admin.post(path, {"to": "finance"})[0] == 422
    status, problem = admin.post(path, {"to": "nowhere", "reason": "x"})
    assert (status, problem["issues"][0]["path"]) == (422, "/to")
    status, told = admin.post(path, {"to": "finance", "reason": "Clicked the wrong one"})
    assert (status, told["status"], told["ended_at"]) == (200, "running", None)
    assert read(sales, made)["status"] == "at_finance"
    assert told["steps"][-2]["event"] == "reactivated"
    assert told["steps"][-2]["comment"] == "Clicked the wrong one"
    assert approve(guest, made)["workflow"]["status"] == "approved"
    assert "workflow_reactivated" in {entry["kind"] for entry in admin.get("/audit")[1]["entries"]}


def test_a_run_does_not_go_on_beside_another_nor_while_it_runs(rejected, sales, admin):
    made, path = rejected
    again = start(sales, made)
    status, problem = admin.post(path, {"to": "manager", "reason": "x"})
    assert (status, problem["code"]) == (409, "workflow_already_running")
    status, problem = admin.post(f"{RUNS}/{again['id']}/reactivate", {"to": "manager", "reason": "x"})
    assert (status, problem["code"]) == (409, "workflow_still_runs")
    assert [one["ended_at"] is None for one in history(admin, made)] == [True, False]


def test_a_run_whose_record_was_deleted_stays_ended(rejected, sales, admin):
    made, path = rejected
    assert sales.delete(f"{QUOTES}/{made['id']}")[0] == 204
    assert admin.post(path, {"to": "manager", "reason": "x"})[0] == 404


def test_the_drawing_tells_how_long_each_node_took_and_where_it_goes(shop, clock, sales, manager, guest):
    made = quote(sales)
    start(sales, made)
    clock.move(timedelta(hours=2))
    approve(manager, made, values={"checked": "yes"})
    clock.move(timedelta(hours=1))
    decide(guest, task_of(guest, made), "return", to="manager", comment="Look again")
    clock.move(timedelta(hours=3))
    approve(manager, made)
    [run] = history(sales, made)
    nodes = {one["key"]: one for one in run["nodes"]}
    assert (nodes["manager"]["visits"], nodes["manager"]["took_s"]) == (2, 5 * 3600)
    assert (nodes["finance"]["visits"], nodes["finance"]["took_s"]) == (2, 3600)
    assert (nodes["make"]["visits"], nodes["make"]["took_s"]) == (0, None)
    ways = {(one["from"], one["to"]): (one["taken"], one["expected"]) for one in run["edges"]}
    assert ways == {
        ("manager", "finance"): (True, False),
        ("finance", "make"): (False, True),
        ("make", "place"): (False, True),
        ("place", "done"): (False, True),
    }


def test_what_others_changed_is_new_to_who_gets_it_back(sales, manager):
    made = quote(sales)
    start(sales, made)
    decide(
        manager,
        task_of(manager, made),
        "return",
        to="start",
        comment="Less",
        values={"discount": 0.05, "checked": "yes"},
    )
    mine = sales.get(f"/tasks/{task_of(sales, made)['id']}")[1]
    assert {one["field"]: (one["before"], one["after"]) for one in mine["changed"]} == {
        "discount": (0.1, 0.05),
        "checked": (None, "yes"),
    }
    decide(sales, task_of(sales, made), "submit", values={"discount": 0.07})
    theirs = manager.get(f"/tasks/{task_of(manager, made)['id']}")[1]
    assert [(one["field"], one["before"], one["after"]) for one in theirs["changed"]] == [
        ("discount", 0.05, 0.07)
    ]
