"""The small app with quotes that are approved, and steps that tests of workflows share."""

import copy
from typing import Any

import pytest

from joinery.directory import Actor
from joinery.runtime.apps import publishing
from tests.api.conftest import DOCUMENT, Client, Shop

QUOTES = "/apps/shop/forms/quote/records"


def label(en: str, zh: str = "名") -> dict[str, str]:
    return {"en": en, "zh": zh}


def option(en: str) -> dict[str, Any]:
    return {"label": label(en)}


QUOTE: dict[str, Any] = {
    "label": label("Quote"),
    "title": "{no}",
    "fields": {
        "no": {"type": "text", "label": label("No."), "required": True},
        "discount": {"type": "percent", "label": label("Discount")},
        "amount": {"type": "money", "label": label("Amount")},
        "margin": {"type": "percent", "label": label("Margin")},
        "note": {"type": "text", "label": label("Note")},
        "checked": {"type": "text", "label": label("Checked")},
        "status": {
            "type": "choice",
            "label": label("Status"),
            "default": '"draft"',
            "options": {
                key: option(key)
                for key in ("draft", "in_approval", "at_finance", "approved", "rejected", "cancelled")
            },
        },
    },
    "permissions": {
        "sales": {
            "roles": ["sales"],
            "actions": ["view", "create", "edit", "delete", "import"],
            "rows": "own",
            "hidden_fields": ["margin"],
        },
        "manager": {"roles": ["manager"], "actions": ["view", "create", "edit", "delete"], "rows": "all"},
    },
}
ORDER: dict[str, Any] = {
    "label": label("Order"),
    "title": "{no}",
    "fields": {
        "no": {"type": "text", "label": label("No."), "unique": True},
        "amount": {"type": "money", "label": label("Amount")},
        "placed": {"type": "boolean", "label": label("Placed")},
        "quote": {
            "type": "relation",
            "form": "quote",
            "label": label("Quote"),
            "inverse": {"key": "orders", "label": label("Orders")},
        },
    },
    "permissions": {"manager": {"roles": ["manager", "sales"], "actions": ["view"], "rows": "all"}},
}
#: A manager, then somebody from finance (here: a guest, without any right on quotes), then an order is made.
APPROVAL: dict[str, Any] = {
    "label": label("Quote approval", "报价审批"),
    "form": "quote",
    "starts": [
        {"on": "button", "label": label("Submit")},
        {"on": "create", "when": "{discount} > 0.2"},
        {"on": "change", "fields": ["discount"], "when": "{discount} > 0.3"},
    ],
    "state": {
        "field": "status",
        "running": "in_approval",
        "approved": "approved",
        "rejected": "rejected",
        "withdrawn": "draft",
        "cancelled": "cancelled",
    },
    "lock": {"fields": "all", "except": ["note"]},
    "withdraw": "any_time",
    "first": "manager",
    "nodes": {
        "manager": {
            "type": "approval",
            "label": label("Manager", "经理"),
            "assignees": [{"by": "role", "role": "manager"}],
            "fields": {"editable": ["discount", "checked"], "required": ["checked"]},
            "texts": {"intro": label("Look at the margin")},
            "next": "finance",
        },
        "finance": {
            "type": "approval",
            "label": label("Finance", "财务"),
            "assignees": [{"by": "role", "role": "guest"}],
            "fields": {"visible": ["no", "amount"]},
            "state": "at_finance",
            "next": "make",
        },
        "make": {
            "type": "create_record",
            "label": label("Make the order"),
            "list": "orders",
            "values": {"no": '"SO-" & {no}', "amount": "{amount}"},
            "next": "place",
        },
        "place": {
            "type": "update_records",
            "label": label("Place it"),
            "list": "orders",
            "values": {"placed": "TRUE"},
            "next": "done",
        },
        "done": {"type": "end", "label": label("Approved"), "result": "approved"},
    },
}


#: Starts the workflow `child` on each order of a quote.
EACH_ORDER: dict[str, Any] = {
    "type": "sub_workflow",
    "label": label("Check"),
    "workflow": "child",
    "list": "orders",
    "next": "end",
}


def document(**workflows: Any) -> dict[str, Any]:
    """The app with these workflows."""
    made = copy.deepcopy(DOCUMENT)
    made["version"] = "2.0.0"
    made["forms"] |= {"quote": copy.deepcopy(QUOTE), "order": copy.deepcopy(ORDER)}
    made["workflows"] = copy.deepcopy(workflows)
    return made


def publish(shop: Shop, **workflows: Any) -> None:
    """Publish the app with these workflows."""
    publish_document(shop, document(**workflows))


def publish_document(shop: Shop, made: dict[str, Any]) -> None:
    """Publish the app as this document has it."""
    actor = Actor(user_id=None, name="setup", is_admin=True, workspace=shop.workspace_key)
    with shop.services.unit(shop.workspace_key) as unit:
        publishing.publish_app(unit, actor, "shop", made)


@pytest.fixture
def shop(shop: Shop) -> Shop:
    publish(shop, approval=APPROVAL)
    for name in ("manager", "guest"):
        shop.email(name)
    return shop


def quote(client: Client, no: str = "Q1", **values: Any) -> dict[str, Any]:
    """A new quote of somebody."""
    status, made = client.post(QUOTES, {"no": no, "amount": 1000, "discount": 0.1, **values})
    assert status == 201, made
    return made


def two_orders(client: Client, record: dict[str, Any]) -> None:
    """Make two orders of a quote."""
    for number in range(2):
        status, made = client.post(
            "/apps/shop/forms/order/records", {"no": f"O{number}", "quote": record["id"]}
        )
        assert status == 201, made


def start(client: Client, record: dict[str, Any], workflow: str = "approval") -> dict[str, Any]:
    """Start the workflow by its button."""
    status, instance = client.post(f"{QUOTES}/{record['id']}/workflow", {"workflow": workflow})
    assert status == 201, instance
    return instance


def todo(client: Client, **query: Any) -> list[dict[str, Any]]:
    """What somebody has to do."""
    status, page = client.get("/tasks", **query)
    assert status == 200, page
    return page["tasks"]


def task_of(client: Client, record: dict[str, Any], **query: Any) -> dict[str, Any]:
    """The task that somebody has about a record."""
    [found] = [task for task in todo(client, **query) if task["record"]["id"] == record["id"]]
    return found


def decide(client: Client, task: dict[str, Any], decision: str, **more: Any) -> tuple[int, Any]:
    """Decide a task."""
    return client.post(f"/tasks/{task['id']}/decision", {"decision": decision, **more})


def approve(client: Client, record: dict[str, Any], **more: Any) -> dict[str, Any]:
    """Approve what somebody has to do about a record."""
    status, answer = decide(client, task_of(client, record), "approve", **more)
    assert status == 200, answer
    return answer


def read(client: Client, record: dict[str, Any]) -> dict[str, Any]:
    """A quote as somebody reads it now."""
    status, found = client.get(f"{QUOTES}/{record['id']}")
    assert status == 200, found
    return found
