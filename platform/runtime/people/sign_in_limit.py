"""Slow down guessing: failures are counted in the database, so that the limit holds over processes.

A sign-in is counted twice. By address and account together, which stops one guesser soon. And by the
account alone, whatever the address, which stops many who guess together; from addresses where the person
is signed in already only the first counts, so that strangers do not lock anybody out of his own desk.
Accounts that do not exist are counted alike: nobody learns of them here.
"""

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import insert

from joinery.kernel import TooManyRequests
from joinery.storage import UnitOfWork, system_tables

#: Doublings that are computed at most: more would only meet the longest wait again.
_MOST_DOUBLINGS = 20

#: Counts that nobody touched for this long are removed whenever somebody signs in.
_STALE = timedelta(days=2)

_attempt = system_tables.sign_in_attempt


@dataclass(frozen=True, slots=True, kw_only=True)
class Limit:
    """`free` attempts cost nothing, every further one doubles the wait; a pause forgets them all."""

    free: int
    first_wait: timedelta
    longest_wait: timedelta
    forgotten_after: timedelta


#: Of one account from one address.
BY_ADDRESS = Limit(
    free=5,
    first_wait=timedelta(seconds=15),
    longest_wait=timedelta(minutes=15),
    forgotten_after=timedelta(hours=1),
)

#: Of one account from wherever it is tried: it is locked for a minute, for two, at last for an hour.
BY_ACCOUNT = Limit(
    free=10,
    first_wait=timedelta(minutes=1),
    longest_wait=timedelta(hours=1),
    forgotten_after=timedelta(days=1),
)


def attempt_key(email: str, address: str | None) -> str:
    """What failures are counted by: this e-mail address tried from this network address."""
    return _hash(f"{email.strip().casefold()} {address or ''}")


def account_key(email: str) -> str:
    """What failures are counted by from wherever they come: the account of this e-mail address."""
    return _hash(f"account {email.strip().casefold()}")


def count_attempt(unit: UnitOfWork, key: str, now: datetime, *, limit: Limit = BY_ADDRESS) -> datetime | None:
    """Count one attempt as failed before it is judged, so that many at once gain nothing.

    Gives the moment until which further ones are refused from now on, if any. Raises TooManyRequests
    while the key is blocked; what is refused prolongs nothing.
    """
    # One statement finds or makes the row and locks it: between two the row could be forgotten.
    row = unit.connection.execute(
        insert(_attempt)
        .values(key=key, failures=0, last_at=now)
        .on_conflict_do_update(index_elements=[_attempt.c.key], set_={"key": key})
        .returning(_attempt.c.failures, _attempt.c.blocked_until, _attempt.c.last_at)
    ).one()
    if row.blocked_until is not None and row.blocked_until > now:
        raise TooManyRequests(seconds=int((row.blocked_until - now).total_seconds()) + 1)
    failures = 1 if now - row.last_at > limit.forgotten_after else row.failures + 1
    blocked_until = _blocked_until(failures, now, limit)
    unit.connection.execute(
        _attempt.update()
        .where(_attempt.c.key == key)
        .values(failures=failures, last_at=now, blocked_until=blocked_until)
    )
    return blocked_until


def forget_attempts(unit: UnitOfWork, keys: Iterable[str], now: datetime) -> None:
    """The right password was given: these are free again; stale counts of others go too."""
    unit.connection.execute(
        _attempt.delete().where(sa.or_(_attempt.c.key.in_(list(keys)), _attempt.c.last_at < now - _STALE))
    )


def locked_accounts(unit: UnitOfWork, emails: Iterable[str], now: datetime) -> Mapping[str, datetime]:
    """Until when the accounts of these e-mail addresses are locked; those that are not are missing."""
    by_key = {account_key(email): email for email in emails}
    rows = unit.connection.execute(
        sa.select(_attempt.c.key, _attempt.c.blocked_until).where(
            _attempt.c.key.in_(list(by_key)), _attempt.c.blocked_until > now
        )
    )
    return {by_key[row.key]: row.blocked_until for row in rows}


def _hash(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def _blocked_until(failures: int, now: datetime, limit: Limit) -> datetime | None:
    if failures < limit.free:
        return None
    doublings = min(failures - limit.free, _MOST_DOUBLINGS)
    wait: timedelta = limit.first_wait * 2**doublings
    return now + min(wait, limit.longest_wait)
