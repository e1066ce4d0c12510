"""The database goes away and comes back: clear answers meanwhile, and everything goes on afterwards."""

import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from joinery.runtime.importing import imports
from joinery.runtime.importing.order import ImportOrder
from joinery.runtime.settings import FIRST_WORKSPACE
from joinery.storage import embedded, job_states
from tests.integration.failures.conftest import OPERATOR, Product, wait_for
from tests.integration.failures.test_killed import THINGS, document


@pytest.fixture
def folder() -> Iterator[Path]:
    """A short path: sockets lie in it."""
    found = Path(tempfile.mkdtemp(prefix="joinery-fail-"))
    yield found
    shutil.rmtree(found, ignore_errors=True)


def test_the_database_goes_away_and_comes_back(folder, tmp_path):
    server = embedded.start(folder / "database")
    product = Product(server.url, tmp_path)
    try:
        serving = product.serve(job_workers=1)
        product.publish(document())
        boss = product.administrator()
        assert boss.call("POST", THINGS, {"name": "before"})[0] == 201

        product.services.database.close()
        server.stop()
        for _ in range(3):
            for method, path, body in (("GET", THINGS, None), ("POST", THINGS, {"name": "meanwhile"})):
                status, problem = boss.call(method, path, body)
                assert (status, problem["code"]) == (503, "unavailable"), problem
        assert boss.send("GET", "/healthz")[0] == 200
        assert boss.send("GET", "/readyz")[0] == 503

        server = embedded.start(folder / "database")
        assert boss.call("POST", THINGS, {"name": "after"})[0] == 201
        names = [record["name"] for record in boss.call("GET", THINGS)[1]["records"]]
        assert names == ["after", "before"]

        with product.services.unit(FIRST_WORKSPACE) as unit:
            file_id = imports.keep_upload(
                unit, OPERATOR, "things", "thing", name="t.csv", content=b"name\nimported\n"
            )
            order = ImportOrder(app="things", form="thing", file_id=file_id, mapping={"name": "name"})
            job = imports.start_import(unit, OPERATOR, order).id

        def state() -> str:
            with product.services.unit(FIRST_WORKSPACE) as unit:
                return job_states.get(unit, job).state

        wait_for(lambda: state() == "done", product.said)
        assert serving.poll() is None
    finally:
        product.stop()
        server.stop()
