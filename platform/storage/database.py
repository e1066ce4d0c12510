"""The connection pool and its transactions."""

import select
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from typing import Any

import sqlalchemy as sa
from sqlalchemy import event, exc
from sqlalchemy.engine import make_url

from joinery.kernel import Misconfigured, Unavailable
from joinery.storage.database_errors import translated_errors
from joinery.storage.unit_of_work import Memory, UnitOfWork
from joinery.storage.write_behind import WriteBehind

OLDEST_SERVER = 15

#: No statement of a request may run longer; long work (publishing, jobs) sets its own bound.
STATEMENT_SECONDS = 20

#: procrastinate's functions are called without a schema name.
_SESSION_OPTIONS = (
    f"-c search_path=joinery,public -c statement_timeout={STATEMENT_SECONDS}s -c lock_timeout=10s"
    " -c idle_in_transaction_session_timeout=10min -c timezone=UTC"
)


class Database:
    """A PostgreSQL database; one object per process, made after a fork."""

    def __init__(
        self, url: str, *, pool_size: int = 10, statement_seconds: float = STATEMENT_SECONDS
    ) -> None:
        self.url = url
        self.statement_seconds = statement_seconds
        self.memory = Memory()
        self.engine = _engine(url, pool_size)

    @contextmanager
    def begin(self, schema: str | None = None) -> Iterator[UnitOfWork]:
        """One transaction: committed at the end of the block, rolled back by any exception.

        `schema` is the workspace's schema; None for work on system tables alone.
        Raises Unavailable when the database cannot be reached.
        """
        with translated_errors(self.statement_seconds), self.engine.connect() as connection:
            if schema is not None:
                connection = connection.execution_options(schema_translate_map={"ws": schema})
            line = WriteBehind(connection)
            with connection.begin(), closing(line):
                yield UnitOfWork(line, schema, self.memory)
                line.settle()

    @contextmanager
    def autocommit(self) -> Iterator[sa.Connection]:
        """A connection outside of transactions, for statements that refuse one."""
        with translated_errors(self.statement_seconds), self.engine.connect() as connection:
            yield connection.execution_options(isolation_level="AUTOCOMMIT")

    def check_version(self) -> None:
        """Raise Misconfigured when the server is older than what the product needs."""
        with self.begin() as unit:
            number: int = unit.connection.execute(sa.text("SHOW server_version_num")).scalar_one()
        if int(number) // 10000 < OLDEST_SERVER:
            raise Misconfigured(
                reason=f"PostgreSQL {OLDEST_SERVER} or newer is needed, this server is {int(number) // 10000}"
            )

    def wait(self, seconds: float) -> None:
        """Wait until the database answers; raises Unavailable after `seconds`."""
        deadline = time.monotonic() + seconds
        while True:
            try:
                with self.begin() as unit:
                    unit.connection.execute(sa.text("SELECT 1"))
                return
            except Unavailable:
                if time.monotonic() > deadline:
                    raise
                time.sleep(0.2)

    def close(self) -> None:
        """Close all idle connections; the object may be used again afterwards."""
        self.engine.dispose()


def queue_connection(url: str) -> dict[str, Any]:
    """How the job queue connects to the same database: the arguments of its connector."""
    plain = make_url(url).set(drivername="postgresql")
    options = {
        "application_name": "joinery worker",
        "options": "-c search_path=joinery,public -c timezone=UTC",
    }
    return {"conninfo": plain.render_as_string(hide_password=False), "kwargs": options}


def _engine(url: str, pool_size: int) -> sa.Engine:
    try:
        parsed = make_url(url)
    except exc.ArgumentError as error:
        raise Misconfigured(reason="JOINERY_DATABASE_URL is not a database address") from error
    if parsed.get_backend_name() not in ("postgresql", "postgres"):
        raise Misconfigured(reason="JOINERY_DATABASE_URL must begin with postgresql://")
    arguments: dict[str, Any] = {"connect_timeout": 5, "application_name": "joinery"}
    if "options" not in parsed.query:
        arguments["options"] = _SESSION_OPTIONS
    engine = sa.create_engine(
        parsed.set(drivername="postgresql+psycopg"),
        pool_size=pool_size,
        max_overflow=pool_size,
        pool_timeout=10,
        pool_recycle=600,
        query_cache_size=2000,
        connect_args=arguments,
    )
    event.listen(engine, "checkout", _replace_lost_connection)
    return engine


def _replace_lost_connection(driver: Any, _record: Any, _proxy: Any) -> None:
    """Discard a pooled connection that the server has closed; costs microseconds, unlike a ping.

    An idle connection has nothing to say: anything to read is the end of it, or a notice before the end.
    """
    if driver.closed:
        raise exc.DisconnectionError
    watched = select.poll() if hasattr(select, "poll") else None
    if watched is not None:
        watched.register(driver.fileno(), select.POLLIN)
        lost = bool(watched.poll(0))
    else:
        lost = bool(select.select([driver.fileno()], [], [], 0)[0])
    if lost:
        raise exc.DisconnectionError
