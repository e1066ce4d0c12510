"""What people say about records, and whom they mention."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa

from joinery.storage.unit_of_work import UnitOfWork
from joinery.storage.workspace_tables import comment, mention

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
