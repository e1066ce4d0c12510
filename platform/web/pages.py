"""The web interface: its page for every address that is not the API's, and its built files."""

from pathlib import Path

from flask import Blueprint, Response, abort, current_app, request, send_file
from werkzeug.exceptions import HTTPException, MethodNotAllowed, NotFound

from joinery.kernel import message
from joinery.web.language import browser_language
from joinery.web.security import page_nonce

blueprint = Blueprint("pages", __name__)

#: Stands in the built page wherever this request's nonce belongs.
NONCE_PLACEHOLDER = "__CSP_NONCE__"

#: Built files carry a hash of their content in their names.
_FOREVER = 31_536_000

#: How the build compresses, smallest first; browsers take Brotli over HTTPS and from this machine only.
_ENDINGS = {"br": ".br", "gzip": ".gz"}


def interface_folder() -> Path:
    """Where the build of the web interface lies."""
    return Path(__file__).parent / "static" / "ui"


@blueprint.get("/assets/<path:name>")
def asset(name: str) -> Response:
    """A built file: never changes under its name, sent compressed when the browser takes it."""
    return _built_file(Path("assets") / name, max_age=_FOREVER)


@blueprint.get("/", defaults={"path": ""})
@blueprint.get("/<path:path>")
def page(path: str) -> Response:
    """The application's page; the browser's router does the rest."""
    if path.split("/")[0] in ("api", "assets"):
        raise unknown_address()
    if "." in path.rsplit("/", 1)[-1] and path.count("/") == 0:
        return _built_file(Path(path), max_age=3600)
    index = _folder() / "index.html"
    if not index.is_file():
        return Response(message("interface_not_built", browser_language()), 503, mimetype="text/plain")
    text = index.read_text(encoding="utf-8").replace(NONCE_PLACEHOLDER, page_nonce())
    return Response(text, mimetype="text/html", headers={"Cache-Control": "no-store"})


def unknown_address() -> HTTPException:
    """Why there is nothing at this address below /api/: it takes other methods, or does not exist at all."""
    own = {"GET", "HEAD", "OPTIONS"}
    adapter = current_app.url_map.bind("")
    others = set(adapter.allowed_methods(request.path)) - own
    return MethodNotAllowed(sorted(others)) if others else NotFound()


def _folder() -> Path:
    folder: Path = current_app.config["INTERFACE_FOLDER"]
    return folder


def _built_file(name: Path, *, max_age: int) -> Response:
    path = _inside(name)
    if path is None:
        abort(404)
    packed = {
        coding: other
        for coding, ending in _ENDINGS.items()
        if (other := path.with_name(path.name + ending)).is_file()
    }
    coding = max(packed, key=request.accept_encodings.quality, default=None)
    if coding and request.accept_encodings.quality(coding) <= 0:
        coding = None
    response = send_file(
        packed[coding] if coding else path,
        mimetype=_mimetype(path),
        max_age=max_age,
        conditional=True,
        etag=True,
    )
    if coding:
        response.headers["Content-Encoding"] = coding
    if packed:
        response.headers["Vary"] = "Accept-Encoding"
    if max_age == _FOREVER:
        response.cache_control.immutable = True
    response.cache_control.public = True
    response.cache_control.no_cache = None
    return response


def _inside(name: Path) -> Path | None:
    """The built file of this name, or None; nothing outside the folder, whatever the address says."""
    folder = _folder().resolve()
    try:
        path = (folder / name).resolve()
        found = path.is_relative_to(folder) and path.is_file() and path.name != "index.html"
    except (OSError, ValueError):
        return None
    return path if found else None


_MIMETYPES = {
    ".js": "text/javascript",
    ".css": "text/css",
    ".svg": "image/svg+xml",
    ".woff2": "font/woff2",
    ".json": "application/json",
    ".webmanifest": "application/manifest+json",
    ".map": "application/json",
    ".png": "image/png",
    ".ico": "image/x-icon",
    ".txt": "text/plain",
}


def _mimetype(path: Path) -> str:
    """By our own table: the machine's table of types may be empty or odd."""
    return _MIMETYPES.get(path.suffix, "application/octet-stream")
