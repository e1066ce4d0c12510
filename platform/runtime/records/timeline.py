"""The timeline of a record: its history, comments, files and related activity, mixed by time."""

import base64
import binascii
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, time
from typing import Any
from zoneinfo import ZoneInfo

from joinery.directory import Actor
from joinery.kernel import InvalidInput, Issue
from joinery.runtime.lists.listing import list_spec, other_end
from joinery.runtime.records.comments import show_comment
from joinery.runtime.records.held_files import held_files
from joinery.runtime.records.history import show_entries
from joinery.runtime.records.open_form import OpenForm, open_form
from joinery.runtime.records.page import timeline_lists
from joinery.runtime.records.record_rights import lines_on_record, on_record
from joinery.runtime.records.sent_records import show_records
from joinery.runtime.records.stored_record import require_record
from joinery.runtime.unit import Unit
from joinery.storage import comments, files, history, query_runner

PAGE = 30
LARGEST_PAGE = 100

#: Kinds of entries besides the related lists; at one moment the later ones come first.
KINDS = ("history", "files", "comments")

_LAST_ID = 2**63 - 1
Json = dict[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Entry:
    """An entry with its place in the order: the newest first."""

    at: datetime
    rank: int
    id: int
    shown: Json

    @property
    def place(self) -> tuple[datetime, int, int]:
        return self.at, self.rank, self.id


@dataclass(frozen=True, slots=True, kw_only=True)
class _Reader:
    """Reads the entries of one record that come after a place (None: all), at most `limit` of each kind."""

    at: OpenForm
    values: Mapping[str, Any]
    after: tuple[datetime, int, int] | None
    limit: int

    def before(self, rank: int) -> tuple[datetime, int] | None:
        """The place in the order of one kind: entries of a later kind at the same moment were shown."""
        if self.after is None:
            return None
        moment, last_rank, last_id = self.after
        return moment, last_id if rank == last_rank else (_LAST_ID if rank < last_rank else 0)

    def history(self, rank: int) -> Iterator[_Entry]:
        """What happened to the record, as far as the fields may be read."""
        form, record = self.at.form, self.values["id"]
        found = history.before(
            self.at.unit, form.app, form.key, record, before=self.before(rank), limit=self.limit
        )
        for shown in show_entries(self.at, found, lines_on_record(self.at, self.values)):
            yield _Entry(at=shown["at"], rank=rank, id=shown["id"], shown={**shown, "type": "history"})

    def comments(self, rank: int) -> Iterator[_Entry]:
        """What people said."""
        form, record = self.at.form, self.values["id"]
        found = comments.of_record(
            self.at.unit, form.app, form.key, record, before=self.before(rank), limit=self.limit
        )
        attached = comments.files_of(self.at.unit, [one.id for one in found])
        for one in found:
            shown = show_comment(self.at, one, attached.get(one.id, ()))
            yield _Entry(at=one.at, rank=rank, id=one.id, shown={**shown, "type": "comment"})

    def files(self, rank: int) -> Iterator[_Entry]:
        """The files in the fields that may be read."""
        fields = {one.id: one.field for one in held_files(self.at, self.values)}
        before = self.before(rank)
        names = self.at.directory.user_names()
        uploads = sorted(
            files.uploads(self.at.unit, sorted(fields)), key=lambda one: (one.at, one.file.id), reverse=True
        )
        for one in uploads:
            if before is not None and (one.at, one.file.id) >= before:
                continue
            person = one.created_by
            actor = None if person is None else {"id": person, "name": names.get(person, f"#{person}")}
            yield _Entry(
                at=one.at,
                rank=rank,
                id=one.file.id,
                shown={
                    "type": "file",
                    "id": one.file.id,
                    "at": one.at,
                    "field": fields[one.file.id],
                    "file": {
                        "id": one.file.id,
                        "name": one.file.name,
                        "size": one.file.size,
                        "type": one.file.type,
                    },
                    "actor": actor,
                },
            )

    def related(self, key: str, moment_field: str, rank: int) -> Iterator[_Entry]:
        """Records at the other end of a relation, by the field that says when."""
        there, pointing_at = other_end(self.at, key, self.values["id"])
        inverse = next(one for one in self.at.form.inverses if one.key == key)
        columns = [name for name in inverse.columns if name in there.access.readable_somewhere]
        wanted = list(dict.fromkeys((*columns, moment_field, "owner")))
        wanted = [name for name in wanted if name in there.access.readable_somewhere]
        spec = replace(
            list_spec(there, {"fields": wanted, "sort": f"-{moment_field}", "count": "none"}),
            limit=self.limit,
            pointing_at=pointing_at,
        )
        if (before := self.before(rank)) is not None:
            place = self._place(there, moment_field, before)
            cursor = query_runner.cursor_at(there.table, spec.sort, place, there.evaluation)
            spec = replace(spec, cursor=cursor)
        page = query_runner.run_list(there.unit, there.table, spec, there.access.rows, there.evaluation)
        rows = [row for row in page.rows if row[moment_field] is not None]
        for row, shown in zip(rows, show_records(there, rows, wanted), strict=True):
            moment = self._moment(row[moment_field])
            told = {"type": "related", "id": row["id"], "at": moment, "list": key, "form": there.form.key}
            yield _Entry(at=moment, rank=rank, id=row["id"], shown={**told, "record": shown})

    def _zone(self) -> ZoneInfo:
        return ZoneInfo(self.at.evaluation.time_zone)

    def _moment(self, value: date | datetime) -> datetime:
        """When something was; a day begins at midnight in the workspace."""
        if isinstance(value, datetime):
            return value
        return datetime.combine(value, time.min, self._zone())

    def _place(self, there: OpenForm, key: str, before: tuple[datetime, int]) -> tuple[Any, int]:
        """A place in the order of a list; for days the whole day counts as its midnight."""
        moment, last_id = before
        field = there.form.field(key)
        if field is None or field.formula_type is None or field.formula_type.kind != "date":
            return moment, last_id
        local = moment.astimezone(self._zone())
        return local.date(), last_id if local.time() == time.min else _LAST_ID


def record_timeline(
    unit: Unit,
    actor: Actor,
    app_key: str,
    form_key: str,
    record_id: int,
    *,
    kinds: str | None = None,
    cursor: str | None = None,
    limit: int = PAGE,
) -> Json:
    """One page of what happened around a record, the newest first.

    `kinds` are "history", "comments", "files" and keys of related lists in the form's timeline, separated by
    commas; all when None. Raises NotFound and InvalidInput.
    """
    at = open_form(unit, actor, app_key, form_key)
    values = require_record(at, record_id)
    at = on_record(at, values)
    lists = timeline_lists(at)
    wanted = _wanted(kinds, (*KINDS, *lists))
    reader = _Reader(at=at, values=values, after=_place_of(cursor), limit=min(limit, LARGEST_PAGE) + 1)
    entries = [
        entry
        for rank, kind in enumerate((*KINDS, *lists))
        if kind in wanted
        for entry in (
            reader.related(kind, lists[kind], rank) if kind in lists else getattr(reader, kind)(rank)
        )
    ]
    entries.sort(key=lambda entry: entry.place, reverse=True)
    page = entries[: reader.limit - 1]
    return {
        "entries": [entry.shown for entry in page],
        "next_cursor": _cursor_of(page[-1]) if len(entries) > len(page) else None,
    }


def _wanted(kinds: str | None, known: tuple[str, ...]) -> set[str]:
    if kinds is None or not kinds.strip():
        return set(known)
    wanted = {kind.strip() for kind in kinds.split(",")}
    if unknown := sorted(wanted.difference(known)):
        issues = [Issue("/kinds", "timeline_unknown_kind", {"kind": kind[:60]}) for kind in unknown[:20]]
        raise InvalidInput(issues=issues)
    return wanted


def _cursor_of(entry: _Entry) -> str:
    text = json.dumps([entry.at.isoformat(), entry.rank, entry.id])
    return base64.urlsafe_b64encode(text.encode()).decode().rstrip("=")


def _place_of(cursor: str | None) -> tuple[datetime, int, int] | None:
    if cursor is None:
        return None
    try:
        padded = cursor + "=" * (-len(cursor) % 4)
        moment, rank, last_id = json.loads(base64.b64decode(padded, altchars=b"-_", validate=True))
        found = datetime.fromisoformat(moment)
        if found.tzinfo is None or type(rank) is not int or type(last_id) is not int:
            raise ValueError("made by somebody else")
        if not 0 <= last_id <= _LAST_ID or not 1 < found.year < 9999:
            raise ValueError("out of range")
        return found, rank, last_id
    except (ValueError, TypeError, RecursionError, binascii.Error) as error:
        raise InvalidInput(issues=[Issue("/cursor", "wrong_cursor")]) from error
