"""What happened to a record, as far as the actor may read it."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any

from joinery.directory import Actor
from joinery.forms import Field
from joinery.kernel import InvalidInput, Issue
from joinery.runtime.records.line_history import show_lines, values_in
from joinery.runtime.records.open_form import OpenForm, open_form
from joinery.runtime.records.page import may_list
from joinery.runtime.records.record_rights import lines_on_record, on_record
from joinery.runtime.records.sent_records import title_reader
from joinery.runtime.records.stored_record import require_record
from joinery.runtime.unit import Unit
from joinery.storage import history, record_batches
from joinery.storage.history import HistoryEntry
from joinery.storage.record_batches import RecordBatch

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
    line: int | None = None,
    subform: str | None = None,
) -> dict[str, Any]:
    """One page of a record's history, newest first; deleted records too for those who may restore.

    With `line` only what happened to that line of the `subform` (of the only one where it is not named):
    raises InvalidInput where the actor may see no such subform.
    """
    at = open_form(unit, actor, app_key, form_key)
    found = require_record(at, record_id, deleted=None if at.access.allows("restore") else False)
    at = on_record(at, found)
    of_line = None if line is None else (_subform(at, subform), line)
    entries, next_cursor = history.of_record(
        unit, app_key, form_key, record_id, cursor=cursor, limit=limit, line=of_line
    )
    if of_line is not None:
        entries = [_only(entry, *of_line) for entry in entries]
    return {"entries": show_entries(at, entries, lines_on_record(at, found)), "next_cursor": next_cursor}


def _subform(at: OpenForm, wanted: str | None) -> str:
    seen = [key for key in at.form.line_forms if key in at.access.readable]
    if wanted is None and len(seen) == 1:
        return seen[0]
    if wanted not in seen or wanted is None:
        raise InvalidInput(issues=[Issue("/subform", "unknown_subform", {"field": (wanted or "")[:60]})])
    return wanted


def _only(entry: HistoryEntry, subform: str, line: int) -> HistoryEntry:
    """The entry with nothing but what happened to one line."""
    change = entry.changes[subform]
    lines = [one for one in change["lines"] if one["id"] == line]
    return replace(entry, changes={subform: {**change, "lines": lines}})


def show_entries(
    at: OpenForm, entries: Sequence[HistoryEntry], lines: Mapping[str, OpenForm]
) -> list[dict[str, Any]]:
    """Entries of the history of one record without what the actor may not read.

    `at` has his rights on this record, `lines` by subform those on its lines.
    """
    title_of = title_reader(at, _references(at, entries, lines))

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

    def told(key: str, field: Field, change: Any) -> dict[str, Any]:
        if key in lines and isinstance(change, Mapping):
            return show_lines(lines[key], change, shown)
        old, new = change if isinstance(change, Sequence) else (None, None)
        return {"old": shown(field, old), "new": shown(field, new)}

    def listed(value: Any) -> Any:
        """Records that a related list gained or lost."""
        return value and [{**item, "title": title_of(item["form"], item["id"])} for item in value]

    lists = {inverse.key: inverse for inverse in at.form.inverses if may_list(at, inverse)}
    together = record_batches.by_id(at.unit, {entry.batch for entry in entries if entry.batch is not None})
    return [
        {
            "id": entry.id,
            "at": entry.at,
            "kind": entry.kind,
            "actor": _person(at, entry.actor),
            "source": entry.source,
            "batch": _batch(at, together.get(entry.batch)) if entry.batch is not None else None,
            "changes": [
                {"field": key, "label": field.label, **told(key, field, change)}
                for key, change in entry.changes.items()
                if (field := at.form.field(key)) and key in at.access.readable
            ]
            + [
                {"field": key, "label": inverse.label, "old": listed(change[0]), "new": listed(change[1])}
                for key, change in entry.changes.items()
                if (inverse := lists.get(key))
            ],
        }
        for entry in entries
    ]


def _batch(at: OpenForm, batch: RecordBatch | None) -> dict[str, Any] | None:
    """What a record was changed together with."""
    if batch is None:
        return None
    own = at.actor.administers(at.form.app) or batch.actor == at.actor.user_id
    return {
        "id": batch.id,
        "others": max(0, batch.count - 1),
        "undone": batch.undone_at is not None,
        "may_undo": own and batch.undone_at is None,
    }


def _references(
    at: OpenForm, entries: Sequence[HistoryEntry], lines: Mapping[str, OpenForm]
) -> dict[str, set[int]]:
    found: dict[str, set[int]] = {}
    for entry in entries:
        for there, key, value in _values(at, entry.changes, lines):
            field = there.form.field(key)
            for item in value if isinstance(value, list) else [value]:
                if not isinstance(item, Mapping):
                    continue
                if field is None and item.get("form") in at.app.compiled.forms:
                    # What a related list gained or lost.
                    found.setdefault(item["form"], set()).add(item["id"])
                elif field and field.type.targets(field) and key in there.access.readable:
                    found.setdefault(item.get("form", field.references), set()).add(item["id"])
    return found


def _values(
    at: OpenForm, changes: Mapping[str, Any], lines: Mapping[str, OpenForm]
) -> Iterator[tuple[OpenForm, str, Any]]:
    """Every old and new value, with the form and the field it is of."""
    for key, change in changes.items():
        if key in lines and key in at.access.readable and isinstance(change, Mapping):
            yield from ((lines[key], inner, value) for inner, value in values_in(change))
        elif isinstance(change, Sequence):
            yield from ((at, key, value) for value in change)


def _person(at: OpenForm, user_id: int | None) -> dict[str, Any] | None:
    if user_id is None:
        return None
    user = at.directory.user(user_id)
    return {"id": user_id, "name": user.name if user else f"#{user_id}"}
