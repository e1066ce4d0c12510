"""Time: a time of day."""

from collections.abc import Mapping
from datetime import datetime, time
from typing import Any, ClassVar

import sqlalchemy as sa

from joinery.definitions import Label
from joinery.forms.dates import read_time, show_time
from joinery.forms.field_type import FIELD_TYPES, FieldType, ParseContext, ShowContext, ValueProblem
from joinery.forms.form import Field
from joinery.formulas import TIME, Type


@FIELD_TYPES.register
class Time(FieldType):
    """A time of day, exact to the second, without a time zone."""

    name, icon, group = "time", "clock", "date"
    label: ClassVar[Label] = {"en": "Time", "zh": "时间"}
    stores, index = "time", "btree"

    def formula_type(self, settings: Mapping[str, Any]) -> Type:
        return TIME

    def columns(self, field: Field) -> tuple[sa.Column[Any], ...]:
        return (sa.Column(field.key, sa.Time),)

    def parse(self, field: Field, raw: Any, context: ParseContext) -> time:
        if isinstance(raw, str):
            return read_time(raw)
        if isinstance(raw, datetime):
            raw = raw.time()
        if isinstance(raw, time):
            return raw.replace(microsecond=0, tzinfo=None)
        raise ValueProblem("value_not_time")

    def parse_text(self, field: Field, text: Any, context: ParseContext) -> time | None:
        return None if isinstance(text, str) and not text.strip() else self.parse(field, text, context)

    def to_text(self, field: Field, value: Any, context: ShowContext) -> str:
        return "" if value is None else show_time(value)
