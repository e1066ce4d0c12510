"""The published versions of an app, and what a change of types left behind."""

from typing import Any

from joinery.directory import Actor
from joinery.runtime.open_form import open_app
from joinery.runtime.publishing import publish_app
from joinery.runtime.unit import Unit
from joinery.storage import apps, directory, unconverted


def list_versions(unit: Unit, actor: Actor, app_key: str) -> list[dict[str, Any]]:
    """All versions, newest first; raises NotFound."""
    current = open_app(unit, app_key).version
    people = directory.load(unit).user_names()
    return [
        {
            "number": version.number,
            "current": version.number == current,
            "note": version.note,
            "author": {"id": version.author, "name": people.get(version.author, "")}
            if version.author is not None
            else None,
            "published_at": version.published_at,
            "changes": version.changes,
        }
        for version in apps.versions(unit, app_key)
    ]


def restore_version(unit: Unit, actor: Actor, app_key: str, number: int) -> dict[str, Any]:
    """Publish the document of an earlier version again, as a new version; raises NotFound."""
    open_app(unit, app_key)
    document = apps.document_of(unit, app_key, number)
    return publish_app(unit, actor, app_key, document, note=f"← {number}")


def list_unconverted(
    unit: Unit, actor: Actor, app_key: str, *, cursor: int = 0, limit: int = 200
) -> dict[str, Any]:
    """Values that could not become the new type of their field, oldest first."""
    open_app(unit, app_key)
    found = unconverted.list_values(unit, app_key, after=cursor, limit=limit + 1)
    shown = [
        {
            "id": value.id,
            "form": value.form,
            "field": value.field,
            "record": value.record_id,
            "value": value.value,
            "version": value.version,
            "at": value.at,
        }
        for value in found[:limit]
    ]
    return {"values": shown, "next_cursor": str(shown[-1]["id"]) if len(found) > limit else None}
