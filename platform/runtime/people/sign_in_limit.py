"""Slow down guessing: failures are counted in the database, so that the limit holds over processes."""

import hashlib
from datetime import datetime, timedelta

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import insert

from joinery.kernel import TooManyRequests
from joinery.storage import UnitOfWork, system_tables

#: Attempts that are free; every further one doubles the wait.
FREE_ATTEMPTS = 5
FIRST_WAIT = timedelta(seconds=15)
LONGEST_WAIT = timedelta(minutes=15)

#: Failures are forgotten after this long without another one.
_FORGOTTEN_AFTER = timedelta(hours=1)

_attempt = system_tables.sign_in_attempt


def attempt_key(email: str, address: str | None) -> str:
    """What failures are counted by: this e-mail address tried from this network address."""
    text = f"{email.strip().casefold()} {address or ''}"
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def count_attempt(unit: UnitOfWork, key: str, now: datetime, *, free: int = FREE_ATTEMPTS) -> None:
    """Count one attempt as failed before it is judged, so that many at once gain nothing.

    Every attempt after `free` ones doubles the wait. Raises TooManyRequests while the key is blocked.
    """
    statement = insert(_attempt).values(key=key, failures=0, last_at=now).on_conflict_do_nothing()
    unit.connection.execute(statement)
    row = unit.connection.execute(
        sa.select(_attempt.c.failures, _attempt.c.blocked_until, _attempt.c.last_at)
        .where(_attempt.c.key == key)
        .with_for_update()
    ).one()
    if row.blocked_until is not None and row.blocked_until > now:
        raise TooManyRequests(seconds=int((row.blocked_until - now).total_seconds()) + 1)
    failures = 1 if now - row.last_at > _FORGOTTEN_AFTER else row.failures + 1
    unit.connection.execute(
        _attempt.update()
        .where(_attempt.c.key == key)
        .values(failures=failures, last_at=now, blocked_until=_blocked_until(failures, now, free))
    )


def forget_attempts(unit: UnitOfWork, key: str, now: datetime) -> None:
    """The right password was given: the key is free again; stale counts of others go too."""
    unit.connection.execute(
        _attempt.delete().where(sa.or_(_attempt.c.key == key, _attempt.c.last_at < now - timedelta(days=1)))
    )


def _blocked_until(failures: int, now: datetime, free: int) -> datetime | None:
    if failures < free:
        return None
    doublings = min(failures - free, 10)
    wait: timedelta = FIRST_WAIT * 2**doublings
    return now + min(wait, LONGEST_WAIT)
