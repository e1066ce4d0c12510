"""A small app with fields that imports trip over, and people with and without the right to import."""

import pytest

from joinery.adapters import FixedClock
from joinery.directory import Actor
from joinery.runtime import jobs
from joinery.runtime.apps import publishing
from joinery.runtime.importing import imports
from joinery.runtime.importing import run as import_run
from joinery.runtime.importing import undo as import_undo
from joinery.runtime.importing.order import ImportOrder
from joinery.runtime.people import people
from joinery.runtime.records.batch import save_many
from joinery.runtime.records.open_form import open_form
from joinery.runtime.records.operations import Operation
from joinery.runtime.services import Services
from joinery.runtime.settings import Settings
from joinery.storage import files, job_states


def label(text: str) -> dict[str, str]:
    return {"en": text, "zh": f"{text} 中"}


def option(text: str) -> dict[str, dict[str, str]]:
    return {"label": label(text)}


DOCUMENT = {
    "joinery": 1,
    "app": "shop",
    "version": "1.0.0",
    "label": label("Shop"),
    "roles": {"sales": {"label": label("Sales")}, "viewer": {"label": label("Viewer")}},
    "forms": {
        "account": {
            "label": label("Account"),
            "title": "{name}",
            "fields": {
                "name": {"type": "text", "label": label("Name"), "required": True, "unique": True},
                "parent": {"type": "relation", "label": label("Parent"), "form": "account"},
                "sector": {
                    "type": "choice",
                    "label": label("Sector"),
                    "options": {"tech": option("Technology"), "retail": option("Retail")},
                    "default": '"tech"',
                },
                "revenue": {"type": "money", "label": label("Revenue")},
                "founded": {"type": "date", "label": label("Founded")},
                "double": {
                    "type": "formula",
                    "label": label("Double"),
                    "result": "money",
                    "formula": "{revenue} * 2",
                },
                "note": {"type": "long_text", "label": label("Note")},
            },
            "rules": {
                "positive": {"validate": "COALESCE({revenue}, 0) >= 0", "message": label("Not negative")}
            },
            "permissions": {
                "sales": {
                    "roles": ["sales"],
                    "actions": ["view", "create", "edit", "import", "export"],
                    "rows": "own",
                },
                "viewer": {"roles": ["viewer"], "actions": ["view"], "rows": "all"},
            },
        },
        "product": {
            "label": label("Product"),
            "title": "{name}",
            "fields": {
                "name": {"type": "text", "label": label("Name"), "required": True},
                "code": {"type": "text", "label": label("Code"), "unique": True},
                "maker": {"type": "text", "label": label("Maker")},
            },
            "permissions": {
                "sales": {"roles": ["sales"], "actions": ["view", "create", "edit", "import"], "rows": "own"},
            },
        },
        "region": {
            "label": label("Region"),
            "title": "{name}",
            "fields": {
                "name": {"type": "text", "label": label("Name")},
                "size": {"type": "number", "label": label("Size"), "required": True},
            },
            "permissions": {"sales": {"roles": ["sales"], "actions": ["view"], "rows": "all"}},
        },
        "agent": {
            "label": label("Agent"),
            "title": "{name}",
            "fields": {"name": {"type": "text", "label": label("Name")}},
            "duplicates": {
                "company": {
                    "label": label("Same company"),
                    "match": [{"field": "name", "as": "company"}],
                    "on": {"create": "block", "import": "warn"},
                }
            },
        },
        "deal": {
            "label": label("Deal"),
            "title": "{code}",
            "fields": {
                "code": {"type": "text", "label": label("Code"), "unique": True},
                "account": {"type": "relation", "label": label("Account"), "form": "account"},
                "product": {"type": "relation", "label": label("Item"), "form": "product"},
                "region": {"type": "relation", "label": label("Area"), "form": "region"},
                "agent": {"type": "relation", "label": label("Agent"), "form": "agent"},
                "amount": {"type": "money", "label": label("Amount")},
                "share": {"type": "percent", "label": label("Share")},
                "done": {"type": "boolean", "label": label("Done")},
                "day": {"type": "date", "label": label("Day")},
                "stage": {
                    "type": "choice",
                    "label": label("Stage"),
                    "options": {"won": option("Won"), "lost": option("Lost")},
                },
            },
            "permissions": {
                "sales": {
                    "roles": ["sales"],
                    "actions": ["view", "create", "edit", "delete", "import", "export"],
                    "rows": "own",
                },
            },
        },
        "talk": {
            "label": label("Talk"),
            "title": "{name}",
            "fields": {
                "name": {"type": "text", "label": label("Name"), "required": True},
                "about": {
                    "type": "relation_any",
                    "label": label("About"),
                    "forms": ["account", "product", "talk"],
                },
                "products": {"type": "relations", "label": label("Items"), "form": "product"},
                "points": {
                    "type": "subform",
                    "label": label("Points"),
                    "fields": {
                        "of": {
                            "type": "relation_any",
                            "label": label("Of"),
                            "forms": ["account", "product"],
                        },
                    },
                },
            },
        },
        "case": {
            "label": label("Case"),
            "title": "{name}",
            "fields": {
                "name": {"type": "text", "label": label("Name"), "unique": True},
                "one": {"type": "user", "label": label("One")},
                "many": {"type": "users", "label": label("Many")},
                "place": {"type": "department", "label": label("Place")},
                "places": {"type": "departments", "label": label("Places")},
                "kind": {
                    "type": "choice",
                    "label": label("Kind"),
                    "options": {"new": option("New"), "old": option("Old, used")},
                },
                "kinds": {
                    "type": "multi_choice",
                    "label": label("Kinds"),
                    "options": {"new": option("New"), "old": option("Old, used")},
                },
                "product": {"type": "relation", "label": label("Item"), "form": "product"},
                "products": {"type": "relations", "label": label("Items"), "form": "product"},
            },
        },
        "order": {
            "label": label("Order"),
            "title": "{number}",
            "fields": {
                "number": {"type": "text", "label": label("Number"), "unique": True},
                "customer": {"type": "relation", "label": label("Customer"), "form": "account"},
                "remark": {"type": "text", "label": label("Remark")},
                "lines": {
                    "type": "subform",
                    "label": label("Lines"),
                    "fields": {
                        "item": {"type": "relation", "label": label("Article"), "form": "product"},
                        "qty": {"type": "number", "label": label("Quantity"), "minimum": 1},
                        "remark": {"type": "text", "label": label("Remark")},
                        "twice": {
                            "type": "formula",
                            "label": label("Twice"),
                            "result": "number",
                            "formula": "{qty} * 2",
                        },
                    },
                },
                "visits": {
                    "type": "subform",
                    "label": label("Visits"),
                    "fields": {
                        "day": {"type": "date", "label": label("Day")},
                        "by": {"type": "user", "label": label("By")},
                    },
                },
                "total": {
                    "type": "formula",
                    "label": label("Total"),
                    "result": "number",
                    "formula": "SUM({lines.qty})",
                },
            },
            "permissions": {
                "sales": {
                    "roles": ["sales"],
                    "actions": ["view", "create", "edit", "delete", "import", "export"],
                    "rows": "own",
                    "read_only_fields": ["visits"],
                },
            },
        },
    },
    "menu": [{"form": "account"}],
}


class Shop:
    """A workspace with the app, and what a test does with it."""

    def __init__(self, services: Services, workspace: str) -> None:
        self.services = services
        self.workspace = workspace
        self.operator = Actor(user_id=None, name="operator", is_admin=True, workspace=workspace)

    def unit(self):
        return self.services.unit(self.workspace)

    def person(self, role: str, language: str = "en") -> Actor:
        email = f"{role}.{self.workspace}@example.com"
        with self.unit() as unit:
            user_id = people.add_user(
                unit, email=email, name=f"Person {role}", password="long enough password", roles=[role]
            )
        return Actor(
            user_id=user_id,
            name=f"Person {role}",
            email=email,
            roles=frozenset({role}),
            language=language,
            workspace=self.workspace,
        )

    def start(self, text: str | bytes, mapping: dict[str, str], actor: Actor | None = None, **options) -> int:
        """Start an import; its job waits."""
        actor = actor or self.operator
        content = text.encode() if isinstance(text, str) else text
        with self.unit() as unit:
            file_id = imports.keep_upload(
                unit, actor, "shop", "account", name="accounts.csv", content=content
            )
            order = ImportOrder(app="shop", form="account", file_id=file_id, mapping=mapping, **options)
            return imports.start_import(unit, actor, order).id

    def run(self, text: str | bytes, mapping: dict[str, str], actor: Actor | None = None, **options):
        """Do an import to its end; the job afterwards."""
        job = self.start(text, mapping, actor, **options)
        import_run.run_import(self.services, self.workspace, job)
        return self.job(job)

    def job(self, job: int) -> job_states.JobState:
        with self.unit() as unit:
            return job_states.get(unit, job)

    def file(self, text: str, name: str = "file.csv", actor: Actor | None = None) -> int:
        """A file that was sent."""
        with self.unit() as unit:
            return imports.keep_file(unit, actor or self.operator, "shop", name=name, content=text.encode())

    def run_files(self, *orders: ImportOrder, actor: Actor | None = None) -> job_states.JobState:
        """Do an import of several files to its end."""
        with self.unit() as unit:
            job = imports.start_imports(unit, actor or self.operator, orders).id
        import_run.run_import(self.services, self.workspace, job)
        return self.job(job)

    def order(self, form: str, text: str, actor: Actor | None = None, **options) -> ImportOrder:
        """An order for one form, its columns named like the fields unless a mapping is given."""
        file_id = self.file(text, f"{form}.csv", actor)
        mapping = options.pop("mapping", {name: name for name in text.split("\n")[0].split(",")})
        return ImportOrder(app="shop", form=form, file_id=file_id, mapping=mapping, **options)

    def undo(self, job: int, actor: Actor | None = None) -> job_states.JobState:
        """Undo an import to its end; the undoing job."""
        with self.unit() as unit:
            undo = import_undo.start_undo(unit, actor or self.operator, job).id
        import_undo.run_undo(self.services, self.workspace, undo)
        return self.job(undo)

    def save(self, form: str, values: dict, record_id: int | None = None, actor: Actor | None = None):
        """Save a record as a person does."""
        with self.unit() as unit:
            at = open_form(unit, actor or self.operator, "shop", form)
            [saved] = save_many(at, [Operation(values=values, record_id=record_id)])
            return saved

    def table(self, form: str, columns: str, order: str = "id") -> list[tuple]:
        with self.unit() as unit:
            return [
                tuple(row)
                for row in unit.connection.exec_driver_sql(
                    f'SELECT {columns} FROM "{unit.schema}".shop__{form}'
                    f" WHERE deleted_at IS NULL ORDER BY {order}"
                )
            ]

    def lines(
        self, number: str, subform: str = "lines", columns: str = "line.qty, line.remark"
    ) -> list[tuple]:
        """The lines of an order in their order."""
        with self.unit() as unit:
            return [
                tuple(row)
                for row in unit.connection.exec_driver_sql(
                    f'SELECT {columns} FROM "{unit.schema}".shop__order__{subform} line'
                    f' JOIN "{unit.schema}".shop__order around ON around.id = line._parent'
                    " WHERE around.number = %(number)s AND line.deleted_at IS NULL ORDER BY line._position",
                    {"number": number},
                )
            ]

    def counts(self, state: job_states.JobState) -> dict[str, int]:
        assert state.state == "done", state.error
        return {name: state.summary[name] for name in ("created", "updated", "unchanged", "failed")}

    def failed_rows(self, state: job_states.JobState) -> str:
        with self.unit() as unit:
            return files.read(unit, state.file_id).content.decode("utf-8-sig")

    def rows(self, columns: str, order: str = "id") -> list[tuple]:
        with self.unit() as unit:
            return [
                tuple(row)
                for row in unit.connection.exec_driver_sql(
                    f'SELECT {columns} FROM "{unit.schema}".shop__account'
                    f" WHERE deleted_at IS NULL ORDER BY {order}"
                )
            ]

    def cancel(self, job: int) -> None:
        with self.unit() as unit:
            jobs.cancel_job(unit, self.operator, job)

    def resume(self, job: int) -> None:
        with self.unit() as unit:
            jobs.resume_job(unit, self.operator, job)


@pytest.fixture
def enqueued() -> list[tuple[str, dict]]:
    """What workers were asked to do."""
    return []


@pytest.fixture
def shop(database, workspace, now, tmp_path, enqueued) -> Shop:
    services = Services(
        database=database,
        settings=Settings(data_dir=tmp_path),
        clock=FixedClock(now),
        defer=lambda unit, kind, arguments: enqueued.append((kind, dict(arguments))),
    )
    with services.unit(workspace.key) as unit:
        actor = Actor(user_id=None, name="operator", is_admin=True, workspace=workspace.key)
        publishing.install_suite(unit, actor, DOCUMENT)
    return Shop(services, workspace.key)
