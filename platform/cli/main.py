"""Entry point of the `joinery` command."""

import argparse
import os
import sys
from collections.abc import Sequence

from joinery.cli import (
    app_commands,
    data_commands,
    reference_commands,
    server_commands,
    several_workspaces,
    user_commands,
    workspace_commands,
)
from joinery.cli.speaking import print_error, terminal_language
from joinery.kernel import PlatformError

_COMMANDS = (
    server_commands,
    workspace_commands,
    several_workspaces,
    app_commands,
    data_commands,
    reference_commands,
    user_commands,
)


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; its exit code is 0 done, 1 not possible (and why), 2 wrong use, 130 interrupted."""
    options = build_parser().parse_args(arguments)
    try:
        code: int = options.run(options)
    except PlatformError as error:
        print_error(error, terminal_language())
        return 1
    except KeyboardInterrupt:
        return 130
    except BrokenPipeError:
        # The reader of a pipe (`joinery export | head`) has seen enough.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    return code


def build_parser() -> argparse.ArgumentParser:
    """The whole command line."""
    parser = argparse.ArgumentParser(
        prog="joinery",
        description="A no-code app builder with a lead-to-cash CRM in the box.",
        epilog="Settings come from JOINERY_* variables: HOST, PORT, DATA_DIR, DATABASE_URL, DEMO.",
    )
    commands = parser.add_subparsers(title="commands", metavar="COMMAND", required=True)
    for module in _COMMANDS:
        module.add_commands(commands)
    return parser


if __name__ == "__main__":
    sys.exit(main())
