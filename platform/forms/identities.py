"""Ids of people, departments, records and files, as JSON and spreadsheets give them."""

import re
from typing import Any

from joinery.forms.field_type import ValueProblem

#: Ids are 64-bit integers of the database.
MAXIMUM_ID = 2**63 - 1
#: Several-valued fields take this many values.
MAXIMUM_VALUES = 1000

_NUMBERED = re.compile(r"#(\d{1,19})", re.ASCII)


def read_id(raw: Any) -> int | None:
    """The id in JSON input: a whole number, or an object with one under "id"; None when it is neither."""
    if isinstance(raw, dict):
        raw = raw.get("id")
    if type(raw) is int and 0 < raw <= MAXIMUM_ID:
        return raw
    return None


def read_numbered(text: str) -> int | None:
    """The id in text such as "#12"."""
    match = _NUMBERED.fullmatch(text)
    return int(match[1]) if match and 0 < int(match[1]) <= MAXIMUM_ID else None


def as_items(raw: Any) -> list[Any] | tuple[Any, ...]:
    """The input of a several-valued field as a list; a single value counts as a list of one."""
    items = raw if isinstance(raw, list | tuple) else (raw,)
    if len(items) > MAXIMUM_VALUES:
        raise ValueProblem("value_too_many", maximum=MAXIMUM_VALUES)
    return items
