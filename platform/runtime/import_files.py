"""Files of imports: what was uploaded, and what comes back."""

import tempfile
from typing import BinaryIO, cast

from joinery.directory import Actor
from joinery.runtime import files
from joinery.runtime.unit import Unit

#: Up to this size a file is read from memory, a larger one from the disk.
_IN_MEMORY = 8_000_000


def store_file(unit: Unit, actor: Actor, name: str, content: bytes) -> int:
    """Keep a file that belongs to the actor; its id."""
    stored: int = files.upload_file(unit, actor, name or "import.csv", "text/csv", content)["id"]
    return stored


def open_stored(unit: Unit, actor: Actor, file_id: int) -> tuple[str, BinaryIO]:
    """Name and content of one's own file, as a stream to be closed; raises NotFound."""
    found = files.download_file(unit, actor, file_id)
    stream = tempfile.SpooledTemporaryFile(max_size=_IN_MEMORY)  # noqa: SIM115 - the caller closes it
    stream.write(found.content)
    stream.seek(0)
    return found.name, cast(BinaryIO, stream)
