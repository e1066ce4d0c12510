"""The same change of very many records, and taking it back: portion by portion, in a job.

Each portion is one transaction together with how far the job is, so a job that was stopped or killed goes on
where it was. What it did up to then is one batch, which can be taken back.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from typing import Any

from joinery.directory import Actor
from joinery.kernel import InvalidInput, Issue, PlatformError, Unavailable, issue_message
from joinery.runtime import jobs
from joinery.runtime.again import again
from joinery.runtime.lists.listing import list_spec
from joinery.runtime.records.batch import write_many
from joinery.runtime.records.batch_edit import MOST_PROBLEMS, MOST_SAMPLES, prepare_edit, summary_of
from joinery.runtime.records.batch_undo import begin_undo, undo_entries
from joinery.runtime.records.batch_values import wanted_of
from joinery.runtime.records.duplicates import CONFIRM_DUPLICATES
from joinery.runtime.records.open_form import OpenForm, open_form
from joinery.runtime.services import Services
from joinery.runtime.unit import Unit
from joinery.storage import history, job_states, query_runner, record_batches
from joinery.storage.job_states import FINISHED, JobState

#: The kinds of the jobs.
BATCH_EDIT, UNDO_BATCH = "batch_edit", "undo_batch"
#: Records of one transaction.
PORTION = 1000

_COUNTS = ("matched", "changed", "unchanged", "not_allowed", "wrong")
_NO_EDIT: Mapping[str, Any] = {
    **dict.fromkeys(_COUNTS, 0),
    "issues": [],
    "titles": {},
    "samples": [],
    "batch": None,
}
_NO_UNDO: Mapping[str, Any] = {"undone": 0, "left": 0, "issues": [], "titles": {}, "batch": None, "after": 0}

Summary = dict[str, Any]


def start_batch_edit(
    unit: Unit, actor: Actor, app_key: str, form_key: str, batch: Mapping[str, Any], *, preview: bool
) -> JobState:
    """Start the job that changes the records of `ids`, or all that `filter` and `search` match by now.

    `batch` and what the job's summary tells are as in `edit_batch`. Raises InvalidInput for a wrong filter or
    change, and when the records with problems are not to be passed over: no transaction spans them all.
    """
    at = open_form(unit, actor, app_key, form_key, "edit").for_batch()
    wanted_of(at, batch)
    if not preview and not batch.get("partly"):
        raise InvalidInput(issues=[Issue("/partly", "batch_job_partly")])
    if "ids" in batch:
        total, newest = len(set(batch["ids"])), None
    else:
        total, newest = _meant(at, batch)
    params = {"app": app_key, "form": form_key, "edit": dict(batch), "dry_run": preview, "newest": newest}
    return jobs.start_job(unit, actor, BATCH_EDIT, params, total=total)


def start_batch_undo(unit: Unit, actor: Actor, app_key: str, form_key: str, batch_id: int) -> JobState:
    """Start the job that takes back a batch of one's own (administrators: any).

    Raises NotFound and BatchUndone as `undo_batch` does.
    """
    at = open_form(unit, actor, app_key, form_key)
    new, batch = begin_undo(at, batch_id)
    params = {"app": app_key, "form": form_key, "undoes": batch_id, "batch": new}
    return jobs.start_job(unit, actor, UNDO_BATCH, params, total=batch.count)


def run_batch_edit(services: Services, workspace: str, job: int) -> None:
    """Do what is left of a batch edit; its end and its error are in the job's row."""
    _run(services, workspace, job, _edit_next, _NO_EDIT)


def run_batch_undo(services: Services, workspace: str, job: int) -> None:
    """Do what is left of taking a batch back; its end and its error are in the job's row."""
    _run(services, workspace, job, _undo_next, _NO_UNDO)


def _meant(at: OpenForm, batch: Mapping[str, Any]) -> tuple[int, int | None]:
    """How many records a filter matches, and the newest of them: later ones are not meant."""
    spec = replace(list_spec(at, _query(batch, sort="-id")), limit=1, count="exact")
    page = query_runner.run_list(at.unit, at.table, spec, at.access.rows, at.evaluation)
    return page.count or 0, page.rows[0]["id"] if page.rows else None


def _query(batch: Mapping[str, Any], *, sort: str) -> Mapping[str, Any]:
    return {
        "filter": batch.get("filter"),
        "search": batch.get("search"),
        "fields": "id",
        "sort": sort,
        "count": "none",
    }


def _run(
    services: Services,
    workspace: str,
    job: int,
    portion: Callable[[Unit, Actor, JobState], Summary | None],
    first: Mapping[str, Any],
) -> None:
    def step() -> bool:
        with services.unit(workspace) as unit:
            state = job_states.get(unit, job, lock=True)
            if state.state in FINISHED:
                return False
            state = replace(state, summary={**first, **state.summary})
            summary = portion(unit, jobs.actor_of_job(unit, state), state)
            if summary is None:
                job_states.save(unit, job, state="done", finished_at=unit.now, summary=state.summary)
                return False
            done = summary.pop("done")
            started = state.started_at or unit.now
            job_states.save(
                unit, job, state="running", started_at=started, done=state.done + done, summary=summary
            )
            return True

    try:
        while again(step):
            pass
    except Unavailable:
        # The worker tries again when the database is back.
        raise
    except PlatformError as error:
        with services.unit(workspace) as unit:
            jobs.fail_job(unit, job, error)


def _edit_next(unit: Unit, actor: Actor, state: JobState) -> Summary | None:
    """Change the next portion, or in a preview look at it; None when there is none."""
    edit = state.params["edit"]
    at = open_form(unit, actor, state.params["app"], state.params["form"], "edit").for_batch()
    ids, cursor = _next_ids(at, state, edit)
    if not ids:
        return None
    confirmed = edit.get("confirm") == CONFIRM_DUPLICATES
    prepared = prepare_edit(at, ids, wanted_of(at, edit), confirmed=confirmed)
    summary = _added(state.summary, summary_of(at, prepared), actor.language)
    if not state.params["dry_run"] and any(record.is_right for record in prepared):
        batch = summary["batch"] or record_batches.begin(
            unit, at.form.app, at.form.key, at=unit.now, actor=actor.user_id
        )
        write_many(at, prepared, batch=batch)
        # Nothing of it remains as long as nothing changed.
        summary["batch"] = record_batches.end(unit, batch, summary["changed"])
    return {**summary, "cursor": cursor, "done": len(ids)}


def _next_ids(at: OpenForm, state: JobState, edit: Mapping[str, Any]) -> tuple[Sequence[int], str | None]:
    if "ids" in edit:
        return sorted(set(edit["ids"]))[state.done : state.done + PORTION], None
    newest, cursor = state.params["newest"], state.summary.get("cursor")
    if newest is None or (state.done and cursor is None):
        return (), None
    spec = replace(list_spec(at, _query(edit, sort="id")), limit=PORTION, cursor=cursor)
    page = query_runner.run_list(at.unit, at.table, spec, at.access.rows, at.evaluation)
    ids = [row["id"] for row in page.rows if row["id"] <= newest]
    return ids, page.next_cursor if len(ids) == len(page.rows) else None


def _added(before: Mapping[str, Any], portion: Mapping[str, Any], language: str) -> Summary:
    """The figures of all portions so far; problems and samples of the first."""
    issues = [
        {"path": issue.path, "code": issue.code, "message": issue_message(issue, language)}
        for issue in portion["issues"]
    ]
    told = [*before["issues"], *issues][:MOST_PROBLEMS]
    titles = {**before["titles"], **portion["titles"]}
    return {
        **{name: before[name] + portion[name] for name in _COUNTS},
        "issues": told,
        "titles": _of_problems(titles, told),
        "samples": [*before["samples"], *portion["samples"]][:MOST_SAMPLES],
        "batch": before["batch"],
    }


def _undo_next(unit: Unit, actor: Actor, state: JobState) -> Summary | None:
    """Take back the next portion; None when there is none."""
    summary = state.summary
    new = int(state.params["batch"])
    entries = history.of_batch(unit, state.params["undoes"], after=summary["after"], limit=PORTION)
    at = open_form(unit, actor, state.params["app"], state.params["form"])
    if not entries:
        record_batches.end(unit, new, summary["undone"])
        return None
    undone = undo_entries(at, entries, new)
    issues = [
        {"path": issue.path, "code": issue.code, "message": issue_message(issue, actor.language)}
        for issue in undone.issues
    ]
    told = [*summary["issues"], *issues][:MOST_PROBLEMS]
    titles = {**summary["titles"], **undone.titles}
    count = summary["undone"] + undone.count
    return {
        "undone": count,
        "left": summary["left"] + undone.left,
        "issues": told,
        "titles": _of_problems(titles, told),
        "batch": record_batches.save_count(unit, new, count),
        "after": entries[-1].id,
        "done": len(entries),
    }


def _of_problems(titles: Mapping[str, Any], issues: Sequence[Mapping[str, Any]]) -> Mapping[str, Any]:
    """The titles of the records that problems are told of, by id as it stands in their paths."""
    ids = (issue["path"].split("/")[2] for issue in issues)
    return {one: titles.get(one) for one in ids}
