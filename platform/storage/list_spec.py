"""What a list is asked for, and what it answers."""

from dataclasses import dataclass
from typing import Any, Literal

from joinery.formulas import Checked
from joinery.permissions import Reach

Count = Literal["capped", "exact", "estimate", "none"]

#: A capped count says "1,000+" beyond this.
COUNT_CAP = 1000
#: What a search finds is refined rather than paged through, and counting it costs more than finding it.
SEARCH_COUNT_CAP = 100


@dataclass(frozen=True, slots=True, kw_only=True)
class Branch:
    """A place in a tree that a relation makes: what is below `parent`, None for the top.

    With `found` all of the tree is listed, as far as filter and search find it.
    """

    relation: str
    parent: int | None = None
    found: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class ListSpec:
    """What to list. `sort` holds (field, descending); `fields` None means all.

    `reach` is how far the author of `filter` may follow relations (None: as far as the app).

    `search_in` are the fields whose text may be searched (None: all); `deleted` lists the recycle bin.
    `newest` is the id of the newest record where that is known already: a search begins there.
    """

    filter: Checked | None = None
    reach: Reach | None = None
    search: str | None = None
    search_in: frozenset[str] | None = None
    sort: tuple[tuple[str, bool], ...] = ()
    fields: tuple[str, ...] | None = None
    limit: int = 50
    cursor: str | None = None
    count: Count = "capped"
    deleted: bool = False
    newest: int | None = None
    #: A relation of these records and the record they must point at with it.
    pointing_at: tuple[str, int] | None = None
    #: With it, filter and search keep the records above those they find.
    branch: Branch | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """Records as Python values by field key; `count` is None when it was not asked for.

    `exact` is False for an estimate, and for a capped count that reached its cap.
    """

    rows: list[dict[str, Any]]
    next_cursor: str | None
    count: int | None
    exact: bool
