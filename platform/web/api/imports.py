"""Import of CSV and XLSX files."""

from collections.abc import Mapping
from typing import Any

from flask import Blueprint, request

from joinery.kernel import InvalidInput, Issue, load_json, pointer
from joinery.runtime import jobs
from joinery.runtime.importing import imports
from joinery.runtime.importing.order import BLANKS, MODES, SEVERAL, ColumnChoice, ImportOrder, LineChoice
from joinery.runtime.importing.past_imports import list_imports
from joinery.runtime.importing.undo import start_undo
from joinery.runtime.importing.values import unknown_values
from joinery.runtime.records.duplicates import CONFIRM_DUPLICATES
from joinery.web.body import check_shape, read_body
from joinery.web.call import Call, operation

blueprint = Blueprint("imports", __name__)

_CHOICES = ("encoding", "delimiter", "sheet")
_TEXT: Mapping[str, Any] = {"type": "string"}
_FILE_PARTS = dict.fromkeys(_CHOICES, _TEXT)
_PREVIEW_PARTS: Mapping[str, Mapping[str, Any]] = {"file_id": {"type": "integer"}, **_FILE_PARTS}
_ORDER_PARTS: Mapping[str, Mapping[str, Any]] = {
    "mapping": {"type": "string", "description": "a JSON object: field key by column name"},
    "match": {
        "type": "string",
        "description": "the field by which existing records are found; several with commas between",
    },
    "mode": {"enum": list(MODES)},
    "blank": {"enum": list(BLANKS)},
    "several": {"enum": list(SEVERAL)},
    "dry_run": {"type": "boolean"},
    "confirm": {"enum": [CONFIRM_DUPLICATES], "description": "save rows that duplicate rules warn of"},
    "date_orders": {"type": "string", "description": "a JSON object: dmy, mdy or ymd by column name"},
    "columns": {"type": "string", "description": "a JSON object: ImportColumn by column name"},
    "lines": {"type": "string", "description": "a JSON object: ImportLines by subform"},
    **_FILE_PARTS,
}
_FORM_PATH = "/apps/<app>/forms/<form>/import"
_LIST: Mapping[str, Mapping[str, Any]] = {
    "form": {"type": "string", "description": "only imports into this form"},
    "cursor": {"type": "integer", "minimum": 1},
}


@blueprint.post(f"{_FORM_PATH}/preview")
@operation(body="multipart", parts=_PREVIEW_PARTS, answer="ImportPreview")
def preview_import(call: Call, app: str, form: str) -> dict[str, Any]:
    """What is in a file (`file`, or `file_id` of one sent before) and how its columns match the form."""
    if (file_id := _sent_id()) is None:
        name, content = _upload()
        file_id = imports.keep_upload(call.unit, call.actor, app, form, name=name, content=content)
    return imports.preview_import(call.unit, call.actor, app, form, file_id=file_id, choices=_choices())


@blueprint.post(_FORM_PATH)
@operation(body="multipart", parts=_ORDER_PARTS, or_json="StartImport", answer="JobStarted", status=202)
def start_import(call: Call, app: str, form: str) -> dict[str, Any]:
    """Start an import: JSON of the shape StartImport, or a multipart form with its members and the file."""
    body = read_body("StartImport") if request.is_json else _form_body()
    if "file" not in body:
        name, content = _upload()
        body["file"] = imports.keep_upload(call.unit, call.actor, app, form, name=name, content=content)
    body = check_shape(body, "StartImport")
    state = imports.start_import(call.unit, call.actor, _order(app, form, body, body.get("dry_run", False)))
    return {"job": jobs.job_json(call.unit, state)}


@blueprint.post("/apps/<app>/import/preview")
@operation(
    body="multipart",
    parts={**_PREVIEW_PARTS, "form": {"type": "string"}},
    answer="ImportFilePreview",
)
def preview_file(call: Call, app: str) -> dict[str, Any]:
    """What is in a file, and the form that it is probably for unless `form` says it."""
    if (file_id := _sent_id()) is None:
        name, content = _upload()
        file_id = imports.keep_file(call.unit, call.actor, app, name=name, content=content)
    form = request.form.get("form") or None
    return imports.preview_file(call.unit, call.actor, app, file_id=file_id, form=form, choices=_choices())


@blueprint.post("/apps/<app>/import/unknown")
@operation(body="StartImports", answer="ImportUnknown")
def find_unknown(call: Call, app: str) -> dict[str, Any]:
    """Cells of these files whose option, person, department or record is not known, with suggestions."""
    return {"files": unknown_values(call.unit, call.actor, _orders(app, call.body))}


@blueprint.post("/apps/<app>/import")
@operation(body="StartImports", answer="JobStarted", status=202)
def start_imports(call: Call, app: str) -> dict[str, Any]:
    """Import several files as one job, in an order in which relations between them are found."""
    remembering = call.body.get("remember", False)
    state = imports.start_imports(call.unit, call.actor, _orders(app, call.body), remembering=remembering)
    return {"job": jobs.job_json(call.unit, state)}


@blueprint.get("/apps/<app>/imports")
@operation(query=_LIST, answer="Imports")
def get_imports(call: Call, app: str) -> dict[str, Any]:
    """The imports of an app, the newest first: one's own; administrators see all."""
    form, cursor = call.query.get("form"), call.query.get("cursor")
    return list_imports(call.unit, call.actor, app, form=form, cursor=cursor)


@blueprint.post("/jobs/<record_id:job_id>/undo")
@operation(answer="JobStarted", status=202)
def undo_import(call: Call, job_id: int) -> dict[str, Any]:
    """Undo an import: what it created goes to the recycle bin, what it changed gets its earlier values."""
    return {"job": jobs.job_json(call.unit, start_undo(call.unit, call.actor, job_id))}


def _orders(app: str, body: Mapping[str, Any]) -> list[ImportOrder]:
    dry_run = body.get("dry_run", False)
    return [_order(app, file["form"], file, dry_run) for file in body["files"]]


def _order(app: str, form: str, body: Mapping[str, Any], dry_run: bool) -> ImportOrder:
    match = body.get("match")
    return ImportOrder(
        app=app,
        form=form,
        file_id=body["file"],
        mapping=body["mapping"],
        match=tuple(match) if isinstance(match, list) else match,
        mode=body.get("mode", "add"),
        blank=body.get("blank", "keep"),
        several=body.get("several", "fail"),
        dry_run=dry_run,
        encoding=body.get("encoding"),
        delimiter=body.get("delimiter"),
        sheet=body.get("sheet"),
        date_orders=body.get("date_orders", {}),
        confirm_duplicates=body.get("confirm") == CONFIRM_DUPLICATES,
        columns={name: ColumnChoice(**choice) for name, choice in body.get("columns", {}).items()},
        lines={
            name: LineChoice(mode=choice.get("mode", "replace"), match=tuple(choice.get("match", ())))
            for name, choice in body.get("lines", {}).items()
        },
    )


def _choices() -> dict[str, str | None]:
    return {name: request.form[name] for name in _CHOICES if request.form.get(name)}


def _sent_id() -> int | None:
    text = request.form.get("file_id")
    return None if text is None else _number("/file_id", text)


def _upload() -> tuple[str, bytes]:
    sent = request.files.get("file")
    if sent is None:
        raise InvalidInput(issues=[Issue("/file", "member_required", {"name": "file"})])
    return sent.filename or "", sent.stream.read()


def _form_body() -> dict[str, Any]:
    """The members of StartImport from a multipart form, checked as JSON of that shape is."""
    body: dict[str, Any] = {"mapping": {}}
    for name, text in request.form.items():
        match name:
            case "file":
                body[name] = _number("/file", text)
            case "mapping" | "date_orders" | "columns" | "lines":
                body[name] = _object(name, text)
            case "dry_run":
                body[name] = text.lower() in ("true", "1", "on")
            case "match" if "," in text:
                body[name] = [key.strip() for key in text.split(",") if key.strip()]
            case _:
                if text:
                    body[name] = text
    return body


def _object(name: str, text: str) -> dict[str, Any]:
    value = load_json(text)
    if not isinstance(value, dict):
        raise InvalidInput(issues=[Issue(pointer(name), "wrong_json_type", {"expected": "object"})])
    return value


def _number(path: str, text: str) -> int:
    if not (text.isascii() and text.isdigit() and len(text) < 19):
        raise InvalidInput(issues=[Issue(path, "wrong_json_type", {"expected": "integer"})])
    return int(text)
