"""The application for a WSGI server of the operator's own: `gunicorn "joinery.web.wsgi:make_app()"`."""

from flask import Flask

from joinery.adapters import mailer_of
from joinery.kernel import Misconfigured
from joinery.runtime.job_queue import enqueue
from joinery.runtime.services import Services
from joinery.runtime.settings import read_settings
from joinery.storage import Database
from joinery.web.app import create_app


def make_app() -> Flask:
    """The application on the database of JOINERY_DATABASE_URL; call it in each worker, after the fork.

    Raises Misconfigured without a database: the embedded one belongs to `joinery serve`.
    """
    settings = read_settings()
    if settings.database_url is None:
        raise Misconfigured(reason="JOINERY_DATABASE_URL must name the database")
    database = Database(settings.database_url, pool_size=settings.web_threads)
    return create_app(
        Services(database=database, settings=settings, defer=enqueue, mailer=mailer_of(settings.mail_server))
    )
