"""What people say about records, and whom they mention."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa

from joinery.forms import StoredFile
from joinery.storage.unit_of_work import UnitOfWork
from joinery.storage.workspace_tables import comment, comment_file, file, mention

#: A place in an order by time: what lies before it comes next.
Before = tuple[datetime, int]


@dataclass(frozen=True, slots=True, kw_only=True)
class Comment:
    """Something somebody said about a record; people are mentioned in `text` as @[id]."""

    id: int
    app: str
    form: str
    record_id: int
    author: int
    at: datetime
    edited_at: datetime | None
    text: str


def of_record(
    unit: UnitOfWork, app: str, form: str, record_id: int, *, before: Before | None, limit: int
) -> Sequence[Comment]:
    """A record's comments, the newest first."""
    statement = (
        sa.select(comment)
        .where(comment.c.app == app, comment.c.form == form, comment.c.record_id == record_id)
        .order_by(comment.c.at.desc(), comment.c.id.desc())
        .limit(limit)
    )
    if before is not None:
        statement = statement.where(
            sa.tuple_(comment.c.at, comment.c.id) < sa.tuple_(*map(sa.literal, before))
        )
    return [Comment(**row) for row in unit.connection.execute(statement).mappings()]


def get(unit: UnitOfWork, comment_id: int) -> Comment | None:
    """One comment."""
    row = (
        unit.connection.execute(sa.select(comment).where(comment.c.id == comment_id)).mappings().one_or_none()
    )
    return None if row is None else Comment(**row)


def add(
    unit: UnitOfWork, *, app: str, form: str, record_id: int, author: int, at: datetime, text: str
) -> int:
    """Store a comment; its id."""
    values = {"app": app, "form": form, "record_id": record_id, "author": author, "at": at, "text": text}
    found: int = unit.connection.execute(comment.insert().returning(comment.c.id), values).scalar_one()
    return found


def change(unit: UnitOfWork, comment_id: int, text: str, at: datetime) -> None:
    """Give a comment another text."""
    unit.connection.execute(
        comment.update().where(comment.c.id == comment_id).values(text=text, edited_at=at)
    )


def delete(unit: UnitOfWork, comment_id: int) -> None:
    """Delete a comment and what told people of it."""
    unit.connection.execute(comment.delete().where(comment.c.id == comment_id))


def files_of(unit: UnitOfWork, comment_ids: Collection[int]) -> dict[int, list[StoredFile]]:
    """The files of comments that have any, by the comment, in their order and without their content."""
    found: dict[int, list[StoredFile]] = {}
    if not comment_ids:
        return found
    statement = (
        sa.select(comment_file.c.comment_id, file.c.id, file.c.name, file.c.size, file.c.type)
        .join(file, file.c.id == comment_file.c.file_id)
        .where(comment_file.c.comment_id.in_(comment_ids))
        .order_by(comment_file.c.comment_id, comment_file.c.position)
    )
    for comment_id, *of_file in unit.connection.execute(statement):
        file_id, name, size, kind = of_file
        one = StoredFile(id=file_id, name=name, size=size, type=kind)
        found.setdefault(comment_id, []).append(one)
    return found


def file_places(unit: UnitOfWork, app: str, form: str, record_id: int) -> list[tuple[int, int]]:
    """The files of a record's comments, each as (file, comment)."""
    statement = (
        sa.select(comment_file.c.file_id, comment.c.id)
        .join(comment, comment.c.id == comment_file.c.comment_id)
        .where(comment.c.app == app, comment.c.form == form, comment.c.record_id == record_id)
    )
    return [(row[0], row[1]) for row in unit.connection.execute(statement)]


def set_files(unit: UnitOfWork, comment_id: int, file_ids: Sequence[int]) -> None:
    """Which files belong to a comment, in this order."""
    unit.connection.execute(comment_file.delete().where(comment_file.c.comment_id == comment_id))
    rows = [
        {"comment_id": comment_id, "file_id": file_id, "position": position}
        for position, file_id in enumerate(file_ids)
    ]
    if rows:
        unit.connection.execute(comment_file.insert(), rows)


def set_mentioned(unit: UnitOfWork, comment_id: int, user_ids: Collection[int]) -> None:
    """Whom a comment mentions; those who were told before are not told again."""
    here = mention.c.comment_id == comment_id
    unit.connection.execute(mention.delete().where(here, mention.c.user_id.not_in(user_ids)))
    known = set(unit.connection.execute(sa.select(mention.c.user_id).where(here)).scalars())
    rows = [{"comment_id": comment_id, "user_id": user_id} for user_id in user_ids if user_id not in known]
    if rows:
        unit.connection.execute(mention.insert(), rows)


def mentions_of(
    unit: UnitOfWork, user_id: int, *, unread: bool, limit: int
) -> Sequence[tuple[Comment, datetime | None]]:
    """Comments that mention somebody, the newest first, each with when he saw it."""
    statement = (
        sa.select(comment, mention.c.read_at)
        .join(mention, mention.c.comment_id == comment.c.id)
        .where(mention.c.user_id == user_id)
        .order_by(comment.c.id.desc())
        .limit(limit)
    )
    if unread:
        statement = statement.where(mention.c.read_at.is_(None))
    rows = unit.connection.execute(statement).mappings()
    return [
        (Comment(**{key: row[key] for key in Comment.__dataclass_fields__}), row["read_at"]) for row in rows
    ]


def mark_read(unit: UnitOfWork, user_id: int, comment_ids: Collection[int] | None, at: datetime) -> None:
    """Note that somebody saw these mentions; all of them when None."""
    statement = mention.update().where(mention.c.user_id == user_id, mention.c.read_at.is_(None))
    if comment_ids is not None:
        statement = statement.where(mention.c.comment_id.in_(comment_ids))
    unit.connection.execute(statement.values(read_at=at))
