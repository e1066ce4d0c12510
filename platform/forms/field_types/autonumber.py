"""Autonumber: a running number in a pattern, given when a record is created."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from functools import lru_cache, partial
from typing import Any, ClassVar

import sqlalchemy as sa

from joinery.definitions import FieldDefinition, Label
from joinery.forms.field_type import FIELD_TYPES, FieldType, ParseContext
from joinery.forms.form import Field
from joinery.forms.texts import clean_line
from joinery.formulas import TEXT, Type

#: How much of 2026-01-31 names the period after which a counter starts again.
_PERIODS = {"never": 0, "day": 10, "month": 7, "year": 4}
_TOKENS = ("yyyy", "yy", "MM", "dd")

#: The counter's period ("" when it never starts again, else "2026-01" and so on), what stands before the
#: counter, its digits (more than planned are kept), and what stands behind it.
_Around = tuple[str, str, int, str]

_PIECES = [
    {"properties": {"text": {"type": "string", "minLength": 1, "maxLength": 40}}, "required": ["text"]},
    {
        "properties": {"date": {"type": "string", "pattern": "^(yyyy|yy|MM|dd|[-/._ ])+$"}},
        "required": ["date"],
    },
    {
        "properties": {
            "counter": {"type": "integer", "minimum": 1, "maximum": 12},
            "reset": {"enum": list(_PERIODS), "default": "never"},
        },
        "required": ["counter"],
    },
]


@FIELD_TYPES.register
class Autonumber(FieldType):
    """LD-20260131-0001: texts, parts of the date, a counter that may start again each day, month or year."""

    name, icon, group = "autonumber", "list-ordered", "computed"
    searched_by_default = True
    label: ClassVar[Label] = {"en": "Automatic number", "zh": "流水号"}
    computed, assigned, index, searchable = True, True, "btree", True
    groupable = False
    settings: ClassVar[Mapping[str, Any]] = {
        "pattern": {
            "type": "array",
            "minItems": 1,
            "maxItems": 10,
            "items": {
                "oneOf": [{"type": "object", "additionalProperties": False, **piece} for piece in _PIECES]
            },
            "contains": {"required": ["counter"]},
            "maxContains": 1,
            "default": [{"counter": 6}],
            "label": {"en": "Pattern", "zh": "编号规则"},
        },
    }

    def formula_type(self, settings: Mapping[str, Any]) -> Type:
        return TEXT

    def columns(self, field: Field) -> tuple[sa.Column[Any], ...]:
        return (sa.Column(field.key, sa.Text),)

    def parse(self, field: Field, raw: Any, context: ParseContext) -> str | None:
        return clean_line(raw, 255) or None

    def assign(self, field: Field, today: date, next_number: Callable[[str, str], int]) -> str:
        period, before, digits, after = field.prepared(today)
        return f"{before}{next_number(field.key, period):0{digits}d}{after}"

    def prepare(self, definition: FieldDefinition, settings: Mapping[str, Any]) -> Callable[[date], _Around]:
        return lru_cache(maxsize=4)(partial(_around, settings["pattern"]))


def _around(pattern: Sequence[Mapping[str, Any]], day: date) -> _Around:
    """What the numbers of a day have in common."""
    place, counter = next((place, piece) for place, piece in enumerate(pattern) if "counter" in piece)
    return (
        day.isoformat()[: _PERIODS[counter.get("reset", "never")]],
        "".join(_piece(piece, day) for piece in pattern[:place]),
        counter["counter"],
        "".join(_piece(piece, day) for piece in pattern[place + 1 :]),
    )


def _piece(piece: Mapping[str, Any], day: date) -> str:
    return str(piece["text"]) if "text" in piece else _shown(piece["date"], day)


def _shown(text: str, day: date) -> str:
    """`text` with its tokens replaced."""
    year, month, day_of_month = day.isoformat().split("-")
    for token, value in zip(_TOKENS, (year, year[2:], month, day_of_month), strict=True):
        text = text.replace(token, value)
    return text
