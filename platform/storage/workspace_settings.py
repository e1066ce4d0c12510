"""What administrators chose for a workspace, apart from its apps: a JSON object by key."""

from collections.abc import Mapping
from typing import Any

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql as pg

from joinery.storage.unit_of_work import UnitOfWork
from joinery.storage.workspace_tables import setting


def read(unit: UnitOfWork, key: str) -> Mapping[str, Any]:
    """What was chosen; {} for nothing."""
    found: Mapping[str, Any] | None = unit.connection.execute(
        sa.select(setting.c.value).where(setting.c.key == key)
    ).scalar_one_or_none()
    return found or {}


def write(unit: UnitOfWork, key: str, value: Mapping[str, Any]) -> None:
    """Keep a choice instead of the one before."""
    statement = pg.insert(setting).values(key=key, value=dict(value))
    unit.connection.execute(
        statement.on_conflict_do_update(index_elements=[setting.c.key], set_={"value": dict(value)})
    )
