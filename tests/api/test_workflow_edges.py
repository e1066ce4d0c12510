"""What happens to a run when the world around it changes: fields, people, records and versions that go."""

from datetime import timedelta

import pytest

from joinery.directory import Actor
from joinery.runtime.apps import publishing
from joinery.runtime.workflows.effects import TIMER
from joinery.runtime.workflows.timers import run_timer
from joinery.storage import own_workflow_settings
from tests.api import approvals
from tests.api.approvals import (
    APPROVAL,
    EACH_ORDER,
    QUOTES,
    approve,
    decide,
    document,
    label,
    publish,
    quote,
    read,
    start,
    task_of,
    todo,
    two_orders,
)
from tests.api.statements import note_statements

shop = approvals.shop

END = {"type": "end", "label": label("End")}


def asks(*roles, next="end", **settings):
    rules = [{"by": "role", "role": role} for role in roles]
    return {"type": "approval", "label": label("Ask"), "assignees": rules, "next": next, **settings}


def workflow(nodes, **properties):
    whole = {**nodes, "end": END}
    return {**APPROVAL, "lock": {"fields": []}, "first": next(iter(nodes)), "nodes": whole, **properties}


def instance_of(client, record):
    return client.get(f"{QUOTES}/{record['id']}/workflow")[1]["instances"][0]


def republish(shop, change, **workflows):
    made = document(**workflows)
    change(made)
    actor = Actor(user_id=None, name="setup", is_admin=True, workspace=shop.workspace_key)
    with shop.services.unit(shop.workspace_key) as unit:
        publishing.publish_app(unit, actor, "shop", made)


#: What a node of a running workflow may speak of when its field goes, and where the run stands then.
SPEAKING = {
    "a condition": {
        "type": "branch",
        "kind": "exclusive",
        "branches": {
            "a": {"label": label("A"), "when": '{checked} = "yes"', "next": "last"},
            "b": {"label": label("B"), "next": "last"},
        },
    },
    "a condition that is waited for": {"type": "wait_for", "condition": "ISBLANK({checked})", "next": "last"},
    "values": {"type": "set_fields", "values": {"note": "{checked}"}, "next": "last"},
    "a value for it": {"type": "set_fields", "values": {"checked": '"x"'}, "next": "last"},
    "a new record": {
        "type": "create_record",
        "list": "orders",
        "values": {"no": "{checked}"},
        "next": "last",
    },
    "people": {
        **asks(),
        "assignees": [{"by": "expression", "expression": 'IF({checked} = "a", ME(), ME())'}],
        "next": "last",
    },
    "fields of a task": {
        **asks("manager", next="last"),
        "fields": {"editable": ["checked"], "required": ["checked"]},
    },
    "a check": {**asks("manager", next="last"), "validations": {'{checked} <> "no"': label("Checked")}},
}


@pytest.mark.parametrize("node", SPEAKING.values(), ids=SPEAKING)
def test_a_run_whose_field_is_gone_goes_on_or_waits_for_an_administrator(shop, sales, manager, admin, node):
    spoken = {"label": label("Speaking"), "next": "last", **node}
    if "branches" in spoken:
        del spoken["next"]
    running = workflow({"ask": asks("manager", next="node"), "node": spoken, "last": asks("manager")})
    running["title"] = "{no} {checked}"
    publish(shop, approval=running)
    made = quote(sales)
    start(sales, made)
    republish(shop, lambda made: made["forms"]["quote"]["fields"].pop("checked"))
    assert decide(manager, task_of(manager, made), "approve")[0] == 200
    found = instance_of(admin, made)
    assert found["status"] in ("running", "stuck")
    for place in ("/tasks", "/tasks/counts", f"{QUOTES}/{made['id']}"):
        assert manager.get(place)[0] == 200
    for task in todo(manager):
        assert manager.get(f"/tasks/{task['id']}")[0] == 200
    # An administrator gets it to its end.
    run = f"/workflow-instances/{found['id']}"
    assert admin.post(f"{run}/move", {"to": "last", "reason": "field gone"})[0] == 200
    approve(manager, made)
    assert instance_of(admin, made)["status"] == "approved"


def test_a_run_of_a_form_that_is_gone_troubles_nobody(shop, sales, manager, admin):
    publish(shop, approval=workflow({"ask": asks("manager")}))
    start(sales, quote(sales))

    def drop(made):
        del made["forms"]["order"]
        del made["forms"]["quote"]

    republish(shop, drop)
    for client in (sales, manager, admin):
        for place in ("/tasks", "/tasks/counts", "/tasks/facets", "/notifications"):
            assert client.get(place)[0] == 200, place
    for box in ("done", "started", "copied"):
        assert sales.get("/tasks", box=box)[0] == 200
    assert admin.get("/workflow-instances")[0] == 200


def test_a_record_of_a_run_that_was_deleted_with_another_is_not_deleted(shop, sales, manager, admin):
    publish(shop, approval=workflow({"ask": asks("manager")}))
    made = quote(sales)
    start(sales, made)
    assert admin.delete(f"{QUOTES}/{made['id']}")[1]["code"] == "locked_by_workflow"
    approve(manager, made)
    assert admin.delete(f"{QUOTES}/{made['id']}")[0] == 204
    assert admin.post(f"{QUOTES}/{made['id']}/restore", {})[0] == 200
    assert instance_of(admin, made)["status"] == "approved"


def test_sub_workflows_end_with_their_parent_and_their_tasks_go(shop, sales, manager, admin):
    child = {
        "label": label("Order check"),
        "form": "order",
        "starts": [{"on": "button"}],
        "first": "check",
        "nodes": {"check": asks("manager"), "end": END},
    }
    publish(shop, approval=workflow({"each": EACH_ORDER}), child=child)
    made = quote(sales)
    two_orders(admin, made)
    started = start(sales, made)
    assert len(todo(manager)) == 2
    assert sales.post(f"/workflow-instances/{started['id']}/withdraw", {})[0] == 200
    assert todo(manager) == []
    told = {one["instance"]["status"] for one in sales.get("/tasks", box="started")[1]["tasks"]}
    assert told == {"withdrawn", "cancelled"}


def test_a_delay_follows_the_day_that_somebody_changes(shop, sales, manager, clock, jobs):
    until = {"type": "delay", "label": label("Until"), "until": "{due}", "next": "last"}
    made = document(approval=workflow({"night": until, "last": asks("manager")}))
    made["forms"]["quote"]["fields"]["due"] = {"type": "date", "label": label("Due")}
    actor = Actor(user_id=None, name="setup", is_admin=True, workspace=shop.workspace_key)
    with shop.services.unit(shop.workspace_key) as unit:
        publishing.publish_app(unit, actor, "shop", made)
    today = clock().date()
    one = quote(sales, due=str(today + timedelta(days=30)))
    start(sales, one)
    revision = read(sales, one)["revision"]
    sales.patch(f"{QUOTES}/{one['id']}", {"revision": revision, "due": str(today + timedelta(days=2))})
    first, *_, second = (arguments for kind, arguments in jobs.deferred if kind == TIMER)
    assert jobs.later[-1].date() <= today + timedelta(days=2)
    for arguments, asked in ((first, 0), (second, 1)):
        run_timer(shop.services, shop.workspace_key, **arguments)
        assert len(todo(manager)) == asked


def test_the_newest_version_must_have_the_place_a_run_goes_straight_back_to(
    shop, sales, manager, as_user, admin
):
    back = {"return": {"to": ["any"], "then": "straight_back"}}
    nodes = {
        "first": asks("manager", next="second"),
        "second": asks("guest", next="end", decisions=back),
    }
    publish(shop, approval=workflow(nodes))
    guest, made = as_user("guest"), quote(sales)
    start(sales, made)
    approve(manager, made)
    assert decide(guest, task_of(guest, made), "return", to="first", comment="Look again")[0] == 200
    changed = {"first": asks("manager", next="other"), "other": asks("guest")}
    publish(shop, approval=workflow(changed))
    body = {"app": "shop", "workflow": "approval", "reason": "newer"}
    [told] = admin.post("/workflow-instances/migrate", body)[1]["instances"]
    assert told["possible"] is False
    split = {
        "both": {
            "type": "branch",
            "label": label("Both"),
            "kind": "parallel",
            "branches": {
                "a": {"label": label("A"), "next": "first"},
                "b": {"label": label("B"), "next": "other"},
            },
        },
        "first": asks("manager", next="join"),
        "other": asks("manager", next="join"),
        "join": {"type": "join", "label": label("Join"), "next": "second"},
        "second": asks("guest"),
    }
    publish(shop, approval=workflow(split))
    [told] = admin.post("/workflow-instances/migrate", body)[1]["instances"]
    # It goes back to a place outside of splits, which is there.
    assert told["possible"] is True
    approve(manager, made)
    approve(guest, made)
    assert instance_of(admin, made)["status"] == "approved"


def test_very_many_people_are_asked_in_as_many_questions_as_few(shop, sales, manager, admin, monkeypatch):
    people = [client.me["user"]["id"] for client in (sales, manager, admin)]
    counts = []
    for chosen in (people[:1], people):
        node = {**asks(), "assignees": [{"by": "users", "users": chosen}], "several": {"rule": "all"}}
        publish(shop, approval=workflow({"ask": node}))
        start(sales, quote(sales))
        sent = note_statements(monkeypatch)
        start(sales, quote(sales))
        counts.append(len(sent))
        monkeypatch.undo()
    assert counts[0] == counts[1]
    with shop.services.unit(shop.workspace_key) as unit:
        assert own_workflow_settings.delegations(unit, on=unit.now.date()) == []
