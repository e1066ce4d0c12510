"""A transaction as use cases see it: storage's unit of work with the moment and with work for later."""

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any, Protocol

from joinery.storage import UnitOfWork


class Defer(Protocol):
    """Enqueues a job of `kind` in the transaction of `unit`: it exists when that is committed, or never.

    With `at` (aware) it is done then, or a little later.
    """

    def __call__(
        self, unit: "Unit", kind: str, arguments: Mapping[str, Any], *, at: datetime | None = None
    ) -> None: ...


class Unit(UnitOfWork):
    """One transaction in one workspace at one moment.

    `now` (aware, UTC) is the time of everything that is written; it does not move within the transaction.
    """

    __slots__ = ("_after_commit", "_defer", "address", "api_key", "now")

    def __init__(self, base: UnitOfWork, schema: str | None, *, now: datetime, defer: Defer) -> None:
        super().__init__(base.line, schema, base.memory)
        self.now = now
        #: Where the call came from, for the audit log; None for jobs and commands.
        self.address: str | None = None
        #: Name of the API key that called, for the audit log.
        self.api_key: str | None = None
        self._defer = defer
        self._after_commit: list[Callable[[], None]] = []

    def defer(self, kind: str, arguments: Mapping[str, Any], *, at: datetime | None = None) -> None:
        """Let a worker do a job of `kind` once this transaction is committed, or later, `at` a moment."""
        if at is None:
            self._defer(self, kind, arguments)
        else:
            self._defer(self, kind, arguments, at=at)

    def after_commit(self, action: Callable[[], None]) -> None:
        """Do `action` when, and only when, this transaction was committed."""
        self._after_commit.append(action)

    def committed(self) -> None:
        """Run what waited for the commit, in the order in which it was asked for."""
        waiting, self._after_commit = self._after_commit, []
        for action in waiting:
            action()
