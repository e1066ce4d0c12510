"""What a change of types left behind: values that somebody should look at."""

from collections.abc import Iterable
from typing import Any

from joinery.directory import Actor
from joinery.kernel import NotFound
from joinery.permissions import EVERYTHING
from joinery.runtime.kinds import VALUE
from joinery.runtime.records.open_form import evaluation_context, open_app
from joinery.runtime.unit import Unit
from joinery.storage import records, unconverted
from joinery.storage.apps import LoadedApp
from joinery.storage.unconverted import UnconvertedValue


def list_unconverted(
    unit: Unit,
    actor: Actor,
    app_key: str,
    *,
    form: str | None = None,
    field: str | None = None,
    cursor: int = 0,
    limit: int = 200,
) -> dict[str, Any]:
    """Values that could not become the new type of their field, oldest first; raises NotFound.

    `form` and `field` leave only those of one form or field. For administrators: no row scope is asked.
    """
    app = open_app(unit, app_key)
    found = unconverted.list_values(unit, app_key, form=form, field=field, after=cursor, limit=limit + 1)
    shown = found[:limit]
    titles = _titles(unit, actor, app, shown)
    values = [
        {
            "id": value.id,
            "form": value.form,
            "field": value.field,
            "record": {"id": value.record_id, "title": titles.get((value.form, value.record_id))},
            "value": value.value,
            "version": value.version,
            "at": value.at,
        }
        for value in shown
    ]
    return {"values": values, "next_cursor": str(shown[-1].id) if len(found) > limit else None}


def forget_unconverted(unit: Unit, actor: Actor, app_key: str, value_id: int) -> None:
    """Take a value off the list, for somebody has looked at it; raises NotFound."""
    open_app(unit, app_key)
    if not unconverted.remove(unit, app_key, value_id):
        raise NotFound(kind=VALUE)


def _titles(
    unit: Unit, actor: Actor, app: LoadedApp, found: Iterable[UnconvertedValue]
) -> dict[tuple[str, int], str]:
    """Titles by form and id of the records that are still in use: one query per form."""
    ids: dict[str, set[int]] = {}
    for value in found:
        ids.setdefault(value.form, set()).add(value.record_id)
    context = evaluation_context(unit, actor)
    return {
        (form, record_id): title
        for form, wanted in ids.items()
        if form in app.tables
        for record_id, title in records.titles(unit, app.tables[form], wanted, EVERYTHING, context).items()
    }
