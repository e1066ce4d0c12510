"""`joinery workspace create`, `joinery workspace list` and `joinery workspace join`."""

import argparse
from typing import Any

from joinery.cli.start import add_place, operator, services_of
from joinery.cli.workspace_commands import machine_time_zone
from joinery.kernel import DuplicateValue, InvalidInput, Issue, NotFound, is_key
from joinery.runtime.apps import publishing
from joinery.runtime.demo.workspace import SUITE
from joinery.runtime.kinds import USER
from joinery.runtime.people import people, workspaces
from joinery.runtime.services import Services
from joinery.storage import create_workspace, list_workspaces


def add_commands(commands: Any) -> None:
    """Add the command with its three parts to the parser."""
    command = commands.add_parser("workspace", help="make further workspaces, and let people into them")
    parts = command.add_subparsers(title="commands", metavar="COMMAND", required=True)
    making = parts.add_parser("create", help="make a workspace beside the others; they share nothing")
    making.add_argument("key", help="its key, such as subsidiary")
    making.add_argument("--name", help="its name; the key without")
    making.add_argument("--time-zone", default=machine_time_zone(), help="such as Asia/Shanghai")
    making.add_argument("--currency", default="CNY", help="such as CNY")
    making.add_argument("--language", default="en", choices=["en", "zh-CN"], help="language of the workspace")
    making.add_argument("--empty", action="store_true", help="without the bundled suite")
    making.add_argument("--admin", metavar="EMAIL", help="who signs in already and will be its administrator")
    add_place(making)
    making.set_defaults(run=run_create)
    listing = parts.add_parser("list", help="print the key and the name of every workspace")
    add_place(listing)
    listing.set_defaults(run=run_list)
    joining = parts.add_parser("join", help="make somebody who signs in already a member of a workspace too")
    joining.add_argument("key", help="key of the workspace")
    joining.add_argument("email", help="address of the person")
    joining.add_argument("--admin", action="store_true", help="as an administrator")
    joining.add_argument("--role", action="append", default=[], help="a role of an app; may be repeated")
    add_place(joining)
    joining.set_defaults(run=run_join)


def run_create(options: argparse.Namespace) -> int:
    """Make a workspace with its administrator, or say why it cannot be made."""
    if not is_key(options.key):
        raise InvalidInput(issues=[Issue("/key", "not_a_key", {"name": options.key[:60]})])
    with services_of(options) as services:
        _create(services, options)
    print(f"The workspace {options.key} is ready.")
    if not options.admin:
        print(f"Add its first administrator: joinery user add EMAIL NAME --admin --workspace {options.key}")
    return 0


def _create(services: Services, options: argparse.Namespace) -> None:
    with services.unit(None) as unit:
        if any(found.key == options.key for found in list_workspaces(unit)):
            raise DuplicateValue(issues=[Issue("/key", "workspace_key_taken")])
        if options.admin and people.id_of(unit, options.admin) is None:
            raise NotFound(kind=USER)
        create_workspace(
            unit,
            options.key,
            name=options.name or options.key,
            at=unit.now,
            time_zone=options.time_zone,
            currency=options.currency,
            language=options.language,
        )
    with services.unit(options.key) as unit:
        if options.admin:
            workspaces.join_workspace(unit, email=options.admin, is_admin=True, roles=[])
        if not options.empty:
            publishing.install_suite(unit, operator(options.key), suite=SUITE)


def run_list(options: argparse.Namespace) -> int:
    """Print the workspaces."""
    with services_of(options) as services, services.unit(None) as unit:
        for found in list_workspaces(unit):
            print(f"{found.key}\t{found.name}")
    return 0


def run_join(options: argparse.Namespace) -> int:
    """Make somebody a member."""
    with services_of(options) as services, services.unit(options.key) as unit:
        workspaces.join_workspace(unit, email=options.email, is_admin=options.admin, roles=options.role)
    print(f"{options.email} is a member of {options.key} now.")
    return 0
