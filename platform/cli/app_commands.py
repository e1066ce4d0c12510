"""`joinery suite check`, `joinery suite install` and `joinery suite upgrade`."""

import argparse
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from joinery.cli.speaking import terminal_language
from joinery.cli.start import add_place, operator, services_of
from joinery.kernel import InvalidInput, Issue, issue_message, load_json
from joinery.runtime.apps import publishing, upgrading
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

    upgrading_suite = parts.add_parser(
        "upgrade", help="bring the bundled version of a suite into an app, keeping what was changed in it"
    )
    upgrading_suite.add_argument("app", help="key of the app")
    upgrading_suite.add_argument("--workspace", default=FIRST_WORKSPACE, help="key of the workspace")
    upgrading_suite.add_argument("--preview", action="store_true", help="only say what would happen")
    upgrading_suite.add_argument(
        "--prefer",
        choices=("own", "suite"),
        default="own",
        help="whose goes on where both changed the same (own)",
    )
    upgrading_suite.add_argument(
        "--base-version",
        type=int,
        metavar="NUMBER",
        help="the version of the app that was the suite as delivered, where that is not known",
    )
    add_place(upgrading_suite)
    upgrading_suite.set_defaults(run=run_upgrade)


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
    _print_plan(answer, options.preview)
    return 0


def run_upgrade(options: argparse.Namespace) -> int:
    """Upgrade an app to the bundled version of its suite and print what was done, and what was kept."""
    do = upgrading.preview_upgrade if options.preview else upgrading.upgrade_app
    with services_of(options) as services, services.unit(options.workspace) as unit:
        actor = operator(options.workspace)
        answer = do(unit, actor, options.app, prefer=options.prefer, base_version=options.base_version)
    for conflict in answer["conflicts"]:
        print(f"{'conflict':<12} {conflict['path']}: changed here and in the suite, kept: {options.prefer}")
    _print_plan(answer, options.preview)
    return 0


def _print_plan(answer: Mapping[str, Any], preview: bool) -> None:
    for step in answer["plan"]["steps"]:
        print(f"{step['safety']:<12} {step['description']['en']}")
    if answer["published"]:
        print(f"{answer['app']} is published as version {answer['version']}.")
    elif not preview:
        print(f"{answer['app']} is already published like this (version {answer['version']}).")


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
