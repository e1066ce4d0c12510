"""What a search finds, newest first, whether its words are rare or frequent.

A rare word is looked up for all records at once. A frequent one would give far more than a page, and walking
from record to record may lead through many without the word; so the index is asked for stretch after
stretch of ids, until there is enough. Every stretch is looked through completely, so nothing is left out
whatever the statistics say: they decide about the time alone.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql as pg

from joinery.storage.conditions import Key
from joinery.storage.explain import Explain
from joinery.storage.id_blocks import BLOCKS, FIRST_REACH, Descent
from joinery.storage.list_statements import ListParts, page_columns
from joinery.storage.ready_statements import FreshStatement, Readable, ReadyStatement, Rows, ready
from joinery.storage.record_tables import RecordTable
from joinery.storage.unit_of_work import UnitOfWork

#: So few ids are looked through without asking what another way would cost.
FEW = 8 * FIRST_REACH
#: What that may cost, in the planner's units; some milliseconds.
LOOKUP_COST = 1500
#: Records that one look into the index shall propose at most, if they lie evenly.
PROPOSED = 1000
#: Matches that one look gathers before it is given up as too wide, at least.
MOST_MATCHES = 250

Values = Mapping[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Statements:
    """The selects of a search: what all records at once would cost, all records, and a stretch of ids."""

    price: Readable
    everything: Readable
    stretch: Readable


def newest_ids(unit: UnitOfWork, tables: Sequence[RecordTable]) -> list[int]:
    """The id of the newest record of each table; 0 for an empty one."""

    def make() -> ReadyStatement:
        ids = [sa.select(sa.func.max(table.table.c.id)).scalar_subquery() for table in tables]
        return ready(unit, sa.select(*(found.label(f"_{place}") for place, found in enumerate(ids))))

    if not tables:
        return []
    statement = unit.memory.get(("newest", unit.schema, tuple(tables)), make)
    return [found or 0 for found in statement.rows(unit, {})[0].values()]


def newest_matches(
    unit: UnitOfWork, key: Key | None, parts: ListParts, searched: Values, *, before: int, wanted: int
) -> Rows:
    """The first `wanted` matches with ids under `before`, as the list's page has them."""
    statements = _statements(unit, key, parts)
    values = {**searched, "most": max(2 * wanted, MOST_MATCHES)}
    descent, asked = Descent(before), False
    rows: list[Mapping[str, Any]] = []
    while len(rows) < wanted and descent.high > 0:
        if not asked and _is_far(descent, has_found=bool(rows)):
            asked = True
            rest = _look_up(unit, statements, values, descent, wanted - len(rows))
            if rest is not None:
                return [*rows, *rest]
        rows += _look_through(unit, statements.stretch, values, descent, wanted - len(rows))
    return rows


def _is_far(descent: Descent, *, has_found: bool) -> bool:
    """Whether the way may be long: nothing met yet and much left, or a wide stretch comes next."""
    if has_found or descent.reach <= FIRST_REACH:
        return descent.reach > FEW
    return descent.high > FEW


def _look_up(
    unit: UnitOfWork, statements: _Statements, values: Values, descent: Descent, missing: int
) -> Rows | None:
    """Everything that is left, or None when that is too much; then the descent is told its pace."""
    values = {**values, "high": descent.high, "page_length": missing}
    (explained,) = statements.price.rows(unit, values)[0].values()
    plan = explained[0]["Plan"]
    if plan["Total Cost"] <= LOOKUP_COST:
        rows = statements.everything.rows(unit, values)
        if _is_complete(rows, values):
            return rows
    descent.limit(PROPOSED * descent.high / _proposed(plan))
    return None


def _proposed(plan: Mapping[str, Any]) -> float:
    """How many records the planner expects its steps to look at: the most of any of them; at least 1."""
    inner = max(map(_proposed, plan.get("Plans", ())), default=1.0)
    return max(inner, float(plan["Plan Rows"]))


def _look_through(
    unit: UnitOfWork, statement: Readable, values: Values, descent: Descent, missing: int
) -> Rows:
    """The matches of the next stretch; none when it proves too wide, and is narrowed."""
    stretch = descent.stretch()
    blocks = list(stretch.blocks())
    values = {**values, "low": stretch.low, "high": stretch.high, "blocks": blocks, "page_length": missing}
    if len(blocks) == 1 and stretch.span <= FIRST_REACH:
        values["most"] = stretch.span
    rows = statement.rows(unit, values)
    if not _is_complete(rows, values):
        descent.narrow(stretch)
        return ()
    descent.go_on(stretch, len(rows), missing - len(rows))
    return rows


def _is_complete(rows: Rows, values: Values) -> bool:
    """Whether all matches were gathered; otherwise these are any, not the newest."""
    return not rows or rows[0]["_seen"] <= values["most"]


def _statements(unit: UnitOfWork, key: Key | None, parts: ListParts) -> _Statements:
    def make() -> _Statements:
        columns = parts.table.table.c
        below = columns.id < sa.bindparam("high", type_=sa.BigInteger)
        above = columns.id >= sa.bindparam("low", type_=sa.BigInteger)
        asked = sa.bindparam("blocks", type_=pg.ARRAY(sa.BigInteger))
        in_blocks = sa.literal_column(BLOCKS, pg.ARRAY(sa.BigInteger)).overlap(asked)
        everything, stretch = _gathered(parts, below), _gathered(parts, below, above, in_blocks)
        if key is None:
            return _Statements(
                price=FreshStatement(Explain(everything)),
                everything=FreshStatement(everything),
                stretch=FreshStatement(stretch),
            )
        return _Statements(
            price=ready(unit, Explain(everything), planned_anew=True),
            everything=ready(unit, everything, planned_anew=True),
            stretch=ready(unit, stretch),
        )

    return make() if key is None else unit.memory.get(("searches", unit.schema, key), make)


def _gathered(parts: ListParts, *within: sa.ColumnElement[bool]) -> sa.Select[Any]:
    """The newest of the matches within these ids, gathered before they are sorted.

    Gathered apart, they are found in the cheapest way there is for all of them, never by walking down the
    ids in the hope of a full page. One above `most` says that there are more.
    """
    most = sa.bindparam("most", type_=sa.BigInteger) + sa.literal_column("1")
    match = parts.table.select(*page_columns(parts)).where(*parts.where, *within)
    gathered = sa.select(match.cte("match").prefix_with("MATERIALIZED")).limit(most).subquery()
    return (
        sa.select(gathered, sa.func.count().over().label("_seen"))
        .order_by(gathered.c["_sort_0"].desc())
        .limit(sa.bindparam("page_length", type_=sa.Integer))
    )
