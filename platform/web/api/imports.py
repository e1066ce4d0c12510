"""Import of CSV and XLSX files."""

from collections.abc import Mapping
from typing import Any

from flask import Blueprint, request

from joinery.kernel import InvalidInput, Issue, load_json, pointer
from joinery.runtime import imports, jobs
from joinery.runtime.duplicates import CONFIRM_DUPLICATES
from joinery.runtime.import_order import MODES, ImportOrder
from joinery.web.body import read_body
from joinery.web.call import Call, operation

blueprint = Blueprint("imports", __name__, url_prefix="/apps/<app>/forms/<form>/import")

_CHOICES = ("encoding", "delimiter", "sheet")
_TEXT: Mapping[str, Any] = {"type": "string"}
_FILE_PARTS = dict.fromkeys(_CHOICES, _TEXT)
_PREVIEW_PARTS: Mapping[str, Mapping[str, Any]] = {"file_id": {"type": "integer"}, **_FILE_PARTS}
_ORDER_PARTS: Mapping[str, Mapping[str, Any]] = {
    "mapping": {"type": "string", "description": "a JSON object: field key by column name"},
    "match": {"type": "string", "description": "the field by which existing records are found"},
    "mode": {"enum": list(MODES)},
    "dry_run": {"type": "boolean"},
    "confirm": {"enum": [CONFIRM_DUPLICATES], "description": "save rows that duplicate rules warn of"},
    "date_orders": {"type": "string", "description": "a JSON object: dmy, mdy or ymd by column name"},
    **_FILE_PARTS,
}


@blueprint.post("/preview")
@operation(body="multipart", parts=_PREVIEW_PARTS, answer="ImportPreview")
def preview_import(call: Call, app: str, form: str) -> dict[str, Any]:
    """What is in a file (`file`, or `file_id` of one sent before) and how its columns match the form."""
    choices = {name: request.form[name] for name in _CHOICES if request.form.get(name)}
    if (text := request.form.get("file_id")) is not None:
        file_id = _number("/file_id", text)
    else:
        name, content = _upload()
        file_id = imports.keep_upload(call.unit, call.actor, app, form, name=name, content=content)
    return imports.preview_import(call.unit, call.actor, app, form, file_id=file_id, choices=choices)


@blueprint.post("")
@operation(body="multipart", parts=_ORDER_PARTS, or_json="StartImport", answer="JobStarted", status=202)
def start_import(call: Call, app: str, form: str) -> dict[str, Any]:
    """Start an import: JSON of the shape StartImport, or a multipart form with its members and the file."""
    body = read_body("StartImport") if request.is_json else _form_body()
    if "file" not in body:
        name, content = _upload()
        body["file"] = imports.keep_upload(call.unit, call.actor, app, form, name=name, content=content)
    order = ImportOrder(
        app=app,
        form=form,
        file_id=body["file"],
        mapping=body["mapping"],
        match=body.get("match"),
        mode=body.get("mode", "add"),
        dry_run=body.get("dry_run", False),
        encoding=body.get("encoding"),
        delimiter=body.get("delimiter"),
        sheet=body.get("sheet"),
        date_orders=body.get("date_orders", {}),
        confirm_duplicates=body.get("confirm") == CONFIRM_DUPLICATES,
    )
    state = imports.start_import(call.unit, call.actor, order)
    return {"job": jobs.job_json(call.unit, state)}


def _upload() -> tuple[str, bytes]:
    sent = request.files.get("file")
    if sent is None:
        raise InvalidInput(issues=[Issue("/file", "member_required", {"name": "file"})])
    return sent.filename or "", sent.stream.read()


def _form_body() -> dict[str, Any]:
    """The members of StartImport from a multipart form: `mapping` and `date_orders` are JSON objects."""
    body: dict[str, Any] = {"mapping": {}}
    for name, text in request.form.items():
        match name:
            case "file":
                body[name] = _number("/file", text)
            case "mapping" | "date_orders":
                body[name] = _texts(name, text)
            case "dry_run":
                body[name] = text.lower() in ("true", "1", "on")
            case _:
                body[name] = text or None
    return body


def _texts(name: str, text: str) -> dict[str, str]:
    """A JSON object whose values are all text."""
    value = load_json(text)
    if not isinstance(value, dict) or not all(isinstance(each, str) for each in value.values()):
        raise InvalidInput(issues=[Issue(pointer(name), "wrong_json_type", {"expected": "object"})])
    return value


def _number(path: str, text: str) -> int:
    if not (text.isascii() and text.isdigit() and len(text) < 19):
        raise InvalidInput(issues=[Issue(path, "wrong_json_type", {"expected": "integer"})])
    return int(text)
