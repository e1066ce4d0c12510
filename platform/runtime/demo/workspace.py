"""The demo workspace: people, the bundled suite, the sample data, and generated leads.

A workspace that an older version made is upgraded first, and gets the people who are new: what somebody
changed in it stays. Every step notes
that it is done in the transaction that does it, so a start that was killed in the middle goes on at the next
start, and a finished workspace is left alone.
"""

from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import replace
from datetime import datetime
from itertools import islice, pairwise
from multiprocessing import cpu_count, get_context
from typing import Any

from joinery.definitions import Side
from joinery.directory import Actor
from joinery.kernel import InvalidDefinition, Misconfigured, PlatformError
from joinery.runtime import jobs
from joinery.runtime.apps import publishing, upgrading
from joinery.runtime.demo import approvals as demo_approvals
from joinery.runtime.demo import deals as demo_deals
from joinery.runtime.demo import orders as demo_orders
from joinery.runtime.demo import papers as demo_papers
from joinery.runtime.demo import partners as demo_partners
from joinery.runtime.demo import people as demo_people
from joinery.runtime.demo import requests as demo_requests
from joinery.runtime.demo import visits as demo_visits
from joinery.runtime.demo.leads import DemoLead, make_leads
from joinery.runtime.demo.past import DemoPast
from joinery.runtime.demo.writing import LeadWriter
from joinery.runtime.importing import run as import_run
from joinery.runtime.importing.files import store_file
from joinery.runtime.importing.imports import IMPORT, start_import
from joinery.runtime.importing.order import ImportOrder
from joinery.runtime.services import Services
from joinery.runtime.settings import Settings
from joinery.runtime.unit import Unit
from joinery.storage import Database, apps, create_workspace, directory, job_states, list_workspaces
from joinery.storage.job_states import JobState

WORKSPACE = "demo"
SUITE = "crm_ltc"

DEFAULT_LEADS = 5_000
#: Leads in one transaction.
PORTION = 1_000

#: From so many on, several processes make them, and say how far they are.
_MANY = 50_000

_LEADS = "demo_leads"
_DEAL_TALKS = "demo_deal_talks"
_ORDERS = "demo_orders"
_PAPERS = "demo_papers"
_PARTNERS = "demo_partners"
_APPROVALS = "demo_approvals"
_REQUESTS = "demo_requests"
_ACTOR = Actor(user_id=None, name="joinery", is_admin=True, workspace=WORKSPACE)

#: Told what is being done: a sentence without a full stop.
Say = Callable[[str], None]


def prepare_demo(services: Services, *, leads: int = DEFAULT_LEADS, say: Say) -> None:
    """Make the demo workspace, or what is missing of it; `leads` is how many it shall have at least.

    One that people have changed so much that something does not fit any more is left as it is.
    """
    there = _make_workspace(services, say)
    try:
        # Jobs of the demo are done here and now, so no worker is told about them.
        _fill(replace(services, defer=_keep), leads, say)
    except PlatformError as error:
        if not there:
            raise
        say(f"Not all of the demo data fits this workspace ({error})")


def _fill(services: Services, leads: int, say: Say) -> None:
    with services.unit(WORKSPACE) as unit:
        past = DemoPast.of(unit)
    for table in demo_deals.tables(past):
        _import(services, table, past, say)
    _once(services, _DEAL_TALKS, demo_visits.write_visits)
    _once(services, _ORDERS, demo_orders.write_orders)
    _once(services, _PAPERS, demo_papers.write_papers)
    _once(services, _PARTNERS, demo_partners.write_partners)
    _once(services, _APPROVALS, demo_approvals.write_approvals)
    _once(services, _REQUESTS, demo_requests.write_requests)
    _generate(services, leads, say)


def _keep(unit: Unit, kind: str, arguments: Mapping[str, Any], *, at: datetime | None = None) -> None:
    """Enqueue nothing."""


def _make_workspace(services: Services, say: Say) -> bool:
    """Workspace, people and the suite's tables, each unless it is there; whether all were there before."""
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
        elif added := demo_people.add_missing(unit):
            say(f"Adding people who are new in the demo: {', '.join(added)}")
    with services.unit(WORKSPACE) as unit:
        installed = any(installed.key == SUITE for installed in apps.list_apps(unit))
        if not installed:
            publishing.install_suite(unit, _ACTOR, suite=SUITE)
    if installed:
        _upgrade(services, say)
    return installed


def _upgrade(services: Services, say: Say) -> None:
    """Bring what is new in the suite into the workspace; an upgrade that does not fit is left to people."""
    sides: tuple[Side, ...] = ("own", "suite")
    for prefer in sides:
        try:
            with services.unit(WORKSPACE) as unit:
                answer = upgrading.upgrade_app(unit, _ACTOR, SUITE, prefer=prefer)
        except InvalidDefinition as error:
            # What was kept here may not fit what is new: then the suite's own parts may.
            reason = f"{error.issues[0].path} {error.issues[0].code}"
            continue
        except PlatformError as error:
            reason = str(error)
            break
        if answer["published"]:
            say(f"Upgrading the suite from {answer['from_version']} to {answer['to_version']}")
        for conflict in answer["conflicts"]:
            say(f"  changed here and in the suite, kept is {prefer}: {conflict['path']}")
        return
    say(f"The suite was not upgraded ({reason}); an administrator can do it with: joinery suite upgrade")


def _import(services: Services, table: demo_deals.Table, past: DemoPast, say: Say) -> None:
    """Bring a table in through the product's own import; go on with an import that was killed."""
    with services.unit(WORKSPACE) as unit:
        state = job_states.find_last(unit, IMPORT, {"file_name": table.name})
        if state is None:
            say(f"Importing {len(table.rows):,} rows of {table.name}")
            state = _start(unit, table, past.administrator())
    if state.state == "done":
        return
    if state.state in ("failed", "cancelled"):
        with services.unit(WORKSPACE) as unit:
            jobs.resume_job(unit, _ACTOR, state.id)
    import_run.run_import(services, WORKSPACE, state.id, past=table.past)
    with services.unit(WORKSPACE) as unit:
        _require_complete(table, job_states.get(unit, state.id))


def _start(unit: Unit, table: demo_deals.Table, actor: Actor) -> JobState:
    order = ImportOrder(
        app=SUITE,
        form=table.form,
        file_id=store_file(unit, actor, table.name, table.content()),
        mapping=table.mapping,
        match=table.match,
        mode=table.mode,
    )
    return start_import(unit, actor, order)


def _require_complete(table: demo_deals.Table, state: JobState) -> None:
    if state.state != "done" or state.summary["failed"]:
        reason = state.error or f"{state.summary['failed']} of {len(table.rows)} rows were refused"
        raise Misconfigured(reason=f"the demo data {table.name} could not be imported: {reason}")


def _once(services: Services, kind: str, write: Callable[[Unit, Actor, str], None]) -> None:
    """Write records of one kind, and that it is done."""
    with services.unit(WORKSPACE) as unit:
        if job_states.find_last(unit, kind, {}) is None:
            write(unit, _ACTOR, SUITE)
            done = job_states.create(unit, kind=kind, params={}, created_by=None, at=unit.now)
            job_states.save(unit, done.id, state="done", finished_at=unit.now)


def _generate(services: Services, leads: int, say: Say) -> None:
    """Generated leads with their follow-ups until there are `leads`; many are made by several processes."""
    with services.unit(WORKSPACE) as unit:
        ranges = _ranges(unit, leads)
    missing = sum(found.total - found.done for found in ranges if found.total is not None)
    if not missing:
        return
    say(f"Generating {missing:,} leads with their follow-ups")
    if len(ranges) == 1:
        _generate_range(services, ranges[0].id, say)
        return
    # Fresh processes: a forked one would share this one's connections.
    with ProcessPoolExecutor(len(ranges), mp_context=get_context("spawn")) as pool:
        parts = [
            pool.submit(_generate_apart, services.database.url, services.settings, found.id)
            for found in ranges
        ]
        for part in parts:
            part.result()


def _ranges(unit: Unit, leads: int) -> list[JobState]:
    """The ranges of numbers that are not finished, new ones included when more leads are wanted."""
    found = list(job_states.unfinished(unit, _LEADS, {}))
    last = job_states.find_last(unit, _LEADS, {})
    start = int(last.params["stop"]) if last else 0
    parts = cpu_count() or 1 if leads - start > _MANY else 1
    borders = [start + (leads - start) * part // parts for part in range(parts + 1)]
    for begin, stop in pairwise(borders):
        if begin < stop:
            params = {"start": begin, "stop": stop, "leads": leads}
            found.append(
                job_states.create(
                    unit, kind=_LEADS, params=params, created_by=None, at=unit.now, total=stop - begin
                )
            )
    return found


def _keep_quiet(sentence: str) -> None:
    """Several processes would talk all at once."""


def _generate_apart(url: str, settings: Settings, job: int) -> None:
    """In a process of its own: make one range."""
    services = Services(database=Database(url, pool_size=2), settings=settings, defer=_keep)
    _generate_range(services, job, _keep_quiet)
    services.database.close()


def _generate_range(services: Services, job: int, say: Say) -> None:
    """Make the leads of one range, or what is left of them, in portions."""
    with services.unit(WORKSPACE) as unit:
        state = job_states.get(unit, job)
        writer = LeadWriter.of(unit, _ACTOR, SUITE)
        time_zone = unit.workspace.time_zone
    start, stop, leads = (int(state.params[name]) for name in ("start", "stop", "leads"))
    made = make_leads(start + state.done, stop, total=leads, now=services.clock(), time_zone=time_zone)
    done = state.done
    while portion := list(islice(made, PORTION)):
        done += len(portion)
        _write(services, writer, portion, job, done)
        if done // _MANY > (done - len(portion)) // _MANY:
            say(f"  {done:,} of {stop - start:,}")
    with services.unit(WORKSPACE) as unit:
        job_states.save(unit, job, state="done", finished_at=unit.now)


def _write(services: Services, writer: LeadWriter, portion: Sequence[DemoLead], job: int, done: int) -> None:
    """Store a portion, and that it is done."""
    with services.unit(WORKSPACE) as unit:
        state = job_states.get(unit, job, lock=True)
        if state.done + len(portion) != done:
            raise Misconfigured(reason="another process is generating leads in the demo workspace")
        writer.write(unit, _ACTOR, portion)
        job_states.save(unit, job, state="running", done=done)
