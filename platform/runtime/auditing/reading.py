"""Pages of the audit log and the log as a file, as far as an administrator may read it."""

import csv
import io
import json
from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any

from joinery.directory import Actor, Management
from joinery.kernel import label_key
from joinery.runtime.audit import KINDS, Label
from joinery.runtime.auditing.words import AuditWords
from joinery.runtime.importing.failures import neutral
from joinery.runtime.unit import Unit
from joinery.storage import audit, directory
from joinery.storage.audit import AuditEntry, AuditFilter, AuditScope

#: What is about a person who is the subject, about one who did it, and about a department.
_OF_PEOPLE = (
    "user_added",
    "user_invited",
    "user_changed",
    "user_deactivated",
    "user_activated",
    "password_link_made",
    "account_unlocked",
)
_OF_SIGN_IN = ("signed_in", "signed_in_by_link", "signed_out", "sign_in_failed", "account_locked")
_OF_DEPARTMENTS = ("department_created", "department_changed", "department_closed")

#: Entries fetched at once while all are written to a file.
PORTION = 1000

#: Most entries in one file.
MOST_EXPORTED = 100_000

_HEADERS: Mapping[str, tuple[str, ...]] = {
    "en": ("At", "What", "Who", "Of what", "From where", "Before", "After"),
    "zh": ("时间", "操作", "操作人", "对象", "来源", "变更前", "变更后"),
}


def list_entries(unit: Unit, actor: Actor, wanted: AuditFilter, limit: int) -> dict[str, Any]:
    """A page of the log, the newest first; `next_cursor` is None at its end. `kinds` are all there may be.

    Application administrators are told what is about their apps, the people they manage, and their
    departments.
    """
    found = audit.find(unit, replace(wanted, within=_within(unit, actor)), limit + 1)
    page = found[:limit]
    words = AuditWords(unit, actor.language)
    return {
        "entries": [_tell(entry, words) for entry in page],
        "next_cursor": str(page[-1].id) if len(found) > limit else None,
        "kinds": [{"key": key, "label": label} for key, label in KINDS.items()],
    }


def export_entries(unit: Unit, actor: Actor, wanted: AuditFilter) -> bytes:
    """The newest entries that match and the actor may read, at most MOST_EXPORTED, as CSV that spreadsheets
    open."""
    language = actor.language
    wanted = replace(wanted, within=_within(unit, actor))
    text = io.StringIO(newline="")
    writer = csv.writer(text)
    writer.writerow(_HEADERS[label_key(language)])
    for entry in _all(unit, wanted):
        told = (_label(entry.kind)[label_key(language)], entry.actor_name, entry.subject, entry.address)
        changes = (_as_text(entry.data.get("before")), _as_text(entry.data.get("after")))
        writer.writerow([entry.at.isoformat(), *(neutral(cell or "") for cell in (*told, *changes))])
    return b"\xef\xbb\xbf" + text.getvalue().encode()


def _within(unit: Unit, actor: Actor) -> AuditScope | None:
    """What an application administrator may read; None of whoever may read everything."""
    known = directory.load(unit)
    may = Management(known, actor)
    if may.everything:
        return None
    people = [user.id for user in known.users if may.manages(user)]
    return AuditScope(
        apps=None if may.circle.apps is None else sorted(may.circle.apps),
        subjects={_OF_PEOPLE: people, _OF_DEPARTMENTS: sorted(may.circle.departments)},
        actors={_OF_SIGN_IN: people},
    )


def _all(unit: Unit, wanted: AuditFilter) -> Iterator[AuditEntry]:
    left = MOST_EXPORTED
    while left > 0:
        found = audit.find(unit, wanted, min(PORTION, left))
        yield from found
        if len(found) < PORTION:
            return
        left -= len(found)
        wanted = replace(wanted, before=found[-1].id)


def _tell(entry: AuditEntry, words: AuditWords) -> dict[str, Any]:
    return {
        "id": entry.id,
        "at": entry.at,
        "kind": entry.kind,
        "label": _label(entry.kind),
        "actor": {"id": entry.actor, "name": entry.actor_name},
        "address": entry.address,
        "subject": entry.subject,
        "about": words.subject(entry),
        "before": entry.data.get("before"),
        "after": entry.data.get("after"),
        "details": words.details(entry),
        "api_key": entry.data.get("api_key"),
    }


def _label(kind: str) -> Label:
    return KINDS.get(kind) or {"en": kind, "zh": kind}


def _as_text(value: Any) -> str:
    return "" if value is None else json.dumps(value, ensure_ascii=False)
