"""Changing external organisations; who calls it notes that the directory changed."""

from datetime import datetime
from typing import Any

from joinery.storage.system_tables import external_organisation
from joinery.storage.unit_of_work import UnitOfWork


def add(unit: UnitOfWork, *, name: str, kind: str, at: datetime) -> int:
    """A new organisation of the unit's workspace, switched on; returns its id."""
    statement = external_organisation.insert().values(
        workspace_id=unit.workspace.id, name=name, kind=kind, created_at=at
    )
    added: int = unit.connection.execute(statement.returning(external_organisation.c.id)).scalar_one()
    return added


def change(unit: UnitOfWork, organisation_id: int, **values: Any) -> None:
    """Set columns of an organisation of the unit's workspace."""
    unit.connection.execute(
        external_organisation.update()
        .where(
            external_organisation.c.id == organisation_id,
            external_organisation.c.workspace_id == unit.workspace.id,
        )
        .values(values)
    )
