"""A worker that is killed in the middle: another one goes on, and every row is in exactly once."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from joinery.directory import Actor
from joinery.runtime import job_queue
from joinery.runtime.apps import publishing
from joinery.runtime.importing import imports
from joinery.runtime.importing.order import ImportOrder
from joinery.runtime.services import Services
from joinery.runtime.settings import Settings
from joinery.storage import job_states

ROWS = 30_000
PATIENCE_SECONDS = 180

LABEL = {"en": "Thing", "zh": "东西"}
DOCUMENT = {
    "joinery": 1,
    "app": "things",
    "version": "1.0.0",
    "label": LABEL,
    "forms": {
        "thing": {
            "label": LABEL,
            "fields": {
                "no": {"type": "autonumber", "label": LABEL, "pattern": [{"text": "T"}, {"counter": 6}]},
                "name": {"type": "text", "label": LABEL, "required": True},
                "size": {"type": "number", "label": LABEL, "validate": {"{size} <> 13": LABEL}},
            },
        }
    },
    "menu": [{"form": "thing"}],
}


@pytest.fixture
def services(database, workspace, tmp_path) -> Services:
    found = Services(database=database, settings=Settings(data_dir=tmp_path), defer=job_queue.enqueue)
    with found.unit(workspace.key) as unit:
        publishing.install_suite(unit, operator(workspace.key), DOCUMENT)
    return found


def operator(workspace: str) -> Actor:
    return Actor(user_id=None, name="operator", is_admin=True, workspace=workspace)


def start_worker(url: str, log: Path) -> subprocess.Popen[bytes]:
    environment = os.environ | {"JOINERY_DATABASE_URL": url}
    command = [Path(sys.executable).with_name("joinery"), "worker"]
    with log.open("ab") as output:
        return subprocess.Popen(command, env=environment, stdout=output, stderr=output)


def wait_for(condition: Callable[[], bool], log: Path) -> None:
    deadline = time.monotonic() + PATIENCE_SECONDS
    while not condition():
        assert time.monotonic() < deadline, log.read_text(errors="replace")
        time.sleep(0.02)


def test_an_import_survives_its_worker(services, workspace, database_url, tmp_path):
    log = tmp_path / "worker.log"
    lines = "".join(f"Thing {number},{number % 100}\n" for number in range(ROWS))
    with services.unit(workspace.key) as unit:
        actor = operator(workspace.key)
        file_id = imports.keep_upload(
            unit, actor, "things", "thing", name="things.csv", content=f"name,size\n{lines}".encode()
        )
        order = ImportOrder(
            app="things", form="thing", file_id=file_id, mapping={"name": "name", "size": "size"}
        )
        job = imports.start_import(unit, actor, order).id

    def state() -> job_states.JobState:
        with services.unit(workspace.key) as unit:
            return job_states.get(unit, job)

    worker = start_worker(database_url, log)
    try:
        wait_for(lambda: state().done > 0, log)
        worker.send_signal(signal.SIGKILL)
        worker.wait()
        killed = state()
        assert killed.state == "running"
        assert 0 < killed.done < ROWS
        with services.unit(None) as unit:
            # Nobody has to wait for the silence of the dead worker to become long enough.
            unit.connection.exec_driver_sql(
                "UPDATE joinery.procrastinate_workers SET last_heartbeat = now() - interval '1 hour'"
            )
        worker = start_worker(database_url, log)
        wait_for(lambda: state().state not in ("waiting", "running"), log)
    finally:
        worker.send_signal(signal.SIGTERM)
        worker.wait(30)
    finished = state()
    assert finished.state == "done", finished.error
    assert (finished.summary["created"], finished.summary["failed"]) == (ROWS - ROWS // 100, ROWS // 100)
    with services.unit(workspace.key) as unit:
        table = f'"{unit.schema}".things__thing'
        counted = unit.connection.exec_driver_sql(
            f"SELECT count(*), count(DISTINCT name), count(DISTINCT no) FROM {table}"
        ).one()
    assert tuple(counted) == (ROWS - ROWS // 100,) * 3
