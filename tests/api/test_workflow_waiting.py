"""Workflows that wait: for time, the record, other workflows; and what people are mailed and copied."""

from datetime import timedelta

import pytest

from joinery.runtime.workflows import effects, mails, telling, timers
from joinery.runtime.workflows.runner import MOST_DEPTH
from tests.api import approvals
from tests.api.approvals import (
    EACH_ORDER,
    QUOTES,
    approve,
    label,
    publish,
    quote,
    read,
    start,
    task_of,
    todo,
    two_orders,
)

shop = approvals.shop

END = {"type": "end", "label": label("End")}
STATE = {"field": "status", "running": "in_approval", "approved": "approved"}


def workflow(nodes, *, form="quote", **more):
    made = {"label": label("Waiting"), "form": form, "starts": [{"on": "button"}], "state": STATE, **more}
    return {**made, "lock": {"fields": []}, "first": next(iter(nodes)), "nodes": {**nodes, "end": END}}


def approval(role, **more):
    return {"type": "approval", "label": label(role), "assignees": [{"by": "role", "role": role}], **more}


@pytest.fixture
def run_jobs(shop, jobs):
    """Do what was handed to workers of one kind, once."""

    def run(kind):
        found = [arguments for name, arguments in jobs.deferred if name == kind]
        for arguments in found:
            work = {effects.TIMER: timers.run_timer, telling.MAIL: mails.run_mail}[kind]
            work(shop.services, shop.workspace_key, **arguments)
        return len(found)

    return run


def test_a_delay_ends_when_its_timer_fires_and_firing_twice_changes_nothing(
    shop, sales, manager, clock, run_jobs
):
    delay = {"type": "delay", "label": label("Wait"), "after": {"amount": 2, "unit": "hours"}, "next": "ask"}
    publish(shop, approval=workflow({"wait": delay, "ask": approval("manager", next="end")}))
    made = quote(sales)
    start(sales, made)
    assert todo(manager) == []
    clock.move(timedelta(hours=3))
    for _ in range(2):
        assert run_jobs(effects.TIMER) == 1
        assert len(todo(manager)) == 1
    approve(manager, made)
    run_jobs(effects.TIMER)
    assert read(sales, made)["status"] == "approved"


def test_a_deadline_decides_by_itself(shop, sales, manager, clock, run_jobs):
    due = {"after": {"amount": 1, "unit": "days"}, "then": "approve"}
    publish(shop, approval=workflow({"ask": approval("manager", due=due, next="end")}))
    made = quote(sales)
    start(sales, made)
    assert task_of(manager, made)["due_at"] is not None
    clock.move(timedelta(days=2))
    assert manager.get("/tasks/counts")[1]["overdue"] == 1
    assert len(todo(manager, overdue="true")) == 1
    run_jobs(effects.TIMER)
    assert read(sales, made)["status"] == "approved"


def test_a_condition_is_waited_for_and_saving_the_record_ends_the_wait(shop, sales):
    wait = {"type": "wait_for", "label": label("Paid?"), "condition": '{note} = "paid"', "next": "end"}
    publish(shop, approval=workflow({"wait": wait}))
    made = quote(sales)
    start(sales, made)
    for note, status in (("soon", "in_approval"), ("paid", "approved")):
        revision = read(sales, made)["revision"]
        answer = sales.patch(f"{QUOTES}/{made['id']}", {"revision": revision, "note": note})
        assert (answer[0], answer[1]["status"]) == (200, status)


def test_sub_workflows_run_on_every_related_record_and_are_waited_for(shop, sales, manager, admin):
    child = {
        "label": label("Order check"),
        "form": "order",
        "starts": [{"on": "button"}],
        "first": "check",
        "nodes": {"check": approval("manager", next="end"), "end": END},
    }
    publish(shop, approval=workflow({"each": EACH_ORDER}), child=child)
    made = quote(sales)
    two_orders(admin, made)
    start(sales, made)
    first, second = (task["id"] for task in todo(manager))
    for task, status in ((first, "in_approval"), (second, "approved")):
        assert manager.post(f"/tasks/{task}/decision", {"decision": "approve"})[0] == 200
        assert read(sales, made)["status"] == status


def test_copies_are_in_a_box_of_their_own_until_they_are_read(shop, sales, manager, as_user):
    copy = {
        "type": "copy",
        "label": label("Tell"),
        "assignees": [{"by": "role", "role": "guest"}],
        "fields": {"visible": ["no"]},
        "next": "end",
    }
    publish(shop, approval=workflow({"tell": copy}))
    guest = as_user("guest")
    start(sales, quote(sales))
    assert guest.get("/tasks/counts")[1]["copied"] == 1
    [told] = todo(guest, box="copied")
    assert (told["kind"], told["read"], told["batch"]) == ("copy", False, [])
    page = guest.get(f"/tasks/{told['id']}")[1]
    assert (page["decisions"], page["record"]["no"]) == ([], "Q1")
    assert guest.get("/tasks/counts")[1]["copied"] == 0
    assert guest.post(f"/tasks/{told['id']}/decision", {"decision": "approve"})[0] == 409


def test_somebody_fills_in_what_is_missing_and_what_came_back_is_mended_by_who_started(
    shop, sales, manager, as_user
):
    fill = {
        "type": "fill_in",
        "label": label("Complete"),
        "assignees": [{"by": "initiator"}],
        "fields": {"editable": ["amount"], "required": ["note"]},
        "next": "ask",
    }
    publish(shop, approval=workflow({"fill": fill, "ask": approval("manager", next="end")}))
    made = quote(sales)
    start(sales, made)
    task = task_of(sales, made)
    body = {"decision": "submit", "values": {"amount": 7}}
    assert sales.post(f"/tasks/{task['id']}/decision", body)[0] == 422
    body["values"]["note"] = "There"
    assert sales.post(f"/tasks/{task['id']}/decision", body)[0] == 200
    asked = task_of(manager, made)
    body = {"decision": "return", "to": "start", "comment": "Too little"}
    assert manager.post(f"/tasks/{asked['id']}/decision", body)[0] == 200
    back = task_of(sales, made)
    assert back["node"]["label"]["en"] == "Start"
    page = sales.get(f"/tasks/{back['id']}")[1]
    assert {"amount", "note"} <= set(page["fields"]["editable"])
    body = {"decision": "submit", "values": {"amount": 70}}
    assert sales.post(f"/tasks/{back['id']}/decision", body)[0] == 200
    assert task_of(sales, made)["node"]["key"] == "fill"
    assert read(sales, made)["amount"] == 70


def test_tasks_are_mailed_to_those_who_want_mails_until_they_have_seen_them(
    shop, sales, manager, admin, run_jobs, jobs
):
    start(sales, quote(sales))
    run_jobs(telling.MAIL)
    [mail] = [one for one in admin.get("/mails")[1]["mails"] if one["kind"] == "workflow"]
    assert mail["address"] == shop.email("manager")
    assert "Q1" in mail["subject"]
    jobs.deferred.clear()
    manager.call("PUT", "/me/notification-settings", {"mail": {"task": False}})
    start(sales, quote(sales, "Q2"))
    assert run_jobs(telling.MAIL) == 0


def test_a_deadline_follows_the_record(shop, sales, manager, jobs):
    due = {"until": "{created_at} + {discount} * 100", "then": "reject"}
    publish(shop, approval=workflow({"ask": approval("manager", due=due, next="end")}))
    made = quote(sales, discount=0.02)
    start(sales, made)
    first = task_of(manager, made)["due_at"]
    revision = read(sales, made)["revision"]
    assert sales.patch(f"{QUOTES}/{made['id']}", {"revision": revision, "discount": 0.04})[0] == 200
    moved = task_of(manager, made)["due_at"]
    assert moved > first
    # The timer of the deadline that is none any more does nothing.
    before, after = [arguments for name, arguments in jobs.deferred if name == effects.TIMER]
    timers.run_timer(shop.services, shop.workspace_key, **before)
    assert len(todo(manager)) == 1
    timers.run_timer(shop.services, shop.workspace_key, **after)
    [done] = sales.get(f"{QUOTES}/{made['id']}/workflow")[1]["instances"]
    [decided] = [step for step in done["steps"] if step["event"] == "decided"]
    assert (done["status"], decided["user"], decided["rule"]) == ("rejected", None, "deadline")


def test_what_one_way_fills_in_is_seen_by_those_that_wait(shop, sales, manager, as_user):
    guest = as_user("guest")
    ways = {
        "fill": {"label": label("Fill"), "next": "manager"},
        "wait": {"label": label("Wait"), "next": "until"},
    }
    nodes = {
        "split": {"type": "branch", "label": label("Split"), "kind": "parallel", "branches": ways},
        "manager": approval("manager", fields={"editable": ["checked"]}, next="join"),
        "until": {
            "type": "wait_for",
            "label": label("Until"),
            "condition": '{checked} = "yes"',
            "next": "guest",
        },
        "guest": approval("guest", next="join"),
        "join": {"type": "join", "label": label("Join"), "next": "end"},
    }
    publish(shop, approval=workflow(nodes))
    made = quote(sales)
    start(sales, made)
    assert todo(guest) == []
    approve(manager, made, values={"checked": "yes"})
    assert task_of(guest, made)["node"]["key"] == "guest"


def test_workflows_that_start_each_other_for_ever_stop_with_a_reason(shop, admin, jobs):
    """Each order lets a workflow wait and make another order, which is the other workflow's."""

    def maker(amount, other):
        delay = {"type": "delay", "label": label("Wait"), "after": {"amount": 1, "unit": "hours"}}
        make = {
            "type": "create_record",
            "label": label("Make"),
            "form": "order",
            "values": {"no": '{no} & "x"', "amount": str(other)},
        }
        nodes = {"wait": {**delay, "next": "make"}, "make": {**make, "next": "end"}}
        starts = [{"on": "create", "when": f"{{amount}} = {amount}"}]
        made = workflow(nodes, form="order", starts=starts)
        del made["state"]
        return made

    publish(shop, odd=maker(1, 2), even=maker(2, 1))
    admin.create("order", no="A", amount=1)
    done = 0
    while len(waiting := [one for name, one in jobs.deferred if name == effects.TIMER]) > done:
        timers.run_timer(shop.services, shop.workspace_key, **waiting[done])
        done += 1
        assert done < 50, "they went on"
    runs = admin.get("/workflow-instances", app="shop", limit=100)[1]["tasks"]
    [stuck] = [one["instance"]["id"] for one in runs if one["instance"]["status"] == "stuck"]
    steps = admin.get(f"/workflow-instances/{stuck}")[1]["steps"]
    [failed] = [step["comment"] for step in steps if step["event"] == "failed"]
    assert "again and again" in failed
    orders = admin.get("/apps/shop/forms/order/records", limit=100)[1]["records"]
    assert len(orders) == done == MOST_DEPTH + 1
