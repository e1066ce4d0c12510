"""Date and time: a moment, stored in UTC and shown on the reader's clock."""

from collections.abc import Mapping
from datetime import UTC, date, datetime, time
from typing import Any, ClassVar

import sqlalchemy as sa

from joinery.definitions import Label
from joinery.forms.dates import read_datetime, show_datetime, zone
from joinery.forms.field_type import FIELD_TYPES, FieldType, ParseContext, ShowContext, ValueProblem
from joinery.forms.form import Field
from joinery.formulas import DATETIME, Type


@FIELD_TYPES.register
class DateTime(FieldType):
    """A moment, exact to the second."""

    name, icon, group = "datetime", "calendar-clock", "date"
    label: ClassVar[Label] = {"en": "Date and time", "zh": "日期时间"}
    stores, index = "datetime", "btree"
    settings: ClassVar[Mapping[str, Any]] = {
        "seconds": {"type": "boolean", "default": False, "label": {"en": "Show seconds", "zh": "显示秒"}},
    }

    def formula_type(self, settings: Mapping[str, Any]) -> Type:
        return DATETIME

    def columns(self, field: Field) -> tuple[sa.Column[Any], ...]:
        return (sa.Column(field.key, sa.DateTime(timezone=True)),)

    def from_row(self, field: Field, row: Mapping[str, Any]) -> datetime | None:
        moment = row[field.key]
        return None if moment is None else moment.astimezone(UTC)

    def parse(self, field: Field, raw: Any, context: ParseContext) -> datetime:
        if isinstance(raw, str):
            return read_datetime(raw, "ymd", context.time_zone)
        if isinstance(raw, datetime):
            return _moment(raw, context)
        if isinstance(raw, date):
            return _moment(datetime.combine(raw, time()), context)
        raise ValueProblem("value_not_datetime")

    def parse_text(self, field: Field, text: Any, context: ParseContext) -> datetime | None:
        if not isinstance(text, str):
            return self.parse(field, text, context)
        return read_datetime(text, context.date_order, context.time_zone) if text.strip() else None

    def to_text(self, field: Field, value: Any, context: ShowContext) -> str:
        return "" if value is None else show_datetime(value, context.time_zone)


def _moment(value: datetime, context: ParseContext) -> datetime:
    aware = value if value.tzinfo else value.replace(tzinfo=zone(context.time_zone))
    try:
        return aware.astimezone(UTC).replace(microsecond=0)
    except OverflowError:
        raise ValueProblem("value_no_such_date", text=value.isoformat()) from None
