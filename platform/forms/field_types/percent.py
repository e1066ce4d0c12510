"""Percent: a share, stored as the number it is (15 % is 0.15)."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any, ClassVar

from joinery.definitions import Label
from joinery.forms.field_type import FIELD_TYPES
from joinery.forms.field_types.number import DECIMALS, MAXIMUM, MINIMUM, Number
from joinery.forms.numbers import shortest
from joinery.formulas import PERCENT, Type


@FIELD_TYPES.register
class Percent(Number):
    """A share; `decimals` are those of the shown percentage, so two more are stored."""

    name, icon, group = "percent", "percent", "number"
    label: ClassVar[Label] = {"en": "Percent", "zh": "百分比"}
    settings: ClassVar[Mapping[str, Any]] = {
        "decimals": {**DECIMALS, "maximum": 8, "default": 2},
        "minimum": {**MINIMUM, "label": {"en": "Smallest allowed (0.1 = 10 %)", "zh": "最小值（0.1 = 10%）"}},
        "maximum": {**MAXIMUM, "label": {"en": "Largest allowed (1 = 100 %)", "zh": "最大值（1 = 100%）"}},
    }

    def kept_decimals(self, settings: Mapping[str, Any]) -> int:
        decimals: int = settings["decimals"]
        return decimals + 2

    def formula_type(self, settings: Mapping[str, Any]) -> Type:
        return PERCENT

    def shown(self, number: Decimal) -> str:
        return shortest(number.scaleb(2)) + "%"
