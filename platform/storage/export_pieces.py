"""Files that export jobs made, kept in pieces, so that nobody needs all of one in memory."""

from datetime import datetime

import sqlalchemy as sa

from joinery.storage.unit_of_work import UnitOfWork
from joinery.storage.workspace_tables import export_piece, job


def add(unit: UnitOfWork, job_id: int, number: int, content: bytes) -> None:
    """Keep the next piece of a file."""
    unit.connection.execute(export_piece.insert().values(job_id=job_id, number=number, content=content))


def read(unit: UnitOfWork, job_id: int, number: int) -> bytes | None:
    """A piece of a file; None after the last one."""
    statement = sa.select(export_piece.c.content).where(
        export_piece.c.job_id == job_id, export_piece.c.number == number
    )
    found = unit.connection.execute(statement).scalar_one_or_none()
    return None if found is None else bytes(found)


def forget(unit: UnitOfWork, job_id: int) -> None:
    """Drop a file."""
    unit.connection.execute(export_piece.delete().where(export_piece.c.job_id == job_id))


def forget_older(unit: UnitOfWork, moment: datetime) -> None:
    """Drop the files of all jobs that were started before a moment."""
    old = sa.select(job.c.id).where(job.c.id == export_piece.c.job_id, job.c.created_at < moment)
    unit.connection.execute(export_piece.delete().where(old.exists()))
