"""Exports of very many records: a job writes the file, which is downloaded when it is done.

The job reads with the rights of its person at that time. The file is only for that person, for a day, and
only as long as he may export the same records and fields.
"""

import hashlib
import logging
from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import datetime, timedelta

from joinery.directory import Actor
from joinery.kernel import (
    Conflict,
    Forbidden,
    NotFound,
    PlatformError,
    Unavailable,
    issue_message,
)
from joinery.runtime import jobs
from joinery.runtime.kinds import JOB
from joinery.runtime.lists.exports import MEDIA_TYPES, ExportFile, Format, export_records
from joinery.runtime.lists.listing import Query, list_spec
from joinery.runtime.records.open_form import OpenForm, open_form
from joinery.runtime.services import Services
from joinery.runtime.unit import Unit
from joinery.storage import export_pieces, job_states, query_runner
from joinery.storage.job_states import FINISHED, JobState

#: The kind of these jobs.
EXPORT = "export"
#: How long a file is kept after its export was started.
KEPT = timedelta(days=1)
#: Bytes of a piece in the database, and records after which progress is told.
PIECE, TOLD_AFTER = 1_000_000, 5000

_log = logging.getLogger("joinery.exports")


class ExportNotReady(Conflict):
    """The job has no file: it has not ended."""

    code = "export_not_ready"


class ExportExpired(NotFound):
    """The file was there and is not kept any longer."""

    code = "export_expired"


class ExportRightsChanged(Forbidden):
    """The person may not export any more what is in the file."""

    code = "export_rights_changed"


class ExportBroken(PlatformError):
    """A mistake of ours, told to the person without its inner details."""

    code = "export_broken"


class _Stopped(Exception):
    """The job was cancelled."""


def start_export(
    services: Services, unit: Unit, actor: Actor, app: str, form: str, *, format: Format, query: Query
) -> JobState | None:
    """Start the job for what a query finds; None when that is so little that it comes at once.

    How little that is says the operator (`Settings.export_at_once`): seconds, in which a person looks on.

    Raises InvalidInput, NotFound and Forbidden as `export_records` does.
    """
    at = open_form(unit, actor, app, form, "export")
    spec = replace(list_spec(at, query), limit=1, cursor=None, count="exact", fields=("id",))
    scope = at.access.rows_for("export")
    found = query_runner.run_list(unit, at.table, spec, scope, at.evaluation).count or 0
    if found <= services.settings.export_at_once:
        return None
    export_pieces.forget_older(unit, unit.now - KEPT)
    params = {"app": app, "form": form, "format": format, "query": dict(query)}
    return jobs.start_job(unit, actor, EXPORT, params, total=found)


def run_export(services: Services, workspace: str, job: int) -> None:
    """Write the file of an export, from its beginning; its end and its error are in the job's row."""
    try:
        _write(services, workspace, job)
    except _Stopped:
        with services.unit(workspace) as unit:
            export_pieces.forget(unit, job)
    except Unavailable:
        # The worker tries again when the database is back.
        raise
    except PlatformError as error:
        _fail(services, workspace, job, error)
    except Exception as error:
        _log.exception("export %s in %s failed", job, workspace)
        _fail(services, workspace, job, ExportBroken(reason=type(error).__name__))


def download(services: Services, unit: Unit, actor: Actor, job_id: int) -> ExportFile:
    """The file of an export of one's own.

    Raises NotFound for any other job, ExportNotReady before it has ended, ExportExpired afterwards,
    ExportRightsChanged when the person may not export the same any more.
    """
    state = jobs.visible_job(unit, actor, job_id)
    if state.kind != EXPORT or state.created_by != actor.user_id:
        raise NotFound(kind=JOB)
    if state.state != "done":
        raise ExportNotReady()
    if unit.now > _expiry(state):
        raise ExportExpired(kind=JOB)
    at = open_form(unit, actor, state.params["app"], state.params["form"], "export")
    if _rights(at) != state.summary["rights"]:
        raise ExportRightsChanged(action=EXPORT)
    return ExportFile(
        name=state.summary["file_name"],
        media_type=MEDIA_TYPES[state.params["format"]],
        content=_pieces(services, actor.workspace, job_id),
    )


def _write(services: Services, workspace: str, job: int) -> None:
    with services.unit(workspace) as unit:
        state = job_states.get(unit, job, lock=True)
        if state.state in FINISHED:
            return
        job_states.save(unit, job, state="running", started_at=state.started_at or unit.now, done=0)
        export_pieces.forget(unit, job)
        actor = jobs.actor_of_job(unit, state)
        params = state.params
        rights = _rights(open_form(unit, actor, params["app"], params["form"], "export"))
        file = export_records(
            services,
            unit,
            actor,
            params["app"],
            params["form"],
            format=params["format"],
            query=params["query"],
            progress=_Teller(services, workspace, job),
        )
    size = 0
    for number, piece in enumerate(_cut(file.content)):
        size += len(piece)
        with services.unit(workspace) as unit:
            _require_running(unit, job)
            export_pieces.add(unit, job, number, piece)
    with services.unit(workspace) as unit:
        state = _require_running(unit, job)
        job_states.save(
            unit,
            job,
            state="done",
            done=state.total or 0,
            finished_at=unit.now,
            summary={
                "file_name": file.name,
                "size": size,
                "rights": rights,
                "expires_at": _expiry(state).isoformat(),
            },
        )


class _Teller:
    """Tells how far the file is, now and then, beside the transaction that reads the records."""

    def __init__(self, services: Services, workspace: str, job: int) -> None:
        self._services = services
        self._workspace = workspace
        self._job = job
        self._told = 0

    def __call__(self, records: int) -> None:
        if records - self._told < TOLD_AFTER:
            return
        self._told = records
        with self._services.unit(self._workspace) as unit:
            _require_running(unit, self._job)
            job_states.save(unit, self._job, done=records)


def _require_running(unit: Unit, job: int) -> JobState:
    state = job_states.get(unit, job, lock=True)
    if state.state != "running":
        raise _Stopped
    return state


def _cut(content: Iterable[bytes]) -> Iterator[bytes]:
    """The same bytes in pieces of about the same size."""
    waiting: list[bytes] = []
    size = 0
    for block in content:
        waiting.append(block)
        size += len(block)
        if size >= PIECE:
            yield b"".join(waiting)
            waiting, size = [], 0
    if waiting:
        yield b"".join(waiting)


def _pieces(services: Services, workspace: str, job: int) -> Iterator[bytes]:
    number = 0
    while True:
        with services.unit(workspace) as unit:
            piece = export_pieces.read(unit, job, number)
        if piece is None:
            return
        yield piece
        number += 1


def _expiry(state: JobState) -> datetime:
    return state.created_at + KEPT


def _rights(at: OpenForm) -> str:
    """What decides which records and fields somebody may export, as a fingerprint."""
    rows = at.access.rows_for("export")
    condition = rows.condition.text if rows.condition else ""
    masked = (f"{key} {mask}" for key, mask in at.access.masked.items())
    groups = (f"{key} {condition.text}" for key, condition in rows.groups)
    here = (at, *(at.beside(form.key) for form in at.form.line_forms.values()))
    varying = (f"{one.access.varying.told()}" for one in here if one.access.varying is not None)
    told = "\n".join((rows.kind, condition, *sorted(at.access.readable), *sorted(masked), *groups, *varying))
    return hashlib.sha256(told.encode()).hexdigest()[:32]


def _fail(services: Services, workspace: str, job: int, error: PlatformError) -> None:
    """Note why a job stopped; it can be resumed."""
    with services.unit(workspace) as unit:
        export_pieces.forget(unit, job)
        state = job_states.get(unit, job, lock=True)
        if state.state not in FINISHED:
            language = str(state.params.get("language") or "en")
            sentences = [error.message(language), *(issue_message(each, language) for each in error.issues)]
            job_states.save(unit, job, state="failed", error=" ".join(sentences[:5]), finished_at=unit.now)
