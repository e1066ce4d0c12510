"""The process that does jobs, and takes over those of workers that died."""

import asyncio
import logging
from collections.abc import Callable, Mapping
from typing import Any

from procrastinate import App, PsycopgConnector

from joinery.kernel import NotFound, Unavailable
from joinery.runtime.again import again
from joinery.runtime.job_kinds import JOB_KINDS
from joinery.runtime.job_queue import TASK
from joinery.runtime.services import Services
from joinery.runtime.workflows.scheduled import look_for_due
from joinery.storage import queue_connection

#: Seconds between signs of life of a worker, and how old the last one may be before others take over.
HEARTBEAT = 3.0
SILENCE = 12.0
#: Seconds to wait for a database that went away.
PATIENCE = 120.0
#: Seconds between looks for jobs whose worker died.
RESCUE_EVERY = 4.0
#: Seconds between looks for what has come round by schedule.
LOOK_EVERY = 30.0

_log = logging.getLogger("joinery.worker")


def run_worker(services: Services, *, concurrency: int, wait: bool = True) -> None:
    """Do jobs, `concurrency` at a time, until SIGTERM or SIGINT; a running job is finished first.

    With `wait` false, return when there is nothing left to do.
    """
    arguments = queue_connection(services.database.url)
    connector = PsycopgConnector(**arguments, min_size=1, max_size=concurrency + 2)
    asyncio.run(_work(services, _app(services, connector), concurrency, wait))


def _app(services: Services, connector: PsycopgConnector) -> App:
    app = App(connector=connector)

    @app.task(name=TASK)
    def do_job(workspace: str, kind: str, arguments: Mapping[str, Any]) -> None:
        _do(services, workspace, kind, arguments)

    return app


def _do(services: Services, workspace: str, kind: str, arguments: Mapping[str, Any]) -> None:
    handler: Callable[..., None] | None = JOB_KINDS.get(kind)
    if handler is None:
        raise LookupError(f"no such kind of job: {kind}")
    while True:
        try:
            # What met others crosswise goes on where it stopped, as after a death.
            return again(lambda: handler(services, workspace, **arguments))
        except Unavailable:
            _log.warning("a job of the kind %s waits for the database", kind)
            services.database.wait(PATIENCE)
        except NotFound as error:
            # The workspace, app or job it was for is gone: nothing is left to do.
            _log.warning("a job of the kind %s in %s is void: %s", kind, workspace, error)
            return None


async def _work(services: Services, app: App, concurrency: int, wait: bool) -> None:
    async with app.open_async():
        await _rescue(app)
        await _look_for_due(services)
        rescuing = asyncio.create_task(_keep_rescuing(app))
        looking = asyncio.create_task(_keep_looking(services))
        try:
            await app.run_worker_async(
                concurrency=concurrency,
                wait=wait,
                delete_jobs="successful",
                update_heartbeat_interval=HEARTBEAT,
                stalled_worker_timeout=SILENCE,
                install_signal_handlers=wait,
            )
        finally:
            rescuing.cancel()
            looking.cancel()


async def _keep_rescuing(app: App) -> None:
    while True:
        await asyncio.sleep(RESCUE_EVERY)
        try:
            await _rescue(app)
        except Exception:
            _log.exception("could not look for jobs of dead workers")


async def _keep_looking(services: Services) -> None:
    while True:
        await asyncio.sleep(LOOK_EVERY)
        await _look_for_due(services)


async def _look_for_due(services: Services) -> None:
    try:
        await asyncio.to_thread(look_for_due, services)
    except Exception:
        _log.exception("could not look for what has come round by schedule")


async def _rescue(app: App) -> None:
    """Give the jobs of silent workers to others; every kind of job goes on where it stopped."""
    for job in await app.job_manager.get_stalled_jobs(seconds_since_heartbeat=SILENCE):
        _log.warning("job %s goes on after its worker died", job.id)
        await app.job_manager.retry_job(job)
