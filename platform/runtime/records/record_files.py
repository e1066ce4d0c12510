"""All files of a record: in its fields, in its lines and in its comments."""

from typing import Any

from joinery.directory import Actor
from joinery.runtime.records.held_files import held_files
from joinery.runtime.records.open_form import open_form
from joinery.runtime.records.stored_record import require_record
from joinery.runtime.unit import Unit
from joinery.storage import comments, files

#: Files that are listed at most, the newest.
MOST = 1000

Json = dict[str, Any]


def record_files(unit: Unit, actor: Actor, app_key: str, form_key: str, record_id: int) -> Json:
    """The `files` of a record that the actor may read, newest first; each with who sent it, when and where.

    `more`: there are more than MOST. Raises NotFound.
    """
    at = open_form(unit, actor, app_key, form_key)
    values = require_record(at, record_id)
    places: list[tuple[int, Json]] = [
        (one.id, {"field": one.field, "line": one.line, "comment": None}) for one in held_files(at, values)
    ]
    places += [
        (file_id, {"field": None, "line": None, "comment": comment})
        for file_id, comment in comments.file_places(unit, app_key, form_key, record_id)
    ]
    sent = {one.file.id: one for one in files.uploads(unit, sorted({file_id for file_id, _ in places}))}
    names = at.directory.user_names()
    shown = []
    for file_id, place in places:
        upload = sent[file_id]
        person = upload.created_by
        shown.append(
            {
                "file": {
                    "id": file_id,
                    "name": upload.file.name,
                    "size": upload.file.size,
                    "type": upload.file.type,
                },
                "at": upload.at,
                "actor": None if person is None else {"id": person, "name": names.get(person, f"#{person}")},
                **place,
            }
        )
    shown.sort(key=lambda one: (one["at"], one["file"]["id"]), reverse=True)
    return {"files": shown[:MOST], "more": len(shown) > MOST}
