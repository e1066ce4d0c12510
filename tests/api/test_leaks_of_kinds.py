"""Every call of the route table, as every kind of person who may see little or nothing: no secret comes out.

The workspace is that of `test_leaks.py`, where one reader meets every question in every wording; here each
kind of person meets each call.
"""

import json
import re
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from werkzeug.test import TestResponse

from joinery.directory import Actor, DepartmentRole
from joinery.runtime.apps import publishing
from joinery.runtime.people import people
from joinery.storage import organisation, touch_directory
from tests.api.conftest import PASSWORD, Client, open_shop
from tests.api.test_leaks import (
    BODIES,
    DOCUMENT,
    EVERYTHING,
    HIDDEN_KEYS,
    LEADS,
    LEFT_OUT,
    MARKS,
    QUERIES,
    Vault,
    everything_of,
    filled,
    label,
    options_of,
    with_ids,
)

#: Whoever sees a field in part may know its name, and nothing of what it holds.
VALUES = re.compile(
    "zebrafish|narwhal|pangolin|axolotl|leviathan|basilisk|chimera|987654321|巨兽", re.IGNORECASE
)

#: Whoever may read the field on some records may use views that ask for it, and know what these ask.
OF_OTHERS = re.compile(
    r'(?<!= \\")zebrafish|narwhal|pangolin|axolotl|leviathan|chimera|987654321|巨兽', re.IGNORECASE
)

Ask = Callable[..., TestResponse]


def document_of_kinds() -> dict[str, Any]:
    document = json.loads(json.dumps(DOCUMENT))
    for role in ("clerk", "branch", "commenter", "creator", "twofold"):
        document["roles"][role] = {"label": label(role.title())}
    groups = document["forms"]["lead"]["permissions"]
    groups["clerk"] = {
        "roles": ["clerk"],
        "actions": ["view", "export"],
        "rows": '{code} = "mine"',
        "hidden_fields": [key for key in HIDDEN_KEYS if key != "quokka"],
        "masked_fields": {"quokka": {"first": 1, "last": 1}},
    }
    hidden = {"hidden_fields": HIDDEN_KEYS}
    # Somebody in two groups sees of other records what he may not see of "mine".
    groups["open"] = {"roles": ["twofold"], "actions": EVERYTHING, "rows": '{code} = "open"'}
    groups["closed"] = {
        "roles": ["twofold"],
        "actions": [*EVERYTHING, "comment"],
        "rows": '{code} = "mine"',
        "masked_fields": {"quokka": {"first": 1, "last": 1}},
        "hidden_fields": [key for key in HIDDEN_KEYS if key != "quokka"],
        "read_only_fields": ["level"],
    }
    groups["branch"] = {"roles": ["branch"], "actions": ["view", "export"], "rows": "all", **hidden}
    groups["commenter"] = {
        "roles": ["commenter"],
        "actions": ["view", "comment"],
        "rows": '{code} = "mine"',
        **hidden,
    }
    groups["creator"] = {"roles": ["creator"], "actions": ["create"], "rows": "none", **hidden}
    groups["partner"] = {
        "roles": [],
        "external": ["dealer"],
        "actions": ["view", "create", "edit", "export", "comment"],
        "rows": '{code} = "mine"',
        **hidden,
    }
    return document


#: An app that has nothing to do with the secrets; somebody administers it.
GARDEN = {
    "joinery": 1,
    "app": "garden",
    "version": "1.0.0",
    "label": label("Garden"),
    "forms": {
        "bed": {"label": label("Bed"), "fields": {"name": {"type": "text", "label": label("Name")}}},
    },
}


class Kinds:
    """The vault, and a way to ask as each kind of person."""

    def __init__(self, vault: Vault) -> None:
        self.vault = vault
        vault.keeper.post(f"{LEADS}/{vault.hidden_lead['id']}/comments", {"text": "Pangolin says no"})
        vault.create("lead", company="Open", code="open", quokka="plain", quokka_amount=1)
        setup = Actor(user_id=None, name="setup", is_admin=True, workspace=vault.shop.workspace_key)
        with vault.shop.services.unit(vault.shop.workspace_key) as unit:
            publishing.publish_app(unit, setup, "garden", GARDEN)
            north = organisation.add_department(unit, name="North", parent_id=None, head_ids=[])
            south = organisation.add_department(unit, name="South", parent_id=None, head_ids=[])
            organisation.change_member(unit, vault.reader.me["user"]["id"], department_ids=[north])
            touch_directory(unit)
        self.ask: dict[str, Ask] = {
            "stranger": asking(Client(vault.shop.app.test_client())),
            "nobody": asking(self.person("nobody")),
            "reader": asking(vault.reader),
            "clerk": asking(self.person("clerk", "clerk")),
            "commenter": asking(self.person("commenter", "commenter")),
            "creator": asking(self.person("creator", "creator")),
            "twofold": asking(self.person("twofold", "twofold")),
            "branch": asking(self.person("branch", branch=("branch", north))),
        }
        admin = vault.shop.as_user("admin")
        head = self.person("gardener")
        circle = {"apps": ["garden"], "department_ids": [south], "roles": ["clerk"]}
        admin.post("/administrators", {"user_id": head.me["user"]["id"], **circle})
        self.ask["administrator"] = asking(head)
        _, partner = admin.post("/external-organisations", {"name": "Dealer", "kind": "dealer"})
        contact = self.person("partner")
        #: Whom the administrator manages.
        worker = self.person("worker")
        with vault.shop.services.unit(vault.shop.workspace_key) as unit:
            organisation.change_member(unit, contact.me["user"]["id"], organisation_id=partner["id"])
            organisation.change_member(unit, worker.me["user"]["id"], department_ids=[south])
            touch_directory(unit)
        self.ask["partner"] = asking(contact)
        self.people = [vault.keeper.me["user"]["id"], worker.me["user"]["id"]]
        key = vault.reader.post("/me/api-keys", {"name": "Robot", "writes": False})[1]["token"]
        self.ask["key"] = asking(Client(vault.shop.app.test_client()), key)
        gone = self.person("gone", "manager")
        old = gone.post("/me/api-keys", {"name": "Robot", "writes": True})[1]["token"]
        vault.shop.as_user("admin").post(f"/users/{gone.me['user']['id']}/deactivate", None)
        self.ask["who left"] = asking(gone)
        self.ask["key of who left"] = asking(Client(vault.shop.app.test_client()), old)

    def person(self, name: str, *roles: str, branch: tuple[str, int] | None = None) -> Client:
        """Somebody new, signed in."""
        email = f"{name}.{self.vault.shop.workspace_key}@example.com"
        with self.vault.shop.services.unit(self.vault.shop.workspace_key) as unit:
            user_id = people.add_user(unit, email=email, name=name, password=PASSWORD, roles=roles)
            if branch:
                given = DepartmentRole(role=branch[0], department_id=branch[1])
                organisation.set_department_roles(unit, user_id, [given])
                touch_directory(unit)
        return Client(self.vault.shop.app.test_client()).sign_in(email)


def asking(client: Client, key: str | None = None) -> Ask:
    headers = {"X-CSRF-Token": client.csrf} if key is None else {"Authorization": f"Bearer {key}"}

    def ask(method: str, path: str, query: dict[str, str], body: Any) -> TestResponse:
        return client.flask.open(
            f"/api/v1{path}", method=method, query_string=query, headers=headers, **options_of(body)
        )

    return ask


@pytest.fixture(scope="module")
def kinds(database, tmp_path_factory) -> Kinds:
    return Kinds(Vault(open_shop(database, tmp_path_factory.mktemp("kinds"), "kinds"), document_of_kinds()))


#: What is sent to calls of administrators, who are not told of by test_leaks.
ADMINISTERING: dict[str, list[Any]] = {
    "organisation.create_department": [{"name": "New", "parent_id": 1}],
    "organisation.change_department": [{"name": "New"}],
    "organisation.change_person": [{"name": "New", "roles": ["clerk"]}, {"manager_id": 1}],
    "organisation.make_password_link": [{"send": True}],
    "organisation.add_person": [{"name": "New", "email": "new.kinds@example.com"}],
    "organisation.invite": [{"people": [{"name": "New", "email": "new.kinds@example.com"}]}],
    "handover.hand_over": [{"to": 1}],
    "permissions.effect_of_draft": [{"form": "lead"}],
    "permissions.change_members": [{"users": [], "departments": []}],
    "publishing.change_draft": [{"revision": 0, "changes": []}],
    "publishing.upgrade_app": [{}],
    "administrators.give_circle": [{"user_id": 1, "apps": None}],
    "administrators.change_circle": [{"apps": None}],
    "session.start_preview": [{"user_id": 1}],
}


def calls(vault: Vault, people: list[int]) -> Iterator[tuple[str, str, str, dict[str, str], Any]]:
    """Every call once or twice: endpoint, method, path, query, body."""
    choices = {
        "app": ["vault"],
        "form": ["lead", "kraken"],
        "inverse": ["leads"],
        "view_id": vault.views[:1],
        "job_id": [vault.job],
        "file_id": [vault.paper],
        # Not the key that another kind calls with.
        "key_id": [999_999],
        "user_id": people,
    }
    for rule in vault.shop.app.url_map.iter_rules():
        documented = getattr(vault.shop.app.view_functions[rule.endpoint], "operation", None)
        if documented is None or rule.endpoint in LEFT_OUT or documented.access == "signing_in":
            continue
        whole = {name: QUERIES[name][-1] for name in ("search", "q", "count") if name in documented.query}
        records = {"lead": [vault.lead, vault.hidden_lead]}
        for path in filled(rule.rule.removeprefix("/api/v1"), choices, records):
            for method in sorted(rule.methods - {"HEAD", "OPTIONS"}):
                bodies = [None] if method == "GET" else bodies_of(rule.endpoint)[:2]
                for query in [{}, whole] if whole else [{}]:
                    for body in bodies:
                        yield rule.endpoint, method, path, query, with_ids(body, vault)


def bodies_of(endpoint: str) -> list[Any]:
    return BODIES.get(endpoint) or ADMINISTERING.get(endpoint, [None])


#: Who sees what, and which calls must have been answered for the walk to be worth something.
READING = {"records.list_records", "records.query_records", "search.search_everywhere", "apps.get_app"}
CASES = {
    "stranger": (MARKS, set()),
    "nobody": (MARKS, {"apps.list_apps"}),
    "reader": (MARKS, READING | {"records.get_record", "records.record_history", "exports.export_records"}),
    "clerk": (VALUES, READING | {"records.get_record", "exports.export_records"}),
    "twofold": (
        OF_OTHERS,
        READING
        | {"records.get_record", "records.record_history", "exports.export_records", "records.edit_batch"},
    ),
    "branch": (MARKS, READING | {"records.get_record", "exports.export_records"}),
    "commenter": (MARKS, READING | {"record_comments.add_comment"}),
    "creator": (MARKS, {"apps.list_apps"}),
    "administrator": (
        MARKS,
        {
            "apps.list_apps",
            "audit.list_entries",
            "audit.export_entries",
            "organisation.list_people",
            "organisation.change_person",
            "organisation.make_password_link",
            "handover.read_belongings",
        },
    ),
    "partner": (MARKS, READING | {"records.get_record", "exports.export_records"}),
    "key": (MARKS, READING | {"records.get_record", "exports.export_records"}),
    "who left": (MARKS, set()),
    "key of who left": (MARKS, set()),
}


#: Questions that name the field which is open on one record and masked on another.
ASKING = [
    {"filter": '{quokka} = "zebrafish two"'},
    {"filter": 'STARTSWITH({quokka}, "z")'},
    {"filter": "{quokka_amount} > 5"},
    {"filter": "{quokka_depth} > 5"},
    {"search": "zebrafish"},
    {"filter": "ISBLANK({quokka}) = FALSE"},
]


@pytest.mark.parametrize("query", ASKING)
def test_nobody_with_two_groups_feels_his_way_from_one_record_to_another(kinds, query):
    answer = kinds.ask["twofold"]("GET", LEADS, query, None)
    assert answer.status_code == 200
    assert [one["code"] for one in answer.json["records"] if one["code"] != "open"] == []


@pytest.mark.parametrize("kind", CASES)
def test_no_kind_of_person_is_told_a_secret(kinds, kind):
    marks, answered = CASES[kind]
    met = set()
    for endpoint, method, path, query, body in calls(kinds.vault, kinds.people):
        answer = kinds.ask[kind](method, path, query, body)
        assert answer.status_code < 500, (method, path, query, body, answer.text)
        text = everything_of(answer)
        sent = {mark.lower() for mark in MARKS.findall(repr((path, query, body)))}
        told = {mark.lower() for mark in marks.findall(text)} - sent
        assert not told, (method, path, query, body, text)
        if answer.status_code < 300:
            met.add(endpoint)
    assert met >= answered
    if not answered:
        assert met <= {"session.session_state", "openapi.get_openapi"}
