"""What publishing leaves to do on large tables: indexes, conversions, recomputed formulas, as one job."""

from collections.abc import Collection, Mapping, Sequence

from joinery.directory import Actor
from joinery.forms import Form
from joinery.kernel import Conflict
from joinery.runtime import jobs
from joinery.runtime.records.open_form import open_app
from joinery.runtime.services import Services
from joinery.runtime.unit import Unit
from joinery.storage import apps, index_build, index_upkeep, job_states, table_work
from joinery.storage.filling import TABLE_WORK
from joinery.storage.job_states import FINISHED, JobState
from joinery.storage.record_tables import RecordTable
from joinery.storage.table_work import TableWork
from joinery.storage.workspaces import touch_apps


def start_table_work(unit: Unit, actor: Actor, works: Sequence[TableWork]) -> JobState | None:
    """Let a worker do the works in their order; None when there is nothing to do."""
    if not works:
        return None
    params = {"app": works[0].app, "works": [work.params for work in works]}
    return jobs.start_job(unit, actor, TABLE_WORK, params, total=len(works))


def start_missing_indexes(unit: Unit, actor: Actor) -> None:
    """Let a worker build what the rules of this release want, unless the workspace goes by them already."""
    if not index_upkeep.are_indexes_outdated(unit):
        return
    for installed in apps.list_apps(unit):
        apps.lock(unit, installed.key)
        # Whoever held the lock may have published.
        unit.forget_workspace()
        works = list(index_upkeep.missing_indexes(unit, apps.load(unit, installed.key)))
        start_table_work(unit, actor, works)
    index_upkeep.note_index_rules(unit)


class TableWorkUnfinished(Conflict):
    """What an earlier version asked of a table is not done yet (`form`, `version`, `job`)."""

    code = "table_work_unfinished"


def require_finished(unit: Unit, app: str, forms: Mapping[str, Form], touched: Collection[str]) -> None:
    """Raise TableWorkUnfinished when a job still works on the table of one of the `touched` forms.

    Its works go by field keys: a field that is renamed or changed once more under them would be left out.
    """
    for state in job_states.unfinished(unit, TABLE_WORK, {"app": app}):
        for work in state.params["works"][state.done :]:
            if work["form"] in touched:
                label = forms[work["form"]].label
                details = {"job": state.id, "form": work["form"]}
                raise TableWorkUnfinished(form=label, version=work["version"], job=state.id, details=details)


def run_table_work(services: Services, workspace: str, job: int) -> None:
    """Do the works, or what is left of them; every portion notes how far it is in its own transaction."""
    while step := _next(services, workspace, job):
        work, table, schema = step
        if work.kind == "build_index":
            if table is not None:
                index_build.build_index(services.database, schema, table, work.index)
            with services.unit(workspace) as unit:
                _note(unit, job_states.get(unit, job, lock=True), after=None)


def _next(services: Services, workspace: str, job: int) -> tuple[TableWork, RecordTable | None, str] | None:
    """Do a portion of the current work; None when all is done. Indexes are left to the caller."""
    with services.unit(workspace) as unit:
        state = job_states.get(unit, job, lock=True)
        if state.state in FINISHED:
            return None
        works = state.params["works"]
        if state.done == len(works):
            job_states.save(unit, job, state="done", finished_at=unit.now)
            return None
        if state.state == "waiting":
            job_states.save(unit, job, state="running", started_at=unit.now)
        work = TableWork(**works[state.done])
        table = open_app(unit, work.app).tables.get(work.form)
        if work.kind != "build_index":
            after = int(state.summary.get("after", 0))
            following = table_work.run_portion(unit, table, work, unit.now, after) if table else None
            _note(unit, state, following)
        assert unit.schema is not None, "jobs run in a workspace"
        return work, table, unit.schema


def _note(unit: Unit, state: JobState, after: int | None) -> None:
    """How far the work is: the place where a portion ended, or None when the work is done to its end."""
    if after is None:
        job_states.save(unit, state.id, done=state.done + 1, summary={**state.summary, "after": 0})
        # From the next request on readers use the column that was filled.
        touch_apps(unit)
    else:
        job_states.save(unit, state.id, summary={**state.summary, "after": after})
