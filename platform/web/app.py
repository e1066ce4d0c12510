"""The Flask application, put together from its parts."""

import importlib
import pkgutil
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType

from flask import Flask
from werkzeug.routing import BaseConverter, ValidationError

from joinery.runtime.services import Services
from joinery.web import api, health, pages
from joinery.web.compression import register_compression
from joinery.web.errors import register_errors
from joinery.web.metrics import register_metrics
from joinery.web.security import register_security

API_PREFIX = "/api/v1"

#: Largest body of a JSON call; calls that take a file allow more.
MAXIMUM_BODY = 10_000_000


def create_app(services: Services, *, interface: Path | None = None) -> Flask:
    """The product as a WSGI application; `interface` is the folder of the built web interface."""
    app = Flask("joinery.web", static_folder=None)
    app.extensions["joinery"] = services
    app.config["INTERFACE_FOLDER"] = interface or pages.interface_folder()
    app.config["MAX_CONTENT_LENGTH"] = MAXIMUM_BODY
    app.config["MAX_FORM_MEMORY_SIZE"] = MAXIMUM_BODY
    app.url_map.converters["record_id"] = RecordId
    register_errors(app)
    register_metrics(app)
    register_security(app)
    register_compression(app)
    for module in _api_modules():
        inner = module.blueprint.url_prefix or ""
        app.register_blueprint(module.blueprint, url_prefix=API_PREFIX + inner)
    app.register_blueprint(health.blueprint)
    app.register_blueprint(pages.blueprint)
    return app


class RecordId(BaseConverter):
    """An id in an address: digits that fit a bigint; anything else is no address of ours."""

    regex = r"[0-9]{1,19}"

    def to_python(self, value: str) -> int:
        number = int(value)
        if number > 2**63 - 1:
            raise ValidationError
        return number


def _api_modules() -> Iterator[ModuleType]:
    """Every module of `web/api` that defines a blueprint, in the order of their names."""
    for found in sorted(pkgutil.iter_modules(api.__path__), key=lambda entry: entry.name):
        module = importlib.import_module(f"{api.__name__}.{found.name}")
        if hasattr(module, "blueprint"):
            yield module
