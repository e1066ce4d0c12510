"""Uploaded files: who may attach them, and who may read them."""

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from joinery.directory import Actor
from joinery.forms import StoredFile
from joinery.kernel import InvalidInput, Issue, NotFound
from joinery.runtime.kinds import FILE
from joinery.runtime.records.held_files import held_files
from joinery.runtime.records.open_form import OpenForm, open_form
from joinery.runtime.records.stored_record import require_record
from joinery.runtime.unit import Unit
from joinery.storage import comments, files
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
    comment: int | None = None,
) -> FileContent:
    """A file of one's own, or one of a record that the actor may read; raises NotFound.

    It stands in `field` (in a line "lines.photo") or belongs to `comment`.
    """
    if app and form and record and (field or comment):
        at = open_form(unit, actor, app, form)
        values = require_record(at, record)
        if not (_is_in_field(at, values, field, file_id) if field else _is_of(at, values, comment, file_id)):
            raise NotFound(kind=FILE)
        return content_of(unit, file_id)
    content = content_of(unit, file_id)
    if content.created_by is None or content.created_by != actor.user_id:
        raise NotFound(kind=FILE)
    return content


def attachable_files(at: OpenForm, stored: Iterable[Mapping[str, Any]]) -> Callable[[int], StoredFile | None]:
    """Finds the files that the actor may put into a record: his own uploads and what these records hold."""
    held = {one.id for values in stored for one in held_files(at, values)}

    def find(file_id: int) -> StoredFile | None:
        owner = None if file_id in held else at.actor.user_id
        return files.infos(at.unit, [file_id], created_by=owner).get(file_id)

    return find


def _is_in_field(at: OpenForm, values: Mapping[str, Any], field: str, file_id: int) -> bool:
    return any(one.id == file_id and one.field == field for one in held_files(at, values))


def _is_of(at: OpenForm, values: Mapping[str, Any], comment_id: int | None, file_id: int) -> bool:
    found = None if comment_id is None else comments.get(at.unit, comment_id)
    if found is None or (found.app, found.form, found.record_id) != (at.form.app, at.form.key, values["id"]):
        return False
    return any(one.id == file_id for one in comments.files_of(at.unit, [found.id]).get(found.id, ()))


def content_of(unit: Unit, file_id: int) -> FileContent:
    """A file, whoever may read it; raises NotFound."""
    content = files.read(unit, file_id)
    if content is None:
        raise NotFound(kind=FILE)
    return content


def _printable(text: str) -> str:
    return "".join(char for char in text if char.isprintable()).strip()[:_LONGEST_NAME]
