"""The bundled suite as it was before follow-ups were about one thing: older workspaces were made from it."""

import gzip
import json
from pathlib import Path
from typing import Any

_PACKED = Path(__file__).with_name("former_suite.json.gz")


def former_suite() -> dict[str, Any]:
    """The definition of that version."""
    document: dict[str, Any] = json.loads(gzip.decompress(_PACKED.read_bytes()))
    return document
