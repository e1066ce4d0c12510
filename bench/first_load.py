"""What a browser fetches until the first list is visible, compressed as the server sends it."""

import gzip
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from bench.client import Client

BUILT = Path(__file__).parent.parent / "platform" / "web" / "static" / "ui"

#: The pages and texts that opening a list of a signed-in person in English loads.
OPENED = (
    "index.html",
    "src/runtime/shell/Shell.tsx",
    "src/runtime/shell/AppPage.tsx",
    "src/runtime/list/ListPage.tsx",
    "src/texts/en.ts",
)
#: The calls that the first list waits for.
CALLS = (
    "/api/v1/session",
    "/api/v1/apps",
    "/api/v1/apps/crm_ltc",
    "/api/v1/apps/crm_ltc/forms/lead/describe",
    "/api/v1/apps/crm_ltc/forms/lead/records",
)


def built_files(opened: tuple[str, ...] = OPENED, built: Path = BUILT) -> set[str]:
    """The built files behind these sources: scripts with all they import, and styles."""
    manifest = json.loads((built / ".vite" / "manifest.json").read_text(encoding="utf-8"))
    return {"index.html", *(name for source in opened for name in _files(manifest, source, set()))}


def first_load_bytes(person: Client) -> tuple[int, int]:
    """Compressed bytes of scripts and styles, and of the answers of the API."""
    files = sum(len(gzip.compress((BUILT / name).read_bytes(), 6)) for name in built_files())
    answers = sum(
        len(gzip.compress(json.dumps(person.get(call), ensure_ascii=False).encode(), 6)) for call in CALLS
    )
    return files, answers


def _files(manifest: Any, source: str, seen: set[str]) -> Iterator[str]:
    """The file of a source and those of everything it imports at once."""
    if source in seen:
        return
    seen.add(source)
    entry = manifest[source]
    yield entry["file"]
    yield from entry.get("css", ())
    for imported in entry.get("imports", ()):
        yield from _files(manifest, imported, seen)
