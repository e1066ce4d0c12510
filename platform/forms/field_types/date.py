"""Date: a day of the calendar."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any, ClassVar

import sqlalchemy as sa

from joinery.definitions import Label
from joinery.forms.dates import read_date, read_datetime, zone
from joinery.forms.field_type import FIELD_TYPES, FieldType, ParseContext, ShowContext, ValueProblem
from joinery.forms.form import Field
from joinery.formulas import DATE, Type


@FIELD_TYPES.register
class Date(FieldType):
    """A day, the same in every time zone."""

    name, icon, group = "date", "calendar", "date"
    label: ClassVar[Label] = {"en": "Date", "zh": "日期"}
    stores, index = "date", "btree"

    def formula_type(self, settings: Mapping[str, Any]) -> Type:
        return DATE

    def columns(self, field: Field) -> tuple[sa.Column[Any], ...]:
        return (sa.Column(field.key, sa.Date),)

    def parse(self, field: Field, raw: Any, context: ParseContext) -> date:
        if isinstance(raw, str):
            return read_date(raw, "ymd")
        if isinstance(raw, datetime):
            return (raw.astimezone(zone(context.time_zone)) if raw.tzinfo else raw).date()
        if isinstance(raw, date):
            return raw
        raise ValueProblem("value_not_date")

    def parse_text(self, field: Field, text: Any, context: ParseContext) -> date | None:
        if not isinstance(text, str):
            return self.parse(field, text, context)
        if not text.strip():
            return None
        if ":" in text:
            moment = read_datetime(text, context.date_order, context.time_zone)
            return moment.astimezone(zone(context.time_zone)).date()
        return read_date(text, context.date_order)

    def to_text(self, field: Field, value: Any, context: ShowContext) -> str:
        return "" if value is None else value.isoformat()
