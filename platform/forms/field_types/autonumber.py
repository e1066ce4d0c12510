"""Autonumber: a running number in a pattern, given when a record is created."""

from collections.abc import Callable, Mapping
from datetime import date
from functools import lru_cache
from typing import Any, ClassVar

import sqlalchemy as sa

from joinery.definitions import Label
from joinery.forms.field_type import FIELD_TYPES, FieldType, ParseContext
from joinery.forms.form import Field
from joinery.forms.texts import clean_line
from joinery.formulas import TEXT, Type

#: How much of 2026-01-31 names the period after which a counter starts again.
_PERIODS = {"never": 0, "day": 10, "month": 7, "year": 4}
_TOKENS = ("yyyy", "yy", "MM", "dd")

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
        return self.render(field, next_number(field.key, self.period(field, today)), today)

    def period(self, field: Field, today: date) -> str:
        """The counter's period on that day: "" when it never starts again, else "2026-01" and so on."""
        counter = next(piece for piece in field.settings["pattern"] if "counter" in piece)
        return today.isoformat()[: _PERIODS[counter.get("reset", "never")]]

    def render(self, field: Field, counter: int, today: date) -> str:
        """The number of a record: `counter` (from 1) in the pattern; more digits than planned are kept."""
        return "".join(_piece(piece, counter, today) for piece in field.settings["pattern"])


def _piece(piece: Mapping[str, Any], counter: int, today: date) -> str:
    if "text" in piece:
        return str(piece["text"])
    if "counter" in piece:
        return str(counter).zfill(piece["counter"])
    return _shown(piece["date"], today)


@lru_cache(maxsize=128)
def _shown(text: str, day: date) -> str:
    """`text` with its tokens replaced; the same for all records of a day."""
    year, month, day_of_month = day.isoformat().split("-")
    for token, value in zip(_TOKENS, (year, year[2:], month, day_of_month), strict=True):
        text = text.replace(token, value)
    return text
