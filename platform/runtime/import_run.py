"""The job that imports a file, some portions at a time.

They are one transaction with their records, their failed rows and how far the job is. So a job that was
killed goes on exactly where it stopped, and two workers that both believe to have it cannot both write.
While the database stores one portion of a transaction, the next one is prepared (see `write_behind`).
"""

import logging
from collections.abc import Mapping, Sequence
from contextlib import suppress
from itertools import islice
from typing import Any, BinaryIO

from joinery.definitions import owner_key
from joinery.kernel import Conflict, Issue, PlatformError, Unavailable, issue_message, label_key, to_json
from joinery.runtime import jobs
from joinery.runtime.holding import followed_relations
from joinery.runtime.import_failures import failures_file
from joinery.runtime.import_files import open_stored, store_file
from joinery.runtime.import_order import ImportOrder, check_order, order_of
from joinery.runtime.import_reader import Source, SourceRow, open_source
from joinery.runtime.import_rehearsal import Rehearsal
from joinery.runtime.import_write import Outcome, write_rows
from joinery.runtime.open_form import OpenForm, open_form
from joinery.runtime.record_past import PastOf
from joinery.runtime.services import Services
from joinery.runtime.unit import Unit
from joinery.storage import job_states
from joinery.storage.database_errors import is_retryable
from joinery.storage.job_states import FINISHED, Failure, JobState

#: Rows that are checked and stored together: enough that the queries for all of them do not count.
PORTION = 1000
#: Portions in one transaction when the rows touch nothing else: enough that preparing and storing overlap
#: most of the time, few enough that progress moves and that nobody waits long for a running number.
TOGETHER = 5

_ATTEMPTS = 4
_NOT_IMPORTED = {"en": "not imported", "zh": "未导入"}
_COUNTS = ("created", "updated", "unchanged", "failed", "padded")

_log = logging.getLogger("joinery.imports")


def run_import(services: Services, workspace: str, job: int, *, past: PastOf | None = None) -> None:
    """Do an import, or what is left of it; its end and its error are in the job's row.

    `past` tells what happened to the new records before they came here (see `record_past`).
    """
    try:
        _Run(services, workspace, job, past).run()
    except Unavailable:
        # The worker tries again when the database is back.
        raise
    except PlatformError as error:
        _fail(services, workspace, job, error)
    except Exception as error:
        _log.exception("import %s in %s failed", job, workspace)
        _fail(services, workspace, job, ImportBroken(reason=type(error).__name__))


class ImportBroken(PlatformError):
    """A mistake of ours, told to the person without its inner details."""

    code = "import_broken"


class _Superseded(Exception):
    """Somebody else works on the job, or it was cancelled."""


class _Run:
    """One worker's work on one job."""

    def __init__(self, services: Services, workspace: str, job: int, past: PastOf | None) -> None:
        self._services = services
        self._past = past
        self._workspace = workspace
        self._job = job
        self._rehearsal = Rehearsal()

    def run(self) -> None:
        try:
            order, stream = self._begin()
            with stream:
                source = open_source(
                    stream, encoding=order.encoding, delimiter=order.delimiter, sheet=order.sheet
                )
                self._write_all(order, source)
            self._finish(source.columns)
        except _Superseded:
            return

    def _write_all(self, order: ImportOrder, source: Source) -> None:
        position, size = self._check(order, source)
        rows = islice(source.rows(), position, None)
        while part := list(islice(rows, size)):
            self._write(order, source, part, position)
            position += len(part)

    def _begin(self) -> tuple[ImportOrder, BinaryIO]:
        """Mark the job as running and fetch its file."""
        with self._services.unit(self._workspace) as unit:
            state = job_states.get(unit, self._job, lock=True)
            if state.state in FINISHED:
                raise _Superseded
            order = order_of(state.params)
            summary = {**dict.fromkeys(_COUNTS, 0), "next_row": 0, **state.summary}
            if order.dry_run:
                # What an unfinished rehearsal has seen is gone with its process: it starts anew.
                summary |= {**dict.fromkeys(_COUNTS, 0), "next_row": 0}
                job_states.forget_failures(unit, self._job)
            job_states.save(
                unit,
                self._job,
                state="running",
                started_at=state.started_at or unit.now,
                done=summary["next_row"],
                summary=summary,
            )
            return order, open_stored(unit, jobs.actor_of_job(unit, state), order.file_id)[1]

    def _check(self, order: ImportOrder, source: Source) -> tuple[int, int]:
        """Check the order again (rights and form may have changed).

        Gives the row with which to go on, and how many rows to take in one transaction.
        """
        with self._services.unit(self._workspace) as unit:
            state, at = self._open(unit, order)
            check_order(order, source.columns, at)
            return state.summary["next_row"], PORTION * TOGETHER if _stands_alone(order, at) else PORTION

    def _open(self, unit: Unit, order: ImportOrder, position: int | None = None) -> tuple[JobState, OpenForm]:
        """The job, locked, and the form; stops when the job was cancelled or another worker is ahead."""
        state = job_states.get(unit, self._job, lock=True)
        if state.state != "running" or position not in (None, state.summary["next_row"]):
            raise _Superseded
        return state, open_form(unit, jobs.actor_of_job(unit, state), order.app, order.form, "import")

    def _write(self, order: ImportOrder, source: Source, rows: Sequence[SourceRow], position: int) -> None:
        """One transaction, again when it met a lock or a value that somebody else just took."""
        for attempt in range(1, _ATTEMPTS + 1):
            try:
                if order.dry_run:
                    self._rehearse(order, source, rows, position)
                else:
                    self._save(order, source, rows, position)
                return
            except PlatformError as error:
                self._rehearsal.forget()
                if attempt == _ATTEMPTS or not (is_retryable(error) or isinstance(error, Conflict)):
                    raise

    def _save(self, order: ImportOrder, source: Source, rows: Sequence[SourceRow], position: int) -> None:
        with self._services.unit(self._workspace) as unit:
            state, at = self._open(unit, order, position)
            outcomes: list[Outcome] = []
            for start in range(0, len(rows), PORTION):
                portion = rows[start : start + PORTION]
                outcomes += write_rows(at, order, source.columns, portion, past=self._past)
            self._note(unit, state, rows, outcomes, order)

    def _rehearse(self, order: ImportOrder, source: Source, rows: Sequence[SourceRow], position: int) -> None:
        """Do everything and take it back; only the counts stay."""
        outcomes: list[Outcome] = []
        with suppress(_TakeBack), self._services.unit(self._workspace) as unit:
            _, at = self._open(unit, order, position)
            outcomes = write_rows(at, order, source.columns, rows, rehearsal=self._rehearsal)
            raise _TakeBack
        self._rehearsal.keep()
        with self._services.unit(self._workspace) as unit:
            state, _ = self._open(unit, order, position)
            self._note(unit, state, rows, outcomes, order)

    def _note(
        self,
        unit: Unit,
        state: JobState,
        rows: Sequence[SourceRow],
        outcomes: Sequence[Outcome],
        order: ImportOrder,
    ) -> None:
        """Keep what became of each row, and where the next portion begins."""
        summary = dict(state.summary)
        for row, outcome in zip(rows, outcomes, strict=True):
            summary[outcome.kind] += 1
            summary["padded"] += row.padded
        summary["next_row"] += len(rows)
        column_of = {key: column for column, key in order.mapping.items()}
        failed = [
            Failure(
                row_number=row.number,
                cells=[cell.replace("\0", "\ufffd") for cell in row.cells],
                issues=[_stored(each, column_of) for each in outcome.issues],
            )
            for row, outcome in zip(rows, outcomes, strict=True)
            if outcome.issues
        ]
        job_states.add_failures(unit, self._job, failed)
        job_states.save(unit, self._job, done=summary["next_row"], summary=summary)

    def _finish(self, columns: Sequence[str]) -> None:
        with self._services.unit(self._workspace) as unit:
            state = job_states.get(unit, self._job, lock=True)
            if state.state != "running":
                raise _Superseded
            file_id = _keep_failures(unit, state, columns)
            job_states.save(unit, self._job, state="done", finished_at=unit.now, file_id=file_id)
            job_states.forget_failures(unit, self._job)


def _stands_alone(order: ImportOrder, at: OpenForm) -> bool:
    """Whether the rows touch no stored record, so that several portions may share a transaction.

    Each portion holds what it touches in one order, but two portions together do not: somebody who saves the
    same records meanwhile could wait in a circle with them. A dry run is taken back portion by portion.
    """
    touches = {owner_key(key) for key in followed_relations(at)}.intersection(order.mapping.values())
    return order.mode == "add" and not order.dry_run and not touches


class _TakeBack(Exception):
    """Ends the transaction of a dry run without a trace."""


def _stored(issue: Issue, column_of: Mapping[str, str]) -> dict[str, Any]:
    """An issue as JSON, its path turned into the name of the column when it came from one."""
    params: dict[str, Any] = to_json(dict(issue.params))
    column = column_of.get(issue.path[1:], "")
    return {"path": column, "code": issue.code, "params": params}


def _keep_failures(unit: Unit, state: JobState, columns: Sequence[str]) -> int | None:
    """Make the file of failed rows, in the language of who started the job; None when none failed."""
    if not state.summary["failed"]:
        return None
    actor = jobs.actor_of_job(unit, state)
    content = failures_file(columns, job_states.failures(unit, state.id), actor.language)
    name = str(state.params["file_name"]).rsplit(".", 1)[0]
    return store_file(unit, actor, f"{name} ({_NOT_IMPORTED[label_key(actor.language)]}).csv", content)


def _fail(services: Services, workspace: str, job: int, error: PlatformError) -> None:
    """Note why a job stopped; it can be resumed."""
    with services.unit(workspace) as unit:
        state = job_states.get(unit, job, lock=True)
        if state.state not in FINISHED:
            language = str(state.params.get("language") or "en")
            sentences = [error.message(language), *(issue_message(each, language) for each in error.issues)]
            job_states.save(unit, job, state="failed", error=" ".join(sentences[:5]), finished_at=unit.now)
