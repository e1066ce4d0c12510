"""The job that brings formulas of many records up to date after a change of what they look at."""

from joinery.definitions import JOINT
from joinery.directory import Actor
from joinery.kernel import NotFound, PlatformError, Unavailable
from joinery.runtime.again import again
from joinery.runtime.formulas.propagation import recompute, ways_of
from joinery.runtime.kinds import FORM
from joinery.runtime.records.open_form import OpenForm, open_form
from joinery.runtime.services import Services
from joinery.storage import job_states
from joinery.storage.affected import affected_ids, all_ids
from joinery.storage.job_states import FINISHED, JobState

#: Records in one transaction.
PORTION = 500


def run_recompute(services: Services, workspace: str, job: int) -> None:
    """Do the job, or what is left of it: portion by portion in the order of ids, each with its progress.

    Where that cannot be done the job says why, and can be resumed.
    """
    try:
        while again(lambda: _portion(services, workspace, job)):
            pass
    except (Unavailable, NotFound):
        # The worker tries again when the database is back, and leaves alone what is about nothing any more.
        raise
    except PlatformError as error:
        with services.unit(workspace) as unit:
            state = job_states.get(unit, job, lock=True)
            text = error.message(str(state.params.get("language") or "en"))
            job_states.save(unit, job, state="failed", error=text, finished_at=unit.now)


def _next_ids(at: OpenForm, state: JobState) -> list[int]:
    """The records that come next: those at the end of the ways, or all of the form where there are none."""
    after = int(state.summary.get("after", 0))
    if state.params["ways"] is None:
        return all_ids(at.unit, at.table, after=after, limit=PORTION)
    ways = ways_of(state.params["ways"], at.app.compiled)
    return affected_ids(at.unit, at.app.tables, at.form.key, ways, after=after, limit=PORTION) if ways else []


def _portion(services: Services, workspace: str, job: int) -> bool:
    """Do a portion; False when there is no more."""
    with services.unit(workspace) as unit:
        state = job_states.get(unit, job, lock=True)
        if state.state in FINISHED:
            return False
        caused_by = Actor(
            user_id=state.created_by,
            name="",
            is_admin=True,
            language=str(state.params.get("language") or "en"),
            workspace=unit.workspace.key,
        )
        form, _, subform = state.params["form"].partition(JOINT)
        at = open_form(unit, caused_by, state.params["app"], form)
        if subform:
            if subform not in at.form.line_forms:
                raise NotFound(kind=FORM)
            at = at.beside(state.params["form"])
        ids = _next_ids(at, state)
        if not ids:
            job_states.save(unit, job, state="done", total=state.done, finished_at=unit.now)
            return False
        recompute(at, ids)
        job_states.save(
            unit,
            job,
            state="running",
            started_at=state.started_at or unit.now,
            done=state.done + len(ids),
            summary={**state.summary, "after": ids[-1]},
        )
        return True
