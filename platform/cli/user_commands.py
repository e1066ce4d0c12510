"""`joinery user add` and `joinery user reset-password`."""

import argparse
import getpass
import sys
from typing import Any

from joinery.cli.start import add_place, services_of
from joinery.runtime.people import people
from joinery.runtime.settings import FIRST_WORKSPACE


def add_commands(commands: Any) -> None:
    """Add the command with its two parts to the parser."""
    user = commands.add_parser("user", help="add people, or give them a new password")
    parts = user.add_subparsers(title="commands", metavar="COMMAND", required=True)
    adding = parts.add_parser("add", help="add somebody to a workspace; the password is asked for")
    adding.add_argument("email", help="address to sign in with")
    adding.add_argument("name", help="name that others see")
    adding.add_argument("--admin", action="store_true", help="as an administrator")
    adding.add_argument("--role", action="append", default=[], help="a role of the app; may be repeated")
    adding.add_argument("--workspace", default=FIRST_WORKSPACE, help="key of the workspace")
    add_place(adding)
    adding.set_defaults(run=run_add)
    resetting = parts.add_parser("reset-password", help="set a new password and end all sessions")
    resetting.add_argument("email", help="address of the person")
    resetting.add_argument(
        "--workspace", default=FIRST_WORKSPACE, help="key of the workspace whose rules for passwords hold"
    )
    add_place(resetting)
    resetting.set_defaults(run=run_reset)


def run_add(options: argparse.Namespace) -> int:
    """Add a user."""
    with services_of(options) as services:
        password = ask_password()
        with services.unit(options.workspace) as unit:
            people.add_user(
                unit,
                email=options.email,
                name=options.name,
                password=password,
                is_admin=options.admin,
                roles=options.role,
            )
    print(f"{options.email} can sign in now.")
    return 0


def run_reset(options: argparse.Namespace) -> int:
    """Give a user a new password."""
    with services_of(options) as services:
        password = ask_password()
        with services.unit(options.workspace) as unit:
            people.set_password(unit, email=options.email, password=password)
    print(f"{options.email} has a new password.")
    return 0


def ask_password() -> str:
    """A password from the terminal, or the first line of what is piped in."""
    if not sys.stdin.isatty():
        return sys.stdin.readline().rstrip("\n")
    return getpass.getpass("Password: ")
