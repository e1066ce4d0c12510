"""What a designer is changing: kept apart from what runs, with or without mistakes."""

from collections.abc import Mapping, Sequence
from copy import deepcopy
from typing import Any

from joinery.directory import Actor
from joinery.kernel import InvalidInput, Issues, NotFound, StaleRevision, is_key, pointer
from joinery.runtime.kinds import APP
from joinery.runtime.records.open_form import current_version
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
    """Keep a draft that was read at `revision` (0 or None: there was none); one that says what is published
    is none any more.

    Raises StaleRevision with the stored draft when somebody saved another one meanwhile.
    """
    if not is_key(app_key):
        raise NotFound(kind=APP)
    try:
        apps.put_draft(unit, app_key, document, revision or 0, author=actor.user_id, at=unit.now)
    except StaleRevision as error:
        raise StaleRevision(details={"current": get_draft(unit, actor, app_key)}) from error
    version = current_version(unit, app_key)
    if version and _same(document, apps.document_of(unit, app_key, version)):
        apps.drop_draft(unit, app_key)
    return get_draft(unit, actor, app_key)


def change_draft(
    unit: Unit, actor: Actor, app_key: str, changes: Sequence[Mapping[str, Any]], revision: int = 0
) -> dict[str, Any]:
    """Change parts of the draft that was read at `revision`; all else stays exactly as it is written.

    Each change sets `value` at `path` (a JSON pointer to a member of an object that is there), or takes the
    member away when the value is None. Raises InvalidInput naming every path that leads nowhere, and
    StaleRevision as `save_draft`.
    """
    document = deepcopy(get_draft(unit, actor, app_key)["document"])
    issues = Issues()
    for index, change in enumerate(changes):
        if not _set(document, change["path"], change.get("value")):
            issues.add(pointer("changes", index, "path"), "draft_no_such_place", place=change["path"][:200])
    if issues:
        raise InvalidInput(issues=issues)
    return save_draft(unit, actor, app_key, document, revision)


def _same(one: Any, other: Any, ordered: bool = True) -> bool:
    """Whether two documents say the same. The order of members tells, but for permission groups: one that
    was taken away and came back stands last."""
    if isinstance(one, dict) and isinstance(other, dict):
        if one.keys() != other.keys() or (ordered and list(one) != list(other)):
            return False
        return all(_same(one[key], other[key], ordered and key != "permissions") for key in one)
    if isinstance(one, list) and isinstance(other, list):
        return len(one) == len(other) and all(map(_same, one, other))
    return type(one) is type(other) and bool(one == other)


def _set(document: Any, path: str, value: Any) -> bool:
    """Set or take away a member; False when the object around it is not there."""
    *around, name = (part.replace("~1", "/").replace("~0", "~") for part in path.split("/")[1:])
    for part in around:
        document = document.get(part) if isinstance(document, dict) else None
    if not isinstance(document, dict):
        return False
    if value is None:
        document.pop(name, None)
    else:
        document[name] = value
    return True
