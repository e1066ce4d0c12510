"""`joinery suite check` and `joinery suite install`."""

import argparse
import sys
from pathlib import Path
from typing import Any

from joinery.cli.speaking import terminal_language
from joinery.cli.start import add_place, operator, services_of
from joinery.kernel import InvalidInput, Issue, issue_message, load_json
from joinery.runtime.apps import publishing
from joinery.runtime.settings import FIRST_WORKSPACE


def add_commands(commands: Any) -> None:
    """Add the command with its two parts to the parser."""
    suite = commands.add_parser("suite", help="check or install an app definition")
    parts = suite.add_subparsers(title="commands", metavar="COMMAND", required=True)
    checking = parts.add_parser("check", help="say everything that is wrong with a definition")
    checking.add_argument("file", type=Path, help="the definition, in JSON")
    checking.set_defaults(run=run_check)
    installing = parts.add_parser("install", help="publish a definition in a workspace")
    installing.add_argument("file", type=Path, help="the definition, in JSON")
    installing.add_argument("--workspace", default=FIRST_WORKSPACE, help="key of the workspace")
    installing.add_argument("--preview", action="store_true", help="only say what would happen")
    add_place(installing)
    installing.set_defaults(run=run_install)


def run_check(options: argparse.Namespace) -> int:
    """Print every problem with its place; 1 when there are any."""
    issues = publishing.check_definition(read_document(options.file))
    for issue in issues:
        print(f"{issue.path or '/'}: {issue_message(issue, terminal_language())}")
    if issues:
        print(f"{len(issues)} problems in {options.file}", file=sys.stderr)
        return 1
    print(f"{options.file} is right.")
    return 0


def run_install(options: argparse.Namespace) -> int:
    """Publish the definition and print what was done to the tables."""
    document = read_document(options.file)
    with services_of(options) as services, services.unit(options.workspace) as unit:
        actor = operator(options.workspace)
        if options.preview:
            answer = publishing.preview_publish(unit, actor, str(document.get("app", "")), document)
        else:
            answer = publishing.install_suite(unit, actor, document)
    for step in answer["plan"]["steps"]:
        print(f"{step['safety']:<12} {step['description']['en']}")
    if answer["published"]:
        print(f"{answer['app']} is published as version {answer['version']}.")
    elif not options.preview:
        print(f"{answer['app']} is already published like this (version {answer['version']}).")
    return 0


def read_document(path: Path) -> Any:
    """The JSON of a file; raises InvalidInput when it cannot be read."""
    try:
        return load_json(path.read_bytes())
    except OSError as error:
        raise unreadable(path, error) from error


def unreadable(path: Path, error: OSError) -> InvalidInput:
    """The error for a file of the machine that cannot be read."""
    return InvalidInput(
        issues=[Issue(str(path), "file_unreadable", {"reason": error.strerror or str(error)})]
    )
