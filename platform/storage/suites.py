"""The suites that apps were installed from, each as it was delivered."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql as pg

from joinery.kernel import dump_json, load_json
from joinery.storage.unit_of_work import UnitOfWork
from joinery.storage.workspace_tables import suite


def find(unit: UnitOfWork, app: str) -> Mapping[str, Any] | None:
    """The document of the suite that an app was installed from or last upgraded to, if that is known."""
    statement = sa.select(suite.c.document).where(suite.c.app == app)
    text = unit.connection.execute(statement).scalar_one_or_none()
    return None if text is None else load_json(text)


def keep(unit: UnitOfWork, app: str, document: Mapping[str, Any], *, at: datetime) -> None:
    """Note that an app has all that is in this version of its suite."""
    values = {"version": str(document.get("version", "")), "document": dump_json(document), "at": at}
    statement = pg.insert(suite).values(app=app, **values)
    unit.connection.execute(statement.on_conflict_do_update(index_elements=["app"], set_=values))
