"""Conversions: what a record can be made into, doing it, undoing it."""

from typing import Any

from flask import Blueprint

from joinery.runtime.records import conversion_undo, conversions
from joinery.web.call import Call, operation
from joinery.web.errors import issues_json

blueprint = Blueprint(
    "conversions",
    __name__,
    url_prefix="/apps/<app>/forms/<form>/records/<record_id:record_id>/conversions",
)


@blueprint.get("")
@operation(answer="RecordConversions")
def list_conversions(call: Call, app: str, form: str, record_id: int) -> dict[str, Any]:
    """The conversions that are possible for a record now, those that were done, and those that made it."""
    return conversions.list_conversions(call.unit, call.actor, app, form, record_id)


@blueprint.post("/<conversion>/preview")
@operation(body="PreviewConversion", answer="ConversionPreview")
def preview(call: Call, app: str, form: str, record_id: int, conversion: str) -> dict[str, Any]:
    """What a conversion would make, what is missing, and what is there already; writes nothing."""
    body = call.body
    shown = conversions.preview(
        call.unit,
        call.actor,
        app,
        form,
        record_id,
        conversion,
        body.get("values", {}),
        body.get("targets", {}),
    )
    language = call.actor.language
    return {
        **shown,
        "issues": issues_json(shown["issues"], language),
        "targets": [
            {**target, "issues": issues_json(target["issues"], language)} for target in shown["targets"]
        ],
    }


@blueprint.post("/<conversion>")
@operation(body="Convert", answer="Converted")
def convert(call: Call, app: str, form: str, record_id: int, conversion: str) -> dict[str, Any]:
    """Convert a record: all or nothing, once."""
    body = call.body
    return conversions.convert(
        call.unit,
        call.actor,
        app,
        form,
        record_id,
        conversion,
        body["revision"],
        values=body.get("values", {}),
        targets=body.get("targets", {}),
        confirm=body.get("confirm"),
    )


@blueprint.delete("/<conversion>")
@operation(answer="ConversionUndone")
def undo(call: Call, app: str, form: str, record_id: int, conversion: str) -> dict[str, Any]:
    """Undo a conversion while nothing else depends on what it made; 409 with what does."""
    return conversion_undo.undo_conversion(call.unit, call.actor, app, form, record_id, conversion)
