"""Nothing that a person may not see comes out of any door: every call of the route table is knocked at.

Every value, label, key, file and row that the reader may not see carries the name of an animal; no answer
to him, right or wrong, may hold one.
"""

import io
import json
import re
import zipfile
from typing import Any

import pytest

from joinery.directory import Actor
from joinery.runtime.apps import publishing
from joinery.runtime.importing import run as import_run
from joinery.storage import job_states
from tests.api.conftest import Client, Shop, open_shop

MARKS = re.compile(
    "zebrafish|quokka|wombat|narwhal|pangolin|axolotl|leviathan|basilisk|chimera|袋熊|987654321|巨兽",
    re.IGNORECASE,
)


def label(en: str, zh: str = "名") -> dict[str, str]:
    return {"en": en, "zh": zh}


def secret(kind: str, **more: Any) -> dict[str, Any]:
    return {"type": kind, "label": label("Wombat", "袋熊"), **more}


EVERYTHING = ["view", "create", "edit", "delete", "restore", "import", "export"]
HIDDEN_KEYS = ["quokka", "quokka_amount", "quokka_paper", "quokka_depth"]

#: `lead` and `account` have hidden fields and rows, `kraken` is hidden as a whole.
DOCUMENT = {
    "joinery": 1,
    "app": "vault",
    "version": "1.0.0",
    "label": label("Vault"),
    "roles": {"sales": {"label": label("Sales")}, "manager": {"label": label("Manager")}},
    "forms": {
        "account": {
            "label": label("Account"),
            "title": "{name}",
            "fields": {
                "name": {"type": "text", "label": label("Name")},
                "level": {"type": "text", "label": label("Level")},
                "quokka": secret("text"),
            },
            "facts": ["quokka", "level"],
            "permissions": {
                "own": {
                    "roles": ["sales"],
                    "actions": EVERYTHING,
                    "rows": "own",
                    "hidden_fields": ["quokka"],
                },
                "all": {"roles": ["manager"], "actions": EVERYTHING, "rows": "all"},
            },
        },
        "lead": {
            "label": label("Lead"),
            "fields": {
                # The first text is hidden: neither it nor the fallback may become the title.
                "quokka": secret("text"),
                "company": {"type": "text", "label": label("Company")},
                "code": {"type": "text", "label": label("Code"), "unique": True},
                "stage": {
                    "type": "choice",
                    "label": label("Stage"),
                    "options": {"new": {"label": label("New")}, "won": {"label": label("Won")}},
                },
                "amount": {"type": "number", "label": label("Amount")},
                "quokka_amount": secret("number", validate={"{quokka_amount} > 0": label("Wombat")}),
                "quokka_depth": secret("formula", result="number", formula="{quokka_amount} * 2"),
                "paper": {"type": "file", "label": label("Paper")},
                "quokka_paper": secret("file"),
                "level": {"type": "text", "label": label("Level")},
                "taken": {"type": "text", "label": label("Taken")},
                "account": {
                    "type": "relation",
                    "label": label("Account"),
                    "form": "account",
                    "fill": {"taken": "{quokka}", "level": "{level}", "quokka": "{name}"},
                    "inverse": {
                        "key": "leads",
                        "label": label("Leads"),
                        "columns": ["company", "quokka"],
                    },
                },
                "partner": {
                    "type": "relation",
                    "label": label("Partner"),
                    "form": "account",
                    "filter": '{quokka} = "zebrafish"',
                },
                "beast": {"type": "relation", "label": label("Beast"), "form": "kraken"},
            },
            "layout": [{"section": "hiding", "label": label("Wombat"), "content": HIDDEN_KEYS}, "company"],
            "facts": ["quokka", "stage"],
            "search": ["quokka", "company"],
            "views": {
                "open": {"label": label("Open"), "columns": ["company", "quokka"], "sort": "-quokka_amount"},
                "closed": {
                    "label": label("Basilisk"),
                    "columns": ["company"],
                    "filter": "{quokka_amount} > 1",
                },
                "den": {
                    "label": label("Chimera"),
                    "columns": ["company"],
                    "filter": '{company} = "Narwhal"',
                    "visible_to": {"roles": ["manager"], "users": ["narwhal@example.com"]},
                },
                "board": {
                    "label": label("Board"),
                    "kind": "kanban",
                    "columns": ["company"],
                    "group_by": "stage",
                    "measure": "quokka_amount",
                    "card": ["quokka"],
                },
            },
            "rules": {
                "deep": {
                    "validate": 'NOT({company} = "deep")',
                    "message": label("Not so deep, please"),
                    "fields": ["quokka"],
                }
            },
            "permissions": {
                "own": {
                    "roles": ["sales"],
                    "actions": EVERYTHING,
                    "rows": "own",
                    "hidden_fields": HIDDEN_KEYS,
                },
                "all": {"roles": ["manager"], "actions": EVERYTHING, "rows": "all"},
            },
        },
        "kraken": {
            "label": label("Leviathan", "巨兽"),
            "fields": {"name": {"type": "text", "label": label("Wombat")}},
            "permissions": {"all": {"roles": ["manager"], "actions": EVERYTHING, "rows": "all"}},
        },
    },
    "menu": [
        {"form": "lead", "view": "closed"},
        {"form": "account"},
        {"form": "kraken"},
        {
            "group": "den",
            "label": label("Chimera"),
            "items": [{"form": "lead"}],
            "visible_to": {"roles": ["manager"], "departments": ["Pangolin"]},
        },
    ],
    "workflows": {
        "review": {
            "label": label("Review"),
            "form": "lead",
            "starts": [{"on": "button", "roles": ["manager"]}],
            "first": "look",
            "nodes": {
                "look": {
                    "type": "approval",
                    "label": label("Look"),
                    "assignees": [{"by": "role", "role": "sales"}],
                    "fields": {"editable": ["level"]},
                    "next": "end",
                },
                "end": {"type": "end", "label": label("End")},
            },
        },
        # About his own record, and not shown to him.
        "prowl": {
            "label": label("Leviathan", "巨兽"),
            "form": "lead",
            "starts": [{"on": "button"}],
            "visible_to": {"roles": ["manager"]},
            "lock": {"fields": ["quokka_amount"]},
            "first": "lurk",
            "nodes": {
                "lurk": {
                    "type": "approval",
                    "label": label("Wombat", "袋熊"),
                    "assignees": [{"by": "role", "role": "manager"}],
                    "decisions": {"approve": {"signature": "required"}},
                    "next": "end",
                },
                "end": {"type": "end", "label": label("Basilisk")},
            },
        },
        "hunt": {
            "label": label("Leviathan", "巨兽"),
            "form": "kraken",
            "starts": [{"on": "button"}],
            "first": "catch",
            "nodes": {
                "catch": {
                    "type": "approval",
                    "label": label("Wombat", "袋熊"),
                    "assignees": [{"by": "role", "role": "manager"}],
                    "next": "end",
                },
                "end": {"type": "end", "label": label("Basilisk")},
            },
        },
    },
}

LEADS = "/apps/vault/forms/lead/records"
ACCOUNTS = "/apps/vault/forms/account/records"


class Vault:
    """The workspace with its secrets: the `keeper` sees everything, the `reader` his own."""

    def __init__(self, shop: Shop, document: dict[str, Any] = DOCUMENT) -> None:
        self.shop = shop
        setup = Actor(user_id=None, name="setup", is_admin=True, workspace=shop.workspace_key)
        with shop.services.unit(shop.workspace_key) as unit:
            publishing.publish_app(unit, setup, "vault", document)
        self.keeper, self.reader = shop.as_user("manager"), shop.as_user("sales")
        reader = self.reader.me["user"]["id"]
        beast = self.create("kraken", name="Leviathan")
        self.hidden_account = self.create("account", name="Narwhal Ltd", quokka="zebrafish")
        self.account = self.create("account", name="Acme", level="gold", quokka="zebrafish", owner=reader)
        self.paper = self.upload("Pangolin.txt")
        self.hidden_lead = self.create(
            "lead", company="Narwhal Ltd", code="NARWHAL", quokka="zebrafish", amount=987654321
        )
        self.lead = self.create(
            "lead",
            owner=reader,
            code="mine",
            quokka="zebrafish",
            quokka_amount=987654321,
            quokka_paper=[self.paper],
            account=self.hidden_account["id"],
            taken="not the keeper's",
            beast=beast["id"],
        )
        change = {"revision": 1, "quokka": "zebrafish two", "stage": "new"}
        _, self.lead = self.keeper.patch(f"{LEADS}/{self.lead['id']}", change)
        self.gone = self.create("lead", company="Narwhal gone", code="gone", quokka="zebrafish")
        self.keeper.delete(f"{LEADS}/{self.gone['id']}")
        views = "/apps/vault/forms/lead/views"
        widths = {"label": "Wide", "columns": ["company"], "column_widths": {"quokka": 100}, "shared": True}
        filtered = {"label": "Basilisk", "filter": '{quokka} = "zebrafish"', "shared": True}
        private = {"label": "Basilisk", "columns": ["company"]}
        self.views = [self.saved(views, view) for view in (widths, filtered, private)]
        watched = self.create("lead", company="Watched", quokka="zebrafish", quokka_amount=987654321)
        # One that was signed stands before those that run.
        self.started("lead", self.lead, "prowl")
        self.signed_by_keeper({"typed": "Narwhal"})
        runs = (("lead", self.lead, "prowl"), ("lead", watched, "review"), ("kraken", beast, "hunt"))
        self.instances = [self.started(*run) for run in runs]
        self.tasks = [client.get("/tasks")[1]["tasks"][0]["id"] for client in (self.reader, self.keeper)]
        self.job = self.importing("Chimera.csv", "Code\nchimera\n", {"Code": "code"}, client=self.keeper)

    def create(self, form: str, **values: Any) -> dict[str, Any]:
        status, record = self.keeper.post(f"/apps/vault/forms/{form}/records", values)
        assert status == 201, record
        return record

    def started(self, form: str, record: dict[str, Any], workflow: str) -> int:
        """Let the keeper start a workflow on a record; the id of the run."""
        path = f"/apps/vault/forms/{form}/records/{record['id']}/workflow"
        status, instance = self.keeper.post(path, {"workflow": workflow})
        assert status == 201, instance
        return instance["id"]

    def signed_by_keeper(self, signature: dict[str, str]) -> None:
        """Let the keeper sign his newest task, and keep the signature for the next time."""
        task = self.keeper.get("/tasks")[1]["tasks"][0]["id"]
        decision = {"decision": "approve", "signature": signature}
        assert self.keeper.post(f"/tasks/{task}/decision", decision)[0] == 200
        assert self.keeper.call("PUT", "/me/signature", {"signature": signature})[0] == 200

    def saved(self, path: str, view: dict[str, Any]) -> int:
        status, view = self.keeper.post(path, {"kind": "list", **view})
        assert status == 201, view
        return view["id"]

    def upload(self, name: str) -> int:
        sent = {"file": (io.BytesIO(b"axolotl"), name)}
        return self.keeper.call("POST", "/files", data=sent)[1]["id"]

    def importing(self, name: str, text: str, mapping: dict[str, str], *, client: Client, **more: Any) -> int:
        """Start an import; the id of its job."""
        data = {"file": (io.BytesIO(text.encode()), name), "mapping": json.dumps(mapping), **more}
        status, started = client.call("POST", "/apps/vault/forms/lead/import", data=data)
        assert status == 202, started
        return started["job"]["id"]

    def imported(self, text: str, mapping: dict[str, str], **more: Any) -> dict[str, Any]:
        """What the reader is told of an import of his that was done."""
        job = self.importing("mine.csv", text, mapping, client=self.reader, **more)
        import_run.run_import(self.shop.services, self.shop.workspace_key, job)
        return self.reader.get(f"/jobs/{job}")[1]


@pytest.fixture(scope="module")
def vault(database, tmp_path_factory) -> Vault:
    return Vault(open_shop(database, tmp_path_factory.mktemp("leaks"), "leaks"))


def everything_of(answer) -> str:
    content = answer.get_data()
    if answer.mimetype.endswith("spreadsheetml.sheet"):
        with zipfile.ZipFile(io.BytesIO(content)) as book:
            content = b"\n".join(book.read(name) for name in book.namelist())
    return f"{answer.headers}\n{content.decode()}"


def silent(answer, *sent: Any) -> str:
    """Asserts that an answer holds no mark but those that were sent; its text."""
    text = everything_of(answer)
    known = {mark.lower() for mark in MARKS.findall(repr(sent))}
    told = {mark.lower() for mark in MARKS.findall(text)} - known
    assert not told, text
    return text


#: What is sent to writing calls: for each endpoint the bodies to try; to others nothing and an empty one.
NOTHING: list[Any] = [None]
BODIES: dict[str, list[Any]] = {
    "formulas.check_formula": [
        {"formula": "{q} + {amont}", "app": "vault", "form": "lead"},
        {"formula": "{name}", "app": "vault", "form": "kraken"},
    ],
    "formulas.evaluate_formula": [
        {"formula": "{company}", "app": "vault", "form": "lead", "record": "RECORD"},
        {"formula": "{compani}", "app": "vault", "form": "lead", "record": "RECORD"},
        {"formula": "1", "app": "vault", "form": "lead", "record": {"quokk": 1}},
    ],
    "files.upload_file": [{"file": "upload"}],
    "imports.preview_import": [{"file": "upload"}, {"file_id": "FILE"}],
    "imports.preview_file": [{"file": "upload"}, {"file_id": "FILE", "form": "lead"}],
    "imports.find_unknown": [
        {"files": [{"file": "FILE", "form": "lead", "mapping": {"Code": "code"}}]},
        {"files": [{"file": "FILE", "form": "lead", "mapping": {"Code": "account"}}]},
    ],
    "imports.start_imports": [
        {"files": [{"file": "FILE", "form": "lead", "mapping": {"Code": "code", "X": "quokk"}}]},
        {"files": [{"file": "FILE", "form": "lead", "mapping": {"Code": "code"}}], "dry_run": True},
    ],
    "imports.start_import": [
        {"file": "upload", "mapping": '{"Code": "code", "X": "quokk"}'},
        {"file": "FILE", "mapping": '{"Code": "code"}'},
    ],
    "api_keys.make_own_key": [
        {"name": "mine", "writes": False},
        {"name": "x", "writes": True, "apps": ["vaul"]},
    ],
    "tasks.add_filter": [
        {"box": "todo", "label": "mine", "query": {"app": "vault", "workflow": "quokk"}, "first": True}
    ],
    "tasks.change_filter": [{"label": "mine", "query": {"app": "vaul"}}],
    "workflows.reassign_many": [{"instances": ["INSTANCE"], "user": 1, "reason": "x"}],
    "workflows.reactivate": [{"to": "narwhl", "reason": "x"}],
    "conversions.preview": [{}],
    "conversions.convert": [{"revision": 2}],
    "record_actions.run_action": [{"revision": 2}],
    "record_comments.add_comment": [{"text": "Hello"}],
    "record_comments.change_comment": [{"text": "Hello again"}],
    "record_comments.read_mentions": [{}],
    "record_views.list_period": [
        {"start": "created_at", "first": "2026-01-01", "last": "2026-12-31"},
        {"start": "quokk", "first": "2026-01-01", "last": "2026-12-31"},
    ],
    "record_views.list_branch": [{"relation": "account"}, {"relation": "quokk"}],
    "records.find_duplicates": [{"values": {"company": "Narwal Ltd"}}],
    "records.edit_batch": [
        {"ids": ["RECORD", "HIDDEN_LEAD"], "values": {"level": "gold"}, "partly": True},
        {"ids": ["HIDDEN_LEAD"], "values": {"quokk": "x"}},
    ],
    "records.start_batch_edit": [{"ids": ["HIDDEN_LEAD"], "values": {"level": "x"}}],
    "records.mark_records": [{"ids": ["RECORD", "HIDDEN_LEAD"], "conditions": ["{quokk} = 1"]}],
    "session.change_password": [{"current": "wrong", "password": "seven green chairs"}],
    "session.choose_password": [{"token": "x", "password": "seven green chairs"}],
    "session.forgot_password": [{"email": "nobody@example.com"}],
    "session.read_password_link": [{"token": "x"}],
    "publishing.save_draft": [{"document": {}}],
    "publishing.publish_app": [{}, {"document": {}}],
    "publishing.install_suite": [{"suite": "crm_ltc"}],
    "records.query_records": [
        {},
        {"deleted": True, "count": "exact"},
        {"filter": '{quokk} = "a"', "sort": "quokk", "fields": ["quokk"], "expand": ["accoun"]},
        {"sort": "-company", "limit": 1, "count": "estimate"},
        {"expand": ["account", "beast", "partner"]},
    ],
    "records.create_record": [
        {"company": "deep"},
        {"quokk": "x", "account": "HIDDEN_ACCOUNT"},
        {"account": "ACCOUNT", "code": "narwhal", "partner": "ACCOUNT", "beast": 1},
        {"account": "ACCOUNT", "company": "new"},
        {"owner": 1},
    ],
    "records.update_record": [
        {"revision": 1, "company": "stale"},
        {"revision": 2, "company": "deep", "code": "narwhal"},
        {"revision": 2, "account": "ACCOUNT"},
    ],
    "records.duplicate_record": [{"values": {"quokk": "x"}}, {"values": {"account": "HIDDEN_ACCOUNT"}}],
    "record_views.list_choices": [
        {"field": "partner", "search": "a"},
        {"field": "account", "values": {"quokk": 1}, "id": "HIDDEN_LEAD"},
        {"field": "quokk"},
    ],
    "records.prepare_record": [
        {"values": {"account": "ACCOUNT", "partner": "ACCOUNT"}},
        {"values": {"account": "HIDDEN_ACCOUNT", "beast": 1, "company": "deep"}},
        {"values": {"account": "ACCOUNT"}, "id": "RECORD"},
    ],
    "records.save_batch": [
        {"create": [{"company": "deep"}, {"code": "narwhal"}, {"quokk": 1}]},
        {"update": [{"id": "RECORD", "revision": 1, "company": "x"}]},
        {"delete": ["HIDDEN_LEAD"]},
    ],
    "records.aggregate_records": [
        {},
        {"group_by": ["account"], "measures": {"n": {"fn": "sum", "field": "amount"}}},
        {"group_by": ["quokk"], "measures": {"n": {"fn": "max", "field": "quokk"}}},
        {"search": "a", "measures": {"n": {"fn": "max", "field": "amount"}}},
    ],
    "views.create_view": [
        {
            "label": "x",
            "kind": "list",
            "columns": ["quokk"],
            "filter": "{quokk} = 1",
            "sort": "quokk",
            "group_by": "quokk",
        }
    ],
    "views.change_view": [{"label": "mine now"}],
    "session.sign_in_by_password": [{"email": "x@example.com", "password": "wrong"}],
    "session.set_up": [{"token": "x", "email": "a@example.com", "name": "A", "password": "a long password"}],
    "session.switch_workspace": [{"key": "nothing"}],
    "session.change_me": [{"theme": "dark"}, {"theme": "quokk"}],
    "tasks.decide": [
        {"decision": "approve"},
        {"decision": "approve", "values": {"quokk": 1}},
        {"decision": "reassign", "user": 1, "comment": "Yours"},
        {"decision": "approve", "signature": {"typed": "Sales"}},
    ],
    "tasks.decide_many": [{"tasks": [1, 2, 3], "decision": "reject", "comment": "No"}],
    "tasks.add_delegation": [{"to": 1}, {"to": 1, "app": "vault", "forms": ["lead"]}],
    "tasks.keep_signature": [{"signature": {"typed": "Sales"}}],
    "tasks.add_phrase": [{"text": "Looks good"}],
    "tasks.read_notifications": [{}],
    "tasks.set_notification_settings": [{"mail": {"task": False}}],
    "workflows.start_workflow": [{"workflow": "review"}, {"workflow": "nothing"}],
    "workflows.withdraw": [{"comment": "A mistake"}],
    "workflows.urge": [{}],
}

#: Queries to try on every GET that documents such a parameter.
QUERIES: dict[str, list[str]] = {
    "filter": ['{compani} = "a"', '{quokk} = "a"', "{account} > 0"],
    "sort": ["quokk", "-company", "title"],
    "fields": ["quokk", "title,company"],
    "expand": ["account", "account,beast,partner", "quokk"],
    "search": ["a", "ltd", "e"],
    "count": ["exact", "estimate", "capped"],
    "deleted": ["true"],
    "limit": ["1"],
    "cursor": ["x", "0"],
    "format": ["csv", "xlsx"],
    "language": ["zh-CN"],
    "q": ["ltd", "a"],
    "ids": ["1,2,3"],
}

#: Would end the walk's session and empty its forms; both are tested by themselves.
LEFT_OUT = {"session.end_session", "records.delete_record"}


def calls_of(vault: Vault) -> list[tuple[str, str, str, dict[str, str], Any]]:
    """Every call of the route table: endpoint, method, path, query, body."""
    records = {
        "account": [vault.account, vault.hidden_account],
        "lead": [vault.lead, vault.hidden_lead, vault.gone],
    }
    choices = {
        "app": ["vault", "nothing"],
        "form": ["lead", "account", "kraken", "nothing"],
        "inverse": ["leads", "nothing"],
        "view_id": vault.views,
        "job_id": [vault.job, 999_999],
        "file_id": [vault.paper, 999_999],
        "task_id": [*vault.tasks, 999_999],
        "instance_id": [*vault.instances, 999_999],
        "workflow": ["review", "hunt"],
    }
    found = []
    for rule in vault.shop.app.url_map.iter_rules():
        operation = getattr(vault.shop.app.view_functions[rule.endpoint], "operation", None)
        if operation is None or rule.endpoint in LEFT_OUT:
            continue
        for path in filled(rule.rule.removeprefix("/api/v1"), choices, records):
            for method in sorted(rule.methods - {"HEAD", "OPTIONS"}):
                bodies = NOTHING if method == "GET" else BODIES.get(rule.endpoint, [None, {}])
                queries = [{}] + [
                    {name: value} for name in operation.query for value in QUERIES.get(name, [])
                ]
                if rule.endpoint == "files.download_file":
                    queries += [file_query(vault, field) for field in ("paper", "quokka_paper", "nothing")]
                found += [(rule.endpoint, method, path, query, body) for query in queries for body in bodies]
    return found


def file_query(vault: Vault, field: str) -> dict[str, str]:
    return {"app": "vault", "form": "lead", "record": str(vault.lead["id"]), "field": field}


def filled(path: str, choices: dict[str, list[Any]], records: dict[str, list[Any]]) -> list[str]:
    paths = [path]
    for part in re.findall(r"<(?:\w+:)?(\w+)>", path):
        if part == "record_id":
            everything = {record["id"] for found in records.values() for record in found}
            values: list[Any] = sorted(everything)
        else:
            values = choices.get(part, [1])
        paths = [re.sub(rf"<(?:\w+:)?{part}>", str(value), one) for one in paths for value in values]
    # Of an app that is not there one form is enough.
    return [one for one in paths if "/nothing/forms/" not in one or "/forms/lead" in one]


def with_ids(body: Any, vault: Vault) -> Any:
    names = {
        "RECORD": vault.lead["id"],
        "ACCOUNT": vault.account["id"],
        "HIDDEN_LEAD": vault.hidden_lead["id"],
        "HIDDEN_ACCOUNT": vault.hidden_account["id"],
        "FILE": vault.paper,
    }
    if isinstance(body, dict):
        return {key: with_ids(value, vault) for key, value in body.items()}
    if isinstance(body, list):
        return [with_ids(value, vault) for value in body]
    return names.get(body, body) if isinstance(body, str) else body


def options_of(body: Any) -> dict[str, Any]:
    if isinstance(body, dict) and ("file" in body or "file_id" in body):
        upload = (io.BytesIO(b"Code,X\nabc,1\n"), "codes.csv")
        return {"data": {key: upload if value == "upload" else str(value) for key, value in body.items()}}
    return {} if body is None else {"data": json.dumps(body), "content_type": "application/json"}


@pytest.mark.parametrize("language", ["zh-CN", "en"])
def test_no_call_tells_what_is_hidden(vault, language):
    reader = vault.reader
    assert reader.patch("/me", {"language": language})[0] == 200
    met = set()
    for endpoint, method, path, query, body in calls_of(vault):
        sent = with_ids(body, vault)
        answer = reader.flask.open(
            "/api/v1" + path,
            method=method,
            query_string=query,
            headers={"X-CSRF-Token": reader.csrf},
            **options_of(sent),
        )
        assert answer.status_code < 500, (method, path, query, sent, answer.text)
        silent(answer, path, query, sent)
        met.add((endpoint, answer.status_code < 300))
        if endpoint.startswith("session.s"):
            reader.sign_in(vault.shop.email("sales"))
    # The walk is worth something only when the calls that read were answered.
    assert {endpoint for endpoint, right in met if right} >= {
        "apps.get_app",
        "apps.describe_form",
        "exports.export_records",
        "openapi.get_openapi",
        "records.list_records",
        "records.query_records",
        "records.get_record",
        "records.record_history",
        "records.list_related",
        "records.aggregate_records",
        "records.prepare_record",
        "search.search_everywhere",
        "tasks.get_task",
        "tasks.list_tasks",
        "workflows.get_instance",
    }
    # The keeper still has everything as it was.
    assert vault.keeper.get(f"{LEADS}/{vault.hidden_lead['id']}")[1]["quokka"] == "zebrafish"


def test_every_call_that_takes_something_is_tried_with_something(vault):
    """A new call of this kind needs an entry in BODIES; administrators' calls refuse before they read."""
    views = vault.shop.app.view_functions
    asking = {
        endpoint
        for endpoint, view in views.items()
        if (documented := getattr(view, "operation", None))
        and documented.body
        and not documented.access.endswith("admin")
    }
    assert asking - LEFT_OUT <= BODIES.keys()


def questions(hidden: str) -> list[tuple[str, str, dict[str, str], Any]]:
    views = "/apps/vault/forms/lead/views"
    order = {"file": "upload", "mapping": json.dumps({"Code": "code", "X": hidden}), "mode": "update"}
    return [
        ("GET", LEADS, {"filter": f'{{{hidden}}} = "zebrafish"'}, None),
        ("GET", LEADS, {"filter": f"{{{hidden}}}"}, None),
        ("GET", LEADS, {"filter": f"{{account.{hidden}}} = 1"}, None),
        ("GET", LEADS, {"sort": f"-{hidden}"}, None),
        ("GET", LEADS, {"fields": f"company,{hidden}"}, None),
        ("GET", LEADS, {"expand": hidden}, None),
        ("GET", "/apps/vault/forms/lead/export", {"filter": f"{{{hidden}}} = 1"}, None),
        ("GET", "/apps/vault/forms/lead/export", {"fields": hidden}, None),
        ("POST", f"{LEADS}/aggregate", {}, {"group_by": [hidden]}),
        ("POST", f"{LEADS}/aggregate", {}, {"measures": {"n": {"fn": "max", "field": hidden}}}),
        ("POST", f"{LEADS}/aggregate", {}, {"filter": f"{{{hidden}}} = 1"}),
        ("POST", LEADS, {}, {hidden: "x"}),
        ("POST", LEADS, {}, {hidden: None}),
        ("POST", LEADS, {}, {hidden: {"id": 1}}),
        ("PATCH", f"{LEADS}/LEAD", {}, {hidden: "zebrafish two"}),
        ("PATCH", f"{LEADS}/LEAD", {}, {hidden: "other"}),
        ("POST", f"{LEADS}/prepare", {}, {"values": {hidden: "x"}}),
        ("POST", f"{LEADS}/batch", {}, {"create": [{hidden: "x"}]}),
        ("POST", views, {}, {"label": "x", "kind": "list", "columns": [hidden]}),
        ("POST", views, {}, {"label": "x", "kind": "list", "filter": f"{{{hidden}}} = 1"}),
        (
            "POST",
            views,
            {},
            {"label": "x", "kind": "list", "group_by": hidden, "measure": hidden, "sort": hidden},
        ),
        ("POST", "/formulas/check", {}, {"formula": f"{{{hidden}}}", "app": "vault", "form": "lead"}),
        ("POST", "/formulas/evaluate", {}, {"formula": f"{{{hidden}}}", "app": "vault", "form": "lead"}),
        (
            "POST",
            "/formulas/evaluate",
            {},
            {"formula": "1", "app": "vault", "form": "lead", "record": {hidden: 1}},
        ),
        ("POST", "/apps/vault/forms/lead/import", {}, {**order, "match": hidden}),
        ("POST", "/apps/vault/forms/lead/import", {}, {**order, "match": "code"}),
    ]


@pytest.mark.parametrize("number", range(len(questions("x"))))
@pytest.mark.parametrize("hidden", HIDDEN_KEYS)
def test_a_hidden_field_is_answered_like_one_that_does_not_exist(vault, hidden, number):
    def ask(key: str) -> tuple[int, str]:
        method, path, query, body = questions(key)[number]
        if method == "PATCH":
            body["revision"] = vault.reader.get(f"{LEADS}/{vault.lead['id']}")[1]["revision"]
        answer = vault.reader.flask.open(
            "/api/v1" + path.replace("LEAD", str(vault.lead["id"])),
            method=method,
            query_string=query,
            headers={"X-CSRF-Token": vault.reader.csrf},
            **options_of(body),
        )
        return answer.status_code, answer.get_data(as_text=True).replace(key, "KEY")

    unknown = hidden.replace("quokka", "jackal")
    told = ask(hidden)
    assert told == ask(unknown)
    # A problem among other things that are told is no refusal.
    assert told[0] == 422 or re.search("(record|formula)_unknown_field", told[1])


@pytest.mark.parametrize("form, places", [("lead", ["hidden_lead", "gone"]), ("account", ["hidden_account"])])
@pytest.mark.parametrize(
    "method, path, body",
    [
        ("GET", "", None),
        ("PATCH", "", {"revision": 1, "level": "x"}),
        ("PATCH", "", {"revision": 99, "level": "x"}),
        ("DELETE", "", None),
        ("POST", "/restore", None),
        ("GET", "/history", None),
        ("GET", "/related/leads", None),
        ("GET", "/related/nothing", None),
    ],
)
def test_a_hidden_record_is_answered_like_one_that_does_not_exist(vault, form, places, method, path, body):
    base = f"/apps/vault/forms/{form}/records"
    missing = vault.reader.call(method, f"{base}/999999{path}", body)
    assert missing[0] == 404
    for place in places:
        assert vault.reader.call(method, f"{base}/{getattr(vault, place)['id']}{path}", body) == missing


@pytest.mark.parametrize(
    "body",
    [
        {"update": [{"id": "ID", "revision": 1, "level": "x"}]},
        {"delete": ["ID"]},
        {"delete": [{"id": "ID", "revision": 7}]},
    ],
)
def test_a_batch_does_not_know_hidden_records(vault, body):
    def ask(record_id: int) -> Any:
        return vault.reader.post(
            f"{LEADS}/batch", json.loads(json.dumps(body).replace('"ID"', str(record_id)))
        )

    assert ask(vault.hidden_lead["id"]) == ask(999_999)


@pytest.mark.parametrize("relation", ["account", "partner", "beast"])
def test_choosing_a_hidden_record_is_like_choosing_none(vault, relation):
    def ask(record_id: int) -> Any:
        body = {"company": "x", relation: record_id}
        prepared = vault.reader.post(f"{LEADS}/prepare", {"values": body})
        status, told = vault.reader.post(LEADS, body)
        return re.sub(r'"id": \d+', '"id": ID', json.dumps([prepared, status, told]))

    hidden = 1 if relation == "beast" else vault.hidden_account["id"]
    assert ask(hidden) == ask(999_999)


def test_counts_and_sums_are_of_visible_records_only(vault):
    for count in ("exact", "capped", "estimate"):
        hidden = vault.reader.get(LEADS, count=count, filter='{company} = "Narwhal Ltd"')[1]["count"]
        assert hidden["value"] == 0, count
        search = vault.reader.get(LEADS, count=count, search="narwhal")[1]["count"]
        assert search["value"] == 0, count
    rows = vault.reader.post(
        f"{LEADS}/aggregate", {"search": "zebrafish", "measures": {"n": {"fn": "count"}}}
    )[1]
    assert rows == {"rows": [{"n": 0}]}


def test_titles_do_not_tell_hidden_fields(vault):
    assert vault.reader.get(f"{LEADS}/{vault.lead['id']}")[1]["title"] == ""
    _, found = vault.reader.get("/search", q="zebrafish")
    assert found == {"results": []}
    for hidden, template in (("company", "{company}"), ("code", "{amount} {code}")):
        document = json.loads(json.dumps(DOCUMENT))
        lead = document["forms"]["lead"]
        lead["title"] = template
        lead["permissions"]["own"]["hidden_fields"] += [hidden]
        issues = publishing.check_definition(document, "vault")
        assert [(issue.path, issue.code) for issue in issues] == [
            ("/forms/lead/title", "definition_title_hidden")
        ]


def test_a_fill_takes_nothing_that_the_reader_may_not_read_and_loses_nothing(vault):
    values = {"account": vault.account["id"]}
    _, state = vault.reader.post(f"{LEADS}/prepare", {"values": values})
    assert state["values"]["level"] == "gold"
    assert "taken" not in state["values"]
    _, lead = vault.keeper.post(LEADS, {"company": "Filled", "owner": vault.reader.me["user"]["id"]})
    _, lead = vault.keeper.patch(f"{LEADS}/{lead['id']}", {"revision": 1, "taken": "as it was"})
    _, lead = vault.reader.patch(f"{LEADS}/{lead['id']}", {"revision": 2, **values})
    assert (lead["level"], lead["taken"]) == ("gold", "as it was")
    vault.keeper.delete(f"{LEADS}/{lead['id']}")


def test_settings_do_not_tell_hidden_fields(vault):
    _, described = vault.reader.get("/apps/vault/forms/lead/describe")
    fields = described["fields"]
    assert fields["account"]["settings"]["fill"] == {"level": "{level}"}
    assert fields["account"]["settings"]["inverse"]["columns"] == ["company"]
    assert "filter" not in fields["partner"]["settings"]
    _, whole = vault.keeper.get("/apps/vault/forms/lead/describe")
    assert whole["fields"]["partner"]["settings"]["filter"] == '{quokka} = "zebrafish"'
    _, app = vault.reader.get("/apps/vault")
    assert app["menu"] == [{"form": "lead"}, {"form": "account"}]


def test_problems_of_hidden_fields_have_no_name(vault):
    status, problem = vault.reader.post(LEADS, {"company": "deep"})
    assert (status, problem["issues"]) == (
        422,
        [{"path": "", "code": "rule", "message": "Not so deep, please"}],
    )
    status, lead = vault.keeper.post(LEADS, {"company": "deep"})
    assert lead["issues"][0]["path"] == "/quokka"


@pytest.mark.parametrize("mode", ["update", "add_or_update"])
def test_an_import_does_not_find_hidden_records(vault, mode):
    """A row about a hidden record fares like one about none; only what must be unique shows."""
    rows = "Company,Amount\nNarwhal Ltd,1\nJackal Ltd,1\n"
    mapping = {"Company": "company", "Amount": "amount"}
    told = vault.imported(rows, mapping, match="company", mode=mode, dry_run="true")
    outcome = "failed" if mode == "update" else "created"
    assert (told["state"], told["summary"][outcome]) == ("done", 2), told
    vault.imported(rows, mapping, match="company", mode=mode)
    assert vault.keeper.get(f"{LEADS}/{vault.hidden_lead['id']}")[1]["amount"] == 987654321
    for record in vault.reader.get(LEADS, filter='ENDSWITH({company}, "al Ltd")')[1].get("records", []):
        vault.reader.delete(f"{LEADS}/{record['id']}")


def test_a_taken_value_tells_no_more_than_that(vault):
    status, problem = vault.reader.post(LEADS, {"code": "narwhal"})
    assert (status, problem["code"]) == (409, "duplicate_value")
    assert problem["issues"] == [
        {"path": "/code", "code": "value_taken", "message": "Another record already has this value."}
    ]
    told = vault.imported("Code\nnarwhal\n", {"Code": "code"})
    assert told["summary"]["failed"] == 1
    status, text = vault.reader.get(f"/files/{told['file']['id']}")
    assert status == 200
    assert not {mark.lower() for mark in MARKS.findall(text)} - {"narwhal"}


def test_jobs_and_files_are_private(vault):
    other = vault.shop.as_user("other")
    for path in (f"/jobs/{vault.job}", f"/files/{vault.paper}"):
        missing = other.get(path.rsplit("/", 1)[0] + "/999999")
        assert other.get(path) == vault.reader.get(path) == missing
        assert missing[0] == 404
    for action in ("cancel", "resume"):
        assert vault.reader.post(f"/jobs/{vault.job}/{action}", {})[0] == 404
    with vault.shop.services.unit(vault.shop.workspace_key) as unit:
        assert job_states.get(unit, vault.job).state == "waiting"
    assert vault.reader.get(f"/files/{vault.paper}", **file_query(vault, "quokka_paper"))[0] == 404
    assert vault.keeper.get(f"/files/{vault.paper}", **file_query(vault, "quokka_paper"))[0] == 200
    assert vault.reader.post(LEADS, {"company": "x", "paper": [vault.paper]})[0] == 422
