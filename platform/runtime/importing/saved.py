"""How somebody imported files of one shape the last time, for the next file of that shape."""

import hashlib
from collections.abc import Iterable
from typing import Any

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql as pg

from joinery.directory import Actor
from joinery.kernel import to_json
from joinery.runtime.importing.mapping import normalise
from joinery.runtime.importing.order import ImportOrder
from joinery.runtime.unit import Unit
from joinery.storage.workspace_tables import import_mapping

_KEPT = ("mapping", "match", "mode", "blank", "several", "columns", "date_orders", "lines")


def shape_of(columns: Iterable[str]) -> str:
    """What files with the same columns have in common, whatever the order and the case of these."""
    names = "\n".join(sorted(normalise(column) or column for column in columns))
    return hashlib.sha256(names.encode()).hexdigest()[:32]


def remember(unit: Unit, actor: Actor, order: ImportOrder, columns: Iterable[str]) -> None:
    """Keep the choices of an order for the person's next file of this shape."""
    params = order.params()
    values = {
        "owner": actor.user_id,
        "app": order.app,
        "shape": shape_of(columns),
        "form": order.form,
        "choices": to_json({name: params[name] for name in _KEPT}),
        "at": unit.now,
    }
    statement = pg.insert(import_mapping).values(values)
    unit.connection.execute(
        statement.on_conflict_do_update(
            index_elements=[
                import_mapping.c.app,
                import_mapping.c.shape,
                sa.func.coalesce(import_mapping.c.owner, sa.literal_column("0")),
            ],
            set_={name: statement.excluded[name] for name in ("form", "choices", "at")},
        )
    )


def remembered(unit: Unit, actor: Actor, app: str, columns: Iterable[str]) -> dict[str, Any] | None:
    """The form and the choices with which the person imported a file of this shape the last time."""
    row = unit.connection.execute(
        sa.select(import_mapping.c.form, import_mapping.c.choices).where(
            import_mapping.c.app == app,
            import_mapping.c.shape == shape_of(columns),
            sa.func.coalesce(import_mapping.c.owner, 0) == (actor.user_id or 0),
        )
    ).one_or_none()
    return None if row is None else {"form": row.form, **row.choices}
