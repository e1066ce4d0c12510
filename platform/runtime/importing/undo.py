"""Undoing an import: what it created goes to the recycle bin, what it changed gets its earlier values back.

Portion by portion from the last to the first, each in one transaction with how far the job is. Nothing that
somebody has changed or used since is touched: it is left, and told with the reason.
"""

from collections.abc import Mapping, Sequence
from copy import deepcopy
from dataclasses import dataclass, field

from joinery.directory import Actor
from joinery.kernel import (
    Conflict,
    Forbidden,
    Issue,
    NotFound,
    PlatformError,
    RecordInUse,
    StaleRevision,
    Unavailable,
    issue_message,
    label_key,
)
from joinery.runtime import jobs
from joinery.runtime.again import again
from joinery.runtime.importing.failures import failures_file
from joinery.runtime.importing.files import store_file
from joinery.runtime.importing.lines import with_known_lines
from joinery.runtime.records.batch import prepare_many, write_many
from joinery.runtime.records.deletion import Deletion, delete_many
from joinery.runtime.records.open_form import OpenForm, open_form
from joinery.runtime.records.operations import Operation
from joinery.runtime.services import Services
from joinery.runtime.unit import Unit
from joinery.storage import import_traces, job_states, records
from joinery.storage.database_errors import is_retryable
from joinery.storage.import_traces import Trace
from joinery.storage.job_states import FINISHED, Failure, JobState
from joinery.storage.record_matching import pointed_at, revisions

#: The kinds of the jobs.
UNDO_IMPORT = "undo_import"
_IMPORT = "import"

#: How the history names the reason.
SOURCE = "undo_import"

_FIRST = {"deleted": 0, "restored": 0, "related": 0, "left": 0, "reasons": [], "below": None}
_DONE_AS = {"created": "deleted", "updated": "restored", "related": "related"}
_HEADS = {"en": ("Form", "Record", "ID"), "zh": ("表单", "记录", "编号")}
_LEFT = {"en": "left by undo", "zh": "撤销时保留"}


class ImportNotUndoable(Conflict):
    """Dry runs, running imports and those that were undone have nothing to undo."""

    code = "import_not_undoable"


def start_undo(unit: Unit, actor: Actor, job_id: int) -> JobState:
    """Start the job that undoes an import of one's own (administrators: any).

    Raises NotFound, and ImportNotUndoable for a job that is no import, has not ended, or was undone.
    """
    state = jobs.visible_job(unit, actor, job_id, lock=True)
    possible = state.kind == _IMPORT and state.state in FINISHED and not state.params.get("dry_run")
    if not possible or state.summary.get("undone_by"):
        raise ImportNotUndoable()
    params = {name: state.params.get(name) for name in ("app", "form", "file_name")}
    undo = jobs.start_job(
        unit, actor, UNDO_IMPORT, {**params, "import": job_id}, total=import_traces.count(unit, job_id)
    )
    job_states.save(unit, job_id, summary={**state.summary, "undone_by": undo.id})
    return undo


def run_undo(services: Services, workspace: str, job: int) -> None:
    """Undo an import, or what is left to undo; its end and its error are in the job's row."""
    try:
        with services.unit(workspace) as unit:
            state = job_states.get(unit, job, lock=True)
            if state.state in FINISHED:
                return
            job_states.save(
                unit,
                job,
                state="running",
                started_at=state.started_at or unit.now,
                summary={**_FIRST, **state.summary},
            )
        while again(lambda: _undo_next(services, workspace, job)):
            pass
    except Unavailable:
        # The worker tries again when the database is back.
        raise
    except PlatformError as error:
        with services.unit(workspace) as unit:
            jobs.fail_job(unit, job, error)


def _undo_next(services: Services, workspace: str, job: int) -> bool:
    """Undo one portion; False when there is none left or the job was stopped."""
    with services.unit(workspace) as unit:
        state = job_states.get(unit, job, lock=True)
        if state.state != "running":
            return False
        trace = import_traces.latest(unit, state.params["import"], state.summary["below"])
        if trace is None:
            _finish(unit, state)
            return False
        actor = jobs.actor_of_job(unit, state)
        undone = _undo(unit, actor, state, trace)
        import_traces.save_revisions(unit, trace, [undone.revisions.get(one, 0) for one in trace.record_ids])
        _note(unit, state, trace, undone)
        return True


@dataclass(slots=True)
class _Undone:
    """What became of a portion: new revisions by id, and why records were left."""

    revisions: dict[int, int] = field(default_factory=dict)
    left: dict[int, Issue] = field(default_factory=dict)
    titles: Mapping[int, str] = field(default_factory=dict)
    label: Mapping[str, str] = field(default_factory=dict)


def _undo(unit: Unit, actor: Actor, state: JobState, trace: Trace) -> _Undone:
    undone = _Undone()
    try:
        at = open_form(unit, actor, str(state.params["app"]), trace.form)
    except (NotFound, Forbidden) as error:
        undone.left = {one: _refused(error) for one in trace.record_ids}
        return undone
    ready = _untouched(at, state, trace, undone)
    undone.label = at.form.label
    undone.titles = records.titles(unit, at.table, trace.record_ids, at.access.rows, at.evaluation)
    if trace.kind == "updated":
        _restore(at, trace, ready, undone)
    else:
        _delete(at, trace, ready, undone)
    return undone


def _untouched(at: OpenForm, state: JobState, trace: Trace, undone: _Undone) -> dict[int, int]:
    """The revisions of the records as the import left them; the others are noted."""
    stored = revisions(at.unit, at.table, trace.record_ids)
    expected = dict(zip(trace.record_ids, trace.revisions, strict=True))
    odd = [one for one, revision in expected.items() if stored.get(one, revision) != revision]
    # The import itself may have changed the record again, and this job undone that.
    later = import_traces.later(at.unit, state.params["import"], trace, odd) if odd else {}
    for one in expected:
        if one not in stored:
            undone.left[one] = Issue("", "undo_gone")
        elif one in odd and later.get(one) != stored[one] and later.get(one) != 0:
            undone.left[one] = Issue("", "undo_changed")
    told = {one for one in odd if later.get(one) == 0}
    return {one: stored[one] for one in expected if one not in undone.left and one not in told}


def _restore(at: OpenForm, trace: Trace, ready: Mapping[int, int], undone: _Undone) -> None:
    """Give records their earlier values back."""
    before = dict(zip(trace.record_ids, trace.before or (), strict=True))
    earlier = with_known_lines(at, before, list(ready))
    operations = [
        Operation(values=values, record_id=one, revision=ready[one]) for one, values in earlier.items()
    ]
    prepared = prepare_many(at, operations, confirmed=True)
    for record in prepared:
        if not record.is_right:
            one = record.operation.record_id or 0
            undone.left[one] = _refused(record.error) if record.error else _told(record.issues)
    saved = write_many(at, prepared, source=SOURCE)
    undone.revisions |= {one.id: one.revision for one in saved}


def _delete(at: OpenForm, trace: Trace, ready: Mapping[int, int], undone: _Undone) -> None:
    """Move records to the recycle bin; not those that others point at."""
    if not at.access.allows("delete"):
        for one in ready:
            undone.left[one] = _refused(Forbidden(action={"en": "delete records", "zh": "删除记录"}))
        return
    wanted = dict(ready)
    while used := _in_use(at, list(wanted), every=trace.kind == "related"):
        for one in used:
            del wanted[one]
            undone.left[one] = Issue("", "undo_in_use")
    # The youngest first: what refers to another record is mostly younger than it.
    deletions = [Deletion(record_id=one, revision=wanted[one]) for one in sorted(wanted, reverse=True)]
    refused = _delete_what_goes(at, deletions)
    undone.left |= refused
    undone.revisions |= {one: revision + 1 for one, revision in wanted.items() if one not in refused}


def _in_use(at: OpenForm, ids: Sequence[int], *, every: bool) -> set[int]:
    """Records that others point at: by any relation, or else by one that forbids deletion."""
    found: set[int] = set()
    for key, form in at.app.compiled.forms.items():
        for one in form.fields.values():
            points = one.references == at.form.key and one.key in at.app.tables[key].columns
            if points and not one.type.several and (every or one.settings.get("on_delete") == "restrict"):
                but = ids if key == at.form.key else ()
                found |= pointed_at(at.unit, at.app.tables[key], one.key, ids, but) if ids else set()
    return found


def _delete_what_goes(at: OpenForm, deletions: Sequence[Deletion]) -> dict[int, Issue]:
    """Delete together what can be deleted; why the others could not be, by id."""
    if not deletions:
        return {}
    try:
        with at.unit.connection.begin_nested():
            delete_many(at, deletions)
        return {}
    except PlatformError as error:
        if is_retryable(error) or isinstance(error, Unavailable):
            raise
        if len(deletions) == 1:
            return {deletions[0].record_id: _refused(error)}
    middle = len(deletions) // 2
    return _delete_what_goes(at, deletions[:middle]) | _delete_what_goes(at, deletions[middle:])


def _refused(error: PlatformError) -> Issue:
    match error:
        case RecordInUse():
            return Issue("", "undo_in_use")
        case StaleRevision():
            return Issue("", "undo_changed")
        case NotFound():
            return Issue("", "undo_gone")
    if error.issues:
        return _told(error.issues)
    return Issue("", "undo_refused", {"reason": {"en": error.message("en"), "zh": error.message("zh-CN")}})


def _told(issues: Sequence[Issue]) -> Issue:
    sentences = {
        key: " ".join(issue_message(issue, language) for issue in issues)
        for key, language in (("en", "en"), ("zh", "zh-CN"))
    }
    return Issue("", "undo_refused", {"reason": sentences})


def _note(unit: Unit, state: JobState, trace: Trace, undone: _Undone) -> None:
    """Keep how far the job is, what it did, and what it left."""
    language = str(state.params.get("language") or "en")
    summary = deepcopy(dict(state.summary))
    summary["below"] = trace.id
    summary[_DONE_AS[trace.kind]] += len(undone.revisions)
    summary["left"] += len(undone.left)
    for issue in undone.left.values():
        message = issue_message(issue, language)
        known = next((one for one in summary["reasons"] if one["message"] == message), None)
        if known is not None:
            known["count"] += 1
        elif len(summary["reasons"]) < 20:
            summary["reasons"].append({"code": issue.code, "message": message, "count": 1})
    label = undone.label.get(label_key(language), trace.form)
    failures = [
        Failure(
            row_number=one,
            cells=[label, undone.titles.get(one, ""), str(one)],
            issues=[{"path": "", "code": issue.code, "params": dict(issue.params)}],
            part=trace.id % 2_000_000_000,
        )
        for one, issue in undone.left.items()
    ]
    job_states.add_failures(unit, state.id, failures)
    job_states.save(unit, state.id, done=state.done + len(trace.record_ids), summary=summary)


def _finish(unit: Unit, state: JobState) -> None:
    """The job is through; what was left comes as a file."""
    file_id = None
    if state.summary["left"]:
        actor = jobs.actor_of_job(unit, state)
        key = label_key(actor.language)
        content = failures_file(_HEADS[key], job_states.all_failures(unit, state.id), actor.language)
        name = str(state.params.get("file_name") or "import").rsplit(".", 1)[0]
        file_id = store_file(unit, actor, f"{name} ({_LEFT[key]}).csv", content)
    job_states.save(unit, state.id, state="done", finished_at=unit.now, file_id=file_id)
    job_states.forget_failures(unit, state.id)
