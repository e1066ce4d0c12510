"""The order of a list, and where the next page begins.

Blank values come last in both directions, and the id decides between equals, so the order is total.
A page that begins after a record is found in the index, not counted off: the records after it are those
with an equal beginning and a later rest. Where the first field may be blank they lie in two stretches of
the index, first the filled ones, then the blank ones.
"""

import base64
import binascii
import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from decimal import Decimal
from typing import Any

import sqlalchemy as sa

from joinery.formulas import EvaluationContext
from joinery.kernel import InvalidInput, Issue
from joinery.permissions import Reach
from joinery.storage.record_indexes import NEVER_BLANK
from joinery.storage.record_tables import RecordTable


@dataclass(frozen=True, slots=True, kw_only=True)
class SortKey:
    """One field of the order; `place` is its number in it."""

    key: str
    place: int
    expression: sa.ColumnElement[Any]
    descending: bool
    nullable: bool

    def ordering(self) -> sa.ColumnElement[Any]:
        """For ORDER BY; where there are no blanks nothing is said about them, which the index wants so."""
        ordered = self.expression.desc() if self.descending else self.expression.asc()
        return ordered.nulls_last() if self.nullable else ordered

    def after(self) -> sa.ColumnElement[bool]:
        """Filled values that come after that of the place where the page begins (which is not blank)."""
        given = self.given()
        later: sa.ColumnElement[bool] = (
            self.expression < given if self.descending else self.expression > given
        )
        return later

    def from_here(self) -> sa.ColumnElement[bool]:
        """Filled values that do not come before it."""
        given = self.given()
        here: sa.ColumnElement[bool] = (
            self.expression <= given if self.descending else self.expression >= given
        )
        return here

    def given(self) -> sa.ColumnElement[Any]:
        """The value of that place, a parameter of the statement."""
        return sa.bindparam(f"after_{self.place}", type_=self.expression.type)


Sort = tuple[SortKey, ...]
Clauses = tuple[sa.ColumnElement[bool], ...]
#: Which of the values of a place are blank: it decides the form of the conditions.
Shape = tuple[bool, ...]


def sort_keys(
    table: RecordTable,
    sort: Sequence[tuple[str, bool]],
    context: EvaluationContext,
    reach: Reach | None = None,
) -> Sort:
    """The whole order for what was asked: without a wish the newest first, and always the id at the end.

    What somebody may not read within his `reach` counts as blank.
    """
    wanted = dict(sort) or {"id": True}
    if "id" not in wanted:
        wanted["id"] = next(iter(wanted.values()))
    return tuple(
        _sort_key(table, key, place, descending, context, reach)
        for place, (key, descending) in enumerate(wanted.items())
    )


def shape_of(position: Sequence[Any] | None) -> Shape | None:
    """The form of a place."""
    return None if position is None else tuple(value is None for value in position)


def place_parameters(position: Sequence[Any] | None) -> dict[str, Any]:
    """The values of a place for the statements of its shape."""
    return {f"after_{place}": value for place, value in enumerate(position or ()) if value is not None}


def stretches(sort: Sort, shape: Shape | None) -> list[Clauses]:
    """Conditions that one after the other give all records after a place (None: all records)."""
    if shape is None:
        return [()]
    first = sort[0]
    blank_part: list[Clauses] = []
    if first.nullable:
        blank = first.expression.is_(None)
        if shape[0]:
            return [(blank, _after(sort[1:], shape[1:]))]
        blank_part = [(blank,)]
    if _is_one_comparison(sort):
        row = sa.tuple_(*(key.expression for key in sort))
        here = sa.tuple_(*(key.given() for key in sort))
        return [(row < here if first.descending else row > here,), *blank_part]
    if len(sort) == 1:
        return [(first.after(),)]
    return [(first.from_here(), _after(sort, shape)), *blank_part]


def cursor_of(sort: Sort, row: Mapping[str, Any]) -> str:
    """The place after `row` as text; `row` has the sort values under `_sort_<n>`."""
    values = [_pack(row[f"_sort_{number}"]) for number in range(len(sort))]
    text = json.dumps([_fingerprint(sort), *values], separators=(",", ":"), ensure_ascii=False)
    return base64.urlsafe_b64encode(text.encode()).decode().rstrip("=")


def position_of(sort: Sort, cursor: str) -> list[Any]:
    """The sort values in a cursor; InvalidInput for one that was not made for this sort."""
    try:
        padded = cursor + "=" * (-len(cursor) % 4)
        fingerprint, *values = json.loads(base64.b64decode(padded, altchars=b"-_", validate=True))
        if fingerprint != _fingerprint(sort) or len(values) != len(sort):
            raise ValueError("made for another sort")
        return [_unpack(key, value) for key, value in zip(sort, values, strict=True)]
    except (ValueError, TypeError, ArithmeticError, RecursionError, binascii.Error) as error:
        raise InvalidInput(issues=[Issue("/cursor", "wrong_cursor")]) from error


def _sort_key(
    table: RecordTable,
    key: str,
    place: int,
    descending: bool,
    context: EvaluationContext,
    reach: Reach | None,
) -> SortKey:
    field = table.form.field(key)
    if field is None or not (field.type.sortable or key == "id"):
        raise InvalidInput(issues=[Issue("/sort", "unknown_sort_field", {"field": key})])
    return SortKey(
        key=key,
        place=place,
        expression=table.expression(key, context, reach),
        descending=descending,
        nullable=key not in NEVER_BLANK
        or (reach is not None and reach.veil(table.form.key, key) is not None),
    )


def _after(sort: Sort, shape: Shape) -> sa.ColumnElement[bool]:
    """Records after a place in this (rest of the) order."""
    if not sort:
        return sa.false()
    first = sort[0]
    rest = _after(sort[1:], shape[1:])
    if shape[0]:
        return sa.and_(first.expression.is_(None), rest)
    later = sa.or_(first.after(), sa.and_(first.expression == first.given(), rest))
    return sa.or_(later, first.expression.is_(None)) if first.nullable else later


def _is_one_comparison(sort: Sort) -> bool:
    """Whether comparing the rows as a whole does it: one direction, and nothing blank after the first."""
    return len({key.descending for key in sort}) == 1 and not any(key.nullable for key in sort[1:])


def _fingerprint(sort: Sort) -> str:
    text = ",".join(("-" if key.descending else "") + key.key for key in sort)
    return hashlib.sha256(text.encode()).hexdigest()[:8]


def _pack(value: Any) -> Any:
    return str(value) if isinstance(value, Decimal | date | datetime | time) else value


def _unpack(key: SortKey, value: Any) -> Any:
    """The value of its column's own Python type; TypeError or ValueError when it cannot be one."""
    if value is None:
        if not key.nullable:
            raise ValueError("blank where nothing is blank")
        return None
    python_type = key.expression.type.python_type
    if python_type in (bool, int, str):
        if type(value) is not python_type:
            raise TypeError("of another type")
        if python_type is int and not -(2**63) <= value < 2**63:
            raise ValueError("too large")
        return value
    if python_type is Decimal:
        return _finite(Decimal(value))
    if python_type is float:
        return float(value)
    return python_type.fromisoformat(value)


def _finite(number: Decimal) -> Decimal:
    if not number.is_finite():
        raise ValueError("not a number")
    return number
