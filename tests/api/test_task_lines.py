"""Lines of a record in a task: which columns its step shows, lets fill in and requires, whoever holds it."""

import copy

import pytest

from joinery.directory import Actor
from joinery.kernel import InvalidDefinition
from joinery.runtime.apps import publishing
from tests.api import approvals
from tests.api.approvals import APPROVAL, QUOTES, approve, decide, document, label, quote, start, task_of

shop = approvals.shop
LINES = {
    "type": "subform",
    "label": label("Lines"),
    "fields": {
        "what": {"type": "text", "label": label("What")},
        "price": {"type": "money", "label": label("Price")},
        "cost": {"type": "money", "label": label("Cost")},
        "approved": {"type": "text", "label": label("Approved")},
    },
}


@pytest.fixture
def asked(shop, sales, guest):
    """`asked(**fields)`: a quote with two lines that waits for the guest, whose step has these fields."""

    def make(start=None, **fields):
        app = document(approval=copy.deepcopy(APPROVAL))
        app["forms"]["quote"]["fields"]["lines"] = LINES
        workflow = app["workflows"]["approval"]
        for key in ("manager", "make", "place"):
            del workflow["nodes"][key]
        workflow["nodes"]["finance"]["next"] = "done"
        workflow["first"] = "finance"
        workflow["nodes"]["finance"]["fields"] = fields
        if start is not None:
            workflow["starts"].append({"on": "create", "when": '{no} = "Q7"', **start})
        actor = Actor(user_id=None, name="setup", is_admin=True, workspace=shop.workspace_key)
        with shop.services.unit(shop.workspace_key) as unit:
            publishing.publish_app(unit, actor, "shop", app)
        made = quote(sales, lines=[{"what": "Desk", "price": 9, "cost": 4}, {"what": "Chair", "price": 5}])
        approvals.start(sales, made)
        return made, task_of(guest, made)

    return make


def shown(client, task):
    """The first line as the task shows it, and what its page may fill in of lines."""
    told = client.get(f"/tasks/{task['id']}")[1]
    line = (told["record"].get("lines") or [{}])[0]
    return {key: value for key, value in line.items() if key != "id"}, told


#: The fields of a step, and the columns of a line that whoever decides there reads.
SEEN = [
    ({"visible": ["no"]}, set()),
    ({"visible": ["no", "lines"]}, {"what", "price", "cost", "approved"}),
    ({"visible": ["lines"], "hidden": ["lines.cost"]}, {"what", "price", "approved"}),
    ({"visible": ["lines.what", "lines.price"]}, {"what", "price"}),
    ({"editable": ["lines.approved"], "visible": ["lines.what"]}, {"what", "approved"}),
    ({"required": ["lines"], "hidden": ["lines.cost"]}, {"what", "price", "approved"}),
]


@pytest.mark.parametrize("fields, seen", SEEN)
def test_a_step_shows_lines_by_columns(asked, guest, fields, seen):
    _, task = asked(**fields)
    assert shown(guest, task)[0].keys() == seen


@pytest.mark.parametrize("named, seen", [((), False), (("lines.cost",), True)])
def test_a_column_that_groups_hide_is_shown_when_the_step_names_it(shop, sales, manager, named, seen):
    app = document(approval=copy.deepcopy(APPROVAL))
    quotes = app["forms"]["quote"]
    quotes["fields"]["lines"] = LINES
    quotes["permissions"]["manager"]["hidden_fields"] = ["lines.cost"]
    fields = {"visible": ["no", "lines", *named], "editable": ["lines"]}
    app["workflows"]["approval"]["nodes"]["manager"]["fields"] = fields
    actor = Actor(user_id=None, name="setup", is_admin=True, workspace=shop.workspace_key)
    with shop.services.unit(shop.workspace_key) as unit:
        publishing.publish_app(unit, actor, "shop", app)
    made = quote(sales, "Q2", lines=[{"what": "Desk", "price": 9, "cost": 4}])
    start(sales, made)
    task = task_of(manager, made)
    line, told = shown(manager, task)
    assert (line.get("cost"), line["price"]) == (4 if seen else None, 9)
    sent = [{"id": told["record"]["lines"][0]["id"], "cost": 1}]
    assert decide(manager, task, "approve", values={"lines": sent})[0] == (200 if seen else 422)


@pytest.mark.parametrize("name", ["lines.nothing", "no.what", "nothing.what", "lines.what.more"])
def test_a_column_that_is_none_is_not_published(asked, name):
    with pytest.raises(InvalidDefinition) as refused:
        asked(visible=["no", name])
    assert {issue.path for issue in refused.value.issues} == {
        "/workflows/approval/nodes/finance/fields/visible/1"
    }


def lines_of(client, record):
    return client.get(f"{QUOTES}/{record['id']}")[1]["lines"]


def test_a_column_is_filled_in_and_the_lines_stay(asked, guest, admin):
    made, task = asked(editable=["lines.approved"], visible=["lines.what"])
    first, second = lines_of(admin, made)
    settings = shown(guest, task)[1]["describe"]["fields"]["lines"]["settings"]
    assert (settings["min_lines"], settings["max_lines"]) == (2, 2)
    wrong = {
        "one less": [{"id": first["id"], "approved": "yes"}],
        "one more": [{"id": first["id"]}, {"id": second["id"]}, {"approved": "yes"}],
        "other order": [{"id": second["id"]}, {"id": first["id"]}],
        "a price": [{"id": first["id"], "price": 1}, {"id": second["id"]}],
        "no lines": "none",
    }
    for name, lines in wrong.items():
        status, problem = decide(guest, task, "approve", values={"lines": lines})
        assert (status, bool(problem["issues"])) == (422, True), name
        assert problem["issues"][0]["path"].startswith("/values/lines"), name
    sent = [{"id": first["id"], "approved": "yes"}, {"id": second["id"], "approved": "no"}]
    approve(guest, made, values={"lines": sent})
    kept = [(line["what"], line["price"], line["approved"]) for line in lines_of(admin, made)]
    assert kept == [("Desk", 9, "yes"), ("Chair", 5, "no")]


def test_whole_lines_are_filled_in_but_for_hidden_columns(asked, guest, admin):
    made, task = asked(editable=["lines"], hidden=["lines.cost"])
    [first, _] = lines_of(admin, made)
    status, _ = decide(guest, task, "approve", values={"lines": [{"id": first["id"], "cost": 1}]})
    assert status == 422
    sent = [{"what": "Lamp", "price": 2}, {"id": first["id"], "price": 8}]
    approve(guest, made, values={"lines": sent})
    kept = [(line["what"], line["price"], line["cost"]) for line in lines_of(admin, made)]
    assert kept == [("Lamp", 2, None), ("Desk", 8, 4)]


def test_a_column_is_required_of_every_line(asked, guest, admin):
    made, task = asked(required=["lines.approved"], visible=["lines.what"])
    first, second = (line["id"] for line in lines_of(admin, made))
    sent = [{"id": first, "approved": "yes"}, {"id": second}]
    status, problem = decide(guest, task, "approve", values={"lines": sent})
    assert (status, [one["path"] for one in problem["issues"]]) == (422, ["/values/lines/1/approved"])
    assert lines_of(admin, made)[0]["approved"] is None
    sent[1]["approved"] = "no"
    approve(guest, made, values={"lines": sent})
    assert [line["approved"] for line in lines_of(admin, made)] == ["yes", "no"]


def test_a_column_of_a_record_that_waits_is_filled_in_and_the_others_stay(asked, sales, guest, admin):
    asked(editable=["lines.approved"], visible=["no", "lines.what"], start={"save": "when_approved"})
    lines = [{"what": "Lamp", "price": 2, "cost": 1}, {"what": "Shade", "price": 3}]
    assert sales.post(QUOTES, {"no": "Q7", "lines": lines})[0] == 202
    [task] = [one for one in approvals.todo(guest) if one["record"]["title"] == "Q7"]
    assert decide(guest, task, "approve", values={"lines": [{"approved": "yes"}]})[0] == 422
    sent = [{"approved": "yes"}, {"approved": "no"}]
    status, told = decide(guest, task, "approve", values={"lines": sent})
    assert (status, told["workflow"]["status"]) == (200, "approved")
    kept = [
        (line["what"], line["price"], line["approved"])
        for line in lines_of(admin, told["workflow"]["record"])
    ]
    assert kept == [("Lamp", 2, "yes"), ("Shade", 3, "no")]
