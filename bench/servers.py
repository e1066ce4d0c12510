"""Starts what is measured: the product with its data, and the bare app beside it on the same database."""

import contextlib
import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import psutil
import psycopg

BIN = Path(sys.executable).parent


@dataclass(frozen=True, slots=True, kw_only=True)
class Servers:
    """Two servers on one database: ports, the database's URL and folder, and the process of the product."""

    port: int
    bare_port: int
    database_url: str
    data_dir: Path
    product_pid: int

    def processor_time(self) -> float:
        """What the product and the database have worked so far, ms, parallel workers that ended included."""
        postmaster = int((self.data_dir / "postmaster.pid").read_text().split()[0])
        seconds = 0.0
        for root in map(psutil.Process, (self.product_pid, postmaster)):
            for process in (root, *root.children(recursive=True)):
                with contextlib.suppress(psutil.NoSuchProcess):
                    times = process.cpu_times()
                    seconds += times.user + times.system
            # Those of the database that have ended are in what it says of its children.
            if root.pid == postmaster:
                ended = root.cpu_times()
                seconds += ended.children_user + ended.children_system
        return seconds * 1000


def free_port() -> int:
    """A port nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def started(leads: int, kept: Path | None = None) -> Iterator[Servers]:
    """The product with `leads` leads and the bare app, on data of their own that is removed afterwards.

    Data in the folder `kept` stays and is used again by the next run.
    """
    from joinery.storage import embedded

    folder = kept or Path(tempfile.mkdtemp(prefix="joinery-bench-"))
    server = embedded.start(folder / "data")
    port, bare_port = free_port(), free_port()
    environment = os.environ | {"JOINERY_DATABASE_URL": server.url, "JOINERY_PORT": str(port)}
    processes: list[subprocess.Popen[bytes]] = []
    try:
        subprocess.run([BIN / "joinery", "demo", "--leads", str(leads)], env=environment, check=True)
        _tidy(server.url)
        processes.append(_spawn([str(BIN / "joinery"), "serve", "--demo"], environment))
        processes.append(_spawn(_bare_command(bare_port), environment))
        _wait(f"http://127.0.0.1:{port}/readyz")
        _wait(f"http://127.0.0.1:{bare_port}/ready")
        yield Servers(
            port=port,
            bare_port=bare_port,
            database_url=server.url,
            data_dir=folder / "data",
            product_pid=processes[0].pid,
        )
    finally:
        for process in reversed(processes):
            process.send_signal(signal.SIGTERM)
            process.wait(60)
        server.stop()
        if kept is None:
            shutil.rmtree(folder, ignore_errors=True)


def _tidy(url: str) -> None:
    """What the database's own housekeeping has done some minutes after so many rows came in."""
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute("VACUUM (ANALYZE)")


def _spawn(command: list[str], environment: dict[str, str]) -> subprocess.Popen[bytes]:
    return subprocess.Popen(command, env=environment, stdout=sys.stderr)


def _bare_command(port: int) -> list[str]:
    """The same gunicorn settings as the product's own."""
    options = ["--workers", "2", "--threads", "8", "--worker-class", "gthread", "--log-level", "warning"]
    return [str(BIN / "gunicorn"), *options, "--bind", f"127.0.0.1:{port}", "bench.bare:app"]


def _wait(address: str, seconds: float = 120) -> None:
    deadline = time.monotonic() + seconds
    while True:
        try:
            with urllib.request.urlopen(address, timeout=2):
                return
        except OSError:
            if time.monotonic() > deadline:
                raise
            time.sleep(0.1)
