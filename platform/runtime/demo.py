"""The demo workspace: people, the bundled suite, the sample data, and generated leads.

Every step notes that it is done in the transaction that does it, so a start that was killed in the
middle goes on at the next start, and a finished workspace is left alone.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from itertools import groupby
from typing import Any

from joinery.directory import Actor
from joinery.kernel import Misconfigured
from joinery.runtime import demo_deals, demo_people, import_run, jobs, publishing
from joinery.runtime.demo_leads import DemoLead, make_leads
from joinery.runtime.demo_writing import LeadWriter
from joinery.runtime.import_files import store_file
from joinery.runtime.import_order import ImportOrder
from joinery.runtime.imports import IMPORT, start_import
from joinery.runtime.services import Services
from joinery.runtime.unit import Unit
from joinery.storage import apps, create_workspace, directory, job_states, list_workspaces
from joinery.storage.job_states import JobState

WORKSPACE = "demo"
SUITE = "crm_ltc"

DEFAULT_LEADS = 5_000
#: Leads in one transaction.
PORTION = 1_000

_LEADS = "demo_leads"
_ACTOR = Actor(user_id=None, name="joinery", is_admin=True, workspace=WORKSPACE)

#: Told what is being done: a sentence without a full stop.
Say = Callable[[str], None]


def prepare_demo(services: Services, *, leads: int = DEFAULT_LEADS, say: Say) -> None:
    """Make the demo workspace, or what is missing of it; `leads` is how many it shall have at least."""
    # Jobs of the demo are done here and now, so no worker is told about them.
    services = replace(services, defer=_keep)
    _make_workspace(services, say)
    for table in demo_deals.tables():
        _import(services, table, say)
    _generate(services, leads, say)


def _keep(unit: Unit, kind: str, arguments: Mapping[str, Any]) -> None:
    """Enqueue nothing."""


def _make_workspace(services: Services, say: Say) -> None:
    """Workspace, people and the suite's tables, each unless it is there."""
    with services.unit(None) as unit:
        if all(found.key != WORKSPACE for found in list_workspaces(unit)):
            say("Making the demo workspace")
            create_workspace(
                unit,
                WORKSPACE,
                name="Joinery Demo",
                at=unit.now,
                time_zone="Asia/Shanghai",
                currency="CNY",
                language="en",
                demo=True,
            )
    with services.unit(WORKSPACE) as unit:
        if not directory.load(unit).users:
            demo_people.add_people(unit)
    with services.unit(WORKSPACE) as unit:
        if all(installed.key != SUITE for installed in apps.list_apps(unit)):
            publishing.install_suite(unit, _ACTOR, suite=SUITE)


def _import(services: Services, table: demo_deals.Table, say: Say) -> None:
    """Bring a table in through the product's own import; go on with an import that was killed."""
    with services.unit(WORKSPACE) as unit:
        state = job_states.find_last(unit, IMPORT, {"file_name": table.name})
        if state is None:
            say(f"Importing {len(table.rows):,} rows of {table.name}")
            state = _start(unit, table)
    if state.state == "done":
        return
    if state.state in ("failed", "cancelled"):
        with services.unit(WORKSPACE) as unit:
            jobs.resume_job(unit, _ACTOR, state.id)
    import_run.run_import(services, WORKSPACE, state.id)
    with services.unit(WORKSPACE) as unit:
        _require_complete(table, job_states.get(unit, state.id))


def _start(unit: Unit, table: demo_deals.Table) -> JobState:
    order = ImportOrder(
        app=SUITE,
        form=table.form,
        file_id=store_file(unit, _ACTOR, table.name, table.content()),
        mapping=table.mapping,
        match=table.match,
        mode=table.mode,
    )
    return start_import(unit, _ACTOR, order)


def _require_complete(table: demo_deals.Table, state: JobState) -> None:
    if state.state != "done" or state.summary["failed"]:
        reason = state.error or f"{state.summary['failed']} of {len(table.rows)} rows were refused"
        raise Misconfigured(reason=f"the demo data {table.name} could not be imported: {reason}")


def _generate(services: Services, leads: int, say: Say) -> None:
    """Generated leads with their follow-ups, a day after the other, until there are `leads`."""
    with services.unit(WORKSPACE) as unit:
        state = job_states.find_last(unit, _LEADS, {}) or job_states.create(
            unit, kind=_LEADS, params={}, created_by=None, at=unit.now, total=leads
        )
        writer = LeadWriter.of(unit, _ACTOR, SUITE)
        time_zone = unit.workspace.time_zone
    if state.done >= leads:
        return
    say(f"Generating {leads - state.done:,} leads with their follow-ups")
    now = services.clock()
    made = make_leads(state.done, leads, total=leads, now=now, time_zone=time_zone)
    done = state.done
    for portion in _portions(made):
        done += len(portion)
        _write(services, writer, portion, state.id, done)
        if done // 50_000 > (done - len(portion)) // 50_000:
            say(f"  {done:,} leads")
    with services.unit(WORKSPACE) as unit:
        job_states.save(unit, state.id, state="done", total=leads, finished_at=unit.now)


def _portions(leads: Iterable[DemoLead]) -> Iterator[list[DemoLead]]:
    """Leads of one day together, in portions."""
    for _, day in groupby(leads, key=lambda lead: lead.created_at.date()):
        portion: list[DemoLead] = []
        for lead in day:
            portion.append(lead)
            if len(portion) == PORTION:
                yield portion
                portion = []
        if portion:
            yield portion


def _write(services: Services, writer: LeadWriter, portion: Sequence[DemoLead], job: int, done: int) -> None:
    """Store a portion as if it were the day on which these leads came in."""
    day = replace(services, clock=lambda: _moment(portion))
    with day.unit(WORKSPACE) as unit:
        state = job_states.get(unit, job, lock=True)
        if state.done + len(portion) != done:
            raise Misconfigured(reason="another process is generating leads in the demo workspace")
        writer.write(unit, _ACTOR, portion)
        job_states.save(unit, job, state="running", done=done)


def _moment(portion: Sequence[DemoLead]) -> datetime:
    return max(lead.created_at for lead in portion)
