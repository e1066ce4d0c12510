"""What an administrator mends, and whom rules about the people around a record lead to."""

import pytest

from joinery.directory import Actor
from joinery.runtime.apps import publishing
from tests.api import approvals
from tests.api.approvals import APPROVAL, QUOTES, approve, document, label, quote, read, start, todo

shop = approvals.shop


@pytest.fixture
def published(shop):
    """`published(change, approval=..)`: the app, its quotes changed by `change`."""

    def publish(change, **workflows):
        made = document(**workflows)
        change(made["forms"]["quote"])
        actor = Actor(user_id=None, name="setup", is_admin=True, workspace=shop.workspace_key)
        with shop.services.unit(shop.workspace_key) as unit:
            publishing.publish_app(unit, actor, "shop", made)

    return publish


END = {"type": "end", "label": label("End"), "result": "approved"}


def asking(*rules):
    node = {"type": "approval", "label": label("Ask"), "assignees": list(rules), "next": "end"}
    whole = {"nobody": {"then": "skip"}, "several": {"rule": "all"}}
    return {**APPROVAL, "first": "ask", "nodes": {"ask": {**node, **whole}, "end": END}}


def needs_a_note(form):
    form["rules"] = {
        "note": {
            "validate": 'OR({status} <> "approved", NOT(ISBLANK({note})))',
            "message": label("Approved quotes have a note."),
        }
    }


@pytest.fixture
def unsaved(published, sales, manager):
    """A run that was approved, and whose record could not be told."""
    published(needs_a_note, approval=asking({"by": "role", "role": "manager"}))
    made = quote(sales)
    instance = start(sales, made)
    assert approve(manager, made)["workflow"]["status"] == "approved"
    assert read(sales, made)["status"] == "in_approval"
    return made, instance["id"]


def test_values_that_could_not_be_set_at_the_end_are_set_when_it_is_tried_again(unsaved, sales, admin):
    made, instance = unsaved
    for status in ("stuck", None):
        query = {} if status is None else {"status": status}
        [told] = admin.get("/workflow-instances", **query)[1]["tasks"]
        assert told["instance"]["id"] == instance
    shown = admin.get(f"/workflow-instances/{instance}")[1]
    assert (shown["may"]["retry"], shown["may"]["cancel"]) == (True, True)
    [failed] = [step for step in shown["steps"] if step["event"] == "failed"]
    assert "Approved quotes have a note." in failed["comment"]
    sales.patch(f"{QUOTES}/{made['id']}", {"revision": read(sales, made)["revision"], "note": "Here"})
    status, shown = admin.post(f"/workflow-instances/{instance}/retry", {})
    assert (status, shown["may"]["retry"]) == (200, False)
    assert read(sales, made)["status"] == "approved"
    assert admin.get("/workflow-instances")[1]["tasks"] == []


def test_values_that_could_not_be_set_at_the_end_are_given_up_with_a_reason(unsaved, sales, admin):
    _, instance = unsaved
    status, shown = admin.post(f"/workflow-instances/{instance}/cancel", {"reason": "Set by hand"})
    assert (status, shown["status"], shown["may"]["cancel"]) == (200, "approved", False)
    assert admin.get("/workflow-instances", status="stuck")[1]["tasks"] == []


def with_people(form):
    form["fields"]["team"] = {"type": "users", "label": label("Team")}
    form["fields"]["watchers"] = {"type": "users", "label": label("Watchers")}


#: A rule about the people around a record, and who is asked: Sales owns it, the manager may change it,
#: the guest may only look on.
PEOPLE = [
    ({}, {"sales", "manager", "guest"}),
    ({"part": "owner"}, {"sales"}),
    ({"field": "watchers"}, {"sales", "guest"}),
    ({"part": "edit"}, {"manager"}),
    ({"part": "read"}, {"guest"}),
    ({"part": "read", "field": "team"}, set()),
]


@pytest.mark.parametrize("rule, asked", PEOPLE)
def test_the_people_of_a_record_are_asked_by_their_part(published, sales, manager, as_user, rule, asked):
    guest = as_user("guest")
    published(with_people, approval=asking({"by": "collaborators", **rule}))
    ids = {name: client.me["user"]["id"] for name, client in (("manager", manager), ("guest", guest))}
    made = quote(sales, team=[ids["manager"]], watchers=[ids["guest"]])
    start(sales, made)
    people = {"sales": sales, "manager": manager, "guest": guest}
    assert {name for name, client in people.items() if todo(client)} == asked
