"""Ids of people, departments, records and files, as JSON and spreadsheets give them."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from joinery.forms.field_type import ValueProblem

#: Ids are 64-bit integers of the database.
MAXIMUM_ID = 2**63 - 1
#: Several-valued fields take this many values.
MAXIMUM_VALUES = 1000

_NUMBERED = re.compile(r"#(\d{1,19})", re.ASCII)


@dataclass(frozen=True, slots=True, order=True)
class RecordRef:
    """A record of one of several forms."""

    form: str
    id: int


def sent_id(raw: Any) -> int | None:
    """The id in what was sent for a relation; None for anything odd, which the field itself will refuse."""
    if isinstance(raw, Mapping):
        raw = raw.get("id")
    return raw if type(raw) is int and 0 < raw <= MAXIMUM_ID else None


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
