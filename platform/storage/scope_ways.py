"""A row scope that somebody has by several ways ("mine, or I help with it"), taken apart for counting.

The database finds what either of two conditions holds for by fetching each record. Way by way each index
answers alone, and a capped count is done when the first ways have filled it. No record is on two ways: each
leaves out those of the ways before it.
"""

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import sqlalchemy as sa
from sqlalchemy.sql import operators, visitors
from sqlalchemy.sql.elements import BooleanClauseList, Grouping

if TYPE_CHECKING:
    from joinery.storage.record_tables import RecordTable

Condition = sa.ColumnElement[bool]

#: Conditions that are asked one by one at most; what is left is asked together.
MOST_WAYS = 4


def disjoint_ways(table: "RecordTable", condition: Condition) -> tuple[tuple[Condition, ...], ...]:
    """Conditions that exclude each other and together are `condition`, which is never NULL, nor are they."""
    indexed = _indexed(table)
    apart: list[Condition] = []
    left: list[Condition] = []
    for part in _alternatives(condition):
        asked_alone = len(apart) < MOST_WAYS and _looks_only_at(table, part, indexed)
        (apart if asked_alone else left).append(part)
    if left:
        apart.append(sa.or_(*left))
    if len(apart) < 2:
        return ((condition,),)
    return tuple((way, *(sa.not_(before) for before in apart[:place])) for place, way in enumerate(apart))


def _alternatives(condition: Any) -> Iterator[Condition]:
    while isinstance(condition, Grouping):
        condition = condition.element
    if isinstance(condition, BooleanClauseList) and condition.operator is operators.or_:
        for part in condition.clauses:
            yield from _alternatives(part)
    else:
        yield condition


def _indexed(table: "RecordTable") -> frozenset[str]:
    """Names of the columns that an index begins with."""
    first = (spec.fields[0] for spec in table.indexes)
    return frozenset(table.columns[key][0].name for key in first if key in table.columns)


def _looks_only_at(table: "RecordTable", condition: Condition, names: frozenset[str]) -> bool:
    """Whether a condition asks of the record itself, and of no other columns than these."""
    looked_at = False
    for element in visitors.iterate(condition):
        if isinstance(element, sa.SelectBase):
            return False
        if isinstance(element, sa.Column):
            if element.table is not table.table or element.name not in names:
                return False
            looked_at = True
    return looked_at
