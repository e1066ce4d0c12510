"""Long text: paragraphs without formatting."""

from collections.abc import Mapping
from typing import Any, ClassVar

import sqlalchemy as sa

from joinery.definitions import Label
from joinery.forms.field_type import FIELD_TYPES, FieldType, ParseContext
from joinery.forms.form import Field
from joinery.forms.texts import clean_text
from joinery.formulas import TEXT, Type


@FIELD_TYPES.register
class LongText(FieldType):
    """Several lines of text."""

    name, icon, group = "long_text", "align-left", "text"
    searched_by_default = True
    label: ClassVar[Label] = {"en": "Long text", "zh": "多行文本"}
    searchable, sortable, groupable = True, False, False
    settings: ClassVar[Mapping[str, Any]] = {
        "max_length": {
            "type": "integer",
            "minimum": 1,
            "maximum": 100_000,
            "default": 10_000,
            "label": {"en": "Longest allowed", "zh": "最大长度"},
        },
        "rows": {
            "type": "integer",
            "minimum": 1,
            "maximum": 30,
            "default": 4,
            "label": {"en": "Height in lines", "zh": "显示行数"},
        },
    }

    def formula_type(self, settings: Mapping[str, Any]) -> Type:
        return TEXT

    def columns(self, field: Field) -> tuple[sa.Column[Any], ...]:
        return (sa.Column(field.key, sa.Text),)

    def parse(self, field: Field, raw: Any, context: ParseContext) -> str | None:
        return clean_text(raw, field.settings["max_length"]) or None
