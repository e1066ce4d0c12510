"""What every change of the organisation has in common: it waits for the one before, and is noted."""

from collections.abc import Iterable, Mapping
from typing import Any

from joinery.directory import Actor, Directory
from joinery.kernel import Issues, label_key
from joinery.runtime import audit
from joinery.runtime.bus import announce
from joinery.runtime.unit import Unit
from joinery.storage import apps, directory, events, touch_directory
from joinery.storage.events import StoredEvent

#: Longest name of a department and label of a role.
LONGEST_NAME = 100


def directory_to_change(unit: Unit) -> Directory:
    """The directory as it stands now; nobody else changes it until this transaction ends."""
    touch_directory(unit)
    return directory.read(unit)


def note(
    unit: Unit,
    actor: Actor,
    kind: str,
    before: Mapping[str, Any] | None,
    after: Mapping[str, Any] | None,
    *,
    app: str | None = None,
) -> None:
    """Keep who changed what of the organisation, or of the `app`, before and after; only what differs is
    kept."""
    subject = _subject(before, after, actor.language)
    if before is not None and after is not None:
        changed = {name for name in {*before, *after} if before.get(name) != after.get(name)} | {"id"}
        before = {name: value for name, value in before.items() if name in changed}
        after = {name: value for name, value in after.items() if name in changed}
        if len(changed) == 1:
            return
    fact = StoredEvent(at=unit.now, kind=kind, actor=actor.user_id, data={"before": before, "after": after})
    events.add(unit, fact)
    announce(unit, [fact])
    audit.record(unit, actor, kind, subject=subject, before=before, after=after, app=app)


def _subject(before: Mapping[str, Any] | None, after: Mapping[str, Any] | None, language: str) -> str | None:
    """What was changed, by the name people know it under."""
    for known in (after, before):
        for name in ("name", "label", "id"):
            value = (known or {}).get(name)
            if isinstance(value, Mapping):
                value = value.get(label_key(language)) or next(iter(value.values()), None)
            if value is not None:
                return str(value)
    return None


def check_name(issues: Issues, path: str, name: str) -> None:
    """A name of a department or a label of a role."""
    if not name.strip() or len(name.strip()) > LONGEST_NAME or not name.isprintable():
        issues.add(path, "not_a_name", maximum=LONGEST_NAME)


def check_people(
    issues: Issues, path: str, ids: Iterable[int], known: Directory, *, external: bool = False
) -> None:
    """People who are here, `external` also those of external organisations; each of them once."""
    seen: set[int] = set()
    for place, user_id in enumerate(ids):
        user = known.user(user_id)
        if user is None or not user.active or not (external or user.organisation_id is None):
            issues.add(f"{path}/{place}", "no_such_person", id=user_id)
        elif user_id in seen:
            issues.add(f"{path}/{place}", "given_twice")
        seen.add(user_id)


def app_roles(unit: Unit) -> dict[str, Mapping[str, str]]:
    """The labels of all roles that apps bring, by key."""
    found: dict[str, Mapping[str, str]] = {}
    for installed in apps.list_apps(unit):
        for key, role in apps.load(unit, installed.key).compiled.definition.roles.items():
            found.setdefault(key, role.label)
    return found
