"""Uploaded files: who may attach them, and who may read them."""

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from joinery.directory import Actor
from joinery.forms import StoredFile
from joinery.kernel import InvalidInput, Issue, NotFound
from joinery.runtime.kinds import FILE
from joinery.runtime.records.open_form import OpenForm, open_form
from joinery.runtime.records.stored_record import require_record
from joinery.runtime.unit import Unit
from joinery.storage import files
from joinery.storage.files import FileContent

_LONGEST_NAME = 200


def upload_file(unit: Unit, actor: Actor, name: str, media_type: str, content: bytes) -> dict[str, str | int]:
    """Store a file; only its uploader may read it until a record shows it. LimitExceeded, InvalidInput."""
    cleaned = _printable(name.replace("\\", "/").rsplit("/", 1)[-1])
    if not cleaned:
        raise InvalidInput(issues=[Issue("/file", "file_without_name")])
    stored = files.add(
        unit,
        name=cleaned,
        type=_printable(media_type)[:100] or "application/octet-stream",
        content=content,
        created_by=actor.user_id,
        at=unit.now,
    )
    return {"id": stored.id, "name": stored.name, "size": stored.size, "type": stored.type}


def download_file(
    unit: Unit,
    actor: Actor,
    file_id: int,
    *,
    app: str | None = None,
    form: str | None = None,
    record: int | None = None,
    field: str | None = None,
) -> FileContent:
    """A file of one's own, or one in a field of a record that the actor may read; raises NotFound."""
    if app and form and record and field:
        at = open_form(unit, actor, app, form)
        found = at.form.field(field) if field in at.access.readable else None
        values = require_record(at, record) if found else {}
        if file_id not in (values.get(field) or ()):
            raise NotFound(kind=FILE)
        return _read(unit, file_id)
    content = _read(unit, file_id)
    if content.created_by is None or content.created_by != actor.user_id:
        raise NotFound(kind=FILE)
    return content


def attachable_files(at: OpenForm, stored: Iterable[Mapping[str, Any]]) -> Callable[[int], StoredFile | None]:
    """Finds the files that the actor may put into a record: his own uploads and what these records hold."""
    fields = [
        field.key
        for field in at.form.fields.values()
        if field.type.group == "files" and field.key in at.access.readable
    ]
    held = {file_id for values in stored for key in fields for file_id in values.get(key) or ()}

    def find(file_id: int) -> StoredFile | None:
        owner = None if file_id in held else at.actor.user_id
        return files.infos(at.unit, [file_id], created_by=owner).get(file_id)

    return find


def _read(unit: Unit, file_id: int) -> FileContent:
    content = files.read(unit, file_id)
    if content is None:
        raise NotFound(kind=FILE)
    return content


def _printable(text: str) -> str:
    return "".join(char for char in text if char.isprintable()).strip()[:_LONGEST_NAME]
