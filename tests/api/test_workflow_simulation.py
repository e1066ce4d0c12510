"""A workflow is played through with a record and the people there are, and nothing comes of it."""

import copy

import pytest

from tests.api import approvals
from tests.api.approvals import APPROVAL, QUOTES, quote, read, todo

shop = approvals.shop

SIMULATE = "/apps/shop/workflows/approval/simulate"
MANAGER = {"node": "manager", "decision": "approve"}
FINANCE = {"node": "finance", "decision": "approve"}


@pytest.fixture
def simulate(admin):
    def call(**body):
        status, told = admin.post(SIMULATE, body)
        assert status == 200, told
        return told

    return call


def test_who_would_be_asked_and_what_would_be_done(simulate, sales, manager, admin):
    made = quote(sales)
    before = read(sales, made)
    told = simulate(record=made["id"], decisions=[MANAGER, FINANCE])
    assert (told["status"], told["issues"], told["expected"]) == ("approved", [], [])
    entered = [step["node"] for step in told["steps"] if step["event"] == "entered"]
    assert entered == ["manager", "finance", "make", "place", "done"]
    assert [task["user"]["name"] for task in told["tasks"] if task["node"] == "manager"]
    assert {task["state"] for task in told["tasks"]} <= {"done", "gone"}
    assert [effect["kind"] for effect in told["effects"] if effect["kind"] != "notify"] == [
        *("set_fields", "set_fields", "create_record", "update_records", "set_fields"),
    ]
    made_then = next(effect for effect in told["effects"] if effect["kind"] == "create_record")
    assert {one["key"]: one["text"] for one in made_then["values"]} == {"amount": "1000", "no": "SO-Q1"}
    [first] = [one for one in told["effects"] if (one["notice"], one["node"]) == ("task", "finance")]
    assert [one["name"] for one in first["people"]]
    assert read(sales, made) == before
    assert admin.get(f"{QUOTES}/{made['id']}/workflow")[1]["instances"] == []
    assert [task for task in todo(manager) if task["record"]["id"] == made["id"]] == []
    assert admin.get("/apps/shop/forms/order/records")[1]["records"] == []


def test_where_it_stands_before_it_is_decided(simulate, sales):
    told = simulate(record=quote(sales)["id"])
    assert (told["status"], [task["state"] for task in told["tasks"]][:1]) == ("running", ["open"])
    assert [stop["node"] for stop in told["expected"]] == ["finance", "make", "place", "done"]
    assert told["expected"][0]["people"] != []


def test_values_are_thought_of_and_a_drawn_workflow_is_played(simulate, sales):
    drawn = copy.deepcopy(APPROVAL)
    drawn["first"] = "how"
    drawn["nodes"]["how"] = {
        "type": "branch",
        "label": {"en": "How much?", "zh": "多少？"},
        "kind": "exclusive",
        "branches": {
            "much": {"label": {"en": "Much", "zh": "多"}, "when": "{discount} > 0.1", "next": "manager"},
            "little": {"label": {"en": "Little", "zh": "少"}, "next": "done"},
        },
    }
    made = quote(sales)
    for discount, status in ((0.05, "approved"), (0.5, "running")):
        told = simulate(workflow=drawn, record=made["id"], values={"discount": discount})
        assert told["status"] == status
    alone = simulate(workflow=drawn, values={"no": "Q9", "discount": 0.5})
    assert [task["node"] for task in alone["tasks"] if task["state"] == "open"][:1] == ["manager"]
    decisions = [
        {"node": "manager", "decision": "return", "to": "start"},
        {"node": "start", "decision": "submit", "values": {"discount": 0.01}},
    ]
    assert simulate(workflow=drawn, values={"discount": 0.5}, decisions=decisions)["status"] == "approved"


def test_what_cannot_be_decided_is_told_at_its_place(simulate, sales):
    told = simulate(record=quote(sales)["id"], decisions=[MANAGER, MANAGER])
    [issue] = told["issues"]
    assert (issue["path"], issue["code"]) == ("/decisions/1/node", "workflow_nobody_asked_there")
    assert [task["node"] for task in told["tasks"] if task["state"] == "open"][:1] == ["finance"]


def test_what_may_be_decided_and_when_it_goes_on_by_itself(simulate, sales):
    drawn = copy.deepcopy(APPROVAL)
    drawn["nodes"]["manager"]["due"] = {"after": {"amount": 2, "unit": "days"}, "then": "reject"}
    made = quote(sales)
    told = simulate(workflow=drawn, record=made["id"])
    task = next(task for task in told["tasks"] if task["state"] == "open")
    assert [one["key"] for one in task["decisions"]][:3] == ["approve", "reject", "return"]
    assert [one["key"] for one in task["decisions"][2]["to"]] == ["start"]
    assert told["wakes_at"] == task["due_at"]
    over = simulate(workflow=drawn, record=made["id"], decisions=[{"node": "manager", "decision": "wait"}])
    assert (over["status"], over["now"], over["wakes_at"]) == ("rejected", task["due_at"], None)


def test_the_record_changes_while_it_waits(simulate, sales):
    drawn = copy.deepcopy(APPROVAL)
    drawn["first"] = "until"
    drawn["nodes"]["until"] = {
        "type": "wait_for",
        "label": {"en": "Checked", "zh": "已检查"},
        "condition": "NOT(ISBLANK({checked}))",
        "next": "manager",
    }
    made = quote(sales)
    for values, open_at in (({"note": "seen"}, []), ({"checked": "yes"}, ["manager"])):
        change = {"node": "until", "decision": "change", "values": values}
        told = simulate(workflow=drawn, record=made["id"], decisions=[change])
        assert sorted({task["node"] for task in told["tasks"] if task["state"] == "open"}) == open_at


def test_what_a_test_has_to_know_of_the_record(simulate, sales):
    drawn = copy.deepcopy(APPROVAL)
    drawn["first"] = "how"
    drawn["nodes"]["how"] = {
        "type": "branch",
        "label": {"en": "How much?", "zh": "多少？"},
        "kind": "exclusive",
        "branches": {
            "much": {
                "label": {"en": "Much", "zh": "多"},
                "when": "AND({discount} > 0.1, SUM({orders.amount}) < 5)",
                "next": "manager",
            },
            "little": {"label": {"en": "Little", "zh": "少"}, "next": "done"},
        },
    }
    told = simulate(workflow=drawn, values={"no": "Q9", "discount": 0.5, "note": "of no interest"})
    assert told["record"] == {"discount": 0.5}


def test_time_passes(simulate, sales):
    drawn = copy.deepcopy(APPROVAL)
    drawn["nodes"]["manager"]["due"] = {"after": {"amount": 2, "unit": "days"}, "then": "reject"}
    wait = {"node": "manager", "decision": "wait", "after": {"amount": 3, "unit": "days"}}
    assert simulate(workflow=drawn, record=quote(sales)["id"], decisions=[wait])["status"] == "rejected"


def test_a_task_is_handed_on_and_asked_about_and_the_run_is_withdrawn(simulate, sales, shop):
    drawn = copy.deepcopy(APPROVAL)
    drawn["withdraw"] = "before_decision"
    record = quote(sales)["id"]
    mine, guest = (shop.as_user(name).get("/me")[1]["user"]["id"] for name in ("manager", "guest"))
    to_guest = {"node": "manager", "decision": "reassign", "user": mine, "users": [guest]}
    handed = simulate(workflow=drawn, record=record, decisions=[to_guest])
    [task] = [one for one in handed["tasks"] if one["state"] == "open"]
    assert (task["user"]["id"], task["added_by"]["id"]) == (guest, mine)
    assert (handed["settled"], handed["may_withdraw"]) == ([False], True)
    asks = {"node": "manager", "decision": "ask", "user": guest, "users": [mine]}
    answers = {"node": "manager", "decision": "answer", "user": mine}
    asked = simulate(workflow=drawn, record=record, decisions=[to_guest, asks, answers])
    assert [one["event"] for one in asked["steps"]][-2:] == ["asked", "answered"]
    back = {"node": "manager", "decision": "withdraw"}
    taken = simulate(workflow=drawn, record=record, decisions=[to_guest, back])
    assert (taken["status"], taken["may_withdraw"]) == ("withdrawn", False)
    agreed = {"node": "manager", "decision": "approve", "user": guest}
    late = simulate(workflow=drawn, record=record, decisions=[to_guest, agreed, back])
    assert (late["settled"], late["may_withdraw"]) == ([False, True], False)
    assert [(one["path"], one["code"]) for one in late["issues"]] == [
        ("/decisions/2", "workflow_cannot_withdraw")
    ]


def test_time_passes_until_a_reminder_or_the_deadline(simulate, sales):
    drawn = copy.deepcopy(APPROVAL)
    remind = [{"before": {"amount": 1, "unit": "days"}}]
    due = {"after": {"amount": 2, "unit": "days"}, "remind": remind, "then": "reject"}
    drawn["nodes"]["manager"]["due"] = due
    record = quote(sales)["id"]
    told = simulate(workflow=drawn, record=record)
    assert (told["wakes"]["kind"], told["wakes"]["node"]) == ("remind", "manager")
    for wait, status in (({}, "running"), ({"until": "due"}, "rejected")):
        move = {"node": "manager", "decision": "wait", **wait}
        then = simulate(workflow=drawn, record=record, decisions=[move])
        assert (then["status"], "reminded" in [one["event"] for one in then["steps"]]) == (status, True)


def test_what_is_refused(admin, sales):
    made = quote(sales)
    assert sales.post(SIMULATE, {"record": made["id"]})[0] == 403
    assert admin.post(SIMULATE, {"record": 999_999})[0] == 404
    assert admin.post("/apps/shop/workflows/nothing/simulate", {})[0] == 404
    assert admin.post(SIMULATE, {"values": {"discount": "much"}})[0] == 422
    status, problem = admin.post(SIMULATE, {"workflow": {"form": "quote"}})
    assert (status, problem["code"]) == (422, "invalid_definition")
    assert problem["issues"][0]["path"].startswith("/workflow")
