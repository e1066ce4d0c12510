"""What is known of people, in SQL: sets of ids where one side is known beforehand, else tables of answers.

Sets are compared with `= ANY`, which an index on the column serves. A table is a JSON object by id that
travels with the statement.
"""

import json
from collections.abc import Callable, Iterable, Mapping
from typing import Any

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import ARRAY, JSONB

from joinery.formulas.core import UNKNOWN, SqlCall, SqlValue
from joinery.formulas.sql_values import count

#: Levels of managers and heads that can be asked for.
MOST_LEVELS = 12


def among(call: SqlCall, index: int, ids: Iterable[int]) -> Any:
    """Whether an operand is one of these; never NULL."""
    return _among(call.operands[index], set(ids))


def _among(operand: SqlValue, ids: set[int]) -> Any:
    if operand.picked is not None:
        # Asked the other way round, an index on the column that picks the answer serves.
        by, table = operand.picked
        return _among(by, {one for one, found in table.items() if found in ids})
    if not ids:
        return sa.false()
    found = operand.value == sa.any_(sa.literal(sorted(ids), ARRAY(sa.BigInteger)))
    return found if operand.blank is None else sa.and_(sa.not_(operand.blank), found)


def answers(call: SqlCall, index: int, ids: Iterable[int], answer: Callable[[int], Any]) -> Any:
    """The answer for each id as JSON, picked by an operand; NULL where there is none."""
    table = {str(one): found for one in ids if (found := answer(one)) not in (None, (), [])}
    # As a text: statements that were made ready give their values to the driver as they are.
    sent = sa.cast(sa.literal(json.dumps(table), sa.Text), JSONB)
    return sent.op("->")(sa.cast(call[index], sa.Text))


def as_id(found: Any) -> Any:
    """An answer that is an id."""
    return sa.cast(as_text(found), sa.BigInteger)


def as_text(found: Any) -> Any:
    """An answer that is a text, or a number as one."""
    return sa.type_coerce(found.op("#>>")(sa.literal_column("'{}'::text[]")), sa.Text)


def as_list(found: Any, item: Any) -> Any:
    """An answer that is a list; NULL for an empty one."""
    kind = ARRAY(item)
    one = sa.func.jsonb_array_elements_text(sa.type_coerce(found, JSONB)).column_valued("item")
    items = sa.func.array(sa.select(sa.cast(one, item)).scalar_subquery(), type_=kind)
    return sa.func.nullif(items, sa.cast(sa.literal("{}"), kind), type_=kind)


def contains(found: Any, item: Any) -> Any:
    """Whether an answer that is a list has an item, a text or an id; never NULL."""
    return sa.func.coalesce(found.op("@>", is_comparison=True)(sa.func.to_jsonb(item)), sa.false())


def by_level(call: SqlCall, index: int, make: Callable[[int], Any]) -> Any:
    """What holds for the level that an operand gives (1 when it is left out); NULL beyond all levels."""
    level = count(call, index, 1, MOST_LEVELS + 1)
    if isinstance(level, int):
        return make(level)
    return sa.case({place: make(place) for place in range(1, MOST_LEVELS + 1)}, value=level)


def by_word(call: SqlCall, index: int, makers: Mapping[str, Callable[[], Any]], default: str) -> Any:
    """What holds for the word that an operand gives, and whether it is none of them."""
    if index >= len(call):
        return makers[default](), None
    known = call.known(index)
    if known is not UNKNOWN:
        maker = makers.get(str(known or default).lower())
        return (maker(), None) if maker else (sa.cast(sa.null(), sa.Text), sa.true())
    word = sa.func.coalesce(sa.func.nullif(sa.func.lower(call[index]), ""), default)
    value = sa.case({name: make() for name, make in makers.items()}, value=word)
    return value, word.not_in(list(makers))
