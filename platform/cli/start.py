"""What every command needs first: the settings, a running database, and the services on it."""

import argparse
import gc
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

from joinery.adapters import HttpCaller, mailer_of
from joinery.directory import Actor
from joinery.runtime import job_queue
from joinery.runtime.services import Services
from joinery.runtime.settings import Settings, read_settings
from joinery.storage import Database, embedded, upgrade_database, upgrade_workspaces

#: Folder of the embedded server inside the data folder.
DATABASE_FOLDER = "database"


def add_place(parser: argparse.ArgumentParser) -> None:
    """The option that says where the data is."""
    parser.add_argument(
        "--data-dir", metavar="FOLDER", type=Path, help="folder of the embedded database (JOINERY_DATA_DIR)"
    )


def settings_of(options: argparse.Namespace) -> Settings:
    """The settings of the environment, changed by what was said on the command line."""
    settings = read_settings()
    changes = {
        name: value
        for name in ("host", "port", "data_dir", "demo")
        if (value := getattr(options, name, None)) not in (None, False)
    }
    return replace(settings, **changes)


@contextmanager
def database_url(settings: Settings) -> Iterator[str]:
    """The address of the database; starts the embedded one and stops it at the end of the block.

    A server that another living process uses keeps running.
    """
    if settings.database_url is not None:
        yield settings.database_url
        return
    server = embedded.start(settings.data_dir / DATABASE_FOLDER)
    try:
        yield server.url
    finally:
        server.stop()


#: Objects made before a process looks for rubbish that refers to itself. Some portions of an import are alive
#: together, with more than a hundred thousand objects: looking through them took a sixth of its time.
_OF_JOBS = 300_000
#: A process that answers requests has less in hand, and there are more of them.
OF_REQUESTS = 100_000


def make_services(
    url: str, settings: Settings, *, pool_size: int = 4, rubbish_after: int = _OF_JOBS
) -> Services:
    """The services of this process, which looks for rubbish after so many new objects."""
    # What was imported stays for ever: nobody needs to look through it, and forks keep sharing it.
    gc.freeze()
    gc.set_threshold(rubbish_after, 20, 20)
    return Services(
        database=Database(url, pool_size=pool_size),
        settings=settings,
        defer=job_queue.enqueue,
        mailer=mailer_of(settings.mail_server),
        caller=HttpCaller(settings.webhook_hosts),
    )


@contextmanager
def services_of(options: argparse.Namespace) -> Iterator[Services]:
    """Services on a database that is up to date, for a command that runs and ends."""
    settings = settings_of(options)
    with database_url(settings) as url:
        services = make_services(url, settings)
        try:
            upgrade(services)
            yield services
        finally:
            services.database.close()


def upgrade(services: Services) -> None:
    """Bring system tables and every workspace to this release."""
    services.database.check_version()
    upgrade_database(services.database.engine)
    with services.database.begin() as unit:
        upgrade_workspaces(unit)


def operator(workspace: str, language: str = "en") -> Actor:
    """The one at the terminal: nobody of the workspace's people, and allowed to do everything."""
    return Actor(user_id=None, name="joinery", is_admin=True, language=language, workspace=workspace)
