"""Filters of the task centre that people keep under a name."""

import pytest

from joinery.runtime.workflows.saved_filters import MOST_FILTERS
from tests.api import approvals
from tests.api.approvals import quote, start

shop = approvals.shop


def add(client, label, box="todo", **query):
    first = {"first": query.pop("first")} if "first" in query else {}
    status, made = client.post("/me/task-filters", {"box": box, "label": label, "query": query, **first})
    assert status == 201, made
    return made


def kept(client):
    return client.get("/me/task-filters")[1]["filters"]


def test_a_filter_of_what_is_to_do_says_how_much_it_leaves(sales, manager):
    for no in ("Q1", "Q2", "X1"):
        start(sales, quote(sales, no))
    made = add(manager, "  All \n Qs ", search="Q")
    assert (made["label"], made["count"]) == ("All Qs", 2)
    add(manager, "None", workflow="other")
    add(manager, "Mine", box="started", search="Q")
    assert [(one["label"], one["count"]) for one in kept(manager)] == [
        ("All Qs", 2),
        ("None", 0),
        ("Mine", None),
    ]
    shown = manager.get("/tasks", box=made["box"], **made["query"])[1]["tasks"]
    assert len(shown) == 2


def test_filters_are_ones_own(sales, manager):
    made = add(manager, "Mine")
    assert kept(sales) == []
    assert sales.call("PATCH", f"/me/task-filters/{made['id']}", {"label": "Yours"})[0] == 404
    assert sales.delete(f"/me/task-filters/{made['id']}")[0] == 404
    assert [one["label"] for one in kept(manager)] == ["Mine"]
    assert manager.delete(f"/me/task-filters/{made['id']}")[0] == 204
    assert kept(manager) == []


def test_a_box_opens_with_one_filter_at_most(manager):
    late = add(manager, "Late", overdue=True, first=True)
    done = add(manager, "Done", box="done", first=True)
    mine = add(manager, "Shop", app="shop", first=True)
    firsts = {one["id"] for one in kept(manager) if one["first"]}
    assert firsts == {done["id"], mine["id"]}
    status, changed = manager.call("PATCH", f"/me/task-filters/{late['id']}", {"first": True})
    assert (status, changed["first"], changed["query"]) == (200, True, {"overdue": True})
    assert {one["id"] for one in kept(manager) if one["first"]} == {done["id"], late["id"]}
    manager.call("PATCH", f"/me/task-filters/{late['id']}", {"first": False, "query": {"search": "Q"}})
    assert [one["query"] for one in kept(manager) if one["id"] == late["id"]] == [{"search": "Q"}]
    assert [one["id"] for one in kept(manager) if one["first"]] == [done["id"]]


def test_names_of_a_box_can_be_told_apart(manager):
    made = add(manager, "Late")
    add(manager, "Late", box="done")
    other = add(manager, "Other")
    for call, path, body in (
        ("POST", "", {"box": "todo", "label": " LATE ", "query": {}}),
        ("PATCH", f"/{other['id']}", {"label": "late"}),
        ("POST", "", {"box": "todo", "label": " \t ", "query": {}}),
    ):
        status, answer = manager.call(call, f"/me/task-filters{path}", body)
        assert status == 422, answer
        assert [issue["path"] for issue in answer["issues"]] == ["/label"]
    assert manager.call("PATCH", f"/me/task-filters/{made['id']}", {"label": "LATE"})[1]["label"] == "LATE"


@pytest.mark.parametrize("query", [{"initiator": 0}, {"initiator": 10**30}, {"sql": "1"}, {"search": 3}])
def test_what_no_list_takes_is_not_kept(manager, query):
    body = {"box": "todo", "label": "Odd", "query": query}
    assert manager.post("/me/task-filters", body)[0] == 422
    assert kept(manager) == []


def test_there_is_an_end_to_them(manager):
    for number in range(MOST_FILTERS):
        add(manager, f"No. {number}", search=str(number))
    status, answer = manager.post("/me/task-filters", {"box": "todo", "label": "More", "query": {}})
    assert (status, answer["code"]) == (422, "limit_exceeded")
    assert len(kept(manager)) == MOST_FILTERS
