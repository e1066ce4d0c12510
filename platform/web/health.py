"""For those who operate the product: is it alive, is it ready, what does it do."""

from typing import cast

from flask import Blueprint, Response, current_app
from sqlalchemy import text

from joinery.kernel import PlatformError
from joinery.runtime.services import Services
from joinery.web.answers import json_answer
from joinery.web.metrics import render_metrics

blueprint = Blueprint("health", __name__)


@blueprint.get("/healthz")
def healthz() -> Response:
    """The process answers."""
    return json_answer({"status": "ok"})


@blueprint.get("/readyz")
def readyz() -> Response:
    """The process can work: its database answers too."""
    ready = _database_answers()
    return json_answer(
        {"status": "ready" if ready else "unavailable", "database": ready}, 200 if ready else 503
    )


@blueprint.get("/metrics")
def metrics() -> Response:
    """Counters of this process in Prometheus' text format."""
    counts = current_app.extensions["joinery_metrics"]
    content = render_metrics(counts, _services(), database_up=_database_answers())
    return Response(content, mimetype="text/plain", headers={"Cache-Control": "no-store"})


def _services() -> Services:
    return cast(Services, current_app.extensions["joinery"])


def _database_answers() -> bool:
    try:
        with _services().unit(None) as unit:
            unit.connection.execute(text("SELECT 1"))
    except PlatformError:
        return False
    return True
