"""Buttons on the page of a record, the lists its layout places, and who may use and see them."""

import copy

import pytest

from joinery.directory import Actor
from joinery.runtime.apps import publishing
from tests.api.conftest import DOCUMENT

LABEL = {"en": "Do it", "zh": "执行"}
ACTIONS = {
    "lead": {
        "win": {
            "label": {"en": "Win", "zh": "赢单"},
            "kind": "set",
            "icon": "trophy",
            "primary": True,
            "condition": '{status} = "new"',
            "values": {"status": '"won"', "score": "100", "due": "TODAY()"},
        },
        "lose": {
            "label": {"en": "Lose", "zh": "输单"},
            "kind": "set",
            "condition": '{status} = "new"',
            "values": {"status": '"lost"'},
            "ask": ["reason"],
        },
        "close": {"label": LABEL, "kind": "set", "roles": ["manager"], "values": {"notes": '"closed"'}},
        "call": {
            "label": {"en": "Log a call", "zh": "记录通话"},
            "kind": "create",
            "list": "calls",
            "values": {"text": '"Call with " & {company}'},
        },
        "account": {
            "label": LABEL,
            "kind": "create",
            "form": "account",
            "condition": "ISBLANK({account})",
            "values": {"name": "{company}", "credit": "{amount}"},
        },
    }
}
LAYOUT = {
    "account": [
        "name",
        {
            "tab": "sales",
            "label": {"en": "Sales", "zh": "销售"},
            "content": [
                "level",
                {
                    "list": "leads",
                    "columns": ["company", "secret", "amount"],
                    "filter": '{status} <> "lost"',
                    "sort": "-amount,secret",
                    "limit": 5,
                    "summary": {"amount": "sum", "score": "average"},
                },
            ],
        },
    ]
}


@pytest.fixture
def shop(shop):
    document = copy.deepcopy(DOCUMENT)
    document["version"] = "1.1.0"
    for form, actions in ACTIONS.items():
        document["forms"][form]["actions"] = actions
    for form, layout in LAYOUT.items():
        document["forms"][form]["layout"] = layout
    actor = Actor(user_id=None, name="setup", is_admin=True, workspace=shop.workspace_key)
    with shop.services.unit(shop.workspace_key) as unit:
        publishing.publish_app(unit, actor, "shop", document)
    return shop


LEADS = "/apps/shop/forms/lead/records"


def run(client, record, action, values=None, revision=None):
    body = {"revision": revision or record["revision"], "values": values or {}}
    return client.post(f"{LEADS}/{record['id']}/actions/{action}", body)


def test_the_description_and_the_record_say_which_buttons_there_are(sales, manager):
    buttons = {
        name: [found["key"] for found in client.get("/apps/shop/forms/lead/describe")[1]["record_actions"]]
        for name, client in {"sales": sales, "manager": manager}.items()
    }
    assert buttons == {
        "sales": ["win", "lose", "call", "account"],
        "manager": ["win", "lose", "close", "call", "account"],
    }
    lead = sales.create("lead", company="Acme", amount=5)
    assert lead["$actions"] == ["win", "lose", "call", "account"]
    status, done = run(sales, lead, "win")
    assert (status, done["record"]["$actions"]) == (200, ["call", "account"])
    assert sales.get(f"{LEADS}/{lead['id']}")[1]["$actions"] == ["call", "account"]
    assert "$actions" not in sales.get(LEADS)[1]["records"][0]


def test_a_button_gives_its_values_even_where_the_person_may_not_write_them(sales):
    lead = sales.create("lead", company="Acme", amount=5)
    status, done = run(sales, lead, "win")
    assert status == 200
    record = done["record"]
    assert (record["status"], record["score"], record["due"], done["created"]) == (
        "won",
        100,
        "2026-04-01",
        None,
    )
    entries = sales.get(f"{LEADS}/{lead['id']}/history")[1]["entries"]
    assert {change["field"] for change in entries[0]["changes"]} >= {"status", "score"}


def test_the_rules_of_the_form_hold_for_buttons(sales):
    lead = sales.create("lead", company="Acme")
    status, problem = run(sales, lead, "win")
    assert (status, [issue["path"] for issue in problem["issues"]]) == (422, ["/amount"])
    assert sales.get(f"{LEADS}/{lead['id']}")[1]["status"] == "new"


def test_a_button_asks_for_what_it_names_and_for_nothing_else(sales):
    lead = sales.create("lead", company="Acme")
    status, problem = run(sales, lead, "lose")
    assert (status, problem["issues"][0]["path"]) == (422, "/reason")
    status, problem = run(sales, lead, "lose", {"reason": "price", "company": "Other", "nope": 1})
    assert (status, [issue["path"] for issue in problem["issues"]]) == (422, ["/company", "/nope"])
    status, done = run(sales, lead, "lose", {"reason": "price"})
    assert (status, done["record"]["reason"], done["record"]["company"]) == (200, "price", "Acme")


def test_a_condition_is_checked_again_on_the_server(sales):
    lead = sales.create("lead", company="Acme", amount=5)
    won = run(sales, lead, "win")[1]["record"]
    status, problem = run(sales, won, "win")
    assert (status, problem["code"]) == (403, "forbidden")


def test_a_stale_revision_changes_nothing(sales):
    lead = sales.create("lead", company="Acme", amount=5)
    sales.patch(f"{LEADS}/{lead['id']}", {"revision": 1, "amount": 6})
    status, problem = run(sales, lead, "win")
    assert (status, problem["code"]) == (409, "stale_revision")
    assert sales.get(f"{LEADS}/{lead['id']}")[1]["status"] == "new"


def test_a_button_of_another_role_is_not_there(sales, manager):
    lead = sales.create("lead", company="Acme")
    assert run(sales, lead, "close")[0] == 404
    assert run(sales, lead, "never")[0] == 404
    assert run(manager, lead, "close")[1]["record"]["notes"] == "closed"


def test_a_record_out_of_reach_has_no_buttons(sales, other):
    lead = sales.create("lead", company="Acme", amount=5)
    assert run(other, lead, "win")[0] == 404
    assert other.get(f"{LEADS}/{lead['id']}/actions/call")[0] == 404


def test_a_child_is_filled_in_and_created(sales):
    lead = sales.create("lead", company="Acme")
    status, prefill = sales.get(f"{LEADS}/{lead['id']}/actions/call")
    relation = {"id": lead["id"], "title": lead["title"]}
    assert (status, prefill) == (
        200,
        {"form": "note", "values": {"text": "Call with Acme", "lead": relation}},
    )
    status, done = run(sales, lead, "call", {"text": "Mine"})
    assert (status, done["created"]["form"], done["created"]["title"]) == (200, "note", "Mine")
    note = sales.get(f"/apps/shop/forms/note/records/{done['created']['id']}")[1]
    assert (note["text"], note["lead"]["id"]) == ("Mine", lead["id"])
    assert run(sales, lead, "call")[1]["created"]["title"] == "Call with Acme"


def test_a_hidden_field_is_given_its_value_and_not_told(sales, manager):
    lead = sales.create("lead", company="Acme", amount=5)
    assert sales.get(f"{LEADS}/{lead['id']}/actions/account")[1]["values"] == {"name": "Acme"}
    created = run(sales, lead, "account")[1]["created"]
    path = f"/apps/shop/forms/account/records/{created['id']}"
    assert "credit" not in sales.get(path)[1]
    assert manager.get(path)[1]["credit"] == 5


def test_a_form_one_may_not_fill_in_has_no_button(shop, manager):
    guest = shop.as_user("guest")
    lead = manager.create("lead", company="Acme")
    assert run(guest, lead, "call")[0] == 404


@pytest.mark.parametrize(
    "body",
    [{}, {"revision": "1"}, {"revision": 1, "values": []}, {"revision": 1, "more": 1}, [], {"revision": -1}],
)
def test_hostile_bodies_are_refused(sales, body):
    lead = sales.create("lead", company="Acme")
    assert sales.post(f"{LEADS}/{lead['id']}/actions/win", body)[0] == 422


def test_a_list_of_the_layout_shows_only_what_may_be_read(sales, manager):
    def placed(client):
        tab = client.get("/apps/shop/forms/account/describe")[1]["layout"][1]
        return tab["content"][1]

    assert placed(manager) == {
        "list": "leads",
        "label": {"en": "Leads", "zh": "线索"},
        "display": "table",
        "columns": ["company", "secret", "amount"],
        "filter": '{status} <> "lost"',
        "sort": "-amount,secret",
        "limit": 5,
        "summary": [{"field": "amount", "fn": "sum"}, {"field": "score", "fn": "average"}],
    }
    hidden = placed(sales)
    assert (hidden["columns"], hidden["sort"]) == (["company", "amount"], "-amount")


def test_a_related_list_is_added_up_over_all_its_records(sales, other):
    account = sales.create("account", name="Acme")
    for amount in (1, 2, 40):
        sales.create("lead", company="A", account=account["id"], amount=amount)
    other.create("lead", company="B", account=account["id"], amount=1000)
    path = f"/apps/shop/forms/account/records/{account['id']}/related/leads"
    status, page = sales.get(path, filter="{amount} > 1", limit=1, summary="sum:amount,max:amount")
    assert (status, len(page["records"])) == (200, 1)
    assert page["summary"] == {"sum:amount": 42, "max:amount": 40}
    for wrong in ("sum:secret", "sum:company", "nope:amount", "sum:", "count:amount,:"):
        assert sales.get(path, summary=wrong)[0] == 422
