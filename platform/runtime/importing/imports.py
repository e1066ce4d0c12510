"""Import of spreadsheet files: look at the file, then start the job (`import_run` does it)."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from joinery.directory import Actor
from joinery.kernel import Forbidden, InvalidInput, Issues, pointer
from joinery.runtime import audit, jobs
from joinery.runtime.importing.files import open_stored, store_file
from joinery.runtime.importing.guess import guess_forms, likeliest
from joinery.runtime.importing.order import (
    ImportOrder,
    check_order,
    find_keys,
    why_not_created,
)
from joinery.runtime.importing.preview import find_formats, preview_source
from joinery.runtime.importing.reader import open_source
from joinery.runtime.importing.saved import remember, remembered
from joinery.runtime.importing.sequence import in_order
from joinery.runtime.importing.targets import demanded, open_targets, subforms_in
from joinery.runtime.records.open_form import OpenForm, open_app, open_form, viewable_forms
from joinery.runtime.unit import Unit
from joinery.storage.job_states import JobState

#: The kind of these jobs.
IMPORT = "import"
IMPORT_RECORDS = {"en": "import records", "zh": "导入记录"}
#: Files of one import.
MOST_FILES = 20


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
        source = open_source(stream, name, **choices)
        [guess] = guess_forms([at], name, source.columns)
        found = preview_source(source, guess.suggestions, actor.language)
    return {"file": {"id": file_id, "name": name}, **found}


def preview_file(
    unit: Unit,
    actor: Actor,
    app: str,
    *,
    file_id: int,
    form: str | None,
    choices: Mapping[str, str | None],
) -> dict[str, Any]:
    """As `preview_import`, with the form that the file is probably for, unless `form` says it.

    `forms` are all that the actor may import into, the likeliest first; `saved` is how the person imported
    a file of this shape the last time.
    """
    loaded = open_app(unit, app)
    able = [at for at in viewable_forms(unit, actor, loaded) if at.access.allows("import")]
    if not able:
        raise Forbidden(action=IMPORT_RECORDS)
    name, stream = open_stored(unit, actor, file_id)
    with stream:
        source = open_source(stream, name, **choices)
        guesses = guess_forms(able, name, source.columns)
        saved = remembered(unit, actor, app, source.columns)
        wanted = form or (saved["form"] if saved else None)
        chosen = next((one for one in guesses if one.at.form.key == wanted), None)
        if chosen is None and form is None:
            chosen = likeliest(guesses)
        found = preview_source(source, chosen.suggestions if chosen else {}, actor.language)
    usable = saved if saved and chosen and saved["form"] == chosen.at.form.key else None
    return {
        "file": {"id": file_id, "name": name},
        **found,
        "form": chosen.at.form.key if chosen else None,
        "forms": [{"key": one.at.form.key, "label": one.at.form.definition.plural} for one in guesses],
        "links": _links(chosen.at) if chosen else {},
        "subforms": _subforms(chosen.at) if chosen else {},
        "demanded": _demanded(chosen.at) if chosen else [],
        "saved": usable,
    }


def _links(at: OpenForm) -> dict[str, Any]:
    """For each relation of a form: what names its records, and whether missing ones may be made."""
    return {
        target.name: {
            "form": there.form.key,
            "label": there.form.label,
            "find_by": [
                {"key": name, "label": named.label}
                for name in find_keys(there)
                if (named := there.form.field(name)) is not None
            ],
            "create": why_not_created(there, None) is None,
        }
        for target in open_targets(at)
        if target.field.references
        for there in [at.beside(target.field.references)]
        if there.access.allows("view")
    }


def _subforms(at: OpenForm) -> dict[str, Any]:
    """The subforms whose lines a file may bring, with the fields that columns may go into."""
    found: dict[str, Any] = {}
    for target in open_targets(at):
        if target.subform:
            label = at.form.fields[target.subform].label
            entry = found.setdefault(target.subform, {"label": label, "fields": []})
            entry["fields"].append({"key": target.field.key, "label": target.field.label})
    return found


def _demanded(at: OpenForm) -> list[str]:
    """What new records need from a file, as far as the actor may fill it."""
    names = [target.name for target in open_targets(at)]
    needed = demanded(at.form)
    return [name for name in (*names, *subforms_in(names)) if name in needed]


def start_import(unit: Unit, actor: Actor, order: ImportOrder) -> JobState:
    """Check an order against its file and the actor's rights, and start the job.

    Raises InvalidInput naming every problem, NotFound for the form or the file, Forbidden.
    """
    return _start(unit, actor, [_completed(unit, actor, order)])


def keep_file(unit: Unit, actor: Actor, app: str, *, name: str, content: bytes) -> int:
    """Keep an uploaded file for an import into any form of an app; its id. Raises NotFound, Forbidden."""
    loaded = open_app(unit, app)
    if not any(at.access.allows("import") for at in viewable_forms(unit, actor, loaded)):
        raise Forbidden(action=IMPORT_RECORDS)
    return store_file(unit, actor, name, content)


def start_imports(
    unit: Unit, actor: Actor, orders: Sequence[ImportOrder], *, remembering: bool = False
) -> JobState:
    """Start one job for several files, in an order in which relations between them are found.

    With `remembering` the choices are kept for the person's next files of these shapes. Raises as
    `start_import`; the paths of its issues begin with /files and the place of the file.
    """
    issues = Issues()
    found: list[tuple[ImportOrder, str, int]] = []
    if not 0 < len(orders) <= MOST_FILES:
        issues.add("/files", "import_wrong_number_of_files", maximum=MOST_FILES)
        raise InvalidInput(issues=issues)
    for place, order in enumerate(orders):
        try:
            found.append(_completed(unit, actor, order, remembering=remembering))
        except InvalidInput as error:
            issues.extend(error.issues, under=pointer("files", place))
    if issues:
        raise InvalidInput(issues=issues)
    app = open_app(unit, orders[0].app)
    return _start(unit, actor, in_order(app.compiled, found))


def _completed(
    unit: Unit, actor: Actor, order: ImportOrder, *, remembering: bool = False
) -> tuple[ImportOrder, str, int]:
    """The order with what its file tells, the file's name, and the number of rows."""
    at = open_form(unit, actor, order.app, order.form, "import")
    name, stream = open_stored(unit, actor, order.file_id)
    with stream:
        source = open_source(
            stream, name, encoding=order.encoding, delimiter=order.delimiter, sheet=order.sheet
        )
        check_order(order, source.columns, at)
        found = find_formats(source, order, at)
    # What was found out now holds for the job, whatever a later release would find out.
    columns = dict(order.columns)
    for column, style in found.numbers.items():
        choice = order.choice(column)
        columns[column] = choice if choice.numbers else replace(choice, numbers=style)
    if remembering:
        remember(unit, actor, order, source.columns)
    complete = replace(
        order,
        encoding=source.encoding,
        delimiter=source.delimiter,
        sheet=source.sheet,
        date_orders={**found.dates, **order.date_orders},
        columns=columns,
    )
    return complete, name, found.rows


def _start(unit: Unit, actor: Actor, found: Sequence[tuple[ImportOrder, str, int]]) -> JobState:
    first, name, _ = found[0]
    params = {
        "app": first.app,
        "form": first.form,
        "dry_run": first.dry_run,
        "file_name": name,
        "parts": [{**order.params(), "file_name": called, "rows": rows} for order, called, rows in found],
    }
    if not first.dry_run:
        told = {"file": name, "forms": sorted({order.form for order, _, _ in found})}
        subject = f"{first.app} / {first.form}"
        audit.record(unit, actor, "import_started", subject=subject, after=told, app=first.app)
    return jobs.start_job(unit, actor, IMPORT, params, total=sum(rows for _, _, rows in found))
