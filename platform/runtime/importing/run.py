"""The job that imports files, some portions at a time, one file after the other.

Portions are one transaction with their records, their failed rows and how far the job is. So a job that was
killed goes on exactly where it stopped, and two workers that both believe to have it cannot both write.
While the database stores one portion of a transaction, the next one is prepared (see `write_behind`).
"""

import logging
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from copy import deepcopy
from dataclasses import replace
from itertools import islice
from typing import Any

from joinery.definitions import owner_key
from joinery.kernel import Conflict, PlatformError, Unavailable, issue_message, label_key
from joinery.runtime import jobs
from joinery.runtime.importing.failures import failures_file
from joinery.runtime.importing.files import open_stored, store_file
from joinery.runtime.importing.order import ImportOrder, check_order, order_of
from joinery.runtime.importing.reader import Source, open_source
from joinery.runtime.importing.rehearsal import Rehearsal, named_forms
from joinery.runtime.importing.row_groups import Grouping, RowGroup, portions, row_count
from joinery.runtime.importing.tally import Summary, first_summary, tally
from joinery.runtime.importing.targets import subforms_in
from joinery.runtime.importing.write import Outcome, Written, write_rows
from joinery.runtime.records.holding import followed_relations
from joinery.runtime.records.open_form import OpenForm, open_form
from joinery.runtime.records.past import PastOf
from joinery.runtime.services import Services
from joinery.runtime.unit import Unit
from joinery.storage import import_traces, job_states
from joinery.storage.database_errors import is_retryable
from joinery.storage.import_traces import Trace
from joinery.storage.job_states import FINISHED, Failure, JobState

#: Rows that are checked and stored together: enough that the queries for all of them do not count.
PORTION = 1000
#: Portions in one transaction when the rows touch nothing else: enough that preparing and storing overlap
#: most of the time, few enough that progress moves and that nobody waits long for a running number.
TOGETHER = 5
#: Up to this many rows a dry run is the import itself, taken back at its end: a few seconds in which others
#: may wait for a running number. A larger one is taken back portion by portion.
REHEARSED_AT_ONCE = 25_000

_ATTEMPTS = 4
_NOT_IMPORTED = {"en": "not imported", "zh": "未导入"}

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


class _TakeBack(Exception):
    """Ends the transaction of a dry run without a trace."""


class _Run:
    """One worker's work on one job."""

    def __init__(self, services: Services, workspace: str, job: int, past: PastOf | None) -> None:
        self._services = services
        self._past = past
        self._workspace = workspace
        self._job = job
        #: Of a dry run that is taken back portion by portion.
        self._rehearsal: Rehearsal | None = None
        self._orders: Sequence[ImportOrder] = ()
        self._language = "en"
        self._columns: dict[int, Sequence[str]] = {}

    def run(self) -> None:
        try:
            orders, first, total = self._begin()
            self._orders = orders
            if orders[0].dry_run and (total or 0) <= REHEARSED_AT_ONCE:
                self._rehearse_all(orders)
            else:
                for part in range(first, len(orders)):
                    with self._source(orders[part], part) as source:
                        self._write_all(orders[part], source, part)
            self._finish(orders)
        except _Superseded:
            return

    def _begin(self) -> tuple[list[ImportOrder], int, int | None]:
        """Mark the job as running; its orders, the place of the first unfinished one, and the rows of all."""
        with self._services.unit(self._workspace) as unit:
            state = job_states.get(unit, self._job, lock=True)
            if state.state in FINISHED:
                raise _Superseded
            parts = _parts(state)
            orders = [order_of(part) for part in parts]
            summary = {**first_summary(parts), **state.summary}
            if orders[0].dry_run:
                # What an unfinished rehearsal has seen is gone with its process: it starts anew.
                summary |= first_summary(parts)
                job_states.forget_failures(unit, self._job)
            self._language = str(state.params.get("language") or "en")
            job_states.save(
                unit,
                self._job,
                state="running",
                started_at=state.started_at or unit.now,
                done=0 if orders[0].dry_run else state.done,
                summary=summary,
            )
            return orders, summary["part"], state.total

    @contextmanager
    def _source(self, order: ImportOrder, part: int) -> Iterator[Source]:
        """The file of an order, opened, its name and its reader's choices in mind."""
        with self._services.unit(self._workspace) as unit:
            actor = jobs.actor_of_job(unit, job_states.get(unit, self._job))
            stream = open_stored(unit, actor, order.file_id)[1]
        with stream:
            source = open_source(
                stream, encoding=order.encoding, delimiter=order.delimiter, sheet=order.sheet
            )
            self._columns[part] = source.columns
            yield source

    def _write_all(self, order: ImportOrder, source: Source, part: int) -> None:
        position, size = self._check(order, source, part)
        rows = islice(source.rows(), position, None)
        for taken in portions(Grouping(order, source.columns).groups(rows), size):
            self._write(order, source, taken, part, position)
            position += row_count(taken)
        self._next_part(part)

    def _check(self, order: ImportOrder, source: Source, part: int) -> tuple[int, int]:
        """Check the order again (rights and form may have changed).

        Gives the row with which to go on, and how many rows to take in one transaction.
        """
        with self._services.unit(self._workspace) as unit:
            state, at = self._open(unit, order, part)
            check_order(order, source.columns, at)
            return state.summary["next_row"], PORTION * TOGETHER if _stands_alone(order, at) else PORTION

    def _next_part(self, part: int) -> None:
        with self._services.unit(self._workspace) as unit:
            state = self._state(unit, part)
            job_states.save(unit, self._job, summary={**state.summary, "part": part + 1, "next_row": 0})

    def _state(self, unit: Unit, part: int, position: int | None = None) -> JobState:
        """The job, locked; stops when the job was cancelled or another worker is ahead."""
        state = job_states.get(unit, self._job, lock=True)
        ahead = state.summary["part"] != part or position not in (None, state.summary["next_row"])
        if state.state != "running" or ahead:
            raise _Superseded
        return state

    def _open(
        self, unit: Unit, order: ImportOrder, part: int, position: int | None = None
    ) -> tuple[JobState, OpenForm]:
        state = self._state(unit, part, position)
        return state, open_form(unit, jobs.actor_of_job(unit, state), order.app, order.form, "import")

    def _write(
        self, order: ImportOrder, source: Source, groups: Sequence[RowGroup], part: int, position: int
    ) -> None:
        """One transaction, again when it met a lock or a value that somebody else just took."""
        for attempt in range(1, _ATTEMPTS + 1):
            try:
                if order.dry_run:
                    self._rehearse(order, source, groups, part, position)
                else:
                    self._save(order, source, groups, part, position)
                return
            except PlatformError as error:
                if self._rehearsal is not None:
                    self._rehearsal.forget()
                if attempt == _ATTEMPTS or not _may_try_again(error):
                    raise

    def _save(
        self, order: ImportOrder, source: Source, groups: Sequence[RowGroup], part: int, position: int
    ) -> None:
        with self._services.unit(self._workspace) as unit:
            state, at = self._open(unit, order, part, position)
            summary = deepcopy(dict(state.summary))
            failed: list[Failure] = []
            for portion in portions(groups, PORTION):
                written = write_rows(at, order, source.columns, portion, past=self._past)
                failed += self._count(summary, portion, written, order)
                import_traces.add_many(unit, self._job, _traces(order.form, written))
            self._note(unit, state, summary, failed, row_count(groups))

    def _rehearse(
        self, order: ImportOrder, source: Source, groups: Sequence[RowGroup], part: int, position: int
    ) -> None:
        """Do everything and take it back; only the counts stay."""
        written: Written | None = None
        with suppress(_TakeBack), self._services.unit(self._workspace) as unit:
            _, at = self._open(unit, order, part, position)
            rehearsal = self._rehearsal or Rehearsal(named_forms(at.app.compiled.forms, self._orders))
            self._rehearsal = rehearsal
            written = write_rows(at, order, source.columns, groups, rehearsal=rehearsal)
            raise _TakeBack
        assert written is not None, "the transaction is only taken back when it is through"
        related = rehearsal.note_related(written.related)
        rehearsal.keep()
        with self._services.unit(self._workspace) as unit:
            state = self._state(unit, part, position)
            summary = deepcopy(dict(state.summary))
            failed = tally(summary, groups, written, order, self._language, related)
            self._note(unit, state, summary, failed, row_count(groups))

    def _rehearse_all(self, orders: Sequence[ImportOrder]) -> None:
        """Do the whole import in one transaction and take it back, so that nothing has to be guessed."""
        for attempt in range(1, _ATTEMPTS + 1):
            try:
                self._rehearse_once(orders)
                return
            except PlatformError as error:
                if attempt == _ATTEMPTS or not _may_try_again(error):
                    raise

    def _rehearse_once(self, orders: Sequence[ImportOrder]) -> None:
        failed: list[Failure] = []
        with self._services.unit(self._workspace) as unit:
            state = job_states.get(unit, self._job)
            summary = first_summary(_parts(state))
        with suppress(_TakeBack), self._services.unit(self._workspace) as unit:
            actor = jobs.actor_of_job(unit, state)
            done = 0
            for part, order in enumerate(orders):
                summary |= {"part": part, "next_row": 0}
                with self._source(order, part) as source:
                    at = open_form(unit, actor, order.app, order.form, "import")
                    check_order(order, source.columns, at)
                    groups = Grouping(order, source.columns).groups(source.rows())
                    for taken in portions(groups, PORTION):
                        written = write_rows(at, order, source.columns, taken)
                        failed += self._count(summary, taken, written, order)
                        done += row_count(taken)
                        self._tell_progress(done)
            raise _TakeBack
        with self._services.unit(self._workspace) as unit:
            if job_states.get(unit, self._job, lock=True).state != "running":
                raise _Superseded
            job_states.forget_failures(unit, self._job)
            job_states.add_failures(unit, self._job, failed)
            summary["part"] = len(orders)
            job_states.save(unit, self._job, summary=summary)

    def _tell_progress(self, done: int) -> None:
        """How far a dry run is, beside its own transaction; stops when it was cancelled."""
        with self._services.unit(self._workspace) as unit:
            if job_states.get(unit, self._job, lock=True).state != "running":
                raise _Superseded
            job_states.save(unit, self._job, done=done)

    def _count(
        self, summary: Summary, groups: Sequence[RowGroup], written: Written, order: ImportOrder
    ) -> list[Failure]:
        related = {form: len(ids) for form, ids in written.related.ids.items()}
        return tally(summary, groups, written, order, self._language, related)

    def _note(
        self, unit: Unit, state: JobState, summary: Summary, failed: Sequence[Failure], rows: int
    ) -> None:
        """Keep what became of each row, and where the next portion begins."""
        job_states.add_failures(unit, self._job, failed)
        job_states.save(unit, self._job, done=state.done + rows, summary=summary)

    def _finish(self, orders: Sequence[ImportOrder]) -> None:
        with self._services.unit(self._workspace) as unit:
            state = job_states.get(unit, self._job, lock=True)
            if state.state != "running":
                raise _Superseded
            summary = deepcopy(dict(state.summary))
            first: int | None = None
            for part, order in enumerate(orders):
                if not summary["parts"][part]["failed"]:
                    continue
                if part not in self._columns:
                    with self._source(order, part):
                        pass
                stored = _keep_failures(unit, state, part, self._columns[part])
                summary["parts"][part]["file"] = stored
                first = first or int(stored["id"])
            job_states.save(
                unit, self._job, state="done", finished_at=unit.now, file_id=first, summary=summary
            )
            job_states.forget_failures(unit, self._job)


def _parts(state: JobState) -> list[dict[str, Any]]:
    """The parameters of each file of an import."""
    return list(state.params.get("parts") or [state.params])


def _may_try_again(error: PlatformError) -> bool:
    return is_retryable(error) or isinstance(error, Conflict)


def _stands_alone(order: ImportOrder, at: OpenForm) -> bool:
    """Whether the rows touch no stored record, so that several portions may share a transaction.

    Each portion holds what it touches in one order, but two portions together do not: somebody who saves the
    same records meanwhile could wait in a circle with them. A dry run is taken back portion by portion.
    """
    if subforms_in(order.mapping.values()):
        return False
    touches = {owner_key(key) for key in followed_relations(at)}.intersection(order.mapping.values())
    creates = any(choice.create_missing for choice in order.columns.values())
    return order.mode == "add" and not order.dry_run and not touches and not creates


def _traces(form: str, written: Written) -> list[Trace]:
    """What a portion did, in the order in which it can be undone backwards."""
    outcomes = [one for one in written.outcomes if one.record_id is not None]
    created = [one for one in outcomes if one.kind == "created"]
    updated: dict[int, Outcome] = {}
    for one in outcomes:
        if one.kind == "updated":
            # A record that several rows changed: the first knows its earlier values, the last its revision.
            first = updated.get(one.record_id or 0)
            before = {**(one.before or {}), **((first.before if first else None) or {})}
            updated[one.record_id or 0] = replace(one, before=before)
    return [
        *(
            Trace(form=of, kind="related", record_ids=ids, revisions=[1] * len(ids))
            for of, ids in written.related.ids.items()
        ),
        Trace(
            form=form,
            kind="created",
            record_ids=[one.record_id or 0 for one in created],
            revisions=[one.revision for one in created],
        ),
        Trace(
            form=form,
            kind="updated",
            record_ids=list(updated),
            revisions=[one.revision for one in updated.values()],
            before=[one.before or {} for one in updated.values()],
        ),
    ]


def _keep_failures(unit: Unit, state: JobState, part: int, columns: Sequence[str]) -> dict[str, Any]:
    """Make the file of a part's failed rows, in the language of who started the job; its id and name."""
    actor = jobs.actor_of_job(unit, state)
    content = failures_file(columns, job_states.failures(unit, state.id, part), actor.language)
    name = str(_parts(state)[part].get("file_name") or "import").rsplit(".", 1)[0]
    title = f"{name} ({_NOT_IMPORTED[label_key(actor.language)]}).csv"
    return {"id": store_file(unit, actor, title, content), "name": title}


def _fail(services: Services, workspace: str, job: int, error: PlatformError) -> None:
    """Note why a job stopped; it can be resumed."""
    with services.unit(workspace) as unit:
        state = job_states.get(unit, job, lock=True)
        if state.state not in FINISHED:
            language = str(state.params.get("language") or "en")
            sentences = [error.message(language), *(issue_message(each, language) for each in error.issues)]
            job_states.save(unit, job, state="failed", error=" ".join(sentences[:5]), finished_at=unit.now)
