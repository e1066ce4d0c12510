"""Handing over at once, or, where it is about many records, by a job that tells how far it is.

The job is one transaction all the same: a worker that dies leaves nothing half done, and another one begins
anew. Its progress is told beside that transaction.
"""

from collections.abc import Mapping
from typing import Any

from joinery.directory import Actor
from joinery.kernel import (
    Forbidden,
    NotFound,
    PlatformError,
    Unavailable,
    issue_message,
    to_json,
)
from joinery.runtime import jobs
from joinery.runtime.again import again
from joinery.runtime.handover.handing import check_plan, hand_over, plan_of
from joinery.runtime.handover.work import tasks_of
from joinery.runtime.people import members
from joinery.runtime.services import Services
from joinery.runtime.unit import Unit
from joinery.storage import directory, job_states
from joinery.storage.job_states import FINISHED

#: The kind of these jobs.
HANDOVER = "handover"
#: Records and tasks that change hands while somebody waits; more are left to a job.
AT_ONCE = 500


class _Stopped(Exception):
    """The job was cancelled, or somebody else did it."""


def start_handover(unit: Unit, actor: Actor, user_id: int, sent: Mapping[str, Any]) -> dict[str, Any]:
    """Hand over as the call says, or start the job for it (`job`), of which nothing is done yet.

    Somebody who is to be deactivated is at once, whoever does the rest. Raises as `hand_over` does.
    """
    plan = plan_of(user_id, sent)
    check_plan(directory.load(unit), actor, plan)
    total = sum(place.count for place, _ in plan.places(unit, actor))
    if plan.successor("tasks") is not None:
        total += len(tasks_of(unit, actor, user_id))
    if total <= AT_ONCE:
        return {"job": None, **hand_over(unit, actor, plan)}
    if plan.deactivate:
        user = directory.load(unit).user(user_id)
        if user is not None and user.active:
            members.deactivate_person(unit, actor, user_id, leaves_heads=True)
    params = {"user_id": user_id, "plan": dict(sent), "address": unit.address}
    state = jobs.start_job(unit, actor, HANDOVER, params, total=total)
    return {"job": state.id, "handed": [], "records": 0, "left": 0, "issues": []}


def run_handover(services: Services, workspace: str, job: int) -> None:
    """Do the job; its end and its error are in its row."""
    try:
        again(lambda: _run(services, workspace, job))
    except _Stopped:
        return
    except (Unavailable, NotFound):
        # The worker tries again when the database is back, and leaves alone what is about nothing any more.
        raise
    except PlatformError as error:
        _fail(services, workspace, job, error)


def _run(services: Services, workspace: str, job: int) -> None:
    with services.unit(workspace) as unit:
        state = job_states.get(unit, job, lock=True)
        if state.state in FINISHED:
            raise _Stopped
        job_states.save(unit, job, state="running", started_at=state.started_at or unit.now, done=0)
    with services.unit(workspace) as unit:
        actor = jobs.actor_of_job(unit, state)
        if not actor.administers_people:
            raise Forbidden(action=HANDOVER)
        unit.address = state.params.get("address")
        plan = plan_of(state.params["user_id"], state.params["plan"])
        result = hand_over(unit, actor, plan, _Teller(services, workspace, job))
        if job_states.get(unit, job, lock=True).state != "running":
            raise _Stopped
        job_states.save(
            unit,
            job,
            state="done",
            done=state.total or 0,
            finished_at=unit.now,
            summary=_summary(result, actor),
        )


def _summary(result: Mapping[str, Any], actor: Actor) -> dict[str, Any]:
    told = [issue_message(issue, actor.language) for issue in result["issues"]]
    return {
        "handed": to_json(result["handed"]),
        "records": result["records"],
        "left": result["left"],
        "problems": told,
    }


class _Teller:
    """Tells how far the job is, beside its transaction; stops it when it was cancelled."""

    def __init__(self, services: Services, workspace: str, job: int) -> None:
        self._services = services
        self._workspace = workspace
        self._job = job

    def __call__(self, records: int) -> None:
        with self._services.unit(self._workspace) as unit:
            if job_states.get(unit, self._job, lock=True).state != "running":
                raise _Stopped
            job_states.save(unit, self._job, done=records)


def _fail(services: Services, workspace: str, job: int, error: PlatformError) -> None:
    with services.unit(workspace) as unit:
        state = job_states.get(unit, job, lock=True)
        if state.state in FINISHED:
            return
        language = str(state.params.get("language") or "en")
        told = [issue_message(issue, language) for issue in error.issues]
        job_states.save(
            unit,
            job,
            state="failed",
            error=" ".join([error.message(language), *told[:3]]),
            finished_at=unit.now,
            summary={"problems": told},
        )
