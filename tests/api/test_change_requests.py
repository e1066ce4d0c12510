"""What is saved only when it was approved: changes and new records that wait beside what is stored."""

import copy
import re

import pytest

from joinery.directory import Actor
from joinery.runtime.apps import publishing
from tests.api.approvals import (
    APPROVAL,
    QUOTE,
    QUOTES,
    approve,
    decide,
    document,
    publish,
    quote,
    read,
    task_of,
    todo,
)

CHANGES = {
    **copy.deepcopy(APPROVAL),
    "starts": [
        {"on": "change", "fields": ["amount", "discount"], "save": "when_approved"},
        {"on": "create", "when": "{amount} >= 5000", "save": "when_approved"},
    ],
    "lock": {"fields": [], "except": []},
    "first": "size",
}
CHANGES["nodes"] |= {
    "size": {
        "type": "branch",
        "label": {"en": "Size", "zh": "金额"},
        "kind": "exclusive",
        "branches": {
            "small": {"label": {"en": "Small", "zh": "小"}, "when": "{amount} < 3000", "next": "manager"},
            "large": {"label": {"en": "Large", "zh": "大"}, "next": "finance"},
        },
    },
    "done": {"type": "end", "label": {"en": "Approved", "zh": "通过"}, "result": "approved"},
}
CHANGES["nodes"]["manager"] |= {"fields": {"editable": ["amount", "checked"]}, "next": "done"}
CHANGES["nodes"]["finance"] |= {"next": "done"}
del CHANGES["nodes"]["make"], CHANGES["nodes"]["place"], CHANGES["nodes"]["finance"]["state"]


@pytest.fixture
def shop(shop):
    publish(shop, approval=copy.deepcopy(CHANGES))
    for name in ("manager", "guest"):
        shop.email(name)
    return shop


def change(client, record, **values):
    return client.patch(f"{QUOTES}/{record['id']}", {"revision": read(client, record)["revision"], **values})


def waiting(client, record):
    return client.get(f"{QUOTES}/{record['id']}/workflow")[1]["instances"][0]


def test_a_change_waits_beside_the_record_until_it_is_approved(shop, sales, manager):
    made = quote(sales)
    status, answer = change(sales, made, amount=2000, note="with it")
    assert (status, answer["amount"], answer["status"]) == (202, 1000, "in_approval")
    assert answer["$waiting"]["by"]["name"] == "Sales"
    assert answer["$waiting"]["fields"] == ["amount", "note"]
    assert (read(sales, made)["amount"], read(sales, made)["note"]) == (1000, None)
    shown = manager.get(f"/tasks/{task_of(manager, made)['id']}")[1]
    assert shown["record"]["amount"] == 2000
    told = {one["field"]: (one["before"], one["after"]) for one in shown["workflow"]["proposal"]["fields"]}
    assert told == {"amount": (1000, 2000), "note": (None, "with it")}
    approve(manager, made)
    stored = read(manager, made)
    assert (stored["amount"], stored["note"], stored["status"]) == (2000, "with it", "approved")
    assert "$waiting" not in stored
    entries = manager.get(f"{QUOTES}/{made['id']}/history")[1]["entries"]
    by = [one["actor"]["name"] for one in entries if "amount" in {c["field"] for c in one["changes"]}]
    assert by == ["Sales"]
    assert waiting(manager, made)["proposal"]["fields"][0]["after"] == 2000


def test_conditions_look_at_what_the_record_would_be(shop, sales, guest, manager):
    made = quote(sales)
    assert change(sales, made, amount=4000)[0] == 202
    assert todo(manager) == []
    shown = guest.get(f"/tasks/{task_of(guest, made)['id']}")[1]
    assert [one["field"] for one in shown["workflow"]["proposal"]["fields"]] == ["amount"]


def test_what_is_rejected_is_dropped(shop, sales, manager):
    made = quote(sales)
    change(sales, made, amount=2000)
    assert decide(manager, task_of(manager, made), "reject", comment="No")[0] == 200
    assert (read(sales, made)["amount"], read(sales, made)["status"]) == (1000, "rejected")
    assert waiting(sales, made)["proposal"]["fields"] == [
        {"field": "amount", "before": None, "after": 2000, "conflict": False}
    ]
    assert change(sales, made, amount=2100)[0] == 202


def test_fields_for_which_values_wait_are_closed_and_a_second_change_has_to_wait(shop, sales, manager):
    made = quote(sales)
    change(sales, made, amount=2000)
    status, problem = change(manager, made, amount=3)
    assert (status, problem["code"]) == (409, "locked_by_workflow")
    status, problem = change(manager, made, discount=0.3)
    assert (status, problem["code"]) == (409, "locked_by_workflow")
    assert change(manager, made, checked="by me")[0] == 200


def test_values_are_checked_when_they_are_proposed_and_again_when_they_are_saved(shop, sales, manager, admin):
    made = quote(sales)
    status, problem = change(sales, made, amount="much")
    assert (status, problem["code"]) == (422, "invalid_record")
    status, problem = change(sales, made, amount=2000, margin=0.5)
    assert status in (403, 422)
    assert change(sales, made, amount=2000)[0] == 202
    assert admin.post(f"/users/{sales.me['user']['id']}/deactivate", {})[0] == 200
    assert approve(manager, made)["workflow"]["status"] == "stuck"
    [failed] = [step for step in waiting(manager, made)["steps"] if step["event"] == "failed"]
    assert "has left" in failed["comment"]
    assert read(manager, made)["amount"] == 1000


def test_an_approver_mends_what_waits(shop, sales, manager):
    made = quote(sales)
    change(sales, made, amount=2000)
    status, problem = decide(manager, task_of(manager, made), "approve", values={"amount": "x"})
    assert status == 422, problem
    approve(manager, made, values={"amount": 1800, "checked": "ok"})
    stored = read(manager, made)
    assert (stored["amount"], stored["checked"]) == (1800, "ok")


def test_what_was_changed_meanwhile_is_told_and_an_administrator_decides(shop, sales, manager, admin):
    made = quote(sales)
    change(sales, made, amount=2000)
    instance = waiting(sales, made)["id"]
    overwrite(shop, made["id"])
    shown = manager.get(f"/tasks/{task_of(manager, made)['id']}")[1]["workflow"]["proposal"]
    assert [(one["field"], one["before"], one["conflict"]) for one in shown["fields"]] == [
        ("amount", 1500, True)
    ]
    assert approve(manager, made)["workflow"]["status"] == "stuck"
    assert read(sales, made)["amount"] == 1500
    failed = [step for step in waiting(manager, made)["steps"] if step["event"] == "failed"]
    assert "Amount has another value now" in failed[0]["comment"]
    status, told = admin.post(f"/workflow-instances/{instance}/retry", {})
    assert (status, told["status"]) == (200, "approved")
    assert read(sales, made)["amount"] == 2000


def overwrite(shop, record_id):
    """Another workflow of the app, or the operator, writes where values wait."""
    with shop.services.unit(shop.workspace_key) as unit:
        unit.connection.exec_driver_sql(
            f'UPDATE "{unit.schema}"."shop__quote" SET amount = 1500 WHERE id = %(id)s', {"id": record_id}
        )


def test_a_new_record_waits_without_being_one(shop, sales, guest, admin):
    status, answer = sales.post(QUOTES, {"no": "Q9", "amount": 9000})
    assert (status, answer["id"], answer["title"]) == (202, None, "Q9")
    assert admin.get(QUOTES)[1]["records"] == []
    [started] = todo(sales, box="started")
    assert (started["record"], started["instance"]["id"]) == (
        {"id": None, "title": "Q9"},
        answer["$proposed"],
    )
    [task] = todo(guest)
    shown = guest.get(f"/tasks/{task['id']}")[1]
    assert (shown["record"]["id"], shown["record"]["amount"]) == (None, 9000)
    assert shown["workflow"]["proposal"]["new"] is True
    assert [one["field"] for one in shown["workflow"]["proposal"]["fields"]] == ["no", "amount"]
    # Within the task he sees what it lets him see, elsewhere what he may see of the form: nothing.
    status, run = guest.get(f"/workflow-instances/{answer['$proposed']}")
    assert (status, run["proposal"]["fields"]) == (200, [])
    status, decided = decide(guest, task, "approve")
    assert (status, decided["workflow"]["status"]) == (200, "approved")
    [made] = admin.get(QUOTES)[1]["records"]
    assert decided["workflow"]["record"]["id"] == made["id"]
    assert (made["amount"], made["status"], made["owner"]["name"]) == (9000, "approved", "Sales")


def test_a_new_record_that_is_rejected_never_was_one(shop, sales, guest, admin, manager):
    _, answer = sales.post(QUOTES, {"no": "Q9", "amount": 9000})
    assert manager.get(f"/workflow-instances/{answer['$proposed']}")[0] == 404
    assert decide(guest, todo(guest)[0], "reject", comment="No")[0] == 200
    assert admin.get(QUOTES)[1]["records"] == []
    status, told = sales.get(f"/workflow-instances/{answer['$proposed']}")
    assert (status, told["status"], told["proposal"]["new"]) == (200, "rejected", True)


def test_whoever_saves_many_at_once_is_told_to_save_them_one_by_one(shop, sales):
    made = quote(sales)
    status, problem = sales.post(f"{QUOTES}/batch", {"create": [{"no": "B1", "amount": 9000}]})
    assert status == 409, problem
    status, answer = sales.post(
        f"{QUOTES}/batch", {"update": [{"id": made["id"], "revision": 1, "amount": 2000}]}
    )
    assert status == 409, answer
    assert read(sales, made)["amount"] == 1000


def test_proposing_to_take_a_record_over_opens_none_of_it(shop, sales, manager):
    form = copy.deepcopy(QUOTE)
    own, actions = form["permissions"]["sales"], ["view", "edit"]
    form["permissions"]["others"] = {
        **own,
        "actions": actions,
        "rows": "all",
        "masked_fields": {"note": {"first": 1}},
        "hidden_fields": ["margin", "amount"],
    }
    starts = [{"on": "change", "save": "when_approved"}]
    app = document(approval={**copy.deepcopy(CHANGES), "starts": starts})
    app["forms"]["quote"] = form
    actor = Actor(user_id=None, name="setup", is_admin=True, workspace=shop.workspace_key)
    with shop.services.unit(shop.workspace_key) as unit:
        publishing.publish_app(unit, actor, "shop", app)
    made = quote(manager, note="a secret", amount=4711)
    shown = read(sales, made)
    assert (shown["note"], shown["amount"]) == ("a****", None)
    status, answer = change(sales, made, owner=sales.me["user"]["id"])
    assert status == 202, answer
    run = waiting(sales, made)
    for told in (answer, run, read(sales, made), sales.get(f"/workflow-instances/{run['id']}")[1]):
        assert re.findall("a secret|4711", str(told)) == []
    assert [one["field"] for one in run["proposal"]["fields"]] == ["owner"]
