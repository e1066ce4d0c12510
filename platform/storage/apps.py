"""Installed apps, their published versions, and the draft of the next one."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql as pg

from joinery.definitions import load_app
from joinery.forms import CompiledApp, compile_app
from joinery.kernel import NotFound, StaleRevision, dump_json, load_json, to_json
from joinery.storage.filling import Waiting, computed_while_filling, waiting_formulas, while_filling
from joinery.storage.record_tables import RecordTable, record_tables
from joinery.storage.unit_of_work import UnitOfWork
from joinery.storage.workspace_tables import app as app_table
from joinery.storage.workspace_tables import app_draft, app_version, draft_revisions
from joinery.storage.workspaces import touch_apps

APP = {"en": "app", "zh": "应用"}
VERSION = {"en": "version", "zh": "版本"}


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class LoadedApp:
    """A published version, ready to run."""

    compiled: CompiledApp
    version: int
    tables: Mapping[str, RecordTable]


@dataclass(frozen=True, slots=True, kw_only=True)
class InstalledApp:
    """An app with the number of its current version."""

    key: str
    version: int
    #: Its formulas whose columns jobs still fill.
    waiting: Waiting = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Version:
    """A published version without its document; `changes` are JSON values."""

    number: int
    changes: Any
    note: str
    author: int | None
    published_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """What somebody is working on; `revision` grows with every change of it, and never comes again."""

    app: str
    document: Any
    revision: int
    author: int | None
    at: datetime


def list_apps(unit: UnitOfWork) -> Sequence[InstalledApp]:
    """The installed apps by key."""
    return tuple(_current(unit).values())


def load(unit: UnitOfWork, app: str) -> LoadedApp:
    """The current version of an app; NotFound."""
    installed = _current(unit).get(app)
    if installed is None:
        raise NotFound(kind=APP)
    current = load_version(unit, app, installed.version)
    waiting = installed.waiting
    if not waiting:
        return current

    def meanwhile() -> LoadedApp:
        filling = computed_while_filling(current.compiled, waiting)
        return replace(current, tables=while_filling(current.tables, filling))

    return unit.memory.get(("filling", unit.schema, app, installed.version, waiting), meanwhile)


def load_version(unit: UnitOfWork, app: str, number: int) -> LoadedApp:
    """A version of an app, compiled once per process; NotFound."""

    def compiled() -> LoadedApp:
        made = compile_app(load_app(document_of(unit, app, number)))
        return LoadedApp(compiled=made, version=number, tables=record_tables(made))

    return unit.memory.get(("app", unit.schema, app, number), compiled)


def document_of(unit: UnitOfWork, app: str, number: int) -> Any:
    """The JSON document of a version; NotFound."""
    statement = sa.select(app_version.c.document).where(
        app_version.c.app == app, app_version.c.number == number
    )
    text = unit.connection.execute(statement).scalar_one_or_none()
    if text is None:
        raise NotFound(kind=VERSION)
    return load_json(text)


def lock(unit: UnitOfWork, app: str) -> None:
    """Let no other transaction publish this app until this one ends."""
    unit.connection.execute(
        sa.text("SELECT pg_advisory_xact_lock(hashtextextended(:name, 0))"), {"name": f"{unit.schema}.{app}"}
    )


def add_version(
    unit: UnitOfWork,
    app: str,
    document: Any,
    changes: Any,
    author: int | None,
    note: str,
    *,
    at: datetime,
) -> int:
    """Make `document` the current version of the app; its number."""
    statement = (
        pg.insert(app_table)
        .values(key=app, version=1, installed_at=at)
        .on_conflict_do_update(index_elements=["key"], set_={"version": app_table.c.version + 1})
        .returning(app_table.c.version)
    )
    number: int = unit.connection.execute(statement).scalar_one()
    unit.connection.execute(
        app_version.insert().values(
            app=app,
            number=number,
            document=dump_json(document),
            changes=to_json(changes),
            note=note,
            author=author,
            published_at=at,
        )
    )
    touch_apps(unit)
    return number


def versions(unit: UnitOfWork, app: str) -> Sequence[Version]:
    """All published versions, the newest first."""
    columns = [app_version.c[name] for name in Version.__dataclass_fields__]
    statement = sa.select(*columns).where(app_version.c.app == app).order_by(app_version.c.number.desc())
    return [Version(**row) for row in unit.connection.execute(statement).mappings()]


def draft(unit: UnitOfWork, app: str) -> Draft | None:
    """The draft of the next version, if somebody has begun one."""
    statement = sa.select(app_draft).where(app_draft.c.app == app)
    row = unit.connection.execute(statement).mappings().one_or_none()
    return None if row is None else Draft(**{**row, "document": load_json(row["document"])})


def put_draft(
    unit: UnitOfWork, app: str, document: Any, revision: int, *, author: int | None, at: datetime
) -> int:
    """Store a draft that was read at `revision` (0: there was none); its new revision. StaleRevision."""
    values = {
        "document": dump_json(document),
        "revision": draft_revisions.next_value(),
        "author": author,
        "at": at,
    }
    if revision == 0:
        made = pg.insert(app_draft).values(app=app, **values).on_conflict_do_nothing()
        stored = unit.connection.execute(made.returning(app_draft.c.revision)).scalar_one_or_none()
    else:
        changed = (
            app_draft.update()
            .where(app_draft.c.app == app, app_draft.c.revision == revision)
            .values(**values)
        )
        stored = unit.connection.execute(changed.returning(app_draft.c.revision)).scalar_one_or_none()
    if stored is None:
        raise StaleRevision
    new_revision: int = stored
    return new_revision


def drop_draft(unit: UnitOfWork, app: str) -> None:
    """Forget the draft, as after publishing it."""
    unit.connection.execute(app_draft.delete().where(app_draft.c.app == app))


def _current(unit: UnitOfWork) -> Mapping[str, InstalledApp]:
    """Read again only after something was published in the workspace, or a formula was filled."""

    def read() -> Mapping[str, InstalledApp]:
        statement = sa.select(app_table.c.key, app_table.c.version).order_by(app_table.c.key)
        rows = unit.connection.execute(statement).mappings().all()
        return {row["key"]: InstalledApp(**row, waiting=waiting_formulas(unit, row["key"])) for row in rows}

    return unit.memory.get(("apps", unit.schema, unit.workspace.apps_stamp), read)
