"""Runs of workflows are administered by whoever administers their app, and by nobody else."""

import copy

import pytest

from joinery.directory import Actor
from joinery.runtime.apps import publishing
from tests.api import approvals
from tests.api.approvals import APPROVAL, QUOTES, quote, start, task_of, todo
from tests.api.conftest import Client, Shop

REASON = "On holiday"


@pytest.fixture
def shop(shop: Shop) -> Shop:
    """The app with approvals, and beside it one of the same making, "depot"."""
    approvals.publish(shop, approval=APPROVAL)
    other = {**approvals.document(), "app": "depot"}
    actor = Actor(user_id=None, name="setup", is_admin=True, workspace=shop.workspace_key)
    with shop.services.unit(shop.workspace_key) as unit:
        publishing.publish_app(unit, actor, "depot", other)
    for name in ("manager", "guest"):
        shop.email(name)
    return shop


@pytest.fixture
def crowd(sales, manager, guest, other, admin) -> dict[str, Client]:
    """`guest` administers the app, `manager` another one; `manager` sees every quote, `other` none."""
    for person, apps in ((guest, ["shop"]), (manager, ["depot"])):
        status, given = admin.post("/administrators", {"user_id": person.me["user"]["id"], "apps": apps})
        assert status == 201, given
    return {"admin": admin, "circle": guest, "elsewhere": manager, "starter": sales, "stranger": other}


def calls(run, task, user):
    path = f"/workflow-instances/{run}"
    return {
        "reassign": ("POST", f"{path}/reassign", {"task": task, "user": user, "reason": REASON}),
        "unknown task": ("POST", f"{path}/reassign", {"task": 10**9, "user": user, "reason": REASON}),
        "move": ("POST", f"{path}/move", {"to": "finance", "reason": REASON}),
        "retry": ("POST", f"{path}/retry", {}),
        "urge": ("POST", f"{path}/urge", {}),
        "migrate": (
            "POST",
            "/workflow-instances/migrate",
            {"app": "shop", "workflow": "approval", "reason": REASON},
        ),
        "list": ("GET", "/workflow-instances?app=shop", None),
        "versions": ("GET", "/apps/shop/workflows/approval/versions", None),
        "facts": ("GET", "/apps/shop/workflow-facts", None),
        "durations": ("GET", "/apps/shop/workflow-durations", None),
        "check": ("POST", "/apps/shop/workflows/approval/check", {}),
        "test": ("POST", "/apps/shop/workflows/approval/test", {}),
        "simulate": ("POST", "/apps/shop/workflows/approval/simulate", {"values": {"no": "Q"}}),
        "cancel": ("POST", f"{path}/cancel", {"reason": REASON}),
    }


#: What each call answers to somebody who administers nothing of it; the starter may urge.
REFUSED = {
    # He sees the run, and administers another app: what belongs to no app in the address is asked there.
    "elsewhere": dict.fromkeys(calls(0, 0, 0), 403) | {"list": 200},
    "starter": dict.fromkeys(calls(0, 0, 0), 403) | {"urge": 200},
    "stranger": dict.fromkeys(calls(0, 0, 0), 403) | {"urge": 404},
}


@pytest.mark.parametrize("who", sorted(REFUSED))
def test_nobody_else_administers_a_run(crowd, who):
    made = quote(crowd["starter"])
    run = start(crowd["starter"], made)["id"]
    task = task_of(crowd["elsewhere"], made)["id"]
    before = crowd["admin"].get(f"/workflow-instances/{run}")[1]
    for name, (method, path, body) in calls(run, task, crowd["starter"].me["user"]["id"]).items():
        status, answer = crowd[who].call(method, path, body)
        assert status == REFUSED[who][name], (name, answer)
        if status == 200 and name == "list":
            assert answer["tasks"] == []
    after = crowd["admin"].get(f"/workflow-instances/{run}")[1]
    assert {**after, "steps": []} == {**before, "steps": []}
    assert [step["event"] for step in after["steps"] if step["event"] != "urged"] == [
        step["event"] for step in before["steps"]
    ]
    told = crowd[who].get(f"/workflow-instances/{run}")
    assert not any(told[1].get("may", {}).get(name) for name in ("cancel", "move", "reassign", "retry"))


def test_an_administrator_of_another_app_does_not_know_a_run_that_he_does_not_see(crowd):
    run = start(crowd["starter"], quote(crowd["starter"]))["id"]
    given = {"user_id": crowd["stranger"].me["user"]["id"], "apps": ["depot"]}
    assert crowd["admin"].post("/administrators", given)[0] == 201
    for name, (method, path, body) in calls(run, 1, 1).items():
        if f"/{run}/" in path:
            status, answer = crowd["stranger"].call(method, path, body)
            assert status == 404, (name, answer)
    assert crowd["stranger"].get("/workflow-instances")[1]["tasks"] == []


def test_the_administrator_of_the_app_does_all_of_it_and_the_log_says_what_was_before(crowd, admin):
    made = quote(crowd["starter"])
    run = start(crowd["starter"], made)["id"]
    task = task_of(crowd["elsewhere"], made)["id"]
    own = crowd["circle"]
    assert own.get(f"/workflow-instances/{run}")[1]["may"] == {
        "withdraw": False, "urge": True, "cancel": True, "move": True, "reassign": True,
        "retry": False, "reactivate": False,
    }  # fmt: skip
    to = crowd["starter"].me["user"]["id"]
    for name, (method, path, body) in calls(run, task, to).items():
        status, answer = own.call(method, path, body)
        assert status == (422 if name == "unknown task" else 200), (name, answer)
        if name == "reassign":
            assert len(todo(crowd["starter"])) == 1
    kinds = "workflow_reassigned,workflow_moved,workflow_cancelled"
    for reader in (admin, own):
        entries = {one["kind"]: one for one in reader.get("/audit", kind=kinds)[1]["entries"]}
        assert set(entries) == set(kinds.split(","))
        moved = entries["workflow_moved"]
        assert (moved["actor"]["name"], moved["about"]) == ("Guest", "Shop › Quote › Q1")
        details = {one["label"]: (one["before"], one["after"]) for one in moved["details"]}
        assert details["Where it stands"] == ("Manager", "Finance")
        assert details["Reason"] == (None, REASON)
        assert details["Workflow"] == (None, "Quote approval")
        [turn] = [
            (one["before"], one["after"])
            for one in entries["workflow_reassigned"]["details"]
            if one["label"] == "Whose turn it is"
        ]
        assert turn == ("Manager", "Sales")
        cancelled = {one["label"]: one for one in entries["workflow_cancelled"]["details"]}
        assert (cancelled["Status"]["before"], cancelled["Status"]["after"]) == ("Running", "Cancelled")
    assert crowd["elsewhere"].get("/audit", kind=kinds)[1]["entries"] == []


def test_runs_of_the_administered_apps_alone_are_listed(shop, crowd, admin):
    second = copy.deepcopy(approvals.document(approval=APPROVAL))
    second["app"] = "depot"
    actor = Actor(user_id=None, name="setup", is_admin=True, workspace=shop.workspace_key)
    with shop.services.unit(shop.workspace_key) as unit:
        publishing.publish_app(unit, actor, "depot", second)
    sales = crowd["starter"]
    start(sales, quote(sales))
    status, made = sales.post(QUOTES.replace("/shop/", "/depot/"), {"no": "D1"})
    assert status == 201, made
    path = f"{QUOTES.replace('/shop/', '/depot/')}/{made['id']}/workflow"
    assert sales.post(path, {"workflow": "approval"})[0] == 201
    seen = {
        name: sorted(one["record"]["title"] for one in crowd[name].get("/workflow-instances")[1]["tasks"])
        for name in ("admin", "circle", "elsewhere")
    }
    assert seen == {"admin": ["D1", "Q1"], "circle": ["Q1"], "elsewhere": ["D1"]}


def test_he_presses_every_button_of_his_app(shop, crowd):
    limited = copy.deepcopy(APPROVAL)
    limited["starts"] = [{"on": "button", "roles": ["manager"]}]
    approvals.publish(shop, approval=limited)
    made = quote(crowd["starter"])
    path = f"{QUOTES}/{made['id']}/workflow"
    assert crowd["starter"].post(path, {"workflow": "approval"})[0] == 403
    assert crowd["circle"].post(path, {"workflow": "approval"})[0] == 201
