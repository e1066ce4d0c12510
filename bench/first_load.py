"""What a browser fetches until the first list is visible: bodies as the server sends them, without headers.

`tests/browser/test_first_load.py` holds this list of files and calls to what a browser really asks for.
"""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

from bench.client import Client

BUILT = Path(__file__).parent.parent / "platform" / "web" / "static" / "ui"
APP = "/a/crm_ltc"
LEADS = "/api/v1/apps/crm_ltc/forms/lead"

#: The pages and texts that opening the app loads for a signed-in person in English.
OPENED = (
    "index.html",
    "src/runtime/shell/Shell.tsx",
    "src/runtime/shell/AppPage.tsx",
    "src/runtime/list/ListPage.tsx",
    "src/texts/en.ts",
)
#: Rows that the list asks for at once.
PAGE = 100


def built_files(opened: tuple[str, ...] = OPENED, built: Path = BUILT) -> set[str]:
    """Addresses of the built files behind these sources: scripts with all they import, styles, the icon."""
    manifest = json.loads((built / ".vite" / "manifest.json").read_text(encoding="utf-8"))
    return {"/icon.svg", *(f"/{name}" for source in opened for name in _files(manifest, source, set()))}


def calls(describe: dict[str, Any]) -> tuple[str, ...]:
    """The calls made until the first list is there; `describe` is the form's description, with its views."""
    view = describe["views"][0]
    query = {"filter": view["filter"], "sort": view["sort"], "fields": ",".join(view["columns"])}
    given = {name: value for name, value in query.items() if value}
    asked = urlencode(given | {"limit": PAGE, "count": "capped"})
    return (
        "/api/v1/session",
        "/api/v1/apps",
        "/api/v1/apps/crm_ltc",
        "/api/v1/mentions",
        "/api/v1/notifications?limit=1",
        "/api/v1/tasks/counts",
        f"{LEADS}/describe",
        f"{LEADS}/records?{asked}",
    )


def first_load_bytes(person: Client, coding: str) -> tuple[int, int]:
    """Bytes of the page with its files, and of the answers of the API, for a browser that takes `coding`."""
    files = sum(person.size(path, coding) for path in (APP, *built_files()))
    answers = sum(person.size(call, coding) for call in calls(person.get(f"{LEADS}/describe")))
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
