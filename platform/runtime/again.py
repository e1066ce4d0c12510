"""Trying once more what met others crosswise in the database."""

from collections.abc import Callable
from typing import TypeVar

from joinery.kernel import PlatformError
from joinery.storage.database_errors import is_retryable

T = TypeVar("T")

#: Times a transaction is tried in all.
ATTEMPTS = 4


def again(work: Callable[[], T], attempts: int = ATTEMPTS) -> T:
    """The result of `work`, one whole transaction.

    It is done again when it was sent back because somebody else waited for it while it waited for them: then
    nothing of it was stored. Any other error is raised, and the last one.
    """
    for _ in range(attempts - 1):
        try:
            return work()
        except PlatformError as error:
            if not is_retryable(error):
                raise
    return work()
