"""What a workflow says about people is held to by the server: who starts it, and what a decision needs."""

import copy

import pytest

from joinery.definitions import check_app, dump_app, load_app
from joinery.workflows import catalogue
from tests.api import approvals
from tests.api.approvals import (
    APPROVAL,
    QUOTES,
    decide,
    document,
    publish,
    quote,
    read,
    start,
    task_of,
    todo,
)

shop = approvals.shop


def changed(node, **settings):
    """The approval with other settings of one node."""
    made = copy.deepcopy(APPROVAL)
    made["nodes"][node] |= settings
    return made


def started_by(**start):
    """The approval with one start."""
    return {**copy.deepcopy(APPROVAL), "starts": [start]}


WHO = {
    "everybody who may change it": ({}, ["manager", "sales"]),
    "a role": ({"allowed_to": {"roles": ["manager"]}}, ["manager"]),
    "a role as it was named before": ({"roles": ["manager"]}, ["manager"]),
    "one of both": ({"roles": ["manager"], "allowed_to": {"users": ["{sales}"]}}, ["manager", "sales"]),
    "people by their address": ({"allowed_to": {"users": ["{sales}"]}}, ["sales"]),
    "a department that is not there": ({"allowed_to": {"departments": ["Moon"]}}, []),
    "nobody": ({"allowed_to": {}}, []),
}


def with_address(shop, start):
    """A start in which the address of the sales person stands."""
    made = copy.deepcopy(start)
    who = made.get("allowed_to", {})
    if "users" in who:
        who["users"] = [shop.email("sales").upper()]
    return made


@pytest.mark.parametrize("start, may", WHO.values(), ids=WHO)
def test_who_presses_the_button(shop, sales, manager, admin, start, may):
    publish(shop, approval=started_by(on="button", **with_address(shop, start)))
    made = quote(sales)
    path = f"{QUOTES}/{made['id']}/workflow"
    people = {"sales": sales, "manager": manager, "admin": admin}
    offered = [name for name, client in people.items() if client.get(path)[1]["startable"]]
    assert sorted(offered) == sorted([*may, "admin"])
    for name, client in people.items():
        status, answer = client.post(path, {"workflow": "approval"})
        assert status == (201 if name in offered else 403), answer
        if status == 201:
            assert admin.post(f"/workflow-instances/{answer['id']}/cancel", {"reason": "Again"})[0] == 200


@pytest.mark.parametrize("on", ["create", "change"])
def test_what_others_save_starts_nothing(shop, sales, manager, on):
    save = {"create": {"discount": 0.3}, "change": {}}[on]
    publish(shop, approval=started_by(on=on, allowed_to={"users": [shop.email("sales")]}))
    for client, started in ((manager, 0), (sales, 1)):
        made = quote(client, f"{on}{started}", **save)
        if on == "change":
            body = {"revision": made["revision"], "discount": 0.3}
            assert client.patch(f"{QUOTES}/{made['id']}", body)[0] == 200
        assert len(todo(manager)) == started


def test_what_others_save_need_not_wait_for_approval(shop, sales, manager):
    who = {"users": [shop.email("sales")]}
    publish(shop, approval=started_by(on="change", save="when_approved", allowed_to=who))
    made = quote(sales)
    path = f"{QUOTES}/{made['id']}"
    assert manager.patch(path, {"revision": made["revision"], "discount": 0.2})[0] == 200
    status, _ = sales.patch(path, {"revision": made["revision"] + 1, "discount": 0.35})
    assert (status, read(manager, made)["discount"]) == (202, 0.2)
    task = task_of(manager, made)
    [proposed] = manager.get(f"/tasks/{task['id']}")[1]["workflow"]["proposal"]["fields"]
    assert (proposed["before"], proposed["after"]) == (0.2, 0.35)


def test_who_starts_it_is_kept_as_it_was_written():
    who = {"roles": ["manager"], "departments": ["Head office / Sales"]}
    body = document(approval=started_by(on="button", allowed_to=who))
    assert list(check_app(body, catalogue())) == []
    [start] = dump_app(load_app(body))["workflows"]["approval"]["starts"]
    assert start == {"on": "button", "allowed_to": who}
    body = document(approval=started_by(on="button", allowed_to={}))
    [start] = dump_app(load_app(body))["workflows"]["approval"]["starts"]
    assert start == {"on": "button", "allowed_to": {}}


MISTAKES = {
    "a schedule has nobody": (
        {"on": "schedule", "at": "09:00", "when": "TRUE", "allowed_to": {"roles": ["sales"]}},
        "/workflows/approval/starts/0/allowed_to",
    ),
    "a role that is not there": (
        {"on": "button", "allowed_to": {"roles": ["moon"]}},
        "/workflows/approval/starts/0/allowed_to/roles/0",
    ),
}


@pytest.mark.parametrize("start, path", MISTAKES.values(), ids=MISTAKES)
def test_mistakes_in_who_starts_it(start, path):
    issues = check_app(document(approval=started_by(**start)), catalogue())
    assert [issue.path for issue in issues] == [path]


HOUR = {"amount": 1, "unit": "hours"}
DUE = {
    "no moment": ({"then": "approve"}, ["/due"]),
    "two moments": ({"after": HOUR, "until": "{amount}"}, ["/due", "/due/until"]),
    "no date": ({"until": "{no}"}, ["/due/until"]),
    "a field that is not there": ({"until": "{moon}"}, ["/due/until"]),
    "nobody to escalate to": ({"after": HOUR, "then": "escalate"}, ["/due"]),
    "nobody to escalate to later": (
        {"after": HOUR, "later": [{"after": HOUR, "then": "remind"}, {"after": HOUR, "then": "escalate"}]},
        ["/due/later/1"],
    ),
    "back, and no return": ({"after": HOUR, "then": "approve", "back": "start"}, ["/due/back"]),
    "back to what comes later": ({"after": HOUR, "then": "return", "back": "done"}, ["/due/back"]),
    "back to nothing": (
        {"after": HOUR, "later": [{"after": HOUR, "then": "return", "back": "moon"}]},
        ["/due/later/0/back"],
    ),
    "a role that is not there": (
        {
            "after": HOUR,
            "later": [{"after": HOUR, "then": "escalate", "to": [{"by": "role", "role": "moon"}]}],
        },
        ["/due/later/0/to/0/role"],
    ),
    "no list of steps": ({"after": HOUR, "later": 7}, ["/due/later"]),
    "no deadline at all": (7, ["/due"]),
}


@pytest.mark.parametrize("due, paths", DUE.values(), ids=DUE)
def test_mistakes_in_deadlines(due, paths):
    issues = check_app(document(approval=changed("finance", due=due)), catalogue())
    at = "/workflows/approval/nodes/finance"
    assert sorted({issue.path.removeprefix(at) for issue in issues}) == paths


def test_what_a_rejection_needs_where_the_node_says_so(shop, sales, manager):
    decisions = {"reject": {"complete": True, "comment": "optional"}}
    validations = {"{discount} < 0.5": {"en": "Too much", "zh": "过高"}}
    publish(shop, approval=changed("manager", decisions=decisions, validations=validations))
    made = quote(sales)
    start(sales, made)
    task = task_of(manager, made)
    status, problem = decide(manager, task, "reject", values={"discount": 0.6})
    assert (status, [issue["path"] for issue in problem["issues"]]) == (422, ["/values/checked"])
    status, problem = decide(manager, task, "reject", values={"discount": 0.6, "checked": "yes"})
    assert (status, [issue["message"] for issue in problem["issues"]]) == (422, ["Too much"])
    assert read(sales, made)["checked"] is None
    assert decide(manager, task, "reject", values={"checked": "yes"})[0] == 200
    assert read(sales, made)["status"] == "rejected"


def test_the_history_says_what_happened_by_itself(shop, sales, manager, guest):
    spared = {"initiator": "skip_adjacent"}
    body = changed("manager", assignees=[{"by": "initiator"}], repeat=spared, fields={})
    publish(shop, approval=body)
    made = quote(sales)
    instance = start(sales, made)
    [skipped] = [step for step in instance["steps"] if step["event"] == "skipped"]
    assert (skipped["user"]["name"], skipped["rule"]) == ("Sales", "initiator")
    assert [step["rule"] for step in instance["steps"] if step["event"] == "started"] == [None]
    assert task_of(guest, made)["node"]["key"] == "finance"


NAMING = ("reassign", "add_approver", "ask")


def names(client, task, decision, **query):
    status, answer = client.get(f"/tasks/{task['id']}/people", decision=decision, **query)
    assert status == 200, answer
    return [user["name"] for user in answer["users"]]


@pytest.mark.parametrize("decision", NAMING)
def test_whom_a_decision_may_name_is_offered_and_held_to(shop, sales, manager, guest, admin, other, decision):
    rules = [{"by": "role", "role": "guest"}, {"by": "initiator"}]
    publish(shop, approval=changed("manager", decisions={decision: {"among": rules}}))
    made = quote(sales)
    start(sales, made)
    task = task_of(manager, made)
    offers = {one["key"]: one["limited"] for one in manager.get(f"/tasks/{task['id']}")[1]["decisions"]}
    assert {key: offers[key] for key in NAMING} == {key: key == decision for key in NAMING}
    assert names(manager, task, decision) == ["Guest", "Sales"]
    assert names(manager, task, decision, search="GUE") == ["Guest"]
    body = {"comment": "x", "users": [other.me["user"]["id"]]}
    status, problem = decide(manager, task, decision, **body)
    assert (status, [issue["path"] for issue in problem["issues"]]) == (422, ["/users/0"])
    assert decide(manager, task, decision, comment="x", users=[guest.me["user"]["id"]])[0] == 200
    assert task_of(guest, made)["node"]["key"] == "manager"


def test_people_of_the_own_department_and_below(shop, sales, manager, admin, other, guest):
    """The manager is in sales, `other` below it, `guest` nowhere."""
    status, top = admin.post("/departments", {"name": "Sales"})
    assert status == 201, top
    status, below = admin.post("/departments", {"name": "North", "parent_id": top["id"]})
    assert status == 201, below
    for person, department in ((manager, top), (other, below)):
        path = f"/users/{person.me['user']['id']}"
        assert admin.patch(path, {"department_ids": [department["id"]]})[0] == 200
    publish(shop, approval=changed("manager", decisions={"reassign": {"among": "department"}}))
    made = quote(sales)
    start(sales, made)
    task = task_of(manager, made)
    assert names(manager, task, "reassign") == ["Other"]
    assert set(names(manager, task, "ask")) >= {"Guest", "Other", "Sales"}
    assert decide(manager, task, "reassign", user=guest.me["user"]["id"])[0] == 422
    assert decide(manager, task, "reassign", user=other.me["user"]["id"])[0] == 200


def test_whom_one_may_name_is_told_to_the_holder_of_an_open_task_alone(shop, sales, manager, guest):
    made = quote(sales)
    start(sales, made)
    path = f"/tasks/{task_of(manager, made)['id']}/people"
    assert sales.get(path, decision="ask")[0] == 404
    assert manager.get(path, decision="approve")[0] == 422
    assert manager.get(path)[0] == 422
    decide(manager, {"id": path.split("/")[2]}, "approve", values={"checked": "yes"})
    assert manager.get(path, decision="ask")[0] == 422


AMONG = {
    "no such word": ({"reassign": {"among": "friends"}}, "/decisions/reassign"),
    "a role that is not there": (
        {"ask": {"among": [{"by": "role", "role": "moon"}]}},
        "/decisions/ask/among/0/role",
    ),
    "a rule that says too little": ({"ask": {"among": [{"by": "role"}]}}, "/decisions/ask/among/0"),
    "a decision that names nobody": ({"approve": {"among": "department"}}, "/decisions/approve/among"),
}


@pytest.mark.parametrize("decisions, path", AMONG.values(), ids=AMONG)
def test_mistakes_in_whom_a_decision_may_name(decisions, path):
    issues = check_app(document(approval=changed("finance", decisions=decisions)), catalogue())
    [found] = {issue.path for issue in issues}
    assert found.startswith(f"/workflows/approval/nodes/finance{path}")


OTHERS = {
    "only those that are named": ({"visible": ["margin"]}, {"margin"}, {"no", "amount"}),
    "those besides what one sees anyway": (
        {"visible": ["margin"], "others": "own"},
        {"margin", "no", "amount"},
        set(),
    ),
    "nothing but what is filled in": ({"editable": ["note"], "others": "hidden"}, {"note"}, {"no", "margin"}),
    "as the form says": ({"hidden": ["amount"]}, {"no", "note"}, {"amount", "margin"}),
}


@pytest.mark.parametrize("fields, shown, hidden", OTHERS.values(), ids=OTHERS)
def test_fields_that_a_step_does_not_name(shop, sales, fields, shown, hidden):
    """The sales person, who is asked, sees no margin by the form."""
    body = changed("manager", assignees=[{"by": "initiator"}], fields=fields)
    publish(shop, approval=body)
    made = quote(sales)
    start(sales, made)
    readable = set(sales.get(f"/tasks/{task_of(sales, made)['id']}")[1]["fields"]["readable"])
    assert (shown <= readable, hidden & readable) == (True, set())
