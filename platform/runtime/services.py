"""What one process needs to run use cases: the database, the clock, the operator's settings."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from joinery.adapters import Clock, HttpCaller, Mailer, SystemClock, WebhookCaller
from joinery.runtime.api_keys import entering
from joinery.runtime.people import sessions
from joinery.runtime.people.sessions import Session
from joinery.runtime.settings import Settings
from joinery.runtime.unit import Defer, Unit
from joinery.storage import Database, UnitOfWork, Workspace, get_workspace


def no_jobs(unit: Unit, kind: str, arguments: Mapping[str, Any], *, at: datetime | None = None) -> None:
    """Refuse to enqueue: for processes that were made without a queue."""
    raise RuntimeError(f"this process has no queue for the job {kind}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Services:
    """Made once per process, after a fork. `defer` enqueues jobs, `clock` tells the time (aware, UTC)."""

    database: Database
    settings: Settings
    clock: Clock = field(default_factory=SystemClock)
    defer: Defer = no_jobs
    #: Sends mails; None keeps them for administrators to read.
    mailer: Mailer | None = None
    #: Calls other systems for workflows.
    caller: WebhookCaller = field(default_factory=HttpCaller)

    @contextmanager
    def unit(self, workspace: str | None) -> Iterator[Unit]:
        """One transaction in the workspace of this key; None for system tables alone.

        Committed at the end of the block, rolled back by any exception. Raises NotFound when there is no
        such workspace and Unavailable when the database cannot be reached.
        """
        with self.database.begin() as base:
            unit = self._unit(base, get_workspace(base, workspace) if workspace is not None else None)
            yield unit
        unit.committed()

    @contextmanager
    def key_unit(self, token: str, *, address: str | None) -> Iterator[tuple[Unit, Session]]:
        """One transaction in the workspace of an API key, with its rights; the call is counted first.

        Raises WrongApiKey, and TooManyRequests for a key that calls too often.
        """
        with self.database.begin() as base:
            session = entering.session_by_key(base, token, self.clock())
            if session.user.demo and not self.settings.demo:
                raise entering.WrongApiKey()
            if session.key is not None:
                most = self.settings.api_calls_per_minute
                entering.count_call(base, session.key, self.clock(), address=address, most=most)
        with self.database.begin() as base:
            unit = self._unit(base, session.workspace)
            unit.api_key = session.key.name if session.key else None
            yield unit, sessions.with_rights(unit, session)
        unit.committed()

    @contextmanager
    def session_unit(self, token: str | None) -> Iterator[tuple[Unit, Session | None]]:
        """One transaction in the workspace of a session; one without a workspace when there is no session."""
        with self.database.begin() as base:
            session = sessions.session_of(base, token, self.clock()) if token else None
            if session and session.user.demo and not self.settings.demo:
                session = None
            unit = self._unit(base, session.workspace if session else None)
            if session:
                session = sessions.with_rights(unit, session)
            yield unit, session
        unit.committed()

    def _unit(self, base: UnitOfWork, workspace: Workspace | None) -> Unit:
        """The transaction as use cases see it, turned to the tables of its workspace."""
        schema = workspace.schema_name if workspace else None
        if schema:
            base.connection.execution_options(schema_translate_map={"ws": schema})
        unit = Unit(base, schema, now=self.clock(), defer=self.defer)
        if workspace:
            unit.adopt(workspace)
        return unit
