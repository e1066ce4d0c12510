"""Errors of the database driver become errors of the platform: the one place that knows SQLSTATE."""

from collections.abc import Iterator
from contextlib import contextmanager

import psycopg
from sqlalchemy import exc

from joinery.kernel import (
    Conflict,
    DuplicateValue,
    InvalidInput,
    Issue,
    LimitExceeded,
    PlatformError,
    ReadOnly,
    Unavailable,
)

#: Lock timeout, deadlock, serialization failure, and a table or column that a publish just renamed.
RETRYABLE = frozenset({"55P03", "40P01", "40001", "42P01", "42703"})

#: Classes: connection trouble, insufficient resources, operator intervention.
_UNAVAILABLE_CLASSES = ("08", "53", "57P")

_TOO_LONG = {"en": "the question takes too long to answer", "zh": "查询耗时过长"}


@contextmanager
def translated_errors(timeout_seconds: float | None = None) -> Iterator[None]:
    """Raise platform errors for what the database reports inside the block."""
    try:
        yield
    except exc.TimeoutError as error:
        raise Unavailable from error
    except (exc.DBAPIError, psycopg.Error) as error:
        raise platform_error(error, timeout_seconds) from error


def platform_error(error: exc.DBAPIError | psycopg.Error, timeout_seconds: float | None = None) -> Exception:
    """The platform's error for a driver's error; a mistake in our SQL stays what it is."""
    driver = error.orig if isinstance(error, exc.DBAPIError) else error
    state = getattr(driver, "sqlstate", None) or ""
    if state == "57014":
        return LimitExceeded(limit=_TOO_LONG, maximum=f"{timeout_seconds or '?'} s")
    if state == "25006":
        return ReadOnly()
    if state in RETRYABLE:
        return Conflict()
    if state == "23505":
        return _duplicate(driver)
    if state == "23503":
        return Conflict(issues=[Issue("", "missing_reference")])
    if state.startswith("22") or (not state and isinstance(driver, psycopg.DataError)):
        return InvalidInput(issues=[Issue("", "value_does_not_fit", {"reason": str(driver).splitlines()[0]})])
    if _is_disconnect(error, driver, state):
        return Unavailable()
    return error


def is_retryable(error: BaseException) -> bool:
    """Whether the same transaction may succeed when run again (lock timeout, deadlock, publish)."""
    cause = error.__cause__ if isinstance(error, PlatformError) else error
    driver = cause.orig if isinstance(cause, exc.DBAPIError) else cause
    # Whoever was faster with a unique value has stored it by now: tried again, the check says so, and where.
    return getattr(driver, "sqlstate", None) in RETRYABLE or _guard(driver) is not None


def _is_disconnect(error: Exception, driver: BaseException | None, state: str) -> bool:
    if isinstance(error, exc.DBAPIError) and error.connection_invalidated:
        return True
    if state:
        return state.startswith(_UNAVAILABLE_CLASSES)
    return isinstance(driver, psycopg.OperationalError | psycopg.InterfaceError)


def _duplicate(driver: BaseException | None) -> DuplicateValue:
    """Names the field or the rule when the index is one of a record table."""
    kind, key = _guard(driver) or ("", "")
    if kind == "uq":
        return DuplicateValue(issues=[Issue(f"/{key}", "duplicate_in_field")])
    if kind == "uk":
        return DuplicateValue(issues=[Issue("", "duplicate_under_rule", {"key": key})])
    return DuplicateValue()


def _guard(driver: BaseException | None) -> tuple[str, str] | None:
    """The sort of unique index that was hurt, and the field or rule it guards: uq_<hash>_<field> or
    uk_<hash>_<rule> (see record_indexes).
    """
    diagnostic = getattr(driver, "diag", None)
    parts = (getattr(diagnostic, "constraint_name", None) or "").split("_", 2)
    return (parts[0], parts[2]) if len(parts) == 3 and parts[0] in ("uq", "uk") else None
