"""Starts by automation: what programs may start, and people may not."""

import pytest

from tests.api import approvals
from tests.api.approvals import APPROVAL, QUOTES, label, publish, quote
from tests.api.conftest import Client

shop = approvals.shop

WORKFLOW = {
    "label": label("Sync", "同步"),
    "form": "quote",
    "starts": [{"on": "automation", "label": label("From the ERP"), "when": "{discount} < 0.5"}],
    "lock": {"fields": []},
    "first": "end",
    "nodes": {"end": {"type": "end", "label": label("End")}},
}


@pytest.fixture
def publish_sync(shop):
    def done(**more):
        publish(shop, approval=APPROVAL, sync={**WORKFLOW, **more})

    return done


@pytest.fixture
def program(shop, admin):
    """`program(roles, writes)`: a browser that calls with the key of a service account."""

    def made(roles=("manager",), writes=True, apps=None):
        body = {"name": "ERP", "roles": list(roles), "department_ids": [], "is_admin": False}
        status, account = admin.post("/service-accounts", body)
        assert status == 200, account
        key = {"name": "k", "writes": writes, **({"apps": apps} if apps else {})}
        status, told = admin.post(f"/service-accounts/{account['id']}/api-keys", key)
        assert status == 200, told
        client = Client(shop.app.test_client())

        def post(path, body):
            headers = {"Authorization": f"Bearer {told['token']}"}
            return client.call("POST", path, body, headers=headers)

        return post

    return made


def start_path(record):
    return f"{QUOTES}/{record['id']}/workflow"


def test_a_service_account_starts_it(publish_sync, program, manager):
    publish_sync()
    made = quote(manager)
    status, run = program()(start_path(made), {"workflow": "sync", "comment": "Nightly"})
    assert (status, run["status"], run["initiator"]["name"]) == (201, "approved", "ERP")


def test_people_are_offered_no_button_and_may_not_start_it(publish_sync, manager, sales, admin):
    publish_sync()
    made = quote(sales)
    for client in (sales, manager):
        told = client.get(start_path(made))[1]
        assert [one["workflow"] for one in told["startable"]] == ["approval"]
        assert client.post(start_path(made), {"workflow": "sync"})[0] == 403
    assert "sync" not in [one["workflow"] for one in admin.get(start_path(made))[1]["startable"]]
    # Who administers the app may try out what automations do.
    assert admin.post(start_path(made), {"workflow": "sync"})[0] == 201


def test_a_condition_a_switch_and_the_key_hold_it_back(publish_sync, program, manager):
    publish_sync()
    made, large = quote(manager), quote(manager, "Q2", discount=0.6)
    assert program()(start_path(large), {"workflow": "sync"})[0] == 403
    assert program(writes=False)(start_path(made), {"workflow": "sync"})[0] == 403
    assert program(roles=("guest",))(start_path(made), {"workflow": "sync"})[0] in (403, 404)
    publish_sync(enabled=False)
    assert program()(start_path(made), {"workflow": "sync"})[0] == 403


def test_it_is_for_programs_whomever_it_is_shown_to(publish_sync, program, manager):
    publish_sync(visible_to={"roles": ["sales"]})
    made = quote(manager)
    assert program()(start_path(made), {"workflow": "sync"})[0] == 201


def test_a_second_start_is_refused_while_it_runs(publish_sync, program, manager):
    waiting = {"type": "wait_for", "label": label("Wait"), "condition": '{note} = "go"', "next": "end"}
    publish_sync(first="wait", nodes={"wait": waiting, **WORKFLOW["nodes"]})
    made, post = quote(manager), program()
    assert post(start_path(made), {"workflow": "sync"})[0] == 201
    assert post(start_path(made), {"workflow": "sync"})[0] == 409


def test_a_service_account_starts_nothing_that_has_no_such_start(publish_sync, program, manager):
    publish_sync(starts=[{"on": "button", "roles": ["sales"]}])
    assert program()(start_path(quote(manager)), {"workflow": "sync"})[0] == 403
