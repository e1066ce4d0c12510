"""What a designer is changing: kept apart from what runs, with or without mistakes."""

from collections.abc import Mapping
from typing import Any

from joinery.directory import Actor
from joinery.kernel import NotFound, StaleRevision, is_key
from joinery.runtime.kinds import APP
from joinery.runtime.open_form import current_version
from joinery.runtime.unit import Unit
from joinery.storage import apps


def get_draft(unit: Unit, actor: Actor, app_key: str) -> dict[str, Any]:
    """The draft, or the published document at revision 0 when nobody has begun one; raises NotFound."""
    version = current_version(unit, app_key)
    draft = apps.draft(unit, app_key) if is_key(app_key) else None
    if draft is not None:
        return {"document": draft.document, "revision": draft.revision, "version": version, "changed": True}
    if not version:
        raise NotFound(kind=APP)
    document = apps.document_of(unit, app_key, version)
    return {"document": document, "revision": 0, "version": version, "changed": False}


def save_draft(
    unit: Unit, actor: Actor, app_key: str, document: Mapping[str, Any], revision: int | None = None
) -> dict[str, Any]:
    """Keep a draft that was read at `revision` (0 or None: there was none).

    Raises StaleRevision with the stored draft when somebody saved another one meanwhile.
    """
    if not is_key(app_key):
        raise NotFound(kind=APP)
    try:
        apps.put_draft(unit, app_key, document, revision or 0, author=actor.user_id, at=unit.now)
    except StaleRevision as error:
        raise StaleRevision(details={"current": get_draft(unit, actor, app_key)}) from error
    return get_draft(unit, actor, app_key)
