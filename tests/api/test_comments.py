"""Comments, mentions and the timeline of a record, as far as each may see them."""

import copy
from datetime import timedelta

import pytest

from joinery.directory import Actor
from joinery.runtime.apps import publishing
from tests.api.conftest import DOCUMENT

LEADS = "/apps/shop/forms/lead/records"


@pytest.fixture
def shop(shop):
    document = copy.deepcopy(DOCUMENT)
    document["version"] = "1.1.0"
    document["forms"]["lead"]["timeline"] = {"calls": "created_at"}
    document["forms"]["account"]["timeline"] = {"leads": "due"}
    actor = Actor(user_id=None, name="setup", is_admin=True, workspace=shop.workspace_key)
    with shop.services.unit(shop.workspace_key) as unit:
        publishing.publish_app(unit, actor, "shop", document)
    return shop


def comment(client, record, text):
    return client.post(f"{LEADS}/{record['id']}/comments", {"text": text})


def timeline(client, record, form="lead", **query):
    status, page = client.get(f"/apps/shop/forms/{form}/records/{record['id']}/timeline", **query)
    assert status == 200, page
    return page


def ids(client):
    return client.me["user"]["id"]


def test_a_comment_is_added_changed_and_deleted_by_its_author(sales, manager, admin):
    lead = sales.create("lead", company="Acme")
    status, made = comment(sales, lead, "  First\r\nline \x00")
    assert (status, made["text"], made["mine"], made["edited_at"]) == (201, "First\nline", True, None)
    path = f"{LEADS}/{lead['id']}/comments/{made['id']}"
    assert manager.patch(path, {"text": "No"})[0] == 403
    assert manager.delete(path)[0] == 403
    status, changed = sales.patch(path, {"text": "Second"})
    assert (status, changed["text"]) == (200, "Second")
    assert changed["edited_at"] is not None
    [shown] = timeline(manager, lead, kinds="comments")["entries"]
    assert (shown["text"], shown["mine"], shown["author"]["id"]) == ("Second", False, ids(sales))
    assert admin.delete(path)[0] == 204
    assert timeline(sales, lead, kinds="comments")["entries"] == []
    assert sales.patch(path, {"text": "Gone"})[0] == 404


def test_a_record_out_of_reach_has_no_comments(sales, other):
    lead = sales.create("lead", company="Acme")
    made = comment(sales, lead, "Secret")[1]
    assert comment(other, lead, "Hello")[0] == 404
    for path in (f"{LEADS}/{lead['id']}/timeline", f"{LEADS}/{lead['id']}/people"):
        assert other.get(path)[0] == 404
    assert other.delete(f"{LEADS}/{lead['id']}/comments/{made['id']}")[0] == 404
    own = other.create("lead", company="Mine")
    assert other.delete(f"{LEADS}/{own['id']}/comments/{made['id']}")[0] == 404


def test_only_people_who_may_see_the_record_are_mentioned(sales, other, manager):
    lead = sales.create("lead", company="Acme")
    people = sales.get(f"{LEADS}/{lead['id']}/people", search="a")[1]["people"]
    names = {person["name"] for person in people}
    assert {"Sales", "Manager"} <= names
    assert "Other" not in names
    status, problem = comment(sales, lead, f"@[{ids(other)}] look")
    assert (status, problem["issues"][0]["code"]) == (422, "comment_mention_unseen")
    assert comment(sales, lead, "@[999999] look")[0] == 422
    status, made = comment(sales, lead, f"@[{ids(manager)}] look, @[{ids(sales)}] too")
    assert (status, [one["name"] for one in made["mentions"]]) == (201, ["Manager", "Sales"])


def test_who_is_mentioned_is_told_until_he_has_read_it(sales, manager):
    lead = sales.create("lead", company="Acme")
    made = comment(sales, lead, f"@[{ids(manager)}] look")[1]
    comment(sales, lead, f"@[{ids(sales)}] myself")
    found = manager.get("/mentions")[1]
    assert (found["unread"], [one["id"] for one in found["mentions"]]) == (1, [made["id"]])
    assert found["mentions"][0]["record"] == {"id": lead["id"], "title": lead["title"]}
    assert sales.get("/mentions")[1]["mentions"] == []
    assert manager.post("/mentions/read", {"comments": [made["id"]]})[0] == 204
    assert manager.get("/mentions")[1]["unread"] == 0
    assert manager.get("/mentions", unread="true")[1]["mentions"] == []
    sales.patch(f"{LEADS}/{lead['id']}/comments/{made['id']}", {"text": f"@[{ids(manager)}] look again"})
    assert manager.get("/mentions")[1]["unread"] == 0
    sales.patch(f"{LEADS}/{lead['id']}/comments/{made['id']}", {"text": "never mind"})
    assert manager.get("/mentions")[1]["mentions"] == []


def test_a_mention_on_a_record_that_went_out_of_reach_is_not_told(sales, other, manager):
    lead = manager.create("lead", company="Acme")
    manager.patch(f"{LEADS}/{lead['id']}", {"revision": 1, "owner": ids(other)})
    comment(manager, lead, f"@[{ids(other)}] yours")
    assert other.get("/mentions")[1]["unread"] == 1
    manager.patch(f"{LEADS}/{lead['id']}", {"revision": 2, "owner": ids(sales)})
    assert other.get("/mentions")[1] == {"mentions": [], "unread": 0}


@pytest.mark.parametrize(
    "body",
    [{}, {"text": ""}, {"text": " \n "}, {"text": 1}, {"text": "x" * 10_001}, {"text": "a", "more": 1}, []],
)
def test_hostile_comments_are_refused(sales, body):
    lead = sales.create("lead", company="Acme")
    assert sales.post(f"{LEADS}/{lead['id']}/comments", body)[0] == 422
    assert timeline(sales, lead, kinds="comments")["entries"] == []


def test_too_many_mentions_are_refused(sales):
    lead = sales.create("lead", company="Acme")
    assert comment(sales, lead, "".join(f"@[{number}]" for number in range(1, 60)))[0] == 422


def test_the_timeline_mixes_everything_by_time_and_pages_through_it(clock, sales):
    lead = sales.create("lead", company="Acme")
    for number in range(4):
        clock.move(timedelta(minutes=1))
        sales.patch(f"{LEADS}/{lead['id']}", {"revision": number + 1, "amount": number})
        comment(sales, lead, f"Comment {number}")
        sales.create("note", text=f"Note {number}", lead=lead["id"])
    whole = timeline(sales, lead, limit=100)
    assert whole["next_cursor"] is None
    kinds = [entry["type"] for entry in whole["entries"]]
    assert (kinds.count("history"), kinds.count("comment"), kinds.count("related")) == (5, 4, 4)
    moments = [entry["at"] for entry in whole["entries"]]
    assert moments == sorted(moments, reverse=True)
    for limit in (1, 2, 3, 5):
        paged, cursor = [], None
        while True:
            page = timeline(sales, lead, limit=limit, **({"cursor": cursor} if cursor else {}))
            paged += page["entries"]
            cursor = page["next_cursor"]
            if cursor is None:
                break
        assert paged == whole["entries"]
    only = timeline(sales, lead, kinds="calls,comments")["entries"]
    assert {entry["type"] for entry in only} == {"related", "comment"}


def test_related_entries_by_day_are_paged_too(sales):
    account = sales.create("account", name="Acme")
    for day in (1, 1, 2, 3, 3, 3):
        sales.create("lead", company=f"Day {day}", account=account["id"], due=f"2026-01-0{day}")
    sales.create("lead", company="No day", account=account["id"])
    paged, cursor = [], None
    while True:
        query = {"cursor": cursor} if cursor else {}
        page = timeline(sales, account, form="account", kinds="leads", limit=1, **query)
        paged += [entry["record"]["company"] for entry in page["entries"]]
        cursor = page["next_cursor"]
        if cursor is None:
            break
    assert paged == ["Day 3"] * 3 + ["Day 2"] + ["Day 1"] * 2


def test_the_timeline_never_tells_of_hidden_fields_and_records(sales, other, manager):
    lead = sales.create("lead", company="Acme")
    manager.patch(f"{LEADS}/{lead['id']}", {"revision": 1, "secret": "hush"})
    assert "hush" not in str(timeline(sales, lead))
    assert "hush" in str(timeline(manager, lead))
    account = sales.create("account", name="Acme")
    other.create("lead", company="Theirs", account=account["id"], due="2026-01-01")
    assert timeline(sales, account, form="account", kinds="leads")["entries"] == []
    assert "Theirs" in str(timeline(manager, account, form="account", kinds="leads"))


@pytest.mark.parametrize(
    "query", [{"kinds": "nope"}, {"cursor": "x"}, {"cursor": "W10"}, {"limit": 0}, {"limit": "a"}]
)
def test_hostile_questions_about_the_timeline_are_refused(sales, query):
    lead = sales.create("lead", company="Acme")
    assert sales.get(f"{LEADS}/{lead['id']}/timeline", **query)[0] == 422
