"""Arrays as PostgreSQL reads them: much sooner written at once than item by item by the driver."""

from collections.abc import Iterable, Sequence
from typing import Any

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql as pg


def array_text(values: Iterable[Any]) -> str:
    """The text of an array of texts, whole numbers, or anything else whose `str` PostgreSQL reads."""
    return "{" + ",".join([_item_text(value) for value in values]) + "}"


def ids_text(record_ids: Sequence[int]) -> str:
    """The text of an array of whole numbers."""
    return "{" + ",".join(map(str, record_ids)) + "}"


def as_array(text: sa.BindParameter[str], of: Any) -> sa.ColumnElement[Any]:
    """The array of values of the type `of` that a bound text writes."""
    return sa.cast(text, pg.ARRAY(of))


def _item_text(value: Any) -> str:
    if value is None:
        return "NULL"
    if not isinstance(value, str):
        return str(value)
    escaped = value.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'
