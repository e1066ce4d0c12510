"""What happened to a record, as far as the actor may read it."""

from collections.abc import Mapping, Sequence
from typing import Any

from joinery.directory import Actor
from joinery.forms import Field
from joinery.runtime.open_form import OpenForm, open_form
from joinery.runtime.record_json import title_reader
from joinery.runtime.stored_record import require_record
from joinery.runtime.unit import Unit
from joinery.storage import history
from joinery.storage.history import HistoryEntry

PAGE = 50


def record_history(
    unit: Unit,
    actor: Actor,
    app_key: str,
    form_key: str,
    record_id: int,
    *,
    cursor: str | None = None,
    limit: int = PAGE,
) -> dict[str, Any]:
    """One page of a record's history, newest first; deleted records too for those who may restore."""
    at = open_form(unit, actor, app_key, form_key)
    require_record(at, record_id, deleted=None if at.access.allows("restore") else False)
    entries, next_cursor = history.of_record(unit, app_key, form_key, record_id, cursor=cursor, limit=limit)
    return {"entries": _show_entries(at, entries), "next_cursor": next_cursor}


def _show_entries(at: OpenForm, entries: Sequence[HistoryEntry]) -> list[dict[str, Any]]:
    title_of = title_reader(at, _references(at, entries))

    def shown(field: Field, value: Any) -> Any:
        """A relation is stored without the other record's title, which not every reader may know."""
        if not field.type.targets(field):
            return value
        items = value if isinstance(value, list) else [value]
        told = [
            {**item, "title": title_of(item.get("form", field.references), item["id"])}
            if isinstance(item, Mapping)
            else item
            for item in items
        ]
        return told if isinstance(value, list) else told[0]

    return [
        {
            "id": entry.id,
            "at": entry.at,
            "kind": entry.kind,
            "actor": _person(at, entry.actor),
            "source": entry.source,
            "changes": [
                {"field": key, "label": field.label, "old": shown(field, old), "new": shown(field, new)}
                for key, (old, new) in entry.changes.items()
                if (field := at.form.field(key)) and key in at.access.readable
            ],
        }
        for entry in entries
    ]


def _references(at: OpenForm, entries: Sequence[HistoryEntry]) -> dict[str, set[int]]:
    found: dict[str, set[int]] = {}
    for entry in entries:
        for key, pair in entry.changes.items():
            field = at.form.field(key)
            if field and field.type.targets(field) and key in at.access.readable:
                for value in pair:
                    for item in value if isinstance(value, list) else [value]:
                        if isinstance(item, Mapping):
                            form = item.get("form", field.references)
                            found.setdefault(form, set()).add(item["id"])
    return found


def _person(at: OpenForm, user_id: int | None) -> dict[str, Any] | None:
    if user_id is None:
        return None
    user = at.directory.user(user_id)
    return {"id": user_id, "name": user.name if user else f"#{user_id}"}
