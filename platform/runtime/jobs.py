"""Jobs as people see them: start, watch, cancel, resume."""

from collections.abc import Mapping
from typing import Any

import sqlalchemy as sa

from joinery.directory import Actor
from joinery.kernel import Conflict, Forbidden, NotFound, PlatformError, to_json
from joinery.runtime.kinds import JOB
from joinery.runtime.unit import Unit
from joinery.storage import directory, job_states
from joinery.storage.job_states import FINISHED, JobState
from joinery.storage.workspace_tables import file as file_table

#: Largest number that is the id of anything.
_LARGEST_ID = 2**63 - 1


def start_job(
    unit: Unit, actor: Actor, kind: str, params: Mapping[str, Any], *, total: int | None = None
) -> JobState:
    """A job that a worker does once this transaction is committed, with the rights of the actor."""
    state = job_states.create(
        unit,
        kind=kind,
        params={**params, "language": actor.language},
        created_by=actor.user_id,
        at=unit.now,
        total=total,
    )
    unit.defer(kind, {"job": state.id})
    return state


def read_job(unit: Unit, actor: Actor, job_id: int) -> dict[str, Any]:
    """How far a job is; only who started it and administrators may know. Raises NotFound."""
    return job_json(unit, visible_job(unit, actor, job_id))


def cancel_job(unit: Unit, actor: Actor, job_id: int) -> dict[str, Any]:
    """Stop a job; what it has done stays. A job that has finished is left as it is."""
    state = visible_job(unit, actor, job_id, lock=True)
    if state.state not in FINISHED:
        job_states.save(unit, job_id, state="cancelled", finished_at=unit.now)
    return read_job(unit, actor, job_id)


def resume_job(unit: Unit, actor: Actor, job_id: int) -> dict[str, Any]:
    """Let a job that failed or was cancelled go on where it stopped; raises Conflict for any other."""
    state = visible_job(unit, actor, job_id, lock=True)
    if state.state not in ("failed", "cancelled"):
        raise JobNotStopped()
    job_states.save(
        unit,
        job_id,
        state="waiting",
        error=None,
        finished_at=None,
        summary={**state.summary, "resumed_from": state.done},
    )
    unit.defer(state.kind, {"job": job_id})
    return read_job(unit, actor, job_id)


def fail_job(unit: Unit, job_id: int, error: PlatformError) -> None:
    """Note why a job stopped, in its person's language; one that has finished is left as it is."""
    state = job_states.get(unit, job_id, lock=True)
    if state.state not in FINISHED:
        sentence = error.message(str(state.params.get("language") or "en"))
        job_states.save(unit, job_id, state="failed", error=sentence, finished_at=unit.now)


class JobNotStopped(Conflict):
    """Only a job that stopped can be resumed."""

    code = "job_not_stopped"


def job_json(unit: Unit, state: JobState) -> dict[str, Any]:
    """A job as the API shows it; names and ids in `summary` are its kind's own."""
    shown = {
        "id": state.id,
        "kind": state.kind,
        "state": state.state,
        "done": state.done,
        "total": state.total,
        "app": state.params.get("app"),
        "form": state.params.get("form"),
        "dry_run": bool(state.params.get("dry_run")),
        "summary": state.summary,
        "error": state.error,
        "file": _file(unit, state.file_id),
        "created_at": state.created_at,
        "started_at": state.started_at,
        "finished_at": state.finished_at,
    }
    return to_json(shown)  # type: ignore[no-any-return]


def actor_of_job(unit: Unit, state: JobState) -> Actor:
    """Who started a job, with the rights of this moment; raises Forbidden when the person has left.

    A job without a person was started by the operator and may do everything.
    """
    language = str(state.params.get("language") or "en")
    if state.created_by is None:
        return Actor(
            user_id=None, name="joinery", is_admin=True, language=language, workspace=unit.workspace.key
        )
    actor = directory.load(unit).actor(state.created_by, language=language, workspace=unit.workspace.key)
    if actor is None:
        raise Forbidden(action=state.kind)
    return actor


def visible_job(unit: Unit, actor: Actor, job_id: int, *, lock: bool = False) -> JobState:
    """A job of one's own, to administrators of its app any; raises NotFound."""
    if not 0 < job_id <= _LARGEST_ID:
        raise NotFound(kind=JOB)
    state = job_states.get(unit, job_id, lock=lock)
    app = state.params.get("app")
    own = actor.is_admin or state.created_by == actor.user_id or (app and actor.administers(app))
    if not own or (actor.apps is not None and app not in actor.apps):
        raise NotFound(kind=JOB)
    return state


def _file(unit: Unit, file_id: int | None) -> dict[str, Any] | None:
    if file_id is None:
        return None
    name = unit.connection.execute(
        sa.select(file_table.c.name).where(file_table.c.id == file_id)
    ).scalar_one()
    return {"id": file_id, "name": name}
