"""Records that existed before they came here: when and by whom they were made and changed.

Only programs that bring in records with a past of their own use this (the demo workspace, a migration from
another system): it is an argument in Python, no call of the API and no import file can give it. Such a record
is prepared as if it were the day on which it was made, so its numbers and defaults are those of that day.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

#: Changed fields with the old and the new value.
Changes = Mapping[str, tuple[Any, Any]]


@dataclass(frozen=True, slots=True, kw_only=True)
class PastChange:
    """One change of a record before it came here."""

    at: datetime
    by: int | None
    changes: Changes


@dataclass(frozen=True, slots=True, kw_only=True)
class Past:
    """What happened to a new record before; `changes` from the oldest to the newest.

    `by` are ids of users; `source` says how it was made, as in the history ("import").
    """

    at: datetime
    by: int | None
    source: str | None = None
    changes: tuple[PastChange, ...] = ()


#: The past of an imported row, by its cells.
PastOf = Callable[[Mapping[str, str]], Past]


def stamped(values: Mapping[str, Any], past: Past) -> dict[str, Any]:
    """The values of a record with those that say when and by whom it was made and changed last."""
    at, by = (past.changes[-1].at, past.changes[-1].by) if past.changes else (past.at, past.by)
    return {**values, "created_at": past.at, "created_by": past.by, "updated_at": at, "updated_by": by}
