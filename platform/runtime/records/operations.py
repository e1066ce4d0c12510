"""Records on their way into the database: what is asked for, what was checked, what was stored."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from joinery.forms import Draft
from joinery.kernel import Issue, PlatformError
from joinery.runtime.records.past import Past


@dataclass(frozen=True, slots=True, kw_only=True)
class Operation:
    """One record to save: a new one, or with `record_id` a change of a stored one.

    `path` stands before the paths of its issues. `revision` is what the change is based on; without it the
    change applies to whatever is stored. `past` is for new records that existed before they came here.
    `given` are values of the app's own making, `granted` fields that may be sent besides those the actor may
    write: neither is measured by his rights on fields. `copied` is the stored record that a new
    one is a copy of. `runs` are the runs of workflows, each as (id, key), that save it, the innermost
    last: what they lock is open to them. With `proposed` it is only checked: it is to wait for approval.
    """

    path: str = ""
    values: Mapping[str, Any]
    record_id: int | None = None
    revision: int | None = None
    past: Past | None = None
    given: Mapping[str, Any] = field(default_factory=dict)
    granted: frozenset[str] = frozenset()
    copied: Mapping[str, Any] | None = None
    runs: tuple[tuple[int, str], ...] = ()
    proposed: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Prepared:
    """A record that was checked; it may be written when there are no `issues`.

    `error` is set for what is more than a wrong value: the record is gone, was changed by somebody else,
    or is out of the actor's reach. `matches` are the records that it probably is, for programs; those that
    are not confirmed stand among the issues too.
    """

    operation: Operation
    before: Mapping[str, Any] | None
    draft: Draft | None
    issues: tuple[Issue, ...] = ()
    error: PlatformError | None = None
    matches: tuple[Mapping[str, Any], ...] = ()

    @property
    def is_right(self) -> bool:
        """Whether it may be written."""
        return self.draft is not None and not self.issues and self.error is None


@dataclass(frozen=True, slots=True, kw_only=True)
class Saved:
    """A stored record; `changed` is False when it already was as it was sent."""

    id: int
    revision: int
    values: Mapping[str, Any]
    changed: bool = True
