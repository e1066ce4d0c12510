"""What several integration tests stand on."""

import pytest

from joinery.adapters import FixedClock
from joinery.directory import Actor
from joinery.kernel import PlatformError
from joinery.runtime.apps import publishing
from joinery.runtime.services import Services
from joinery.runtime.settings import Settings
from joinery.storage.database_errors import is_retryable
from tests.conftest import NOW


def _no_job(unit, kind, arguments) -> None:
    raise AssertionError("so few records need no job")


@pytest.fixture
def crowd(database, workspace, tmp_path):
    """Publishes an app; what comes back runs use cases of it, each in its own transaction, again when it met
    others crosswise.
    """
    services = Services(
        database=database, settings=Settings(data_dir=tmp_path), clock=FixedClock(NOW), defer=_no_job
    )
    actor = Actor(user_id=None, name="setup", is_admin=True, workspace=workspace.key)

    def run(use, *arguments, **options):
        while True:
            try:
                with services.unit(workspace.key) as unit:
                    return use(unit, actor, *arguments, **options)
            except PlatformError as error:
                if not is_retryable(error):
                    raise

    def published(app, document):
        run(publishing.publish_app, app, document)
        return run

    return published
