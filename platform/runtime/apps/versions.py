"""The published versions of an app."""

from typing import Any

from joinery.directory import Actor
from joinery.runtime.apps.publishing import publish_app
from joinery.runtime.records.open_form import open_app
from joinery.runtime.unit import Unit
from joinery.storage import apps, directory


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
