"""The connection of one transaction, on which rows may be written while the process computes the next ones.

A COPY keeps the database busy and the process waiting. It runs in a thread instead; whoever next uses the
connection waits for it first, so the order of all statements stays that of the program. What went wrong in
the thread is raised there, at the latest before the commit.
"""

from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import suppress

import sqlalchemy as sa

#: What a thread does with the connection, which nobody else uses meanwhile.
Write = Callable[[sa.Connection], None]


class WriteBehind:
    """Owns the connection of a transaction and what is being written on it."""

    __slots__ = ("_connection", "_running", "_thread")

    def __init__(self, connection: sa.Connection) -> None:
        self._connection = connection
        self._thread: ThreadPoolExecutor | None = None
        self._running: list[Future[None]] = []

    @property
    def connection(self) -> sa.Connection:
        """The connection, with nothing running on it any more; raises what went wrong there."""
        if self._running:
            self.settle()
        return self._connection

    def later(self, write: Write) -> None:
        """Do `write` behind the caller's back, after those that were asked for before."""
        if self._thread is None:
            self._thread = ThreadPoolExecutor(1, thread_name_prefix="joinery-write")
        self._running.append(self._thread.submit(write, self._connection))

    def settle(self) -> None:
        """Wait for what is running; raises the first error."""
        running, self._running = self._running, []
        for write in running:
            write.result()

    def close(self) -> None:
        """Wait for what is running, whatever becomes of it: the transaction is over."""
        with suppress(Exception):
            self.settle()
        if self._thread is not None:
            self._thread.shutdown()
