"""Number: an exact decimal number."""

from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import Any, ClassVar

import sqlalchemy as sa

from joinery.definitions import FieldDefinition, Label
from joinery.forms.field_type import FIELD_TYPES, FieldType, ParseContext, ShowContext, ValueProblem
from joinery.forms.form import Field
from joinery.forms.numbers import (
    MAXIMUM_DECIMALS,
    MAXIMUM_INTEGER_DIGITS,
    exact,
    read_number,
    rounded,
    shortest,
)
from joinery.formulas import NUMBER, Type
from joinery.kernel import Issue

DECIMALS = {
    "type": "integer",
    "minimum": 0,
    "maximum": MAXIMUM_DECIMALS,
    "label": {"en": "Digits after the point", "zh": "小数位数"},
}
MINIMUM = {"type": "number", "label": {"en": "Smallest allowed", "zh": "最小值"}}
MAXIMUM = {"type": "number", "label": {"en": "Largest allowed", "zh": "最大值"}}


@FIELD_TYPES.register
class Number(FieldType):
    """A number; `prepared` is (decimals kept, minimum, maximum)."""

    name, icon, group = "number", "hash", "number"
    label: ClassVar[Label] = {"en": "Number", "zh": "数字"}
    stores, index = "number", "btree"
    settings: ClassVar[Mapping[str, Any]] = {
        "decimals": {**DECIMALS, "default": MAXIMUM_DECIMALS},
        "minimum": MINIMUM,
        "maximum": MAXIMUM,
        "unit": {"type": "string", "maxLength": 20, "label": {"en": "Unit", "zh": "单位"}},
        "thousands": {
            "type": "boolean",
            "default": True,
            "label": {"en": "Thousands separator", "zh": "千分位"},
        },
    }

    def kept_decimals(self, settings: Mapping[str, Any]) -> int:
        """How many digits after the point are stored."""
        decimals: int = settings["decimals"]
        return decimals

    def settings_issues(self, settings: Mapping[str, Any]) -> Iterable[Issue]:
        limits = {name: Decimal(str(settings[name])) for name in ("minimum", "maximum") if name in settings}
        for name, limit in limits.items():
            if limit.adjusted() >= MAXIMUM_INTEGER_DIGITS:
                yield Issue(f"/{name}", "value_number_too_large", {"digits": MAXIMUM_INTEGER_DIGITS})
        if len(limits) == 2 and limits["minimum"] > limits["maximum"]:
            yield Issue("/minimum", "setting_above_maximum")

    def prepare(self, definition: FieldDefinition, settings: Mapping[str, Any]) -> Any:
        limits = (settings.get("minimum"), settings.get("maximum"))
        return self.kept_decimals(settings), *(None if limit is None else exact(limit) for limit in limits)

    def formula_type(self, settings: Mapping[str, Any]) -> Type:
        return NUMBER

    def columns(self, field: Field) -> tuple[sa.Column[Any], ...]:
        return (sa.Column(field.key, sa.Numeric),)

    def parse(self, field: Field, raw: Any, context: ParseContext) -> Decimal:
        return self._checked(field, exact(raw))

    def parse_text(self, field: Field, text: Any, context: ParseContext) -> Decimal | None:
        number = read_number(text)
        return None if number is None else self._checked(field, number)

    def _checked(self, field: Field, number: Decimal) -> Decimal:
        decimals, minimum, maximum = field.prepared
        number = rounded(number, decimals)
        if minimum is not None and number < minimum:
            raise ValueProblem("value_too_small", minimum=self.shown(minimum))
        if maximum is not None and number > maximum:
            raise ValueProblem("value_too_large", maximum=self.shown(maximum))
        return number

    def shown(self, number: Decimal) -> str:
        """The number as a cell of a spreadsheet holds it."""
        return shortest(number)

    def to_text(self, field: Field, value: Any, context: ShowContext) -> str:
        return "" if value is None else self.shown(value)

    def from_formula(self, field: Field, value: Any) -> Any:
        return rounded(value, field.prepared[0]) if isinstance(value, Decimal) else value

    def from_formula_sql(self, field: Field, expression: sa.ColumnElement[Any]) -> sa.ColumnElement[Any]:
        number = sa.cast(expression, sa.Numeric)
        fits = sa.func.abs(number) < sa.literal(10**MAXIMUM_INTEGER_DIGITS, sa.Numeric)
        return sa.case((fits, sa.func.round(number, field.prepared[0])), else_=None)
