"""Changing what application administrators administer; who calls it notes that the directory changed."""

from typing import Any

from joinery.storage.unit_of_work import UnitOfWork
from joinery.storage.workspace_tables import administrator_circle


def add(unit: UnitOfWork, **values: Any) -> int:
    """A new circle with these columns; returns its id."""
    statement = administrator_circle.insert().values(values).returning(administrator_circle.c.id)
    added: int = unit.connection.execute(statement).scalar_one()
    return added


def change(unit: UnitOfWork, circle_id: int, **values: Any) -> None:
    """Set columns of a circle."""
    unit.connection.execute(
        administrator_circle.update().where(administrator_circle.c.id == circle_id).values(values)
    )


def remove(unit: UnitOfWork, circle_id: int) -> None:
    """Forget a circle."""
    unit.connection.execute(administrator_circle.delete().where(administrator_circle.c.id == circle_id))
