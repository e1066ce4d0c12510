"""Money: an amount in one currency."""

from collections.abc import Mapping
from typing import Any, ClassVar

from joinery.definitions import Label
from joinery.forms.field_type import FIELD_TYPES
from joinery.forms.field_types.number import DECIMALS, MAXIMUM, MINIMUM, Number
from joinery.formulas import MONEY, Type


@FIELD_TYPES.register
class Money(Number):
    """An amount of money."""

    name, icon, group = "money", "banknote", "number"
    label: ClassVar[Label] = {"en": "Money", "zh": "金额"}
    settings: ClassVar[Mapping[str, Any]] = {
        "currency": {
            "type": "string",
            "pattern": "^[A-Z]{3}$",
            "default": "CNY",
            "label": {"en": "Currency (ISO 4217)", "zh": "币种（ISO 4217）"},
        },
        "decimals": {**DECIMALS, "default": 2},
        "minimum": MINIMUM,
        "maximum": MAXIMUM,
    }

    def formula_type(self, settings: Mapping[str, Any]) -> Type:
        return MONEY
