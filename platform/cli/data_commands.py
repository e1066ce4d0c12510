"""`joinery import` and `joinery export`."""

import argparse
import sys
from dataclasses import replace
from pathlib import Path
from typing import Any, BinaryIO

from joinery.cli.app_commands import unreadable
from joinery.cli.start import add_place, operator, services_of
from joinery.kernel import InvalidInput, Issue
from joinery.runtime.demo.workspace import SUITE
from joinery.runtime.importing import imports
from joinery.runtime.importing import run as import_run
from joinery.runtime.importing.order import MODES, ImportOrder
from joinery.runtime.lists import exports
from joinery.runtime.services import Services
from joinery.runtime.settings import FIRST_WORKSPACE
from joinery.storage import files, job_states
from joinery.storage.job_states import JobState

_COUNTS = ("created", "updated", "unchanged", "failed")


def add_commands(commands: Any) -> None:
    """Add both commands to the parser."""
    taking = commands.add_parser("import", help="import a CSV or XLSX file into a form")
    taking.add_argument("file", type=Path, help="the CSV or XLSX file")
    _add_form(taking)
    taking.add_argument(
        "--map", action="append", default=[], metavar="COLUMN=FIELD", help="may be repeated; guessed without"
    )
    taking.add_argument(
        "--mode", choices=MODES, default="add", help="what to do with a record that is there already (add)"
    )
    taking.add_argument("--match", metavar="FIELD", help="the field by which existing records are found")
    taking.add_argument("--dry-run", action="store_true", help="check everything and change nothing")
    taking.add_argument("--failed", type=Path, metavar="FILE", help="write the rows that failed here")
    taking.add_argument("--encoding", help="of a CSV file, such as gb18030; found out without")
    taking.add_argument("--delimiter", help="of a CSV file; found out without")
    taking.add_argument("--sheet", help="of a workbook; the first one without")
    add_place(taking)
    taking.set_defaults(run=run_import)
    giving = commands.add_parser("export", help="export the records of a form")
    _add_form(giving)
    giving.add_argument("--format", choices=sorted(exports.MEDIA_TYPES), default="csv", help="csv without")
    giving.add_argument("--filter", metavar="EXPRESSION", help="which records; all without")
    giving.add_argument("--sort", metavar="FIELDS", help="such as -created_at,company")
    giving.add_argument("--fields", metavar="FIELDS", help="such as no,company,mobile")
    giving.add_argument("--output", type=Path, metavar="FILE", help="standard output when left out")
    add_place(giving)
    giving.set_defaults(run=run_export)


def _add_form(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--form", required=True, metavar="KEY", help="key of the form")
    parser.add_argument("--app", default=SUITE, metavar="KEY", help="key of the app")
    parser.add_argument("--workspace", default=FIRST_WORKSPACE, metavar="KEY", help="key of the workspace")


def run_import(options: argparse.Namespace) -> int:
    """Import a file and print what became of its rows; 1 when any failed."""
    with services_of(options) as connected:
        # The job is done here, not by a worker.
        services = replace(connected, defer=lambda unit, kind, arguments, at=None: None)
        state = _run(services, options, _start(services, options))
        if options.failed and state.file_id is not None:
            with services.unit(options.workspace) as unit:
                found = files.read(unit, state.file_id)
            options.failed.write_bytes(found.content if found else b"")
    summary = state.summary
    if state.error:
        print(state.error, file=sys.stderr)
    counts = ", ".join(f"{summary.get(name, 0):,} {name}" for name in _COUNTS)
    print(f"Would be: {counts}" if options.dry_run else counts)
    return 0 if state.state == "done" and not summary["failed"] else 1


def _start(services: Services, options: argparse.Namespace) -> JobState:
    actor = operator(options.workspace)
    try:
        content = options.file.read_bytes()
    except OSError as error:
        raise unreadable(options.file, error) from error
    with services.unit(options.workspace) as unit:
        file_id = imports.keep_upload(
            unit, actor, options.app, options.form, name=options.file.name, content=content
        )
        choices = {name: getattr(options, name) for name in ("encoding", "delimiter", "sheet")}
        mapping = dict(_pair(text) for text in options.map)
        if not mapping:
            shown = imports.preview_import(
                unit, actor, options.app, options.form, file_id=file_id, choices=choices
            )
            mapping = {each["name"]: each["suggestion"] for each in shown["columns"] if each["suggestion"]}
            print("Columns: " + ", ".join(f"{column} -> {field}" for column, field in mapping.items()))
        order = ImportOrder(
            app=options.app,
            form=options.form,
            file_id=file_id,
            mapping=mapping,
            match=options.match,
            mode=options.mode,
            dry_run=options.dry_run,
            **choices,
        )
        return imports.start_import(unit, actor, order)


def _run(services: Services, options: argparse.Namespace, state: JobState) -> JobState:
    import_run.run_import(services, options.workspace, state.id)
    with services.unit(options.workspace) as unit:
        return job_states.get(unit, state.id)


def _pair(text: str) -> tuple[str, str]:
    column, sign, field = text.rpartition("=")
    if not sign or not column or not field:
        raise InvalidInput(issues=[Issue("--map", "map_without_sign", {"text": text})])
    return column, field


def run_export(options: argparse.Namespace) -> int:
    """Write the records to a file or to standard output."""
    query = {name: value for name in ("filter", "sort", "fields") if (value := getattr(options, name))}
    with services_of(options) as services:
        with services.unit(options.workspace) as unit:
            found = exports.export_records(
                services,
                unit,
                operator(options.workspace),
                options.app,
                options.form,
                format=options.format,
                query=query,
            )
        if options.output is None:
            _write(sys.stdout.buffer, found)
        else:
            with options.output.open("wb") as output:
                _write(output, found)
    return 0


def _write(output: BinaryIO, found: exports.ExportFile) -> None:
    for block in found.content:
        output.write(block)
    output.flush()
