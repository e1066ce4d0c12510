"""The one write path, in bulk form: every created or changed record goes through here.

`prepare_many` says what is wrong with each record, `write_many` stores those that are right, and
`save_many` does both for callers who want all or nothing. The database is asked once for all records.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from joinery.forms import DateOrder, RecordContext, ShowContext, prepare_record
from joinery.formulas import PARENT_RECORD
from joinery.kernel import Forbidden, Issue, NotFound, PlatformError, StaleRevision
from joinery.permissions import EVERYTHING, matches
from joinery.runtime.bus import announce
from joinery.runtime.formulas.far_values import FarValues, in_scope
from joinery.runtime.formulas.propagation import Change, propagate
from joinery.runtime.kinds import RECORD
from joinery.runtime.records.checks import as_told, circle_issues, relation_issues
from joinery.runtime.records.context import record_context, relations_of
from joinery.runtime.records.duplicates import find_matches, match_issue, match_json, problem_of, tell
from joinery.runtime.records.holding import hold
from joinery.runtime.records.lines import (
    line_changes,
    line_forms,
    store_all_lines,
)
from joinery.runtime.records.notes import changes_json, note_other_ends, note_records
from joinery.runtime.records.numbering import NumberBlock
from joinery.runtime.records.open_form import OpenForm
from joinery.runtime.records.operations import Operation, Prepared, Saved
from joinery.runtime.records.past import Changes, stamped
from joinery.runtime.records.record_rights import without_groups
from joinery.runtime.records.related_records import sent_lines, sent_relations
from joinery.runtime.records.uniqueness import unique_issues
from joinery.runtime.records.write_rights import outside_after, to_write, with_line_rights
from joinery.runtime.workflows.following import follow
from joinery.runtime.workflows.locks import Locks, locks_of, refusal
from joinery.runtime.workflows.needing_approval import Approvals, approval_needed, approvals_of
from joinery.storage import events, history, records
from joinery.storage.events import StoredEvent
from joinery.storage.history import HistoryEntry

EDIT_RECORD = {"en": "change this record", "zh": "修改此记录"}
LEAVE_SCOPE = {"en": "save a record outside of your own area", "zh": "将记录保存到权限范围之外"}


def save_many(
    at: OpenForm,
    operations: Sequence[Operation],
    *,
    source: str | None = None,
    way: str | None = None,
    confirmed: bool = False,
    batch: int | None = None,
) -> list[Saved]:
    """Save all records or none, in the order of `operations`.

    `way` and `confirmed` are as in `prepare_many`, `batch` as in `write_many`. Raises the first NotFound,
    Forbidden or StaleRevision, DuplicateValue when nothing but uniqueness is hurt, DuplicateRecord or
    PossibleDuplicates when nothing but duplicate rules is, else InvalidRecord with the issues of all records.
    """
    prepared = prepare_many(at, operations, way=way, confirmed=confirmed)
    refuse(prepared)
    return write_many(at, prepared, source=source, batch=batch)


def refuse(prepared: Sequence[Prepared]) -> None:
    """Raise what `save_many` raises for records that may not be written, naming each of them."""
    if wrong := [(record.operation.path, record.error) for record in prepared if record.error is not None]:
        if wrong[0][0]:
            wrong[0][1].issues = tuple(Issue(path, error.code, error.params) for path, error in wrong)
        raise wrong[0][1]
    issues = [issue for record in prepared for issue in record.issues]
    if error := problem_of(issues, [match for record in prepared for match in record.matches]):
        raise error


def prepare_many(
    at: OpenForm,
    operations: Sequence[Operation],
    *,
    cells: bool = False,
    names_found: bool = False,
    date_order: DateOrder = "ymd",
    way: str | None = None,
    confirmed: bool = False,
) -> list[Prepared]:
    """Check every record; none is stored. Records to be changed stay locked until the transaction ends.

    `cells` takes values as spreadsheet cells instead of JSON; with `names_found` the caller has looked up the
    records that cells name, and a name that is still there is not known. Numbers are counted on only for
    records without issues of their own. `way` is how the records come in, for duplicate rules (each is
    created or edited when it is missing); what these only warn of is no issue when it is `confirmed`.
    """
    _hold(at, operations)
    before = _load(at, operations)
    locks = locks_of(at, before.keys())
    approvals = approvals_of(at)
    numbers = NumberBlock(at.unit, at.form, sum(operation.record_id is None for operation in operations))
    far = FarValues(at, lock=True)
    names = cells and not names_found
    context = record_context(at, operations, before, far, numbers=numbers, names=names, date_order=date_order)
    prepared = [
        _prepare(at, operation, before, context, far, numbers, cells, locks, approvals)
        for operation in operations
    ]
    numbers.settle()
    found = issues_by_place(
        relation_issues(at, prepared), circle_issues(at, prepared), unique_issues(at, prepared)
    )
    for place, issues in found.items():
        prepared[place] = with_issues(at, prepared[place], issues)
    return with_matches(at, prepared, way, confirmed)


def write_many(
    at: OpenForm, prepared: Iterable[Prepared], *, source: str | None = None, batch: int | None = None
) -> list[Saved]:
    """Store records that are right, with events and history, which names the `batch`; the others are left."""
    right = [record for record in prepared if record.is_right]
    created = [record for record in right if record.before is None]
    ids = iter(_insert(at, created))
    saved = [
        _saved_new(record, next(ids)) if record.before is None else _update(at, record) for record in right
    ]
    if at.form.line_forms:
        saved = _with_lines(at, right, saved)
    written = list(zip(right, saved, strict=True))
    _note(at, written, source, batch)
    quietly = any(record.operation.past is not None for record in right)
    changes = [
        Change(id=done.id, before=record.before, after=done.values)
        for record, done in written
        if done.changed
    ]
    for subform, there in line_forms(at).items():
        of_lines = [line for one in changes for line in line_changes(one.before, one.after, subform)]
        propagate(there, of_lines, quietly=quietly, settled=True)
    propagate(at, changes, quietly=quietly, settled=True)
    return _as_stored(at, saved) if follow(at, written, save_many) else saved


def _hold(at: OpenForm, operations: Sequence[Operation]) -> None:
    """Hold what saving will touch; records that cells name by text are not known yet."""
    ids = [operation.record_id for operation in operations if operation.record_id is not None]
    touched = {
        key for operation in operations if operation.record_id is not None for key in _keys_of(operation)
    }
    new = (relations_of(at, operation) for operation in operations)
    new_lines = {
        subform: [
            {**sent_relations(there.form, line), PARENT_RECORD: operation.record_id}
            for operation in operations
            for line in sent_lines(operation.values, subform)
        ]
        for subform, there in line_forms(at).items()
    }
    hold(at, ids, touched if len(ids) == len(operations) else None, new, new_lines)


def _keys_of(operation: Operation) -> set[str]:
    return {*operation.values, *operation.given}


def _load(at: OpenForm, operations: Sequence[Operation]) -> dict[int, dict[str, Any]]:
    """The records to be changed, locked, as far as the actor may see them."""
    ids = sorted({operation.record_id for operation in operations if operation.record_id is not None})
    if not ids:
        return {}
    return records.get_many(
        at.unit, at.table, ids, at.access.rows, at.evaluation, for_update=True, lines=True
    )


def _prepare(
    at: OpenForm,
    operation: Operation,
    loaded: Mapping[int, Mapping[str, Any]],
    context: RecordContext,
    far: FarValues,
    numbers: NumberBlock,
    cells: bool,
    locks: Locks,
    approvals: Approvals,
) -> Prepared:
    before = None
    error: PlatformError | None = None
    if operation.record_id is not None:
        before = loaded.get(operation.record_id)
        if error := _why_not(at, operation, before, far):
            return Prepared(operation=operation, before=before, draft=None, error=error)
    here = to_write(at, before, far)
    context = with_line_rights(context, at, before, far)
    numbers.begin()
    draft = prepare_record(
        at.form,
        before,
        operation.values,
        context.as_of(operation.past.at) if operation.past else context,
        writable=here.access.writable | operation.granted if operation.granted else here.access.writable,
        given=operation.given,
        readable=here.access.readable,
        cells=cells,
    )
    if found := [*draft.issues, *(() if draft.issues else outside_after(at, operation, before, draft))]:
        numbers.give_back()
        issues = tuple(as_told(here, issue).under(operation.path) for issue in found)
        return Prepared(operation=operation, before=before, draft=draft, issues=issues)
    if before is not None:
        error = refusal(at, locks, operation, draft.changed)
    scope = at.access.rows_for("create" if before is None else "edit")
    values = draft.names_for(scope.condition) if scope.condition else draft.values
    if not matches(scope, values, at.evaluation):
        error = Forbidden(action=LEAVE_SCOPE)
    if error is None and not operation.proposed:
        error = approval_needed(at, approvals, operation, before, draft)
    if error is not None or operation.proposed:
        numbers.give_back()
    return Prepared(operation=operation, before=before, draft=draft, error=error)


def _why_not(
    at: OpenForm, operation: Operation, before: Mapping[str, Any] | None, far: FarValues
) -> PlatformError | None:
    """Why a stored record cannot be changed at all."""
    if before is None:
        return NotFound(kind=RECORD)
    if not in_scope(at, at.access.rows_for("edit"), before, far):
        return Forbidden(action=EDIT_RECORD)
    if operation.revision is not None and operation.revision != before["revision"]:
        return StaleRevision(
            issues=[Issue(operation.path, "stale_revision")],
            details={"id": operation.record_id, "revision": before["revision"]},
        )
    return None


def issues_by_place(*sources: Iterable[tuple[int, Issue]]) -> dict[int, tuple[Issue, ...]]:
    found: dict[int, tuple[Issue, ...]] = {}
    for source in sources:
        for place, issue in source:
            found[place] = (*found.get(place, ()), issue)
    return found


def with_issues(at: OpenForm, record: Prepared, issues: tuple[Issue, ...]) -> Prepared:
    return Prepared(
        operation=record.operation,
        before=record.before,
        draft=record.draft,
        issues=(*record.issues, *(as_told(at, issue).under(record.operation.path) for issue in issues)),
        error=record.error,
    )


def with_matches(at: OpenForm, prepared: list[Prepared], way: str | None, confirmed: bool) -> list[Prepared]:
    """The records with what the duplicate rules of the form find."""
    if not at.form.duplicate_rules:
        return prepared
    for told in tell(at, find_matches(at, prepared, way)):
        record = prepared[told.match.place]
        passes = confirmed and told.match.answer == "warn"
        issues = () if passes else (match_issue(at, told).under(record.operation.path),)
        shown = {**match_json(at, told), "path": record.operation.path}
        prepared[told.match.place] = replace(
            record, issues=(*record.issues, *issues), matches=(*record.matches, shown)
        )
    return prepared


def _as_stored(at: OpenForm, saved: Sequence[Saved]) -> list[Saved]:
    """What was saved as it is now: workflows that followed may have changed it."""
    ids = sorted({one.id for one in saved})
    stored = records.get_many(at.unit, at.table, ids, EVERYTHING, at.evaluation, lines=True)
    return [replace(one, revision=stored[one.id]["revision"], values=stored[one.id]) for one in saved]


def _insert(at: OpenForm, created: Sequence[Prepared]) -> list[int]:
    rows = [
        stamped(record.draft.values, record.operation.past) if record.operation.past else record.draft.values
        for record in created
        if record.draft is not None
    ]
    return records.insert_many(
        at.unit, at.table, rows, actor=at.actor.user_id, at=at.unit.now, show=_stored_text(at)
    )


def _saved_new(record: Prepared, record_id: int) -> Saved:
    assert record.draft is not None, "only records that are right are written"
    values = without_groups(record.draft.values) | {"id": record_id, "revision": 1}
    return Saved(id=record_id, revision=1, values=values)


def _update(at: OpenForm, record: Prepared) -> Saved:
    assert record.draft is not None, "only records that are right are written"
    assert record.before is not None, "a change has a record to change"
    record_id, revision = record.before["id"], record.before["revision"]
    if not record.draft.changed:
        return Saved(id=record_id, revision=revision, values=record.before, changed=False)
    new_revision = records.update(
        at.unit,
        at.table,
        record_id,
        record.draft.values,
        record.draft.changed,
        revision,
        actor=at.actor.user_id,
        at=at.unit.now,
        show=_stored_text(at),
    )
    values = without_groups(record.draft.values) | {"revision": new_revision}
    return Saved(id=record_id, revision=new_revision, values=values)


def _with_lines(at: OpenForm, right: Sequence[Prepared], saved: Sequence[Saved]) -> list[Saved]:
    """The records with their lines, now that these are stored too."""
    drafts = [
        (done.id, record.draft) for record, done in zip(right, saved, strict=True) if record.draft is not None
    ]
    stored = store_all_lines(at, drafts, _stored_text(at))
    subforms = at.form.line_forms
    return [
        replace(done, values={**done.values, **{key: values.get(key) for key in subforms}})
        if done.changed
        else done
        for done, values in zip(saved, stored, strict=True)
    ]


def _stored_text(at: OpenForm) -> ShowContext:
    """How stored texts (titles, search) are written: in the workspace's language, whoever saves."""
    workspace = at.unit.workspace
    return ShowContext(directory=at.directory, language=workspace.language, time_zone=workspace.time_zone)


def _note(
    at: OpenForm, written: Sequence[tuple[Prepared, Saved]], source: str | None, batch: int | None
) -> None:
    """History and events of what was written, and the word to those who listen, after the commit."""
    changed = [(record, saved) for record, saved in written if saved.changed]
    if not changed:
        return
    note_other_ends(
        at, {saved.id: record.draft.changed for record, saved in changed if record.draft}, source=source
    )
    if all(record.before is None and record.operation.past is None for record, _ in changed):
        ids = [saved.id for _, saved in changed]
        note_records(at, ids, _kind_of_new(source), as_event="created", source=source)
        return
    show = _stored_text(at)
    entries = [entry for record, saved in changed for entry in _entries(at, record, saved, source, show)]
    history.add_many(at.unit, [replace(one, batch=batch) for one in entries] if batch else entries)
    facts = [_event(at, record, saved) for record, saved in changed]
    events.add_many(at.unit, facts)
    announce(at.unit, facts)


def _entries(
    at: OpenForm, record: Prepared, saved: Saved, source: str | None, show: ShowContext
) -> Iterator[HistoryEntry]:
    """A change keeps old and new values; what a record was created with can be derived from the rest."""
    past = record.operation.past
    if past is None:
        changes = _changes(at, record, saved) if record.before is not None else {}
        kind = "updated" if record.before is not None else _kind_of_new(source)
        yield _entry(at, saved, kind, at.unit.now, at.actor.user_id, changes, source, show)
        return
    yield _entry(at, saved, _kind_of_new(past.source), past.at, past.by, {}, past.source, show)
    for change in past.changes:
        yield _entry(at, saved, "updated", change.at, change.by, change.changes, None, show)


def _changes(at: OpenForm, record: Prepared, saved: Saved) -> Changes:
    """What became of the fields of a stored record; its new lines have their ids by now."""
    assert record.draft is not None, "only records that are right are written"
    lines = at.form.line_forms
    return {
        key: (old, saved.values[key] if key in lines else new)
        for key, (old, new) in record.draft.changed.items()
    }


def _kind_of_new(source: str | None) -> str:
    return "imported" if source == "import" else "created"


def _entry(
    at: OpenForm,
    saved: Saved,
    kind: str,
    moment: datetime,
    actor: int | None,
    changes: Changes,
    source: str | None,
    show: ShowContext,
) -> HistoryEntry:
    return HistoryEntry(
        app=at.form.app,
        form=at.form.key,
        record_id=saved.id,
        at=moment,
        actor=actor,
        kind=kind,
        changes=changes_json(at, changes, show),
        source=source,
    )


def _event(at: OpenForm, record: Prepared, saved: Saved) -> StoredEvent:
    changed = sorted(record.draft.changed) if record.draft and record.before is not None else []
    past = record.operation.past
    return StoredEvent(
        at=past.at if past else at.unit.now,
        kind="record_created" if record.before is None else "record_updated",
        app=at.form.app,
        form=at.form.key,
        record_id=saved.id,
        actor=past.by if past else at.actor.user_id,
        data={"changed": changed} if changed else {},
    )
