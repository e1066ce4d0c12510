"""What administrators learn about the workflows of an app: what runs, since when, and how long it takes."""

import pytest

from tests.api import approvals
from tests.api.approvals import approve, quote, start

shop = approvals.shop

FACTS = "/apps/shop/workflow-facts"
DURATIONS = "/apps/shop/workflow-durations"


def test_what_runs_and_when_it_was_published(admin, sales):
    start(sales, quote(sales))
    start(sales, quote(sales, "Q2"))
    status, told = admin.get(FACTS)
    assert (status, list(told["workflows"])) == (200, ["approval"])
    found = told["workflows"]["approval"]
    assert (found["number"], found["running"]) == (1, 2)
    assert found["published_at"]


def measured(admin, **query):
    status, told = admin.get(DURATIONS, **query)
    assert status == 200, told
    return told


def test_how_long_steps_and_people_take(admin, sales, manager):
    made = quote(sales)
    start(sales, made)
    assert measured(admin) == {"nodes": [], "people": []}
    approve(manager, made, values={"checked": "yes"})
    told = measured(admin, workflow="approval")
    [node] = told["nodes"]
    assert (node["node"], node["label"]["en"], node["count"]) == ("manager", "Manager", 1)
    assert 0 <= node["median_s"] <= node["most_s"]
    [person] = told["people"]
    assert (person["node"], person["count"]) == ("manager", 1)
    assert person["user"]["name"]
    assert measured(admin, workflow="another") == {"nodes": [], "people": []}


@pytest.mark.parametrize("query", [{"from": "2999-01-01"}, {"until": "2001-01-01"}])
def test_only_what_ended_within_the_time_counts(admin, sales, manager, query):
    made = quote(sales)
    start(sales, made)
    approve(manager, made, values={"checked": "yes"})
    assert measured(admin, **query) == {"nodes": [], "people": []}


def test_what_is_refused(admin, sales):
    for address in (FACTS, DURATIONS):
        assert sales.get(address)[0] == 403
        assert admin.get(address.replace("shop", "nothing"))[0] == 404
    status, problem = admin.get(DURATIONS, **{"from": "2026-13-01", "until": "9999-12-31"})
    assert (status, [issue["path"] for issue in problem["issues"]]) == (422, ["/from", "/until"])
    assert admin.get(DURATIONS, **{"from": "today"})[0] == 422


def test_who_urged_waits_before_he_urges_again(admin, sales):
    instance = start(sales, quote(sales))
    urge = f"/workflow-instances/{instance['id']}/urge"
    assert sales.post(urge, {})[0] == 200
    status, problem = sales.post(urge, {})
    assert (status, problem["code"]) == (409, "workflow_urged_lately")
    assert "4 hours" in problem["title"]
    # Somebody else may urge as well.
    assert admin.post(urge, {})[0] == 200
