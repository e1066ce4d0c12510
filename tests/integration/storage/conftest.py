"""Apps with data, made through the storage layer alone."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import pytest

from joinery.definitions import changes_between, check_app, load_app
from joinery.directory import Directory
from joinery.forms import ShowContext, compile_app
from joinery.formulas import EvaluationContext, compile_formula
from joinery.kernel import dump_json, load_json
from joinery.permissions import EVERYTHING
from joinery.storage import Database, UnitOfWork, Workspace, apps, records
from joinery.storage.apps import LoadedApp
from joinery.storage.query_runner import ListSpec, Page, run_list
from joinery.storage.record_tables import RecordTable
from joinery.storage.schema_apply import apply_plan, row_counts
from joinery.storage.schema_plan import plan_schema
from joinery.storage.table_work import TableWork
from joinery.workflows import catalogue

Values = Mapping[str, Any]


def _labelled(document: Any) -> Any:
    """The document with labels wherever a form or field has none."""
    label = {"en": "x", "zh": "x"}
    forms = {
        key: {
            "label": label,
            **form,
            "fields": {name: {"label": label, **field} for name, field in form["fields"].items()},
        }
        for key, form in document["forms"].items()
    }
    return {
        "joinery": 1,
        "app": "crm",
        "version": "1.0.0",
        "label": label,
        "menu": [],
        **document,
        "forms": forms,
    }


@dataclass
class Site:
    """A workspace with one app, "crm"."""

    database: Database
    workspace: Workspace
    now: datetime

    @contextmanager
    def unit(self) -> Iterator[UnitOfWork]:
        with self.database.begin(self.workspace.schema_name) as unit:
            yield unit

    def publish(self, forms: Mapping[str, Any], **more: Any) -> tuple[TableWork, ...]:
        """Publish a new version with these forms, and `more` in its document; the work that is left."""
        document = load_json(dump_json(_labelled({"forms": forms, **more})))
        assert list(check_app(document, catalogue())) == []
        new = compile_app(load_app(document))
        with self.unit() as unit:
            apps.lock(unit, "crm")
            installed = [app.key for app in apps.list_apps(unit)]
            old = apps.load(unit, "crm") if installed else None
            counts = row_counts(unit, old.tables) if old else {}
            changes = changes_between(old.compiled.definition if old else None, new.definition)
            plan = plan_schema(changes, old.compiled if old else None, new, counts)
            number = apps.add_version(unit, "crm", document, [], None, "", at=self.now)
            return apply_plan(unit, plan, version=number, at=self.now)

    def app(self) -> LoadedApp:
        with self.unit() as unit:
            return apps.load(unit, "crm")

    def table(self, form: str) -> RecordTable:
        return self.app().tables[form]

    def insert(self, form: str, *rows: Values) -> list[int]:
        table = self.table(form)
        blank = dict.fromkeys(table.form.fields)
        with self.unit() as unit:
            titled = [{**blank, "title": str(row.get("name") or "-"), **row} for row in rows]
            return records.insert_many(unit, table, titled, actor=None, at=self.now, show=self.show())

    def list(self, form: str, filter: str | None = None, **spec: Any) -> Page:
        table = self.table(form)
        scope = spec.pop("scope", EVERYTHING)
        condition = compile_formula(filter, table.form.names) if filter else None
        with self.unit() as unit:
            return run_list(unit, table, ListSpec(filter=condition, **spec), scope, self.context())

    def get(self, form: str, record_id: int, **options: Any) -> dict[str, Any] | None:
        table = self.table(form)
        with self.unit() as unit:
            return records.get(unit, table, record_id, EVERYTHING, self.context(), **options)

    def show(self) -> ShowContext:
        return ShowContext(directory=Directory())

    def context(self, user_id: int | None = None) -> EvaluationContext:
        return EvaluationContext(now=self.now, time_zone="Asia/Shanghai", user_id=user_id)


@pytest.fixture
def site(database: Database, workspace: Workspace, now: datetime) -> Site:
    """A fresh workspace without an app."""
    return Site(database=database, workspace=workspace, now=now)
