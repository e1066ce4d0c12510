"""The queue of jobs, in the same database as the records (procrastinate).

A job is enqueued in the transaction that wants it: no job of a change that was rolled back, no change
whose job got lost.
"""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from procrastinate import App, SyncPsycopgConnector
from procrastinate.exceptions import ConnectorException

from joinery.runtime.unit import Unit

#: The one task of the queue; its arguments say which kind of job to do in which workspace.
TASK = "joinery.job"

#: Only writes through connections that are handed to it, so it is never opened.
_enqueuing = App(connector=SyncPsycopgConnector())


def enqueue(unit: Unit, kind: str, arguments: Mapping[str, Any], *, at: datetime | None = None) -> None:
    """Let a worker do a job of `kind` in the unit's workspace once the unit is committed.

    Jobs of one kind in one workspace run one after another, so a workspace with much to do
    leaves the other workers to the others.
    """
    workspace = unit.workspace.key
    wanted = _enqueuing.configure_task(
        TASK,
        lock=f"{workspace}:{kind}",
        schedule_at=at,
        connection=unit.connection.connection.driver_connection,
    )
    try:
        wanted.defer(workspace=workspace, kind=kind, arguments=dict(arguments))
    except ConnectorException as error:
        # As at any other statement: who is lost or crosswise here is told so, or tries again.
        raise error.__cause__ or error from None
