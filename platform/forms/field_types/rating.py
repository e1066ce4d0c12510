"""Rating: a small whole number, shown as stars."""

from collections.abc import Mapping
from typing import Any, ClassVar

import sqlalchemy as sa

from joinery.definitions import Label
from joinery.forms.field_type import FIELD_TYPES, FieldType, ParseContext, ValueProblem
from joinery.forms.form import Field
from joinery.forms.numbers import exact, read_number
from joinery.formulas import NUMBER, Type


@FIELD_TYPES.register
class Rating(FieldType):
    """One to `maximum` stars; no stars is blank."""

    name, icon, group = "rating", "star", "choice"
    label: ClassVar[Label] = {"en": "Rating", "zh": "评分"}
    stores, index = "rating", "btree"
    settings: ClassVar[Mapping[str, Any]] = {
        "maximum": {
            "type": "integer",
            "minimum": 2,
            "maximum": 10,
            "default": 5,
            "label": {"en": "Number of stars", "zh": "最高分"},
        },
    }

    def formula_type(self, settings: Mapping[str, Any]) -> Type:
        return NUMBER

    def columns(self, field: Field) -> tuple[sa.Column[Any], ...]:
        return (sa.Column(field.key, sa.SmallInteger),)

    def parse(self, field: Field, raw: Any, context: ParseContext) -> int | None:
        number = exact(raw)
        if number == 0:
            return None
        if number not in range(1, field.settings["maximum"] + 1):
            raise ValueProblem("value_not_rating", maximum=field.settings["maximum"])
        return int(number)

    def parse_text(self, field: Field, text: Any, context: ParseContext) -> int | None:
        if isinstance(text, str) and text and not text.strip("★☆ "):
            return self.parse(field, text.count("★"), context)
        number = read_number(text)
        return None if number is None else self.parse(field, number, context)
