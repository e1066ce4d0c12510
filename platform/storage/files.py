"""Uploaded files of a workspace."""

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql as pg

from joinery.forms import StoredFile
from joinery.kernel import LimitExceeded
from joinery.storage.unit_of_work import UnitOfWork
from joinery.storage.workspace_tables import file

#: Bytes of one file.
MAXIMUM_SIZE = 50 * 1024 * 1024

#: Bytes of a file that are read at once.
_PIECE = 4 * 1024 * 1024

_SIZE = {"en": "size of the file", "zh": "文件大小"}


@dataclass(frozen=True, slots=True, kw_only=True)
class FileContent:
    """A file with its content."""

    id: int
    name: str
    type: str
    size: int
    sha256: str
    created_by: int | None
    content: bytes


def add(
    unit: UnitOfWork, *, name: str, type: str, content: bytes, created_by: int | None, at: datetime
) -> StoredFile:
    """Store a file; LimitExceeded when it is larger than 50 MB."""
    if len(content) > MAXIMUM_SIZE:
        raise LimitExceeded(limit=_SIZE, maximum=f"{MAXIMUM_SIZE // 1024**2} MB")
    values = {"name": name, "type": type, "size": len(content), "created_by": created_by, "created_at": at}
    statement = file.insert().returning(file.c.id)
    row = {**values, "sha256": hashlib.sha256(content).hexdigest(), "content": content}
    file_id: int = unit.connection.execute(statement, row).scalar_one()
    return StoredFile(id=file_id, name=name, size=len(content), type=type)


def infos(
    unit: UnitOfWork, file_ids: Sequence[int], *, created_by: int | None = None
) -> dict[int, StoredFile]:
    """What is known of the files, by id, without their content; with `created_by` only of that person's."""
    statement = sa.select(file.c.id, file.c.name, file.c.size, file.c.type).where(
        file.c.id == sa.any_(sa.bindparam("ids", type_=pg.ARRAY(sa.BigInteger)))
    )
    if created_by is not None:
        statement = statement.where(file.c.created_by == created_by)
    rows = unit.connection.execute(statement, {"ids": list(file_ids)}).mappings()
    return {row["id"]: StoredFile(**row) for row in rows}


@dataclass(frozen=True, slots=True, kw_only=True)
class Upload:
    """A file with who sent it, and when."""

    file: StoredFile
    created_by: int | None
    at: datetime


def uploads(unit: UnitOfWork, file_ids: Sequence[int]) -> list[Upload]:
    """Who sent these files, and when, without their content."""
    if not file_ids:
        return []
    columns = (file.c.id, file.c.name, file.c.size, file.c.type, file.c.created_by, file.c.created_at)
    statement = sa.select(*columns).where(file.c.id.in_(file_ids))
    return [
        Upload(
            file=StoredFile(id=row.id, name=row.name, size=row.size, type=row.type),
            created_by=row.created_by,
            at=row.created_at,
        )
        for row in unit.connection.execute(statement)
    ]


def read(unit: UnitOfWork, file_id: int) -> FileContent | None:
    """A file with its content."""
    columns = [file.c[name] for name in FileContent.__dataclass_fields__]
    row = unit.connection.execute(sa.select(*columns).where(file.c.id == file_id)).mappings().one_or_none()
    return None if row is None else FileContent(**row)


def pieces(unit: UnitOfWork, file_id: int) -> Iterator[bytes]:
    """The content of a file piece by piece, so that nobody needs all of a large one in memory."""
    part = sa.func.substr(file.c.content, sa.bindparam("first", type_=sa.Integer), _PIECE)
    statement = sa.select(part).where(file.c.id == file_id)
    first = 1
    while piece := unit.connection.execute(statement, {"first": first}).scalar_one_or_none():
        yield bytes(piece)
        first += _PIECE
