"""Import of spreadsheet files: look at the file, then start the job (`import_run` does it)."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from joinery.directory import Actor
from joinery.runtime import jobs
from joinery.runtime.import_files import open_stored, store_file
from joinery.runtime.import_order import ImportOrder, check_order
from joinery.runtime.import_preview import find_date_orders, preview_source
from joinery.runtime.import_reader import open_source
from joinery.runtime.open_form import open_form
from joinery.runtime.unit import Unit
from joinery.storage.job_states import JobState

#: The kind of these jobs.
IMPORT = "import"


def keep_upload(unit: Unit, actor: Actor, app: str, form: str, *, name: str, content: bytes) -> int:
    """Keep an uploaded file for an import; its id. Raises Forbidden without the right to import."""
    open_form(unit, actor, app, form, "import")
    return store_file(unit, actor, name, content)


def preview_import(
    unit: Unit, actor: Actor, app: str, form: str, *, file_id: int, choices: Mapping[str, str | None]
) -> dict[str, Any]:
    """What is in a file that was kept; `choices` may hold `encoding`, `delimiter`, `sheet`.

    Raises InvalidInput when it cannot be read, Forbidden without the right to import.
    """
    at = open_form(unit, actor, app, form, "import")
    name, stream = open_stored(unit, actor, file_id)
    with stream:
        found = preview_source(at, name, stream, choices)
    return {"file": {"id": file_id, "name": name}, **found}


def start_import(unit: Unit, actor: Actor, order: ImportOrder) -> JobState:
    """Check an order against its file and the actor's rights, and start the job.

    Raises InvalidInput naming every problem, NotFound for the form or the file, Forbidden.
    """
    at = open_form(unit, actor, order.app, order.form, "import")
    name, stream = open_stored(unit, actor, order.file_id)
    with stream:
        source = open_source(
            stream, name, encoding=order.encoding, delimiter=order.delimiter, sheet=order.sheet
        )
        check_order(order, source.columns, at)
        rows, date_orders = find_date_orders(source, order.mapping, at)
    # What was found out now holds for the job, whatever a later release would find out.
    complete = replace(
        order,
        encoding=source.encoding,
        delimiter=source.delimiter,
        sheet=source.sheet,
        date_orders={**date_orders, **order.date_orders},
    )
    return jobs.start_job(unit, actor, IMPORT, {**complete.params(), "file_name": name}, total=rows)
