"""Files of imports: what was uploaded, and what comes back."""

import tempfile
from typing import BinaryIO, cast

from joinery.directory import Actor
from joinery.kernel import NotFound
from joinery.runtime import files as uploads
from joinery.runtime.kinds import FILE
from joinery.runtime.unit import Unit
from joinery.storage import files

#: Up to this size a file is read from memory, a larger one from the disk.
_IN_MEMORY = 8_000_000


def store_file(unit: Unit, actor: Actor, name: str, content: bytes) -> int:
    """Keep a file that belongs to the actor; its id."""
    stored = uploads.upload_file(unit, actor, name or "import.csv", "text/csv", content)
    return int(stored["id"])


def open_stored(unit: Unit, actor: Actor, file_id: int) -> tuple[str, BinaryIO]:
    """Name and content of one's own file, as a stream to be closed; raises NotFound."""
    found = files.uploads(unit, [file_id]) if 0 < file_id < 2**63 else []
    if not found or found[0].created_by != actor.user_id:
        raise NotFound(kind=FILE)
    stream = tempfile.SpooledTemporaryFile(max_size=_IN_MEMORY)  # noqa: SIM115 - the caller closes it
    for piece in files.pieces(unit, file_id):
        stream.write(piece)
    stream.seek(0)
    return found[0].file.name, cast(BinaryIO, stream)
