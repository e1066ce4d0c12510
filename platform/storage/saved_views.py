"""Views that people saved for themselves or for everybody."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa

from joinery.storage.unit_of_work import UnitOfWork
from joinery.storage.workspace_tables import saved_view


@dataclass(frozen=True, slots=True, kw_only=True)
class SavedView:
    """A saved view; `definition` is JSON."""

    id: int
    app: str
    form: str
    owner: int
    shared: bool
    label: str
    definition: Mapping[str, Any]


def list_views(unit: UnitOfWork, app: str, *, owner: int | None, shared: bool = True) -> Sequence[SavedView]:
    """The owner's own views of an app, and everybody's shared ones if `shared`, in the order of making."""
    mine = saved_view.c.owner == owner
    statement = (
        sa.select(saved_view)
        .where(saved_view.c.app == app, (mine | saved_view.c.shared) if shared else mine)
        .order_by(saved_view.c.id)
    )
    return [SavedView(**row) for row in unit.connection.execute(statement).mappings()]


def views_owned(unit: UnitOfWork, owner: int) -> Sequence[SavedView]:
    """All views that somebody saved, in every app, in the order they were made."""
    statement = sa.select(saved_view).where(saved_view.c.owner == owner).order_by(saved_view.c.id)
    return [SavedView(**row) for row in unit.connection.execute(statement).mappings()]


def change_owner(unit: UnitOfWork, ids: Sequence[int], owner: int) -> None:
    """Make these views those of another person."""
    unit.connection.execute(saved_view.update().where(saved_view.c.id.in_(ids)).values(owner=owner))


def get_view(unit: UnitOfWork, view_id: int) -> SavedView | None:
    """One view."""
    row = (
        unit.connection.execute(sa.select(saved_view).where(saved_view.c.id == view_id))
        .mappings()
        .one_or_none()
    )
    return None if row is None else SavedView(**row)


def add_view(
    unit: UnitOfWork,
    *,
    app: str,
    form: str,
    owner: int,
    label: str,
    shared: bool,
    definition: Mapping[str, Any],
) -> int:
    """Save a new view; its id."""
    values = {"app": app, "form": form, "owner": owner, "label": label, "shared": shared}
    statement = saved_view.insert().values(**values, definition=dict(definition)).returning(saved_view.c.id)
    view_id: int = unit.connection.execute(statement).scalar_one()
    return view_id


def change_view(
    unit: UnitOfWork, view_id: int, *, label: str, shared: bool, definition: Mapping[str, Any]
) -> None:
    """Save a view's new state."""
    unit.connection.execute(
        saved_view.update()
        .where(saved_view.c.id == view_id)
        .values(label=label, shared=shared, definition=dict(definition))
    )


def delete_view(unit: UnitOfWork, view_id: int) -> None:
    """Delete a view."""
    unit.connection.execute(saved_view.delete().where(saved_view.c.id == view_id))
