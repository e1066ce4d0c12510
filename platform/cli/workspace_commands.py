"""`joinery init` and `joinery demo`, and what `serve` does before it answers."""

import argparse
import os
from pathlib import Path
from typing import Any

from joinery.cli.start import add_place, operator, services_of, upgrade
from joinery.runtime.apps import publishing, table_jobs
from joinery.runtime.demo.workspace import DEFAULT_LEADS, SUITE, prepare_demo
from joinery.runtime.people import sign_in
from joinery.runtime.services import Services
from joinery.runtime.settings import FIRST_WORKSPACE
from joinery.storage import apps, create_workspace, list_workspaces


def add_commands(commands: Any) -> None:
    """Add both commands to the parser."""
    making = commands.add_parser("init", help="make the database and the first workspace")
    making.add_argument("--name", default="Joinery", help="name of the workspace")
    making.add_argument("--time-zone", default=machine_time_zone(), help="such as Asia/Shanghai")
    making.add_argument("--currency", default="CNY", help="such as CNY")
    making.add_argument("--language", default="en", choices=["en", "zh-CN"], help="language of the workspace")
    add_place(making)
    making.set_defaults(run=run_init)
    showing = commands.add_parser("demo", help="make the demo workspace with its sample data")
    showing.add_argument("--leads", type=_count, default=DEFAULT_LEADS, metavar="N", help="leads to generate")
    add_place(showing)
    showing.set_defaults(run=run_demo)


def run_init(options: argparse.Namespace) -> int:
    """Make the first workspace unless there is one, and print the link for the first administrator."""
    with services_of(options) as services:
        made = _make_first_workspace(
            services,
            name=options.name,
            time_zone=options.time_zone,
            currency=options.currency,
            language=options.language,
        )
        print("The workspace is ready." if made else "There is a workspace already.")
        _print_setup_link(services, f"http://{services.settings.host}:{services.settings.port}")
    return 0


def run_demo(options: argparse.Namespace) -> int:
    """Make or complete the demo workspace."""
    with services_of(options) as services:
        prepare_demo(services, leads=options.leads, say=_say)
    print("The demo workspace is ready. Start it with: joinery serve --demo")
    return 0


def prepare(services: Services, address: str) -> None:
    """Bring the database up to date and make the workspace that will be served."""
    upgrade(services)
    if services.settings.demo:
        prepare_demo(services, say=_say)
    else:
        _make_first_workspace(
            services, name="Joinery", time_zone=machine_time_zone(), currency="CNY", language="en"
        )
        _print_setup_link(services, address)
    _bring_indexes_up_to_date(services)


def _bring_indexes_up_to_date(services: Services) -> None:
    """Last, as the upgrade of a suite waits for nobody's work on its tables."""
    with services.database.begin() as unit:
        keys = [found.key for found in list_workspaces(unit)]
    for key in keys:
        with services.unit(key) as unit:
            table_jobs.start_missing_indexes(unit, operator(key))


def machine_time_zone() -> str:
    """The name of this machine's time zone, UTC where it has none."""
    name = os.environ.get("TZ", "").lstrip(":")
    link = Path("/etc/localtime")
    if not name and link.is_symlink():
        name = str(link.readlink()).rpartition("zoneinfo/")[2]
    return name if "/" in name else "UTC"


def _make_first_workspace(
    services: Services, *, name: str, time_zone: str, currency: str, language: str
) -> bool:
    """A workspace with the bundled suite, completed after an interrupted start; whether it was missing."""
    with services.unit(None) as unit:
        missing = not any(found.key == FIRST_WORKSPACE for found in list_workspaces(unit))
        if missing:
            create_workspace(
                unit,
                FIRST_WORKSPACE,
                name=name,
                at=unit.now,
                time_zone=time_zone,
                currency=currency,
                language=language,
            )
    with services.unit(FIRST_WORKSPACE) as unit:
        if not apps.list_apps(unit):
            publishing.install_suite(unit, operator(FIRST_WORKSPACE), suite=SUITE)
    return missing


def _print_setup_link(services: Services, address: str) -> None:
    with services.unit(None) as unit:
        if sign_in.setup_needed(unit):
            token = sign_in.make_setup_link(unit)
            print("\nMake the first administrator here (once, within three days):")
            print(f"{address}/setup?token={token}")


def _say(sentence: str) -> None:
    print(sentence, flush=True)


def _count(text: str) -> int:
    number = int(text) if text.isascii() and text.isdigit() else 0
    if not 0 < number <= 10_000_000:
        raise argparse.ArgumentTypeError("must be a whole number from 1 to 10000000")
    return number
